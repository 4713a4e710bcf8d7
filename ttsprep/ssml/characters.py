"""Characters that XML treats in a way of its own.

>>> [bool(FORBIDDEN.match(character)) for character in "\\x08\\n\\ufffe你"]
[True, False, True, False]
"""

from __future__ import annotations

import re

__all__ = ["FORBIDDEN", "NEVER"]

NEVER = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
"""The inside of a character class: what no XML document may hold, however it is written. Controls, halves of surrogate
pairs, U+FFFE and U+FFFF."""

FORBIDDEN = re.compile(f"[{NEVER}]")
"""One character that XML does not allow."""
