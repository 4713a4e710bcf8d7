"""An entry is empty

## What
An entry has no text, or nothing is said of it. A replacement by nothing is a warning.

## Why
An empty text stands everywhere; what the service does with an empty value is not documented.

## Bad
```csv
text,pinyin
,chong2 qing4
```

```json
{"pronunciation": {"重庆": ""}}
```

```json
{"replace": {"嗯": ""}}
```

## Good
```csv
text,pinyin
重庆,chong2 qing4
```

## Source
API page, "payload.parameters": hot_fix.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT006", "lexicon-empty", Severity.ERROR, api=())
