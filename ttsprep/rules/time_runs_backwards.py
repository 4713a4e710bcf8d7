"""Time runs backwards

## What
An entry of a recording is older than the one above it.

## Why
The file was put together of several, or sorted; its order cannot be judged.

## Bad
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 你好。
0.5 > finish-task
0.2 < audio
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
The form of recordings: docs/recording.md.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ022", "time-runs-backwards", Severity.WARNING)
