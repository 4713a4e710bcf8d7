"""What the service does not read: other vendors' elements, attributes and words, and what to do instead.

>>> element("mstts:express-as").dialect, element("prosody").drop, element("brake")
('Azure', False, None)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ttsprep.catalog.reading import tables

__all__ = ["Foreign", "attribute", "element", "is_nls_word", "levels", "names", "remark", "words"]


@dataclass(frozen=True, slots=True)
class Foreign:
    """A name of another dialect."""

    dialect: str
    instead: str = ""
    """What to do here; ends a sentence."""
    drop: bool = False
    """Whether it may go without a change to what is heard."""
    block: bool = False
    """Whether it parts what stands before, in and behind it."""


@cache
def _data() -> Mapping[str, Any]:
    return tables("ssml_dialects")


def _foreign(row: Mapping[str, Any], flag: str) -> Foreign:
    return Foreign(row["dialect"], row.get("instead", ""), row.get(flag, False), row.get("block", False))


def element(name: str) -> Foreign | None:
    """The element of another dialect, by its name or its prefix; None if no dialect that we know has it."""
    rows, name = _data()["elements"], name.lower()
    row = rows.get(name) or rows.get(f"{name.partition(':')[0]}:*")
    return _foreign(row, "unwrap") if row else None


def attribute(of: str, name: str) -> Foreign | None:
    """The attribute of another dialect on one of our elements."""
    rows = _data()["attributes"]
    if name.startswith("xmlns:"):
        name = "xmlns"
    row = rows.get(f"{of}.{name}") or rows.get(f"*.{name}")
    return _foreign(row, "remove") if row else None


def names(kind: str) -> Mapping[str, str]:
    """What people write instead of our ``elements`` or ``attributes``."""
    found: Mapping[str, str] = _data()["names"][kind]
    return found


def words(of: str) -> Mapping[str, str]:
    """What other services call the values of an attribute."""
    found: Mapping[str, str] = _data()["words"].get(of, {})
    return found


@cache
@cache
def levels(name: str) -> Mapping[str, str]:
    """The words for ``rate``, ``pitch`` or ``volume`` in other dialects → multiples of the default."""
    found: Mapping[str, str] = tables("ssml_conversion")[name]["words"]
    return found


def remark(of: str, word: str) -> str:
    """What there is to say of a value of an attribute; "" for most."""
    found: str = _data()["remarks"].get(of, {}).get(word.lower(), "")
    return found


def is_nls_word(of: str, word: str) -> bool:
    """Whether the value belongs to the vendor's older product."""
    return word in _data()["nls_words"].get(of, ())
