"""Front matter: a mapping between dashes (YAML) or plus signs (TOML) at the very start of a document."""

from __future__ import annotations

import re

__all__ = ["front_matter_end"]

_MOST_LINES = 200
_LINE = re.compile(r"([^\r\n]*+)(\r\n|\n|\r(?!\Z)|\Z)")
_OPENER = re.compile(r"(?:---|\+\+\+)[ \t]*+\Z")
_SECOND = {
    "-": re.compile(r"[\w\"'-]++[ \t]*+:|#|(?:---|\.\.\.)[ \t]*+\Z"),
    "+": re.compile(r"[\w\"'.-]++[ \t]*+=|#|\[|\+\+\+[ \t]*+\Z"),
}
_CLOSER = {"-": re.compile(r"(?:---|\.\.\.)[ \t]*+\Z"), "+": re.compile(r"\+\+\+[ \t]*+\Z")}


def front_matter_end(text: str, final: bool) -> int | None:
    """Where the front matter of `text` ends; 0 where there is none, None where more text has to come to know.

    The second line has to look like a mapping, or a rule and a heading would vanish; a block that is not closed
    within 200 lines is none. The same answer comes however the text is cut.

    >>> front_matter_end("---\\ntitle: x\\n---\\n# Hi", final=True)
    17
    >>> front_matter_end("---\\nHi\\n---\\n", final=True)
    0
    >>> front_matter_end('+++\\ntitle = "x"\\n+++\\n', final=True)
    20
    """
    for number, found in enumerate(_LINE.finditer(text)):
        line, complete = found[1], found.end() < len(text) or found[2] in ("\n", "\r\n")
        if not complete and not final:
            return None if number or _may_open(line) else 0
        if number == 0 and not _OPENER.match(line):
            return 0
        if number == 1 and not _SECOND[text[0]].match(line):
            return 0
        if number and _CLOSER[text[0]].match(line):
            return found.end()
        if number == _MOST_LINES or not complete:
            return 0
    return None


def _may_open(line: str) -> bool:
    """Whether the start of a first line may become that of front matter."""
    return any(mark.startswith(line[:3]) for mark in ("---", "+++")) and not line[3:].strip(" \t\r")
