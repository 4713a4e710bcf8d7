"""Mapped text against a naive model that keeps one entry for each character."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttsprep.diagnostics import Span
from ttsprep.mapped import Builder, Kind, MappedText

SOURCE = "The quick 狐狸 jumps 𠀀 over.\r\n" * 4

steps = st.lists(
    st.tuples(st.sampled_from(Kind), st.integers(0, 3), st.integers(0, 4), st.text("xyz。", max_size=3)), max_size=12
)
Entry = tuple[str, int, int, int]
"""A character, the number of its piece, and the source span it stands for."""


def made(plan: list[tuple[Kind, int, int, str]]) -> tuple[MappedText, list[Entry]]:
    """A text by the builder, and the same by hand."""
    build, model, at = Builder(), list[Entry](), 0
    for number, (kind, skip, size, text) in enumerate(plan):
        start = min(at + skip, len(SOURCE))
        end = min(start + size, len(SOURCE))
        if kind is Kind.VERBATIM:
            build.verbatim(SOURCE[start:end], start)
            model += [(SOURCE[i], number, i, i + 1) for i in range(start, end)]
        elif kind is Kind.REPLACED:
            build.replaced(text, start, end)
            model += [(character, number, start, end) for character in text]
        else:
            end = start
            build.inserted(text, start)
            model += [(character, number, start, start) for character in text]
        at = end
    return build.build(), model


def span_of(model: list[Entry], a: int, b: int) -> Span:
    return Span(model[a][2], model[b - 1][3])


@given(steps, st.integers(0, 40), st.integers(0, 40))
def test_slices_know_their_source(plan: list[tuple[Kind, int, int, str]], a: int, b: int) -> None:
    text, model = made(plan)
    assert text.text == "".join(entry[0] for entry in model)
    assert text.replay(SOURCE) == text.text
    a, b = sorted((min(a, len(model)), min(b, len(model))))
    part = text[a:b]
    assert (part.text, len(part)) == (text.text[a:b], b - a)
    assert part.replay(SOURCE) == part.text
    if a < b:
        assert text.source_span(a, b) == part.source_span(0, b - a) == span_of(model, a, b)
    for piece in part.pieces():
        assert piece.text == part.text[piece.output.start : piece.output.end]
        if piece.kind is Kind.VERBATIM:
            assert piece.source.of(SOURCE) == piece.text


@given(steps)
def test_pieces_cover_the_text_and_sources_ascend(plan: list[tuple[Kind, int, int, str]]) -> None:
    text, _ = made(plan)
    pieces = list(text.pieces())
    assert [piece.output.start for piece in pieces] == [0, *(piece.output.end for piece in pieces)][: len(pieces)]
    for before, after in pairwise(pieces):
        assert before.source.start <= after.source.start
        assert before.source.end <= after.source.end
    assert all(piece.text for piece in pieces)


@given(steps, st.lists(st.integers(0, 40), max_size=6))
def test_cutting_and_joining_changes_nothing(plan: list[tuple[Kind, int, int, str]], places: list[int]) -> None:
    text, _ = made(plan)
    cuts = [0, *sorted(min(place, len(text)) for place in places), len(text)]
    parts = [text[a:b] for a, b in pairwise(cuts)]
    assert MappedText.concat(parts) == text
    assert text.source_spans(cuts) == [text.source_span(a, b) for a, b in pairwise(cuts)]


@given(steps, st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4), st.text("!?", max_size=2)), max_size=5))
def test_edits(plan: list[tuple[Kind, int, int, str]], wanted: list[tuple[int, int, str]]) -> None:
    text, model = made(plan)
    edits, at = [], 0
    for skip, size, replacement in wanted:
        start = min(at + skip, len(text))
        at = min(start + size, len(text))
        edits.append((start, at, replacement))
    edited = text.edit(edits)
    expected, at = "", 0
    for start, end, replacement in edits:
        expected += text.text[at:start] + replacement
        at = end
    assert edited.text == expected + text.text[at:]
    assert edited.replay(SOURCE) == edited.text
    kept = [piece for piece in edited.pieces() if piece.kind is Kind.VERBATIM]
    assert all(piece.source.of(SOURCE) == piece.text for piece in kept)
    assert len(model) == len(text)


def test_an_edit_stands_for_what_it_covers() -> None:
    edited = MappedText.verbatim("1 + 1", 7).edit([(0, 0, "so "), (2, 3, "plus")])
    assert [(p.kind, p.text, p.source) for p in edited.pieces()] == [
        (Kind.INSERTED, "so ", Span(7, 7)),
        (Kind.VERBATIM, "1 ", Span(7, 9)),
        (Kind.REPLACED, "plus", Span(9, 10)),
        (Kind.VERBATIM, " 1", Span(10, 12)),
    ]


def test_neighbouring_slices_join_without_copying_pieces() -> None:
    text = MappedText.verbatim("abcdef")
    joined = MappedText.concat([text[:2], text[2:4], text[4:]])
    assert joined == text
    assert len(list(joined.pieces())) == 1


def test_an_empty_range_has_a_place() -> None:
    text = MappedText.verbatim("abc", 5)
    assert text.source_span(1, 1) == Span(6, 6)
    assert text[3:].source_span(0, 0) == Span(8, 8)
    assert MappedText.verbatim("").source_span(0, 0) == Span(0, 0)


@pytest.mark.parametrize("edits", [[(2, 1, "x")], [(1, 3, "x"), (2, 3, "y")], [(0, 9, "x")]])
def test_edits_out_of_order_are_refused(edits: list[tuple[int, int, str]]) -> None:
    with pytest.raises(ValueError, match="out of order or outside"):
        MappedText.verbatim("abc").edit(edits)


def test_sources_never_run_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        MappedText.concat([MappedText.verbatim("b", 5), MappedText.verbatim("a", 1)])
    build = Builder()
    build.replaced("x", 0, 9)
    build.verbatim("a", 2)
    with pytest.raises(ValueError, match="backwards"):
        build.build()


def test_a_stride_and_a_place_outside_are_refused() -> None:
    text = MappedText.verbatim("abc")
    with pytest.raises(ValueError, match="strided"):
        text[::2]
    with pytest.raises(ValueError, match="outside"):
        text.source_span(0, 4)


def test_equality_and_hash_go_by_text_and_source() -> None:
    assert MappedText.verbatim("a") == MappedText.verbatim("a")
    assert MappedText.verbatim("a") != MappedText.verbatim("a", 1)
    assert hash(MappedText.verbatim("a")) == hash(MappedText.verbatim("a"))
    assert MappedText.verbatim("a") != "a"
    assert not MappedText.verbatim("")
