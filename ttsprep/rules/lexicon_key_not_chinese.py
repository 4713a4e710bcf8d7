"""A text with a pinyin pronunciation is not Chinese

## What
The text of a pronunciation has other characters than Chinese ones.

## Why
Each syllable belongs to a Chinese character. What the service does with letters, digits or signs is not documented;
a replacement works for any text.

## Bad
```lexicon
T恤 ti4 xu4
```

## Good
```lexicon
T恤 = 踢恤
```

## Source
API page, "hot_fix example".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT018", "lexicon-key-not-chinese", Severity.WARNING, api=("PAR-17",))
