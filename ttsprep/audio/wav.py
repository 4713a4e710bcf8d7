"""Joining wav: one header, then the samples of every task.

The header of the first task stays as it is and its two sizes are set by `patch`. Sizes in the headers of a
service that streams are 0, 0xFFFFFFFF or a guess; so a size only says where the samples *may* end, and they do
only where the id of a known chunk follows. Chunks behind the samples (LIST, id3) are kept once and stand at the
end.

A file over 4 GiB cannot state its size in a RIFF header. Its sizes are set to 0xFFFFFFFF, which readers take as
"to the end of the file"; chunks behind the samples are left out then, because a reader would play them.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from ttsprep.audio.base import Joiner

__all__ = ["WavJoiner"]

_UNKNOWN = 0xFFFFFFFF
_UNKNOWN_SIZES = (0, _UNKNOWN)
_RIFF_KINDS = (b"RIFF", b"RF64")
_RIFF_BYTES = 12
_CHUNK_BYTES = 8
_RIFF_SIZE_AT = 4
_EXTENSIBLE = 0xFFFE
# Headers are a few dozen bytes; one that is longer than this is no header.
_LONGEST_HEADER = 1 << 20
_LONGEST_TRAILER = 1 << 20
_CHUNKS_BEHIND_DATA = (
    b"LIST", b"INFO", b"id3 ", b"ID3 ", b"fact", b"cue ", b"bext", b"iXML", b"JUNK", b"junk", b"PAD ", b"PEAK",
    b"smpl", b"inst", b"note", b"labl", b"plst", b"_PMX", b"axml", b"chna", b"AIGC", b"FLLR", b"DISP", b"acid",
)  # fmt: skip


class Format(NamedTuple):
    """What the ``fmt `` chunk says. Tasks can be joined when all of it is equal."""

    codec: int
    channels: int
    sample_rate: int
    block_bytes: int
    bits: int

    @classmethod
    def of(cls, chunk: bytes) -> Format:
        codec, channels, sample_rate, _, block_bytes, bits = struct.unpack_from("<HHIIHH", chunk)
        if codec == _EXTENSIBLE and len(chunk) >= 26:
            codec = struct.unpack_from("<H", chunk, 24)[0]
        return cls(codec, channels, sample_rate, block_bytes, bits)

    def __str__(self) -> str:
        codec = {1: "pcm", 3: "float"}.get(self.codec, f"codec {self.codec}")
        return f"{self.sample_rate} Hz, {self.channels} channel(s), {self.bits}-bit {codec}"


class _Header(NamedTuple):
    format: Format
    data_at: int
    """Where the samples begin, in bytes from the start of the task."""
    data_bytes: int
    """What the header says; one of `_UNKNOWN_SIZES` for "to the end"."""


class WavJoiner(Joiner):
    format = "wav"

    def __init__(self) -> None:
        super().__init__()
        self._first: _Header | None = None
        self._first_begins = 0
        self._size = 0
        self._state = self._in_header
        self._held = bytearray()
        self._left = 0
        self._trailer = b""

    @property
    def seconds(self) -> float:
        if self._first is None:
            return 0.0
        layout = self._first.format
        return self._size // layout.block_bytes / layout.sample_rate

    def _begin(self) -> None:
        self._state = self._in_header
        self._held.clear()

    def _feed(self, data: bytes) -> bytes:
        return self._state(data)

    # The states of one task: header, samples (up to the stated size), what may be behind them, what is.

    def _in_header(self, data: bytes) -> bytes:
        self._held += data
        if self._first is not None and self._headless():
            return self._to_samples(_UNKNOWN, bytes(self._held))
        header = self._parse(bytes(self._held))
        if header is None:
            return b""
        head, rest = bytes(self._held[: header.data_at]), bytes(self._held[header.data_at :])
        if self._first is None:
            self._first = header
            return head + self._to_samples(header.data_bytes, rest)
        if header.format != self._first.format:
            raise self._error(f"it is {header.format}, but the tasks before it are {self._first.format}")
        return self._to_samples(header.data_bytes, rest)

    def _headless(self) -> bool:
        """A later task that goes on with samples at once, as a service may do that sees one long reply."""
        known = min(len(self._held), 4)
        return not any(kind.startswith(self._held[:known]) for kind in _RIFF_KINDS)

    def _to_samples(self, stated: int, data: bytes) -> bytes:
        self._held.clear()
        self._left = stated
        self._state = self._in_endless_samples if stated in _UNKNOWN_SIZES else self._in_samples
        return self._state(data)

    def _in_endless_samples(self, data: bytes) -> bytes:
        self._size += len(data)
        return data

    def _in_samples(self, data: bytes) -> bytes:
        if len(data) <= self._left:
            self._left -= len(data)
            self._size += len(data)
            return data
        samples, rest = data[: self._left], data[self._left :]
        self._size += len(samples)
        self._left = 0
        self._state = self._behind_samples
        return samples + self._behind_samples(rest)

    def _behind_samples(self, data: bytes) -> bytes:
        """Chunks (perhaps after a pad byte), or more samples than stated."""
        self._held += data
        held = bytes(self._held)
        for pad in (0, 1):
            if len(held) < pad + 4:
                return b""
            if held[pad : pad + 4] in _CHUNKS_BEHIND_DATA and not any(held[:pad]):
                self._state = self._in_trailer
                self._held[:] = held[pad:]
                return b""
        return self._to_samples(_UNKNOWN, held)

    def _in_trailer(self, data: bytes) -> bytes:
        self._held += data[: max(0, _LONGEST_TRAILER - len(self._held))]
        return b""

    def _discard(self) -> None:
        self._begin()

    def _end(self) -> bytes:
        ready = b""
        if self._state == self._in_trailer:
            self._trailer = self._trailer or bytes(self._held)
        elif self._state == self._behind_samples and self._held != b"\0":
            ready = self._to_samples(_UNKNOWN, bytes(self._held))
        elif self._state == self._in_header and self._held:
            raise self._error("it ends inside its header", len(self._held))
        return ready + self._aligned()

    def _aligned(self) -> bytes:
        """Complete a sample that was cut off: it would turn what follows to noise."""
        missing = bytes(-self._size % self._first.format.block_bytes) if self._first else b""
        self._size += len(missing)
        return missing

    def _close(self) -> bytes:
        if self._first is None or self._too_long():
            self._trailer = b""
            return b""
        return bytes(self._size % 2) + self._trailer

    def _too_long(self) -> bool:
        assert self._first is not None
        whole = self._first.data_at + self._size + 1 + len(self._trailer)
        return whole - _CHUNK_BYTES >= _UNKNOWN

    def _patch(self) -> list[tuple[int, bytes]]:
        if self._first is None:
            return []
        whole = self._first.data_at + self._size + self._size % 2 + len(self._trailer)
        riff, data = (_UNKNOWN, _UNKNOWN) if self._too_long() else (whole - _CHUNK_BYTES, self._size)
        return [
            (0, b"RIFF"),  # an RF64 header has its sizes elsewhere
            (_RIFF_SIZE_AT, struct.pack("<I", riff)),
            (self._first.data_at - 4, struct.pack("<I", data)),
        ]

    def _parse(self, held: bytes) -> _Header | None:
        """The header, or None while it is not complete."""
        if not any(kind.startswith(held[:4]) or held.startswith(kind) for kind in _RIFF_KINDS):
            raise self._error(f"it starts with {held[:8]!r} and not with RIFF")
        if len(held) >= _RIFF_BYTES and held[8:12] != b"WAVE":
            raise self._error(f"it is a RIFF file of kind {held[8:12]!r} and not WAVE", 8)
        at, layout = _RIFF_BYTES, None
        while at + _CHUNK_BYTES <= len(held):
            name, size = held[at : at + 4], struct.unpack_from("<I", held, at + 4)[0]
            at += _CHUNK_BYTES
            if name == b"data":
                return self._complete(layout, at, size)
            if size > _LONGEST_HEADER:
                raise self._error(f"chunk {name!r} of {size} bytes stands before the samples", at)
            if name == b"fmt " and at + size <= len(held):
                layout = self._layout(held[at : at + size], at)
            at += size + size % 2
        if len(held) > _LONGEST_HEADER:
            raise self._error(f"no samples begin within {_LONGEST_HEADER} bytes", len(held))
        return None

    def _layout(self, chunk: bytes, at: int) -> Format:
        if len(chunk) < 16:
            raise self._error(f"its fmt chunk has {len(chunk)} bytes, at least 16 are needed", at)
        layout = Format.of(chunk)
        if not (layout.sample_rate and layout.block_bytes):
            raise self._error(f"its fmt chunk states {layout}, {layout.block_bytes} bytes a sample", at)
        return layout

    def _complete(self, layout: Format | None, at: int, size: int) -> _Header:
        if layout is None:
            raise self._error("its samples begin before any fmt chunk", at)
        return _Header(layout, at, size)
