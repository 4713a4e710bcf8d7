"""Markdown in plain text

## What
A heading mark, bold text, link or code fence of Markdown stands in plain text or SSML.

## Why
Its signs are read aloud, and billed. Name the file `.md`, or say `--from markdown`.

## Bad
```text
# Title

This is **very** important.
```

## Good
```text
Number #1 is 2 * 3 * 4.
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT030", "markdown-in-text", Severity.WARNING)
