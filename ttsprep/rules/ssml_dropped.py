"""A conversion leaves it out

## What
Something of another dialect of SSML has no equivalent here. The text is kept, unless the message says otherwise.

## Why
The document will sound other than its author meant it. The message says what comes nearest.

## Bad
```python
ssml.convert('<speak><mstts:express-as style="sad">再见</mstts:express-as></speak>').diagnostics
```

## Good
```python
ssml.convert("<speak><p>再见</p></speak>").diagnostics
```

## Source
Own rule.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM081", "ssml-dropped", Severity.WARNING)
