"""A key is no word where it stands

## What
The characters of a key are the end of one word and the beginning of the next: a dictionary cuts the text into other
words. It is a note where the dictionary leaves a doubt. Or a key stands inside a word of letters, or inside a number:
2 in 12.

## Why
The service looks for characters, not for words: 重庆 is found in 双重庆祝, and read chóng qìng there. A longer key for
that place, with its own reading, helps, and so does a context (``2[个] = 两``).

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
