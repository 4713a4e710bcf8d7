"""The instruction is longer than 100 characters

## What
`instruction` has more than 100 characters (code points).

## Why
The service answers "[tts:]Engine return error code: 428".

## Bad
```toml
voice = "cosyvoice-v3-flash-mine-1a2b"
instruction = "Please speak slowly, calmly and clearly, in a warm voice, as to a child that is nearly asleep in bed."
```

## Good
```toml
voice = "cosyvoice-v3-flash-mine-1a2b"
instruction = "Please speak slowly and calmly, as to a child."
```

## Source
API page, "payload.parameters": instruction; the answer is from the vendor's error page.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR035", "instruction-too-long", Severity.ERROR, api=("PAR-13",), error="instruction-refused")
