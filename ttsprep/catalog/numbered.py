"""The numbered rules of the API page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from ttsprep.catalog.reading import Row, rows

__all__ = ["ApiRule", "api_rule", "api_rules"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiRule(Row):
    """One sentence of what the API page asks.

    `where` says whom it binds (``text``, ``settings``, ``client``, ``emulator``; ``docs``: people), `basis` who states
    it: ``page``, ``other`` (another source), ``assumption`` (read so) or ``own`` (added).
    """

    id: str
    topic: str
    where: tuple[str, ...]
    basis: tuple[str, ...]
    text: str


@cache
def api_rules() -> Mapping[str, ApiRule]:
    """Every numbered rule by its id, in the order of the topics."""
    return MappingProxyType({row["id"]: ApiRule(**row) for row in rows("rules", "rule")})


def api_rule(id: str) -> ApiRule:  # noqa: A002 (the catalog's word for a name)
    """The rule with this id.

    >>> api_rule("FLW-02").text
    'continue-task or finish-task before task-started makes the task fail.'

    Raises KeyError if there is none.
    """
    return api_rules()[id]
