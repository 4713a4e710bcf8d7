"""What is sold where, for how much, and what it can do: regions, models, prices, features."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from ttsprep.catalog.reading import Row, rows
from ttsprep.diagnostics import Severity

__all__ = [
    "PRICE_UNIT",
    "REGION_OF_OTHER_PAGES",
    "Claim",
    "Feature",
    "Model",
    "Price",
    "Region",
    "Support",
    "default_model",
    "default_region",
    "model",
    "models",
    "region",
    "regions",
]

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
    """What pages say of a feature: ``unclear`` if they disagree or leave it open, ``unstated`` if they are silent."""

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


_SAYS = {Claim.YES: "says yes", Claim.NO: "says no", Claim.UNSTATED: "is silent", Claim.UNCLEAR: "is not clear"}
_SAY = {Claim.YES: "say yes", Claim.NO: "say no", Claim.UNSTATED: "are silent", Claim.UNCLEAR: "are not clear"}

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
