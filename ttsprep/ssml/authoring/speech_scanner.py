"""Cuts Speech Markdown into what it is made of: texts, brackets with modifiers, pauses, sounds and sections.

The items in a row are the source. A bracket with modifiers is an `Open` and a `Close`; they nest. Whatever is not
understood is text, with a diagnostic where its author probably meant more.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ttsprep.counting import HAN
from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.rules import speech_markdown_syntax
from ttsprep.ssml.references import clip

__all__ = ["Close", "Item", "Mark", "Open", "Pause", "Section", "Sound", "Text", "Use", "scan"]


@dataclass(frozen=True, slots=True)
class Use:
    """A modifier as it is used: ``rate:"slow"``."""

    key: str
    value: str | None
    span: Span


@dataclass(slots=True)
class Item:
    """A stretch of the source."""

    start: int
    end: int


class Text(Item):
    """Spoken as it stands."""


@dataclass(slots=True)
class Open(Item):
    """What stands before a text with modifiers; only text itself where `close` is None."""

    uses: tuple[Use, ...] = ()
    close: Close | None = None


@dataclass(slots=True)
class Close(Item):
    """What stands behind it, modifiers included."""

    open: Open


@dataclass(slots=True)
class Pause(Item):
    """``[500ms]`` or ``[break:"strong"]``."""

    length: str


@dataclass(slots=True)
class Mark(Item):
    """``[mark:"here"]``."""


@dataclass(slots=True)
class Sound(Item):
    """``!["https://…"]``."""

    address: str
    span: Span


@dataclass(slots=True)
class Section(Item):
    """``#[voice:"…"]``."""

    uses: tuple[Use, ...]


@dataclass(slots=True)
class _Frame:
    """An open parenthesis, and the emphasis marks that are open in it."""

    opened: Open | None = None
    marks: dict[str, Open] = field(default_factory=dict)
    is_markup: bool = False
    """Whether it is worth a word if it is never closed."""


_SPECIAL = re.compile(r"[()\[]|!(?=[(\[])|#(?=\[)|/|\++|~+|-+|\n")
_VALUE = '"([^"\n]{0,2000})"|\'([^\'\n]{0,2000})\'|“([^“”\n]{0,2000})”|([^\\s"\'“;\\]][^;\\]"“\n]{0,200})?'
_USE = re.compile(rf"[ \t]*([A-Za-z][A-Za-z_-]{{0,40}})[ \t]*(?::[ \t]*(?:{_VALUE})[ \t]*)?([;\]])[ \t]*")
_TIME = re.compile(r"\[[ \t]*((?:[0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})[ \t]*m?s)[ \t]*\]")
_SOUND = re.compile("!(?:\\([^()\n]{0,500}\\))?\\[[ \t]*(?:\"([^\"\n]{0,2000})\"|'([^'\n]{0,2000})')[ \t]*\\]")
_LIKE_A_SOUND = re.compile("!(?:\\([^()\n]{0,500}\\))?\\[[ \t]*[\"']")
_LIKE_MODIFIERS = re.compile(
    r"\[[ \t]*[A-Za-z_-]{1,41}[ \t]*(?::|[;\]]|[ \t]*$)|\[[ \t]*[0-9.]+[ \t]*m?s\b|\[[ \t]*[\"'“]", re.MULTILINE
)
_LIKE_A_PAUSE = re.compile(
    r"\[[ \t]*(?:(?:break|mark)[ \t]*:|[0-9.]+[ \t]*(?:m?s(?:ecs?)?|(?:milli)?seconds?)\b)", re.IGNORECASE
)
# Round numbers that are no years: people number notes from 1 and write pauses in steps.
_LIKE_MILLISECONDS = re.compile(r"(?<!\w)\[[ \t]*(?!(?:19|20)[0-9]{2}\b)[0-9]{1,3}(?:00|50)[ \t]*\](?!\()")
_BEFORE_TEXT = re.compile(r"[(\[][\w\"'“]")
_INTERVAL = re.compile(r"\([^()\[\]\n]{0,60}\]|\[[^()\[\]\n]{0,60}\)")
_FACE = re.compile(r"[:;=][-'o]?\Z")
_END_OF_SQUARE = re.compile(r"\]|\n(?=[ \t\r]{0,100}\n)|\Z")
_ALIAS = re.compile(r"\{([^{}\n]{1,500})\}")
_IPA = re.compile(r"/([^/\s][^/\n]{0,200})/")
# Between slashes, with a letter that only IPA has: no path and no "and/or".
_BARE_IPA = re.compile(r"/(?=[^/\s]{0,60}[æðŋœøθ\u0250-\u02af\u02c8\u02cc\u02d0])([^/\s]{1,60})/(?![\w/])")
_WORD = re.compile(rf"[^\W_{HAN}\u3040-\u30ff\uac00-\ud7af]")
_NAME = re.compile(r"[\w/:.]")
_MARKS = {"++": "strong", "+": "moderate", "~": "none", "-": "reduced"}
_LONGEST_BRACKET = 500
_LONGEST_INDENT = 100


