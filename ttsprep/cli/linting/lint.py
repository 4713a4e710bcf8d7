"""``lint``: every mistake of scripts, settings and recordings, before a request is paid for."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ttsprep.cli.groups import SectionedCommand
from ttsprep.cli.linting.common import configuration_options, print_loaded, wants_colour

if TYPE_CHECKING:
    from ttsprep.lint.cache import Cache
    from ttsprep.lint.configuration import Configuration
    from ttsprep.lint.model import Finding, Result
    from ttsprep.lint.running import Job, Mending, Outcome
    from ttsprep.lint.targets import Targets

__all__ = ["COMMANDS"]

_FOR_PEOPLE: Final = ("full", "concise")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What the options ask for."""

    paths: tuple[str, ...]
    stdin_filename: str | None
    fix: bool
    unsafe_fixes: bool
    diff: bool
    output_format: str | None
    output_file: str | None
    statistics: bool
    fail_on: str | None
    exit_zero: bool
    jobs: int
    cache_dir: str | None
    no_cache: bool
    force_exclude: bool

    def mending(self) -> Mending | None:
        """What is done with fixes."""
        from ttsprep.lint.running import Mending

        return Mending(self.unsafe_fixes, write=self.fix) if self.fix or self.diff else None


@click.command(cls=SectionedCommand)
@click.argument("paths", nargs=-1, metavar="[FILE|FOLDER|-]...", type=click.Path())
@click.option("--stdin-filename", metavar="NAME", help="What standard input would be called as a file.")
@click.option("--fix", is_flag=True, help="Mend what can be mended without changing what is heard.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also where a fix is a guess.")
@click.option("--diff", is_flag=True, help="Print what --fix would change, and write nothing.")
@click.option("--output-format", metavar="FORM", help="How to print findings.")
@click.option("--output-file", type=click.Path(dir_okay=False), help="Print findings into a file.")
@click.option("--statistics", is_flag=True, help="Print how often each rule was broken, and no findings.")
@click.option("--fail-on", type=click.Choice(["note", "warning", "error"]), help="What makes the exit code 1.")
@click.option("--exit-zero", is_flag=True, help="Findings do not make the exit code 1.")
@click.option("-j", "--jobs", type=click.IntRange(min=0), default=0, help="Processes; 0 takes as many as help.")
@click.option(
    "--cache-dir", type=click.Path(file_okay=False), envvar="TTSPREP_CACHE_DIR", help="Where to keep results."
)
@click.option("--no-cache", is_flag=True, help="Keep no results, and use none.")
@click.option("--force-exclude", is_flag=True, help="Leave out what is excluded also where it is named.")
@click.option("-w", "--watch", is_flag=True, help="Lint again whenever a file changes, until interrupted.")
@configuration_options
def lint(targets: Targets, watch: bool, **options: object) -> None:
    """Name every mistake in scripts, settings and recordings.

    Files are what their names' endings say (.md, .txt, .ssml, .toml, .json, .pls, .jsonl); in a FOLDER scripts are
    looked for. Without any, the folder is the one you are in. "-" is standard input; with --fix its mended text is
    printed.

    \b
    Exit codes:
      0  nothing was found, or notes only (see --fail-on)
      1  something was found, or --diff has something to show
      2  usage, configuration, or a file that cannot be read or written
    """
    wanted = _Wanted(**options)  # type: ignore[arg-type]  # click gives each option its type
    _refuse(wanted, watch)
    targets = dataclasses.replace(targets, forced=wanted.force_exclude)
    if not watch:
        sys.exit(_once(targets, wanted))
    from ttsprep.lint.watching import changes

    for _ in changes(lambda: _watched(targets, wanted)):
        click.clear()
        _once(_anew(targets), wanted)
        click.echo("watching for changes (Ctrl-C ends)", err=True)


def _refuse(wanted: _Wanted, watch: bool) -> None:
    if wanted.unsafe_fixes and not (wanted.fix or wanted.diff):
        raise click.UsageError("--unsafe-fixes says which fixes: it needs --fix or --diff")
    if wanted.fix and wanted.diff:
        raise click.UsageError("--fix and --diff exclude each other")
    if watch and (wanted.fix or wanted.diff or "-" in wanted.paths):
        raise click.UsageError("--watch only looks, and only at files")
    if "" in wanted.paths:
        raise click.UsageError("an empty name names no file")
    if wanted.paths.count("-") > 1:
        raise click.UsageError("standard input can be read only once: '-' stands twice")
    if wanted.stdin_filename and "-" not in wanted.paths:
        raise click.UsageError("--stdin-filename names standard input: it needs '-'")


