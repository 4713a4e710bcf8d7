"""Which files are looked at: those that are named, and in folders those that patterns and .gitignore files let in."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ttsprep.lint.patterns import Patterns, matches

__all__ = ["Walk", "relative"]

_ALWAYS_LEFT_OUT: Final = frozenset(
    {".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".tox", ".nox", ".ttsprep_cache"}
)
_NO_SCRIPT: Final = re.compile(
    r"(?:[\w-]+[-_.])?(?:requirements|constraints)[\w.-]*\.txt|(?:cmakelists|robots|humans|licen[cs]e|copying|notice)\.txt",
    re.IGNORECASE,
)
"""Names of text files that are for programs and lawyers: they are linted only where they are named."""
_IGNORE: Final = ".gitignore"


def relative(path: Path, base: Path) -> str:
    """A path as patterns see it: relative to their place, with slashes; outside of it as it is."""
    try:
        return path.absolute().relative_to(base.resolve()).as_posix()
    except ValueError:
        pass
    try:
        return path.resolve().relative_to(base.resolve()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()


@dataclass
class Walk:
    """A walk through folders. Links to folders are not followed, so that no walk goes round.

    `unreadable` are the folders that could not be listed, and why.
    """

    include: Sequence[str]
    exclude: Sequence[str] = ()
    base: Path = field(default_factory=Path.cwd)
    gitignore: bool = True
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    _ignores: dict[Path, Patterns | None] = field(default_factory=dict)

    def files(self, folder: Path) -> Iterator[Path]:
        """The files in a folder and the folders in it, in order of their names."""
        left = [self._entries(folder)]
        while left:
            path = next(left[-1], None)
            if path is None:
                left.pop()
            elif not path.is_symlink() and path.is_dir():
                left.append(self._entries(path))
            else:
                yield path

    def leaves_out(self, path: Path) -> bool:
        """Whether a walk from the base would not come to a file for what is excluded, whatever is included."""
        folders = [each for each in path.absolute().parents if each.is_relative_to(self.base.resolve())]
        return (
            any(each.name in _ALWAYS_LEFT_OUT for each in folders)
            or self._left_out(path)
            or any(self._left_out(each, folder=True) for each in folders[:-1])
        )

    def _entries(self, folder: Path) -> Iterator[Path]:
        """What is wanted of a folder: files that are included, and all folders that are not left out."""
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self.unreadable.append((str(folder), error.strerror or str(error)))
            return
        for entry in entries:
            path, is_folder = folder / entry.name, _is_folder(entry)
            wanted = entry.name not in _ALWAYS_LEFT_OUT if is_folder else self._included(path)
            if wanted and not self._left_out(path, folder=is_folder):
                yield path

    def _included(self, path: Path) -> bool:
        shown = relative(path, self.base)
        return any(matches(shown, pattern) for pattern in self.include)

    def _left_out(self, path: Path, *, folder: bool = False) -> bool:
        if not folder and _NO_SCRIPT.fullmatch(path.name):
            return True
        shown = relative(path, self.base)
        if any(matches(shown + ("/x" if folder else ""), pattern) for pattern in self.exclude):
            return True
        return self.gitignore and self._ignored(path.absolute(), folder=folder)

    def _ignored(self, path: Path, *, folder: bool) -> bool:
        """What the nearest .gitignore that says anything says; those above the repository say nothing."""
        for place in path.parents:
            patterns = self._patterns(place)
            if patterns is not None:
                verdict = patterns.verdict(path.relative_to(place).as_posix(), folder=folder)
                if verdict is not None:
                    return verdict
            if (place / ".git").exists():
                return False
        return False

    def _patterns(self, place: Path) -> Patterns | None:
        if place not in self._ignores:
            try:
                text = (place / _IGNORE).read_text("utf-8", errors="replace")
            except OSError:
                self._ignores[place] = None
            else:
                self._ignores[place] = Patterns.parse(text)
        return self._ignores[place]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
