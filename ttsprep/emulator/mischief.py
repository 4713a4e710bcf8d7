"""The faults as they act on one connection."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable

from ttsprep.emulator.faults import Faults, Step
from ttsprep.emulator.replies import Fail
from ttsprep.emulator.wire import Wire

__all__ = ["Mischief"]

_ARRIVAL = 0.05
"""Seconds for what has been written to arrive, before a reset throws the rest away."""

_log = logging.getLogger("ttsprep.emulator")


class Mischief:
    """Makes faults happen at their steps, and is what they act on (`ttsprep.emulator.faults.Target`)."""

    def __init__(
        self, faults: Faults, wire: Wire, *, fail: Callable[[Fail], Awaitable[None]], stop: Callable[[], None]
    ) -> None:
        self._faults = faults
        self._wire = wire
        self._fail = fail
        self._stop = stop
        self.task_id = ""
        self.previous_task_id = ""
        self.frame_size: int | None = None
        self.half_then_reset = False
        self.broke = False
        """A fault has broken the conversation: what the client does from here on is no fault of its own."""

    def begin(self, task_id: str) -> None:
        """A task begins: what was done to the one before is over."""
        self.task_id, self.frame_size, self.half_then_reset = task_id, None, False
        self._wire.unknown_fields = False

    def end(self) -> None:
        """The task has finished."""
        self.previous_task_id = self.task_id

    async def at(self, step: Step, ordinal: int = 1) -> None:
        """A step has been reached: whatever fault was asked for here happens."""
        if not self._faults:
            return
        for fault in self._faults.due(step, ordinal):
            _log.info("fault %s at %s %d", fault.name, step.value, ordinal)
            self.broke = self.broke or fault.kind.breaks
            if fault.kind.act:
                await fault.kind.act(self, fault.argument)

    # --- what faults do

    @property
    def unknown_fields(self) -> bool:
        return self._wire.unknown_fields

    @unknown_fields.setter
    def unknown_fields(self, value: bool) -> None:
        self._wire.unknown_fields = value

    async def close(self, code: int, reason: str = "") -> None:
        self._stop()
        await self._wire.close(code, reason)

    async def abort(self) -> None:
        self._stop()
        self._wire.closing = True
        await asyncio.sleep(_ARRIVAL)
        self._wire.abort()

    def fall_silent(self) -> None:
        self._wire.silent = True

    async def fail(self, message: str, code: str = "InternalError") -> None:
        await self._fail(Fail(message, code))

    async def write(self, frame: str | bytes) -> None:
        await self._wire.send(frame)

    async def write_event(self, event: str, task_id: str) -> None:
        """An event that the protocol did not ask for."""
        body = {"header": {"task_id": task_id, "event": event, "attributes": {}}, "payload": {}}
        await self._wire.send(json.dumps(body))
