"""run-task while a task runs

## What
A run-task comes before task-finished of the task before it.

## Why
A connection has one task at a time: wait, or open another connection.

## Bad
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 你好。
0.5 > finish-task
0.6 > run-task id=b
0.9 < audio
1.0 < task-finished
```

## Good
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 你好。
0.5 > finish-task
0.9 < audio
1.0 < task-finished
1.1 > run-task id=b
1.3 < task-started id=b
1.4 > continue-task id=b 再见。
1.5 > finish-task id=b
1.9 < task-finished id=b
```

## Source
API page, "Connection reuse".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ004", "run-task-while-running", Severity.ERROR, api=("USE-01",), error="task-still-running")
