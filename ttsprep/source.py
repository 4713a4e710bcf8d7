"""A source text with its name and its lines: what every span of a diagnostic refers to.

>>> source = Source("# 你好\\nworld", name="script.md")
>>> source.position(6)
(2, 2)
>>> source.line(1)
'# 你好'
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.encoding import likely_encoding
from ttsprep.rules import lone_surrogate, not_utf8, nul_character

__all__ = ["BOM", "UNSENDABLE", "Source", "unsendable"]

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
UNSENDABLE = re.compile("[\0\ud800-\udfff]")
"""A character that no text may be sent with: NUL, or half of a surrogate pair (TXT-06)."""
_NEWLINE = re.compile(r"\r\n?|\n")


@dataclass(frozen=True)
class Source:
    """A text and where it came from. A byte order mark at its start is dropped (TXT-06).

    Offsets are code points, lines and columns count from 1. LF, CR LF and CR each end a line.
    """

    text: str
    name: str = "<text>"
    encoding: str = field(default="utf-8", compare=False, kw_only=True)
    """What its bytes were in, to write them so again; UTF-16 and UTF-32 with their byte order."""
    marked: bool = field(default=False, compare=False, kw_only=True)
    """Whether a byte order mark stood at its start."""

    def __post_init__(self) -> None:
        if self.text.startswith(BOM):
            object.__setattr__(self, "text", self.text[1:])
            object.__setattr__(self, "marked", True)

    @classmethod
    def of(cls, text: Source | str) -> Source:
        """`text` itself if it is a Source, otherwise a nameless one around the string."""
        return text if isinstance(text, Source) else cls(text)

    @classmethod
    def decode(
        cls, data: bytes, *, name: str = "<bytes>", encoding: str = "utf-8", remedy: str = "--encoding {encoding}"
    ) -> tuple[Source, tuple[Diagnostic, ...]]:
        """The source in `data`, with an error (TXT001) if the bytes are not in `encoding`.

        `remedy` is what the error advises where it sees what ``{encoding}`` they are in.

        Where there is an error the text shows U+FFFD for what could not be read: good for pointing at the
        fault, never for speaking. Raises LookupError for an encoding that Python does not know.

            >>> source, found = Source.decode("你好，这是我们的旧文件。".encode("gbk"), name="old.txt")
            >>> print(found[0])
            TXT001 error: not UTF-8: byte 0xc4 at offset 0; the file looks like gb18030 (--encoding gb18030)
        """
        codecs.lookup(encoding)  # decoding no bytes at all would not look
        actual, mark = _marked(data[:4], encoding)
        try:
            return cls(data.decode(encoding), name, encoding=actual, marked=bool(mark)), ()
        except UnicodeError as error:
            found = _undecodable(data, error, encoding, remedy)
            return cls(_readable(data, encoding), name, encoding=actual, marked=bool(mark)), (found,)

    @classmethod
    def read(
        cls, path: str | Path, *, encoding: str = "utf-8", remedy: str = "--encoding {encoding}"
    ) -> tuple[Source, tuple[Diagnostic, ...]]:
        """The source in a file; as `decode`. Raises OSError if the file cannot be read."""
        path = Path(path)
        return cls.decode(path.read_bytes(), name=str(path), encoding=encoding, remedy=remedy)

    def encode(self, text: str | None = None) -> bytes:
        """The source as bytes, or another text as this source is: in its encoding, with its byte order mark.

            >>> Source.decode(codecs.BOM_UTF8 + b"old")[0].encode("new")
            b'\xef\xbb\xbfnew'

        Raises UnicodeEncodeError where the encoding has not the character.
        """
        mark = _MARKS.get(self.encoding, b"") if self.marked else b""
        return mark + (self.text if text is None else text).encode(self.encoding)

    def faults(self) -> tuple[Diagnostic, ...]:
        """The characters of the text that can never be sent: lone surrogates and NUL (TXT-06)."""
        return unsendable(self.text)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in _NEWLINE.finditer(self.text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of the code point at `offset`, both from 1.

        Raises ValueError for an offset outside ``0..len(text)``.
        """
        if not 0 <= offset <= len(self.text):
            raise ValueError(f"offset {offset} is outside the text of {len(self.text)} characters")
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line without its line ending. Raises IndexError if there is no such line."""
        if not 1 <= number <= len(self._line_starts):
            raise IndexError(f"line {number} of {len(self._line_starts)}")
        starts = [*self._line_starts[number - 1 : number + 1], len(self.text)]
        return self.text[starts[0] : starts[1]].rstrip("\r\n")


def unsendable(text: str, start: int = 0) -> tuple[Diagnostic, ...]:
    """An error for each character that can never be sent; `start` is where the text begins in its source."""
    return tuple(_unsendable(found[0], start + found.start()) for found in UNSENDABLE.finditer(text))


_MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
_OWN_MARK = {"utf-8-sig": ("utf-8",), "utf-16": ("utf-16-le", "utf-16-be"), "utf-32": ("utf-32-le", "utf-32-be")}
"""Encodings that take a mark off by themselves → those that may be behind it."""


def _marked(head: bytes, encoding: str) -> tuple[str, bytes]:
    """The encoding to write in, and the byte order mark that the bytes begin with."""
    encoding = codecs.lookup(encoding).name
    for name in _OWN_MARK.get(encoding, (encoding,)):
        mark = _MARKS.get(name, b"")
        if mark and head.startswith(mark):
            return name, mark
    return ("utf-8", b"") if encoding == "utf-8-sig" else (encoding, b"")


def _readable(data: bytes, encoding: str) -> str:
    """What can be read, U+FFFD for the rest."""
    try:
        return data.decode(encoding, errors="replace")
    except UnicodeError:  # encodings such as punycode replace nothing
        return data.decode("ascii", errors="replace")


def _undecodable(data: bytes, error: UnicodeError, encoding: str, remedy: str) -> Diagnostic:
    if not isinstance(error, UnicodeDecodeError) or error.object != data:
        return not_utf8.RULE.at(Span(0, 0), f"not {encoding.upper()}: {error}")
    readable = len(data[: error.start].decode(error.encoding, errors="replace").removeprefix(BOM))
    guess = likely_encoding(data) if error.encoding in ("utf-8", "utf8") else None
    hint = f"; the file looks like {guess} ({remedy.format(encoding=guess)})" if guess else ""
    if guess == "utf-8":
        hint = "; most of it is UTF-8: it is damaged here" + (", or cut off" if error.end == len(data) else "")
    what = f"not {error.encoding.upper()}: byte 0x{data[error.start]:02x} at offset {error.start}{hint}"
    return not_utf8.RULE.at(Span(readable, readable + 1), what)


def _unsendable(character: str, at: int) -> Diagnostic:
    if character == "\0":
        return nul_character.RULE.at(Span(at, at + 1), f"NUL character (U+0000) at offset {at}")
    what = f"lone surrogate U+{ord(character):04X} at offset {at}, not a character"
    return lone_surrogate.RULE.at(Span(at, at + 1), what)
