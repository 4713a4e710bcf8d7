"""HTML in plain text

## What
A tag or an entity of HTML stands in plain text.

## Why
It is read aloud sign by sign.

## Bad
```text
One&nbsp;two<br>three.
```

## Good
```text
1 < 2 and 3 > 2; A&B.
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT031", "html-in-text", Severity.WARNING, fix="unsafe")
