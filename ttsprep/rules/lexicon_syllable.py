"""A syllable of a pronunciation is not known

## What
A pronunciation has a syllable that Mandarin does not have, or one without a tone.

## Why
The service takes letters with a tone digit for each character; what it does with others is not documented. Tone marks
and the usual spellings are brought into that form, where they can mean one thing only.

## Bad
```lexicon
重庆 chong2 qnig4
```

```lexicon
重庆 chongqing
```

## Good
```lexicon
重庆 chóngqìng
```

```lexicon
绿 lǜ
```

## Source
Table of General Standard Chinese Characters; the vendor's SSML page for the spelling.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT007", "lexicon-syllable", Severity.ERROR, api=("PAR-17",), fix="unsafe")
