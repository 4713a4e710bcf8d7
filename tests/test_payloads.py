"""Plans: within every limit, nothing lost, cut at sentence ends."""

from __future__ import annotations

import dataclasses
import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttsprep import catalog
from ttsprep.counting import count, count_plain
from ttsprep.markup import is_speakable
from ttsprep.payloads import PartStream, Plan, build
from ttsprep.pipeline import prepare
from ttsprep.sentences import split
from ttsprep.settings import TaskSettings

FROM_DOCS = Path(__file__).parent / "cases" / "from-docs"
PAGE_TASK_ID = "2bf83b9a-baeb-4fda-8d9a-000000000000"

SCRIPTS = st.lists(
    st.sampled_from(
        [
            "你好。",
            "好",
            "Hello, world. ",
            "——",
            "\n",
            "！",
            "3.14",
            " ",
            "a" * 12,
            "典当行，",
            "👍🏽",
            "，",
            "e\u0301" * 4,
            "「好。」",
        ]
    ),
    max_size=40,
).map("".join)


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> catalog.Limits:
    """Limits so small that short texts meet them all: 12 counted characters an instruction, 30 a task."""
    return _set_small_limits(monkeypatch)


def _set_small_limits(monkeypatch: pytest.MonkeyPatch) -> catalog.Limits:
    small = dataclasses.replace(catalog.limits(), instruction_text=12, task_text=30)
    monkeypatch.setattr(catalog, "limits", lambda: small)
    return small


def plan_of(text: str, settings: TaskSettings | None = None) -> Plan:
    return build(split(text), settings or TaskSettings())


def check_limits(plan: Plan, instruction: int, task: int) -> None:
    for task_plan in plan.tasks:
        assert task_plan.counted <= task
        for part in task_plan.parts:
            assert part.text
            assert part.counted == count_plain(part.text) <= instruction


