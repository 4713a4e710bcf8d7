"""A footnote mark without its note

## What
A mark such as ``[^1]`` whose note (``[^1]: …``) is nowhere in the text. Marks are for the eye and are not heard.

## Why
Either the note was forgotten, or the brackets were meant as they stand, as in a regular expression; then text is
missing in the speech. A backslash before the bracket, or backticks around all of it, keep it.

## Bad
```markdown
The figures are old[^2], and so is the letter class [^abc].
```

## Good
```markdown
The figures are old[^2], and so is the letter class `[^abc]`, or \\[^abc].

[^2]: They are of 1999.
```

## Source
Own rule: no word of a script is lost in silence.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN003", "footnote-not-defined", Severity.WARNING)
