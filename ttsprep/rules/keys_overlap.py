"""Two keys of the lexicon share characters of the text

## What
Two keys overlap at a place, and neither holds the other. The left one is taken.

## Why
The service documents no order: it may take the other one, and then the text is read otherwise. A longer key that holds
both leaves no doubt.

## Bad
```python
hot_fix.generate("长城管理处", lexicon("长城 chang2 cheng2", "城管 cheng2 guan3")).diagnostics
```

## Good
```python
hot_fix.generate("长城管理处", lexicon("长城 chang2 cheng2", "管理 guan3 li3")).diagnostics
```

## Source
Assumption: one pass from left to right, the longest key first.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT031", "keys-overlap", Severity.WARNING, api=("PAR-17",))
