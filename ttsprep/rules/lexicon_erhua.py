"""An r at the end of a syllable is written as a syllable of its own

## What
A reading has `huar1` for 花儿; `hua1 er5` is sent.

## Why
A character has a syllable of its own, and the service's examples show none that ends in r. Whether it joins the two
in speaking is not documented.

## Bad
```lexicon
花儿 huar1
```

## Good
```lexicon
花儿 hua1 er5
```

## Source
Assumption: see docs/assumptions.md.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT010", "lexicon-erhua", Severity.NOTE, api=(), fix="safe")
