"""Something of a file is not taken over

## What
A lexeme of PLS has several readings, or a role; or a file of settings is read as a lexicon, which has other settings
beside `hot_fix`.

## Why
An entry has one value for every occurrence of its text: of several readings the preferred one, else the first,
is taken. Of settings `hot_fix` alone has entries.

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
