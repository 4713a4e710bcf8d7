"""What a listener hears of Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Addresses", "Code", "MarkdownOptions", "Tables"]


class Code(StrEnum):
    """What is heard of a code block."""

    ANNOUNCE = "announce"
    """That there is one, its language and how many lines it has."""
    SKIP = "skip"
    """Nothing."""
    READ = "read"
    """Every line."""


class Addresses(StrEnum):
    """What is heard of an address that has no text of its own."""

    HOST = "host"
    """The host alone: "github.com"."""
    SKIP = "skip"
    """Nothing."""
    FULL = "full"
    """All of it."""


class Tables(StrEnum):
    """What is heard of a table."""

    ROWS = "rows"
    """Row after row, the headers first."""
    LABELLED = "labelled"
    """Row after row, each cell after its column's header."""
    SKIP = "skip"
    """Nothing."""


@dataclass(frozen=True, slots=True)
class MarkdownOptions:
    """What a listener hears. The defaults leave no word out but those of code blocks and the paths of addresses.

    Every enumeration takes its value as a string too; another one raises ValueError.

    >>> MarkdownOptions(code="skip").code
    <Code.SKIP: 'skip'>
    """

    code: Code = Code.ANNOUNCE
    """Fenced and indented code. Code in running text is always read: it is part of the sentence."""
    addresses: Addresses = Addresses.HOST
    """Addresses in running text, in angle brackets, or as a link's text. Other links are heard by their text."""
    tables: Tables = Tables.ROWS
    pauses: bool = True
    """Whether headings, list items and table rows without end punctuation get a full stop (``。`` or ``.``)."""
    images: bool = True
    """Whether the alternative text of images is heard."""
    struck: bool = True
    """Whether struck-out text is heard."""

    def __post_init__(self) -> None:
        for name, kind in (("code", Code), ("addresses", Addresses), ("tables", Tables)):
            object.__setattr__(self, name, kind(getattr(self, name)))
