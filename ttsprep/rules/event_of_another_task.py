"""An event of another task

## What
An event carries another task_id than the open task.

## Why
It belongs to a task that has ended, or two tasks share a connection.

## Bad
```session
0.0 > run-task
0.3 < task-started id=b
0.35 < task-started
0.4 > continue-task 你好。
0.5 > finish-task
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
```

## Source
API page, "Server events".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ017", "event-of-another-task", Severity.WARNING, api=("EVT-08",))
