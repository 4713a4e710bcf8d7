r"""Not to be said

## What
The service's SSML has nothing for a modifier. The text is spoken without it.

## Why
The listener does not hear what the author meant; the message says what can be done instead.

## Bad
```python
ssml.from_speech_markdown("++really++").diagnostics
```

```python
ssml.from_speech_markdown('#[voice:"Kendra"]\nHello.').diagnostics
```

## Good
```python
ssml.from_speech_markdown("really").diagnostics
```

```python
ssml.from_speech_markdown('#[voice:"longanyang"]\nHello.').diagnostics
```

## Source
Speech Markdown reference (speechmarkdown.org), and the vendor's "SSML / CosyVoice" page (2026-03-02).
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM063", "speech-markdown-dropped", Severity.WARNING)
