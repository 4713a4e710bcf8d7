"""A text frame that is no event

## What
A text frame of the service is not JSON, or has no header.event.

## Why
Something else than the service may be on the other end: a proxy, a page that asks for a login.

## Bad
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 你好。
0.5 > finish-task
0.6 < raw hello
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

RULE = Rule("SEQ015", "not-an-event", Severity.WARNING, api=("EVT-01", "AUD-06"))
