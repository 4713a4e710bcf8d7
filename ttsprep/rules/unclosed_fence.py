"""A fence that is never closed

## What
A code block begins with three backticks or tildes, and nothing ends it.

## Why
All that follows to the end of the document is code, and is not read.

## Bad
```markdown
Run this:

```sh
make

Then wait. It takes a minute.
```

## Good
```markdown
Run this:

~~~sh
make
~~~

Then wait.
```

## Source
CommonMark 0.31, section 4.5.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN005", "unclosed-fence", Severity.WARNING)
