"""A setting does not exist

## What
A key is neither `region`, `model` nor a parameter of run-task.

## Why
Names are those of the API: `rate`, not `speech_rate`. A misspelt setting would silently not act, and
unexpected fields can make the service refuse the task.

## Bad
```toml
speech_rate = 1.2
```

```toml
fromat = "mp3"
```

## Good
```toml
rate = 1.2
format = "mp3"
```

## Source
API page, "payload parameters": unexpected fields cause InvalidParameter or a close with code 1007.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR020", "unknown-setting", Severity.ERROR, api=("RUN-04",), fix="unsafe")
