"""Only the first language hint acts

## What
`language_hints` is empty or has more than one element.

## Why
It is a list, but the service reads its first element only.

## Bad
```toml
language_hints = ["zh", "en"]
```

```toml
language_hints = []
```

## Good
```toml
language_hints = ["zh"]
```

## Source
API page, "payload.parameters": language_hints.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR033", "several-language-hints", Severity.WARNING, api=("PAR-12",))
