"""A line that is no part of a recording

## What
A line of a recording is not JSON, or lacks a field.

## Why
What follows it cannot be trusted. The last line is cut off where whoever wrote it was killed.

## Bad
```jsonl
{"recording": 1, "role": "client", "began": "2026-11-22T00:00:00"}
{"time": 0.1, "connection": 1, "from": "cl
```

## Good
```jsonl
{"recording": 1, "role": "client", "began": "2026-11-22T00:00:00"}
```

## Source
The form of recordings: docs/recording.md.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ001", "broken-recording", Severity.ERROR)
