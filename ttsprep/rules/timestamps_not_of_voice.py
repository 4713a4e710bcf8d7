"""The voice gives no word timestamps

## What
`word_timestamp_enabled` is true, but the system voice is not marked as supporting timestamps, or the model
has none.

## Why
The task succeeds, but the words of every event stay empty.

## Bad
```toml
region = "beijing"
voice = "loongabby_v3"
word_timestamp_enabled = true
```

```toml
region = "beijing"
model = "cosyvoice-v1"
voice = "longwan"
word_timestamp_enabled = true
```

## Good
```toml
word_timestamp_enabled = true
```

## Source
API page, "payload.parameters": word_timestamp_enabled; the vendor's voice list.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR032", "timestamps-not-of-voice", Severity.WARNING, api=("PAR-10",))
