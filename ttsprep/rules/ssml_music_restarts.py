"""Background music that starts anew

## What
A `<speak>` with background music is cut, because the document is too long for one task.

## Why
Each of the documents plays the music from its beginning, so that where they meet a listener hears it start again. The
words and the pauses stay as they are.

## Bad
```python
ssml.split('<speak bgm="https://example.com/music.wav">' + "一句话。" * 3_000 + "</speak>").diagnostics
```

## Good
```python
ssml.split('<speak bgm="https://example.com/music.wav">' + "一句话。" * 2_000 + "</speak>").diagnostics
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02), "speak"; API page, "enable_ssml".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM070", "ssml-music-restarts", Severity.NOTE, api=("SSM-04",))
