"""A replacement looks like pinyin, or has no effect

## What
A value in `hot_fix.replace` is pinyin with tones, or is the text that it replaces; or a text stands twice, with other
values, and which of them acts is not documented.

## Why
A replacement is text that is spoken instead: pinyin would be read as letters and digits. Pinyin belongs in
`hot_fix.pronunciation`.

## Bad
```toml
voice = "cosyvoice-v3-flash-mine-1a2b"
hot_fix.replace = [{ "今天" = "jin1 tian1" }]
```

## Good
```toml
voice = "cosyvoice-v3-flash-mine-1a2b"
hot_fix.replace = [{ "今天" = "金天" }]
```

## Source
API page, "payload.parameters": hot_fix; the vendor's Chinese pages for its meaning.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR044", "hot-fix-replacement", Severity.WARNING, api=("PAR-17",))
