"""A task_id is used again

## What
A run-task has the task_id of an earlier task of its connection.

## Why
Each task has an id of its own; the service cannot tell the tasks apart.

## Bad
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 你好。
0.5 > finish-task
0.9 < audio
1.0 < task-finished
1.1 > run-task
1.3 < task-started
1.4 > continue-task 再见。
1.5 > finish-task
1.9 < task-finished
```

## Good
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 你好。
0.5 > finish-task
0.9 < audio
1.0 < task-finished
```

## Source
API page, "task_id".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ008", "task-id-reused", Severity.ERROR, api=("FLW-07", "USE-01"))
