"""An unknown modifier

## What
Speech Markdown has no modifier of this name. The text is spoken without it.

## Why
It is mostly a slip of the keyboard.

## Bad
```python
ssml.from_speech_markdown("(123)[digts]").diagnostics
```

## Good
```python
ssml.from_speech_markdown("(123)[digits]").diagnostics
```

## Source
Speech Markdown reference (speechmarkdown.org), and the vendor's "SSML / CosyVoice" page (2026-03-02).
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM064", "speech-markdown-unknown", Severity.WARNING)
