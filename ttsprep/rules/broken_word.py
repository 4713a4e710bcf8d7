"""A word is cut by the end of its line

## What
A line ends in a hyphen within a word, and the next goes on with its rest.

## Why
Text from PDF files is cut so; the two parts are read as two words.

## Bad
```text
This is an exam-
ple of it.
```

## Good
```text
This is an example of
it.
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT029", "broken-word", Severity.NOTE, fix="unsafe")
