"""Too much text in one task

## What
The texts of a task count over 200,000 characters together, Han as two.

## Why
Go on in a new task.

## Bad
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 20000*x
0.4 > continue-task 20000*x
0.4 > continue-task 20000*x
0.4 > continue-task 20000*x
0.4 > continue-task 20000*x
0.4 > continue-task 20000*x
0.4 > continue-task 20000*x
0.4 > continue-task 20000*x
0.4 > continue-task 20000*x
0.4 > continue-task 20000*x
0.5 > continue-task 你好。
0.6 > finish-task
0.9 < audio
1.0 < task-finished
```

## Good
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 20000*x
0.4 > continue-task 20000*x
0.4 > continue-task 20000*x
0.4 > continue-task 20000*x
0.4 > continue-task 20000*x
0.4 > continue-task 20000*x
0.4 > continue-task 20000*x
0.4 > continue-task 20000*x
0.4 > continue-task 20000*x
0.4 > continue-task 20000*x
0.6 > finish-task
0.9 < audio
1.0 < task-finished
```

## Source
API page, "Text length limits".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAY013", "task-text-too-long", Severity.ERROR, api=("TXT-02",))
