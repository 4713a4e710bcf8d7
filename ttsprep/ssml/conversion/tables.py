"""What becomes of what: ``data/ssml_conversion.toml``.

>>> row("mstts:express-as").does, row("mstts:whatever").does, row("blink").does
('unwrap', 'unwrap', 'unwrap')
>>> milliseconds("strong", "azure"), milliseconds("strong", "polly"), milliseconds("loud", "w3c")
(1000, 500, None)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ttsprep.catalog import tables

__all__ = ["OWN", "Row", "data", "dialects", "milliseconds", "row"]

OWN = ("cosyvoice", "nls")
"""The dialects whose ``<speak>`` has the attributes of the service."""


@dataclass(frozen=True)
class Row:
    """What is done with an element."""

    does: str
    becomes: str = ""
    says: str = ""
    """Why something is lost."""
    reads: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    loses: Mapping[str, str] = field(default_factory=dict)


_UNKNOWN = Row("unwrap", "its text", "no dialect that is known has it")


@cache
def data() -> Mapping[str, Any]:
    """The tables; read once."""
    return tables("ssml_conversion")


@cache
def row(name: str) -> Row:
    """The row of an element, by its name or its prefix."""
    rows = data()["elements"]
    found = rows.get(name) or rows.get(f"{name.partition(':')[0]}:*")
    return Row(**found) if found else _UNKNOWN


@cache
def dialects() -> Mapping[str, str]:
    """The dialects and what they are called."""
    return {found["name"]: found["title"] for found in data()["dialects"]}


def milliseconds(strength: str, dialect: str) -> int | None:
    """How long a break of that strength is in that dialect; 0 is no pause, None no strength."""
    length: int | None = data()["pauses_of"].get(dialect, {}).get(strength, data()["pauses"].get(strength))
    return length
