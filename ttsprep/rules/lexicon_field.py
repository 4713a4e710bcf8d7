"""A lexicon has a field, column or section that there is none of

## What
A column, field, section, kind or alphabet has a name that lexicons do not know, stands twice, holds something
that is no text, or is missing.

## Why
A misspelt name would silently make an entry act otherwise, or not at all.

## Bad
```json
{"pronounciation": {"重庆": "chong2 qing4"}}
```

```csv
text,pinyin,befour
行,hang2,银
```

## Good
```json
{"pronunciation": {"重庆": "chong2 qing4"}}
```

```csv
text,pinyin,before
行,hang2,银
```

## Source
docs/lexicon.md.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT002", "lexicon-field", Severity.ERROR, api=())
