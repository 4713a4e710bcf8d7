"""A fixed field has another value

## What
`task_group` is not "audio", `task` not "tts", or `function` not "SpeechSynthesizer".

## Why
The fields have one value each.

## Bad
```jsonl
{"header":{"action":"run-task","task_id":"00000000000000000000000000000000","streaming":"duplex"},"payload":{"task_group":"audio","task":"asr","function":"SpeechSynthesizer","model":"cosyvoice-v3-flash","parameters":{"text_type":"PlainText","voice":"longanyang"},"input":{}}}
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

RULE = Rule("PAY006", "instruction-field-wrong", Severity.ERROR, api=("RUN-02",))
