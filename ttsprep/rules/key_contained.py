"""A key stands in a longer one that says something else of it

## What
At a place where a longer key acts stands a shorter one too, whose reading or text is not the one that the longer key
gives this part.

## Why
The longer key wins, as it should where it is the exception. Where it is a slip, one of both is wrong.

## Bad
```python
hot_fix.generate("行人道", lexicon("行 hang2", "行人 xing2 ren2")).diagnostics
```

## Good
```python
hot_fix.generate("重庆大学", lexicon("重庆 chong2 qing4", "重庆大学 chong2 qing4 da4 xue2")).diagnostics
```

## Source
Assumption: one pass from left to right, the longest key first.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT032", "key-contained", Severity.NOTE, api=("PAR-17",))
