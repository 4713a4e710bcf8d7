"""From Azure, Amazon Polly and Alexa, Google, W3C SSML and the vendor's older dialect to the service's own.

>>> source = '<speak><prosody rate="120%">Hello <break strength="strong"/>you</prosody></speak>'
>>> found = convert(source)
>>> found.dialect, found.text
('w3c', '<speak rate="1.2">Hello <break time="1000ms"/>you</speak>')
>>> for change in found.diagnostics:
...     print(change.span.of(source), "->", change)
120% -> SSM080 note: rate='120%' becomes rate='1.2' of <speak>
strong -> SSM080 note: the pause becomes time='1000ms'

The result is always legal. What cannot be said is left out, but no text is lost without a word: the diagnostics, whose
spans are those of the source, are the list of what was changed (SSM080), dropped (SSM081) and approximated (SSM082).
What becomes of what stands in ``data/ssml_conversion.toml``.

`reading` makes a tree whose elements know their places, `dialect` tells whose document it is, `walking` goes through it
and asks `blocks`, `manners`, `pauses` and `words` what is done with each element (`elements` lists them), `prosody`,
`saying`, `sounds` and `values` know what values mean, and `output` writes.
"""

from __future__ import annotations

from typing import NamedTuple

from ttsprep.diagnostics import Diagnostic
from ttsprep.rules import ssml_dropped
from ttsprep.source import Source
from ttsprep.ssml.conversion.dialect import detect
from ttsprep.ssml.conversion.elements import Converter
from ttsprep.ssml.conversion.reading import read
from ttsprep.ssml.conversion.tables import dialects

__all__ = ["Conversion", "convert", "dialects"]


class Conversion(NamedTuple):
    """A converted document and the report on its conversion."""

    text: str
    """The document; "" if the source cannot be read."""
    diagnostics: tuple[Diagnostic, ...]
    """What was changed, dropped and approximated, in order of position; or why the source cannot be read."""
    dialect: str
    """The dialect that the source was taken for: a name of `dialects`; "" if it cannot be read."""


def convert(source: Source | str, *, dialect: str | None = None) -> Conversion:
    """An SSML document of another dialect in the service's own.

    `dialect` is a name of `dialects`; without one it is told by names that only one dialect has. A document that is not
    well-formed gives the checker's diagnostics and no text. Offsets count without a byte order mark at the start.
    Raises ValueError for an unknown dialect.

    >>> convert('<speak rate="200">你好</speak>').text, convert('<speak rate="2">你好</speak>').text
    ('<speak rate="1.25">你好</speak>', '<speak rate="2">你好</speak>')
    """
    if dialect is not None and dialect not in dialects():
        raise ValueError(f"dialect has to be one of {', '.join(dialects())}, not {dialect!r}")
    document = read(Source.of(source).text)
    if document.faults:
        return Conversion("", document.faults, "")
    dialect = dialect or detect(document.roots)
    converter = Converter(dialect)
    converter.run(document.roots)
    found = [*converter.found]
    what = "a processing instruction is dropped: it is not heard"
    found += [ssml_dropped.RULE.at(span, what) for span in document.instructions]
    found.sort(key=lambda one: (one.span.start, one.span.end) if one.span else (0, 0))
    return Conversion(converter.out.document(), tuple(found), dialect)
