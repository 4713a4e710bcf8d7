"""What a listener hears of an SSML document, in order.

>>> for item in heard('<speak rate="1.2">你好<break time="500ms"/><break/><sub alias="Web">WWW</sub></speak>'):
...     print(type(item).__name__, getattr(item, "text", None) or item.milliseconds, item.speak.prosody.rate)
Speech 你好 1.2
Pause 1500 1.2
Speech Web 1.2

On a legal document this is exact; a faulty one is read as its author meant it, and nothing is raised. White space
is heard as a reader hears it: a run of it is one space between two words and nothing at a pause, a sound, or the
beginning and the end of a speak.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from ttsprep.diagnostics import Span
from ttsprep.source import Source
from ttsprep.ssml.datatypes import collapse
from ttsprep.ssml.grammar import grammar
from ttsprep.ssml.judging import LONGEST_PAUSE
from ttsprep.ssml.references import decode
from ttsprep.ssml.scanner import BLANK, Kind, Tag
from ttsprep.ssml.values import duration, why
from ttsprep.ssml.walking import Happening, What, as_heard, attribute, walk

__all__ = ["Item", "Pause", "Prosody", "Sound", "Speak", "Speech", "heard", "pause_length"]


@dataclass(frozen=True, slots=True)
class Prosody:
    """How a speak sounds. None and "" are what the element does not say: the request's value holds, or none."""

    voice: str = ""
    rate: Decimal | None = None
    """A multiple of the voice's own speed."""
    pitch: Decimal | None = None
    """A multiple of the voice's own pitch."""
    volume: int | None = None
    effect: str = ""
    effect_value: tuple[int, ...] = ()
    """Eight gains in dB for ``eq``, one frequency in Hz for ``lpfilter`` and ``hpfilter``."""
    bgm: str = ""
    """The address of the background music."""
    bgm_volume: int | None = None


@dataclass(frozen=True, slots=True)
class Speak:
    """One speak element; all that is heard of it shares this value."""

    start: int
    """Where it begins in the source: no two speaks of a document have the same."""
    prosody: Prosody


class Speech(NamedTuple):
    """Words, and how they are read. At most one of `alias`, `reading` and `interpret_as` says so."""

    text: str
    """What is spoken; of a ``sub`` its alias."""
    span: Span
    """Where it stands in the source: the text, or the whole of the element that says how it is read."""
    speak: Speak
    alias: bool = False
    """Whether it is spoken in place of another text, `written`."""
    written: str = ""
    """For an alias: the text in whose place it is spoken."""
    alphabet: str = ""
    """For a ``phoneme``: ``py`` or ``cmu``."""
    reading: str = ""
    """For a ``phoneme``: how it is pronounced, its syllables or phones with a space between."""
    interpret_as: str = ""
    """For a ``say-as``: the kind of the text."""


class Pause(NamedTuple):
    """Silence. Neighbouring breaks are one pause."""

    raw: int
    """The sum of the breaks, in milliseconds."""
    span: Span
    """From the first break to the last."""
    speak: Speak

    @property
    def milliseconds(self) -> int:
        """What is heard of it: the first 10 seconds."""
        return min(self.raw, LONGEST_PAUSE)


class Sound(NamedTuple):
    """A sound file that is played."""

    src: str
    span: Span
    speak: Speak


Item: TypeAlias = Speech | Pause | Sound
"""What can be heard."""


def heard(ssml: Source | str) -> tuple[Item, ...]:
    """What a listener hears, in order. Never raises, whatever the document."""
    return tuple(_Listener(Source.of(ssml).text).run())


def pause_length(tag: Tag) -> int:
    """How many milliseconds a break, or a pause mark of MiniMax (``<#0.6#>``), lasts; 0 if it does not say."""
    if tag.kind is Kind.PAUSE:
        return round(Decimal(tag.source.strip("<#> \t")) * 1000)
    time = attribute(tag, "time")
    return duration(grammar().elements["break"].attributes["time"].default if time is None else time)


