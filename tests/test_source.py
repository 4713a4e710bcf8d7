"""Sources: bytes to text, lines and columns, and what can never be sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttsprep.diagnostics import Span
from ttsprep.source import Source

texts = st.text(st.sampled_from("a中𠀀\r\n\u2028\x0b"), max_size=20)


@given(texts)
def test_lines_and_columns(text: str) -> None:
    source, line, column = Source(text), 1, 1
    for at, character in enumerate(text):
        assert source.position(at) == (line, column)
        ends = character == "\n" or (character == "\r" and text[at + 1 : at + 2] != "\n")
        line, column = (line + 1, 1) if ends else (line, column + 1)
    assert source.position(len(text)) == (line, column)
    plain = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert [source.line(number) for number in range(1, line + 1)] == plain


def test_places_outside_are_refused() -> None:
    source = Source("a\nb")
    for offset in (-1, 4):
        with pytest.raises(ValueError, match="outside"):
            source.position(offset)
    for number in (0, 3):
        with pytest.raises(IndexError):
            source.line(number)


@pytest.mark.rule("TXT-06")
def test_a_byte_order_mark_is_dropped() -> None:
    assert Source("\ufeff你好").text == "你好"
    assert Source.decode(b"\xef\xbb\xbfhi")[0].text == "hi"


@pytest.mark.rule("TXT-06")
@pytest.mark.parametrize(
    ("data", "offset", "place", "guess"),
    [
        ("你好，世界。".encode("gb18030"), 0, 0, "gb18030"),
        ("好".encode() + b"\xff", 3, 1, None),
        (b"\xef\xbb\xbfa\xff", 4, 1, None),
        ("abc".encode("utf-16"), 0, 0, "utf-16"),
        ("日本語のテキスト".encode("shift_jis"), 0, 0, "shift_jis"),
    ],
)
def test_bytes_that_are_not_utf8(data: bytes, offset: int, place: int, guess: str | None) -> None:
    source, (found,) = Source.decode(data, name="x.txt")
    assert found.rule.code == "TXT001"
    assert f"at offset {offset}" in found.message
    assert found.span == Span(place, place + 1)
    if guess:
        assert f"--encoding {guess}" in found.message
    assert source.text[place] == "\ufffd"


def test_a_named_encoding_is_used() -> None:
    source, found = Source.decode("你好".encode("gbk"), encoding="gbk")
    assert (source.text, found) == ("你好", ())
    with pytest.raises(LookupError):
        Source.decode(b"", encoding="klingon")


@pytest.mark.rule("TXT-06")
def test_what_can_never_be_sent() -> None:
    found = Source("a\0b\ud83dc").faults()
    assert [(d.rule.code, d.span) for d in found] == [("TXT003", Span(1, 2)), ("TXT002", Span(3, 4))]
    assert Source("fine 😀").faults() == ()


def test_reading_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("# 你好\r\n".encode())
    source, found = Source.read(path)
    assert (source.text, source.name, found) == ("# 你好\r\n", str(path), ())
    with pytest.raises(FileNotFoundError):
        Source.read(tmp_path / "none.md")


def test_of_keeps_a_source() -> None:
    source = Source("a", "n")
    assert Source.of(source) is source
    assert Source.of("a").name == "<text>"


@pytest.mark.rule("TXT-06")
def test_damaged_utf8_is_named_as_such() -> None:
    source, cut = Source.decode("你好，世".encode()[:-1])
    assert "offset 9; most of it is UTF-8: it is damaged here, or cut off" in cut[0].message
    source, damaged = Source.decode("你好\udcff，世界".encode("utf-8", "surrogateescape"))
    assert damaged[0].message.endswith("offset 6; most of it is UTF-8: it is damaged here")
    assert source.text == "你好\ufffd，世界"
