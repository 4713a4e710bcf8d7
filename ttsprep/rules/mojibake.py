"""Text that was read in the wrong encoding

## What
UTF-8 stands in the text as it looks when it is read as Windows-1252 or GB 18030.

## Why
Such words are spelt sign by sign. Where what was meant is certain, the fix writes it.

## Bad
```text
The cafÃ© isnâ€™t open.
```

## Good
```text
The café isn’t open. Ã, É and ß are letters.
```

## Source
Encoding Standard (WHATWG), windows-1252 and gb18030.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT015", "mojibake", Severity.WARNING, fix="unsafe")
