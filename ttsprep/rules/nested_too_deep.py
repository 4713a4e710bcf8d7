"""Markdown nested too deep

## What
Lists and quotes stand inside each other more than a hundred levels deep; what is deeper is left out.

## Why
Such nesting comes from broken conversions, never from an author, and the Markdown parser has to stop somewhere. The
text is named so that nothing disappears silently.

## Bad
```python
prepare("Answer:\\n\\n" + "> " * 120 + "deep", syntax="markdown").diagnostics
```

## Good
```markdown
> > > deep
```

## Source
Own rule: markdown-it-py drops such text without a word.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN001", "nested-too-deep", Severity.WARNING)
