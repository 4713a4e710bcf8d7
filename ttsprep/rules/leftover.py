"""Something was left for later

## What
TODO, lorem ipsum, 待补充 and the like stand in the text.

## Why
They are read aloud, and paid for.

## Bad
```text
TODO: add the price.
```

```text
会议时间待补充。
```

## Good
```text
Make a to-do list. The todo list is long.
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT017", "leftover", Severity.WARNING)
