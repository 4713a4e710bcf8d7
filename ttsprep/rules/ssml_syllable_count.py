"""As many syllables as characters

## What
`ph` has more or fewer pinyin syllables than the element has Chinese characters.

## Why
Each character takes one syllable; with another number the reading shifts or is dropped.

## Bad
```ssml
<speak><phoneme alphabet="py" ph="dian3 dang4">典当行</phoneme></speak>
```

## Good
```ssml
<speak><phoneme alphabet="py" ph="dian3 dang4 hang2">典当行</phoneme></speak>
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02), "phoneme".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM051", "ssml-syllable-count", Severity.ERROR)
