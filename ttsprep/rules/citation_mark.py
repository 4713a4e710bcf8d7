"""A citation mark is read aloud

## What
A number in brackets behind a word, or the mark of a chat assistant for its source, stands in the text.

## Why
Nobody can follow it by ear, and a voice reads its signs.

## Bad
```text
The sea rose by 20 cm.[3]
```

```text
人口约两千万【4†source】。
```

## Good
```text
The sea rose by 20 cm, says the report of 2021.
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT019", "citation-mark", Severity.NOTE, fix="unsafe")
