"""``latex``: the formulas of a text in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
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

    Formulas stand in $…$, $$…$$, \\(…\\), \\[…\\] or a fence of the language math; the rest stays as it is. An input
    without any of these, but with a LaTeX command, power or subscript and no Chinese, is one formula.
    """
    from ttsprep.latex import check

    for script in Scripts(files, encoding):
        text = script.source.text
        if checked:
            script.report(check(text))
            continue
        spoken = _spoken(script, language or _language_of(text), formula=formula)
        if output_format == "json":
            from ttsprep.cli.text_commands import piece_as_dict

            pieces = [piece_as_dict(piece) for piece in spoken.pieces()]
            print_json({"file": script.source.name, "text": spoken.text, "pieces": pieces})
        else:
            click.echo(spoken.text, nl=not spoken.text.endswith("\n"))


def _spoken(script: Script, language: Language, *, formula: bool) -> MappedText:
    from ttsprep.latex import speak, speak_text

    text = script.source.text
    spoken, found = speak(text, language) if formula or _is_bare(text) else speak_text(text, language)
    script.report(found)
    return spoken


def _is_bare(text: str) -> bool:
    """Whether a text is a formula without delimiters."""
    from ttsprep.latex import has_formulas

    if not re.search(r"\\[A-Za-z]|[\^_]", text) or has_formulas(text):
        return False
    return not _HAN.search(text) and not re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", text)


def _language_of(text: str) -> Language:
    """The language of the prose between the formulas."""
    from ttsprep.latex import prose

    around = prose(text)
    return "en" if len(_WORD.findall(around)) > len(_HAN.findall(around)) else "zh"


COMMANDS = [latex]
