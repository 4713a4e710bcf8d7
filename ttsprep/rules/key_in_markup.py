"""A key of the lexicon stands in a formula or in markup

## What
A key stands inside a LaTeX formula, a tag, or an SSML element that says itself how it is read. That place is not
counted as an occurrence. Where the key is sent because of other occurrences, the service may change it here too.

## Why
A replacement inside a formula makes another formula of it, and one inside a tag is no tag any more. What the service
does with hot_fix and markup is not documented.

## Bad
```python
hot_fix.generate("已知 $x+1$，x 在哪里", lexicon("x = 未知数")).diagnostics
```

## Good
```python
hot_fix.generate("已知 $x+1$，y 在哪里", lexicon("y = 未知数")).diagnostics
```

## Source
Assumption: formulas and SSML are read after the corrections.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT030", "key-in-markup", Severity.WARNING, api=("PAR-17",))
