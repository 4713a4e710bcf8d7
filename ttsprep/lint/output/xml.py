"""For build servers: ``junit`` and ``checkstyle``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape as escaped
from typing import Final

from ttsprep.diagnostics import Severity
from ttsprep.lint.model import Finding, Result
from ttsprep.lint.output.facts import answer, plain
from ttsprep.lint.output.form import OutputOptions

__all__ = ["checkstyle", "junit"]

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_BLANKS: Final = {ord("\n"): "&#10;", ord("\r"): "&#13;", ord("\t"): "&#9;"}


# Not by xml.sax.saxutils, which loads urllib, http and ssl.
def _escape(text: str) -> str:
    return escaped(text, quote=False)


def _quoteattr(text: str) -> str:
    return '"' + escaped(text).translate(_BLANKS) + '"'


def junit(results: Sequence[Result], _options: OutputOptions) -> Iterator[str]:
    """A suite for each file, a failed case for each finding; a file without findings is a case that passes."""
    total = sum(max(1, len(result.findings)) for result in results)
    failed = sum(len(result.findings) for result in results)
    broken = sum(bool(result.error) for result in results)
    yield f'{_HEAD}<testsuites name="ttsprep" tests="{total}" failures="{failed}" errors="{broken}">\n'
    for result in results:
        yield from _suite(result)
    yield "</testsuites>\n"


def _suite(result: Result) -> Iterator[str]:
    count, name = len(result.findings), _quoteattr(plain(result.file))
    failures = f'failures="{count}" errors="{int(bool(result.error))}"'
    yield f'  <testsuite name={name} tests="{max(1, count)}" {failures}>\n'
    for found in result.findings:
        yield from _case(found, name)
    if result.error:
        yield f"    <testcase name={name} classname={name}>\n"
        yield f"      <error message={_quoteattr(plain(result.error))}/>\n    </testcase>\n"
    elif not count:
        yield f"    <testcase name={name} classname={name}/>\n"
    yield "  </testsuite>\n"


def _case(found: Finding, name: str) -> Iterator[str]:
    one, said = found.diagnostic, answer(found.diagnostic)
    at = f"line {found.start.line}, column {found.start.column}: " if found.start else ""
    yield f"    <testcase name={_quoteattr(f'{one.rule.code} {one.rule.name}')} classname={name}"
    yield f' line="{found.start.line}">\n' if found.start else ">\n"
    body = plain(f"{at}{one.message}" + (f"\n{said}" if said else ""))
    yield f'      <failure type="{one.severity}" message={_quoteattr(plain(one.message))}>{_escape(body)}</failure>\n'
    yield "    </testcase>\n"


_SEVERITY: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "info"}


def checkstyle(results: Sequence[Result], _options: OutputOptions) -> Iterator[str]:
    """A file with its errors; those without any are left out."""
    yield f'{_HEAD}<checkstyle version="4.3">\n'
    for result in results:
        if result.findings or result.error:
            yield f"  <file name={_quoteattr(plain(result.file))}>\n"
            yield from map(_error, result.findings)
            if result.error:
                message = _quoteattr(plain(result.error))
                yield f'    <error line="0" severity="error" message={message} source="ttsprep"/>\n'
            yield "  </file>\n"
    yield "</checkstyle>\n"


def _error(found: Finding) -> str:
    one, said = found.diagnostic, answer(found.diagnostic)
    at = f'line="{found.start.line}" column="{found.start.column}"' if found.start else 'line="0"'
    message = _quoteattr(plain(one.message + (f"; {said}" if said else "")))
    source = f'source="ttsprep.{one.rule.code}"'
    return f'    <error {at} severity="{_SEVERITY[one.severity]}" message={message} {source}/>\n'
