"""A task_id that is none

## What
`header.task_id` is not 32 hexadecimal digits, plain or as 8-4-4-4-12.

## Why
Make a new UUID for each task.

## Bad
```jsonl
{"header":{"action":"run-task","task_id":"task-1","streaming":"duplex"},"payload":{"task_group":"audio","task":"tts","function":"SpeechSynthesizer","model":"cosyvoice-v3-flash","parameters":{"text_type":"PlainText","voice":"longanyang"},"input":{}}}
{"header":{"action":"continue-task","task_id":"task-1","streaming":"duplex"},"payload":{"input":{"text":"你好。"}}}
{"header":{"action":"finish-task","task_id":"task-1","streaming":"duplex"},"payload":{"input":{}}}
```

## Good
```jsonl
{"header":{"action":"run-task","task_id":"00000000000000000000000000000000","streaming":"duplex"},"payload":{"task_group":"audio","task":"tts","function":"SpeechSynthesizer","model":"cosyvoice-v3-flash","parameters":{"text_type":"PlainText","voice":"longanyang"},"input":{}}}
{"header":{"action":"continue-task","task_id":"00000000000000000000000000000000","streaming":"duplex"},"payload":{"input":{"text":"你好。"}}}
{"header":{"action":"finish-task","task_id":"00000000000000000000000000000000","streaming":"duplex"},"payload":{"input":{}}}
```

## Source
API page, "task_id".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAY004", "task-id-malformed", Severity.ERROR, api=("FLW-07",))
