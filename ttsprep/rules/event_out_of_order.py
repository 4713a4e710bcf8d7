"""An event or audio out of order

## What
The service sends audio before task-started, or an event that cannot come then.

## Why
It breaks its own protocol, or the recording is not complete.

## Bad
```session
0.0 > run-task
0.2 < audio
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
API page, "Server events".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ014", "event-out-of-order", Severity.ERROR, api=("FLW-01", "EVT-01"))
