"""The text of an entry is written in an unusual form

## What
The text is not composed (NFC), has full-width letters or digits, radicals or compatibility forms of characters,
characters that are not seen, or white space around it.

## Why
Texts are compared character by character: what only looks the same is not found.

## Bad
```lexicon
ＡＩ = 人工智能
```

```lexicon
"重庆 " = 山城
```

## Good
```lexicon
AI = 人工智能
```

## Source
Unicode Standard Annex 15.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT015", "lexicon-key-form", Severity.WARNING, api=())
