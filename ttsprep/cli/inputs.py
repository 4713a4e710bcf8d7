"""What the commands that read scripts share: files or standard input, encodings, syntax, diagnostics on stderr."""

from __future__ import annotations

import codecs
import functools
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, TypeAlias

import click

from ttsprep.diagnostics import Diagnostic, has_errors
from ttsprep.report import lines
from ttsprep.source import Source

if TYPE_CHECKING:
    from ttsprep.cli.options import Chosen
    from ttsprep.lexicon import Lexicon
    from ttsprep.mapped import MappedText
    from ttsprep.markdown import MarkdownOptions
    from ttsprep.settings import TaskSettings

__all__ = [
    "Refused",
    "Script",
    "Scripts",
    "Shown",
    "Unreadable",
    "encoding_option",
    "files_argument",
    "print_findings",
    "script_options",
    "settings_or_exit",
]

SYNTAXES = ("markdown", "text", "ssml")


def print_findings(found: Iterable[Diagnostic], source: Source) -> None:
    """The diagnostics on stderr, one line each."""
    for line in lines(found, source):
        click.echo(line, err=True)


Shown: TypeAlias = Callable[[Iterable[Diagnostic], Source], None]
"""How diagnostics of a source are printed."""


@dataclass(frozen=True)
class Script:
    """One input: its source, the syntax that was asked for, and a place to report to."""

    source: Source
    syntax: str | None
    findings: list[Diagnostic] = field(default_factory=list)
    show: Shown = print_findings
    markdown: MarkdownOptions | None = None
    """What is heard of it if it is Markdown."""
    lexicon: Lexicon | None = None
    """How its words are to be said."""

    def report(self, found: Iterable[Diagnostic]) -> None:
        """Print the diagnostics on stderr, one line each; an error makes the command exit with 1 at its end."""
        found = list(found)
        self.findings.extend(found)
        self.show(found, self.source)

    def spoken(self, settings: TaskSettings | None = None) -> MappedText:
        """What is spoken of the source, with `settings` what is sent of it; what was found on the way is reported."""
        from ttsprep.syntax import Syntax, spoken_text, syntax_of

        syntax = Syntax(self.syntax) if self.syntax else syntax_of(self.source)
        text, found = spoken_text(self.source, syntax, self.markdown, settings)
        self.report([*self.source.faults(), *found])
        return text


class Refused(click.exceptions.Exit):
    """The command ends with 1: `scripts`, of which settings may be one, have errors, which have been printed."""

    def __init__(self, scripts: Iterable[Script]) -> None:
        super().__init__(1)
        self.scripts = tuple(scripts)


class Unreadable(click.UsageError):
    """The command ends with 2: there were files that could not be read, which has been said of each."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Nothing is left to say."""


def settings_or_exit(chosen: Chosen, show: Shown = print_findings) -> TaskSettings:
    """The settings, with what was found printed on stderr. Raises Refused where they have errors."""
    script = Script(chosen.source or Source("", "settings"), None, show=show)
    script.report(chosen.diagnostics)
    if chosen.settings is None:
        raise Refused([script])
    return chosen.settings


class Scripts(Iterator[Script]):
    """Each readable script in order; standard input for ``-`` or where no file is named.

    What is not in `encoding` is reported with its offset and left out. After the last one Unreadable is raised
    if there was a file that could not be read, else Refused if any script had an error. Standard input named twice is a
    usage error at once. `ahead` is what was already read of standard input, `unread` says which files could not be read
    so far, and why; `at_end` is called behind the last script. `load_lexicon` gives the lexicon, if there is one.
    """

    stdin_name = "<stdin>"

    def __init__(
        self,
        files: Sequence[str],
        encoding: str,
        syntax: str | None = None,
        show: Shown = print_findings,
        markdown: MarkdownOptions | None = None,
    ) -> None:
        self.files = tuple(files) or ("-",)
        if self.files.count("-") > 1:
            raise click.UsageError("standard input can be read only once: '-' stands twice")
        self.encoding, self.syntax, self.show, self.markdown = encoding, syntax, show, markdown
        self.ahead = b""
        self.unread: list[str] = []
        self.at_end: Callable[[], None] | None = None
        self.load_lexicon: Callable[[], Lexicon] | None = None
        self._each = self._readable()

    def __next__(self) -> Script:
        return next(self._each)

    @functools.cached_property
    def lexicon(self) -> Lexicon | None:
        """How the words of the scripts are to be said, read when it is asked for. Raises Refused, UsageError."""
        return self.load_lexicon() if self.load_lexicon else None

    def _readable(self) -> Iterator[Script]:
        failed = []
        lexicon = self.lexicon
        for name in self.files:
            try:
                source, found = self._read(name)
            except OSError as error:
                self._note_unread(f"cannot read {name}: {error.strerror or error}")
                continue
            script = Script(source, self.syntax, show=self.show, markdown=self.markdown, lexicon=lexicon)
            script.report(found)
            if not has_errors(found):
                yield script
            failed += [script] if has_errors(script.findings) else []
        if self.at_end is not None:
            self.at_end()
        if self.unread:
            raise Unreadable("\n".join(self.unread))
        if failed:
            raise Refused(failed)

    def _read(self, name: str) -> tuple[Source, tuple[Diagnostic, ...]]:
        if name == "-":
            data = self.ahead + sys.stdin.buffer.read()
            return Source.decode(data, name=self.stdin_name, encoding=self.encoding)
        return Source.read(name, encoding=self.encoding)

    def _note_unread(self, words: str) -> None:
        self.unread.append(words)
        click.echo(f"Error: {words}", err=True)


def _encoding(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    try:
        " ".encode(value)
    except (LookupError, UnicodeError):
        raise click.BadParameter(f"Python knows no text encoding {value!r}") from None
    return codecs.lookup(value).name


files_argument = click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path())
"""`[FILE]...`, for commands that read some."""

encoding_option = click.option(
    "--encoding",
    default="utf-8",
    show_default=True,
    callback=_encoding,
    help="Encoding of the input, such as gb18030. A byte order mark is dropped.",
)
"""`--encoding`, whose value Python knows."""

_OPTIONS = (
    files_argument,
    click.option(
        "--from",
        "syntax",
        type=click.Choice(SYNTAXES),
        help="What the input is written in. By default a file's ending tells (.md, .txt, .ssml); any other input is "
        "SSML if it begins with <speak>, else Markdown.",
    ),
    encoding_option,
)


def script_options(command: Callable[..., None]) -> Callable[..., None]:
    """The arguments and options of a command that reads scripts; it gets `Scripts` as ``scripts``."""
    from ttsprep.cli.listening import markdown_options

    @functools.wraps(command)
    def with_scripts(
        files: Sequence[str], encoding: str, syntax: str | None, markdown: MarkdownOptions, **others: Any
    ) -> None:
        command(scripts=Scripts(files, encoding, syntax, markdown=markdown), **others)

    wrapped = markdown_options(with_scripts)
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped
