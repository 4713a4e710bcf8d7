"""``latex``: the formulas of a text in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from ttsprep.cli.inputs import Script, Scripts, encoding_option, files_argument
from ttsprep.cli.options import output_format as output_format_option
from ttsprep.cli.printing import print_json

if TYPE_CHECKING:
    from ttsprep.latex import Language
    from ttsprep.mapped import MappedText

__all__ = ["COMMANDS"]

_HAN = re.compile("[\u3400-\u9fff]")
_TEXTS = re.compile(r"\\(?:text|textrm|mbox)\s*\{([^{}]*)\}")
_PROSE = re.compile(r"(?<!\\)\b[A-Za-z]{2,} [A-Za-z]{2,}|(?<![\\A-Za-z])[A-Za-z]{4,}_")
_LATEX = re.compile(r"\\[A-Za-z]|[\^_²³]")
_NAME = re.compile(r"(?<![A-Za-z])(?!(?:sin|cos|tan|log|ln|lg|lim|max|min)(?![A-Za-z]))[A-Za-z]{2,}")
_EQUATION = re.compile(r"[\w)]\s*(?:[+=<>≤≥≠≈±×÷∈→]\s*[-\w(√]|[²³])|[√∑∫∏]\s*\w")
_WORD = re.compile(r"(?<!\\)\b[A-Za-z]{2,}")


@click.command()
@files_argument
@click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    help="Language of the words. By default that of most of the text around the formulas; Chinese if there is none.",
)
@click.option("--formula", is_flag=True, help="The whole input is one formula, with or without delimiters.")
@click.option("--check", "checked", is_flag=True, help="Report what the service would not read, instead of reading.")
@encoding_option
@output_format_option
def latex(
    files: Sequence[str], language: Language | None, formula: bool, checked: bool, encoding: str, output_format: str
) -> None:
    """Print each FILE with its LaTeX formulas in words.

    Formulas stand in $…$, $$…$$, \\(…\\), \\[…\\] or a fence of the language math; the rest stays as it is. In an
    input that has no delimiters, no Chinese and no English words, but a LaTeX command, a power, a subscript or a sign
    between operands (\\frac12, x_1, a=b), each paragraph is a formula.

    What is doubtful goes to standard error, and the words are printed nevertheless. With --check and
    --output-format json the findings are printed to standard output, and nothing is read.
    """
    for script in Scripts(files, encoding):
        if checked:
            _check(script, output_format)
            continue
        spoken = _spoken(script, language, formula=formula)
        if output_format == "json":
            from ttsprep.cli.text_commands import piece_as_dict

            pieces = [piece_as_dict(piece) for piece in spoken.pieces()]
            print_json({"file": script.source.name, "text": spoken.text, "pieces": pieces})
        else:
            click.echo(spoken.text, nl=not spoken.text.endswith("\n"))


def _check(script: Script, output_format: str) -> None:
    """Report what the service would not read."""
    from ttsprep.latex import check

    found = check(script.source.text)
    if output_format == "json":
        from ttsprep.report import as_dict

        findings = [as_dict(one, script.source) for one in found]
        print_json({"file": script.source.name, "findings": findings})
    else:
        script.report(found)


def _spoken(script: Script, language: Language | None, *, formula: bool) -> MappedText:
    from ttsprep.diagnostics import Diagnostic
    from ttsprep.latex import prose, speak, speak_text
    from ttsprep.mapped import MappedText

    text = script.source.text
    if formula:
        spoken, found = speak(text, language or _language_of(_words_inside(text)))
    elif _is_bare(text):
        language = language or _language_of(_words_inside(text))
        mapped, parts, faults = MappedText.verbatim(text), list[MappedText](), list[Diagnostic]()
        for start, end, is_formula in _paragraphs(text):
            part, found = speak(mapped[start:end], language) if is_formula else (mapped[start:end], ())
            parts.append(part)
            faults += found
        spoken, found = MappedText.concat(parts), tuple(faults)
    else:
        spoken, found = speak_text(text, language or _language_of(prose(text)))
    script.report(found)
    return spoken


def _paragraphs(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where each paragraph and each gap between two begins and ends, and whether it is a paragraph."""
    at = 0
    for gap in re.finditer(r"\s*\n[ \t]*\n\s*|\s+\Z", text):
        yield at, gap.start(), True
        yield gap.start(), gap.end(), False
        at = gap.end()
    yield at, len(text), True


def _is_bare(text: str) -> bool:
    """Whether a text is a formula, or several, without delimiters."""
    from ttsprep.latex import has_formulas

    if _HAN.search(_TEXTS.sub("", text)) or _PROSE.search(_TEXTS.sub("", text)) or has_formulas(text):
        return False
    return bool(_LATEX.search(text) or (_EQUATION.search(text) and not _NAME.search(text)))


def _words_inside(text: str) -> str:
    """What a formula has of words: those of ``\\text``."""
    return " ".join(found[1] for found in _TEXTS.finditer(text))


def _language_of(prose: str) -> Language:
    """The language of the prose between the formulas."""
    return "en" if len(_WORD.findall(prose)) > len(_HAN.findall(prose)) else "zh"


COMMANDS = [latex]
