"""No key reaches just the occurrences that are meant

## What
An entry is meant for some occurrences of its key only, and no key tells them from the others: what stands around
them is the same, or reaches over the end of a sentence, or is not Chinese where a pronunciation is wanted, or the
reading of a neighbour is not known. The entry is left out.

## Why
A correction acts wherever its key stands. A key can only grow by its neighbours, and a pronunciation needs a syllable
for each of them: the extra `pinyin` knows these.

## Bad
```python
hot_fix.generate("好。行。行。", lexicon("行 hang2"), only={"行": [2]}).diagnostics
```

## Good
```python
hot_fix.generate("银行。行。", lexicon("行 hang2"), only={"行": [1]}).diagnostics
```

## Source
API page, hot_fix: texts and what stands for them, nothing else.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT036", "key-not-separable", Severity.WARNING, api=("PAR-17",))
