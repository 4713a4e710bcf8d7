"""The connection was refused

## What
The handshake was answered with an HTTP status instead of a connection.

## Why
401 and 403 mean the key, 429 the rate; the message says more.

## Bad
```session
0.0 > open wss://dashscope-intl.aliyuncs.com/api-ws/v1/inference
0.2 < refused 401
```

## Good
```session
0.0 > open wss://dashscope-intl.aliyuncs.com/api-ws/v1/inference
0.0 > run-task
0.3 < task-started
0.4 > continue-task 你好。
0.5 > finish-task
0.9 < audio
1.0 < task-finished
```

## Source
API page, "Authentication".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ019", "connection-refused", Severity.WARNING, api=("HDR-02", "HDR-08"))
