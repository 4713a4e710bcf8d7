"""Spans, fixes and diagnostics: plain values that refuse what makes no sense."""

from __future__ import annotations

import json

import pytest

from ttsprep.diagnostics import Diagnostic, DiagnosticError, Edit, Fix, Rule, Severity, Span, has_errors

RULE = Rule("DEM001", "demo", Severity.WARNING, api=("TXT-03",))


def test_a_span_covers_its_text() -> None:
    assert Span(1, 3).of("abcd") == "bc"
    assert len(Span(1, 3)) == 2
    assert bool(Span(2, 2))
    assert Span(1, 2) < Span(1, 3) < Span(2, 2)


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (3, 2)])
def test_a_span_that_is_none_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"{start}..{end}"):
        Span(start, end)


def test_a_fix_does_all_its_edits() -> None:
    fix = Fix("mend", (Edit(Span(0, 1), "A"), Edit(Span(1, 1), "-"), Edit(Span(3, 4), "")), safe=True)
    assert fix.apply("abcd") == "A-bc"


@pytest.mark.parametrize(
    "edits", [(Edit(Span(0, 2), ""), Edit(Span(1, 3), "")), (Edit(Span(2, 3), ""), Edit(Span(0, 1), ""))]
)
def test_a_fix_with_overlapping_edits_is_refused(edits: tuple[Edit, ...]) -> None:
    with pytest.raises(ValueError, match="overlap or are out of order"):
        Fix("mend", edits, safe=False)


def test_the_title_of_a_simple_fix() -> None:
    assert Fix.replace(Span(0, 1), "x", safe=True).title == "replace by 'x'"
    assert Fix.replace(Span(0, 1), "", safe=True).title == "remove"
    assert Fix.replace(Span(0, 1), "", safe=True, title="drop it").title == "drop it"


def test_a_diagnostic_as_plain_values() -> None:
    found = RULE.at(Span(0, 2), "it is so", fix=Fix.replace(Span(0, 1), "x", safe=False), field="rate")
    assert json.loads(json.dumps(found.as_dict())) == {
        "code": "DEM001",
        "name": "demo",
        "severity": "warning",
        "message": "it is so",
        "api": ["TXT-03"],
        "field": "rate",
        "span": [0, 2],
        "fix": {"title": "replace by 'x'", "safe": False, "edits": [{"span": [0, 1], "text": "x"}]},
    }
    assert set(RULE.at(None, "it is so").as_dict()) == {"code", "name", "severity", "message", "api"}


def test_severity() -> None:
    assert Severity.NOTE < Severity.WARNING < Severity.ERROR
    error = RULE.at(None, "no", severity=Severity.ERROR)
    assert str(error) == "DEM001 error: no"
    assert has_errors([RULE.at(None, "hm"), error])
    assert not has_errors([RULE.at(None, "hm")])


def test_an_error_holds_every_finding() -> None:
    findings = [RULE.at(None, "one"), RULE.at(Span(0, 1), "two")]
    error = DiagnosticError(iter(findings))
    assert error.diagnostics == tuple(findings)
    assert str(error) == "DEM001 warning: one\nDEM001 warning: two"


def test_diagnostics_are_values() -> None:
    found = RULE.at(Span(0, 1), "so")
    assert isinstance(found, Diagnostic)
    assert found == RULE.at(Span(0, 1), "so")
    with pytest.raises(AttributeError):
        found.message = "other"  # type: ignore[misc] # the point
