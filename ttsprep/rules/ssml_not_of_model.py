"""The model does not read SSML

## What
`enable_ssml` is true, but the model does not read SSML. It is a warning where the API page and an official
page of another region disagree.

## Why
The service answers "SSML text is not supported at the moment!".

## Bad
```toml
region = "beijing"
model = "cosyvoice-v1"
voice = "longwan"
enable_ssml = true
```

## Good
```toml
enable_ssml = true
```

```toml
region = "beijing"
model = "cosyvoice-v2"
voice = "longxiaochun_v2"
enable_ssml = true
```

## Source
API page, "SSML support"; the vendor's SSML page for other models.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR030", "ssml-not-of-model", Severity.ERROR, api=("SSM-01",), error="ssml-not-supported")
