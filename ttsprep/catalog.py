"""The facts of the service: models, voices, regions, parameters, limits, errors.

Every fact stands in a row of ``data/*.toml`` with its source and the day it was checked; this module is the
typed, read-only view of them. A file is parsed when something in it is first asked for.

    >>> flash = model("cosyvoice-v3-flash")
    >>> flash.supports("ssml", "intl").allowed
    True
    >>> [voice.model for voice in find_voice("longanyang")]
    ['cosyvoice-v3-flash', 'cosyvoice-v3-plus']
    >>> limits().instruction_text
    20000

Models and voices that are not here may exist all the same: cloned voices have ids of their own.
"""

from __future__ import annotations

import datetime
import enum
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ttsprep.diagnostics import Severity

__all__ = [
    "PRICE_UNIT",
    "REGION_OF_OTHER_PAGES",
    "Claim",
    "Cloned",
    "Feature",
    "Limit",
    "Limits",
    "Model",
    "Parameter",
    "Price",
    "Region",
    "ServiceError",
    "Source",
    "Support",
    "Voice",
    "cloned",
    "default_model",
    "default_region",
    "errors",
    "find_voice",
    "limit_rows",
    "limits",
    "model",
    "models",
    "opus_sample_rate",
    "parameter",
    "parameters",
    "region",
    "regions",
    "rows",
    "sources",
    "suggest",
    "table",
    "voice",
    "voices",
]

_DATA = Path(__file__).with_name("data")


# --- where a fact comes from


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row has: `source` names one or more of `sources`, `checked` is the day it was read."""

    source: str
    checked: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that facts come from. `sha256` is the fingerprint of the text that was read, if it was kept.

    `kind` is ``page`` (the API page), ``official``, ``vendor`` (published code), ``standard`` or ``report``.
    """

    id: str
    title: str
    kind: str
    checked: datetime.date
    region: str | None = None
    sha256: str | None = None


# --- regions and models

PRICE_UNIT = 10_000
"""The number of counted characters that a price is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region(Row):
    """Where the service is sold; keys, models, voices and prices belong to a region.

    `url` is the endpoint (URL-01), `free_characters` the quota of a new account.
    """

    id: str
    title: str
    url: str
    workspace_url: str
    currency: str
    free_characters: int
    default: bool = False
    aliases: tuple[str, ...] = ()

    def url_of_workspace(self, workspace: str) -> str:
        """The endpoint of one workspace, on the vendor's newer hosts.

        >>> region("beijing").url_of_workspace("llm-abc")
        'wss://llm-abc.cn-beijing.maas.aliyuncs.com/api-ws/v1/inference'

        Raises ValueError for an id that is no part of a host name.
        """
        if not workspace.isascii() or not workspace.replace("-", "").isalnum():
            raise ValueError(f"a workspace id has letters, digits and hyphens: {workspace!r}")
        return self.workspace_url.format(workspace=workspace)


@dataclass(frozen=True, slots=True)
class Price:
    """What 10,000 counted characters cost; `usd` is the vendor's own conversion, where it gives one."""

    amount: Decimal
    currency: str
    usd: Decimal | None = None

    def of(self, characters: int) -> Decimal:
        """The price of so many counted characters.

        >>> model("cosyvoice-v3-plus").price("beijing").of(200_000)
        Decimal('40')
        """
        return self.amount * characters / PRICE_UNIT


