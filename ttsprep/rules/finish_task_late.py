"""finish-task comes late

## What
finish-task comes more than five seconds behind the last text.

## Why
The end of the text is buffered that long, and 23 seconds fail the task. Send finish-task at once; audio comes all the
same.

## Bad
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 你好
9.0 > finish-task
9.9 < audio
10.0 < task-finished
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

RULE = Rule("SEQ021", "finish-task-late", Severity.NOTE, api=("FIN-02",))
