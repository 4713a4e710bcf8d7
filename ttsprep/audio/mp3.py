"""Joining mp3: the frames of every task in a row, without what describes one task only.

An mp3 stream may begin with ID3v2 tags and with a frame that plays nothing but states the length of the stream
(Xing, Info or VBRI). Of later tasks both are dropped. Of the first task the tags stay; the stating frame stays
only in a file, where `patch` puts it right, because players stop where it says. Everything else passes, bytes that
are no frames too: players skip them.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from ttsprep.audio.base import Joiner

__all__ = ["Mp3Joiner"]

_HEADER_BYTES = 4
_ID3_BYTES = 10
_ID3_FOOTER = 0x10
# By version: 3 is MPEG-1, 2 MPEG-2, 0 MPEG-2.5. Bit rates of layer III in kbit/s, index 0 ("free") and 15 unusable.
_BIT_RATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_BIT_RATES[0] = _BIT_RATES[2]
_SAMPLE_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_LAYER_3 = 1
_MONO = 3
# Where a stating frame has its name: behind the side information, which (version, mono) fixes; VBRI always at 36.
_SIDE_BYTES = {(3, False): 32, (3, True): 17, (2, False): 17, (2, True): 9, (0, False): 17, (0, True): 9}
_VBRI_AT = 36
_XING_NAMES = (b"Xing", b"Info")
_FRAMES_FLAG, _BYTES_FLAG, _TABLE_FLAG, _QUALITY_FLAG = 1, 2, 4, 8
_TABLE_ENTRIES = 100
_SHORTEST_XING = 16
_MOST_POINTS = 1024


class Frame(NamedTuple):
    """What the four bytes of a frame header say."""

    version: int
    sample_rate: int
    mono: bool
    size: int
    """In bytes, with the header."""

    @property
    def samples(self) -> int:
        return 1152 if self.version == 3 else 576

    @property
    def name_at(self) -> int:
        return _HEADER_BYTES + _SIDE_BYTES[self.version, self.mono]

    @classmethod
    def of(cls, data: bytes | bytearray, at: int = 0) -> Frame | None:
        """The layer III frame whose header stands at `at`, None if there is none."""
        word = int.from_bytes(data[at : at + _HEADER_BYTES], "big")
        version, layer = word >> 19 & 3, word >> 17 & 3
        bits, rate, padding = word >> 12 & 15, word >> 10 & 3, word >> 9 & 1
        if word >> 21 != 0x7FF or version == 1 or layer != _LAYER_3 or bits in (0, 15) or rate == 3:
            return None
        sample_rate = _SAMPLE_RATES[version][rate]
        scale = 144_000 if version == 3 else 72_000
        size = scale * _BIT_RATES[version][bits] // sample_rate + padding
        return cls(version, sample_rate, word >> 6 & 3 == _MONO, size)

    def fits(self, other: Frame) -> bool:
        return self[:2] == other[:2]


class _Points:
    """Where frames begin in the output, at even steps; thinned out as they become many."""

    def __init__(self) -> None:
        self.step = 1
        self.offsets: list[int] = []

    def add(self, frame: int, offset: int) -> None:
        if frame % self.step == 0:
            self.offsets.append(offset)
            if len(self.offsets) > _MOST_POINTS:
                self.offsets = self.offsets[::2]
                self.step *= 2

    def table(self, frames: int, begin: int, whole: int) -> bytes:
        """The table of a Xing frame: for each hundredth of the time, the byte position in 256ths."""
        entries = bytearray()
        for part in range(_TABLE_ENTRIES):
            offset = self.offsets[frames * part // _TABLE_ENTRIES // self.step]
            entries.append(min(255, (offset - begin) * 256 // whole))
        return bytes(entries)


class _Statement(NamedTuple):
    """The stating frame that stays in the output, and where its name stands in it."""

    offset: int
    data: bytes
    name_at: int

    def corrected(self, frames: int, whole: int, table: bytes, *, several: bool) -> bytes:
        """The frame with the right numbers, in the fields it has."""
        data, at = bytearray(self.data), self.name_at
        if data[at : at + 4] == b"VBRI":
            struct.pack_into(">II", data, at + 10, whole, frames)
            return bytes(data)
        flags, at = struct.unpack_from(">I", data, at + 4)[0], at + 8
        for flag, value in (
            (_FRAMES_FLAG, struct.pack(">I", frames)),
            (_BYTES_FLAG, struct.pack(">I", min(whole, 0xFFFFFFFF))),
            (_TABLE_FLAG, table),
            (_QUALITY_FLAG, b""),
        ):
            if flags & flag:
                data[at : at + len(value)] = value
                at += len(value) or 4
        if several:
            _without_end_padding(data, at)
        return bytes(data)

    def states(self) -> tuple[int | None, int | None]:
        """The frames and bytes it states, None for what it does not."""
        if self.data[self.name_at :].startswith(b"VBRI"):
            whole, frames = struct.unpack_from(">II", self.data, self.name_at + 10)
            return frames, whole
        flags, at = struct.unpack_from(">I", self.data, self.name_at + 4)[0], self.name_at + 8
        frames = struct.unpack_from(">I", self.data, at)[0] if flags & _FRAMES_FLAG else None
        at += 4 if flags & _FRAMES_FLAG else 0
        return frames, struct.unpack_from(">I", self.data, at)[0] if flags & _BYTES_FLAG else None


def _without_end_padding(data: bytearray, at: int) -> None:
    """What the encoder's own part of the frame says of silence to cut off at the end is the first task's."""
    padding_at, crc_at = at + 22, at + 34
    if not any(data[at : at + 4]) or len(data) < crc_at + 2:
        return
    data[padding_at] &= 0xF0
    data[padding_at + 1] = 0
    struct.pack_into(">H", data, crc_at, _crc16(data[:crc_at]))


def _crc16(data: bytes | bytearray) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


class Mp3Joiner(Joiner):
    """See the module. With `patchable` the output is a file to which `patch` will be applied."""

    format = "mp3"

    def __init__(self, *, patchable: bool = False) -> None:
        super().__init__()
        self._patchable = patchable
        self._statement: _Statement | None = None
        self._layout: Frame | None = None
        self.frames = 0
        """How many frames there were that play."""
        self._points = _Points()
        self._held = bytearray()
        self._ready = bytearray()
        self._written = 0
        self._frames_end = 0
        self._pass = self._drop = 0
        self._at_start = self._in_sync = True

    @property
    def seconds(self) -> float:
        return self.frames * self._layout.samples / self._layout.sample_rate if self._layout else 0.0

    def _discard(self) -> None:
        self._held.clear()
        self._ready.clear()

    @property
    def lacking(self) -> int:
        """How many bytes of the last frame have not come yet."""
        return self._pass

    def _begin(self) -> None:
        # Complete a frame that was cut off: a player would take its rest from the next task.
        self._write(bytes(self._pass))
        self._pass = self._drop = 0
        self._at_start = self._in_sync = True

    def _write(self, data: bytes | bytearray) -> None:
        self._ready += data
        self._written += len(data)

    def _feed(self, data: bytes) -> bytes:
        self._held += data
        return self._advance(ended=False)

    def _end(self) -> bytes:
        return self._advance(ended=True)

    def _advance(self, *, ended: bool) -> bytes:
        while self._held and self._step(ended):
            pass
        ready = bytes(self._ready)
        self._ready.clear()
        return ready

    def _step(self, ended: bool) -> bool:
        """Handle what stands first among the held bytes; False: more are needed for it."""
        if self._pass or self._drop:
            self._move()
        elif len(self._held) < (_ID3_BYTES if self._at_start else _HEADER_BYTES) and not ended:
            return False
        elif self._at_start and self._held.startswith(b"ID3"):
            self._tag()
        elif (frame := Frame.of(self._held)) is None:
            self._junk()
        elif self._in_sync and not self._at_start and self._fits(frame):
            self._accept(frame)
        elif len(self._held) < frame.size + _HEADER_BYTES and not ended:
            return False
        elif not self._confirmed(frame):
            self._junk()
        elif self._at_start:
            self._first_frame(frame)
        else:
            self._accept(frame)
        return True

    def _move(self) -> None:
        size = self._pass or self._drop
        moved = bytes(self._held[:size])
        del self._held[:size]
        if self._pass:
            self._write(moved)
            self._pass -= len(moved)
        else:
            self._drop -= len(moved)

    def _tag(self) -> None:
        size = 0
        for byte in self._held[6:10]:
            size = size << 7 | byte & 0x7F
        size += _ID3_BYTES + (_ID3_BYTES if len(self._held) > 5 and self._held[5] & _ID3_FOOTER else 0)
        if self.tasks == 1:
            self._pass = size
        else:
            self._drop = size

    def _junk(self) -> None:
        """Pass what is no frame, up to where one may begin."""
        self._in_sync = False
        sync = self._held.find(0xFF, 1)
        self._pass = len(self._held) if sync < 0 else sync
        self._move()

    def _fits(self, frame: Frame) -> bool:
        return self._layout is None or frame.fits(self._layout)

    def _confirmed(self, frame: Frame) -> bool:
        """Whether the next frame, or the end, is where this one ends."""
        after = Frame.of(self._held, frame.size)
        return frame.fits(after) if after else len(self._held) <= frame.size

    def _first_frame(self, frame: Frame) -> None:
        if self._layout is not None and not frame.fits(self._layout):
            raise self._error(
                f"it is {frame.sample_rate} Hz, but the tasks before it are {self._layout.sample_rate} Hz"
            )
        self._at_start = False
        self._in_sync = True
        data = bytes(self._held[: frame.size])
        if not (name_at := _name_at(frame, data)):
            self._accept(frame)
        elif self._patchable and self.tasks == 1:
            self._layout = frame
            self._statement = _Statement(self._written, data, name_at)
            self._pass = frame.size
        else:
            self._drop = frame.size

    def _accept(self, frame: Frame) -> None:
        self._in_sync = True
        self._layout = self._layout or frame
        self._points.add(self.frames, self._written)
        self.frames += 1
        self._pass = frame.size
        self._frames_end = self._written + frame.size

    def _patch(self) -> list[tuple[int, bytes]]:
        if not (self._statement and self.frames):
            return []
        begin = self._statement.offset
        whole = min(self._frames_end, self._written) - begin
        if self._statement.states() in ((self.frames, whole), (self.frames, None)):
            return []
        table = self._points.table(self.frames, begin, whole)
        return [(begin, self._statement.corrected(self.frames, whole, table, several=self.tasks > 1))]


def _name_at(frame: Frame, data: bytes) -> int:
    """Where a frame that only states has its name; 0 for a frame that plays."""
    at = frame.name_at
    if data[at : at + 4] in _XING_NAMES and len(data) >= at + _SHORTEST_XING:
        return at
    return _VBRI_AT if data[_VBRI_AT : _VBRI_AT + 4] == b"VBRI" and len(data) >= _VBRI_AT + 18 else 0
