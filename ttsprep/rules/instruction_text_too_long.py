"""Too much text in one continue-task

## What
The text of a continue-task counts over 20,000 characters, Han as two.

## Why
Cut it at sentence ends into several instructions: `ttsprep prepare` does.

## Bad
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 20001*x
0.5 > finish-task
0.9 < audio
1.0 < task-finished
```

## Good
```session
0.0 > run-task
0.3 < task-started
0.4 > continue-task 20000*x
0.5 > finish-task
0.9 < audio
1.0 < task-finished
```

## Source
API page, "Text length limits".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAY012", "instruction-text-too-long", Severity.ERROR, api=("TXT-01",))
