"""Events are read tolerantly, instructions strictly: the API page's own examples, captures, and mutations as data."""

from __future__ import annotations

import copy
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emulating import put
from ttsprep.protocol import (
    ContinueTask,
    FinishTask,
    Ignored,
    Kind,
    ResultGenerated,
    RunTask,
    TaskFailedEvent,
    TaskFinished,
    TaskStarted,
    Word,
    parse_event,
    parse_instruction,
)

CASES = Path(__file__).parent / "cases"
EVENTS = tomllib.loads((CASES / "protocol" / "events.toml").read_text("utf-8"))["case"]
MUTATIONS = tomllib.loads((CASES / "protocol" / "mutations.toml").read_text("utf-8"))["case"]
ID = "2bf83b9a-baeb-4fda-8d9a-xxxxxxxxxxxx"
ZEROS = ID.replace("x", "0")


def page(name: str) -> str:
    return (CASES / "from-docs" / f"{name}.json").read_text("utf-8")


@pytest.mark.rule("EXA-01", "EVT-01", "EVT-02", "EVT-03", "EVT-04", "EVT-05", "EVT-06")
@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("task-started", TaskStarted(ID)),
        (
            "result-generated-words",
            ResultGenerated("3f39be22-efbd-4844-91d5-xxxxxxxxxxxx", 0, (Word("bed", 0, 1, 280, 640),)),
        ),
        ("result-generated", ResultGenerated("3f2d5c86-0550-45c0-801f-xxxxxxxxxx", 0, (), 11)),
        ("task-finished", TaskFinished(ID, attributes={"request_uuid": "0a9dba9e-d3a6-45a4-be6d-xxxxxxxxxxxx"})),
        ("task-failed", TaskFailedEvent(ID, "InvalidParameter", "[tts:]Engine return error code: 418")),
    ],
)
def test_the_events_of_the_api_page(name: str, event: Any) -> None:
    text = page(f"event-{name}")
    assert parse_event(text) == event
    assert json.loads(event.to_json()) == json.loads(text), "what the emulator sends is what the page shows"


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["name"], marks=[pytest.mark.rule(*case["rules"])]) for case in EVENTS]
)
def test_events_that_differ_from_the_page(case: dict[str, Any]) -> None:
    wanted = case["reads"]
    if wanted == "refused":
        with pytest.raises(ValueError, match=r"."):
            parse_event(case["frame"])
        return
    event: Any = parse_event(case["frame"])
    if wanted == "ignored":
        assert isinstance(event, Ignored)
        assert event.raw == json.loads(case["frame"])
        return
    assert event.name == wanted["event"]
    assert event.task_id == wanted.get("task_id", "t")
    expected: dict[str, Any] = {
        "characters": None,
        "index": None,
        "words": [],
        "kind": "",
        "original_text": "",
        "request_uuid": "",
    }
    for field, absent in expected.items():
        if hasattr(event, field):
            found = getattr(event, field)
            found = [word.text for word in found] if field == "words" else found
            assert found == wanted.get(field, absent), field
    for field in ("error_code", "error_message"):
        assert getattr(event, field, "") == wanted.get(field, "")


@pytest.mark.rule("EVT-07")
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["output", "sentence"]), inner),
        max_leaves=12,
    ),
    st.sampled_from(["task-started", "result-generated", "task-finished", "task-failed", "other"]),
)
def test_no_payload_breaks_the_reader(payload: Any, name: str) -> None:
    frame = json.dumps({"header": {"event": name, "task_id": "t", "attributes": payload}, "payload": payload})
    event = parse_event(frame)
    assert isinstance(event, Ignored) == (name == "other")


# --- instructions


