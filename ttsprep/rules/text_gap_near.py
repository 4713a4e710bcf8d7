"""Nearly too long without text

## What
Over nine tenths of the 23 seconds pass between two texts, or between the last one and finish-task.

## Why
A little more, and the service fails the task. End a task whose text does not come, and go on in a new one.

## Bad
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 你好。
22.4 > continue-task 再见。
22.5 > finish-task
22.9 < audio
23.0 < task-finished
```

## Good
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 你好。
20.4 > continue-task 再见。
20.5 > finish-task
20.9 < audio
21.0 < task-finished
```

## Source
API page, "continue-task".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ024", "text-gap-near", Severity.WARNING, api=("CON-02", "CON-03"), error="text-timeout")
