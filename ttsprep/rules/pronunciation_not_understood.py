"""A pronunciation that is none

## What
Braces with a bar in Markdown, `{text|reading}`, whose reading is neither pinyin with tones nor phones of the CMU
Pronouncing Dictionary, or has not a syllable for each Chinese character. They are spoken as text.

## Why
The listener hears the reading letter by letter. Where a brace is meant, write `\\{`.

## Bad
```python
ssml.from_markdown("去{典当行|dian3 dang4}。").diagnostics
```

## Good
```python
ssml.from_markdown("去{典当行|dian3 dang4 hang2}，`{a|b}`。").diagnostics
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02), phoneme.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM060", "pronunciation-not-understood", Severity.WARNING, fix="unsafe")
