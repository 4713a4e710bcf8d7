"""A quotation mark without its partner

## What
A quotation mark such as “ or 「 is not closed, or not opened, in its paragraph.

## Why
It is hard to hear where the quotation ends. A speech of several paragraphs that each begin with the mark is left
alone.

## Bad
```text
她说：“我明天来。
```

## Good
```text
“First paragraph.

“Second one.”
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT034", "unpaired-quote", Severity.NOTE)
