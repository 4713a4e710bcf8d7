"""``lint``: every mistake of scripts, settings and recordings."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["COMMANDS"]


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path())
@click.option("--output-format", default="full", help="How to print the findings.")
def lint(files: tuple[str, ...], output_format: str) -> None:
    """Name every mistake in each FILE."""
    from ttsprep.lint import Finding, LintFile, Result, check, kind_of
    from ttsprep.lint.output import FORMATS, OutputOptions
    from ttsprep.source import Source

    results = []
    for name in files:
        source, found = Source.decode(Path(name).read_bytes(), name=name)
        file = LintFile(name, source, kind_of(source))
        findings = tuple(Finding.of(each, name, source) for each in [*found, *check(file)])
        results.append(Result(name, file.kind, findings, (), source))
    for text in FORMATS[output_format](results, OutputOptions()):
        click.echo(text, nl=False)


COMMANDS = [lint]
