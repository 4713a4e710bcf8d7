r"""A sign of one font only

## What
A character for private use, or one that is none, stands in the text.

## Why
Icon fonts and old Chinese encodings have such signs. They have no meaning outside of their font, and no sound.

## Bad
```python
findings("Open \uf0c9 the menu.")
```

## Good
```text
Open the menu.
```

## Source
Unicode Standard, section 23.5.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT009", "private-use-character", Severity.WARNING)
