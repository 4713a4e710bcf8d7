"""A syllable is rare, or has a tone that no common character has

## What
The syllable exists in dialects and interjections only, or none of the 8,105 common characters has it with this tone.

## Why
It may be meant, but a slip of the keyboard is likelier.

## Bad
```lexicon
重庆 chong2 qing5
中 zhong2
```

```lexicon
嘿 hei3
```

## Good
```lexicon
中 zhong4
```

## Source
Readings of the Table of General Standard Chinese Characters.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT008", "lexicon-tone", Severity.WARNING, api=())
