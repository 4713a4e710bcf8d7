"""A file is not UTF-8

## What
The bytes of a file are not valid UTF-8. The message gives the offset of the first bad byte and, where the bytes
fit one, the encoding they are probably in.

## Why
The service takes UTF-8 only. Guessing an encoding silently would speak wrong characters, so nothing is guessed:
name the encoding with `--encoding`, or convert the file.

## Bad
```python
Source.decode("你好".encode("gb18030"))[1]
```

## Good
```python
Source.decode("你好".encode("gb18030"), encoding="gb18030")[1]
```

## Source
API page, "Encoding format": use UTF-8 encoding.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT001", "not-utf8", Severity.ERROR, api=("TXT-06",), error="refused-message")
