"""Front matter that does not end

## What
A document begins with --- and lines of keys and values, and no --- ends them.

## Why
It is not taken for front matter, and read aloud.

## Bad
```markdown
---
title: Rain
author: Li

It rains.
```

## Good
```markdown
---
title: Rain
author: Li
---

It rains.
```

## Source
Own rule; front matter as Jekyll and Pandoc have it.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN023", "front-matter-not-closed", Severity.WARNING, fix="unsafe")
