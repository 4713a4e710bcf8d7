"""hot_fix has the wrong shape inside

## What
`hot_fix` holds another key than `pronunciation` and `replace`, one of them is not a list of objects, or an
entry does not map a text to a string.

## Why
The shape is `{"pronunciation": [{text: pinyin}], "replace": [{text: text}]}`. What the service does with
another one is not documented.

## Bad
```toml
hot_fix.pronounciation = [{ "草地" = "cao3 di4" }]
```

```toml
hot_fix.pronunciation = { "草地" = "cao3 di4" }
```

```toml
hot_fix.replace = [{ "今天" = 3 }]
```

## Good
```toml
hot_fix.pronunciation = [{ "草地" = "cao3 di4" }]
hot_fix.replace = [{ "今天" = "金天" }]
```

## Source
API page, "hot_fix example".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR017", "hot-fix-shape", Severity.ERROR, api=("PAR-17",), fix="unsafe")
