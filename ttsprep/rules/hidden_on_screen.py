"""Text that a screen hides and a voice reads

## What
An element of HTML has `hidden`, `display: none` or `visibility: hidden`.

## Why
Its text is read all the same: styles mean nothing to the ear. Use a comment for what nobody is to hear.

## Bad
```markdown
<p hidden>for editors only</p>

Hello.
```

## Good
```markdown
<!-- for editors only -->

Hello.
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN015", "hidden-on-screen", Severity.WARNING)
