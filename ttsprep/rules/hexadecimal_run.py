"""A hash or identifier

## What
A row of hexadecimal digits, a UUID or a hardware address stands in the text.

## Why
It is read character by character, and nobody keeps it in mind.

## Bad
```text
The commit is 9690bb4f3a1c77de.
```

## Good
```text
The commit of Monday; the year 1984.
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT022", "hexadecimal-run", Severity.NOTE)
