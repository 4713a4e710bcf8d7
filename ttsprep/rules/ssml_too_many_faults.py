"""Too many faults

## What
The check stopped: the document has more faults than anybody reads at once.

## Why
Mend the first ones and check again.

## Bad
```python
ssml.validate("<speak>" + "&" * 500 + "</speak>")
```

## Good
```ssml
<speak>Q&A</speak>
```

## Source
Own rule.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM058", "ssml-too-many-faults", Severity.NOTE)
