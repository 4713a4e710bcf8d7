"""The formats of lexicon files: one table."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ttsprep.lexicon.draft import Draft, Raw
from ttsprep.lexicon.entries import Entry
from ttsprep.likeness import suggest

__all__ = ["FORMATS", "SUFFIXES", "Format", "format_named", "format_of"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the endings of its files, and the modules with its ``read_…`` and ``write_…``."""

    name: str
    suffixes: tuple[str, ...]
    reading: str
    writing: str

    @property
    def read(self) -> Callable[[Draft], Iterable[Raw]]:
        """Reads the entries of a file. It is loaded when it is asked for: so a plain list needs no XML."""
        function: Callable[[Draft], Iterable[Raw]] = getattr(_module(self.reading), f"read_{self.name}")
        return function

    @property
    def write(self) -> Callable[[Iterable[Entry]], str]:
        """Makes the text of a file."""
        function: Callable[[Iterable[Entry]], str] = getattr(_module(self.writing), f"write_{self.name}")
        return function


def _module(name: str) -> object:
    return importlib.import_module(f"ttsprep.lexicon.{name}")


_ALL = (
    Format("plain", (".txt", ".lexicon", ".list"), "plain", "plain"),
    Format("csv", (".csv",), "columns", "columns"),
    Format("tsv", (".tsv", ".tab"), "columns", "columns"),
    Format("yaml", (".yaml", ".yml"), "trees", "tree_writing"),
    Format("toml", (".toml",), "trees", "tree_writing"),
    Format("json", (".json",), "trees", "tree_writing"),
    Format("pls", (".pls", ".xml"), "pls", "pls"),
)
FORMATS = {one.name: one for one in _ALL}
"""Every format by its name."""
SUFFIXES = {suffix: one for one in _ALL for suffix in one.suffixes}
"""Every format by the endings of its files, which are in lower case."""


def format_named(name: str) -> Format:
    """The format of this name. Raises ValueError if there is none."""
    if name not in FORMATS:
        meant = suggest(name, FORMATS)
        raise ValueError(f"no format {name!r}: {f'did you mean {meant}?' if meant else ', '.join(FORMATS)}")
    return FORMATS[name]


def format_of(path: str | Path) -> Format:
    """The format that the name of a file tells; a plain list where it tells none.

    >>> format_of("names.yml").name, format_of("names").name
    ('yaml', 'plain')
    """
    return SUFFIXES.get(Path(path).suffix.lower(), FORMATS["plain"])
