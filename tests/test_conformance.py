"""Every rule of the API page that binds code has a test, and no test claims a rule that does not exist."""

from __future__ import annotations

import pytest

from tests import conformance


@pytest.fixture(scope="module")
def covered() -> dict[str, list[str]]:
    return conformance.coverage()


def test_every_rule_that_binds_code_has_a_test(covered: dict[str, list[str]]) -> None:
    bare = [rule["id"] for rule in conformance.rules() if rule["where"] != "docs" and rule["id"] not in covered]
    assert bare == []


def test_no_test_names_an_unknown_rule(covered: dict[str, list[str]]) -> None:
    assert set(covered) - {rule["id"] for rule in conformance.rules()} == set()


def test_the_conformance_page_is_fresh(covered: dict[str, list[str]]) -> None:
    assert conformance.PAGE.read_text("utf-8") == conformance.page(covered), "run: python -m tests.conformance"
