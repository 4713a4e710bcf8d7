"""An address that the service does not have

## What
A connection is asked for at an address with another scheme, a further path or a query.

## Why
The service answers with an error; a key in the address ends up in logs.

## Bad
```session
0.0 > open wss://dashscope-intl.aliyuncs.com/api-ws/v1/inference?model=cosyvoice-v3-flash
```

## Good
```session
0.0 > open wss://dashscope-intl.aliyuncs.com/api-ws/v1/inference
```

## Source
API page, "Endpoint".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SEQ020", "wrong-address", Severity.ERROR, api=("URL-01", "URL-02", "URL-03"), error="wrong-url")
