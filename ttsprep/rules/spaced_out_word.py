"""Letters that stand apart

## What
Four Han characters or five letters stand in a row with a blank between each two.

## Why
Text from scans and posters looks so. Each is read by itself, with a pause.

## Bad
```text
欢 迎 光 临
```

```text
W E L C O M E
```

## Good
```text
他 她 它；a b c。
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT027", "spaced-out-word", Severity.NOTE, fix="unsafe")
