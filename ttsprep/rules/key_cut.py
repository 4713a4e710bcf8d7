"""A key is cut where a sentence ends

## What
An occurrence of a key reaches over the end of a sentence, where instructions may be cut and the service cuts the text
itself.

## Why
The service speaks sentence by sentence: a key of which it sees one half only is not found.

## Bad
```python
hot_fix.generate("他问：好吗？是的。", lexicon("好吗？是的 = 好吧")).diagnostics
```

## Good
```python
hot_fix.generate("他问：好吗？是的。", lexicon("好吗 = 好吧")).diagnostics
```

## Source
API page, continue-task: complete sentences are spoken at once (FLW-03).
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT035", "key-cut", Severity.WARNING, api=("PAR-17",))
