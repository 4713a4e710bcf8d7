"""`prepare` and its streaming twin, and the diagnostics of whole scripts."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ttsprep.counting import count
from ttsprep.diagnostics import Severity
from ttsprep.markdown import Formulas, MarkdownOptions
from ttsprep.pipeline import PrepareStream, prepare
from ttsprep.report import lines
from ttsprep.settings import TaskSettings
from ttsprep.source import Source
from ttsprep.syntax import Syntax, syntax_of

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
TOUR = (EXAMPLES / "tour.md").read_text("utf-8")


def codes(text: str | Source, settings: TaskSettings | None = None) -> list[str]:
    return [found.rule.code for found in prepare(text, settings).diagnostics]


@pytest.mark.parametrize(
    ("name", "text", "syntax"),
    [
        ("a.md", "x", Syntax.MARKDOWN),
        ("A.MARKDOWN", "<speak>x</speak>", Syntax.MARKDOWN),
        ("a.txt", "**x**", Syntax.TEXT),
        ("a.ssml", "x", Syntax.SSML),
        ("<stdin>", "x", Syntax.MARKDOWN),
        ("<stdin>", "<speak>x</speak>", Syntax.SSML),
    ],
)
def test_syntax_is_told_by_name_then_by_text(name: str, text: str, syntax: Syntax) -> None:
    assert syntax_of(Source(text, name)) is syntax


def test_the_tour_is_spoken_without_a_marker() -> None:
    plan = prepare(Source(TOUR, "tour.md"))
    assert plan.ok and len(plan.tasks) == 1
    assert not set("*`#|[]") & set(plan.text.text)
    for kept in ("声音的旅程", "3.14", "15.7%", "Dr. Smith", "links", "北京", "举头望明月"):
        assert kept in plan.text.text
    for gone in ("https", "title:", "---"):
        assert gone not in plan.text.text


def test_plain_text_is_sent_as_it_stands() -> None:
    text = "1 * 2 * 3 = **6**\n"
    assert [part.text for part in prepare(Source(text, "a.txt")).parts] == [text]


@pytest.mark.rule("SSM-04", "TXT-04")
def test_ssml_goes_out_whole_in_one_instruction() -> None:
    ssml = '<speak rate="1.2">你好。<break time="1s"/>再见。</speak>'
    plan = prepare(ssml, TaskSettings(enable_ssml=True))
    assert plan.ok and [part.text for part in plan.parts] == [ssml]
    assert plan.counted == 10


@pytest.mark.rule("SSM-04", "TXT-01", "TXT-04")
def test_an_ssml_document_that_is_too_long_becomes_several_tasks() -> None:
    fits = "<speak>" + "一句话。" * 2_857 + "</speak>"  # 19,999 counted, far more with its tags
    assert prepare(fits, TaskSettings(enable_ssml=True)).ok
    assert len(prepare(fits, TaskSettings(enable_ssml=True)).tasks) == 1
    longer = prepare(fits.replace("</", "一</"), TaskSettings(enable_ssml=True))
    assert longer.ok and [found.rule.code for found in longer.diagnostics] == ["LEN002"]
    assert [len(task.parts) for task in longer.tasks] == [1, 1]
    assert [part.text for part in longer.parts] == [fits, "<speak>一</speak>"]
    assert all(part.counted <= 20_000 for part in longer.parts)


@pytest.mark.rule("SSM-04", "TXT-01")
def test_an_ssml_element_that_is_too_long_is_an_error() -> None:
    text = "<speak>好。<sub alias='x'>" + "字" * 10_001 + "</sub></speak>"
    plan = prepare(text, TaskSettings(enable_ssml=True))
    (found,) = (found for found in plan.diagnostics if found.rule.code == "LEN003")
    assert found.span and found.span.of(text) == text[9:-8]


@pytest.mark.rule("SSM-03")
def test_ssml_and_enable_ssml_belong_together() -> None:
    assert "SSM001" in codes("<speak>你好</speak>")
    assert "SSM001" not in codes("<speak>你好</speak>", TaskSettings(enable_ssml=True))
    assert "SSM002" in codes("你好", TaskSettings(enable_ssml=True))
    assert prepare("<speak>你好</speak>").ok


@pytest.mark.rule("SSM-03", "TXT-04")
def test_a_misspelt_speak_is_a_faulty_document_and_counts_as_text() -> None:
    """<Speak> is no Markdown that nobody marked: its fault is named; the counting rule knows <speak> only."""
    text = "<!-- <speak --> <SPeak>你好</SPeak>"
    plan = prepare(text, TaskSettings(enable_ssml=True))
    assert {found.rule.code for found in plan.diagnostics} == {"SSM030"} and not plan.ok
    assert count(text) == len(text) + 2
    (found,) = (found for found in prepare(text).diagnostics if found.rule.code == "SSM001")
    assert found.span and found.span.of(text) == "<SPeak"
    assert "SSM001" not in codes("<ſpeak>你好</ſpeak>"), "a long s is no s"


@pytest.mark.rule("TXT-07")
@pytest.mark.parametrize(
    ("settings", "reported"),
    [
        (TaskSettings(), []),
        (TaskSettings(model="cosyvoice-v3-plus"), []),
        (TaskSettings(language_hints=["en"]), [(3, 10)]),
        (TaskSettings(region="beijing", model="cosyvoice-v1", voice="longwan"), [(3, 10)]),
    ],
    ids=["flash", "plus", "English", "v1"],
)
def test_formulas_are_reported_where_nobody_reads_them(settings: TaskSettings, reported: list[tuple[int, int]]) -> None:
    plan = prepare("**勾**$a^2+b$股，costs $5 and $6.", settings, markdown=MarkdownOptions(formulas=Formulas.SERVICE))
    found = [entry.span for entry in plan.diagnostics if "TXT-07" in entry.rule.api]
    assert [(span.start - 2, span.end - 2) for span in found if span] == reported
    assert "$a^2+b$" in plan.text.text


@pytest.mark.rule("TXT-07")
@pytest.mark.parametrize(
    ("settings", "sent"),
    [
        (TaskSettings(), "勾$a^2+b$股。"),
        (TaskSettings(region="beijing", model="cosyvoice-v1", voice="longwan"), "勾a的平方加b股。"),
    ],
    ids=["flash", "v1"],
)
def test_a_formula_is_left_to_a_model_that_reads_it(settings: TaskSettings, sent: str) -> None:
    script = "**勾**$a^2+b$股。"
    plan, stream = prepare(script, settings), PrepareStream(settings)
    assert plan.text.text == sent
    assert not [found for found in plan.diagnostics if "TXT-07" in found.rule.api]
    assert "".join(part.text for part in [*stream.feed(script), *stream.close()]) == sent


@pytest.mark.rule("TXT-06")
def test_what_cannot_be_sent_is_an_error_at_its_place() -> None:
    plan = prepare(Source("好\ud83d\0", "a.txt"))
    assert not plan.ok
    errors = [found for found in plan.diagnostics if found.severity is Severity.ERROR]
    assert [(found.rule.code, found.span and found.span.start) for found in errors] == [("TXT002", 1), ("TXT003", 2)]


@pytest.mark.rule("TXT-06")
def test_a_byte_order_mark_is_dropped() -> None:
    source, found = Source.decode("\ufeff你好".encode())
    assert not found and prepare(source).text.text.strip("。\n") == "你好"


def chunks(text: str, seed: int) -> list[str]:
    pick, at, found = random.Random(seed), 0, []
    while at < len(text):
        size = pick.choice([1, 2, 3, 7, 40])
        found.append(text[at : at + size])
        at += size
    return found


@pytest.mark.rule("FLW-09")
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("syntax", ["markdown", "text"])
def test_streamed_text_is_the_prepared_text(seed: int, syntax: str) -> None:
    stream = PrepareStream(syntax=syntax)
    parts = [part for chunk in chunks(TOUR, seed) for part in stream.feed(chunk)] + stream.close()
    assert "".join(part.text for part in parts) == prepare(TOUR, syntax=syntax).text.text


@pytest.mark.rule("FLW-09")
def test_a_closed_block_is_released_without_its_newline() -> None:
    stream = PrepareStream()
    fed = [[(part.text, part.complete) for part in stream.feed(line)] for line in ("# One\n", "Two\n", "\n", "Dr.\n\n")]
    assert fed == [[("One.", True)], [], [("\nTwo", False)], [("\nDr.", True)]]
    assert stream.feed("***\n\n—\n\n") == []  # what cannot be spoken waits
    assert [part.text for part in stream.close()] == ["\n—"]


@pytest.mark.rule("FLW-09")
@pytest.mark.parametrize(
    "fed",
    [
        [
            ("The first *sentence* is", []),
            (" short. ", []),
            ("The", []),
            (" second asks why?", ["The first sentence is short. "]),
            (" Th", []),
            ("e third ends", ["The second asks why? "]),
            (" it all.", []),
            ("\n\n", ["The third ends it all."]),
            ("- An item. With ", ["\nAn item. "]),
            ("two.\n- B", ["With two."]),
            ("ye", []),
        ],
        [
            ("第一句**很短", []),
            ("**。", []),
            ("第", ["第一句很短。"]),
            ("二句呢？第三", ["第二句呢？"]),
            ("句", []),
            ("。\n", []),
            ("\n", ["第三句。"]),
            ("| 甲 | 乙 |\n|---|---|\n", []),
            ("| 一 | 二 |\n", ["\n甲，乙。\n", "一，二。"]),
            ("Dr. Who came.", []),
        ],
    ],
    ids=["English", "Chinese"],
)
def test_a_sentence_goes_out_as_soon_as_the_next_has_begun(fed: list[tuple[str, list[str]]]) -> None:
    stream = PrepareStream()
    for chunk, parts in fed:
        assert "".join(part.text for part in stream.feed(chunk)) == "".join(parts), chunk
    rest = "".join(part.text for part in stream.close())
    said = "".join(text for _, parts in fed for text in parts) + rest
    assert said == prepare("".join(chunk for chunk, _ in fed)).text.text


def test_a_stream_can_be_asynchronous() -> None:
    async def tokens() -> AsyncIterator[str]:
        for chunk in chunks("# 标题\n\n第一句。第二句。\n\nLast one", 1):
            yield chunk

    async def collect() -> list[str]:
        return [part.text async for part in PrepareStream().parts(tokens())]

    assert "".join(asyncio.run(collect())) == "标题。\n第一句。第二句。\nLast one"


STREAMED_FINDINGS = {
    "NUL": ("一。a\0b. 二。", TaskSettings()),
    "surrogate": ("一。\ud83d 二。", TaskSettings()),
    "formula": ("勾$a^2$股。costs $5 and $6. 二。", TaskSettings(language_hints=["en"])),
    "SSML": ("<speak>你好。</speak>", TaskSettings()),
    "no SSML": ("你好。", TaskSettings(enable_ssml=True)),
    "BOM": ("\ufeff一。\0", TaskSettings()),
    "settings": ("一。", TaskSettings(voice="my-own-voice")),
    "nothing": ("一。", TaskSettings()),
}


@pytest.mark.rule("TXT-06", "TXT-07", "SSM-03")
@pytest.mark.parametrize("size", [1, 3, 100])
@pytest.mark.parametrize("syntax", ["markdown", "text"])
@pytest.mark.parametrize("name", STREAMED_FINDINGS)
def test_a_stream_finds_what_the_whole_text_has(name: str, syntax: str, size: int) -> None:
    text, settings = STREAMED_FINDINGS[name]
    stream, plan = PrepareStream(settings, syntax=syntax), prepare(text, settings, syntax=syntax)
    parts = [part for at in range(0, len(text), size) for part in stream.feed(text[at : at + size])] + stream.close()
    assert "".join(part.text for part in parts) == plan.text.text
    assert sorted(map(repr, stream.diagnostics)) == sorted(map(repr, plan.diagnostics))


def test_findings_of_a_settings_file_point_into_that_file(tmp_path: Path) -> None:
    path = tmp_path / "voice.toml"
    path.write_text('rate = 1.2\nvoice = "my-own-voice"\n', "utf-8")
    settings, _ = TaskSettings.load(path)
    script = Source("你好。\n", "script.txt")
    plan = prepare(script, settings)
    assert next(lines(plan.diagnostics, script, Source.read(path)[0])).startswith(f"{path}:2:9: PAR026")
    assert next(lines(plan.diagnostics, script)).startswith(f"{path}: voice: PAR026")


def test_ssml_cannot_be_streamed() -> None:
    with pytest.raises(ValueError, match="SSM-04"):
        PrepareStream(syntax="ssml")