@pytest.mark.rule("TXT-01", "TXT-02", "FLW-12")
@given(text=SCRIPTS)
def test_every_limit_holds_and_nothing_is_lost(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        limits = _set_small_limits(patch)
        plan = plan_of(text)
    check_limits(plan, limits.instruction_text, limits.task_text)
    assert "".join(part.text for part in plan.parts) == text
    assert plan.counted == count_plain(text)
    mute = [task for task in plan.tasks if not is_speakable("".join(part.text for part in task.parts))]
    reported = [found for found in plan.diagnostics if found.rule.name == "nothing-to-speak"]
    assert len(reported) == max(len(mute), 1 if not plan.tasks else 0)


@given(text=SCRIPTS)
def test_instructions_end_at_sentence_ends(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        limits = _set_small_limits(patch)
        plan = plan_of(text)
    sentences = split(text)
    ends, at = set(sentences.cuts), 0
    over_long = {
        position
        for start, end in pairwise(sentences.cuts)
        if count_plain(text[start:end]) > limits.instruction_text
        for position in range(start, end)
    }
    for part in plan.parts:
        at += len(part.text)
        assert at in ends or at in over_long


@given(text=SCRIPTS)
def test_spans_of_instructions_cover_the_source_in_order(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        _set_small_limits(patch)
        plan = plan_of(text)
    spans = [part.span for part in plan.parts if part.span is not None]
    assert [span.of(text) for span in spans] == [part.text for part in plan.parts]


@pytest.mark.rule("SSM-04")
@given(text=SCRIPTS)
def test_under_ssml_each_task_has_one_instruction(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        limits = _set_small_limits(patch)
        plan = plan_of(text, TaskSettings(enable_ssml=True))
    assert all(len(task.parts) == 1 for task in plan.tasks)
    check_limits(plan, limits.instruction_text, limits.instruction_text)


@pytest.mark.rule("FLW-09", "FLW-12", "TXT-01")
@given(text=SCRIPTS, sizes=st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_streamed_parts_are_the_text_and_every_part_but_the_last_can_be_spoken(text: str, sizes: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        limits = _set_small_limits(patch)
        stream, parts, at, turn = PartStream(), [], 0, 0
        while at < len(text):
            size = sizes[turn % len(sizes)]
            parts += stream.feed(text[at : at + size])
            at, turn = at + size, turn + 1
        parts += stream.close()
    assert "".join(part.text for part in parts) == text
    assert all(part.counted == count_plain(part.text) <= limits.instruction_text for part in parts)
    assert [part.span.of(text) for part in parts if part.span] == [part.text for part in parts]


def test_a_stream_gives_a_sentence_as_soon_as_it_is_complete() -> None:
    stream = PartStream()
    assert [part.text for part in stream.feed("床前明月光，疑是地上霜。举")] == ["床前明月光，疑是地上霜。"]
    assert [part.text for part in stream.feed("头望明月，低头思故乡。")] == []
    assert [(part.text, part.complete) for part in stream.close()] == [("举头望明月，低头思故乡。", True)]


@pytest.mark.rule("TXT-04")
def test_a_stream_counts_each_part_as_it_is_counted_on_the_wire() -> None:
    stream = PartStream()
    parts = [*stream.feed("<speak>你好。再见。"), *stream.feed("<break/>Bye."), *stream.close()]
    assert (parts[0].text, parts[0].counted) == ("<speak>你好。", 5)
    assert [part.counted for part in parts] == [count(part.text) for part in parts]


def test_a_stream_without_any_sentence_end_stays_small() -> None:
    stream, limit = PartStream(), catalog.limits().instruction_text
    parts = [part for _ in range(100) for part in stream.feed("word " * 500)]
    assert sum(part.counted for part in parts) > 100 * 2_500 - 2 * limit
    assert all(part.counted <= limit for part in parts)


@pytest.mark.rule("EXA-01", "RUN-02", "CON-01", "FIN-01")
def test_the_pages_own_instructions_come_out_of_a_plan() -> None:
    page = [
        json.loads((FROM_DOCS / f"{name}.json").read_text()) for name in ("run-task", "continue-task", "finish-task")
    ]
    parameters = {name: value for name, value in page[0]["payload"]["parameters"].items() if name != "text_type"}
    settings = TaskSettings(model=page[0]["payload"]["model"], **parameters)
    plan = prepare(page[1]["payload"]["input"]["text"], settings, syntax="text")
    rendered = [instruction.to_dict() for instruction in plan.tasks[0].instructions(PAGE_TASK_ID)]
    assert plan.ok
    assert rendered == page
    assert json.dumps(rendered[0]) == json.dumps(page[0])  # 1 stays 1, keys stay in order


@pytest.mark.rule("TXT-01", "TXT-02")
def test_the_documented_limits_are_those_that_act() -> None:
    text = "一二三四五六七八九。" * 20_000  # 19 counted a sentence
    plan = prepare(text, syntax="text")
    assert plan.ok and plan.counted == 380_000
    assert [task.counted for task in plan.tasks] == [199_994, 180_006]
    assert max(part.counted for part in plan.parts) == 19_988
    assert "several-tasks" in {found.rule.name for found in plan.diagnostics}


@pytest.mark.rule("TXT-01")
@pytest.mark.parametrize(
    ("text", "boundary"),
    [
        ("字" * 9_995 + "，" + "字" * 100 + "。", "，"),
        ("word " * 5_000, " "),
        ("字" * 9_998 + "1,234,567.89" + "字" * 50, "字"),
        ("字" * 9_997 + "👩‍👩‍👧‍👦" + "字" * 50, "字"),
        ("字" * 9_990 + "https://example.com/a?b=c" + "字" * 50, "字"),
    ],
    ids=["clause mark", "space", "number", "grapheme", "address"],
)
def test_an_over_long_sentence_is_cut_where_it_hurts_least(text: str, boundary: str) -> None:
    plan = prepare(text, syntax="text")
    first, second = list(plan.parts)[:2]
    assert plan.ok and "sentence-cut" in {found.rule.name for found in plan.diagnostics}
    assert first.text.endswith(boundary)
    assert not second.text.startswith(("，", ",", ".", "\u200d"))
    assert "".join(part.text for part in plan.parts) == text


def test_a_plan_knows_its_price() -> None:
    plan = prepare(
        "你好。", TaskSettings(region="beijing", model="cosyvoice-v3-flash", voice="longanyang"), syntax="text"
    )
    assert plan.price is not None and plan.cost == plan.price.of(5)
    cloned = prepare("你好。", TaskSettings(model="my-own-model", voice="my-voice"), syntax="text")
    assert cloned.price is None and cloned.cost is None and cloned.ok


@pytest.mark.parametrize("text", ["", "\n\n", "——……", "👍", "<!-- nothing -->"])
def test_a_script_with_nothing_to_say_is_an_error(text: str) -> None:
    plan = prepare(text)
    assert not plan.ok
    assert "PAY001" in {found.rule.code for found in plan.diagnostics}


@pytest.mark.parametrize("line", ["- \n", "——\n", "一句话。", "a", "\n"])
def test_a_stream_of_parts_takes_linear_time(line: str) -> None:
    def seconds(lines: int) -> float:
        stream, begun = PartStream(), time.thread_time()
        for _ in range(lines):
            stream.feed(line)
        stream.close()
        return time.thread_time() - begun

    assert min(seconds(8_000) for _ in range(2)) < 6 * max(0.1, min(seconds(4_000) for _ in range(3)))


def test_hostile_texts_take_linear_time(small_limits: catalog.Limits) -> None:
    for text in ("\n" * 50_000, "—" * 50_000, "。" * 50_000, "a" * 50_000, "！\n" * 25_000):
        plan = plan_of(text)
        assert "".join(part.text for part in plan.parts) == text
