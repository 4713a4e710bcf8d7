"""What a fix would change, as ``patch`` reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import unified_diff

from ttsprep.source import Source

__all__ = ["diff"]

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")


def diff(before: Source, after: str) -> Iterator[str]:
    r"""A unified diff that ``patch`` takes; nothing where nothing changes.

    >>> print("".join(diff(Source("one\ntwo\n", "a.md"), "one\nthree\n")), end="")
    --- a.md
    +++ a.md (fixed)
    @@ -1,2 +1,2 @@
     one
    -two
    +three
    """
    names = before.name, f"{before.name} (fixed)"
    for line in unified_diff(_LINE.findall(before.text), _LINE.findall(after), *names):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
