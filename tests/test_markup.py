"""Where tags begin and end."""

from __future__ import annotations

import time

import pytest

from ttsprep.markup import character_data, is_ssml


@pytest.mark.rule("TXT-04")
@pytest.mark.parametrize(
    ("text", "ssml"),
    [
        ("<speak>a</speak>", True),
        ("  \n<speak rate='1'>a</speak>", True),
        ("<speak/>", True),
        ('<?xml version="1.0"?>\n<!-- c --><speak>a</speak>', True),
        ("<Speak>a</Speak>", False),
        ("<speaker>a</speaker>", False),
        ("<p><speak>a</speak></p>", False),
        ("a<speak>b</speak>", False),
        ("<!-- <speak> -->a", False),
        ("", False),
    ],
)
def test_what_is_ssml(text: str, ssml: bool) -> None:
    assert is_ssml(text) is ssml


@pytest.mark.rule("TXT-04")
@pytest.mark.parametrize(
    ("ssml", "data"),
    [
        ("<speak>你<break time='1s'/>好</speak>", "你好"),
        ('<speak a="x > y">a</speak>', "a"),
        ("<speak><!-- <b> -->a<?pi x?></speak>", "a"),
        ("<speak><![CDATA[<b>1</b>]]></speak>", "<b>1</b>"),
        ("<speak>1 < 2 &lt; 3</speak>", "1 < 2 &lt; 3"),
        ("<speak>open <b", "open <b"),
        ("<speak>open <!-- a <b>c</b>", "open <!-- a c"),
        ("<speak>a<!-- <![CDATA[ -->b]]></speak>", "ab]]>"),
        ("<speak>a<![CDATA[<!-- ]]>b--></speak>", "a<!-- b-->"),
    ],
)
def test_character_data(ssml: str, data: str) -> None:
    assert character_data(ssml) == data


@pytest.mark.parametrize("unit", ["<a ", "<a b='", '<a b="', "<!--", "<?", "<", "<a b=\"'", "<![CDATA["])
def test_hostile_markup_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text, begun = "<speak>" + (unit * size)[:size], time.thread_time()
        character_data(text)
        is_ssml(text)
        return time.thread_time() - begun

    assert min(seconds(40_000) for _ in range(3)) < 12 * min(seconds(10_000) for _ in range(3)) + 0.02


def test_a_tag_never_swallows_the_next() -> None:
    assert character_data('<speak><a b="<c>"><d></speak>') == '<a b="">'