class Claim(enum.StrEnum):
    """What pages say of a feature: ``unclear`` where they disagree, ``unstated`` where they are silent."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Feature:
    """What the API page (`page`) and the vendor's other pages (`others`) say of one feature of a model.

    `others_cloned_only`: the other pages restrict it to cloned voices.
    """

    page: Claim
    others: Claim
    others_cloned_only: bool = False


@dataclass(frozen=True, slots=True)
class Support:
    """Whether a model can do something in a region, and how sure that is.

    `severity` is what using it deserves: ``None`` (nothing stands against it), a warning (pages disagree, or the
    API page is silent), or an error: the API page says no and no official page of the region says otherwise.

    >>> model("cosyvoice-v2").supports("ssml", "beijing").severity is None  # a page of Beijing allows it
    True
    >>> str(model("cosyvoice-v2").supports("ssml", "intl").severity)
    'warning'
    >>> str(model("cosyvoice-v1").supports("ssml", "intl").severity)
    'error'
    """

    feature: str
    page: Claim
    others: Claim
    severity: Severity | None

    @property
    def allowed(self) -> bool:
        """Whether nothing stands against using it."""
        return self.severity is None

    @property
    def stated(self) -> str:
        """Who says so, in words.

        >>> model("cosyvoice-v2").supports("ssml", "intl").stated
        'the API page says no, other official pages say yes'
        """
        return f"the API page {_SAYS[self.page]}, other official pages {_SAY[self.others]}"


_SAYS = {Claim.YES: "says yes", Claim.NO: "says no", Claim.UNSTATED: "is silent", Claim.UNCLEAR: "is unclear"}
_SAY = {Claim.YES: "say yes", Claim.NO: "say no", Claim.UNSTATED: "are silent", Claim.UNCLEAR: "disagree"}

# (the API page, the others) → severity of use in a region that the other pages are about, elsewhere, and elsewhere
# for a model that is not sold there (the API page cannot have meant it).
_W, _E = Severity.WARNING, Severity.ERROR
_VERDICTS: Mapping[tuple[Claim, Claim], tuple[Severity | None, Severity | None, Severity | None]] = {
    (Claim.NO, Claim.YES): (None, _W, _W),
    (Claim.NO, Claim.UNCLEAR): (_W, _E, _W),
    (Claim.NO, Claim.NO): (_E, _E, _E),
    (Claim.NO, Claim.UNSTATED): (_E, _E, _E),
    (Claim.UNSTATED, Claim.NO): (_W, _W, _W),
    (Claim.UNSTATED, Claim.UNCLEAR): (_W, _W, _W),
}
REGION_OF_OTHER_PAGES = "beijing"
"""The region whose pages `Feature.others` and the ``others_…`` columns of a parameter stand for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model(Row):
    """A model: where it is sold, what 10,000 characters cost there, and what it can do."""

    id: str
    regions: tuple[str, ...]
    system_voices: bool
    prices: Mapping[str, Price]
    features: Mapping[str, Feature]
    default: bool = False

    def price(self, region: str) -> Price | None:
        """What it costs in a region; ``None`` where it is not sold."""
        return self.prices.get(region)

    def supports(self, feature: str, region: str) -> Support:
        """Whether it can do `feature` (a key of `features`) in a region. Raises KeyError for another feature."""
        says = self.features[feature]
        verdicts = _VERDICTS.get((says.page, says.others), (None, None, None))
        there = 0 if region == REGION_OF_OTHER_PAGES else 1 if region in self.regions else 2
        return Support(feature, says.page, says.others, verdicts[there])


# --- voices


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice(Row):
    """A system voice of one model. `languages` are BCP 47 with the dialect or country the vendor names."""

    id: str
    model: str
    languages: tuple[str, ...]
    ssml: bool
    instruct: bool
    timestamps: bool
    regions: tuple[str, ...]

    def speaks(self, language: str) -> bool:
        """Whether `language` is one of its languages; a bare language includes its dialects.

        >>> yue = voice("longjiaxin_v3", "cosyvoice-v3-flash")
        >>> yue.speaks("zh"), yue.speaks("zh-cantonese"), yue.speaks("zh-Minnan"), yue.speaks("fr")
        (True, True, False, False)
        """
        wanted = language.casefold()
        mine = [known.casefold() for known in self.languages]
        return any(known == wanted or known.startswith(wanted + "-") for known in mine)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloned(Row):
    """What the cloned voices of one model can do."""

    model: str
    ssml: bool
    instruct: bool
    timestamps: bool


# --- parameters, limits, errors


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

    Texts in counted characters (Han 2), times in seconds, ranges as ``(least, most)``.
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


# --- reading the files


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _frozen(value: Any) -> Any:
    """Lists as tuples and tables as read-only mappings, all the way down."""
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(inner) for key, inner in value.items()})
    return value


def rows(file: str, key: str) -> list[dict[str, Any]]:
    """The rows ``[[key]]`` of a data file, read-only inside: for the parts that have a file of their own."""
    return [{column: _frozen(value) for column, value in row.items()} for row in _read(file)[key]]


def table(file: str, key: str) -> Mapping[str, Any]:
    """The table ``[key]`` of a data file, read-only."""
    frozen: Mapping[str, Any] = _frozen(_read(file)[key])
    return frozen


@cache
def sources() -> Mapping[str, Source]:
    """Every document that facts come from, by its id."""
    return MappingProxyType({row["id"]: Source(**row) for row in rows("sources", "source")})


@cache
def regions() -> tuple[Region, ...]:
    """Every region, the default first."""
    return tuple(Region(**row) for row in rows("regions", "region"))


