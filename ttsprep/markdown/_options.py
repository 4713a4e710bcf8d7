"""What a listener hears of Markdown."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from importlib.util import find_spec
from typing import Any, Self

__all__ = [
    "Addresses",
    "Announcements",
    "Breaks",
    "Code",
    "Emoji",
    "Footnotes",
    "Formulas",
    "Images",
    "MarkdownOptions",
    "Tables",
    "Tasks",
]


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

    AUTO = "auto"
    """Its rows, labelled where it has more than two columns."""
    ROWS = "rows"
    """Row after row, the headers first: "City, Sun. Rome, 9 h."."""
    LABELLED = "labelled"
    """Row after row, each cell after its column's header: "City: Rome; Sun: 9 h."."""
    ANNOUNCE = "announce"
    """That there is one, how many rows it has, and its headers."""
    SKIP = "skip"
    """Nothing."""


class Images(StrEnum):
    """What is heard of an image that has an alternative text."""

    TEXT = "text"
    """That text."""
    ANNOUNCE = "announce"
    """That it is an image, and the text: "Image: a cat"."""
    SKIP = "skip"
    """Nothing."""


class Tasks(StrEnum):
    """What is heard of the box of a task."""

    ANNOUNCE = "announce"
    """Whether it is done: "Done: buy milk."."""
    SKIP = "skip"
    """Nothing."""


class Footnotes(StrEnum):
    """What is heard of a footnote where it stands; its mark is never heard."""

    ANNOUNCE = "announce"
    """Its number and its text: "Note 1: see below."."""
    READ = "read"
    """Its text."""
    SKIP = "skip"
    """Nothing."""


class Emoji(StrEnum):
    """What is heard of an emoji."""

    KEEP = "keep"
    """What the voice makes of it."""
    DROP = "drop"
    """Nothing."""
    NAME = "name"
    """Its name; needs the extra ``ttsprep[emoji]``."""


class Breaks(StrEnum):
    """What is heard of a thematic break (``---``)."""

    SKIP = "skip"
    """Nothing but the end of the line before it."""
    ANNOUNCE = "announce"
    """That there is one."""


class Formulas(StrEnum):
    """Who reads a formula."""

    AUTO = "auto"
    """The service where its model does and the formula and the text around it are such as it documents; else words, in
    the language of the text around it.
    """
    SERVICE = "service"
    """The service: formulas are left as they stand."""
    SPEAK_ZH = "speak-zh"
    """Words, in Chinese."""
    SPEAK_EN = "speak-en"
    """Words, in English."""


class Announcements(StrEnum):
    """In which language that is said which is not in the text."""

    AUTO = "auto"
    """In that of the text around it: Chinese beside Chinese and Japanese, else English."""
    ZH = "zh"
    """Chinese."""
    EN = "en"
    """English."""


@dataclass(frozen=True, slots=True)
class MarkdownOptions:
    """What a listener hears. The defaults leave no word out but those of code blocks, the paths of addresses and the
    rows of very large tables; all three are announced or heard in part.

    Every enumeration takes its value as a string too. Another one, and a `table_cells` below 1, raise ValueError; a
    switch that is no bool, or a number that is no int, TypeError; ``emoji="name"`` without its extra
    ModuleNotFoundError.

    >>> MarkdownOptions(code="skip").code
    <Code.SKIP: 'skip'>
    """

    code: Code = Code.ANNOUNCE
    """Fenced and indented code. Code in running text is always read: it is part of the sentence."""
    addresses: Addresses = Addresses.HOST
    """Addresses in running text, in angle brackets, or as a link's text. Other links are heard by their text."""
    tables: Tables = Tables.AUTO
    table_cells: int = 100
    """How many cells of a table are read, in whole rows; of the rows behind them only how many they are is heard."""
    images: Images = Images.TEXT
    tasks: Tasks = Tasks.ANNOUNCE
    footnotes: Footnotes = Footnotes.ANNOUNCE
    emoji: Emoji = Emoji.KEEP
    breaks: Breaks = Breaks.SKIP
    formulas: Formulas = Formulas.AUTO
    announcements: Announcements = Announcements.AUTO
    pauses: bool = True
    """Whether headings, list items and table rows without end punctuation get a full stop (``。`` or ``.``), and cells
    a comma between them.
    """
    numbers: bool = True
    """Whether the numbers of ordered lists are heard."""
    struck: bool = True
    """Whether struck-out text is heard."""

    def __post_init__(self) -> None:
        for name, kind in _KINDS.items():
            object.__setattr__(self, name, kind(getattr(self, name)))
        for name in ("pauses", "numbers", "struck"):
            if type(getattr(self, name)) is not bool:
                raise TypeError(f"{name} is True or False, not {getattr(self, name)!r}")
        if type(self.table_cells) is not int:
            raise TypeError(f"table_cells is a whole number, not {self.table_cells!r}")
        if self.table_cells < 1:
            raise ValueError(f"table_cells is 1 or more, not {self.table_cells}")
        if self.emoji is Emoji.NAME and find_spec("emoji") is None:
            raise ModuleNotFoundError("the names of emoji need the extra: pip install 'ttsprep[emoji]'", name="emoji")

    @classmethod
    def neutral(cls, **changes: Any) -> Self:
        """What a browser shows and nothing else: everything is read, nothing added, formulas left as they stand.

        >>> from ttsprep import strip
        >>> strip("1. [x] see https://a.de/b", MarkdownOptions.neutral()).text.text
        'see https://a.de/b'
        """
        return cls(**{**_NEUTRAL, **changes})


_KINDS = {
    "code": Code,
    "addresses": Addresses,
    "tables": Tables,
    "images": Images,
    "tasks": Tasks,
    "footnotes": Footnotes,
    "emoji": Emoji,
    "breaks": Breaks,
    "formulas": Formulas,
    "announcements": Announcements,
}
_NEUTRAL: dict[str, Any] = {
    "code": Code.READ,
    "addresses": Addresses.FULL,
    "tables": Tables.ROWS,
    "table_cells": 10**9,
    "tasks": Tasks.SKIP,
    "footnotes": Footnotes.READ,
    "formulas": Formulas.SERVICE,
    "pauses": False,
    "numbers": False,
}
assert set(_KINDS) | set(_NEUTRAL) <= {field.name for field in fields(MarkdownOptions)}
