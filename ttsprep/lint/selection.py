"""Which rules are meant by the words people select and ignore them with.

A selector is a code (``SSM012``), the beginning of one (``SSM``, ``SSM0``), the name of a rule or ``ALL``. Where rules
are both selected and ignored the longer selector wins, and of equal ones the ignoring.

>>> selection = Selection(select=("ALL",), ignore=("SSM", "MDN004"), extend_select=("ssm-unclosed-element", "SSM012"))
>>> [selection.has(code) for code in ("TXT001", "SSM013", "SSM012", "MDN004")]
[True, False, True, False]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

__all__ = ["EVERY", "Selection", "codes_known", "is_selector", "match", "selectors_known"]

EVERY = "ALL"
_CODE = re.compile("[A-Z]{3}[0-9]{0,3}")


@dataclass(frozen=True)
class Selection:
    """What is selected and what is ignored."""

    select: Sequence[str] = (EVERY,)
    ignore: Sequence[str] = ()
    extend_select: Sequence[str] = ()

    def has(self, code: str) -> bool:
        """Whether the rule with this code is selected."""
        wanted = max(match(code, self.select), match(code, self.extend_select))
        return wanted > match(code, self.ignore)


def match(code: str, selectors: Iterable[str]) -> int:
    """How many characters of the code the longest selector that means it stands for; -1 where none does."""
    return max((_length(code, selector) for selector in selectors), default=-1)


def _length(code: str, selector: str) -> int:
    if selector == EVERY:
        return 0
    if _CODE.fullmatch(selector):
        return len(selector) if code.startswith(selector) else -1
    return len(code) if _code_of(selector) == code else -1


@cache
def _code_of(name: str) -> str | None:
    """The code of the rule with this name. Rules stand in files of their names."""
    from ttsprep.rules import all_rules

    return next((code for code, rule in all_rules().items() if rule.name == name), None)


def is_selector(word: str) -> bool:
    """Whether any rule is meant by the word.

    >>> is_selector("SSM"), is_selector("not-utf8"), is_selector("SSM999"), is_selector("")
    (True, True, False, False)
    """
    if not word:
        return False
    if _CODE.fullmatch(word):
        return word == EVERY or any(code.startswith(word) for code in codes_known())
    return _code_of(word) is not None


@cache
def codes_known() -> tuple[str, ...]:
    """The codes of all rules."""
    from ttsprep.rules import all_rules

    return tuple(all_rules())


@cache
def selectors_known() -> tuple[str, ...]:
    """Everything that is_selector takes but for parts of numbers: to guess what was meant."""
    from ttsprep.rules import all_rules

    families = sorted({code[:3] for code in codes_known()})
    return (EVERY, *families, *codes_known(), *(rule.name for rule in all_rules().values()))
