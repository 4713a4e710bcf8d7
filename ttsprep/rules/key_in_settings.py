"""An API key among the settings

## What
A setting is named like an API key (`api_key`, `Authorization`), or its value looks like one (`sk-…`).

## Why
Settings are kept in repositories, shown in messages and sent to the service; a key must be in none of these. It
belongs in the environment variable DASHSCOPE_API_KEY or in a file of its own. The value is not repeated in the message.

## Bad
```toml
voice = "longanyang"
api_key = "KEY"
```

```toml
voice = "sk-00000000000000000000000000000000"
```

## Good
```toml
voice = "longanyang"
```

## Source
API page: "Never hardcode your API key".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR051", "key-in-settings", Severity.ERROR, api=("HDR-06",))
