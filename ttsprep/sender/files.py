"""Speech into a file that is whole or does not exist.

Written is ``NAME.part`` beside the file (``NAME.part2`` and so on where that is taken), which gets the name when all
is said, with the sizes in its header put right. After a failure an older file of that name is untouched; the
``.part`` stays with what was heard, and the exception names it (`SpeechError.partial`, or a note). Memory stays flat.
"""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, ParamSpec, TypeVar

from ttsprep.audio import AudioError, Joiner, patched
from ttsprep.protocol import SpeechError
from ttsprep.sender.errors import NoAudio
from ttsprep.sender.events import Audio, SpeechEvent, Started, Summary
from ttsprep.sender.sources import suffixes

__all__ = ["SpeechFile", "in_thread", "target_of"]

_AT_A_TIME: Final = 1 << 18

P = ParamSpec("P")
T = TypeVar("T")


class SpeechFile:
    """A file in the making. It takes the events of a `Speech`, in order, and the speech's joiner.

    Raises IsADirectoryError and other OSError where the file cannot be written.
    """

    def __init__(self, path: str | os.PathLike[str], joining: Joiner) -> None:
        self._target = target_of(Path(path))
        self._joiner = joining
        self._part, self._file = _open_part(self._target)
        self._waiting = bytearray()
        self._task_id = ""
        self._summary: Summary | None = None
        self._size = 0

    def add(self, event: SpeechEvent) -> bool:
        """Take an event; whether enough has gathered for `flush`."""
        if isinstance(event, Audio):
            self._waiting += event.data
        elif isinstance(event, Started):
            self._task_id = event.task_id
        elif isinstance(event, Summary):
            self._summary = event
        return len(self._waiting) >= _AT_A_TIME

    def flush(self) -> None:
        """Write what has gathered."""
        waiting, self._waiting = self._waiting, bytearray()
        with self._naming():
            self._file.write(waiting)
        self._size += len(waiting)

    def complete(self) -> Summary:
        """Everything was said: finish the file and give it its name. Raises NoAudio where there was none."""
        self._finish()
        if not self._size:
            raise NoAudio(task_id=self._task_id)
        self._part.replace(self._target)
        assert self._summary is not None, "the speech has ended well"
        return self._summary

    def _finish(self) -> None:
        """Write the rest, put the header right, and make sure that all is on the disk."""
        if self._file.closed:
            return
        with self._naming(), self._file:
            self._waiting += self._joiner.close()
            self.flush()
            patched(self._file, self._joiner)
            self._file.flush()
            os.fsync(self._file.fileno())

    def keep(self, error: BaseException) -> None:
        """After a failure: keep what was heard and say where; an empty file is removed. Raises nothing."""
        try:
            self._finish()
        except (OSError, AudioError) as worse:
            if not isinstance(error, OSError):
                error.add_note(f"{self._part} could not be completed: {worse}")
        try:
            kept = self._kept()
        except OSError as worse:
            kept = f"{self._part}, which cannot be read any more: {worse}"
        if kept and isinstance(error, SpeechError):
            error.partial = kept
        elif kept:
            error.add_note(f"what was heard is kept, in part, in {kept}")

    def _kept(self) -> str:
        """What is on the disk, in words; nothing where there is nothing."""
        size = self._part.stat().st_size
        if not size:
            self._part.unlink()
            return ""
        all_written = size == self._size
        seconds = f", {self._joiner.seconds:.1f} s of audio" if all_written else " of audio, the last of it cut off"
        return f"{self._part} ({size:,} bytes{seconds})"

    @contextmanager
    def _naming(self) -> Iterator[None]:
        """Errors of an open file do not name it by themselves."""
        try:
            yield
        except OSError as error:
            error.filename = error.filename or str(self._part)
            raise


def target_of(path: Path) -> Path:
    """The file to be made, behind links. Raises OSError where there cannot be one, or where a file would be lost that
    is no audio: a script, given in the wrong place.
    """
    target = path.resolve()
    if target.is_dir():
        raise IsADirectoryError(f"{path} is a directory")
    if target.exists() and not target.is_file():
        raise FileExistsError(f"{path} is a device or pipe, which a finished file would replace; write to - instead")
    if not target.parent.is_dir():
        raise FileNotFoundError(f"{path} cannot be written: the folder {path.parent} does not exist")
    if not os.access(target.parent, os.W_OK):
        raise PermissionError(f"{path} cannot be written: the folder {path.parent} may not be written to")
    if target.exists() and target.stat().st_size and target.suffix.lower() not in suffixes():
        raise FileExistsError(f"{path} exists and has no suffix of audio: it is not overwritten; give another name")
    return target


def _open_part(target: Path) -> tuple[Path, BinaryIO]:
    """A new file beside the target: neither what an earlier run kept nor what another one writes is touched."""
    for number in itertools.count(1):
        part = target.with_name(f"{target.name}.part{number if number > 1 else ''}")
        try:
            return part, part.open("x+b")
        except FileExistsError:
            continue
    raise AssertionError("there is always another number")


async def in_thread(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run in a thread, and let it finish even if this task is cancelled: the file is not pulled away from it."""
    work = asyncio.ensure_future(asyncio.to_thread(function, *args, **kwargs))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        await asyncio.wait([work])
        raise
