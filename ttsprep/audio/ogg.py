"""Joining Ogg Opus: the pages of every task as one logical stream (RFC 3533, RFC 7845).

The first task gives the serial number and both header packets. In later tasks the headers are dropped, page
numbers and positions go on, and only the very last page says that it is the last. A page that marks the end of a
task is therefore kept back until the next task or the end comes. Positions are counted from the packets
themselves: what a task asks to cut off its end plays (at most one packet), since only the last page of a stream may
cut. The pre-skip of later tasks plays too, some milliseconds in which the decoder settles.

A task that holds further streams one after the other (chained) is joined in the same way. What is no page, or a
page of a stream beside it, passes as it is.
"""

from __future__ import annotations

import struct
import zlib
from typing import NamedTuple

from ttsprep.audio.base import Joiner

__all__ = ["OpusJoiner"]

_CAPTURE = b"OggS"
_HEADER_BYTES = 27
_CRC_AT = 22
_HEADER = struct.Struct("<4sBBqIIIB")
_CONTINUED, _FIRST, _LAST = 1, 2, 4
_NO_POSITION = -1
_GRANULES_PER_SECOND = 48_000
# Samples of one frame at 48 kHz by the upper five bits of a packet (RFC 6716, table 2).
_FRAME_SAMPLES = (480, 960, 1920, 2880) * 3 + (480, 960) * 2 + (120, 240, 480, 960) * 4
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def checksum(page: bytes) -> int:
    """The CRC of a page whose own CRC field is zero.

    Ogg's polynomial is zlib's, but with the bits of every byte and of the result in the other order, and
    without inverting before and after.
    """
    reflected = zlib.crc32(page.translate(_REVERSED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int.from_bytes(reflected.to_bytes(4, "little").translate(_REVERSED), "big")


class Page(NamedTuple):
    flags: int
    position: int
    """Of the end of its last whole packet, in samples at 48 kHz; -1 if no packet ends in it."""
    serial: int
    number: int
    lacing: bytes
    body: bytes

    def render(self) -> bytes:
        head = _HEADER.pack(_CAPTURE, 0, self.flags, self.position, self.serial, self.number, 0, len(self.lacing))
        page = bytearray(head + self.lacing + self.body)
        struct.pack_into("<I", page, _CRC_AT, checksum(bytes(page)))
        return bytes(page)

    @classmethod
    def read(cls, data: bytes) -> Page | None:
        """The page that `data` is; None if its checksum is wrong."""
        _, _, flags, position, serial, number, crc, count = _HEADER.unpack_from(data)
        blank = data[:_CRC_AT] + bytes(4) + data[_CRC_AT + 4 :]
        if checksum(blank) != crc:
            return None
        body = _HEADER_BYTES + count
        return cls(flags, position, serial, number, data[_HEADER_BYTES:body], data[body:])

    def samples(self) -> int:
        """What the packets that begin in this page play, in samples at 48 kHz."""
        total, at, begins = 0, 0, not self.flags & _CONTINUED
        for size in self.lacing:
            if begins:
                total += _packet_samples(self.body[at : at + 2])
            at += size
            begins = size < 255
        return total

    def ends_packet(self) -> bool:
        return any(size < 255 for size in self.lacing)


def _packet_samples(start: bytes) -> int:
    """The length of an Opus packet by its first two bytes (RFC 6716, 3.1 and 3.2)."""
    if not start:
        return 0
    frames = (1, 2, 2, start[1] & 63 if len(start) > 1 else 0)[start[0] & 3]
    return frames * _FRAME_SAMPLES[start[0] >> 3]


class _Head(NamedTuple):
    """What must be equal in all tasks, and the samples that are not heard at the beginning."""

    channels: int
    gain: int
    family: int
    pre_skip: int

    @classmethod
    def of(cls, packet: bytes) -> _Head | None:
        if not packet.startswith(b"OpusHead") or len(packet) < 19:
            return None
        channels, pre_skip, _, gain, family = struct.unpack_from("<BHIhB", packet, 9)
        return cls(channels, gain, family, pre_skip)

    def __str__(self) -> str:
        return f"{self.channels} channel(s), gain {self.gain / 256:g} dB, mapping {self.family}"


class OpusJoiner(Joiner):
    """See the module. `serial` is the serial number of the output; None: that of the first task."""

    format = "opus"

    def __init__(self, *, serial: int | None = None) -> None:
        super().__init__()
        self._wanted_serial = serial
        self._held = bytearray()
        self._head: _Head | None = None
        self._serial = 0
        self._number = 0
        self._base = 0
        """The position at which the present stream begins in the output."""
        self._offset: int | None = None
        """The position at which it begins in the input: not 0 where somebody cut off its beginning."""
        self._first_base = 0
        self._played = 0
        """Samples of the present stream, by its packets."""
        self._position = 0
        """Of the last page, as written."""
        self._source: int | None = None
        """The serial number of the present stream in the input."""
        self._in_headers = False
        self._keep_headers = False
        self._last: Page | None = None

    @property
    def seconds(self) -> float:
        heard = self._position - self._first_base - (self._head.pre_skip if self._head else 0)
        return max(0, heard) / _GRANULES_PER_SECOND

    def _begin(self) -> None:
        self._source = None

    def _feed(self, data: bytes) -> bytes:
        self._held += data
        ready = bytearray()
        while (piece := self._next()) is not None:
            ready += self._join(piece)
        return bytes(ready)

    def _discard(self) -> None:
        self._held.clear()

    def _end(self) -> bytes:
        """A page that was cut off is of no use, and a player would take its rest from the next task."""
        ready = b"" if self._held.startswith(_CAPTURE) and self._head else bytes(self._held)
        self._held.clear()
        return ready

    def _next(self) -> bytes | None:
        """The next page, or the bytes before one; None while it is not complete."""
        held = self._held
        if not held.startswith(_CAPTURE):
            at = held.find(_CAPTURE)
            # The last three bytes may be the beginning of a page.
            return self._cut(at if at >= 0 else len(held) - 3)
        if len(held) < _HEADER_BYTES or len(held) < (head := _HEADER_BYTES + held[26]):
            return None
        whole = head + sum(held[_HEADER_BYTES:head])
        return self._cut(whole) if len(held) >= whole else None

    def _cut(self, size: int) -> bytes | None:
        if size <= 0:
            return None
        piece = bytes(self._held[:size])
        del self._held[:size]
        return piece

    def _join(self, piece: bytes) -> bytes:
        page = Page.read(piece) if piece.startswith(_CAPTURE) else None
        if page is None:
            return piece
        if page.flags & _FIRST:
            return self._first_page(page, piece)
        if page.serial != self._source:
            return piece
        return self._header_page(page, piece) if self._in_headers else self._audio_page(page)

    def _first_page(self, page: Page, piece: bytes) -> bytes:
        head = _Head.of(page.body)
        if head is None:
            if self._head is not None and self._source is None:
                raise self._error(f"its stream starts with {page.body[:8]!r} and not with OpusHead")
            return piece
        if self._head is not None and head[:3] != self._head[:3]:
            raise self._error(f"it has {head}, but the tasks before it have {self._head}")
        self._base += self._played
        self._played = 0
        self._offset = None
        self._source = page.serial
        self._in_headers = True
        self._keep_headers = self._head is None
        if self._head is not None:
            return self._released()
        self._head, self._number = head, page.number + 1
        self._serial = page.serial if self._wanted_serial is None else self._wanted_serial
        return self._as_ours(page, piece)

    def _as_ours(self, page: Page, piece: bytes) -> bytes:
        return piece if page.serial == self._serial else page._replace(serial=self._serial).render()

    def _released(self) -> bytes:
        """The page that was kept back, now that it is not the last one and may not cut its end."""
        if self._last is not None and self._last.position != _NO_POSITION:
            self._position = self._base
            self._last = self._last._replace(position=self._base)
        return self._not_last()

    def _header_page(self, page: Page, piece: bytes) -> bytes:
        if page.ends_packet():
            self._in_headers = False
        if not self._keep_headers:
            return b""
        self._number = page.number + 1
        return self._as_ours(page, piece)

    def _audio_page(self, page: Page) -> bytes:
        self._played += page.samples()
        position = page.position
        if position != _NO_POSITION:
            position -= self._begins_at(position)
            position += self._base
            self._position = position
        page = page._replace(position=position, serial=self._serial, number=self._number)
        self._number += 1
        ready = self._not_last()
        if page.flags & _LAST:
            self._last = page
            return ready
        return ready + page.render()

    def _not_last(self) -> bytes:
        """A page that said it is the last, and is not."""
        page, self._last = self._last, None
        return page._replace(flags=page.flags & ~_LAST).render() if page else b""

    def _begins_at(self, position: int) -> int:
        """Where the present stream begins in the input, by its first page with a position."""
        if self._offset is None:
            self._offset = max(0, position - self._played)
            if self._keep_headers:
                self._base = self._first_base = self._offset
        return self._offset

    def _close(self) -> bytes:
        """The last page; one without sound where the service did not send it."""
        if self._last is not None:
            return self._last.render()
        if self._head is None:
            return b""
        return Page(_LAST, self._position, self._serial, self._number, b"", b"").render()
