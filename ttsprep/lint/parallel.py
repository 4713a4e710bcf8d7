"""Several processes at once."""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext

from ttsprep.lint.cache import Cache
from ttsprep.lint.model import Result
from ttsprep.lint.running import Job, Outcome, work

__all__ = ["outcomes"]


def outcomes(todo: Sequence[tuple[int, Job]], cache: Cache, many: int) -> Iterator[tuple[int, Outcome]]:
    """The outcomes as they come. Where a process dies, what it had to do is said to be undone."""
    with ProcessPoolExecutor(many, mp_context=_context()) as pool:
        waiting: dict[Future[Outcome], tuple[int, Job]] = {}
        for number, job in todo:
            waiting[pool.submit(work, job, cache)] = number, job
        for future in as_completed(waiting):
            number, job = waiting[future]
            try:
                yield number, future.result()
            except BrokenProcessPool:
                yield number, Outcome((Result(job.path, error="the process that linted it ended"),))


def _context() -> BaseContext:
    """Processes that begin as copies of this one, where that is safe: they have read all the modules already."""
    alone = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if alone else "spawn")
