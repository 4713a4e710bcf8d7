"""The settings correct a text otherwise than the lexicon

## What
`hot_fix` in the settings has an entry for a key of the lexicon, with another value. That of the settings is sent.

## Why
Of two values for one key the service can take one only.

## Bad
```python
hot_fix.generate("今天", lexicon("今天 = 金天"), TaskSettings(hot_fix={"replace": [{"今天": "本日"}]})).diagnostics
```

## Good
```python
hot_fix.generate("今天", lexicon("今天 = 金天"), TaskSettings(hot_fix={"replace": [{"明天": "次日"}]})).diagnostics
```

## Source
Own judgement: what stands in the settings is the nearer word.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT039", "key-given-twice", Severity.WARNING, api=("PAR-17",))
