"""Long SSML as several documents that say the same."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ssml_documents import broken, documents
from tests.ssml_oracle import faults
from ttsprep import catalog
from ttsprep.counting import count
from ttsprep.markup import is_speakable
from ttsprep.pipeline import prepare
from ttsprep.settings import TaskSettings
from ttsprep.ssml.hearing import Pause, Speech, heard
from ttsprep.ssml.splitting import split

CASES = tomllib.loads((Path(__file__).parent / "cases" / "ssml" / "split.toml").read_text("utf-8"))["case"]


@pytest.mark.rule("SSM-04")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_split(case: dict[str, Any]) -> None:
    cut = split(case["ssml"], case["limit"])
    assert [document.text.text for document in cut.documents] == case["documents"]
    found = [[one.rule.code, one.span.of(case["ssml"])] for one in cut.diagnostics if one.span]
    assert found == case.get("diagnostics", [])


def sound(*ssml: str) -> list[object]:
    """All that is heard of the documents one after the other, without the white space between words."""
    row: list[object] = []
    for item in (item for document in ssml for item in heard(document)):
        prosody = item.speak.prosody
        if isinstance(item, Pause):
            row.append((item.raw, prosody))
        elif not isinstance(item, Speech):
            row.append((item.src, prosody))
        elif item.alias or item.reading or item.interpret_as:
            row.append((item.text.strip(), item.written, item.reading, item.interpret_as, prosody))
        else:
            row += [(character, prosody) for character in item.text if character != " "]
    return row


LIMITS = st.sampled_from([2, 3, 5, 8, 13, 20, 40, 100])


@pytest.mark.rule("SSM-04", "TXT-01")
@settings(deadline=None)
@given(documents(), LIMITS)
def test_the_documents_say_what_the_original_says(ssml: str, limit: int) -> None:
    cut = split(ssml, limit)
    texts = [document.text.text for document in cut.documents]
    assert sound(*texts) == sound(ssml)
    assert all(document.text.replay(ssml) == document.text.text for document in cut.documents)
    assert [fault for text in texts for fault in faults(text.replace("<!-- c -->", ""))] == []
    too_long = [document for document in cut.documents if document.counted > limit]
    assert len(too_long) == sum(found.rule.code == "LEN003" for found in cut.diagnostics)


@pytest.mark.rule("FLW-12")
@settings(deadline=None)
@given(documents(), st.sampled_from([40, 60, 100]))
def test_each_document_has_something_to_speak(ssml: str, limit: int) -> None:
    texts = [document.text.text for document in split(ssml, limit).documents]
    marks = [text for text in texts if not is_speakable(text)]
    assert not marks or len(texts) == 1 or max(map(count, marks)) * 2 > limit  # a heap of marks longer than a task


@settings(deadline=None)
@given(broken(), LIMITS)
def test_nothing_raises_and_no_text_is_lost(ssml: str, limit: int) -> None:
    cut = split(ssml, limit)
    places = [document.source for document in cut.documents]
    assert places[0].start == 0 and places[-1].end == len(ssml)
    for before, after in pairwise(places):
        assert not ssml[before.end : after.start].strip()


def test_a_limit_takes_a_character() -> None:
    with pytest.raises(ValueError, match="limit of 1"):
        split("<speak/>", 1)


@pytest.mark.rule("SSM-04", "TXT-01")
def test_prepare_makes_tasks_of_it() -> None:
    ssml = '<speak volume="60">' + '今天天气很好。<break time="500ms"/>' * 4_000 + "</speak>"
    plan = prepare(ssml, TaskSettings(enable_ssml=True))
    assert plan.ok and [found.rule.code for found in plan.diagnostics] == ["LEN002"]
    assert [len(task.parts) for task in plan.tasks] == [1] * 3
    assert all(part.counted <= catalog.limits().instruction_text for part in plan.parts)
    assert sound(*(part.text for part in plan.parts)) == sound(ssml)
    assert plan.counted == count(ssml)
