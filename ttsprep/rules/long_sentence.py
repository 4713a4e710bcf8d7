"""A sentence that nobody can follow

## What
A sentence counts over 400 characters (200 Han, some 65 English words), or over `max_sentence` of the linter's
options.

## Why
A listener cannot go back to its beginning, and the service sends no audio before its end. A missing full stop is a
frequent cause.

## Bad
```python
findings("我们走了又走，" * 40 + "。")
```

## Good
```python
findings("我们走了又走。" * 40)
```

## Source
Own rule; API page, "Text length limits".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("LEN004", "long-sentence", Severity.NOTE, api=("TXT-01",))
