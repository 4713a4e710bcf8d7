"""Code blocks are not read

## What
The document has code blocks; the message says how many and how long. Said once for all of them.

## Why
Code blocks are announced or left out (`MarkdownOptions.code`): what they say has to stand in the text too.

## Bad
```markdown
Install it:

~~~sh
pip install ttsprep
~~~
```

## Good
```markdown
Install it with `pip install ttsprep`.
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN006", "code-not-read", Severity.NOTE)
