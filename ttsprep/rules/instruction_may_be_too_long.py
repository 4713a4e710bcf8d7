"""The instruction counts more than 100

## What
`instruction` has at most 100 characters, but counts more than 100 when a Han ideograph counts 2.

## Why
The API page does not say how the 100 are counted; other official pages count Han twice. If they are right,
the service answers "[tts:]Engine return error code: 428".

## Bad
```toml
voice = "cosyvoice-v3-flash-mine-1a2b"
instruction = "请用非常温柔而平静的语气慢慢地说话就像夜里给快要睡着的孩子们讲一个森林里的小动物们过冬的漫长故事一样啊"
```

## Good
```toml
voice = "cosyvoice-v3-flash-mine-1a2b"
instruction = "请用非常温柔而平静的语气慢慢地说话。"
```

## Source
The vendor's Chinese WebSocket API page.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR036", "instruction-may-be-too-long", Severity.WARNING, api=("PAR-13",), error="instruction-refused")
