"""Every key of configuration: what it looks like, what it means, its default. The one table that all else reads."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, NamedTuple

from ttsprep.lint.configuration.shapes import Amount, Choice, Flag, Keys, PathOrKeys, Shape, Table, Text, Texts
from ttsprep.lint.model import CheckOptions, Kind
from ttsprep.lint.selection import EVERY, is_selector, selectors_known

__all__ = ["DEFINITIONS", "KEYS", "MERGED", "SETTINGS", "Key", "markdown_shapes"]

_RULE: Final = Text(
    "the code of a rule, the beginning of one, or a rule's name",
    selectors_known,
    is_selector,
    pattern="^[A-Z]{3}[0-9]{1,2}$",
    definition="selector",
)
_SEVERITIES: Final = ("note", "warning", "error")
_ENCODINGS: Final = ("utf-8", "utf-16", "gb18030", "gbk", "big5", "shift_jis", "euc-kr", "cp1252")
"""Those that are suggested."""


def _formats() -> tuple[str, ...]:
    from ttsprep.lint.output import FORMATS

    return tuple(FORMATS)


def markdown_shapes() -> Mapping[str, Shape]:
    """The keys of the table ``markdown``: the fields of `ttsprep.MarkdownOptions`, with hyphens, and ``neutral``."""
    from ttsprep.markdown import MarkdownOptions

    defaults = MarkdownOptions()
    fields = {field.name: getattr(defaults, field.name) for field in dataclasses.fields(MarkdownOptions)}
    return {"neutral": Flag()} | {_hyphens(name): _shape_of(value) for name, value in fields.items()}


def _shape_of(default: Any) -> Shape:
    if isinstance(default, StrEnum):
        return Choice(words=tuple(each.value for each in type(default)))
    return Flag() if isinstance(default, bool) else Amount()


def _is_encoding(name: str) -> bool:
    try:
        " ".encode(name)
    except (LookupError, ValueError):
        return False
    return True


def _check_shapes() -> Mapping[str, Shape]:
    return {_hyphens(field.name): Amount() for field in dataclasses.fields(CheckOptions)}


def _hyphens(name: str) -> str:
    return name.replace("_", "-")


def _settings_names() -> tuple[str, ...]:
    from ttsprep.settings import TaskSettings

    return tuple(field.name for field in dataclasses.fields(TaskSettings) if field.init)


DEFINITIONS: Final[Mapping[str, Text]] = {_RULE.definition: _RULE}
"""What the schema describes once."""


class Key(NamedTuple):
    """A key: the shape of its value, what it means, and its default."""

    shape: Shape
    documentation: str
    default: Any = None


KEYS: Final[Mapping[str, Key]] = {
    "region": Key(Text(), "Where the service is used: it decides models, voices and prices."),
    "model": Key(Text(), "The model that the scripts are written for."),
    "voice": Key(Text(), "The voice that the scripts are written for."),
    "settings": Key(
        PathOrKeys(_settings_names), "Settings of the request: a file, or a table under the names of the API."
    ),
    "lexicons": Key(Texts(), "Lexicon files of the project: checked, and held against the scripts.", ()),
    "select": Key(Texts(_RULE), "The rules that are looked for.", (EVERY,)),
    "extend-select": Key(Texts(_RULE), "More rules, beside those selected.", ()),
    "ignore": Key(Texts(_RULE), "Rules that are not looked for.", ()),
    "per-file-ignores": Key(
        Table(Text("a pattern of paths"), Texts(_RULE)), "Patterns of paths, and the rules ignored there.", {}
    ),
    "severity": Key(Table(_RULE, Choice(words=_SEVERITIES)), "Rules, and how bad they are here.", {}),
    "fail-on": Key(Choice(words=_SEVERITIES), "From which severity on findings make the exit code 1.", "warning"),
    "include": Key(Texts(), "Patterns of the files looked for in folders.", ("*.md", "*.markdown", "*.txt", "*.ssml")),
    "exclude": Key(Texts(), "Patterns of files and folders that are left out.", ()),
    "respect-gitignore": Key(Flag(), "Whether what .gitignore names is left out.", True),
    "kinds": Key(
        Table(Text("a pattern of paths"), Choice(words=tuple(kind.value for kind in Kind))),
        "Patterns of paths, and what such files are where their names' endings do not tell.",
        {},
    ),
    "encoding": Key(
        Text("an encoding that Python knows", lambda: _ENCODINGS, _is_encoding), "The encoding of scripts.", "utf-8"
    ),
    "max-file-size": Key(Amount(), "Files of more megabytes are not read.", 10),
    "output-format": Key(Text("an output format", _formats), "How findings are printed."),
    "markdown": Key(Keys(markdown_shapes), "What is heard of Markdown: the options of strip.", {}),
    "checks": Key(Keys(_check_shapes), "Limits of your own.", {}),
}
"""Every key of ``[tool.ttsprep]`` and of ttsprep.toml."""

MERGED: Final = frozenset(name for name, key in KEYS.items() if isinstance(key.shape, Keys | Table))
"""The tables, of which a later layer replaces single keys and not the whole."""

SETTINGS: Final = ("region", "model", "voice")
"""Settings that have a key of their own."""
