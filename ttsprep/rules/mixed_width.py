"""Two widths in one word

## What
A word has letters or digits of full and of half width.

## Why
It is a slip of an input method. A voice may read the word in two parts, and a number digit by digit.

## Bad
```text
共１2人参加。
```

## Good
```text
共12人参加，第１２页。
```

## Source
Unicode Standard Annex 11.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT013", "mixed-width", Severity.NOTE, fix="safe")
