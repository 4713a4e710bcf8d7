"""The voice does not speak the language

## What
The first of `language_hints` is not among the languages of the system voice.

## Why
The vendor's list names the languages of each voice; another one is spoken with an accent, or wrongly.

## Bad
```toml
voice = "longanyang"
language_hints = ["fr"]
```

## Good
```toml
voice = "longanyang"
language_hints = ["en"]
```

## Source
The vendor's voice list.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR034", "language-not-of-voice", Severity.WARNING, api=("PAR-12",))
