"""A pronunciation is not pinyin for its text

## What
A value in `hot_fix.pronunciation` is not pinyin with tone digits separated by single spaces, its number of
syllables is not the number of characters, its text is not Chinese, or stands twice, with other pinyin.

## Why
Pronunciations are Mandarin syllables, one for each character, each of letters and a tone digit from 1 to 5 (5
is neutral; ü is written v). What the service does with others is not documented.

## Bad
```toml
voice = "cosyvoice-v3-flash-mine-1a2b"
hot_fix.pronunciation = [{ "草地" = "cǎo dì" }]
```

```toml
voice = "cosyvoice-v3-flash-mine-1a2b"
hot_fix.pronunciation = [{ "草地" = "cao3" }]
```

```toml
voice = "cosyvoice-v3-flash-mine-1a2b"
hot_fix.pronunciation = [{ "weather" = "tian1 qi4" }]
```

## Good
```toml
voice = "cosyvoice-v3-flash-mine-1a2b"
hot_fix.pronunciation = [{ "草地" = "cao3 di4" }]
```

## Source
API page, "hot_fix example", and the vendor's SSML page for the spelling of pinyin.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR043", "hot-fix-pronunciation", Severity.WARNING, api=("PAR-17",))
