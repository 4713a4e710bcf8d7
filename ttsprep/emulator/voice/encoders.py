"""Samples in, bytes of the format out, as they come: what the service sends (AUD-02, AUD-03).

wav begins with a header whose sizes are 0xFFFFFFFF, "to the end". mp3 has a constant bit rate and no frame that
states a length, since a stream does not know it. Opus exists at some rates only; others are encoded at the next one
above. What comes out is the same on every run, Ogg's serial number too.
"""

from __future__ import annotations

import struct
from typing import Any, Protocol

from ttsprep.audio.mp3 import Frame, Mp3Joiner
from ttsprep.audio.ogg import OpusJoiner
from ttsprep.catalog import opus_sample_rate
from ttsprep.emulator.voice.model import TaskAudio, VoiceError
from ttsprep.emulator.voice.sound import SAMPLE_BYTES

__all__ = ["INSTALL", "NEEDS_SOUNDFILE", "Encoder", "encoder"]

INSTALL = 'pip install "ttsprep[emulator]"'
NEEDS_SOUNDFILE = ("mp3", "opus")
_UNKNOWN_SIZE = 0xFFFFFFFF
# libsndfile's scale of 0 to 1: for mp3 the middle is 32 kbit/s at 8 kHz to 160 kbit/s at 48 kHz.
_MP3_LEVEL = 0.5
# Encoder and decoder together delay the sound by 1105 samples; the last of it may be lost, at most 10 ms at 8 kHz.
_MP3_DELAY = 1024
_OPUS_KBITS_AT_0, _OPUS_KBITS_AT_1 = 256, 6
_SET_OGG_PAGE_LATENCY = 0x1302
_PAGE_MILLISECONDS = 100.0
_SERIAL = 0x74747370


class Encoder(Protocol):
    sample_rate: int
    """What the samples must have; for opus not always what was asked for."""

    def encode(self, samples: bytes) -> bytes:
        """Take samples (16-bit mono, little-endian); the bytes that are ready, perhaps none yet."""
        ...

    def finish(self) -> bytes:
        """The rest."""
        ...


def encoder(audio: TaskAudio) -> Encoder:
    """The encoder for a task. Raises `VoiceError` where it needs what is not installed."""
    if audio.format == "pcm":
        return _Pcm(audio.sample_rate)
    if audio.format == "wav":
        return _Wav(audio.sample_rate)
    if audio.format == "mp3":
        return _Mp3(audio.sample_rate)
    if audio.format == "opus":
        return _Opus(audio.sample_rate, audio.bit_rate)
    raise ValueError(f"format is pcm, wav, mp3 or opus, not {audio.format!r}")


class _Pcm:
    def __init__(self, sample_rate: int) -> None:
        self.sample_rate = sample_rate

    def encode(self, samples: bytes) -> bytes:
        return samples

    def finish(self) -> bytes:
        return b""


class _Wav(_Pcm):
    def __init__(self, sample_rate: int) -> None:
        super().__init__(sample_rate)
        self._header = wav_header(sample_rate)

    def encode(self, samples: bytes) -> bytes:
        if self._header:
            samples, self._header = self._header + samples, b""
        return samples


def wav_header(sample_rate: int) -> bytes:
    """The header of a 16-bit mono stream of unknown length."""
    layout = struct.pack("<HHIIHH", 1, 1, sample_rate, sample_rate * SAMPLE_BYTES, SAMPLE_BYTES, SAMPLE_BYTES * 8)
    return struct.pack(
        "<4sI4s4sI16s4sI",
        b"RIFF",
        _UNKNOWN_SIZE,
        b"WAVE",
        b"fmt ",
        len(layout),
        layout,
        b"data",
        _UNKNOWN_SIZE,
    )


class _Sink:
    """The file that libsndfile writes: what is behind the end comes out, corrections of what is out are lost."""

    def __init__(self) -> None:
        self._ready = bytearray()
        self._end = 0
        self._at = 0

    def write(self, data: bytes) -> int:
        size = len(data)
        if self._at == self._end:
            self._ready += data
            self._end += size
        self._at += size
        return size

    def read(self, size: int = -1) -> bytes:  # noqa: ARG002 - soundfile looks for it, an encoder never reads
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = (0, self._at, self._end)[whence] + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def take(self) -> bytes:
        ready = bytes(self._ready)
        self._ready.clear()
        return ready


def _sound_file(sink: _Sink, sample_rate: int, **options: Any) -> Any:
    try:
        import soundfile
    except (ImportError, OSError) as error:
        raise VoiceError(f"mp3 and opus need soundfile ({error})", INSTALL) from error
    return soundfile.SoundFile(sink, "w", sample_rate, 1, **options)


class _Mp3:
    def __init__(self, sample_rate: int) -> None:
        self.sample_rate = sample_rate
        self._sink = _Sink()
        self._file = _sound_file(
            self._sink, sample_rate, format="MP3", bitrate_mode="CONSTANT", compression_level=_MP3_LEVEL
        )
        # Takes the stating frame away.
        self._stream = Mp3Joiner()
        self._stream.begin_task()
        self._samples = 0

    def encode(self, samples: bytes) -> bytes:
        self._samples += len(samples) // SAMPLE_BYTES
        self._file.buffer_write(samples, "int16")
        return self._stream.feed(self._sink.take())

    def finish(self) -> bytes:
        """The last frames, without those behind the sound: at 8 kHz each would add 72 ms."""
        frames, at = self._stream.frames, self._stream.lacking
        self._file.close()
        ending = self._stream.feed(self._sink.take()) + self._stream.close()
        while (frame := Frame.of(ending, at)) and frames * frame.samples < self._samples + _MP3_DELAY:
            at, frames = at + frame.size, frames + 1
        return ending[:at]


class _Opus:
    def __init__(self, sample_rate: int, bit_rate: int) -> None:
        self.sample_rate = opus_sample_rate(sample_rate)
        kbits = min(max(bit_rate, _OPUS_KBITS_AT_1), _OPUS_KBITS_AT_0)
        level = (_OPUS_KBITS_AT_0 - kbits) / (_OPUS_KBITS_AT_0 - _OPUS_KBITS_AT_1)
        self._sink = _Sink()
        self._file = _sound_file(self._sink, self.sample_rate, format="OGG", subtype="OPUS", compression_level=level)
        _short_pages(self._file)
        self._stream = OpusJoiner(serial=_SERIAL)
        self._stream.begin_task()

    def encode(self, samples: bytes) -> bytes:
        self._file.buffer_write(samples, "int16")
        return self._stream.feed(self._sink.take())

    def finish(self) -> bytes:
        self._file.close()
        return self._stream.feed(self._sink.take()) + self._stream.close()


def _short_pages(file: Any) -> None:
    """Let a page hold a tenth of a second instead of a whole one: soundfile has no option for it."""
    import soundfile

    latency = soundfile._ffi.new("double[1]", [_PAGE_MILLISECONDS])
    soundfile._snd.sf_command(file._file, _SET_OGG_PAGE_LATENCY, latency, soundfile._ffi.sizeof(latency))
