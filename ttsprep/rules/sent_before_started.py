"""Text before task-started

## What
continue-task or finish-task comes before task-started.

## Why
The task fails: wait for task-started.

## Bad
```session
0.0 > run-task
0.1 > continue-task 你好。
0.3 < task-started
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
API page, "Interaction flow".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ003", "sent-before-started", Severity.ERROR, api=("FLW-01", "FLW-02"), error="invalid-action")
