"""The client leaves before the end

## What
A connection is closed by the client, or the recording ends, before task-started or task-finished has come.

## Why
Audio that was not sent yet is discarded. Where the listener interrupted, that is right.

## Bad
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 你好。
0.5 > finish-task
0.9 < audio
1.0 > close 1000
```

## Good
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 你好。
0.5 > finish-task
0.9 < audio
1.0 < task-finished
1.1 > close 1000
```

## Source
API page, "Interaction flow".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ013", "left-before-finished", Severity.WARNING, api=("FLW-05", "FLW-08", "INT-01"))