def region(id: str) -> Region:  # noqa: A002 (the catalog's word for a name)
    """The region with this id.

    >>> region("intl").url
    'wss://dashscope-intl.aliyuncs.com/api-ws/v1/inference'

    Raises KeyError if there is none.
    """
    return {known.id: known for known in regions()}[id]


def default_region() -> Region:
    """The region that is meant when none is named."""
    return next(known for known in regions() if known.default)


@cache
def models() -> tuple[Model, ...]:
    """Every model, oldest first."""
    return tuple(_model(row) for row in rows("models", "model"))


def _model(row: dict[str, Any]) -> Model:
    features = {
        name: Feature(Claim(says["page"]), Claim(says["others"]), says.get("others_cloned_only", False))
        for name, says in row.pop("features").items()
    }
    prices = {where: _price(**price) for where, price in row.pop("prices").items()}
    return Model(features=MappingProxyType(features), prices=MappingProxyType(prices), **row)


def _price(amount: str, currency: str, usd: str | None = None) -> Price:
    return Price(Decimal(amount), currency, None if usd is None else Decimal(usd))


@cache
def _models_by_id() -> Mapping[str, Model]:
    return {known.id: known for known in models()}


def model(id: str) -> Model | None:  # noqa: A002 (the catalog's word for a name)
    """The model with this id; ``None`` if the catalog does not know it (it may exist: RUN-05)."""
    return _models_by_id().get(id)


def default_model() -> Model:
    """The model that is meant when none is named."""
    return next(known for known in models() if known.default)


@cache
def _voices() -> Mapping[tuple[str, str], Voice]:
    return {(row["id"], row["model"]): Voice(**row) for row in rows("voices", "voice")}


@cache
def _voices_by_id() -> Mapping[str, tuple[Voice, ...]]:
    found: dict[str, tuple[Voice, ...]] = {}
    for known in _voices().values():
        found[known.id] = (*found.get(known.id, ()), known)
    return found


def voices(
    *,
    model: str | None = None,
    language: str | None = None,
    region: str | None = None,
    ssml: bool | None = None,
    instruct: bool | None = None,
    timestamps: bool | None = None,
) -> tuple[Voice, ...]:
    """The system voices that fit every condition given, in the order of the vendor's list.

    >>> [found.id for found in voices(model="cosyvoice-v3-plus")]
    ['longanyang', 'longanhuan']
    >>> [found.id for found in voices(model="cosyvoice-v3-flash", language="zh-Minnan")]
    ['longanmin_v3']
    """
    return tuple(
        known
        for known in _voices().values()
        if (model is None or known.model == model)
        and (language is None or known.speaks(language))
        and (region is None or region in known.regions)
        and (ssml is None or known.ssml == ssml)
        and (instruct is None or known.instruct == instruct)
        and (timestamps is None or known.timestamps == timestamps)
    )


def find_voice(id: str) -> tuple[Voice, ...]:  # noqa: A002 (the catalog's word for a name)
    """The system voices with this id, one for each model that has it; empty for any other id."""
    return _voices_by_id().get(id, ())


def voice(id: str, model: str) -> Voice | None:  # noqa: A002 (the catalog's word for a name)
    """The system voice with this id of this model, or ``None``."""
    return _voices().get((id, model))


@cache
def _cloned() -> Mapping[str, Cloned]:
    return {row["model"]: Cloned(**row) for row in rows("voices", "cloned")}


def cloned(model: str) -> Cloned | None:
    """What cloned voices of a model can do; ``None`` if the catalog does not know.

    >>> cloned("cosyvoice-v3-flash").instruct
    True
    """
    return _cloned().get(model)


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
    return tuple(Limit(name=name, **_frozen(row)) for name, row in _read("limits").items())


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


# --- did you mean


def suggest(word: str, known: Iterable[str], aliases: Mapping[str, str] | None = None) -> str | None:
    """The known word that was probably meant, or ``None``.

    >>> suggest("MP3", ["pcm", "wav", "mp3", "opus"]), suggest("ogg", ["opus"], {"ogg": "opus"})
    ('mp3', 'opus')
    >>> suggest("something else", ["opus"])
    """
    import difflib

    folded = {candidate.casefold(): candidate for candidate in known}
    wanted = word.strip().casefold()
    if aliases and wanted in aliases:
        return aliases[wanted]
    close = difflib.get_close_matches(wanted, folded, n=1, cutoff=0.7)
    return folded[close[0]] if close else None
