"""The task failed

## What
The recording has a task-failed, or the service closed the connection within a task.

## Why
The message says what the service answered, what that means and what to do; an error of this list beside it says what
led to it.

## Bad
```session
0.0 > run-task
0.3 < task-failed InvalidParameter [tts:]Engine return error code: 418
0.4 < close 1000
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
API page, "task-failed".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ018", "task-failed", Severity.WARNING, api=("EVT-06",))
