"""One file, from its text to findings: its checks, what configuration makes of them, what is suppressed.

>>> text = "<speak>你好。<!-- ttsprep: ignore[SSM014] shown on purpose --></sub></speak>"
>>> [found.rule.code for found in lint(text)]
[]
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from functools import cache

from ttsprep.diagnostics import Diagnostic
from ttsprep.lint import suppression
from ttsprep.lint.checking import check
from ttsprep.lint.configuration import Configuration
from ttsprep.lint.finding_files import relative
from ttsprep.lint.kinds import kind_of
from ttsprep.lint.model import SCRIPTS, Finding, Kind, LintFile, Result
from ttsprep.lint.patterns import matches
from ttsprep.lint.selection import codes_known, match
from ttsprep.source import Source

__all__ = ["default_configuration", "lint", "lint_file", "lint_source"]


@cache
def default_configuration() -> Configuration:
    """What acts where nothing is configured."""
    from pathlib import Path

    from ttsprep.lint.configuration import load

    loaded = load(Path(), isolated=True).configuration
    assert loaded is not None, "the defaults are right"
    return loaded


def lint(text: Source | str, configuration: Configuration | None = None) -> tuple[Diagnostic, ...]:
    """Everything that counts in a text, in order of place; its kind is that of its source's name.

    >>> [str(found) for found in lint("# 你好")]
    []
    """
    source = Source.of(text)
    result, _ = lint_source(source, configuration or default_configuration())
    return tuple(found.diagnostic for found in result.findings)


def lint_source(
    source: Source,
    configuration: Configuration,
    *,
    found: Iterable[Diagnostic] = (),
    sidecar: Source | None = None,
    kind: Kind | None = None,
) -> tuple[Result, Result | None]:
    """The result of a file, and that of its sidecar if it has one.

    `found` is what was found when the text was decoded: where there is anything, the checks are not asked.
    """
    file = lint_file(source, configuration, kind)
    diagnostics = tuple(found) or (*check(file), *_of_lexicon(file, configuration))
    inside = suppression.read(source, file.kind)
    beside = suppression.read_sidecar(sidecar) if sidecar is not None else None
    comments = [inside] if beside is None else [inside, beside]
    selected = _Selected(configuration, source.name)
    counting, suppressed = suppression.apply(selected.of(diagnostics), source, comments)
    own, hidden = suppression.apply(selected.of(_of_comments(inside, selected)), source, comments)
    result = _result(source, file.kind, [*counting, *own], [*suppressed, *hidden])
    if beside is None:
        return result, None
    return result, _result(beside.source, None, selected.of(_of_comments(beside, selected)), [])


def lint_file(source: Source, configuration: Configuration, kind: Kind | None = None) -> LintFile:
    """A file as its checks see it."""
    return LintFile(
        source.name,
        source,
        kind or _configured_kind(source.name, configuration) or kind_of(source),
        configuration.settings,
        configuration.markdown,
        configuration.options,
    )


def _of_lexicon(file: LintFile, configuration: Configuration) -> Iterable[Diagnostic]:
    """What the entries of the lexicon do to a script."""
    lexicon = configuration.lexicon if file.kind in SCRIPTS else None
    if lexicon is None:
        return ()
    from ttsprep.hot_fix import correct

    return correct(file.spoken, lexicon, file.request).diagnostics


def _configured_kind(name: str, configuration: Configuration) -> Kind | None:
    """What configuration says a file is; of several patterns the last one counts."""
    path = _path(name, configuration)
    kinds = [kind for pattern, kind in configuration.table("kinds").items() if matches(path, pattern)]
    return Kind(kinds[-1]) if kinds else None


def _path(name: str, configuration: Configuration) -> str:
    from pathlib import Path

    return relative(Path(name), configuration.base)


def _of_comments(comments: suppression.Comments, selected: _Selected) -> list[Diagnostic]:
    return [*comments.diagnostics, *suppression.unused(comments, selected.codes())]


class _Selected:
    """Which rules count in a file, and how bad their findings are."""

    def __init__(self, configuration: Configuration, name: str) -> None:
        self._configuration = configuration
        ignores = configuration.table("per-file-ignores")
        path = _path(name, configuration) if ignores else name
        self._ignored = [each for pattern, codes in ignores.items() if matches(path, pattern) for each in codes]

    def has(self, code: str) -> bool:
        """Whether findings of the rule count."""
        return self._configuration.selection.has(code) and match(code, self._ignored) < 0

    def codes(self) -> Iterator[str]:
        """The rules that count; finding out loads all of them."""
        yield from filter(self.has, codes_known())

    def of(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Those that count, as bad as they are here."""
        return [self._graded(one) for one in found if self.has(one.rule.code)]

    def _graded(self, found: Diagnostic) -> Diagnostic:
        severity = self._configuration.severity(found)
        return found if severity is found.severity else dataclasses.replace(found, severity=severity)


def _result(
    source: Source, kind: Kind | None, counting: list[Diagnostic], suppressed: list[tuple[Diagnostic, str]]
) -> Result:
    findings = sorted((_finding(one, source) for one in counting), key=_place)
    hidden = tuple(_finding(one, source, reason) for one, reason in suppressed)
    return Result(source.name, kind, tuple(findings), hidden, source if findings else None)


def _finding(found: Diagnostic, source: Source, reason: str | None = None) -> Finding:
    """Where a finding points into another file than this, one that is included, it has no position here."""
    if found.file in ("", source.name):
        return Finding.of(found, source.name, source, reason)
    return Finding(found, found.file, suppressed=reason)


def _place(finding: Finding) -> tuple[bool, int, int, str]:
    """What has no place comes last."""
    span = finding.diagnostic.span
    return (span is None, span.start if span else 0, span.end if span else 0, finding.diagnostic.rule.code)
