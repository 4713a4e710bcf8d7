"""Sentences: cases as data, scores on gold data, and the properties of split, stream and cut."""

from __future__ import annotations

import dataclasses
import json
import re
import time
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import CASES
from ttsprep.counting import count_plain
from ttsprep.diagnostics import Span
from ttsprep.mapped import Builder, MappedText
from ttsprep.sentences import LANGUAGES, Options, Reason, Segment, SentenceStream, cut, explain, split


def cases() -> Iterator[Any]:
    for path in sorted((CASES / "sentences").glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                yield pytest.param(path.stem, line.replace("↵", "\n"), id=f"{path.stem}: {line[:30]}")


@pytest.mark.parametrize(("language", "marked"), list(cases()))
def test_where_sentences_end(language: str, marked: str) -> None:
    expected = [part for part in marked.split("¦") if part]
    text = marked.replace("¦", "")
    assert split(text).texts() == expected
    assert split(text, language=language).texts() == expected


def test_segments_are_made_when_asked_for() -> None:
    segments = split("一。二！three, four")
    assert len(segments) == 3
    assert segments[0].text == "一。"
    assert segments[-1].text == "three, four"
    assert [segment.text for segment in segments[1:]] == ["二！", "three, four"]
    assert list(segments.cuts) == [0, 2, 4, 15]
    with pytest.raises(IndexError):
        segments[3]


def test_an_empty_text_has_no_segments() -> None:
    segments = split("")
    assert (len(segments), list(segments), list(segments.cuts)) == (0, [], [0])


@pytest.mark.rule("FLW-03")
def test_why_a_segment_ended() -> None:
    segments = list(split("一。\n二\n三"))
    assert [segment.reason for segment in segments] == [Reason.TERMINATOR, Reason.NEWLINE, Reason.END]
    assert [segment.complete for segment in segments] == [True, False, False]


def test_a_segment_knows_its_source() -> None:
    build = Builder()
    build.verbatim("你好", 2)
    build.inserted("。", 4)
    build.verbatim("再见。", 6)
    first, second = split(build.build())
    assert (first.text, first.source, first.start, first.end) == ("你好。", Span(2, 4), 0, 3)
    assert (second.text, second.source, second.start, second.end) == ("再见。", Span(6, 9), 3, 6)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="'xx'"):
        split("a", language="xx")
    with pytest.raises(ValueError, match="'xx'"):
        SentenceStream(language="xx")


def test_a_language_sharpens_rules() -> None:
    assert len(split("Er kam als 3. Mann. Gut.", language="de")) == 2
    assert len(split("I have 3. Mann came.", language="en")) == 2


# --- options


def option_cases() -> Iterator[Any]:
    for case in tomllib.loads((CASES / "sentences" / "options.toml").read_text("utf-8"))["case"]:
        marked = case.pop("text")
        yield pytest.param(marked, case, id=f"{case}: {marked[:30]}")


@pytest.mark.parametrize(("marked", "given"), list(option_cases()))
def test_what_options_do(marked: str, given: dict[str, Any]) -> None:
    expected = [part for part in marked.split("¦") if part]
    assert split(marked.replace("¦", ""), Options(**given)).texts() == expected


def test_pieces_say_why_they_end() -> None:
    pieces = split("Yes, it does. It costs 5 dollars. OK", Options(maximum=16))
    assert [(piece.text, piece.reason, piece.complete) for piece in pieces] == [
        ("Yes, it does. ", Reason.TERMINATOR, True),
        ("It costs 5 ", Reason.LENGTH, False),
        ("dollars. ", Reason.TERMINATOR, True),
        ("OK", Reason.END, False),
    ]


