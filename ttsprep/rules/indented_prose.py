"""Prose that is read as a code block

## What
Lines that begin with four blanks or a tab, and so are a code block in Markdown, but look like prose: a sentence
ends in them, and no bracket, semicolon or operator of a program stands there.

## Why
A code block is announced or left out, not read (``MarkdownOptions.code``). Paragraphs indented as in print are lost so.
Take the blanks away; ideographic spaces (U+3000) indent without making code.

## Bad
```markdown
Chapter one.

    It was a dark night. Nobody was in the street.
```

## Good
```markdown
Chapter one. Nobody was in the street. Run:

    pip install ttsprep
    total = total + 1.
```

## Source
Own rule: no word of a script is lost in silence.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN004", "indented-prose", Severity.NOTE)
