"""The same word twice

## What
A word stands twice in a row.

## Why
It is easily overlooked in print, and always heard.

## Bad
```text
It is in the the box.
```

```text
这是我的的书。
```

## Good
```text
She had had enough, and that that was so. 的的确确，天天向上。
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT028", "repeated-word", Severity.NOTE, fix="unsafe")
