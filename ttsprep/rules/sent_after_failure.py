"""An instruction after the end

## What
An instruction is sent after task-failed, or on a closed connection.

## Why
After task-failed the connection is closed and never used again: open a new one.

## Bad
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 你好。
0.5 > finish-task
0.9 < audio
1.0 < task-finished
1.1 < close 1000
1.2 > run-task id=b
```

## Good
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 你好。
0.5 > finish-task
0.9 < audio
1.0 < task-finished
1.1 > close 1000
```

## Source
API page, "task-failed".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ006", "sent-after-failure", Severity.ERROR, api=("EVT-06",), error="stale-connection")
