"""The audio of several tasks as one stream or file that plays whole (AUD-05).

Each task of the service sends an audio file of its own. Appended, they play only in part: the first mp3 frame or Ogg
stream says where to stop, and wav readers find a header between samples.

    >>> join = joiner("pcm", sample_rate=8000)
    >>> out = bytearray()
    >>> for task in (bytes(8000), bytes(4000)):
    ...     join.begin_task()
    ...     out += join.feed(task)
    ...     out += join.end_task()
    >>> out += join.close()
    >>> len(out), join.seconds
    (12000, 0.75)

Bytes may come in any pieces. In a file, `Joiner.patch` says what to overwrite at the end; see `patched`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ttsprep.audio.base import AudioError, Joiner

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["AudioError", "Joiner", "duration", "join", "joiner", "patched"]


def joiner(
    format: str,  # noqa: A002 - its name in the API
    *,
    sample_rate: int | None = None,
    patchable: bool = False,
) -> Joiner:
    """A joiner for one of the formats of the service: ``"pcm"``, ``"wav"``, ``"mp3"``, ``"opus"`` (PAR-03).

    `sample_rate` (Hz) is needed for pcm, which does not say it. `patchable`: the output is a file and `patch`
    will be applied to it; then an mp3 keeps the frame that states its length, corrected.

    Raises ValueError for another format, or pcm without a sample rate.
    """
    if format == "pcm":
        from ttsprep.audio.pcm import PcmJoiner

        if sample_rate is None:
            raise ValueError("pcm does not say its sample rate: give sample_rate")
        return PcmJoiner(sample_rate)
    if format == "wav":
        from ttsprep.audio.wav import WavJoiner

        return WavJoiner()
    if format == "mp3":
        from ttsprep.audio.mp3 import Mp3Joiner

        return Mp3Joiner(patchable=patchable)
    if format == "opus":
        from ttsprep.audio.ogg import OpusJoiner

        return OpusJoiner()
    raise ValueError(f"format is pcm, wav, mp3 or opus, not {format!r}")


def join(
    tasks: Iterable[bytes],
    format: str,  # noqa: A002 - its name in the API
    *,
    sample_rate: int | None = None,
) -> bytes:
    """The audio of several tasks, all in memory, as the bytes of one file.

    >>> join([b"\\0\\1", b"\\0\\2"], "pcm", sample_rate=8000)
    b'\\x00\\x01\\x00\\x02'

    Raises `AudioError` where a task does not fit the ones before it.
    """
    joining, out = joiner(format, sample_rate=sample_rate, patchable=True), bytearray()
    for task in tasks:
        joining.begin_task()
        out += joining.feed(task)
        out += joining.end_task()
    out += joining.close()
    for offset, data in joining.patch():
        out[offset : offset + len(data)] = data
    return bytes(out)


def patched(file: BinaryIO, joining: Joiner, *, start: int = 0) -> None:
    """Apply the patches of a closed joiner to the file that holds its output from `start` on.

    The position of the file is at its end afterwards.
    """
    for offset, data in joining.patch():
        file.seek(start + offset)
        file.write(data)
    file.seek(0, 2)


def duration(
    data: bytes,
    format: str,  # noqa: A002 - its name in the API
    *,
    sample_rate: int | None = None,
) -> float:
    """How many seconds the audio of one task plays, from what the format says: samples, frames, positions.

    >>> duration(bytes(16000), "pcm", sample_rate=8000)
    1.0
    """
    joining = joiner(format, sample_rate=sample_rate)
    joining.begin_task()
    joining.feed(data)
    joining.close()
    return joining.seconds
