"""The process that speaks and encodes: ``python -m ttsprep.emulator.voice.worker``.

It answers the messages of `ttsprep.emulator.voice.wire` on its standard input and ends with it: whoever started it
may go in any way, nothing stays behind.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import BinaryIO

from ttsprep.emulator.voice import wire
from ttsprep.emulator.voice.model import VoiceError
from ttsprep.emulator.voice.pieces import Piece, loaded
from ttsprep.emulator.voice.synthesis import Synthesis

__all__ = ["main", "serve"]


def main() -> None:
    # Ctrl-C reaches all processes of a terminal; the server decides when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    replies = _only_for_us()
    try:
        serve(sys.stdin.buffer, replies)
    except BrokenPipeError:
        pass
    # Whatever a library left in its threads or exit handlers must not keep the process alive.
    sys.stderr.flush()
    os._exit(0)


def _only_for_us() -> BinaryIO:
    """Standard output, moved where no library can print into it."""
    ours = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    return ours


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer until the requests end."""
    _warm_up()
    _send(replies, wire.message(wire.READY))
    synthesis: Synthesis | None = None
    while (request := wire.read_message(requests)) is not None:
        kind, content = request
        try:
            if kind == wire.TASK:
                voice, audio = wire.task_of(content)
                synthesis = Synthesis(audio, voice)
            elif synthesis is None:
                raise VoiceError("the voice process was asked to speak before it had a task")
            elif kind == wire.SAY:
                _say(synthesis, loaded(content), replies)
            else:
                _finish(synthesis, replies)
                synthesis = None
        except BrokenPipeError:
            raise
        except Exception as error:
            _send(replies, wire.message(wire.FAILED, _words_for(error).encode("utf-8", "replace")))


def _warm_up() -> None:
    """Import what the first task would wait for; what is missing is that task's error."""
    for name in ("soundfile", "numpy", "espeakng_loader", "ttsprep.emulator.voice.speech"):
        try:
            __import__(name)
        except (ImportError, OSError):
            return


def _say(synthesis: Synthesis, sentence: tuple[Piece, ...], replies: BinaryIO) -> None:
    for block in synthesis.say(sentence):
        _send(replies, wire.sentence_message(block) if block.last else wire.message(wire.AUDIO, block.data))


def _finish(synthesis: Synthesis, replies: BinaryIO) -> None:
    if ending := synthesis.finish():
        _send(replies, wire.message(wire.AUDIO, ending))
    reusable = synthesis.close()
    _send(replies, wire.message(wire.FINISHED, wire.REUSABLE if reusable else b""))


def _words_for(error: Exception) -> str:
    return str(error) if isinstance(error, VoiceError) else f"{type(error).__name__}: {error}"


def _send(replies: BinaryIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[replies.write(view) :]


if __name__ == "__main__":
    main()
