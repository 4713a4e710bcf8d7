"""A second text under enable_ssml

## What
A task with enable_ssml gets a second continue-task.

## Why
It takes exactly one; the service answers "Text request limit violated, expected 1.".

## Bad
```session
0.0 > run-task ssml
0.3 < task-started
0.4 > continue-task <speak>你好。</speak>
0.5 > continue-task <speak>再见。</speak>
0.6 > finish-task
0.9 < audio
1.0 < task-finished
```

## Good
```session
0.0 > run-task ssml
0.3 < task-started
0.4 > continue-task <speak>你好。再见。</speak>
0.6 > finish-task
0.9 < audio
1.0 < task-finished
```

## Source
API page, "enable_ssml".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ009", "second-ssml-document", Severity.ERROR, api=("SSM-04",), error="second-ssml-text")
