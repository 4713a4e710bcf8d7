"""Too many tasks begin at a time

## What
More than three run-task instructions go out within a second.

## Why
The service starts three tasks a second for an account and model; more are refused (HTTP 429, Throttling). Connections
of other recordings count too.

## Bad
```session
0.0 > run-task id=b
0.0 < task-started id=b
0.0 > continue-task id=b 你好。
0.0 > finish-task id=b
0.0 < task-finished id=b
0.1 > run-task id=c
0.1 < task-started id=c
0.1 > continue-task id=c 你好。
0.1 > finish-task id=c
0.1 < task-finished id=c
0.2 > run-task id=d
0.2 < task-started id=d
0.2 > continue-task id=d 你好。
0.2 > finish-task id=d
0.2 < task-finished id=d
0.3 > run-task id=e
0.3 < task-started id=e
0.3 > continue-task id=e 你好。
0.3 > finish-task id=e
0.3 < task-finished id=e
```

## Good
```session
0.0 > run-task id=b
0.0 < task-started id=b
0.0 > continue-task id=b 你好。
0.0 > finish-task id=b
0.0 < task-finished id=b
0.4 > run-task id=c
0.4 < task-started id=c
0.4 > continue-task id=c 你好。
0.4 > finish-task id=c
0.4 < task-finished id=c
0.8 > run-task id=d
0.8 < task-started id=d
0.8 > continue-task id=d 你好。
0.8 > finish-task id=d
0.8 < task-finished id=d
1.2 > run-task id=e
1.2 < task-started id=e
1.2 > continue-task id=e 你好。
1.2 > finish-task id=e
1.2 < task-finished id=e
```

## Source
The vendor's page on rate limits.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ023", "too-many-task-starts", Severity.WARNING, api=("USE-03",), error="rate-limit")
