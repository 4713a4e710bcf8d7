r"""A value that makes no sense

## What
A modifier, a pause or a sound has a value that is none. It is dropped; text is kept.

## Why
Nothing that the service takes says what was meant.

## Bad
```python
ssml.from_speech_markdown('(slowly)[rate:"banana"]').diagnostics
```

```python
ssml.from_speech_markdown('!["intro.mp3"] Welcome.').diagnostics
```

## Good
```python
ssml.from_speech_markdown('(slowly)[rate:"0.8"] !["https://example.com/intro.wav"]').diagnostics
```

## Source
Speech Markdown reference (speechmarkdown.org), and the vendor's "SSML / CosyVoice" page (2026-03-02).
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM066", "speech-markdown-value", Severity.WARNING)
