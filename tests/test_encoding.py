"""The guess that a message names: right on running text, silent where nothing fits."""

from __future__ import annotations

import pytest

from ttsprep.encoding import likely_encoding

TEXTS = {
    "simplified": "语音合成服务把文字变成声音。请先阅读说明，再选择合适的音色和语速，谢谢大家！",
    "traditional": "語音合成服務把文字變成聲音。請先閱讀說明，再選擇合適的音色和語速，謝謝大家！",
    "japanese": "音声合成サービスは文章を音声に変えます。まず説明を読んでください。ありがとうございます。",
    "korean": "음성 합성 서비스는 글을 소리로 바꿉니다. 먼저 설명을 읽어 주세요. 감사합니다.",
    "russian": "Синтез речи превращает текст в звук. Сначала прочитайте описание, спасибо.",
    "thai": "บริการสังเคราะห์เสียงเปลี่ยนข้อความเป็นเสียง กรุณาอ่านคำอธิบายก่อน ขอบคุณ",
    "french": "Le café est déjà prêt, à côté de la fenêtre où l’été brûle.",
}


@pytest.mark.rule("TXT-06")
@pytest.mark.parametrize(
    ("text", "encoding", "guess"),
    [
        ("simplified", "gbk", "gb18030"),
        ("simplified", "gb18030", "gb18030"),
        ("traditional", "big5", "big5"),
        ("japanese", "shift_jis", "shift_jis"),
        ("japanese", "euc_jp", "euc_jp"),
        ("korean", "euc_kr", "euc_kr"),
        ("russian", "cp1251", "cp1251"),
        ("russian", "koi8_r", "koi8_r"),
        ("thai", "cp874", "cp874"),
        ("french", "cp1252", "cp1252"),
        ("simplified", "utf-16", "utf-16"),
        ("french", "utf-16-le", "utf-16-le"),
        ("french", "utf-16-be", "utf-16-be"),
        ("french", "utf-32", "utf-32"),
    ],
)
def test_running_text(text: str, encoding: str, guess: str) -> None:
    assert likely_encoding(TEXTS[text].encode(encoding)) == guess


@pytest.mark.parametrize("length", [1, 7, 65_535, 65_536, 65_537])
def test_a_sample_that_cuts_a_character(length: int) -> None:
    data = (TEXTS["simplified"] * 3000).encode("gbk")
    assert likely_encoding(b"a" * (65_536 - length % 2) + data) is not None
    assert likely_encoding((b"x" + data)[:length] + data) == "gb18030"


@pytest.mark.parametrize("text", [name for name in TEXTS if name != "french"])
def test_damaged_utf8_is_no_other_encoding(text: str) -> None:
    data = TEXTS[text].rstrip(".").encode()
    assert likely_encoding(data[:-1]) == likely_encoding(data[1:] + b".") == "utf-8"
    assert likely_encoding(data[:20] + b"\xff" + data[20:]) == "utf-8"


def test_rare_ideographs_in_gb18030() -> None:
    assert likely_encoding("㐀𠀀你好\n".encode("gb18030")) == "gb18030"


def test_what_fits_nothing() -> None:
    assert likely_encoding(bytes([0x81, 0x8D, 0xFF, 0xFE, 0x90, 0x9D])) is None
    assert likely_encoding(b"") in (None, "cp1252")
