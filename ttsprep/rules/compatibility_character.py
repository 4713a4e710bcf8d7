r"""A character that only looks like the right one

## What
A Kangxi radical, compatibility ideograph or Latin ligature stands in the text.

## Why
PDF files have them: ⽅ (U+2F45) looks like 方 and is another character. A voice may leave it out or spell it, and no
lexicon finds the word.

## Bad
```python
findings("这是一个⽅法。Of\ufb01ce.")
```

## Good
```text
这是一个方法。Office.
```

## Source
Unicode Standard, sections 18.2 and 23.1 (compatibility); Unicode Standard Annex 15.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT010", "compatibility-character", Severity.WARNING, fix="safe")
