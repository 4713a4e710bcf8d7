"""An emoji

## What
An emoji stands in the text.

## Why
What a voice makes of it is not documented: it is left out, or its name is read. The Markdown option `emoji` drops it
or says its name.

## Bad
```text
Well done 🎉
```

## Good
```text
Well done!
```

## Source
The service's pages do not say it.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT020", "emoji-in-text", Severity.NOTE, fix="unsafe")
