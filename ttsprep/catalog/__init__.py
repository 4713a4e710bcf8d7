"""The facts of the service: models, voices, regions, parameters, limits, errors, rules.

Every fact stands in a row of ``data/*.toml`` with its source and the day it was checked; this package is the
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

from ttsprep.catalog.interface import (
    Limit,
    Limits,
    Parameter,
    ServiceError,
    error,
    errors,
    limit_rows,
    limits,
    opus_sample_rate,
    parameter,
    parameters,
)
from ttsprep.catalog.languages import Language, language_code, languages
from ttsprep.catalog.numbered import ApiRule, api_rule, api_rules
from ttsprep.catalog.offer import (
    PRICE_UNIT,
    REGION_OF_OTHER_PAGES,
    Claim,
    Feature,
    Model,
    Price,
    Region,
    Support,
    default_model,
    default_region,
    model,
    models,
    region,
    regions,
)
from ttsprep.catalog.reading import Row, Source, rows, sources, tables
from ttsprep.catalog.speakers import Cloned, Voice, cloned, find_voice, voice, voices

__all__ = [
    "PRICE_UNIT",
    "REGION_OF_OTHER_PAGES",
    "ApiRule",
    "Claim",
    "Cloned",
    "Feature",
    "Language",
    "Limit",
    "Limits",
    "Model",
    "Parameter",
    "Price",
    "Region",
    "Row",
    "ServiceError",
    "Source",
    "Support",
    "Voice",
    "api_rule",
    "api_rules",
    "cloned",
    "default_model",
    "default_region",
    "error",
    "errors",
    "find_voice",
    "language_code",
    "languages",
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
    "tables",
    "voice",
    "voices",
]
