"""Text that markup swallows

## What
Something is read as markup, as CommonMark demands, that was hardly meant so: a star between two digits, a tag that
HTML does not have, or a pipe that gives a row of a table more cells than the header has. It is not heard.

## Why
``2*3*4`` is heard as 234, and ``Vec<String>`` as Vec. A backslash before the star or the bracket, or backticks around
all of it, keep it; in a table a pipe needs the backslash also between backticks or in a formula. Stars set close to
their numbers and type parameters are frequent in the answers of language models.

## Bad
```markdown
The volume is 2*3*4.
```

```markdown
It returns a Vec<String> here.
```

```markdown
| sign | meaning |
|------|---------|
| `||` | or      |
```

## Good
```markdown
The volume is 2 * 3 * 4, or 2\\*3\\*4. It returns a `Vec<String>`, <b>never</b> null; H<sub>2</sub>O is *un*likely.
```

## Source
Own rule: no word of a script is lost in silence.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN002", "swallowed-by-markup", Severity.WARNING)
