r"""Markup that is read as signs

## What
Two stars, underscores or tildes, or the middle of a link, are no markup where they stand, and remain in the text.

## Why
CommonMark wants no blank inside of them, and a partner. The signs are read aloud or disturb the voice.

## Bad
```markdown
This is ** very ** important.
```

## Good
```markdown
This is **very** important; 2 \*\* 3; `a ** b`.
```

## Source
CommonMark 0.31, section 6.2.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN021", "markup-left", Severity.WARNING)
