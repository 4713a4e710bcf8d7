"""Files as they lie there: read with a clear word for each that cannot be, and written whole."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Final

from ttsprep.encoding import likely_encoding
from ttsprep.writing import write_file

__all__ = ["Unreadable", "read_bytes", "replace_bytes"]

_MEGABYTE: Final = 1_000_000
_SAMPLE: Final = 8_192
_STREAMS: Final = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")


class Unreadable(Exception):
    """A file that cannot be linted; the text says why."""


def read_bytes(path: Path, most_megabytes: int) -> bytes:
    """The content of a file. Raises Unreadable where it cannot be read, is no file, is binary or too large."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode) and not str(path).startswith(_STREAMS):
            raise Unreadable("not a regular file")
        refuse_size(about.st_size, most_megabytes)
        with path.open("rb") as file:
            data = file.read(most_megabytes * _MEGABYTE + 1)
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror or error}") from error
    refuse_size(len(data), most_megabytes)
    refuse_binary(data)
    return data


def refuse_size(size: int, most_megabytes: int) -> None:
    """Raise Unreadable for a file that is too large."""
    if size > most_megabytes * _MEGABYTE:
        limit = f"{most_megabytes * _MEGABYTE:,} (max-file-size = {most_megabytes})"
        raise Unreadable(f"too large: {size:,} bytes, the limit is {limit}")


def refuse_binary(data: bytes) -> None:
    r"""Raise Unreadable for what is no text in any encoding.

    >>> refuse_binary(bytes(range(256)))
    Traceback (most recent call last):
    ...
    ttsprep.lint.files.Unreadable: a binary file, not text: byte 0x00 at offset 0
    """
    sample = data[:_SAMPLE]
    odd = sample.translate(None, _TEXT_BYTES)
    if len(odd) < _FEWEST or len(odd) * _SHARE < len(sample):
        return
    if (likely_encoding(data) or "").startswith(("utf-16", "utf-32")):
        return
    raise Unreadable(f"a binary file, not text: byte 0x{odd[0]:02x} at offset {sample.index(odd[:1])}")


_TEXT_BYTES: Final = bytes({*range(7, 14), 0x1B, *range(0x20, 0x100)})
"""What text consists of, in whatever encoding but those of two and four bytes."""
_FEWEST: Final = 4
_SHARE: Final = 50
"""A text with one odd byte in so many is damaged, one with more of them is no text."""


def replace_bytes(path: Path, before: bytes, after: bytes) -> None:
    """Write a file anew. Raises Unreadable where it has changed meanwhile, or cannot be written; it is left then."""
    try:
        if path.read_bytes() != before:
            raise Unreadable("changed while it was being mended: nothing was written")
        write_file(path, after)
    except OSError as error:
        raise Unreadable(f"cannot be written: {error.strerror or error}") from error
