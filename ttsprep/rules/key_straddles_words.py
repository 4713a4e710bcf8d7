"""A key is the end of one word and the beginning of the next

## What
The characters of a key stand next to each other by chance: a dictionary cuts the text into other words. It is a note
where the dictionary leaves a doubt.

## Why
The service looks for characters, not for words: 重庆 is found in 双重庆祝, and read chóng qìng there. A longer key for
that place, with its own reading, helps.

## Bad
```python
hot_fix.generate("首都市长", lexicon("都市 du1 shi4")).diagnostics
```

## Good
```python
hot_fix.generate("现代都市", lexicon("都市 du1 shi4")).diagnostics
```

## Source
Own judgement, by the dictionary of pypinyin.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT033", "key-straddles-words", Severity.WARNING, api=("PAR-17",))
