"""``ssml split``: documents within the limit of an instruction."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ttsprep.cli.inputs import Script, Scripts
from ttsprep.cli.printing import print_json
from ttsprep.cli.ssml.common import Report, document_options, many, note_errors, print_document, write_file

if TYPE_CHECKING:
    from ttsprep.ssml import Part

__all__ = ["COMMANDS"]


class _LimitOption(click.Option):
    """An option whose help names the service's limit; the catalog is read when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        from ttsprep.catalog import limits

        self.help = f"Counted characters that a document may have.  [default: {limits().instruction_text}]"
        return super().get_help_record(ctx)


@click.command()
@document_options()
@click.option("--limit", cls=_LimitOption, type=click.IntRange(min=2))
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write NAME-1.ssml, NAME-2.ssml … of each NAME.ssml into this folder, and print the paths.",
)
def split(scripts: Scripts, report: Report, limit: int | None, output: Path | None) -> None:
    """Split each FILE into documents within the limit.

    Each is complete, for a task of its own. Cuts fall at ends of sentences, never inside an element of <speak>; the
    attributes of <speak> are repeated. One after the other the documents say what the FILE says. Without -o they are
    printed, and before each of several stands a comment on a line of its own that counts them: <!-- 1 of 3 -->. All
    together they are SSML still.

    As JSON: an object for each document with its file, number, text, counted characters, and span in the file.

    \b
    Exit codes:
      0  fine
      1  a document has errors, or an element that is over the limit alone
      2  usage: options, a file that cannot be read or written
    """
    from ttsprep.ssml import split as cut

    if output is not None:
        _check_names(scripts.files)
    for script in scripts:
        note_errors(script, report)
        done = cut(script.source, limit)
        script.report(done.diagnostics)
        if output is not None:
            _write(done.documents, output, script, report)
        elif report.json:
            for number in range(1, len(done.documents) + 1):
                print_json({"file": script.source.name, **_as_dict(number, done.documents)})
        else:
            _print(done.documents)


def _as_dict(number: int, documents: Sequence[Part]) -> dict[str, object]:
    document = documents[number - 1]
    return {
        "document": number,
        "of": len(documents),
        "text": document.text.text,
        "counted": document.counted,
        "span": [document.source.start, document.source.end],
    }


def _print(documents: Sequence[Part]) -> None:
    for number, document in enumerate(documents, 1):
        if len(documents) > 1:
            print_document(f"<!-- {number} of {len(documents)} -->")
        print_document(document.text.text)


# --- into a folder


def _stem(name: str) -> str:
    return "document" if name == "-" else Path(name).stem


def _check_names(files: Sequence[str]) -> None:
    """Two files of one name would write the same documents."""
    stems = [_stem(name) for name in files]
    twice = next((name for name, stem in zip(files, stems, strict=True) if stems.count(stem) > 1), None)
    if twice is not None:
        raise click.UsageError(f"several files are called {_stem(twice)!r}: split them into folders of their own")


def _write(documents: Sequence[Part], folder: Path, script: Script, report: Report) -> None:
    stem = _stem("-" if script.source.name == Scripts.stdin_name else script.source.name)
    digits = len(str(len(documents)))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"cannot make the folder {folder}: {error.strerror or error}") from error
    for number, document in enumerate(documents, 1):
        path = folder / f"{stem}-{number:0{digits}}.ssml"
        write_file(path, document.text.text.encode("utf-8", errors="backslashreplace"))
        if report.json:
            print_json({"file": script.source.name, "path": str(path), **_as_dict(number, documents)})
        else:
            click.echo(str(path))
    report.note(f"{script.source.name}: {many(len(documents), 'document')}")


COMMANDS = [split]
