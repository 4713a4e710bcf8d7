"""language_hints is no list of known languages

## What
`language_hints` is not a list, or an element is not one of zh, en, fr, de, ja, ko, ru, pt, th, id, vi.

In the Beijing region es, it, ms, fil and ar are a note: the vendor's newest page has them, the API page has
not.

## Why
The codes are bare languages without country or dialect: zh, not zh-CN. One language is written as a list of
one.

## Bad
```toml
language_hints = "zh"
```

```toml
language_hints = ["cn"]
```

```toml
language_hints = ["es"]
```

## Good
```toml
language_hints = ["zh"]
```

## Source
API page, "payload.parameters": language_hints.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR012", "invalid-language-hints", Severity.ERROR, api=("PAR-12",), fix="unsafe")
