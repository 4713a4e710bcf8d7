"""Writes what is heard as a row of ``<speak>`` elements, each with one manner of speaking.

>>> out = Output("w3c")
>>> out.text("Hello ", Manner())
>>> out.text("you", Manner(multiples=(("rate", Fraction(6, 5)),)))
>>> out.pause(500, "500ms")
>>> out.text(" again", Manner())
>>> print(out.document())
<speak>Hello </speak><speak rate="1.2">you<break time="500ms"/> </speak><speak>again</speak>

White space: a run with a line break in it is what an editor has set, so it becomes one space, and nothing between two
characters of Chinese or Japanese, beside a pause or a sound, or at an end. Other runs stay, those beside an element
as one space.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from ttsprep.counting import HAN
from ttsprep.ssml.conversion.prosody import written
from ttsprep.ssml.conversion.tables import OWN
from ttsprep.ssml.datatypes import BLANK
from ttsprep.ssml.judging import LONGEST_PAUSE
from ttsprep.ssml.references import escape

__all__ = ["Manner", "Output"]

_WIDE = f"{HAN}\u2e80-\u303f\u3040-\u30ff\u31f0-\u31ff\uff00-\uff60"
_IS_WIDE = re.compile(f"[{_WIDE}]")
_BLANKS = re.compile(r"[ \t\r\n]+")
_BETWEEN_WIDE = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")
_LINE_BREAK = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")
_CLOSED = re.compile("[。！？；：，、…—.!?;:,~～।؟][\"'”’»」』）)\\]】》〉]*\\Z")

_CLOSING = re.compile("(?:[。！？；：，、…!?;:,”’»」』）)\\]】》〉]|\\.(?![0-9]))+[ \t\r\n]*")


@dataclass(frozen=True)
class Manner:
    """How something is spoken. What is not set is left to the request."""

    voice: str = ""
    multiples: tuple[tuple[str, Fraction], ...] = ()
    """Rate, pitch and volume as multiples of the default."""
    others: tuple[tuple[str, str], ...] = ()
    """Other attributes of ``<speak>``."""

    def multiple(self, name: str) -> Fraction | None:
        """How many times the default of rate, pitch or volume; None where nothing is said."""
        return dict(self.multiples).get(name)

    def attributes(self, dialect: str) -> dict[str, str]:
        """The attributes of the ``<speak>``. A default that another dialect states says nothing."""
        found = {"voice": self.voice} if self.voice else {}
        for name, multiple in self.multiples:
            value = written(name, multiple)
            if dialect in OWN or value != written(name, Fraction(1)):
                found[name] = value
        return found | dict(self.others)


@dataclass
class _Speak:
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes.items())
        return f"<speak{attributes}>{''.join(self.pieces)}</speak>"


Ended = Callable[[str, int], None]
"""Is called with the mark and the pause that were put where a block ends."""


class Output:
    """The document while it is written."""

    def __init__(self, dialect: str) -> None:
        self._dialect = dialect
        self._speaks: list[_Speak] = []
        self._fresh = True
        self._blanks = ""
        self._last = ""
        """The end of what was spoken last in this root; "" before anything, "\\0" behind a pause or a sound."""
        self._pausing = 0
        self._ended: tuple[int, Ended] | None = None

    def document(self) -> str:
        """What was written."""
        return "".join(map(str, self._speaks)) or "<speak></speak>"

    def root(self) -> None:
        """Another root begins: nothing of it is joined with what was before."""
        self._fresh, self._blanks, self._last, self._pausing, self._ended = True, "", "", 0, None

    def text(self, text: str, manner: Manner) -> None:
        """Text to speak."""
        body = text.strip(BLANK)
        if not body:
            self._blanks += text
            return
        left = text[: len(text) - len(text.lstrip(BLANK))]
        self._begin(self._blanks + left, body[0])
        body = _LINE_BREAK.sub(" ", _BETWEEN_WIDE.sub("", body))
        cut = self._closing(body, manner)
        if cut:
            self._speaks[-1].pieces.append(escape(body[:cut]))
        if cut < len(body):
            self._put(escape(body[cut:]), manner)
        self._last, self._blanks = body[-8:], text[len(text.rstrip(BLANK)) :]

    def _closing(self, text: str, manner: Manner) -> int:
        """How many characters at a cut belong to what was spoken before: marks that close it, or marks only."""
        if self._fresh or not self._speaks or self._last in ("", "\0"):
            return 0
        if self._speaks[-1].attributes == manner.attributes(self._dialect):
            return 0
        if not any(character.isalnum() for character in text):
            return len(text)
        closing = _CLOSING.match(text)
        return closing.end() if closing else 0

    def gap(self) -> None:
        """Something between two words went; they stay two."""
        self._blanks += "\n"

    def element(self, markup: str, spoken: str, manner: Manner) -> None:
        """An element with text that is spoken."""
        self._begin(self._blanks, spoken[:1])
        self._put(markup, manner)
        self._last, self._blanks = spoken[-8:], ""

    def sound(self, markup: str, manner: Manner) -> None:
        """An element that is heard by itself."""
        self._ended = None
        self._begin(self._blanks, "\0")
        self._put(markup, manner)
        self._last, self._blanks = "\0", ""

    def room(self) -> int:
        """How long a pause may be here: of a row of pauses only so much is heard."""
        return LONGEST_PAUSE - self._pausing

    def pause(self, milliseconds: int, time: str, manner: Manner | None = None) -> None:
        """A pause; it stands in what was spoken before it, and only before anything in a speak of its own."""
        self._ended = None
        self._flush("\0")
        markup = f'<break time="{time}"/>' if time else "<break/>"
        if self._fresh or not self._speaks:
            self._put(markup, manner or Manner())
        else:
            self._speaks[-1].pieces.append(markup)
        self._pausing += milliseconds
        self._last = "\0"

    def end(self, milliseconds: int, ended: Ended) -> None:
        """A sentence or paragraph ends here, if something was spoken and something will be.

        Where no punctuation says so a full stop does; a paragraph makes a pause too. `ended` hears of it.
        """
        if self._last not in ("", "\0") and (self._ended is None or milliseconds > self._ended[0]):
            self._ended = milliseconds, ended

    # ---

    def _begin(self, blanks: str, first: str) -> None:
        """What has to stand before something spoken."""
        self._blanks = blanks
        if self._ended:
            milliseconds, ended = self._ended
            self._ended = None
            mark = "" if _CLOSED.search(self._last) else "。" if _IS_WIDE.match(self._last[-1:]) else "."
            self._speaks[-1].pieces.append(mark)
            if not milliseconds and not self._blanks and not (_IS_WIDE.match(first) or _IS_WIDE.match(self._last[-1:])):
                self._blanks = " "
            self._last += mark
            if milliseconds:
                self.pause(milliseconds, f"{milliseconds}ms")
            ended(mark, milliseconds)
        self._flush(first)
        self._pausing = 0

    def _flush(self, first: str) -> None:
        """White space that waits belongs to what was before it."""
        blanks, self._blanks = self._blanks, ""
        if not blanks or self._fresh or not self._speaks:
            return
        silent = "\0" in (first, self._last) or not self._last
        wide = _IS_WIDE.match(self._last[-1:]) and _IS_WIDE.match(first)
        if not (_LINE_BREAK.search(blanks) and (silent or wide)):
            self._speaks[-1].pieces.append(" ")

    def _put(self, markup: str, manner: Manner) -> None:
        attributes = manner.attributes(self._dialect)
        if self._fresh or not self._speaks or self._speaks[-1].attributes != attributes:
            self._speaks.append(_Speak(attributes))
            self._fresh = False
            self._pausing = 0
        self._speaks[-1].pieces.append(markup)
