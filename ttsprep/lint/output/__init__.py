"""The forms in which results are printed: ``FORMATS[name](results, options)`` gives the text in pieces.

>>> from ttsprep.lint import Finding, Result
>>> from ttsprep.diagnostics import Rule, Severity, Span
>>> from ttsprep.source import Source
>>> source = Source("它是旧的", "a.md")
>>> found = Rule("DEM001", "old", Severity.NOTE).at(Span(2, 3), "'旧' is old")
>>> result = Result("a.md", findings=(Finding.of(found, "a.md", source),), source=source)
>>> print(*FORMATS["concise"]([result], OutputOptions()))
a.md:1:3: DEM001 note: '旧' is old
<BLANKLINE>
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ttsprep.lint.output.form import OutputOptions, Writer
from ttsprep.lint.output.plain_json import json, json_lines
from ttsprep.lint.output.sarif import sarif
from ttsprep.lint.output.services import github, gitlab, rdjson
from ttsprep.lint.output.text import concise, full
from ttsprep.lint.output.xml import checkstyle, junit

__all__ = ["FORMATS", "OutputOptions", "Writer"]

FORMATS: Mapping[str, Writer] = MappingProxyType(
    {
        "full": full,
        "concise": concise,
        "json": json,
        "json-lines": json_lines,
        "sarif": sarif,
        "github": github,
        "gitlab": gitlab,
        "junit": junit,
        "checkstyle": checkstyle,
        "rdjson": rdjson,
    }
)
"""Every format by its name."""
