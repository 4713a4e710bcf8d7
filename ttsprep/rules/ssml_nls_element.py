"""An element of the vendor's older product

## What
`s`, `w`, `emotion` and `vhml` belong to the vendor's older speech product (NLS, ISI).

## Why
CosyVoice's pages do not list them.

## Bad
```ssml
<speak><s>第一句。</s><s>第二句。</s></speak>
```

## Good
```ssml
<speak>第一句。第二句。</speak>
```

## Source
Vendor's NLS page against its CosyVoice page (2026-03-02).
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM032", "ssml-nls-element", Severity.ERROR, fix="safe")
