"""Patterns of paths, as .gitignore files have them.

>>> patterns = Patterns.parse("*.txt\\n!keep.txt\\n/build/\\ndocs/**/draft-?.md\\n# a comment")
>>> [patterns.excludes(path) for path in ("a/b.txt", "a/keep.txt", "docs/x/y/draft-1.md", "docs/draft-12.md")]
[True, False, True, False]
>>> patterns.excludes("build", folder=True), patterns.excludes("build"), patterns.excludes("a/build", folder=True)
(True, False, False)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

__all__ = ["Patterns", "matches"]


@dataclass(frozen=True)
class _Pattern:
    shape: re.Pattern[str]
    keeps: bool
    folders_only: bool


@dataclass(frozen=True)
class Patterns:
    """Patterns in order: the last one that matches a path decides."""

    each: tuple[_Pattern, ...]

    @classmethod
    def parse(cls, text: str) -> Patterns:
        """The patterns of a .gitignore file."""
        return cls.of(text.split("\n"))

    @classmethod
    def of(cls, lines: Iterable[str]) -> Patterns:
        """Patterns as lines of such a file."""
        return cls(tuple(found for line in lines if (found := _pattern(line.rstrip("\r"))) is not None))

    def verdict(self, path: str, *, folder: bool = False) -> bool | None:
        """Whether a path, relative to the place of the patterns, is left out; ``None`` where none of them matches."""
        for pattern in reversed(self.each):
            if (folder or not pattern.folders_only) and pattern.shape.fullmatch(path):
                return not pattern.keeps
        return None

    def excludes(self, path: str, *, folder: bool = False) -> bool:
        """Whether a path is left out."""
        return bool(self.verdict(path, folder=folder))


_UNESCAPED_BLANKS = re.compile(r"(?<!\\) +$")


def _pattern(line: str) -> _Pattern | None:
    line = _UNESCAPED_BLANKS.sub("", line)
    if not line or line.startswith("#"):
        return None
    keeps = line.startswith("!")
    line = line[1:] if keeps else line
    folders_only = line.endswith("/")
    line = line.rstrip("/")
    if not line:
        return None
    anchored = "/" in line
    shape = _translated(line.removeprefix("/"))
    return _Pattern(re.compile(shape if anchored else f"(?:.*/)?{shape}", re.DOTALL), keeps, folders_only)


_PARTS = re.compile(r"(^|/)\*\*(?=/|$)/?|\*+|\?|\[!?\]?[^\]/]*\]|\\.|[^*?\[\\/]+|.", re.DOTALL)


def _translated(glob: str) -> str:
    """A pattern as a regular expression; ``*`` and ``?`` stop at slashes, ``**`` does not."""
    return "".join(map(_part, _PARTS.finditer(glob)))


def _part(found: re.Match[str]) -> str:
    part = found[0]
    if found[1] is not None:
        at_end = found.end() == len(found.string)
        return f"{found[1]}.*" if at_end else f"{found[1]}(?:.*/)?"
    if part[0] == "*":
        return "[^/]*"
    if part == "?":
        return "[^/]"
    if part[0] == "[" and len(part) > 1:
        negated, inner = part[1] == "!", part[2:-1] if part[1] == "!" else part[1:-1]
        return f"(?!/)[{'^' if negated else ''}{_set(inner)}]"
    if part == "[":  # a set that never ends: Git matches nothing with it
        return "(?!)"
    return re.escape(part[1:] if part[0] == "\\" and len(part) > 1 else part)


def _set(inner: str) -> str:
    """The inside of a set; one that is no set of Python's, such as ``z-a``, is its characters."""
    escaped = re.sub(r"([\\\]\[^&~|])", r"\\\1", inner)
    try:
        re.compile(f"[{escaped}]")
    except re.error:
        return re.escape(inner)
    return escaped


@cache
def _alone(pattern: str) -> Patterns:
    return Patterns.of([pattern])


def matches(path: str, pattern: str) -> bool:
    """Whether a path or one of the folders it lies in matches one pattern; ``!`` before it turns it round.

    >>> matches("docs/old/a.md", "docs/old"), matches("docs/old/a.md", "*.md"), matches("a.txt", "!*.md")
    (True, True, True)
    """
    if pattern.startswith("!"):
        return not matches(path, pattern[1:])
    shape = _alone(pattern)
    parts = path.split("/")
    folders = ("/".join(parts[:depth]) for depth in range(1, len(parts)))
    return shape.excludes(path) or any(shape.excludes(each, folder=True) for each in folders)
