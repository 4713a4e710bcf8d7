"""Said in another way

## What
A piece of Speech Markdown becomes the nearest thing that the service's SSML has.

## Why
The listener hears nearly what was meant; the message says what is not the same.

## Bad
```python
ssml.from_speech_markdown('(slowly)[rate:"slow"]').diagnostics
```

```python
ssml.from_speech_markdown('wait [break:"strong"] here').diagnostics
```

## Good
```python
ssml.from_speech_markdown('(slowly)[rate:"0.8"] wait [1s] here').diagnostics
```

## Source
Speech Markdown reference (speechmarkdown.org), and the vendor's "SSML / CosyVoice" page (2026-03-02).
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM062", "speech-markdown-changed", Severity.NOTE)
