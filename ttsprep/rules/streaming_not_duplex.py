"""header.streaming is not duplex

## What
`header.streaming` of an instruction is missing, or not "duplex".

## Why
The API has this one value only.

## Bad
```jsonl
{"header":{"action":"run-task","task_id":"00000000000000000000000000000000","streaming":"out"},"payload":{"task_group":"audio","task":"tts","function":"SpeechSynthesizer","model":"cosyvoice-v3-flash","parameters":{"text_type":"PlainText","voice":"longanyang"},"input":{}}}
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
API page, "Client instructions".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAY003", "streaming-not-duplex", Severity.ERROR, api=("RUN-02", "CON-01", "FIN-01"))
