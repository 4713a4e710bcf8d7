"""A pronunciation has the tone of running speech

## What
一 is written yi2 or yi4, 不 bu2, or a third tone before another one as the second.

## Why
Dictionaries write the tone that a character has alone, and voices change it themselves. What the service expects is
not documented: if the voice says it wrong, write it as in a dictionary.

## Bad
```lexicon
一定 yi2 ding4
```

```lexicon
你好 ni2 hao3
```

## Good
```lexicon
一定 yi1 ding4
```

```lexicon
你好 ni3 hao3
```

## Source
GB/T 16159-2012, 7.3.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT011", "lexicon-spoken-tone", Severity.NOTE, api=())
