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

from collections.abc import Iterable, Iterator
from itertools import product

from ttsprep.pinyin import normalize
from ttsprep.ssml.build import Leaf, PronunciationError, phoneme
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
    for form, alphabet in _ways(readings):
        try:
            return phoneme(text, **{alphabet: form})
        except PronunciationError as error:
            objections.append(str(error))
        except ValueError:
            pass
    what = f"{readings[0]!r:.60} is neither pinyin with tones (dian3) nor phones of the CMU dictionary (S AY N)"
    raise ValueError(objections[0] if objections else what)


def _ways(readings: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The forms that a reading may have been meant in, each in every alphabet."""
    alphabets = words(grammar().elements["phoneme"].attributes["alphabet"].datatype)
    for reading in readings:
        forms = dict.fromkeys((normalize(reading) or reading, reading, why("phoneme", "ph", reading).better))
        yield from product(filter(None, forms), alphabets)
