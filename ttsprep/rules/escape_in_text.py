r"""An escape stands as it is

## What
``\n``, ``\t`` or ``\u4f60`` stands in the text: as two or six characters, not as the one it means.

## Why
The text was written as a string of a program or as JSON and not decoded. The voice reads a backslash and a letter.

## Bad
```text
第一行。\n第二行。
```

```text
\u4f60\u597d
```

## Good
```text
C:\new and \nu are no escapes.

```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT032", "escape-in-text", Severity.WARNING, fix="unsafe")
