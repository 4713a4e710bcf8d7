"""Prose in a fence

## What
A code block without a language holds sentences.

## Why
It is announced or left out, not read. Chat assistants put letters and poems into fences; take the fence away.

## Bad
```markdown
Here is your letter:

~~~text
Dear all, the office is closed today.
Please come back tomorrow. Thank you.
~~~
```

## Good
```markdown
Run `a`:

~~~
$ make all
ok
~~~
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN007", "prose-in-fence", Severity.WARNING)