def test_a_segmenter_keeps_words_whole() -> None:
    def pairs(text: str) -> list[str]:
        return [text[at : at + 2] for at in range(0, len(text), 2)]

    text = "上海自来水来自海上"
    assert split(text, Options(maximum=7)).texts() == ["上海自", "来水来", "自海上"]
    assert split(text, Options(maximum=7, segmenter=pairs)).texts() == ["上海", "自来", "水来", "自海上"]
    with pytest.raises(ValueError, match="segmenter"):
        split(text, Options(maximum=7, segmenter=lambda _text: ["x"]))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"maximum": 1}, "maximum of 1"),
        ({"first": 0}, "first of 0"),
        ({"minimum": -1}, "below 0"),
        ({"minimum": 9, "maximum": 8}, "above maximum 8"),
    ],
)
def test_lengths_that_cannot_be_are_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Options(**given)


def test_the_language_is_given_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        split("a", Options("de"), language="de")


def test_an_eager_stream_gives_a_chinese_sentence_at_its_mark() -> None:
    stream = SentenceStream(Options(eager=True))
    assert [s.text for s in stream.feed("他走了。")] == ["他走了。"]
    assert stream.feed("她说：“好。") == []
    assert [s.text for s in stream.feed("”再见。")] == ["她说：“好。”", "再见。"]
    assert stream.close() == []


def test_a_first_piece_comes_before_its_sentence_ends() -> None:
    stream = SentenceStream(Options(first=12, minimum=20))
    found = [s.text for token in re.findall(r"\s?\S+", WORDS) for s in stream.feed(token)]
    assert found[0] == "one two "
    assert all(len(text) >= 20 for text in found[1:])


WORDS = "one two three four five six seven eight nine ten. One two three four five six. Seven. Eight nine. On"


def test_an_explanation_says_what_was_decided() -> None:
    text = "Dr. No met J. K. Rowling at 5 p.m. on Jan. 5. He left."
    told = list(explain(text))
    assert [decision.end for decision in told if decision.end] == split(text).cuts.tolist()[1:]
    assert {text[decision.at] for decision in told} == {"."}
    assert all(decision.why and not decision.why[0].isupper() for decision in told)


# --- streams

HOSTILE: list[str] = json.loads((CASES / "sentences" / "hostile.json").read_text("utf-8"))
texts = st.lists(st.sampled_from(HOSTILE), max_size=24).map("".join)
chunk_sizes = st.lists(st.integers(1, 7), min_size=1)
lengths = st.sampled_from(
    [
        {},
        {},
        {"maximum": 10},
        {"minimum": 15},
        {"minimum": 12, "maximum": 30},
        {"first": 4, "minimum": 10, "maximum": 16},
    ]
)
options = st.builds(
    lambda language, eager, glued, wrapped, limits: Options(language, eager, glued, wrapped, **limits),
    st.sampled_from([None, None, *LANGUAGES]), st.booleans(), st.booleans(), st.booleans(), lengths,
)  # fmt: skip


def streamed(text: str, sizes: list[int], given: Options, mapped: bool) -> list[Segment]:
    stream, found, at, turn = SentenceStream(given), list[Segment](), 0, 0
    while at < len(text):
        chunk = text[at : at + sizes[turn % len(sizes)]]
        found += stream.feed(MappedText.verbatim(chunk, at) if mapped else chunk)
        at, turn = at + len(chunk), turn + 1
    return found + stream.close()


def facts(segment: Segment) -> tuple[str, int, Span, Reason]:
    return segment.text, segment.start, segment.source, segment.reason


@settings(max_examples=600, deadline=None)
@given(texts, chunk_sizes, options, st.booleans())
@example(')Mretc"?中Oktober中..."他U.S，', [1], Options(), False)
@example("end.\xa0．...5 A 2. Ix", [1], Options(maximum=10), False)
def test_a_stream_gives_what_the_whole_gives(text: str, sizes: list[int], given: Options, mapped: bool) -> None:
    whole = [facts(segment) for segment in split(text, given)]
    assert "".join(part for part, *_ in whole) == text
    assert [facts(segment) for segment in streamed(text, sizes, given, mapped)] == whole


