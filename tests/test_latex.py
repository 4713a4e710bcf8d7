"""LaTeX formulas: how they are read in Chinese and English, what the service would not read, hostile text."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from ttsprep import MappedText, TaskSettings
from ttsprep.cli import main
from ttsprep.latex import LANGUAGES, Language, check, service_reads, speak, speak_text
from ttsprep.mapped import Kind
from ttsprep.markup import formulas

CASES = Path(__file__).parent / "cases" / "latex"
BOTH: tuple[Language, ...] = ("zh", "en")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def readings(language: Language) -> list[object]:
    found = rows(CASES / f"readings-{language}.tsv")
    return [pytest.param(row["formula"], row["spoken"], id=row["formula"]) for row in found]


@pytest.mark.parametrize(("formula", "spoken"), readings("zh"))
def test_read_in_chinese(formula: str, spoken: str) -> None:
    assert speak(formula)[0].text == spoken


@pytest.mark.parametrize(("formula", "spoken"), readings("en"))
def test_read_in_english(formula: str, spoken: str) -> None:
    assert speak(formula, "en")[0].text == spoken


@pytest.mark.parametrize("row", rows(CASES / "readings-wide.tsv"), ids=lambda row: row["formula"])
def test_read_as_a_teacher_reads(row: dict[str, str]) -> None:
    for language in BOTH:
        spoken, found = speak(row["formula"], language)
        assert (spoken.text, found) == (row[language], ())
        assert spoken.replay(row["formula"]) == spoken.text


DOCS = Path(__file__).parent.parent / "docs" / "latex.md"


@pytest.mark.parametrize("line", re.findall(r"^\| `.*$", DOCS.read_text("utf-8"), re.MULTILINE))
def test_the_table_of_the_documentation(line: str) -> None:
    cells = [cell.replace(r"\|", "|").strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    for language, readings in zip(BOTH, cells[1:], strict=True):
        spoken = [speak(formula, language)[0].text for formula in re.findall("`([^`]*)`", cells[0])]
        assert "; ".join(spoken) == readings


# --- as the service reads


def in_characters(reading: str) -> str:
    """Whole numbers under 100 in Chinese characters, no blanks, small letters."""

    def number(found: re.Match[str]) -> str:
        tens, ones = divmod(int(found[0]), 10)
        names = "零一二三四五六七八九"
        head = "" if not tens else "十" if tens == 1 else names[tens] + "十"
        return head + (names[ones] if ones or not tens else "")

    return re.sub(r"[0-9]+", number, re.sub(r"\s", "", reading)).lower()


@pytest.mark.rule("TXT-07")
def test_read_as_the_page_reads_but_for_the_differences_listed(shared_cases: Path) -> None:
    known = {row["formula"] for row in rows(CASES / "differences.tsv")}
    found = rows(shared_cases / "math" / "latex-readings.tsv")
    different = {
        row["tex"] for row in found if in_characters(speak(row["tex"])[0].text) != in_characters(row["reading"])
    }
    assert different == known
    assert len(different) <= len(found) / 10


@pytest.mark.rule("TXT-07")
def test_every_command_that_the_service_documents_is_known(shared_cases: Path) -> None:
    facts = shared_cases.parent / "api" / "facts.md"
    if not facts.exists():
        pytest.skip("no facts.md")
    section = facts.read_text("utf-8").split("## 5.")[1].split("## 6.")[0]
    commands = re.findall(r"\\[a-zA-Z]+", section.partition("Supported")[2].partition("Note:")[0])
    assert len(commands) > 50
    for command in commands:
        findings = speak(f"{command}{{a}}{{b}}")[1]
        assert "MTH002" not in {found.rule.code for found in findings}, command
        formula = r"$\overset\frown{BC}$" if command in (r"\overset", r"\frown") else f"${command}$"
        assert check(formula) == (), command


# --- what readings must tell apart

PAIRS = [
    (r"\frac{a+b}{c}+d", r"\frac{a+b+d}{c}"),
    (r"\frac{a}{b}c", r"\frac{ac}{b}"),
    (r"\frac{a}{b+c}", r"\frac{a}{b}+c"),
    (r"\frac{\frac{a}{b}}{c}", r"\frac{a}{\frac{b}{c}}"),
    (r"\frac{1}{1+\frac{1}{x}}", r"\frac{1}{\frac{1+1}{x}}"),
    (r"\sqrt{2}+x", r"\sqrt{2+x}"),
    (r"\sqrt{2}x", r"\sqrt{2x}"),
    (r"\sqrt{a+b}+c", r"\sqrt{a+b+c}"),
    (r"2^n+1", r"2^{n+1}"),
    (r"x_n+1", r"x_{n+1}"),
    ("x^2y", "x^{2y}"),
    ("-x^2", "(-x)^2"),
    ("{a+b}^2", "a+b^2"),
    ("a-b", "a,-b"),
    (r"\frac{1}{\sqrt{2}}", r"\sqrt{\frac{1}{2}}"),
    (r"\frac{1}{\sqrt{a}}", r"\sqrt{\frac{1}{a}}"),
    (r"\frac{\sqrt{a}}{b}", r"\sqrt{\frac{a}{b}}"),
    (r"\frac{1}{\sin x}", r"\sin\frac{1}{x}"),
    (r"\frac{\sin a}{b}", r"\sin\frac{a}{b}"),
    (r"-\frac{b}{2a}", r"\frac{b}{-2a}"),
]


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_different_formulas_sound_different(one: str, other: str, language: Language) -> None:
    assert speak(one, language)[0].text != speak(other, language)[0].text


# --- diagnostics


@pytest.mark.parametrize(
    ("formula", "code", "place"),
    [
        (r"x+\foo", "MTH002", r"\foo"),
        (r"\begin{bar}x\end{bar}", "MTH002", r"\begin{bar}"),
        (r"\frac{1}", "MTH003", r"\frac"),
        (r"\sqrt", "MTH003", r"\sqrt"),
        ("{x", "MTH003", "{"),
        ("x}", "MTH003", "}"),
        ("x^", "MTH003", "^"),
        ("x^1^2", "MTH003", "^"),
        (r"\left(x", "MTH003", r"\left"),
        (r"x\right)", "MTH003", r"\right"),
        (r"\begin{cases}x", "MTH003", r"\begin"),
        ("a & b", "MTH003", "&"),
        ("{" * 33 + "x" + "}" * 33, "MTH004", "{"),
    ],
)
def test_faults_stand_at_the_exact_command(formula: str, code: str, place: str) -> None:
    found = speak(formula)[1]
    assert [(one.rule.code, one.span and one.span.of(formula)) for one in found] == [(code, place)]


def test_an_unknown_command_is_heard() -> None:
    assert speak(r"\foo{x}+1", "en")[0].text == "foo x plus 1"


def test_faults_are_placed_in_the_source_of_a_mapped_text() -> None:
    source = MappedText.verbatim(r"12345\foo", 0)
    assert [found.span and (found.span.start, found.span.end) for found in speak(source[5:])[1]] == [(5, 9)]


@pytest.mark.parametrize("formula", [r"\newcommand{\a}{\a}\a", r"\def\a{\a\a}\a"])
def test_a_macro_that_calls_itself_ends(formula: str) -> None:
    assert "MTH002" in {one.rule.code for one in speak(formula)[1]}


def test_a_long_macro_called_often_is_left() -> None:
    formula = r"\def\a{" + "x" * 10_000 + "}" + r"\a" * 10_000
    spoken, found = speak(formula)
    assert found and len(spoken) < 100_000


def test_what_a_macro_stands_for_is_placed_at_the_call() -> None:
    formula = r"\newcommand{\R}{\mathbb{R}}x\in\R"
    last = list(speak(formula)[0].pieces())[-1]
    assert (last.text, last.source.of(formula)) == ("实数集", r"\R")


def test_a_sign_that_nobody_knows_is_a_finding() -> None:
    spoken, (found,) = speak("a⊛b")
    assert found.rule.code == "MTH002" and found.span is not None and found.span.of("a⊛b") == "⊛"
    assert "⊛" in spoken.text


def test_a_language_that_nobody_reads_is_a_bad_call() -> None:
    with pytest.raises(ValueError, match="zh and en, not in 'fr'"):
        speak("x", "fr")  # type: ignore[arg-type]  # the bad call


@pytest.mark.rule("TXT-07")
@pytest.mark.parametrize("row", rows(CASES / "checks.tsv"), ids=lambda row: row["text"])
def test_what_the_service_would_not_read(row: dict[str, str]) -> None:
    found = [f"{one.rule.code} {one.span.of(row['text']) if one.span else ''}" for one in check(row["text"])]
    assert ", ".join(sorted(found)) == (row["findings"] or "")


@pytest.mark.rule("TXT-07")
@pytest.mark.parametrize("row", rows(CASES / "checks.tsv"), ids=lambda row: row["text"])
def test_the_verdict_on_a_formula_is_that_of_the_check(row: dict[str, str]) -> None:
    text = row["text"]
    for start, end in formulas(text):
        found = [one for one in check(text) if one.span and start <= one.span.start < end]
        assert service_reads(text, start, end) == (not found)


def test_what_is_no_formula_is_not_read() -> None:
    assert service_reads("$x$", 0, 3)
    assert not any(service_reads(text, 0, len(text)) for text in ("x", " x ", "", "$ $", "```math\nx\n```"))
    with pytest.raises(ValueError, match="outside"):
        service_reads("$x$", 0, 4)


def test_the_paragraph_ends_what_stands_beside_a_formula() -> None:
    assert not service_reads("A title\n$a$ 是", 8, 11)
    assert service_reads("A title\n\n$a$ 是", 9, 12)


def test_a_fence_is_mended() -> None:
    text = "看：\n\n```math\nx^2\n```\n"
    (found,) = check(text)
    assert found.rule.code == "MTH008" and found.fix is not None
    assert found.fix.apply(text) == "看：\n\n$$x^2$$\n"


@pytest.mark.rule("TXT-07")
def test_settings_are_asked_whether_formulas_are_read() -> None:
    found = check("设 $a$。", TaskSettings(language_hints=["en"]))
    assert [one.rule.code for one in found] == ["MTH001"]
    assert check("设 $a$。", TaskSettings(language_hints=["zh"])) == ()


# --- maps


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("row", rows(CASES / "readings-zh.tsv"), ids=lambda row: row["formula"])
def test_every_piece_knows_its_source(row: dict[str, str], language: Language) -> None:
    formula = row["formula"]
    spoken = speak(formula, language)[0]
    assert spoken.replay(formula) == spoken.text
    for piece in spoken.pieces():
        assert piece.kind is not Kind.VERBATIM or piece.source.of(formula) == piece.text
        assert (piece.kind is Kind.INSERTED) == (len(piece.source) == 0)


def test_numbers_and_letters_are_verbatim() -> None:
    pieces = [(piece.text, piece.kind) for piece in speak("2+x")[0].pieces()]
    assert pieces == [("2", Kind.VERBATIM), ("加", Kind.REPLACED), ("x", Kind.VERBATIM)]


def test_texts_keep_what_is_no_formula() -> None:
    text = "Pay $5 and $6 for $x^2$ or \\(y\\).\n\n```math\nz\n```\n"
    spoken = speak_text(text, "en")[0]
    assert spoken.text == "Pay $5 and $6 for x squared or y.\n\nz\n"
    assert spoken.replay(text) == spoken.text


# --- any text

PIECES = st.sampled_from((CASES / "pieces.txt").read_text("utf-8").split())
LATEX = st.tuples(st.lists(PIECES, max_size=30), st.sampled_from(("", " "))).map(lambda drawn: drawn[1].join(drawn[0]))


@given(LATEX | st.text(max_size=40))
def test_any_text_is_read(text: str) -> None:
    for language in BOTH:
        spoken, found = speak(text, language)
        assert spoken.replay(text) == spoken.text
        assert all(one.span is not None and one.span.end <= len(text) for one in found)
    check(text)
    assert speak_text(text)[0].replay(text) == speak_text(text)[0].text


@given(LATEX)
def test_a_text_of_several_pieces_is_read_like_one(formula: str) -> None:
    half = len(formula) // 2
    parts = MappedText.verbatim(formula[:half], 10), MappedText.verbatim(formula[half:], 10 + half)
    one, other = speak(MappedText.verbatim(formula, 10))[0], speak(MappedText.concat(parts))[0]
    ends = range(len(one) + 1)
    assert one.text == other.text
    assert one.source_spans(ends) == other.source_spans(ends)


@given(LATEX)
def test_no_markup_is_heard(formula: str) -> None:
    for language in BOTH:
        assert not set(speak(formula, language)[0].text) & set("\\{}$"), formula


@given(st.lists(st.sampled_from(["x", "1", "α", "+", "∮", "⊛", "½", "²", "|", r"\foo", r"\sum", "{", "}"]), min_size=1))
def test_what_is_seen_is_heard(parts: list[str]) -> None:
    formula = "".join(parts)
    for language in BOTH:
        assert speak(formula, language)[0].text or not set(parts) - {"{", "}"}


@given(LATEX)
def test_the_verdict_on_any_formula_is_that_of_the_check(formula: str) -> None:
    text = f"设 ${formula}$。"
    for start, end in formulas(text):
        found = [one for one in check(text) if one.span and start <= one.span.start < end]
        assert service_reads(text, start, end) == (not found)


@given(st.lists(st.sampled_from("abxy0123456789"), min_size=1, max_size=6), st.lists(PIECES, max_size=6))
def test_no_letter_or_digit_is_lost(letters: list[str], _others: list[str]) -> None:
    formula = "+".join(letters)
    spoken = speak(formula)[0].text
    assert [character for character in spoken if character in "abxy0123456789"] == letters


HOSTILE = [
    "{", "}", r"\frac", "^", "_", r"\left(", "$", r"\sqrt", r"\sqrt{", r"\sqrt[", r"\begin{matrix}", r"\text{",
    r"\text{$",
    "[a,", r"\langle a,", "O(", r"\mathbb{E}[", r"\dot1", "½", "²", "||", r"\left[", r"\newcommand{\a}{",
    r"\def\a{\a\a}\a",
    "&", "\\\\", "|", "x^1", "'", "1", r"\vec", r"\over", "f(", r"\ce{a ", r"\unit{", r"\sum_{", r"\mathrm{m}/",
    r"\{x|", "0.", r"\xrightarrow[", "```math\n", "\\(", "a^b_c", r"\frac{a}{b}",
]  # fmt: skip


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("{", "}"),
        (r"\frac{", "}{2}"),
        ("x^{", "}"),
        ("x_{", "}"),
        (r"\left(", r"\right)"),
        (r"\sqrt{", "}"),
        ("[a,", "]"),
    ],
)
def test_ten_thousand_levels_are_no_danger(opening: str, closing: str) -> None:
    formula = opening * 10_000 + "x" + closing * 10_000
    for language in BOTH:
        spoken, found = speak(formula, language)
        assert "x" in spoken.text and spoken.replay(formula) == spoken.text
        assert len(found) <= 101


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_ends_soon(unit: str) -> None:
    """20 kB: no exception, and few diagnostics."""
    text = unit * (20_000 // len(unit))
    spoken, found = speak(text)
    assert spoken.replay(text) == spoken.text
    assert len(found) <= 101
    speak_text(text)
    check(text)


# --- the command


def run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(main, ["latex", *arguments], input=given)


@pytest.mark.parametrize(
    ("given", "arguments", "printed"),
    [
        ("设 $a^2$。\n", [], "设 a的平方。\n"),
        ("Let $a^2$ be even.\n", [], "Let a squared be even.\n"),
        ("$a^2$\n", [], "a的平方\n"),
        ("$a^2$\n", ["--language", "en"], "a squared\n"),
        (r"\frac{1}{2}", ["--language", "en"], "1 half\n"),
        ("x+1", ["--formula"], "x加1\n"),
        ("√2 ≤ x", [], "根号下2小于等于x\n"),
        ("a=1\n\nb_1\n", ["--language", "en"], "a equals 1\n\nb sub 1\n"),
        ("\\text{if } x>0", [], "if x is greater than 0\n"),
        ("\\text{如果} x>0", [], "如果x大于0\n"),
        ("x = y", ["--language", "en"], "x equals y\n"),
        ("name=value", [], "name=value\n"),
        ("sin x = 1", [], "sine x等于1\n"),
        ("C++ or 2024-01-02", [], "C++ or 2024-01-02\n"),
        ("", [], "\n"),
        ("snake_case is a style of names", [], "snake_case is a style of names\n"),
    ],
)
def test_the_command(given: str, arguments: list[str], printed: str) -> None:
    done = run(*arguments, "-", given=given)
    assert (done.exit_code, done.stdout) == (0, printed)


def test_the_command_prints_pieces_as_json() -> None:
    done = run("--output-format", "json", "-", given="设 $a$")
    pieces = [
        {"kind": "verbatim", "text": "设 ", "span": [0, 2]},
        {"kind": "verbatim", "text": "a", "span": [3, 4]},
    ]
    assert json.loads(done.stdout) == {"file": "<stdin>", "text": "设 a", "pieces": pieces}


def test_the_command_reports_faults_with_their_place() -> None:
    done = run("-", given="设 $\\foo$。")
    assert "<stdin>:1:4: " in done.stderr and "MTH002" in done.stderr
    done = run("--check", "-", given="设 $\\theta$。")
    assert done.stdout == "" and "MTH005" in done.stderr


def test_the_command_prints_findings_as_json() -> None:
    done = run("--check", "--output-format", "json", "-", given="设 $\\theta$。")
    (found,) = json.loads(done.stdout)["findings"]
    assert (done.exit_code, done.stderr, found["code"]) == (0, "", "MTH005")


def test_languages_are_those_of_the_tables() -> None:
    assert LANGUAGES == BOTH
