"""What encoding are these bytes probably in? Asked only to give a hint, never to decode on a guess."""

from __future__ import annotations

import codecs
import re

__all__ = ["likely_encoding"]

_SAMPLE = 65_536

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Each legacy encoding with the characters that running text in its language mostly consists of: the level-1
# sets were laid out by frequency, so text read in the wrong encoding falls outside them.
_LEGACY = (
    ("euc_kr", re.compile("[가-힣]")),
    ("shift_jis", re.compile("[ぁ-ヿ]")),
    ("gb18030", re.compile("[一-鿿，。、？！：；“”（）《》…]")),
    ("big5", re.compile("[一-鿿，。、？！：；「」（）《》…]")),
)


def likely_encoding(data: bytes) -> str | None:
    """The name of the encoding that fits `data`, or None where nothing fits well.

    >>> likely_encoding("你好，世界。".encode("utf-16"))
    'utf-16'
    >>> likely_encoding("안녕하세요 여러분".encode("euc-kr"))
    'euc_kr'
    >>> likely_encoding("café".encode("latin-1"))
    'cp1252'
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    return _by_zero_bytes(data) or _by_script(data[:_SAMPLE])


def _by_zero_bytes(data: bytes) -> str | None:
    """UTF-16 without a mark: ASCII letters and blanks leave a zero in every second byte."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 8 < len(sample) or min(even, odd) * 8 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _by_script(sample: bytes) -> str | None:
    best, best_share = None, 0.6
    for name, expected in _LEGACY:
        text = _decoded(sample, name)
        share = _share(text, expected) if text else 0.0
        if share > best_share:
            best, best_share = name, share
    if best in ("gb18030", "big5"):
        return _simplified_or_traditional(sample)
    return best or ("cp1252" if _decoded(sample, "cp1252") else None)


def _share(text: str, expected: re.Pattern[str]) -> float:
    foreign = len(text) - sum(map(str.isascii, text))
    return len(expected.findall(text)) / foreign if foreign else 0.0


def _simplified_or_traditional(sample: bytes) -> str:
    """GBK keeps its frequent characters in trail bytes from 0xA1; Big5 uses 0x40 to 0x7E as often."""
    if _decoded(sample, "big5") is None:
        return "gb18030"
    low_trails = len(re.findall(rb"[\xa4-\xc6][\x40-\x7e]", sample))
    high_trails = len(re.findall(rb"[\x81-\xfe][\xa1-\xfe]", sample))
    return "big5" if low_trails * 4 > high_trails else "gb18030"


def _decoded(sample: bytes, encoding: str) -> str | None:
    """The sample read strictly; a character cut by the sample's end is no fault."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return None
