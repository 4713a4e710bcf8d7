"""The emulator in a thread of its own, for code that is not asyncio."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Self, Unpack

from ttsprep.emulator.expecting import check_expected
from ttsprep.emulator.findings import Finding
from ttsprep.emulator.options import AllKeywords
from ttsprep.emulator.server import Emulator
from ttsprep.emulator.tasks import TaskReport

__all__ = ["ThreadedEmulator"]

_PATIENCE = 30.0
"""Seconds for starting and for stopping."""


class ThreadedEmulator:
    """An `Emulator` for as long as it is entered; takes the same arguments.

    >>> with ThreadedEmulator(voice="tone") as emulator:
    ...     emulator.address[0]
    '127.0.0.1'
    """

    def __init__(self, **options: Unpack[AllKeywords]) -> None:
        self.emulator = Emulator(**options)
        self.expected: set[str] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._ready = threading.Event()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="ttsprep emulator", daemon=True)

    @property
    def url(self) -> str:
        """Where to connect."""
        return self.emulator.url

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        return self.emulator.address

    @property
    def departures(self) -> Sequence[Finding]:
        """What clients did against the API page so far."""
        return self.emulator.departures

    @property
    def tasks(self) -> Sequence[TaskReport]:
        """Every task so far, in the order of their start."""
        return list(self.emulator.tasks)

    def expect(self, *rules: str) -> None:
        """A departure from each of these API rules is meant to happen: it is no `unexpected` one, and without it the
        rule is `missed`. Raises ValueError for what is no rule that a client can be found to break.
        """
        check_expected(rules)
        self.expected |= set(rules)

    @property
    def unexpected(self) -> Sequence[Finding]:
        """The departures that break none of the rules that were expected to be broken."""
        return [finding for finding in self.departures if not self.expected.intersection(finding.rules)]

    @property
    def missed(self) -> Sequence[str]:
        """The expected rules that no departure so far has broken."""
        return sorted(self.expected.difference(*(finding.rules for finding in self.departures)))

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(_PATIENCE):
            raise TimeoutError(f"the emulator did not start within {_PATIENCE:g} s")
        if self._error is not None:
            raise self._error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._loop is not None and self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(_PATIENCE)
        if self._thread.is_alive():
            raise TimeoutError(f"the emulator did not stop within {_PATIENCE:g} s")
        if self._error is not None and error is None:
            raise self._error

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            self._error = error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        async with self.emulator:
            self._ready.set()
            await self._stop.wait()
