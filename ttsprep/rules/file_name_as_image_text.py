"""A file name instead of an image's text

## What
The alternative text of an image is the name of its file.

## Why
It is read aloud: "I M G 1 2 3 4 dot jay peg".

## Bad
```markdown
Look: ![IMG_1234.jpg](IMG_1234.jpg)
```

## Good
```markdown
Look: ![a cat on a roof](IMG_1234.jpg)
```

## Source
WCAG 2.2, success criterion 1.1.1, failure F30.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN013", "file-name-as-image-text", Severity.WARNING)
