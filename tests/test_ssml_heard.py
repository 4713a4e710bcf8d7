"""What a listener hears of SSML, and the spoken text with its source."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ssml_documents import broken, documents
from ttsprep.counting import count, count_plain
from ttsprep.mapped import Kind
from ttsprep.ssml.hearing import Item, Pause, Prosody, Sound, Speech, heard
from ttsprep.ssml.spoken import text, text_in_wholes

FOLDER = Path(__file__).parent / "cases" / "ssml"
HEARD = tomllib.loads((FOLDER / "heard.toml").read_text("utf-8"))
TEXTS = tomllib.loads((FOLDER / "text.toml").read_text("utf-8"))["case"]


def told(items: tuple[Item, ...]) -> list[str]:
    """The items as the cases write them."""
    lines: list[str] = []
    for before, item in zip((None, *items), items, strict=False):
        lines += ["|"] * (before is not None and before.speak is not item.speak)
        lines.append(tell(item))
    return lines


def tell(item: Item) -> str:
    if isinstance(item, Sound):
        return f"sound {item.src}"
    if isinstance(item, Pause):
        return f"pause {item.milliseconds}" + (f" of {item.raw}" if item.raw > item.milliseconds else "")
    how = f" (for {item.written})" if item.alias else ""
    how += f" ({item.alphabet} {item.reading})" if item.reading else ""
    return item.text + how + (f" (as {item.interpret_as})" if item.interpret_as else "")


@pytest.mark.parametrize("case", HEARD["case"], ids=lambda case: case["about"])
def test_heard(case: dict[str, Any]) -> None:
    assert told(heard(case["ssml"])) == case["heard"]


@pytest.mark.parametrize("case", HEARD["prosody"], ids=lambda case: case["ssml"][:40])
def test_prosody(case: dict[str, Any]) -> None:
    (item,) = heard(case["ssml"])
    said = {name: getattr(item.speak.prosody, name) for name in Prosody.__dataclass_fields__}
    assert {name: str(value) for name, value in said.items() if value not in (None, "", ())} == case["values"]


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case["ssml"][:40])
def test_text(case: dict[str, Any]) -> None:
    ssml, mapped = case["ssml"], text(case["ssml"])
    assert str(mapped) == case["text"]
    assert str(text(ssml, sub="text")) == case["as_text"]
    for part, source in case["source"].items():
        at = mapped.text.index(part)
        assert mapped.source_span(at, at + len(part)).of(ssml) == source


def test_only_two_ways_to_read_a_sub() -> None:
    with pytest.raises(ValueError, match="alias, text"):
        text("<speak/>", sub="both")  # type: ignore[arg-type]  # that is the point


def joined(ssml: str) -> str:
    """What is heard, put together as the spoken text promises."""
    parts: list[str] = []
    gap = ""
    speak = None
    for item in heard(ssml):
        if isinstance(item, Speech):
            gap = "\n" if speak is not None and item.speak is not speak else gap
            parts += [gap if parts else "", item.text]
            gap, speak = "", item.speak
        else:
            gap = " "
    return "".join(parts)


@settings(deadline=None)
@given(documents())
def test_text_and_heard_agree(ssml: str) -> None:
    assert str(text(ssml)) == str(text_in_wholes(ssml)[0]) == joined(ssml)


@pytest.mark.rule("TXT-04")
@settings(deadline=None)
@given(documents())
def test_what_counts_is_never_less_than_what_is_written_for_readers(ssml: str) -> None:
    """Blanks for pauses and ends of speaks are ours: they count nothing."""
    mapped = text(ssml, sub="text")
    ours = sum(len(piece.text) for piece in mapped.pieces() if piece.kind is Kind.INSERTED)
    assert count_plain(mapped.text) - ours <= count(ssml)


@settings(deadline=None)
@given(st.one_of(broken(), st.text("<>/&;\"'= \nspeakbr!-[]CDATA#x1", max_size=60)))
def test_nothing_raises(ssml: str) -> None:
    for item in heard(ssml):
        assert item.span.end <= len(ssml)
    for mapped in (text(ssml), text(ssml, sub="text")):
        assert mapped.replay(ssml) == mapped.text
    assert len(text_in_wholes(ssml)[0]) <= len(ssml) * 3
