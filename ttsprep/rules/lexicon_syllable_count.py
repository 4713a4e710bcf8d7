"""There are more or fewer syllables than characters

## What
The number of syllables is not the number of Chinese characters.

## Why
Each character has one syllable, 儿 included: 花儿 is `hua1 er5`. With another number the service cannot know which
syllable belongs to which character.

## Bad
```lexicon
重庆 chong2
```

```lexicon
花儿 hua1
```

```lexicon
花 huar1
```

## Good
```lexicon
花儿 hua1 er5
```

## Source
The vendor's SSML page: the count of syllables is the count of characters.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT009", "lexicon-syllable-count", Severity.ERROR, api=("PAR-17",))
