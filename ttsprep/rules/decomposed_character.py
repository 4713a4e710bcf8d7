r"""A letter in two parts

## What
A letter and its mark are two characters where there is one for both.

## Why
File names from macOS and PDF files are written so. The text looks the same, is billed for more characters, and words
are not found in a lexicon.

## Bad
```python
findings("Cafe\u0301 und U\u0308bung.")
```

## Good
```text
Café und Übung.
```

## Source
Unicode Standard Annex 15 (NFC).
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT011", "decomposed-character", Severity.WARNING, fix="safe")
