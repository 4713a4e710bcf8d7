"""Half-width katakana

## What
Katakana of half width stand in the text.

## Why
Old systems write so; voiced sounds are two characters then, each billed, and a voice may read them apart.

## Bad
```text
ｶﾞﾗｽの靴。
```

## Good
```text
ガラスの靴。
```

## Source
Unicode Standard, section 18.5.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT012", "halfwidth-katakana", Severity.NOTE, fix="safe")
