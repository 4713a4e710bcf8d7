"""The text of an entry holds markup

## What
The text of an entry has SSML tags, character references or signs of Markdown.

## Why
It is compared with what is spoken, where markup does not stand any more: it will not be found.

## Bad
```lexicon
"**重庆**" = 山城
```

```lexicon
"<sub>AI</sub>" = 人工智能
```

## Good
```lexicon
重庆 chong2 qing4
```

## Source
docs/lexicon.md.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT014", "lexicon-key-markup", Severity.WARNING, api=())
