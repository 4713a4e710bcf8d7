"""What every joiner shares: the order of the calls, the error, and what is written at the end."""

from __future__ import annotations

from abc import ABC, abstractmethod

__all__ = ["AudioError", "Joiner"]


class AudioError(Exception):
    """The audio of the service is not what it should be; it cannot become part of this output.

    `format` is the one asked for, `task` counts the tasks of the output from 0, `offset` is the position in
    the audio of that task, in bytes. The audio of the tasks before it is whole: the joiner takes the next task, or
    is closed, as if this one had ended.
    """

    def __init__(self, reason: str, *, format: str, task: int, offset: int = 0) -> None:  # noqa: A002 - its API name
        super().__init__(reason, format, task, offset)
        self.reason, self.format, self.task, self.offset = reason, format, task, offset

    def __str__(self) -> str:
        return f"{self.format} audio of task {self.task + 1}, byte {self.offset}: {self.reason}"


class Joiner(ABC):
    """Makes one stream or file of the audio of one or more tasks (AUD-05).

    The bytes to write come back from `feed`, `end_task` and `close`, in this order; frames may be cut
    anywhere. A single task passes unchanged, but for what `patch` says. Memory does not grow with the audio.

    Calls out of order raise RuntimeError, audio that does not fit raises `AudioError`.
    """

    format: str

    def __init__(self) -> None:
        self.tasks = 0
        """How many tasks have begun."""
        self._open = False
        self._closed = False
        self._fed = 0

    def begin_task(self) -> None:
        """The frames that follow belong to a new task."""
        if self._closed or self._open:
            raise RuntimeError("the joiner is closed" if self._closed else "the last task has not ended")
        self.tasks += 1
        self._open, self._fed = True, 0
        self._begin()

    def feed(self, data: bytes) -> bytes:
        """Take the next bytes of the task; what is to be written now, perhaps nothing yet."""
        if not self._open:
            raise RuntimeError("no task has begun")
        try:
            ready = self._feed(data)
        except AudioError:
            self._abandon()
            raise
        self._fed += len(data)
        return ready

    def end_task(self) -> bytes:
        """The task has no more audio (finished, failed or broken off)."""
        if not self._open:
            raise RuntimeError("no task has begun")
        self._open = False
        try:
            return self._end()
        except AudioError:
            self._abandon()
            raise

    def close(self) -> bytes:
        """The output has no more tasks. Ends an open task; closing again gives nothing."""
        if self._closed:
            return b""
        ending = self.end_task() if self._open else b""
        self._closed = True
        return ending + self._close()

    def patch(self) -> list[tuple[int, bytes]]:
        """What to overwrite in a file after `close`: (offset in bytes, new bytes), none beyond its end.

        Raises RuntimeError before `close`.
        """
        if not self._closed:
            raise RuntimeError("patches are known when the joiner is closed")
        return self._patch()

    @property
    @abstractmethod
    def seconds(self) -> float:
        """How long the audio plays that was fed so far, by what the format itself says."""

    def _error(self, reason: str, offset: int = 0) -> AudioError:
        return AudioError(reason, format=self.format, task=self.tasks - 1, offset=offset)

    def _abandon(self) -> None:
        """Forget the rest of a task that does not fit."""
        self._open = False
        self._discard()

    @abstractmethod
    def _feed(self, data: bytes) -> bytes: ...

    def _discard(self) -> None:
        return None

    def _begin(self) -> None:
        return None

    def _end(self) -> bytes:
        return b""

    def _close(self) -> bytes:
        return b""

    def _patch(self) -> list[tuple[int, bytes]]:
        return []
