"""Too long without text

## What
More than 23 seconds pass between two texts, or between the last one and finish-task.

## Why
The service fails the task: "request timeout after 23 seconds". Send finish-task at once, and go on in a new task.

## Bad
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 你好。
30.0 > continue-task 再见。
30.5 > finish-task
30.9 < audio
31.0 < task-finished
```

## Good
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 你好。
20.0 > continue-task 再见。
20.1 > finish-task
20.9 < audio
21.0 < task-finished
```

## Source
API page, "continue-task".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ011", "text-gap", Severity.ERROR, api=("CON-02",), error="text-timeout")
