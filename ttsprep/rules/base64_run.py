"""A row of letters without a word

## What
32 or more letters and digits stand in a row, in both cases: a token, a signature, a file name.

## Why
It is read character by character.

## Bad
```text
Token: dGhpc0lzQVNlY3JldFRva2VuMTIzNDU2Nzg5MA==
```

## Good
```text
Die Donaudampfschifffahrtsgesellschaftskapitänswitwe.
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT023", "base64-run", Severity.NOTE)
