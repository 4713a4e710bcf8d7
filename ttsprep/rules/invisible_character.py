r"""A character that cannot be seen

## What
A zero-width space, word joiner, soft hyphen, byte order mark or filler stands in the text, or a joiner between
letters that do not join.

## Why
It parts words for the voice, keeps words of a lexicon from being found, and is billed. Joiners in emoji and in
scripts that need them, and zero-width spaces between Thai words, are left alone.

## Bad
```python
findings("Deep\u200bSeek is \ufeffhere.")
```

## Good
```python
findings("क्\u200dष 👩\u200d🚀")
```

## Source
Unicode Standard, section 23.2.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT005", "invisible-character", Severity.WARNING, fix="safe")