@settings(max_examples=600, deadline=None)
@given(texts, options)
def test_plain_marks_are_decided_as_the_rules_do(text: str, given: Options) -> None:
    """An explanation asks the rules at every mark, a split only where letters alone do not tell."""
    given = dataclasses.replace(given, maximum=None, minimum=0, first=None)
    ends = [decision.end for decision in explain(text, given) if decision.end]
    assert [end for end in split(text, given).cuts[1:] if end in ends or end < len(text)] == ends


@settings(max_examples=200, deadline=None)
@given(texts, st.integers(2, 30), st.integers(0, 30))
def test_pieces_keep_their_lengths(text: str, maximum: int, minimum: int) -> None:
    pieces = split(text, Options(maximum=maximum, minimum=min(minimum, maximum))).texts()
    assert "".join(pieces) == text
    assert all(count_plain(piece) <= maximum for piece in pieces)


def test_a_stream_takes_one_kind_of_chunk_until_it_is_closed() -> None:
    stream = SentenceStream()
    stream.feed("a")
    with pytest.raises(TypeError):
        stream.feed(MappedText.verbatim("b", 1))
    assert [segment.text for segment in stream.close()] == ["a"]
    assert stream.close() == []
    with pytest.raises(ValueError, match="closed"):
        stream.feed("c")


ADVERSARIAL = [
    ".", "!?", "5. ", '"', '。"', " ", "\n", "a.", "Mr. ", "U.S. ", "…", "」", "。」と", " »", ".\u00a0", '"a.', "《！",
    "！😊", "“。", ".[1]", "2024. ", "<", "<a", '<a "', "$", "$a", "$$", "\\(", "\\[", "a) ", "1. b ", ". ", " . ' ",
    "ก", "ก ", "a.A", "[", ". [", "the end.Then", " \n", "\n- ",
]  # fmt: skip
WAYS = [Options(), Options(wrapped=True, eager=True, minimum=10, maximum=40)]


@pytest.mark.parametrize("unit", ADVERSARIAL)
def test_hostile_texts_take_linear_time(unit: str) -> None:
    def seconds(size: int, way: Options) -> float:
        text, begun = (unit * size)[:size], time.thread_time()
        split(text, way)
        return time.thread_time() - begun

    for way in WAYS:
        short, long = (min(seconds(size, way) for _ in range(3)) for size in (4_000, 16_000))
        assert long < 12 * short + 0.02


@pytest.mark.parametrize("unit", ADVERSARIAL)
def test_hostile_streams_take_linear_time(unit: str) -> None:
    def seconds(size: int, way: Options) -> float:
        stream, begun = SentenceStream(way), time.thread_time()
        for character in (unit * size)[:size]:
            stream.feed(character)
        return time.thread_time() - begun

    for way in WAYS:
        short, long = (min(seconds(size, way) for _ in range(2)) for size in (1_000, 4_000))
        assert long < 12 * short + 0.05


# The least F1 and precision on each development set: what was reached, rounded down.
SCORES = {
    "de_gsd": (98.3, 99.5), "en_ewt": (91.3, 99), "fr_gsd": (98.2, 99.4), "id_gsd": (94.6, 91),
    "ja_gsd": (99.6, 99.7), "ko_gsd": (83.1, 99.9), "pt_gsd": (97.9, 99.3), "ru_gsd": (98.5, 99.4),
    "th_tud": (56, 47), "vi_vtbdetok": (99, 98.8), "zh_gsdsimp": (99.6, 99.9),
}  # fmt: skip


@pytest.mark.parametrize("name", SCORES)
def test_scores_on_gold_sentences(name: str, shared_cases: Path) -> None:
    data = json.loads((shared_cases / "sentences" / f"{name}-dev.json").read_text("utf-8"))
    right = wrong = missed = 0
    for document in data["docs"]:
        gold = boundaries(document["text"], [end for _, end in document["spans"]])
        ours = boundaries(document["text"], split(document["text"]).cuts)
        right, wrong, missed = right + len(gold & ours), wrong + len(ours - gold), missed + len(gold - ours)
    score, precision = 200 * right / (2 * right + wrong + missed), 100 * right / (right + wrong)
    assert score >= SCORES[name][0]
    assert precision >= SCORES[name][1]


