"""The documents that an editor has open: each is linted a moment after the last key, beside the event loop.

An answer is always about one version of a document. What was found in a version that has been overtaken is dropped.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

from ttsprep.lint.files import Unreadable, read_bytes
from ttsprep.lint.suppression import SIDECAR
from ttsprep.lsp.configurations import Configurations
from ttsprep.lsp.documents import Analysis, Document, analyse
from ttsprep.source import Source

__all__ = ["PAUSE", "Session"]

PAUSE: Final = 0.15
"""Seconds without a key after which a document is linted."""
_MEGABYTE: Final = 1_000_000
_log = logging.getLogger(__name__)
_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


@dataclass(eq=False)
class _Open:
    """An open document, the analysis of this version of it, and what waits to publish that."""

    document: Document
    analysis: asyncio.Task[Analysis] | None = None
    waiting: asyncio.Task[None] | None = None

    def stop(self) -> None:
        for task in (self.analysis, self.waiting):
            if task is not None:
                task.cancel()


class Session:
    """The documents of one editor. `publish` gets each analysis, `report` the faults of configurations, in words."""

    def __init__(self, publish: Callable[[Analysis], None], report: Callable[[str], None]) -> None:
        self._publish = publish
        self._report = report
        self._open: dict[str, _Open] = {}
        self._configurations = Configurations()
        self._reported: dict[Path, str] = {}
        self._workers = ThreadPoolExecutor(2, thread_name_prefix="ttsprep-lint")

    def document(self, uri: str) -> Document | None:
        """The document as it is now; ``None`` where it is not open."""
        known = self._open.get(uri)
        return known.document if known else None

    def put(self, document: Document, pause: float = PAUSE) -> None:
        """A document was opened, or has a new version."""
        before = self._open.get(document.uri)
        if before is not None:
            before.stop()
        opened = self._open[document.uri] = _Open(document)
        opened.waiting = asyncio.get_running_loop().create_task(self._publish_soon(opened, pause))

    def drop(self, uri: str) -> None:
        """A document was closed."""
        known = self._open.pop(uri, None)
        if known is not None:
            known.stop()

    def again(self) -> None:
        """Lint every document once more: configurations have changed."""
        self._configurations.forget()
        for known in list(self._open.values()):
            self.put(known.document)

    def close(self) -> None:
        """End the work that nobody waits for any more."""
        for uri in list(self._open):
            self.drop(uri)
        self._workers.shutdown(wait=False, cancel_futures=True)

    async def analysis(self, uri: str) -> Analysis | None:
        """What is known of a document as it is now; ``None`` where it is not open, or not any more, or has changed."""
        known = self._open.get(uri)
        if known is None:
            return None
        try:
            return await self._analysed(known)
        except asyncio.CancelledError:
            if self._open.get(uri) is known:  # it is we who are cancelled
                raise
            return None

    async def work(self, function: Callable[_Given, _Made], *given: _Given.args, **named: _Given.kwargs) -> _Made:
        """The value of a function that takes its time."""
        return await asyncio.get_running_loop().run_in_executor(self._workers, partial(function, *given, **named))

    async def _analysed(self, known: _Open) -> Analysis:
        if known.analysis is None:
            known.analysis = asyncio.get_running_loop().create_task(self.work(self._analyse, known.document))
        return await asyncio.shield(known.analysis)

    async def _publish_soon(self, known: _Open, pause: float) -> None:
        await asyncio.sleep(pause)
        try:
            analysis = await self._analysed(known)
        except Exception:
            _log.exception("cannot lint %s", known.document.uri)
            return
        if self._open.get(known.document.uri) is known:
            self._publish(analysis)
            self._report_faults()

    def _report_faults(self) -> None:
        """Say once what stands against a configuration."""
        faults = dict(self._configurations.faults)
        for file, words in faults.items():
            if self._reported.get(file) != words:
                self._report(f"{file}: {words}")
        self._reported = faults

    def _analyse(self, document: Document) -> Analysis:
        configuration = self._configurations.of(document.path.parent if document.path else None)
        if len(document.text.text) > configuration["max-file-size"] * _MEGABYTE:
            _log.warning("%s is longer than max-file-size and is not linted", document.uri)
            return Analysis(document, configuration, None)
        try:
            return analyse(document, configuration, self.sidecar(document))
        except (RecursionError, MemoryError) as error:
            _log.warning("%s is too much for this machine: %s", document.uri, type(error).__name__)
            return Analysis(document, configuration, None)

    def sidecar(self, document: Document) -> Source | None:
        """The suppressions beside a file: as they are shown in the editor, else as they lie on the disk."""
        if document.path is None:
            return None
        beside = Path(f"{document.path}{SIDECAR}")
        for known in list(self._open.values()):
            if known.document.path == beside:
                return replace(known.document.source, name=str(beside))
        try:
            return Source.decode(read_bytes(beside, 1), name=str(beside))[0] if beside.is_file() else None
        except (OSError, Unreadable):
            return None
