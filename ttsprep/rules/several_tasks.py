"""The text needs more than one task

## What
The text counts more characters than all continue-task instructions of one task may carry (or, with enable_ssml, than
its one instruction may), so it is sent as several tasks, one after the other, each cut at a sentence end.

## Why
It costs nothing more. The sender joins the audio so that one file plays whole; whoever sends the plan otherwise must
do so too, since every task brings its own header.

## Bad
```python
prepare("一句话。" * 30_000).diagnostics
```

## Good
```python
prepare("一句话。").diagnostics
```

## Source
API page, "Text length limits".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("LEN002", "several-tasks", Severity.NOTE, api=("TXT-02",))