class _Manner(NamedTuple):
    """How the element of a tag is read."""

    alias: str | None
    alphabet: str
    reading: str
    interpret_as: str

    @classmethod
    def of(cls, tag: Tag) -> _Manner:
        """What the attributes of a sub, phoneme or say-as say."""
        name = tag.name.casefold()
        if name == "sub":
            return cls(attribute(tag, "alias"), "", "", "")
        if name == "phoneme":
            return cls(None, _collapsed_value(tag, "alphabet"), _collapsed_value(tag, "ph"), "")
        return cls(None, "", "", _collapsed_value(tag, "interpret-as"))


def _collapsed_value(tag: Tag, name: str) -> str:
    return collapse(attribute(tag, name) or "")


@dataclass(slots=True)
class _Piece:
    """Text that waits for the end of its run; `manner` is that of the element it stands in."""

    text: str
    start: int
    end: int
    manner: _Manner | None = None
    replaces: bool = False
    more: list[str] = field(default_factory=list)
    """What follows the text; of an alias, the text that is written."""


_DONE = _Piece("", 0, 0, replaces=True)
"""Stands for the rest of a sub whose alias was heard already."""


class _Listener:
    def __init__(self, text: str) -> None:
        self._text = text
        self._items: list[Item] = []
        self._outside = Speak(0, Prosody())
        self._speaks: list[Speak] = []
        self._leaves: list[_Piece | None] = []
        self._run: list[_Piece] = []
        self._joins = False
        self._pause: Pause | None = None
        self._prosodies: dict[Tag, Prosody] = {}
        self._lengths: dict[Tag, int] = {}
        self._manners: dict[Tag, _Manner] = {}

    def run(self) -> list[Item]:
        for happening in walk(self._text):
            what = happening.what
            if what is What.TEXT or what is What.LITERAL:
                self._hear(happening)
            elif what is What.PAUSE:
                self._rest(happening)
            elif what is What.LEAF:
                self._waited()
                self._begin(happening)
            elif what is What.LEAF_END:
                self._end(happening)
            elif what is not What.EVENT_END:
                self._flush()
                self._event(happening)
        self._flush()
        return self._items

    @property
    def _speak(self) -> Speak:
        return self._speaks[-1] if self._speaks else self._outside

    # --- speaks and sounds

    def _event(self, happening: Happening) -> None:
        tag = happening.tag
        if happening.what is What.SPEAK_END:
            self._speaks.pop()
        elif tag is not None and happening.what is What.SPEAK:
            if tag not in self._prosodies:
                self._prosodies[tag] = _prosody(tag)
            self._speaks.append(Speak(happening.start, self._prosodies[tag]))
        elif tag is not None:
            span = Span(happening.start, happening.end)
            self._items.append(Sound(attribute(tag, "src") or "", span, self._speak))
        if not self._speaks and happening.what is not What.SOUND:
            self._outside = Speak(happening.end, Prosody())

    # --- pauses

    def _rest(self, happening: Happening) -> None:
        length = self._length(happening.tag) if happening.tag is not None else 0
        if self._pause is None:
            self._flush()
            self._pause = Pause(length, Span(happening.start, happening.end), self._speak)
        else:
            before = self._pause
            self._pause = Pause(before.raw + length, Span(before.span.start, happening.end), before.speak)

    def _length(self, tag: Tag) -> int:
        if tag not in self._lengths:
            self._lengths[tag] = pause_length(tag)
        return self._lengths[tag]

    def _waited(self) -> None:
        """Something else than a break follows: the pause is complete."""
        if self._pause is not None:
            if self._pause.raw:
                self._items.append(self._pause)
            self._pause = None

    # --- text

    def _hear(self, happening: Happening) -> None:
        start, end = happening.start, happening.end
        text = self._text[start:end]
        if happening.what is What.TEXT:
            text = decode(text)
        if self._pause is not None:
            if not text.strip(BLANK):
                return
            self._waited()
        leaf = self._leaves[-1] if self._leaves else None
        if leaf is _DONE:
            return
        if leaf is not None:
            leaf.more.append(text)
        elif self._joins:
            self._run[-1].more.append(text)
            self._run[-1].end = end
        else:
            self._run.append(_Piece(text, start, end))
            self._joins = True

    def _begin(self, happening: Happening) -> None:
        manner = self._manner(happening.tag) if happening.tag is not None else None
        alias = manner.alias if manner is not None else None
        piece = _Piece(alias or "", happening.start, happening.end, manner, alias is not None)
        self._joins = False
        if any(leaf is not None and leaf.replaces for leaf in self._leaves[-1:]):
            piece = _DONE  # nothing inside a sub is heard
        else:
            self._run.append(piece)
        self._leaves.append(piece)

    def _manner(self, tag: Tag) -> _Manner:
        if tag not in self._manners:
            self._manners[tag] = _Manner.of(tag)
        return self._manners[tag]

    def _end(self, happening: Happening) -> None:
        piece = self._leaves.pop()
        if piece is not None and piece is not _DONE:
            piece.end = happening.end
        self._joins = False

    def _flush(self) -> None:
        """The run of text is over; an element that is still open has been read as it says, the rest of it is not."""
        for piece in _collapsed(self._run):
            self._items.append(_speech(piece, self._text, self._speak))
        self._waited()
        self._run, self._joins = [], False
        if self._leaves:
            self._leaves = [_DONE if leaf is not None and leaf.replaces else None for leaf in self._leaves]


