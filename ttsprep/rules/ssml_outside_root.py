"""Text or a tag outside speak

## What
Something that is heard stands before, between or behind the `<speak>` elements.

## Why
Everything that is spoken has to stand inside `<speak>`; several of them may follow one another with white space
between.

## Bad
```ssml
<speak>你好。</speak>再见。
```

## Good
```ssml
<speak>你好。</speak>
<speak>再见。</speak>
```

## Source
Vendor's "SSML / CosyVoice" page (2026-03-02), "general rules".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM011", "ssml-outside-root", Severity.ERROR, fix="unsafe")
