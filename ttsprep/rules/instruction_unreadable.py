"""A line that is no instruction

## What
A frame of the client is not JSON, is binary, or names none of the three actions.

## Why
The service closes the connection, or answers with an error.

## Bad
```jsonl
{"header":{"action":"start-task","task_id":"00000000000000000000000000000000","streaming":"duplex"},"payload":{"task_group":"audio","task":"tts","function":"SpeechSynthesizer","model":"cosyvoice-v3-flash","parameters":{"text_type":"PlainText","voice":"longanyang"},"input":{}}}
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

RULE = Rule(
    "PAY002",
    "instruction-unreadable",
    Severity.ERROR,
    api=("RUN-01", "RUN-02", "TXT-06"),
    error="refused-message",
)
