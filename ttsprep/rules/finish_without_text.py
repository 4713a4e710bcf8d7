"""finish-task without text

## What
A task ends without anything that can be spoken.

## Why
The service answers "Please ensure input text is valid.". Open a task only when there is text.

## Bad
```session
0.0 > run-task
0.3 < task-started
0.5 > finish-task
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
The service's error pages; own rule FLW-12.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ010", "finish-without-text", Severity.ERROR, api=("FLW-12",), error="text-not-speakable")