def scan(source: str, found: list[Diagnostic]) -> list[Item]:
    """The items of a source; what is wrong is added to `found`."""
    return _Scan(source, found).items()


class _Scan:
    def __init__(self, source: str, found: list[Diagnostic]) -> None:
        self._source, self._found = source, found
        self._items: list[Item] = []
        self._frames = [_Frame()]
        self._done = 0  # up to where there are items
        self._told = 0  # up to where the last objection reaches
        self._unclosed: list[Open] = []  # parentheses whose paragraph is over
        self._square = (0, 0, False)  # from where to where the same ']' is next, and whether there is one

    def items(self) -> list[Item]:
        at = 0
        while special := _SPECIAL.search(self._source, at):
            handle = self._HANDLERS.get(special[0][0], _Scan._emphasis)
            at = handle(self, special) or special.end()
        self._text(len(self._source))
        self._end_frames()
        for opened in self._unclosed:
            end = self._end_of_line(opened.start)
            self._object(opened.start, end, f"{self._shown(opened.start, end)} has no ')'")
        return self._items

    def _text(self, end: int) -> None:
        if self._done < end:
            self._items.append(Text(self._done, end))
            self._done = end

    def _add(self, item: Item) -> int:
        self._text(item.start)
        self._items.append(item)
        self._done = item.end
        return item.end

    def _object(self, start: int, end: int, what: str) -> None:
        self._found.append(speech_markdown_syntax.RULE.at(Span(start, end), f"{what}; spoken as written"))
        self._told = max(self._told, end)

    def _is_markup(self, at: int) -> bool:
        """Whether a bracket that is not closed was meant to be: no interval, no face, nothing that is told already."""
        source = self._source
        return not (
            at < self._told
            or not _BEFORE_TEXT.match(source, at)
            or _INTERVAL.match(source, at)
            or _FACE.search(source, max(at - 2, 0), at)
        )

    # --- parentheses

    def _opens(self, special: re.Match[str]) -> int:
        opened = Open(*special.span())
        self._frames.append(_Frame(opened, is_markup=self._is_markup(opened.start)))
        return self._add(opened)

    def _end_frames(self) -> None:
        """Parentheses end with their paragraph; one that is closed later is prose."""
        self._unclosed += [frame.opened for frame in self._frames if frame.opened and frame.is_markup]
        self._frames = [_Frame()]

    def _closes(self, special: re.Match[str]) -> int | None:
        if len(self._frames) == 1:
            del self._unclosed[-1:]
            return None
        opened, at = self._frames.pop().opened, special.end()
        uses, end = self._behind(at)
        if opened is None or end == at:
            return None
        opened.uses, opened.close = uses, Close(special.start(), end, opened)
        return self._add(opened.close)

    def _behind(self, at: int) -> tuple[tuple[Use, ...], int]:
        """The modifiers behind a parenthesis, and where they end; that is where they begin if there are none."""
        uses = self._uses(at)
        if uses:
            return uses
        for pattern, key in ((_ALIAS, "sub"), (_IPA, "ipa")):
            if found := pattern.match(self._source, at):
                return (Use(key, found[1], Span(at, found.end())),), found.end()
        if at >= self._told and _LIKE_MODIFIERS.match(self._source, at):
            end = self._end_of_bracket(at)
            self._object(at, end, f"{self._shown(at, end)} is no list of modifiers")
        return (), at

    def _uses(self, at: int) -> tuple[tuple[Use, ...], int] | None:
        """The modifiers in the bracket at `at` and where it ends; None where there are none."""
        if not self._source.startswith("[", at):
            return None
        uses: list[Use] = []
        at += 1
        while found := _USE.match(self._source, at):
            value = next((value for value in found.groups()[1:5] if value is not None), None)
            begin = found.start(1)
            uses.append(
                Use(found[1].lower(), value and value.strip(), Span(begin, _trimmed(self._source, found.start(6))))
            )
            at = found.end()
            if found[6] == "]":
                return tuple(uses), found.end(6)
            if self._source.startswith("]", at):
                return tuple(uses), at + 1
        return None

    def _end_of_bracket(self, at: int) -> int:
        """Behind the bracket, or where its line ends."""
        line = self._end_of_line(at)
        bracket = self._source.find("]", at, line)
        return bracket + 1 if bracket > 0 else line

    def _end_of_line(self, at: int) -> int:
        """Where the line ends, or what is worth showing of it."""
        most = min(at + _LONGEST_BRACKET, len(self._source))
        line = self._source.find("\n", at, most)
        return most if line < 0 else line

    def _is_closed(self, at: int) -> bool:
        """Whether a square bracket is closed in its paragraph."""
        if not self._square[0] <= at < self._square[1]:
            found = _END_OF_SQUARE.search(self._source, at)
            assert found  # the end of the source at least
            self._square = at, found.end(), found[0] == "]"
        return self._square[2]

    def _shown(self, start: int, end: int) -> str:
        return repr(clip(self._source[start:end]))

    # --- brackets

    def _bracket(self, special: re.Match[str]) -> int | None:
        at = special.start()
        if time := _TIME.match(self._source, at):
            return self._add(Pause(at, time.end(), "".join(time[1].split())))
        uses, end = self._uses(at) or ((), at)
        if len(uses) == 1 and uses[0].key == "break":
            return self._add(Pause(at, end, uses[0].value or ""))
        if len(uses) == 1 and uses[0].key == "mark":
            return self._add(Mark(at, end))
        if any(use.value is not None for use in uses) or (uses and self._source[at - 1 : at] == ")"):
            self._object(at, end, f"{self._shown(at, end)} has no text in parentheses before it")
        elif at >= self._told:
            self._prose(at)
        return None

    def _prose(self, at: int) -> None:
        """A square bracket that is none of Speech Markdown, but looks like one."""
        end = self._end_of_bracket(at)
        if _LIKE_A_PAUSE.match(self._source, at):
            self._object(at, end, f"{self._shown(at, end)} is no pause")
        elif _LIKE_MILLISECONDS.match(self._source, at):
            self._object(at, end, f"{self._shown(at, end)} is no pause: it has no unit")
        elif self._is_markup(at) and not self._is_closed(at):
            self._object(at, end, f"{self._shown(at, end)} has no ']'")

    def _sound(self, special: re.Match[str]) -> int | None:
        at = special.start()
        sound = _SOUND.match(self._source, at)
        if sound:
            group = 1 if sound[1] is not None else 2
            return self._add(Sound(at, sound.end(), sound[group], Span(*sound.span(group))))
        if _LIKE_A_SOUND.match(self._source, at):
            end = self._end_of_bracket(at)
            self._object(at, end, f"{self._shown(at, end)} is no sound")
        return None

    def _section(self, special: re.Match[str]) -> int | None:
        at = special.start()
        before = self._source[max(at - _LONGEST_INDENT, 0) : at]
        if before.rpartition("\n")[2].strip() or (len(before) == _LONGEST_INDENT and "\n" not in before):
            return None
        uses = self._uses(at + 1)
        if uses:
            self._end_frames()
            return self._add(Section(at, uses[1], uses[0]))
        end = self._end_of_bracket(at)
        self._object(at, end, f"{self._shown(at, end)} is no section")
        return None

    def _ipa(self, special: re.Match[str]) -> int | None:
        at = special.start()
        ipa = _BARE_IPA.match(self._source, at)
        if not ipa or _NAME.match(self._source, max(at - 1, 0), at):
            return None
        opened = Open(at, at + 1, (Use("ipa", ipa[1], Span(*ipa.span())),))
        opened.close = Close(ipa.end(1), ipa.end(), opened)
        self._add(opened)
        return self._add(opened.close)

    # --- emphasis

    def _emphasis(self, special: re.Match[str]) -> int | None:
        mark, marks = special[0], self._frames[-1].marks
        if mark not in _MARKS:
            return None
        start, end = special.span()
        before, after = self._source[max(start - 1, 0) : start], self._source[end : end + 1]
        opened = marks.get(mark)
        if opened and not before.isspace() and not _WORD.match(after):
            opened.uses = (Use("emphasis", _MARKS[mark], Span(opened.start, end)),)
            opened.close = Close(start, end, opened)
            self._frames[-1].marks = {m: other for m, other in marks.items() if other.start < opened.start}
            return self._add(opened.close)
        if after and not after.isspace() and not _WORD.match(before):
            marks[mark] = Open(start, end)
            return self._add(marks[mark])
        return None

    def _line(self, special: re.Match[str]) -> None:
        """Emphasis ends with its line, parentheses with their paragraph."""
        self._frames[-1].marks = {}
        rest = self._source[special.end() : special.end() + _LONGEST_INDENT].lstrip(" \t\r")
        if not rest or rest[0] == "\n":
            self._end_frames()

    _HANDLERS: dict[str, Callable[[_Scan, re.Match[str]], int | None]] = {  # noqa: RUF012 - never changed
        "(": _opens,
        ")": _closes,
        "[": _bracket,
        "!": _sound,
        "#": _section,
        "/": _ipa,
        "\n": _line,
    }


def _trimmed(source: str, end: int) -> int:
    while source[end - 1] in " \t":
        end -= 1
    return end
