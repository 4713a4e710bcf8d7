"""An instruction behind finish-task

## What
continue-task or a second finish-task comes behind finish-task.

## Why
finish-task is the last instruction of its task; the text is not spoken.

## Bad
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 你好。
0.5 > finish-task
0.6 > continue-task 再见。
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
API page, "finish-task".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ005", "sent-after-finish", Severity.ERROR, api=("FLW-11",), error="invalid-action")
