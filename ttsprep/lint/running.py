"""Many files: each with the configuration that acts on it, from the cache where nothing has changed, in several
processes where there is enough to do. What goes wrong with one file is said of it, and the others are linted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ttsprep.collecting import collector_paused
from ttsprep.lint.cache import Cache, key
from ttsprep.lint.configuration import Configuration
from ttsprep.lint.files import Unreadable, read_bytes, refuse_binary, replace_bytes
from ttsprep.lint.linting import lint_source
from ttsprep.lint.model import Kind, Result
from ttsprep.lint.suppression import SIDECAR
from ttsprep.source import Source

__all__ = ["Job", "Mending", "Outcome", "run", "work"]

_WORTH_A_PROCESS: Final = 500_000
"""Bytes that are linted in about the time it takes to start processes."""


@dataclass(frozen=True, slots=True)
class Mending:
    """What is done with fixes: the unsafe ones too, or only safe ones; written, or only shown."""

    unsafe: bool = False
    write: bool = True


@dataclass(frozen=True, slots=True)
class Job:
    """A file to lint. `data` is its content where it has been read already: standard input."""

    path: str
    configuration: Configuration
    mending: Mending | None = None
    data: bytes | None = None
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job: results (a sidecar's beside the file's), how many findings were mended by which rule, and
    the text before and after.
    """

    results: tuple[Result, ...]
    mended: Mapping[str, int] = field(default_factory=dict)
    before: Source | None = None
    after: Source | None = None


@dataclass(frozen=True, slots=True)
class _Content:
    """What lies on the disk: a file and its sidecar."""

    data: bytes
    sidecar: bytes | None

    def key(self, job: Job) -> str:
        return key(f"{job.path} {job.kind}", self.data, self.sidecar or b"", job.configuration)


def _read(job: Job) -> _Content:
    limit = job.configuration["max-file-size"]
    if job.data is not None:
        refuse_binary(job.data)
        return _Content(job.data, None)
    data = read_bytes(Path(job.path), limit)
    beside = Path(job.path + SIDECAR)
    return _Content(data, read_bytes(beside, limit) if beside.is_file() else None)


def work(job: Job, cache: Cache) -> Outcome:
    """Do one job. Never raises for what is wrong with a file."""
    try:
        content = _read(job)
        with collector_paused():
            outcome = _linted(job, content)
    except Unreadable as error:
        return Outcome((Result(job.path, error=str(error)),))
    except (RecursionError, MemoryError) as error:
        return Outcome((Result(job.path, error=f"too much for this machine: {type(error).__name__}"),))
    if cache.keeps and job.mending is None and job.data is None:
        cache.put(job.path, content.key(job), outcome.results)
    return outcome


def _linted(job: Job, content: _Content) -> Outcome:
    encoding = "utf-8" if _always_utf8(job) else job.configuration["encoding"]
    source, found = Source.decode(content.data, name=job.path, encoding=encoding)
    sidecar = None
    if content.sidecar is not None:
        sidecar, _ = Source.decode(content.sidecar, name=job.path + SIDECAR)
    mended, before = dict[str, int](), source
    if job.mending is not None and not found:
        source, mended = _mend(job, job.mending, content, source, sidecar)
    results = lint_source(source, job.configuration, found=found, sidecar=sidecar, kind=job.kind)
    return Outcome(tuple(each for each in results if each is not None), mended, before, source)


def _always_utf8(job: Job) -> bool:
    return Path(job.path).suffix.lower() in (".toml", ".json", ".jsonl")


def _mend(
    job: Job, mending: Mending, content: _Content, source: Source, sidecar: Source | None
) -> tuple[Source, dict[str, int]]:
    """The source with its fixes, written if that is wanted."""
    from dataclasses import replace

    from ttsprep.lint.fixing import fix

    fixed = fix(source, job.configuration, unsafe=mending.unsafe, sidecar=sidecar)
    if fixed.text == source.text:
        return source, {}
    after = replace(source, text=fixed.text)
    try:
        data = source.encode(fixed.text)
    except UnicodeEncodeError as error:
        character = fixed.text[error.start]
        raise Unreadable(f"cannot be mended: {source.encoding} has no {character!r}, which a fix puts in") from error
    if mending.write and job.data is None:
        replace_bytes(Path(job.path), content.data, data)
    return after, fixed.by_rule


def run(
    jobs: Sequence[Job], cache: Cache, *, processes: int = 1, progress: Callable[[int, int], None] | None = None
) -> list[Outcome]:
    """The outcomes of all jobs in their order. `processes` 0 takes as many as help; `progress` gets done and all."""
    outcomes: dict[int, Outcome] = {}
    sizes: dict[int, int] = {}
    for number, job in enumerate(jobs):
        kept, bytes_to_do = _kept(job, cache)
        if kept is not None:
            outcomes[number] = kept
        else:
            sizes[number] = bytes_to_do
    many = _processes(processes, len(sizes), sum(sizes.values()))
    largest_first = sorted(sizes, key=sizes.__getitem__, reverse=True)  # none is left over when the others are done
    todo = [(number, jobs[number]) for number in (largest_first if many > 1 else sizes)]
    for number, outcome in _in_processes(todo, cache, many) if many > 1 else _in_turn(todo, cache):
        outcomes[number] = outcome
        if progress is not None:
            progress(len(outcomes), len(jobs))
    return [outcomes[number] for number in range(len(jobs))]


def _kept(job: Job, cache: Cache) -> tuple[Outcome | None, int]:
    """What the cache has for a job, and how many bytes there are to do if it has nothing."""
    if job.mending is not None or job.data is not None:
        return None, len(job.data or b"") or _WORTH_A_PROCESS
    try:
        content = _read(job)
    except Unreadable as error:
        return Outcome((Result(job.path, error=str(error)),)), 0
    if content.sidecar is not None or not cache.keeps:
        return None, len(content.data)
    source, found = Source.decode(content.data, name=job.path, encoding=job.configuration["encoding"])
    results = cache.get(job.path, content.key(job), source) if not found else None
    return (Outcome(results), 0) if results is not None else (None, len(content.data))


def _processes(wanted: int, jobs: int, size: int) -> int:
    if wanted:
        return min(wanted, jobs)
    import os

    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(available, jobs, 1 + size // _WORTH_A_PROCESS)


def _in_processes(todo: Sequence[tuple[int, Job]], cache: Cache, many: int) -> Iterator[tuple[int, Outcome]]:
    from ttsprep.lint.parallel import outcomes  # what it imports takes a while

    return outcomes(todo, cache, many)


def _in_turn(todo: Iterable[tuple[int, Job]], cache: Cache) -> Iterator[tuple[int, Outcome]]:
    return ((number, work(job, cache)) for number, job in todo)