def _collapsed(run: list[_Piece]) -> list[_Piece]:
    """The run with white space as a reader hears it; without pieces of which nothing is heard."""
    kept: list[_Piece] = []
    blank = True
    for piece in run:
        text = piece.text if piece.replaces else "".join([piece.text, *piece.more])
        text = as_heard(text)
        piece.text = text.removeprefix(" ") if blank else text
        if piece.text:
            kept.append(piece)
            blank = piece.text[-1] == " "
    while kept and blank:
        last = kept[-1]
        last.text = last.text.removesuffix(" ")
        if last.text:
            break
        kept.pop()
        blank = bool(kept) and kept[-1].text[-1] == " "
    return kept


def _speech(piece: _Piece, source: str, speak: Speak) -> Speech:
    manner = piece.manner
    if manner is None:
        return Speech(piece.text, _trimmed(source, piece.start, piece.end), speak)
    span = Span(piece.start, piece.end)
    if piece.replaces:
        return Speech(piece.text, span, speak, alias=True, written=collapse("".join(piece.more)))
    return Speech(piece.text, span, speak, False, "", manner.alphabet, manner.reading, manner.interpret_as)


def _trimmed(source: str, start: int, end: int) -> Span:
    text = source[start:end]
    begin = end - len(text.lstrip(BLANK))
    return Span(begin, begin + len(text.strip(BLANK)))


# --- prosody


def _prosody(tag: Tag) -> Prosody:
    """What the attributes of a speak say; values that the grammar does not take say nothing."""
    values = {name: _value(tag, name) for name in grammar().elements[grammar().root].attributes}
    return Prosody(
        values["voice"],
        Decimal(values["rate"]) if values["rate"] else None,
        Decimal(values["pitch"]) if values["pitch"] else None,
        int(values["volume"]) if values["volume"] else None,
        values["effect"],
        tuple(int(number) for number in values["effectValue"].split()),
        values["bgm"],
        int(values["backgroundMusicVolume"]) if values["backgroundMusicVolume"] else None,
    )


def _value(tag: Tag, name: str) -> str:
    """The value of an attribute in a form that is legal for certain; "" where it has none."""
    value = attribute(tag, name)
    datatype = grammar().elements[grammar().root].attributes[name].datatype
    if value is None:
        return ""
    if not datatype.accepts(value):
        meant = why(grammar().root, name, value)
        return meant.better if meant.sure else ""
    return value if name == "bgm" else collapse(value)
