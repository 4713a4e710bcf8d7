"""Findings that are kept for a reason."""

from __future__ import annotations

import time
import tomllib
from typing import Any

import pytest

from tests.conftest import CASES
from ttsprep.lint.linting import default_configuration, lint_source
from ttsprep.lint.model import Finding, Kind
from ttsprep.lint.suppression import read
from ttsprep.source import Source

WRITTEN = tomllib.loads((CASES / "lint" / "suppression.toml").read_text("utf-8"))["case"]
JUDGED = ("LNT", "SSM", "MDN004", "PAR", "TXT003")
"""What the cases are about; other rules may find more in them."""


def shown(findings: tuple[Finding, ...]) -> list[str]:
    return [
        f"{each.start.line if each.start else ''} {each.diagnostic.rule.code}"
        for each in findings
        if each.diagnostic.rule.code.startswith(JUDGED)
    ]


@pytest.mark.parametrize("case", WRITTEN, ids=[case["name"] for case in WRITTEN])
def test_what_is_left(case: dict[str, Any]) -> None:
    source = Source(case["text"].lstrip("\n"), case["file"])
    sidecar = Source(case["sidecar"], case["file"] + ".ttsprep") if "sidecar" in case else None
    result, beside = lint_source(source, default_configuration(), sidecar=sidecar)
    left = [*shown(result.findings), *(shown(beside.findings) if beside else [])]
    assert sorted(left) == sorted(case["left"])


def test_the_reason_is_kept() -> None:
    source = Source("<speak>你好。</sub><!-- ttsprep: ignore[SSM014] shown on purpose --></speak>", "a.ssml")
    result, _ = lint_source(source, default_configuration())
    assert [(each.diagnostic.rule.code, each.suppressed) for each in result.suppressed] == [
        ("SSM014", "shown on purpose")
    ]


HOSTILE = {
    "comments in one line": "<!-- ttsprep: ignore[SSM014] x -->" * 15_000,
    "comments in many lines": "<!-- ttsprep: ignore[SSM014] x -->\n" * 15_000,
    "comments that never end": "<!-- ttsprep: " * 40_000,
    "other comments around one": "<!--x-->" * 60_000 + "<!-- ttsprep: ignore[SSM014] x -->!",
    "blocks": "<!-- ttsprep: ignore-start[SSM014] x -->\n" * 12_000,
    "fences": "```\n<!-- ttsprep: ignore[SSM014] x -->\n```\n" * 8_000,
    "brackets": "<!-- ttsprep: ignore[" + "SSM014," * 20_000 + "] x -->",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("kind", [Kind.MARKDOWN, Kind.SSML])
def test_hostile_comments_are_read_in_good_time(text: str, kind: Kind) -> None:
    start = time.thread_time()
    read(Source(text), kind)
    assert time.thread_time() - start < 5
