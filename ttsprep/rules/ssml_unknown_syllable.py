"""No pinyin syllable

## What
A syllable in `ph` is none that Mandarin has.

## Why
The service cannot say it. Other services are known to drop the whole tag for one bad syllable.

## Bad
```ssml
<speak><phoneme alphabet="py" ph="xiang4 hong3 zhx1">向红枝</phoneme></speak>
```

## Good
```ssml
<speak><phoneme alphabet="py" ph="xiang4 hong3 zhi1">向红枝</phoneme></speak>
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02), "phoneme"; the syllables of the 8,105 characters of the standard list.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM050", "ssml-unknown-syllable", Severity.ERROR)
