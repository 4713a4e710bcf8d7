"""An instruction without a task

## What
continue-task or finish-task comes while no task is open: run-task is missing.

## Why
The task fails.

## Bad
```session
0.4 > continue-task 你好。
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

RULE = Rule("SEQ002", "no-task-open", Severity.ERROR, api=("FLW-01", "FLW-02"), error="invalid-action")
