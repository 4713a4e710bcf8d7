"""What the service answered, explained."""

from __future__ import annotations

import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ttsprep
from tests.conftest import CASES
from ttsprep import catalog
from ttsprep.diagnostics import Rule
from ttsprep.explaining import explain, explain_close, explain_error, explain_status, facts, nearest, nearest_code
from ttsprep.rules import all_rules


def cases(name: str) -> list[tuple[str, ...]]:
    with (CASES / name).open(encoding="utf-8", newline="") as table:
        return [tuple(row) for row in csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]


@pytest.mark.parametrize(("said", "explained"), cases("explain.tsv"))
def test_cases(said: str, explained: str) -> None:
    assert [found.id for found in explain(said)] == explained.split()


def name_of(fact: catalog.ServiceError | catalog.ApiRule | Rule) -> str:
    return fact.code if isinstance(fact, Rule) else fact.id


@pytest.mark.parametrize(("said", "known"), cases("explain-facts.tsv"))
def test_facts_of_a_text(said: str, known: str) -> None:
    assert [name_of(fact) for fact in facts(said)] == ([] if known == "-" else known.split())


@pytest.mark.parametrize("code", [*catalog.api_rules(), *all_rules()])
def test_every_code_is_known_in_any_case_and_by_its_neighbour(code: str) -> None:
    for written in (code, code.lower(), f"see {code}.", f"({code.title()})"):
        assert [name_of(fact) for fact in facts(written)] == [code]
    assert nearest_code(code[1] + code[0] + code[2:]) is not None


@pytest.mark.parametrize("error", catalog.errors(), ids=lambda error: error.id)
def test_every_failure_is_known_by_its_words_its_codes_and_its_numbers(error: catalog.ServiceError) -> None:
    assert [found.id for found in explain(error.says)] == [error.id]
    event = {"header": {"event": "task-failed", "error_code": "InvalidParameter", "error_message": error.says}}
    assert error.id in [found.id for found in explain(json.dumps(event, indent=1))]
    for code in error.error_codes:
        assert [found.id for found in explain(f"error_code: {code}, nothing else")] == [error.id]
        found = explain_error(code)
        assert found is not None and found.id == error.id
    for close in error.close_codes:
        closed = explain_close(close)
        assert closed is not None and closed.id == error.id
        assert [found.id for found in explain(f"connection closed with code {close}")] == [error.id]
    for status in error.http_statuses:
        refused = explain_status(status)
        assert refused is not None and refused.id == error.id
        assert [found.id for found in explain(f"server rejected WebSocket connection: HTTP {status}")] == [error.id]


def test_no_two_failures_share_a_name_or_number() -> None:
    for names in ("error_codes", "close_codes", "http_statuses"):
        every = [name for error in catalog.errors() for name in getattr(error, names)]
        assert len(every) == len(set(every))
    assert len({error.id for error in catalog.errors()}) == len(catalog.errors())
    engines = [error.engine_code for error in catalog.errors() if error.engine_code]
    assert len(engines) == len(set(engines))


@pytest.mark.rule("EVT-06")
def test_the_message_is_more_particular_than_the_code() -> None:
    found = explain_error("InvalidParameter", "[tts:]Engine return error code: 418")
    assert found is not None and found.id == "voice-not-of-model" and not found.retry
    unknown = explain_error("InvalidParameter", "something new")
    assert unknown is not None and unknown.id == "invalid-parameter"
    assert explain_error("SomethingNew", "something new") is None
    assert explain_error("Throttling.RateQuota", "") == explain_status(429)


def test_the_reason_is_more_particular_than_the_close_code() -> None:
    found = explain_close(1007, "task can not be null")
    assert found is not None and found.id == "no-input"
    assert explain_close(1007, "whatever") == explain_close(1007)
    assert explain_close(4999) is None
    assert explain_status(418) is None


@pytest.mark.rule("HDR-08")
def test_a_refused_key_is_explained_with_the_four_checks() -> None:
    found = explain_status(401)
    assert found is not None
    for check in ("one space", "active and authorised for CosyVoice", "sent in the handshake", "another HTTP API"):
        assert check in found.remedy


def test_words_of_real_clients() -> None:
    from websockets.datastructures import Headers
    from websockets.exceptions import ConnectionClosedError, InvalidStatus
    from websockets.frames import Close
    from websockets.http11 import Response

    refused = InvalidStatus(Response(401, "Unauthorized", Headers()))
    assert [found.id for found in explain(repr(refused) + str(refused))] == ["bad-key"]
    closed = ConnectionClosedError(Close(1007, "Invalid payload data"), Close(1007, ""), True)
    assert [found.id for found in explain(str(closed))] == ["refused-message", "invalid-payload"]
    lost = ConnectionClosedError(None, None)
    assert [found.id for found in explain(str(lost))] == ["connection-lost"]


def test_what_is_like_something_unknown() -> None:
    assert [found.id for found in nearest("request time-out after twenty seconds")][:1] == ["text-timeout"]
    assert nearest("") == [] == nearest("絶対に知らない")


@given(st.text(max_size=200))
def test_any_text_is_explained_or_not(text: str) -> None:
    assert len(explain(text)) <= len(catalog.errors())
    assert explain(text) == [fact for fact in facts(text) if isinstance(fact, catalog.ServiceError)]
    assert len(nearest(text)) <= 3


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 100_000,
        "close " * 30_000,
        "1" * 100_000,
        "InvalidStatus " * 20_000,
        "\\u00" * 50_000,
        "PAR" * 50_000,
        "PAR006 FLW-02 " * 20_000,
        "41 " * 50_000,
    ],
)
def test_long_texts_end_quickly(text: str) -> None:
    assert isinstance(facts(text), list) and isinstance(nearest_code(text), str | None)


def test_the_function_is_not_hidden_by_its_module() -> None:
    assert [found.id for found in ttsprep.explain(418)] == ["voice-not-of-model"]
