"""A field that the API does not have

## What
An instruction has a field that the API page does not name.

## Why
The service answers "task can not be null", or closes with code 1007.

## Bad
```jsonl
{"header":{"action":"run-task","task_id":"00000000000000000000000000000000","streaming":"duplex"},"payload":{"task_group":"audio","task":"tts","mode":"fast","function":"SpeechSynthesizer","model":"cosyvoice-v3-flash","parameters":{"text_type":"PlainText","voice":"longanyang"},"input":{}}}
{"header":{"action":"continue-task","task_id":"00000000000000000000000000000000","streaming":"duplex"},"payload":{"input":{"text":"你好。"}}}
{"header":{"action":"finish-task","task_id":"00000000000000000000000000000000","streaming":"duplex"},"payload":{"input":{}}}
```

## Good
```jsonl
{"header":{"action":"run-task","task_id":"00000000000000000000000000000000","streaming":"duplex"},"payload":{"task_group":"audio","task":"tts","function":"SpeechSynthesizer","model":"cosyvoice-v3-flash","parameters":{"text_type":"PlainText","voice":"longanyang"},"input":{}}}
{"header":{"action":"continue-task","task_id":"00000000000000000000000000000000","streaming":"duplex"},"payload":{"input":{"text":"你好。"}}}
{"header":{"action":"finish-task","task_id":"00000000000000000000000000000000","streaming":"duplex"},"payload":{"input":{}}}
```

## Source
API page, "run-task".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAY007", "instruction-unexpected-field", Severity.ERROR, api=("RUN-04",), error="no-input")
