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

# Legacy encodings of East Asia, the narrower first, with the first bytes of the characters that running text mostly
# consists of: marks, kana, Hangul, and the ideographs of level 1, which were laid out by frequency. Text read in the
# wrong encoding falls outside them.
_FREQUENT = {
    "euc_kr": {0xA1, 0xA3, *range(0xB0, 0xC9)},
    "shift_jis": {*range(0x81, 0x84), *range(0x88, 0x98)},
    "gb18030": {0xA1, 0xA3, *range(0xB0, 0xD8)},
    "euc_jp": {0xA1, *range(0xA3, 0xA6), *range(0xB0, 0xD0)},
    "big5": {*range(0xA1, 0xC7)},
}
_ENOUGH = 0.8
_FOREIGN = re.compile("[^\0-\x7f]")


def likely_encoding(data: bytes) -> str | None:
    """The name of the encoding that fits `data`, or None where nothing fits well.

    >>> likely_encoding("你好，世界。".encode("utf-16"))
    'utf-16'
    >>> likely_encoding("안녕하세요 여러분".encode("euc-kr"))
    'euc_kr'
    >>> likely_encoding("café".encode("latin-1"))
    'cp1252'
    >>> likely_encoding("你好，世界。".encode()[:-1])  # damaged
    'utf-8'
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    return _by_zero_bytes(data) or _damaged_utf8(data) or _by_script(data[:_SAMPLE])


def _damaged_utf8(data: bytes) -> str | None:
    """Where most of what is beyond ASCII is UTF-8, hardly anything else is meant."""
    read = data.decode("utf-8", "replace")
    foreign, bad = len(_FOREIGN.findall(read)), read.count("\ufffd")
    return "utf-8" if foreign - bad >= 2 * bad > 0 else None


def _by_zero_bytes(data: bytes) -> str | None:
    """UTF-16 without a mark: ASCII letters and blanks leave a zero in every second byte."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if not sample or max(even, odd) * 8 < len(sample) or min(even, odd) * 8 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _by_script(sample: bytes) -> str | None:
    shares = {name: _frequent_share(sample, name) for name in _FREQUENT}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= _ENOUGH else _single_byte(sample)


def _single_byte(sample: bytes) -> str | None:
    """Where most letters are beyond ASCII the script is not Latin: Cyrillic lies above 0xC0, Thai on both sides."""
    foreign = [byte for byte in sample if byte > 0x7F]
    if len(foreign) * 2 > len(sample.translate(None, b" \r\n\t")):
        above = sum(byte >= 0xC0 for byte in foreign) / len(foreign)
        upper = sum(byte >= 0xE0 for byte in foreign) / len(foreign)  # small letters in cp1251, capitals in KOI8-R
        name = "cp874" if above <= _ENOUGH else "cp1251" if upper > above / 2 else "koi8_r"
        return name if _decoded(sample, name) else None
    return "cp1252" if _decoded(sample, "cp1252") else None


def _frequent_share(sample: bytes, encoding: str) -> float:
    """How many of the characters beyond ASCII are frequent ones in this encoding."""
    foreign = [character.encode(encoding) for character in _decoded(sample, encoding) or "" if character > "\x7f"]
    frequent = [code for code in foreign if len(code) == 2 and code[0] in _FREQUENT[encoding]]
    # GB 18030 extends GB 2312 downwards in the second byte; its frequent characters do not lie there. Four bytes, each
    # second one a digit, are no other encoding's.
    if encoding == "gb18030":
        frequent = [code for code in frequent if code[1] > 0xA0] + [code for code in foreign if len(code) == 4]
    return len(frequent) / len(foreign) if foreign else 0.0


def _decoded(sample: bytes, encoding: str) -> str | None:
    """The sample read strictly; a character cut by the sample's end is no fault."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return None
