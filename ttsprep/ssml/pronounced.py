"""A pronunciation as people write it → ``phoneme``, in the alphabet that it is written in.

>>> print(pronounced("典当行", "diǎn dàng háng"))
<phoneme alphabet="py" ph="dian3 dang4 hang2">典当行</phoneme>
>>> print(pronounced("sin", "S AY N"))
<phoneme alphabet="cmu" ph="S AY N">sin</phoneme>
>>> pronounced("典当行", "dian3 dang4")
Traceback (most recent call last):
...
ValueError: 2 syllables for 3 Chinese characters in '典当行'
"""

from __future__ import annotations

from collections.abc import Iterator

from ttsprep.pinyin import normalize
from ttsprep.ssml.build import Leaf, phoneme
from ttsprep.ssml.checker import validate
from ttsprep.ssml.datatypes import words
from ttsprep.ssml.grammar import grammar
from ttsprep.ssml.values import why

__all__ = ["pronounced"]


def pronounced(text: str, *readings: str) -> Leaf:
    """The text with the first of the readings that the service understands.

    Pinyin may have tone marks, phones may be in lower case. Raises ValueError that says what is wrong where no reading
    is one: no syllables or phones, or not as many syllables as Chinese characters.
    """
    objections = []
    for reading in readings:
        for leaf in _in_alphabets(text, reading):
            objection = next((found.message for found in validate(f"<speak>{leaf}</speak>")), None)
            if objection is None:
                return leaf
            objections.append(objection)
    what = f"{readings[0]!r:.60} is neither pinyin with tones (dian3) nor phones of the CMU dictionary (S AY N)"
    raise ValueError(objections[0] if objections else what)


def _in_alphabets(text: str, reading: str) -> Iterator[Leaf]:
    for form in dict.fromkeys((normalize(reading) or reading, reading, why("phoneme", "ph", reading).better)):
        for alphabet in words(grammar().elements["phoneme"].attributes["alphabet"].datatype):
            try:
                yield phoneme(text, **{alphabet: form})
            except ValueError:
                pass
