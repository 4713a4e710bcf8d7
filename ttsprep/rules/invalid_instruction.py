"""The instruction is no string

## What
`instruction` is not a string.

## Why
An instruction is a sentence that says how to speak. `ttsprep instructions` lists those that a voice takes.

## Bad
```toml
instruction = ["happy"]
```

## Good
```toml
voice = "longanyang"
instruction = "你说话的情感是happy。"
```

## Source
API page, "payload.parameters": instruction.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR013", "invalid-instruction", Severity.ERROR, api=("PAR-13",))
