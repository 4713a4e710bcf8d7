"""The interface of the service: parameters of run-task, limits, errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from ttsprep.catalog.reading import Row, rows, tables

__all__ = [
    "Limit",
    "Limits",
    "Parameter",
    "ServiceError",
    "error",
    "errors",
    "limit_rows",
    "limits",
    "opus_sample_rate",
    "parameter",
    "parameters",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(Row):
    """One parameter of run-task, under the name the API gives it.

    `type` is ``string``, ``integer``, ``number`` (an integer is one), ``boolean``, ``list`` (of strings) or
    ``object``. `values` are all it may be (for a list: its elements); `others_values` those that only the vendor's
    other pages have. `needs` maps another parameter to the values with which this one acts.
    """

    name: str
    rule: str
    type: str
    summary: str
    required: bool = False
    values: tuple[Any, ...] = ()
    others_values: tuple[Any, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    default: Any = None
    unit: str = ""
    feature: str | None = None
    needs: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    others_needs: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Row):
    """A limit or figure of the service with its unit and the numbered rules that state it."""

    name: str
    value: Any
    unit: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits and figures of the service as numbers; `limit_rows` says where each comes from.

    Texts in counted characters (Han 2), times in seconds, frames in bytes, ranges as ``(least, most)``.
    """

    instruction_text: int
    task_text: int
    ssml_instructions: int
    instruction: int
    text_gap: int
    idle: int
    task_starts: int
    first_packet: tuple[float, float]
    real_time_factor: tuple[float, float]
    opening: tuple[float, float]
    slow_opening: tuple[float, float]
    opus_sample_rates: tuple[int, ...]
    wav_frame: int
    pauses_in_a_row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceError(Row):
    """A failure of the service: how to know it, what causes it, what to do.

    `says` are the service's words, `message` a regular expression that finds them. `sure` is ``page``, ``official``,
    ``standard``, ``observed`` or ``inferred``. `retry`: whether the same request may succeed when sent again.
    `general`: it says little by itself.
    """

    id: str
    title: str
    says: str
    cause: str
    remedy: str
    sure: str
    retry: bool
    rules: tuple[str, ...] = ()
    error_codes: tuple[str, ...] = ()
    message: str = ""
    engine_code: int | None = None
    close_codes: tuple[int, ...] = ()
    http_statuses: tuple[int, ...] = ()
    general: bool = False


@cache
def parameters() -> Mapping[str, Parameter]:
    """Every parameter of run-task by its name, in the order of the API page."""
    return MappingProxyType({row["name"]: Parameter(**row) for row in rows("parameters", "parameter")})


def parameter(name: str) -> Parameter:
    """The parameter with this name.

    >>> parameter("rate").maximum
    2.0

    Raises KeyError if there is none.
    """
    return parameters()[name]


@cache
def limit_rows() -> tuple[Limit, ...]:
    """Every limit with its unit, its rules and where it comes from."""
    return tuple(Limit(name=name, **row) for name, row in tables("limits").items())


@cache
def limits() -> Limits:
    """The limits and figures of the service.

    >>> limits().text_gap, limits().idle
    (23, 60)
    """
    return Limits(**{row.name: row.value for row in limit_rows()})


def opus_sample_rate(rate: int) -> int:
    """The rate at which opus audio asked for at `rate` is encoded: the next that Opus has.

    >>> [opus_sample_rate(rate) for rate in (16000, 22050, 44100)]
    [16000, 24000, 48000]
    """
    real = limits().opus_sample_rates
    return next((known for known in real if known >= rate), real[-1])


@cache
def errors() -> tuple[ServiceError, ...]:
    """Every failure of the service that is known, the more particular before the more general."""
    return tuple(ServiceError(**row) for row in rows("errors", "error"))


def error(id: str) -> ServiceError:  # noqa: A002 (the catalog's word for a name)
    """The failure with this id.

    >>> error("voice-not-of-model").says
    '[tts:]Engine return error code: 418'

    Raises KeyError if there is none.
    """
    return {known.id: known for known in errors()}[id]
