"""The voice takes no instruction

## What
`instruction` is given, but the system voice is not marked as supporting Instruct. For a cloned voice of a
model that takes none it is a warning, for the API page does not speak of it.

## Why
The service answers "[tts:]Engine return error code: 428". `ttsprep voices --instruct` lists the voices that
take one.

## Bad
```toml
voice = "longxiaochun_v3"
instruction = "你说话的情感是happy。"
```

```toml
model = "cosyvoice-v3-plus"
voice = "cosyvoice-v3-plus-mine-1a2b"
instruction = "Please speak in Cantonese."
```

## Good
```toml
voice = "longanyang"
instruction = "你说话的情感是happy。"
```

```toml
voice = "cosyvoice-v3-flash-mine-1a2b"
instruction = "Please speak in Cantonese."
```

## Source
API page, "payload.parameters": instruction; the vendor's voice list.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR037", "instruction-not-of-voice", Severity.ERROR, api=("PAR-13",), error="instruction-refused")
