"""hot_fix in the emulator: what is heard of it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.emulating import client
from ttsprep.emulator import Emulator
from ttsprep.emulator.voice import available

SPEECH = pytest.mark.skipif(not available().speech, reason="no espeak-ng")
Pairs = dict[str, str]


def heard(*tasks: tuple[str, dict[str, Any]]) -> tuple[list[bytes], list[list[str]]]:
    """The audio of each task, and the sentences that were spoken in it."""

    async def run() -> tuple[list[bytes], list[list[str]]]:
        async with Emulator() as emulator:
            audio = []
            for text, parameters in tasks:
                async with client(emulator.url) as on:
                    audio.append(await asyncio.wait_for(on.speak(text, format="pcm", **parameters), 60))
            return audio, [task.sentences for task in emulator.tasks]

    return asyncio.run(run())


def fixes(pronunciation: Pairs | None = None, replace: Pairs | None = None) -> dict[str, Any]:
    given = {"pronunciation": pronunciation or {}, "replace": replace or {}}
    return {"hot_fix": {name: [{key: value} for key, value in pairs.items()] for name, pairs in given.items()}}


@SPEECH
@pytest.mark.rule("PAR-17")
def test_a_pronunciation_is_heard_as_a_phoneme_is() -> None:
    phoneme = '<speak>去<phoneme alphabet="py" ph="yin2 xing2">银行</phoneme>。</speak>'
    audio, sentences = heard(
        ("去银行。", {}),
        ("去银行。", fixes({"银行": "yin2 xing2"})),
        (phoneme, {"enable_ssml": True}),
    )
    assert audio[0] != audio[1] == audio[2]
    assert sentences == [["去银行。"]] * 3


@SPEECH
@pytest.mark.rule("PAR-17")
def test_a_replacement_is_heard_in_place_of_the_text() -> None:
    audio, sentences = heard(("今天去。", fixes(replace={"今天": "明天早上"})), ("明天早上去。", {}), ("今天去。", {}))
    assert audio[0] == audio[1] != audio[2]
    assert sentences == [["明天早上去。"], ["明天早上去。"], ["今天去。"]]


@SPEECH
@pytest.mark.rule("PAR-17")
@pytest.mark.parametrize(
    ("word", "reading", "other"), [("绿", "lv4", "lu4"), ("绿", "lü4", "lu4"), ("熊", "xiong2", "xing2")]
)
def test_syllables_that_the_engine_does_not_spell_so(word: str, reading: str, other: str) -> None:
    """They last about as long as another syllable: they are not read letter by letter."""
    audio, _ = heard((f"去{word}去。", fixes({word: reading})), (f"去{word}去。", fixes({word: other})))
    assert audio[0] != audio[1]
    assert 0.7 < len(audio[0]) / len(audio[1]) < 1.4


@SPEECH
@pytest.mark.rule("PAR-17")
def test_the_page_s_own_example_is_heard_and_noted() -> None:
    given = fixes({"weather": "tian1 qi4"}, {"today": "jin1 tian1"})
    audio, sentences = heard(("today weather.", given), ("today weather.", {}))
    assert audio[0] != audio[1]
    assert sentences[0] == ["jin1 tian1 weather."]


def test_counted_is_what_was_sent() -> None:
    async def run() -> int:
        async with Emulator(voice="tone") as emulator, client(emulator.url) as on:
            await on.speak("今天。", format="pcm", **fixes(replace={"今天": "明天早上"}))
            return emulator.tasks[0].characters

    assert asyncio.run(run()) == 5
