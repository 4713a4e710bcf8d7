"""A replacement looks like pinyin

## What
The text that is spoken instead is pinyin with tones.

## Why
It would be read as letters and digits. The example of the API page does this; the Chinese original of that page has
characters there.

## Bad
```lexicon
今天 = jin1 tian1
```

```json
{"replace": {"重庆": "chóng qìng"}}
```

## Good
```lexicon
今天 = 金天
```

```lexicon
今天 jin1 tian1
```

## Source
API page, "payload.parameters": hot_fix; the vendor's Chinese pages for its meaning.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT012", "lexicon-replacement", Severity.WARNING, api=("PAR-17",))