def _anew(targets: Targets) -> Targets:
    """The same targets with nothing read yet."""
    from ttsprep.lint.targets import Targets

    return Targets(targets.options, targets.file, targets.isolated, targets.forced)


def _watched(targets: Targets, wanted: _Wanted) -> list[Path]:
    """The files whose changes matter: scripts, sidecars, configuration."""
    from ttsprep.lint.suppression import SIDECAR

    fresh = _anew(targets)
    scripts = [Path(job.path) for job in fresh.jobs(wanted.paths or (".",))]
    sidecars = [Path(f"{path}{SIDECAR}") for path in scripts]
    return [*scripts, *sidecars, *(Path(source.name) for each in fresh.loaded for source in each.sources)]


def _once(targets: Targets, wanted: _Wanted) -> int:
    """One run; its exit code."""
    from ttsprep.lint.running import run

    try:
        jobs = _jobs(targets, wanted)
    except OSError as error:
        raise click.UsageError(f"cannot read {error.filename}: {error.strerror or error}") from error
    faulty = print_loaded(targets.loaded)
    outcomes = run(jobs, _cache(wanted, targets), processes=wanted.jobs, progress=_progress())
    results = [result for outcome in outcomes for result in outcome.results] + targets.unreadable
    unread = [result for result in results if result.error]
    changed = _show_mended(jobs, outcomes, wanted)
    configuration = next((each.configuration for each in targets.loaded if each.configuration), None)
    if not wanted.diff:
        _print(results, wanted, configuration)
    for result in unread:
        click.echo(f"Error: {result.file}: {result.error}", err=True)
    if not wanted.diff and results and _form(wanted, configuration) in _FOR_PEOPLE:
        click.echo(_summary(results, outcomes, wanted), err=True)
    if not (results or faulty):
        click.echo("nothing to lint: no file is looked for there (include, exclude, .gitignore)", err=True)
    if faulty or unread:
        return 2
    failed = changed if wanted.diff else _fails(results, wanted, configuration)
    return int(failed and not wanted.exit_zero)


def _jobs(targets: Targets, wanted: _Wanted) -> list[Job]:
    """A job for each file, and for standard input."""
    names = wanted.paths or (".",)
    jobs = targets.jobs([name for name in names if name != "-"])
    if "-" in names:
        jobs += _of_stdin(targets, wanted.stdin_filename or "<stdin>")
    mending = wanted.mending()
    return [dataclasses.replace(job, mending=mending) for job in jobs]


def _of_stdin(targets: Targets, name: str) -> Iterator[Job]:
    from ttsprep.lint.running import Job

    configuration = targets.configuration(Path(name).parent)
    if configuration is not None:
        yield Job(name, configuration, data=sys.stdin.buffer.read())


def _cache(wanted: _Wanted, targets: Targets) -> Cache:
    from ttsprep.lint.cache import FOLDER, Cache

    if wanted.no_cache:
        return Cache(None)
    if wanted.cache_dir:
        return Cache(Path(wanted.cache_dir))
    files = [each.configuration.file for each in targets.loaded if each.configuration and each.configuration.file]
    return Cache(files[0].parent / FOLDER if files else _of_user() / "ttsprep")


def _of_user() -> Path:
    """Where caches of the user lie: files without configuration get no folder put beside them."""
    named = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(named) if named else Path("~/.cache").expanduser()


