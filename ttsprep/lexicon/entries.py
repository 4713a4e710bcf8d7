"""Entries of a lexicon, and lexicons.

>>> bank = Entry("银行", Kind.PRONUNCIATION, "yin2 hang2")
>>> lexicon = Lexicon.of([bank, Entry("今天", Kind.REPLACE, "金天")])
>>> [entry.value for entry in lexicon.lookup("银行")], len(lexicon), "昨天" in lexicon
(['yin2 hang2'], 2, False)

**The later entry wins**, everywhere: of two in one file, of two files, and a file's own over those of the files that
it includes. So a general lexicon comes first, what corrects it last.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from ttsprep.diagnostics import Span
from ttsprep.lexicon.matching import Matcher
from ttsprep.source import Source

__all__ = ["Entry", "Kind", "Lexicon"]


class Kind(enum.StrEnum):
    """What an entry says of its key."""

    PRONUNCIATION = "pronunciation"
    """The value is pinyin in canonical form (`ttsprep.pinyin`): ``chong2 qing4``."""
    REPLACE = "replace"
    """The value is text that is spoken instead."""
    PHONES = "phones"
    """The value is ARPAbet, as in SSML with the alphabet ``cmu``: ``K OW1 Z IY0``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """How `key` is said where it stands between `before` and `after`; both empty: wherever it stands.

    `value` is in canonical form, `note` one line for people. Where the entry stands, its key first, from `start` to
    `end` of a source, does not count when entries are compared. An entry that was made by a program stands nowhere.

    Raises ValueError for an empty key.

        >>> Entry("行", Kind.PRONUNCIATION, "hang2", before="银").place
        ''
    """

    key: str
    kind: Kind
    value: str
    before: str = ""
    after: str = ""
    note: str = ""
    source: Source | None = field(default=None, compare=False, repr=False)
    start: int = field(default=0, compare=False, repr=False)
    end: int = field(default=0, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.key:
            raise ValueError("an entry needs a key")

    @property
    def identity(self) -> tuple[str, str, str]:
        """What two entries share that speak of the same occurrences: key, before, after."""
        return self.key, self.before, self.after

    # A lexicon has many entries, and of few it is asked where they stand: that is found when it is.

    @property
    def file(self) -> str:
        """The name of the file, "" for an entry that stands nowhere."""
        return self.source.name if self.source else ""

    @property
    def span(self) -> Span | None:
        """Where the entry stands in its source."""
        return Span(self.start, self.end) if self.source else None

    @property
    def line(self) -> int:
        """The line of the file, from 1; 0 for an entry that stands nowhere."""
        return self.source.position(self.start)[0] if self.source else 0

    @property
    def column(self) -> int:
        """The column in that line, from 1; 0 for an entry that stands nowhere."""
        return self.source.position(self.start)[1] if self.source else 0

    @property
    def place(self) -> str:
        """``file:line``, empty for an entry that stands nowhere."""
        return f"{self.file}:{self.line}" if self.source else ""


@dataclass(frozen=True)
class Lexicon:
    """Entries with at most one of each identity, in the order in which they stand."""

    entries: tuple[Entry, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Lexicon:
        """The lexicon of these entries; of several with one identity the last stands, in its own place."""
        found: dict[tuple[str, str, str], Entry] = {}
        for entry in entries:
            identity = (entry.key, entry.before, entry.after)
            found.pop(identity, None)
            found[identity] = entry
        return cls(tuple(found.values()))

    @classmethod
    def merged(cls, *lexicons: Lexicon) -> Lexicon:
        """All entries of all lexicons; a later lexicon wins over an earlier one.

        >>> general = Lexicon.of([Entry("行", Kind.PRONUNCIATION, "xing2"), Entry("今天", Kind.REPLACE, "金天")])
        >>> ours = Lexicon.of([Entry("行", Kind.PRONUNCIATION, "hang2")])
        >>> [(entry.key, entry.value) for entry in Lexicon.merged(general, ours)]
        [('今天', '金天'), ('行', 'hang2')]
        """
        return cls.of(entry for lexicon in lexicons for entry in lexicon)

    def lookup(self, key: str) -> tuple[Entry, ...]:
        """The entries of this key, in the order in which they are to be tried: the longest context first, of equals
        the later."""
        return self.by_key.get(key, ())

    @cached_property
    def by_key(self) -> Mapping[str, tuple[Entry, ...]]:
        """Key → its entries, as `lookup` has them."""
        found = {entry.key: (entry,) for entry in self.entries}
        return MappingProxyType(found if len(found) == len(self.entries) else {**found, **self._several(found)})

    def _several(self, last: Mapping[str, tuple[Entry, ...]]) -> dict[str, tuple[Entry, ...]]:
        """The keys that have several entries, of which the last are known."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if entry is not last[entry.key][0]:
                found.setdefault(entry.key, []).append(entry)
        return {key: _tried([*entries, *last[key]]) for key, entries in found.items()}

    @cached_property
    def matcher(self) -> Matcher:
        """What finds the keys in a text."""
        return Matcher(self.by_key)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, key: object) -> bool:
        return key in self.by_key


def _tried(entries: list[Entry]) -> tuple[Entry, ...]:
    entries.reverse()
    entries.sort(key=lambda entry: -len(entry.before) - len(entry.after))
    return tuple(entries)
