"""The voice does not read SSML

## What
`enable_ssml` is true, but the system voice is not marked as SSML-enabled.

## Why
The service answers "SSML text is not supported at the moment!" although `enable_ssml` is true. Every cloned
voice reads SSML.

## Bad
```toml
region = "beijing"
voice = "loongabby_v3"
enable_ssml = true
```

## Good
```toml
voice = "longanyang"
enable_ssml = true
```

## Source
API page, "SSML support"; the vendor's voice list.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR031", "ssml-not-of-voice", Severity.ERROR, api=("SSM-02",), error="ssml-not-supported")
