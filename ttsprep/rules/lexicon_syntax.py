"""A lexicon file cannot be read

## What
The file is no valid YAML, TOML, JSON or XML, a line of a list is no entry, or a quote of a table never closes.

## Why
What stands behind the fault cannot be known, so nothing of the file is used. In YAML tags, anchors and aliases are
refused, in XML a DOCTYPE: a lexicon needs none of them, and a small file could become a huge one.

## Bad
```lexicon
重庆
```

```json
{"replace": {"今天": "金天",}}
```

```pls
<lexicon><lexeme><grapheme>重庆</grapheme></lexicon>
```

## Good
```lexicon
重庆 chong2 qing4
```

## Source
YAML 1.2; TOML 1.0; RFC 8259; RFC 4180; W3C PLS 1.0.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT001", "lexicon-syntax", Severity.ERROR, api=())
