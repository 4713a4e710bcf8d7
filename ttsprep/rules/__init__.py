"""Every diagnostic that ttsprep can make: one small file each.

A rule file is named after its rule (``not_utf8.py`` holds ``not-utf8``). Its docstring is its documentation
page, under the fixed headings *What*, *Why*, *Bad*, *Good* and *Source*; its ``RULE`` is what the stage that
finds the fault calls: ``not_utf8.RULE.at(span, message)``. Bad and Good hold fenced examples (``text``,
``markdown``, ``ssml``: a script; ``toml``: settings; ``jsonl``: instructions or a recording; ``session``: a recording
in short; ``lexicon``, ``csv``, ``json``, ``yaml``, ``pls``: a lexicon; ``python``: an expression whose value has the
diagnostics, where ``findings(text, name)`` are those of a file of that name); a test gives them all to the linter:
every Bad block must fire its rule and no other, no Good block may.

Adding a file registers the rule; two rules with one code are an error.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from ttsprep.diagnostics import Rule

__all__ = ["Page", "all_rules", "documentation", "markdown_page", "page"]


@cache
def _modules() -> Mapping[str, str]:
    """Rule code → name of the module that defines it."""
    found: dict[str, str] = {}
    for entry in pkgutil.iter_modules(__path__):
        rule = importlib.import_module(f"{__name__}.{entry.name}").RULE
        if rule.name.replace("-", "_") != entry.name:
            raise ValueError(f"rule {rule.code} is named {rule.name!r} but stands in {entry.name}.py")
        if rule.code in found:
            raise ValueError(f"rules {found[rule.code]} and {entry.name} share the code {rule.code}")
        found[rule.code] = entry.name
    return MappingProxyType(dict(sorted(found.items())))


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by its code, in order of codes.

    >>> all_rules()["TXT001"].name
    'not-utf8'
    """
    modules = _modules().items()
    return MappingProxyType({code: importlib.import_module(f"{__name__}.{name}").RULE for code, name in modules})


def documentation(code: str) -> str:
    """The documentation of the rule with this code: the docstring of its file, Markdown.

    Raises KeyError for a code that no rule has.
    """
    return importlib.import_module(f"{__name__}.{_modules()[code]}").__doc__ or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The documentation of a rule in its parts; `bad` and `good` are the examples, without their fences."""

    title: str
    what: str
    why: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    source: str


def page(code: str) -> Page:
    """The documentation of the rule with this code, taken apart.

    >>> page("PAR006").title, page("PAR006").good
    ('The speech rate is no number from 0.5 to 2.0', ('rate = 1', 'rate = 2.0'))

    Raises KeyError for a code that no rule has.
    """
    title, *parts = re.split(r"^## (\w+)\n", documentation(code), flags=re.MULTILINE)
    texts = dict(zip(parts[::2], map(str.strip, parts[1::2]), strict=True))
    return Page(
        title=title.strip(),
        what=" ".join(texts["What"].split()),
        why=" ".join(texts["Why"].split()),
        bad=_examples(texts["Bad"]),
        good=_examples(texts["Good"]),
        source=" ".join(texts["Source"].split()),
    )


def markdown_page(rule: Rule, answer: str = "") -> str:
    """The page of a rule as Markdown: its facts, then its documentation; `answer` is what the service says.

    >>> print("\\n".join(markdown_page(all_rules()["PAR003"], "Request format is invalid!").splitlines()[:3]))
    # PAR003 invalid-format
    <BLANKLINE>
    **The audio format does not exist**
    """
    title, _, rest = documentation(rule.code).partition("\n")
    facts = {
        "severity": str(rule.severity),
        "fix": _FIXES[rule.fix],
        "serves": ", ".join(rule.api),
        "the service answers": f"`{answer}`" if answer else "",
        "since": rule.since,
    }
    rows = "\n".join(f"| {name} | {fact} |" for name, fact in facts.items() if fact)
    return f"# {rule.code} {rule.name}\n\n**{title}**\n\n| | |\n|---|---|\n{rows}\n\n{rest.strip()}\n"


_FIXES = {
    "none": "none",
    "safe": "safe: what is heard and meant stays the same",
    "unsafe": "unsafe: to be looked at before it is applied",
}


def _examples(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"^```\w+\n(.*?)\n```$", text, flags=re.MULTILINE | re.DOTALL))
