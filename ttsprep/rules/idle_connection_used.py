"""A connection that was idle too long

## What
A run-task is sent on a connection that had no task for over 60 seconds.

## Why
The service closes such connections: the run-task is lost.

## Bad
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 你好。
0.5 > finish-task
0.9 < audio
1.0 < task-finished
70.0 > run-task id=b
70.3 < task-started id=b
70.4 > continue-task id=b 再见。
70.5 > finish-task id=b
70.9 < task-finished id=b
```

## Good
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 你好。
0.5 > finish-task
0.9 < audio
1.0 < task-finished
50.0 > run-task id=b
50.3 < task-started id=b
50.4 > continue-task id=b 再见。
50.5 > finish-task id=b
50.9 < task-finished id=b
```

## Source
API page, "Connection reuse".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ016", "idle-connection-used", Severity.WARNING, api=("USE-02",), error="stale-connection")
