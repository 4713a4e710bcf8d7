"""Not readable as Speech Markdown

## What
A bracket is not closed, modifiers have no text before them, a pause has no unit, or an SSML tag stands in the text. It
is spoken as it is written.

## Why
The listener hears brackets or tags that were meant for the machine.

## Bad
```python
ssml.from_speech_markdown('(slowly)[rate:"slow" please').diagnostics
```

```python
ssml.from_speech_markdown('a <break time="1s"/> b').diagnostics
```

## Good
```python
ssml.from_speech_markdown('(slowly)[rate:"0.8"] please (really) [1]').diagnostics
```

## Source
Speech Markdown reference (speechmarkdown.org), and the vendor's "SSML / CosyVoice" page (2026-03-02).
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM065", "speech-markdown-syntax", Severity.WARNING)