# How many of the golden cases of each language may fail. Those that do want no end inside a quotation, none at a line
# ending, none between 。 and a digit, or none between г. and a capital letter: docs/sentences.md says why we differ.
GOLDEN = {"en": 11, "de": 2, "fr": 0, "ja": 2, "pt": 0, "ru": 2, "zh": 0}


@pytest.mark.parametrize("language", GOLDEN)
def test_golden_cases(language: str, shared_cases: Path) -> None:
    cases = json.loads((shared_cases / "sentences" / "golden.json").read_text("utf-8"))
    failed = [
        case["text"]
        for case in cases
        if case["language"] == language and not case["rewrites"]
        if [visible(text) for text in split(case["text"], language=language).texts()]
        != list(map(visible, case["expected"]))
    ]
    assert len(failed) <= GOLDEN[language]


def visible(text: str) -> str:
    return "".join(text.split())


def boundaries(text: str, ends: Any) -> set[int]:
    """A boundary is the number of visible characters before it; the last of a document does not count."""
    before = [0]
    for character in text:
        before.append(before[-1] + (not character.isspace()))
    return {before[end] for end in ends} - {0, before[-1]}


def test_hard_cases(shared_cases: Path) -> None:
    for case in json.loads((shared_cases / "sentences" / "hard.json").read_text("utf-8")):
        assert [s.text.strip() for s in split(case["text"], language=case["language"])] == case["expected"]


# --- cutting ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("TXT-01")
@pytest.mark.parametrize(
    ("marked", "limit"),
    [
        ("一二三，¦四五六", 10),
        ("one two, ¦three four", 12),
        ("one two ¦three", 10),
        ("价格是¦1,234.5¦元", 8),
        ("say ¦https://a.b/c,d ¦ok", 16),
        ("abcde¦fghij¦k", 5),
        ("e\u0301e\u0301¦e\u0301", 5),
        ("👍🏽👍🏽¦👍🏽", 5),
        ("🇨🇳🇨🇳¦🇨🇳", 5),
        ("fits", 4),
    ],
)
def test_where_a_long_sentence_is_cut(marked: str, limit: int) -> None:
    parts = marked.split("¦")
    edges = [sum(map(len, parts[: index + 1])) for index in range(len(parts))]
    assert cut("".join(parts), limit) == edges[:-1]


def test_a_limit_that_no_character_fits_is_refused() -> None:
    with pytest.raises(ValueError, match="1"):
        cut("你好", 1)


pieces = st.sampled_from(
    [
        "中",
        "a",
        " ",
        "，",
        ", ",
        "\u0301",
        "👍",
        "🏽",
        "\u200d",
        "🇨",
        "1",
        ".5",
        ",2",
        "https://a.b/c",
        "%",
        "𠀀",
        "\r",
        "\n",
    ]
)


@settings(max_examples=500, deadline=None)
@given(st.lists(pieces, max_size=60).map("".join), st.integers(2, 30))
def test_parts_keep_the_limit_and_clusters(text: str, limit: int) -> None:
    cuts = cut(text, limit)
    edges = [0, *cuts, len(text)]
    assert all(a < b for a, b in pairwise(edges)) or not text
    assert all(count_plain(text[a:b]) <= limit for a, b in pairwise(edges))
    clusters = {found.end() for found in regex.finditer(r"\X", text)}
    longest = max((count_plain(found[0]) for found in regex.finditer(r"\X", text)), default=0)
    if longest <= limit:
        assert set(cuts) <= clusters


@pytest.mark.parametrize("unit", ["a", "中", "1,2.", "，", "a ", "e\u0301", "\u0301", "🇨🇳", "@", "x://", "👍🏽"])
def test_long_texts_without_marks_are_cut_quickly(unit: str) -> None:
    text = (unit * 1_000_000)[:1_000_000]
    begun = time.thread_time()
    cuts = cut(text, 20_000)
    assert time.thread_time() - begun < 5
    assert 48 <= len(cuts) <= 120
