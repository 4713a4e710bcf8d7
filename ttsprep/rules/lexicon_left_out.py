"""Something of a PLS document is not taken over

## What
A lexeme has several readings, or a role.

## Why
An entry has one value for every occurrence of its text: of several readings the preferred one, else the first,
is taken.

## Bad
```pls
<lexicon><lexeme><grapheme>SQL</grapheme><alias>sequel</alias><alias>S Q L</alias></lexeme></lexicon>
```

## Good
```pls
<lexicon><lexeme><grapheme>SQL</grapheme><alias>sequel</alias></lexeme></lexicon>
```

## Source
W3C PLS 1.0, 4.9.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT019", "lexicon-left-out", Severity.NOTE, api=())