def _progress() -> Callable[[int, int], None] | None:
    """How far it has come, on a terminal."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, every: int) -> None:
        if every == 1:
            return
        end = "\r" if done < every else f"\r{'':40}\r"
        click.echo(f"\r{done:,} of {every:,} files{end}", err=True, nl=False)

    return show


# --- printing


def _form(wanted: _Wanted, configuration: Configuration | None) -> str:
    """The form of the output: as asked for, as configured, as the place where we run reads it."""
    from ttsprep.lint.output import FORMATS

    asked = wanted.output_format or (configuration["output-format"] if configuration else None)
    if asked is None:
        return "github" if os.environ.get("GITHUB_ACTIONS") == "true" and "github" in FORMATS else "full"
    if asked not in FORMATS:
        raise click.UsageError(f"--output-format is one of {', '.join(FORMATS)}, not {asked!r}")
    return str(asked)


def _print(results: Sequence[Result], wanted: _Wanted, configuration: Configuration | None) -> None:
    from ttsprep.lint.output import FORMATS, OutputOptions

    form = _form(wanted, configuration)
    if wanted.output_file is None:
        options = OutputOptions(colour=wants_colour(sys.stdout), columns=_columns())
        pieces = _statistics(results, form) if wanted.statistics else FORMATS[form](results, options)
        for text in pieces:
            click.echo(text, nl=False, color=options.colour or None)
        return
    from ttsprep.writing import write_file

    pieces = _statistics(results, form) if wanted.statistics else FORMATS[form](results, OutputOptions())
    try:
        write_file(Path(wanted.output_file), "".join(pieces).encode("utf-8", errors="backslashreplace"))
    except OSError as error:
        raise click.UsageError(f"cannot write {wanted.output_file}: {error.strerror or error}") from error


def _columns() -> int:
    """How many columns of text have room beside line numbers."""
    from shutil import get_terminal_size  # takes a while to import

    return max(40, get_terminal_size((110, 24)).columns - 10)


def _statistics(results: Sequence[Result], form: str) -> Iterator[str]:
    """How often each rule was broken, the most broken first; ``*`` where --fix mends it. In JSON as values."""
    rows = _counted(results)
    if form == "json":
        import json

        names = ("code", "name", "count", "fixable")
        yield json.dumps([dict(zip(names, row, strict=True)) for row in rows], indent=2) + "\n"
        return
    for code, name, count, fixable in rows:
        yield f"{count:>6,}  {'*' if fixable else ' '} {code}  {name}\n"


def _counted(results: Sequence[Result]) -> list[tuple[str, str, int, int]]:
    """Code, name, how many findings, how many that --fix mends."""
    counts: dict[str, list[Finding]] = {}
    for result in results:
        for finding in result.findings:
            counts.setdefault(finding.diagnostic.rule.code, []).append(finding)
    return [
        (code, found[0].diagnostic.rule.name, len(found), sum(_has_fix(each, unsafe=False) for each in found))
        for code, found in sorted(counts.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def _has_fix(finding: Finding, *, unsafe: bool) -> bool:
    fix = finding.diagnostic.fix
    return fix is not None and bool(fix.edits) and fix.safe is not unsafe


def _summary(results: Sequence[Result], outcomes: Sequence[Outcome], wanted: _Wanted) -> str:
    """The last line: how much was found in how many files, what was mended, and what could be."""
    found = [finding for result in results for finding in result.findings]
    mended = sum(sum(outcome.mended.values()) for outcome in outcomes)
    words = [f"{_many(mended, 'fault')} mended"] if wanted.fix else []
    with_findings = sum(1 for result in results if result.findings)
    linted = sum(1 for result in results if not result.error)
    words += [f"{_many(len(found), 'finding')} in {with_findings:,} of {_many(linted, 'file')}"]
    safe = sum(_has_fix(each, unsafe=False) for each in found)
    unsafe = sum(_has_fix(each, unsafe=True) for each in found)
    if safe:
        words += [f"--fix mends {safe:,}"]
    if unsafe:
        words += [f"--unsafe-fixes {unsafe:,}{' more' if safe else ''}"]
    return "; ".join(words)


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _fails(results: Sequence[Result], wanted: _Wanted, configuration: Configuration | None) -> bool:
    """Whether anything is bad enough."""
    from ttsprep.diagnostics import Severity

    bound = wanted.fail_on or (configuration["fail-on"] if configuration else "warning")
    return any(each.severity >= Severity[bound.upper()] for result in results for each in result.findings)


def _show_mended(jobs: Sequence[Job], outcomes: Sequence[Outcome], wanted: _Wanted) -> bool:
    """Print diffs, or the mended standard input; whether a diff has something to show."""
    if wanted.mending() is None:
        return False
    from ttsprep.cli.linting.mended import show_diffs, show_mended_input

    if wanted.diff:
        return show_diffs(outcomes, wanted.output_file)
    show_mended_input(jobs, outcomes)
    return False


COMMANDS = [lint]