@pytest.mark.rule("EXA-01", "RUN-01", "RUN-02", "RUN-03", "CON-01", "FIN-01")
@pytest.mark.parametrize(
    ("name", "instruction"),
    [
        (
            "run-task",
            RunTask(
                ZEROS,
                "cosyvoice-v3-flash",
                {
                    "text_type": "PlainText",
                    "voice": "longanyang",
                    "format": "mp3",
                    "sample_rate": 22050,
                    "volume": 50,
                    "rate": 1,
                    "pitch": 1,
                },
            ),
        ),
        (
            "continue-task",
            ContinueTask(ZEROS, "Before my bed, moonlight shines bright, I suspect it's frost upon the ground."),
        ),
        ("finish-task", FinishTask(ZEROS)),
    ],
)
def test_the_instructions_of_the_api_page(name: str, instruction: Any) -> None:
    text = page(name)
    assert parse_instruction(text) == (instruction, [])
    assert json.loads(instruction.to_json()) == json.loads(text)
    assert list(instruction.to_dict()["payload"]) == list(json.loads(text)["payload"]), "in the page's order"
    assert list(instruction.to_dict()["header"]) == ["action", "task_id", "streaming"]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{case['instruction']} {case['change']}", marks=[pytest.mark.rule(*case["rules"])])
        for case in MUTATIONS
    ],
)
def test_mutations(case: dict[str, Any]) -> None:
    body = json.loads(page(case["instruction"]))
    for path, value in case["change"].items():
        put(body, path, None if value == "(none)" else value)
    instruction, departures = parse_instruction(json.dumps(body))
    assert [(departure.kind.name, departure.field) for departure in departures] == [
        tuple(pair) for pair in case["finds"]
    ]
    assert (instruction is None) == case.get("unreadable", False)
    for departure in departures:
        assert set(departure.kind.rules) & set(case["rules"])
        assert departure.kind.title in str(departure)


@pytest.mark.rule("RUN-01")
@pytest.mark.parametrize(
    ("frame", "kind"),
    [
        (b"{}", Kind.BINARY_FRAME),
        (b"", Kind.BINARY_FRAME),
        ("", Kind.NOT_JSON),
        ("null", Kind.NOT_JSON),
        ("[{}]", Kind.NOT_JSON),
        ('{"header": Infinity}', Kind.NOT_JSON),
        ('{"header": {}} trailing', Kind.NOT_JSON),
        ("[" * 100_000, Kind.NOT_JSON),
        ("{}", Kind.ACTION),
        ('{"header": "run-task"}', Kind.ACTION),
        ('{"header": {"action": ["run-task"]}}', Kind.ACTION),
        ('{"header": {"action": "task-started"}}', Kind.ACTION),
    ],
)
def test_frames_that_are_no_instruction(frame: str | bytes, kind: Kind) -> None:
    instruction, departures = parse_instruction(frame)
    assert instruction is None
    assert [departure.kind for departure in departures] == [kind]


def paths(body: Any, at: str = "") -> list[str]:
    """Every field of an instruction by its dotted path."""
    if not isinstance(body, dict):
        return []
    inner = [(f"{at}.{name}".lstrip("."), value) for name, value in body.items()]
    return [path for path, _ in inner] + [path for name, value in inner for path in paths(value, name)]


@pytest.mark.rule("RUN-02", "CON-01", "FIN-01", "FLW-07")
@pytest.mark.parametrize("name", ["run-task", "continue-task", "finish-task"])
def test_every_field_of_the_examples_is_needed(name: str) -> None:
    body = json.loads(page(name))
    for path in paths(body):
        if path.startswith("payload.parameters"):
            continue
        changed = copy.deepcopy(body)
        put(changed, path, None)
        assert parse_instruction(json.dumps(changed))[1], f"{path} may be left out"
        put(changed, path, 5)
        assert parse_instruction(json.dumps(changed))[1], f"{path} may be a number"
    put(body, "payload.surprise", {})
    assert [departure.kind for departure in parse_instruction(json.dumps(body))[1]] == [Kind.UNEXPECTED_FIELD]


@given(st.text(), st.sampled_from(["plain", "escaped"]))
def test_any_text_comes_through(text: str, form: str) -> None:
    frame = ContinueTask(ZEROS, text).to_json()
    if form == "escaped":
        frame = json.dumps(json.loads(frame))
    assert parse_instruction(frame) == (ContinueTask(ZEROS, text), [])
