"""Another task_id within a task

## What
An instruction carries another task_id than the run-task of its task.

## Why
The effects are disordered audio, misplaced speech, a missing task-finished and wrong billing.

## Bad
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task id=b 你好。
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
API page, "task_id".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ007", "task-id-changed", Severity.ERROR, api=("FLW-06",))
