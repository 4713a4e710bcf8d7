"""Directions: the sentences that tell a voice how to speak, for the parameter `instruction` (PAR-13, PAR-19).

System voices that are marked Instruct take certain Chinese sentences only, to the letter; cloned voices of
cosyvoice-v3-flash take free text, for which the API page gives examples.

    >>> [template.pattern for template in templates("longanhuan_v3", "cosyvoice-v3-flash")]
    ['请用{dialect}表达。']
    >>> fits("请用四川话表达。", "longanhuan_v3", "cosyvoice-v3-flash")
    <Fit.YES: 'yes'>
    >>> len(phrases().sentences), len(phrases().dialects)
    (39, 16)
"""

from __future__ import annotations

import datetime
import enum
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ttsprep.catalog import rows, tables
from ttsprep.likeness import likeness

__all__ = ["Fit", "Phrases", "Template", "fits", "nearest", "phrases", "sentences", "templates"]

_EMOTION = "emotion"
_ENOUGH_ALIKE = 0.65


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The sentences of the API page for cloned voices; ``{dialect}`` in one stands for each of `dialects`."""

    models: tuple[str, ...]
    sentences: tuple[str, ...]
    dialects: tuple[str, ...]
    source: str
    checked: datetime.date

    def written_out(self) -> Iterator[str]:
        """Every sentence, with every dialect.

        >>> list(phrases().written_out())[:2]
        ['Please speak in Cantonese.', 'Please speak in Northeastern.']
        """
        for sentence in self.sentences:
            dialects = self.dialects if "{dialect}" in sentence else ("",)
            yield from (sentence.format(dialect=dialect) for dialect in dialects)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A fixed sentence of a system voice: `pattern` with names in braces, and the `values` of each name.

    `disputed` values stand in an example of the vendor's voice list, but not in its table.
    """

    voice: str
    models: tuple[str, ...]
    pattern: str
    values: Mapping[str, tuple[str, ...]]
    disputed: Mapping[str, tuple[str, ...]]
    source: str
    checked: datetime.date

    def sentences(self) -> Iterator[str]:
        """Every sentence that the template makes, the disputed ones last."""
        yield from self._filled(self.values)
        for name, values in self.disputed.items():
            yield from self._filled({**self.values, name: values})

    def _filled(self, values: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
        for choice in itertools.product(*values.values()):
            yield self.pattern.format(**dict(zip(values, choice, strict=True)))


class Fit(enum.StrEnum):
    """Whether a sentence is one of those that a voice takes; ``disputed`` where the vendor contradicts itself."""

    YES = "yes"
    DISPUTED = "disputed"
    NO = "no"


@cache
def phrases() -> Phrases:
    """The 39 sentences and 16 dialects of the API page."""
    return Phrases(**tables("instructions")["phrases"])


@cache
def _templates() -> tuple[Template, ...]:
    emotions = tables("instructions")["system"]["emotions"]
    return tuple(_template(row, emotions) for row in rows("instructions", "template"))


def _template(row: Mapping[str, Any], emotions: tuple[str, ...]) -> Template:
    emotional = {_EMOTION: emotions} if "{" + _EMOTION + "}" in row["pattern"] else {}
    return Template(**{"disputed": {}, **row, "values": {**row.get("values", {}), **emotional}})


def templates(voice: str, model: str | None = None) -> tuple[Template, ...]:
    """The fixed sentences of a system voice, with one model or any; empty for voices that take none."""
    return tuple(t for t in _templates() if t.voice == voice and (model is None or model in t.models))


@cache
def sentences(voice: str, model: str) -> Mapping[str, Fit]:
    """Every sentence that a system voice takes."""
    found: dict[str, Fit] = {}
    for template in templates(voice, model):
        sure = set(template._filled(template.values))
        found |= {text: Fit.YES if text in sure else Fit.DISPUTED for text in template.sentences()}
    return found


def fits(text: str, voice: str, model: str) -> Fit:
    """Whether `text` is, to the letter, one of the sentences that a system voice takes.

    >>> fits("你说话的情感是happy", "longanyang", "cosyvoice-v3-flash")  # the closing 。 is missing
    <Fit.NO: 'no'>
    """
    return sentences(voice, model).get(text, Fit.NO)


def nearest(text: str, voice: str, model: str) -> str | None:
    """The sentence of a system voice that is most like `text`, or ``None`` if none is.

    >>> nearest("你说话的情感是 Happy.", "longanyang", "cosyvoice-v3-flash")
    '你说话的情感是happy。'
    """
    written = "".join(text.split())
    score, best = max(((likeness(written, known), known) for known in sentences(voice, model)), default=(0, ""))
    return best if score >= _ENOUGH_ALIKE else None
