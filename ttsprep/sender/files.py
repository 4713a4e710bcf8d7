"""Speech into a file that is whole or does not exist."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final, ParamSpec, TypeVar

from ttsprep.audio import AudioError, Joiner, joiner, patched
from ttsprep.protocol import SpeechError
from ttsprep.sender.errors import BadAudio, NoAudio
from ttsprep.sender.events import Audio, Finished, SpeechEvent, Started, Summary
from ttsprep.sender.speech import Speech

__all__ = ["write_speech"]

_AT_A_TIME: Final = 1 << 18

P = ParamSpec("P")
T = TypeVar("T")


async def write_speech(speech: Speech, path: str | os.PathLike[str]) -> Summary:
    """Write the audio of `speech` (with ``joined=False``) to `path`, and return its summary.

    Written is ``NAME.part`` beside it, which gets the name when all is said, with the sizes in its header put right.
    After a failure an older file of that name is untouched; the ``.part`` stays with what was heard, and the
    exception names it (`SpeechError.partial`, or a note). Memory stays flat.

    Raises what the speech raises, NoAudio, OSError.
    """
    target, part = _names(path)
    settings = speech.settings
    joining = joiner(settings.effective("format"), sample_rate=settings.effective("sample_rate"), patchable=True)
    writer = _Writer(part.open("wb"), joining)
    try:
        async with speech:
            async for event in speech:
                await writer.take(event)
        await _in_thread(writer.finish)
        if not writer.size:
            raise NoAudio(task_id=writer.task_id)
        await _in_thread(os.replace, part, target)
    except BaseException as error:
        _keep(writer, part, error)
        raise
    assert speech.summary is not None, "the speech has ended well"
    return speech.summary


def _names(path: str | os.PathLike[str]) -> tuple[Path, Path]:
    target = Path(path)
    if target.is_dir():
        raise IsADirectoryError(f"{target} is a directory")
    return target, target.with_name(target.name + ".part")


class _Writer:
    """Joins audio and writes it, a good deal at a time, in a thread: a slow disk does not stop the reading."""

    def __init__(self, file: BinaryIO, joining: Joiner) -> None:
        self._file, self._joiner = file, joining
        self._waiting = bytearray()
        self._open = False
        self.size = 0
        self.task_id = ""

    async def take(self, event: SpeechEvent) -> None:
        try:
            self._join(event)
        except AudioError as error:
            failure = BadAudio(str(error), task_id=self.task_id)
        else:
            if len(self._waiting) >= _AT_A_TIME:
                await _in_thread(self._flush)
            return
        raise failure

    def _join(self, event: SpeechEvent) -> None:
        if isinstance(event, Started):
            self.task_id = event.task_id
        elif isinstance(event, Audio):
            if not self._open:
                self._joiner.begin_task()
                self._open = True
            self._waiting += self._joiner.feed(event.data)
        elif isinstance(event, Finished) and self._open:
            self._open = False
            self._waiting += self._joiner.end_task()

    def _flush(self) -> None:
        self._file.write(self._waiting)
        self.size += len(self._waiting)
        self._waiting = bytearray()

    def finish(self) -> None:
        """Write the rest, put the header right, and make sure that all is on the disk."""
        if self._file.closed:
            return
        with self._file:
            self._waiting += self._joiner.close()
            self._flush()
            patched(self._file, self._joiner)
            self._file.flush()
            os.fsync(self._file.fileno())

    @property
    def seconds(self) -> float:
        return self._joiner.seconds


def _keep(writer: _Writer, part: Path, error: BaseException) -> None:
    """After a failure: keep what was heard, and say where; an empty file is removed."""
    try:
        writer.finish()
    except (OSError, AudioError) as worse:
        error.add_note(f"{part} could not be completed: {worse}")
    if not writer.size:
        part.unlink(missing_ok=True)
        return
    kept = f"{part} ({writer.size:,} bytes, {writer.seconds:.1f} s of audio)"
    if isinstance(error, SpeechError):
        error.partial = kept
    else:
        error.add_note(f"what was heard is kept in {kept}")


async def _in_thread(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run in a thread, and let it finish even if this task is cancelled: the file is not pulled away from it."""
    work = asyncio.ensure_future(asyncio.to_thread(function, *args, **kwargs))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        await asyncio.wait([work])
        raise
