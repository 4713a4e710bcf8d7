"""The task is not finished

## What
A connection is closed, or the recording ends, while a task has no finish-task.

## Why
What the service has buffered is not spoken: the ending is lost, and it may be billed.

## Bad
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 你好。
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
API page, "finish-task".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ012", "finish-task-missing", Severity.ERROR, api=("FLW-04", "FLW-09"))
