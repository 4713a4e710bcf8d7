"""The instruction is not in the fixed format of the voice

## What
The system voice takes certain Chinese sentences only, to the letter: full-width punctuation, a closing 。, no
spaces. `instruction` is none of them.

## Why
The service answers "[tts:]Engine return error code: 428". `ttsprep instructions --voice ID` lists the
sentences.

## Bad
```toml
voice = "longanyang"
instruction = "你说话的情感是happy"
```

```toml
voice = "longanyang"
instruction = "Please say a sentence very happily."
```

## Good
```toml
voice = "longanyang"
instruction = "你说话的情感是happy。"
```

## Source
API page: for cosyvoice-v3-flash with system voices, the instruction must use a fixed format; the vendor's
voice list has the formats.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR038", "instruction-format", Severity.ERROR, api=("PAR-13",), fix="unsafe", error="instruction-refused")
