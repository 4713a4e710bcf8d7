"""SSML in the emulator: how long it is, how it sounds, what is said about it."""

from __future__ import annotations

import asyncio
import io
import json
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.emulating import Client, client
from ttsprep.cli import main
from ttsprep.counting import count
from ttsprep.emulator import Emulator, Outcome
from ttsprep.emulator.document import spoken_document
from ttsprep.emulator.expecting import check_expected
from ttsprep.emulator.voice import available
from ttsprep.emulator.voice.pieces import Silence
from ttsprep.ssml.hearing import Pause, Speech, heard

Samples = numpy.ndarray[tuple[int], numpy.dtype[numpy.int16]]
VOICES = ["tone", pytest.param("speech", marks=pytest.mark.skipif(not available().speech, reason="no espeak-ng"))]
SPEECH = pytest.mark.skipif(not available().speech, reason="no espeak-ng")
SAMPLE_RATES = (8000, 16000, 22050, 24000, 44100, 48000)
EXACT = 0.005


class Service:
    """An emulator that serves one document after another."""

    def __init__(self, **options: Any) -> None:
        self.options = options
        self.runner = asyncio.Runner()
        self.emulator = self.runner.run(self._started())

    async def _started(self) -> Emulator:
        return await Emulator(**self.options).__aenter__()

    def close(self) -> None:
        self.runner.run(self.emulator.__aexit__(None, None, None))
        self.runner.close()

    def hear(self, document: str, **parameters: Any) -> tuple[Samples, Client]:
        """The samples of a document, and the client that got them."""

        async def run() -> tuple[bytes, Client]:
            async with client(self.emulator.url) as on:
                given = {"format": "pcm", "enable_ssml": True, **parameters}
                return await asyncio.wait_for(on.speak(document, **given), 60), on

        audio, on = self.runner.run(run())
        return numpy.frombuffer(audio, "<i2"), on

    def seconds(self, document: str, sample_rate: int = 8000, **parameters: Any) -> float:
        return len(self.hear(document, sample_rate=sample_rate, **parameters)[0]) / sample_rate

    def failure(self, document: str, **parameters: Any) -> tuple[str, str]:
        """Code and message of the task-failed that a document is answered with."""

        async def run() -> dict[str, Any]:
            async with client(self.emulator.url) as on:
                await on.run_task({"format": "pcm", "enable_ssml": True, **parameters})
                await on.until("task-started")
                await on.text(document)
                return await on.until("task-failed")

        header = self.runner.run(run())["header"]
        return header["error_code"], header["error_message"]


def served(**options: Any) -> Iterator[Service]:
    service = Service(**options)
    yield service
    service.close()


@pytest.fixture(scope="module", params=VOICES)
def service(request: pytest.FixtureRequest) -> Iterator[Service]:
    yield from served(voice=request.param)


@pytest.fixture(scope="module")
def tone() -> Iterator[Service]:
    yield from served(voice="tone")


@pytest.fixture(scope="module")
def observed() -> Iterator[Service]:
    yield from served(voice="tone", mode="observed")


@pytest.fixture(scope="module")
def speech() -> Iterator[Service]:
    yield from served(voice="speech")


# --- pauses

PAUSES = {
    # with pauses, without, seconds of pause
    "at the start": ("{b}你好，世界。再见。", "你好，世界。再见。", 1),
    "in a word": ("你{b}好，世界。再见。", "你好，世界。再见。", 1),
    "before a comma": ("你好{b}，世界。再见。", "你好，世界。再见。", 1),
    "after a comma": ("你好，{b}世界。再见。", "你好，世界。再见。", 1),
    "between sentences": ("你好，世界。{b}再见。", "你好，世界。再见。", 1),
    "at the end": ("你好，世界。再见。{b}", "你好，世界。再见。", 1),
    "two neighbours": ("你好{b}{b}世界。", "你好世界。", 2),
    "two places": ("你{b}好，世{b}界。", "你好，世界。", 2),
    "between English words": ("Hello {b} world, again.", "Hello world, again.", 1),
    "beside white space": ("你好\n  {b}\n世界。", "你好\n世界。", 1),
    "between languages": ("用 Python {b}写程序。", "用 Python 写程序。", 1),
    "in Japanese": ("こんに{b}ちは、ありがとう。", "こんにちは、ありがとう。", 1),
    "before a sub": ('去{b}<sub alias="北京">BJ</sub>吧。', '去<sub alias="北京">BJ</sub>吧。', 1),
    "behind a phoneme": (
        '去<phoneme alphabet="py" ph="hang2">行</phoneme>{b}吧。',
        '去<phoneme alphabet="py" ph="hang2">行</phoneme>吧。',
        1,
    ),
    "before digits": (
        '号码是{b}<say-as interpret-as="digits">120</say-as>。',
        '号码是<say-as interpret-as="digits">120</say-as>。',
        1,
    ),
    "without a mark at the end": ("你好{b}", "你好", 1),
}


@pytest.mark.parametrize("where", PAUSES)
@pytest.mark.parametrize(("time", "seconds"), [("50ms", 0.05), ("1s", 1.0), ("3333ms", 3.333)])
def test_a_pause_makes_the_audio_longer_by_its_length(service: Service, where: str, time: str, seconds: float) -> None:
    paused, plain, times = PAUSES[where]
    longer = service.seconds(f"<speak>{paused}</speak>".replace("{b}", f'<break time="{time}"/>'))
    assert longer - service.seconds(f"<speak>{plain}</speak>") == pytest.approx(seconds * times, abs=EXACT)


@pytest.mark.parametrize("sample_rate", SAMPLE_RATES)
def test_pauses_are_exact_at_every_sample_rate(service: Service, sample_rate: int) -> None:
    plain = service.seconds("<speak>你好，世界。</speak>", sample_rate)
    for time, seconds in (("77ms", 0.077), ("2s", 2)):
        paused = service.seconds(f'<speak>你好，<break time="{time}"/>世界。</speak>', sample_rate)
        assert paused - plain == pytest.approx(seconds, abs=EXACT)


@pytest.mark.parametrize(
    ("breaks", "seconds"),
    [
        ("<break/>", 1),
        ('<break time="10s"/>', 10),
        ('<break time="5s"/>' * 3, 10),
        ('<break time="10000ms"/> <break time="50ms"/>', 10),
        ('<break time="9s"/><!-- comment --><break time="500ms"/>', 9.5),
    ],
)
def test_of_neighbouring_breaks_ten_seconds_are_heard(service: Service, breaks: str, seconds: float) -> None:
    space = " " if " <" in breaks else ""
    plain = service.seconds(f"<speak>请闭上眼睛{space}好了，请睁开眼睛。</speak>")
    paused = service.seconds(f"<speak>请闭上眼睛{breaks}好了，请睁开眼睛。</speak>")
    assert paused - plain == pytest.approx(seconds, abs=EXACT)


@pytest.mark.parametrize(
    "document",
    [
        '<speak>你好。<break time="2s"/></speak><speak>世界。</speak>',
        '<speak>你好。</speak><speak><break time="2s"/>世界。</speak>',
        "<speak>你好。<break/></speak> <speak><break/>世界。</speak>",
        '<speak>你好。</speak><speak><break time="2s"/></speak><speak>世界。</speak>',
        '<speak><break time="2s"/></speak><speak>你好。</speak><speak>世界。</speak>',
    ],
)
def test_pauses_between_two_speaks(service: Service, document: str) -> None:
    plain = service.seconds("<speak>你好。</speak><speak>世界。</speak>")
    assert service.seconds(document) - plain == pytest.approx(2, abs=EXACT)


def test_a_pause_is_silent_and_nothing_else_changes(service: Service) -> None:
    plain, _ = service.hear("<speak>你好世界。</speak>", sample_rate=8000)
    paused, _ = service.hear('<speak>你好<break time="1s"/>世界。</speak>', sample_rate=8000)
    cut = next(i for i in range(len(plain)) if plain[i] != paused[i])
    cuts = range(max(0, cut - 50), cut + 1)
    assert any(
        not paused[at : at + 8000].any() and numpy.array_equal(numpy.delete(paused, numpy.s_[at : at + 8000]), plain)
        for at in cuts
    )


# --- prosody

LONG = "床前明月光，疑是地上霜，举头望明月，低头思故乡。"


@pytest.mark.parametrize("rate", [0.5, 1.5, 2])
def test_rate_acts_on_the_words_and_not_on_the_pauses(service: Service, rate: float) -> None:
    document = '<speak{}>{}<break time="4s"/>{}</speak>'
    plain = service.seconds(document.format("", LONG, LONG)) - 4
    other = service.seconds(document.format(f' rate="{rate}"', LONG, LONG)) - 4
    assert other * rate == pytest.approx(plain, rel=0.15)


def test_a_speak_has_the_last_word_on_rate_volume_and_pitch(service: Service) -> None:
    prosody = {"rate": 1.5, "volume": 80, "pitch": 1.2}
    attributes = " ".join(f'{name}="{value}"' for name, value in prosody.items())
    by_speak, _ = service.hear(f"<speak {attributes}>{LONG}</speak>", rate=0.5, volume=10, pitch=0.7)
    by_task, _ = service.hear(f"<speak>{LONG}</speak>", **prosody)
    assert numpy.array_equal(by_speak, by_task)


def test_a_speak_acts_on_itself_only(service: Service) -> None:
    one, _ = service.hear(f"<speak>{LONG}</speak>")
    samples, _ = service.hear(f'<speak volume="0">{LONG}</speak><speak>{LONG}</speak>')
    assert len(samples) >= 2 * len(one) - 800
    assert not samples[: len(one) - 800].any() and samples[len(one) + 800 :].any()


def test_volume_0_is_silence_and_volume_is_loudness(service: Service) -> None:
    soft, middle, loud = (
        service.hear(f'<speak volume="{volume}">{LONG}<soundEvent src="http://a/b.wav"/></speak>')[0]
        for volume in (0, 50, 100)
    )
    assert len(soft) == len(middle) == len(loud) and not soft.any()
    assert numpy.abs(loud.astype(float)).mean() == pytest.approx(2 * numpy.abs(middle.astype(float)).mean(), rel=0.05)


def brightness(samples: Samples) -> float:
    """How often the sound crosses zero: more for a higher voice."""
    return float(numpy.count_nonzero(numpy.diff(numpy.signbit(samples[samples != 0]))))


def test_pitch_acts(tone: Service) -> None:
    low, middle, high = (tone.hear(f'<speak pitch="{pitch}">{LONG}</speak>')[0] for pitch in (0.5, 1, 2))
    assert len(low) == len(middle) == len(high)
    assert brightness(low) * 2 == pytest.approx(brightness(middle), rel=0.1)
    assert brightness(high) == pytest.approx(brightness(middle) * 2, rel=0.1)


def period(samples: Samples, sample_rate: int) -> float:
    """The usual length of a period of the voice, in seconds: where the sound is most like itself a little later."""
    shortest, longest = sample_rate // 400, sample_rate // 60
    found = []
    for begin in range(0, len(samples) - 4 * longest, longest):
        part = samples[begin : begin + 4 * longest].astype(float)
        same = [float(part[:-lag] @ part[lag:]) / (len(part) - lag) for lag in range(shortest, longest)]
        if max(same) > 1e5:
            found.append(shortest + int(numpy.argmax(same)))
    return float(numpy.median(found)) / sample_rate


@SPEECH
def test_pitch_of_a_voice_acts(speech: Service) -> None:
    low, high = (
        period(speech.hear(f'<speak pitch="{pitch}">{LONG}</speak>', sample_rate=16000)[0], 16000) for pitch in (0.5, 2)
    )
    assert low > 1.3 * high


@SPEECH
def test_another_voice_sounds_otherwise(speech: Service) -> None:
    plain, _ = speech.hear("<speak>你好。</speak>")
    other, _ = speech.hear('<speak voice="cosyvoice-v3-flash-mine-0123456789abcdef">你好。</speak>')
    assert not numpy.array_equal(plain, other)


# --- readings

SAME = [
    ('<sub alias="网络协议标准">W3C</sub>', "网络协议标准"),
    ('<phoneme alphabet="py" ph="hang2">行</phoneme>', "航"),
    ('去<phoneme alphabet="py" ph="dian3 dang4 hang2">典当行</phoneme>吧', "去典当航吧"),
    ('<phoneme alphabet="py" ph="lv4">率</phoneme>', "律"),
    ('How to spell <phoneme alphabet="cmu" ph="S AY N">sin</phoneme>?', "How to spell sine?"),
    ('<phoneme alphabet="cmu" ph="T AH0 M EY1 T OW0">foo</phoneme> yes', "tomayto yes"),
    ('<say-as interpret-as="digits">10234</say-as>', "一零二三四"),
    ('号码<say-as interpret-as="telephone">120</say-as>', "号码一二零"),
    ('call <say-as interpret-as="digits">120</say-as> now', "call one two zero now"),
    ('<say-as interpret-as="punctuation">, </say-as>', "逗号"),
]


@SPEECH
@pytest.mark.parametrize(("document", "spoken"), SAME)
def test_what_it_sounds_like(speech: Service, document: str, spoken: str) -> None:
    one, _ = speech.hear(f"<speak>{document}</speak>", sample_rate=8000)
    other, _ = speech.hear(f"<speak>{spoken}</speak>", sample_rate=8000)
    assert len(one) == pytest.approx(len(other), rel=0.03)
    assert loudness(one) == pytest.approx(loudness(other), abs=0.12)


def loudness(samples: Samples) -> Any:
    """The shape of a sound in twenty steps, from 0 to 1."""
    steps = [float(numpy.abs(step.astype(float)).mean()) for step in numpy.array_split(samples, 20)]
    return numpy.array(steps) / max(steps)


@SPEECH
def test_every_reading_is_heard(speech: Service) -> None:
    """A reading that the engine does not take would be heard as the text itself."""
    plain, _ = speech.hear("<speak>长</speak>")
    heard = [
        speech.hear(f'<speak><phoneme alphabet="py" ph="{ph}">长</phoneme></speak>')[0].tobytes()
        for ph in ("zhang3", "chang2", "xiong2", "jiong3", "qiong2", "lv4", "er5", "nve4")
    ]
    assert len(set(heard)) == len(heard) and plain.tobytes() not in heard[2:]


# --- sounds and music


def test_a_sound_is_a_tone_of_half_a_second(service: Service) -> None:
    plain = service.seconds("<speak>你好世界。</speak>")
    sound = '<soundEvent src="http://nls.alicdn.com/sound-event/bell.wav"/>'
    assert service.seconds(f"<speak>你好{sound}世界。</speak>") - plain == pytest.approx(0.5, abs=EXACT)
    assert service.seconds(f"<speak>你好<break/>{sound}<break/>世界。</speak>") - plain == pytest.approx(2.5, abs=EXACT)


def test_music_sounds_softly_under_its_speak(service: Service) -> None:
    words = '你好。<break time="1s"/>世界。<break time="1s"/>'
    plain, _ = service.hear(f"<speak>{words}</speak><speak>{words}</speak>", sample_rate=8000)
    music, _ = service.hear(
        f'<speak bgm="http://a/b.wav" backgroundMusicVolume="30">{words}</speak><speak>{words}</speak>',
        sample_rate=8000,
    )
    assert len(music) == len(plain)
    under = music.astype(int) - plain
    half = len(plain) // 2
    assert under[:half].any() and numpy.abs(under).max() < 1000 and not under[half + 800 :].any()
    silent, _ = service.hear(f'<speak bgm="http://a/b.wav" backgroundMusicVolume="0">{words}</speak>')
    assert numpy.array_equal(silent, service.hear(f"<speak>{words}</speak>")[0])


def test_effects_are_not_heard(service: Service) -> None:
    plain, _ = service.hear("<speak>你好。</speak>")
    robot, _ = service.hear('<speak effect="robot">你好。</speak>')
    assert numpy.array_equal(plain, robot)


# --- events


def sentences(on: Client) -> dict[int, list[dict[str, Any]]]:
    """Sentence number → its words."""
    events = [event["payload"]["output"]["sentence"] for event in on.named("result-generated")]
    return {event["index"]: event["words"] for event in events if event["words"]}


@pytest.mark.rule("EVT-03", "PAR-10")
def test_words_keep_their_places_and_wait_for_the_pauses(service: Service) -> None:
    plain = '<speak>你好，<sub alias="世界">W</sub>。再见，朋友。</speak>'
    paused = (
        '<speak><break time="300ms"/>你好，<break time="2s"/><sub alias="世界">W</sub>。<break time="1s"/>'
        "再见，朋友。</speak>"
    )
    before, after = (sentences(service.hear(text, word_timestamp_enabled=True)[1]) for text in (plain, paused))
    assert [[word["text"] for word in after[index]] for index in after] == [list("你好世界"), list("再见朋友")]
    late = {0: [300, 300, 2300, 2300], 1: [3300] * 4}
    for index, words in before.items():
        for word, moved, delay in zip(words, after[index], late[index], strict=True):
            assert (moved["begin_index"], moved["end_index"]) == (word["begin_index"], word["end_index"])
            assert moved["begin_time"] == pytest.approx(word["begin_time"] + delay, abs=2)
            # A word that a pause follows ends where the pause begins.
            assert moved["end_time"] == pytest.approx(word["end_time"] + delay, abs=2)


@pytest.mark.rule("FLW-03")
@pytest.mark.parametrize(
    ("document", "spoken"),
    [
        ("<speak>你好。再见</speak>", ["你好。", "再见"]),
        ("<speak>你好</speak><speak>再见</speak>", ["你好", "再见"]),
        ('<speak>你好<break/>世界。<break/><soundEvent src="http://a/b.wav"/></speak>', ["你好世界。"]),
        ("<speak>One.<break/>Two<break/>three.<break/>四。<break/>五</speak>", ["One. ", "Two three.", "四。", "五"]),
        ('<speak>我说<sub alias="好。走">x</sub>了。</speak>', ["我说好。", "走了。"]),
        ('<speak><say-as interpret-as="id">a! b</say-as>。</speak>', ["a! b。"]),
        ("<speak>你好。</speak><speak>……</speak><speak>再见。</speak>", ["你好。……", "再见。"]),
        ("<speak>1 &lt; 2。<![CDATA[<b>]]></speak>", ["1 < 2。", "<b>"]),
    ],
)
def test_sentences_of_a_document(tone: Service, document: str, spoken: list[str]) -> None:
    _, on = tone.hear(document)
    assert tone.emulator.tasks[-1].sentences == spoken
    last = [event["payload"]["output"]["sentence"]["index"] for event in on.named("result-generated")]
    assert sorted(set(last)) == list(range(len(spoken)))


@pytest.mark.rule("TXT-04", "EVT-04")
@pytest.mark.parametrize(
    ("document", "each"),
    [
        ("<speak>你好。<break/>世界！</speak>", [5, 10]),
        ("<speak>1 &lt; 2。好。</speak>", [len("1 &lt; 2。"), len("1 &lt; 2。") + 3]),
        ('<speak>看<sub alias="万维网联盟">W3C</sub>。好。</speak>', [6, 9]),
        ("<speak>一。</speak>\n<speak>二。</speak>", [3, 7]),
        ('<speak>一。<!-- 不 -->二<soundEvent src="http://a/b.wav"/></speak>', [3, 5]),
    ],
)
def test_usage_counts_the_document_and_not_the_reading(tone: Service, document: str, each: list[int]) -> None:
    _, on = tone.hear(document)
    events = on.named("result-generated")
    usage = [event["payload"]["usage"]["characters"] for event in events if "usage" in event["payload"]]
    assert usage == each and usage[-1] == count(document)


def test_the_same_document_gives_the_same_bytes(service: Service) -> None:
    document = '<speak rate="1.2" bgm="http://a/b.wav">你好，<break/>hello <sub alias="世界">x</sub>。</speak>'
    first, second = (service.hear(document, seed=7)[0] for _ in range(2))
    assert len(first) and numpy.array_equal(first, second)


# --- faults


@pytest.mark.parametrize(
    ("document", "place", "says", "rule"),
    [
        ('<speak>你好<brake time="1s"/></speak>', "line 1, column 11: ", "brake", "SSM030"),
        ('<speak>\n你好<break time="0.5s"/></speak>', "line 2, column 16: ", "0.5s", "SSM0"),
        ("<speak>a & b</speak>", "line 1, column 10", "&", "SSM0"),
        ("<Speak>你好</Speak>", "line 1, column 2", "Speak", "SSM0"),
        ("你好<speak>世界</speak>", "line 1, column 1", "", "SSM0"),
        ('<speak rate="200">你好</speak>', "line 1, column", "200", "SSM0"),
    ],
)
def test_a_fault_is_named_with_its_place(tone: Service, document: str, place: str, says: str, rule: str) -> None:
    code, message = tone.failure(document)
    assert code == "InvalidParameter" and message.startswith(f"[emulator] SSML: {place}") and says in message
    finding = tone.emulator.departures[-1]
    assert finding.rules[0].startswith(rule) and place in finding.message and finding.remedy


def test_the_first_fault_is_named_and_the_others_counted(tone: Service) -> None:
    _, message = tone.failure('<speak><brake/>你好<break time="20s"/><sub>x</sub></speak>')
    assert "brake" in message and "20s" not in message
    assert "2 more" in tone.emulator.departures[-1].message


@pytest.mark.parametrize(
    ("document", "like", "seconds"),
    [
        ('<speak>你好<brake time="1s"/>世界</speak>', "<speak>你好世界</speak>", 0),
        ('<speak>你好<break time="0.5s"/>世界</speak>', "<speak>你好世界</speak>", 0.5),
        ('<speak rate="200">你好</speak>', "<speak>你好</speak>", 0),
        ("<speak>你好", "<speak>你好</speak>", 0),
        ('<speak><phoneme alphabet="py" ph="???">你好</phoneme></speak>', "<speak>你好</speak>", 0),
    ],
)
def test_observed_reads_what_was_meant(observed: Service, document: str, like: str, seconds: float) -> None:
    assert observed.seconds(document) - observed.seconds(like) == pytest.approx(seconds, abs=EXACT)
    findings = observed.emulator.departures
    assert findings[-1].rules[0].startswith("SSM")
    assert {finding.outcome for finding in findings} == {Outcome.TOLERATED}


@pytest.mark.rule("SSM-02", "PAR-02")
@pytest.mark.parametrize("mode", ["tone", "observed"])
def test_a_voice_of_another_model_is_an_engine_error(mode: str, request: pytest.FixtureRequest) -> None:
    service: Service = request.getfixturevalue(mode)
    assert service.failure('<speak voice="longcheng_v2">我是男声。</speak>') == (
        "InvalidParameter",
        "[tts:]Engine return error code: 418",
    )


@pytest.mark.parametrize("text", ["你好。", "1 < 2 & 3。", "a <b> c。"])
def test_plain_text_is_no_faulty_document(tone: Service, text: str) -> None:
    tone.hear(text)
    assert tone.emulator.tasks[-1].sentences == [text] and tone.emulator.tasks[-1].state == "finished"


def test_a_test_can_announce_a_fault() -> None:
    check_expected(["SSM030", "SSM-02"])
    with pytest.raises(ValueError, match="SSM999"):
        check_expected(["SSM999"])


BITS = [
    "<speak>", '<speak rate="2" bgm="http://a/b.wav">', "</speak>", "<break/>", '<break time="3s"/>', "<#0.5#>",
    '<sub alias="A。B">', "</sub>", '<phoneme alphabet="py" ph="ni3 hao3">', "</phoneme>",
    '<say-as interpret-as="digits">', "</say-as>", '<soundEvent src="http://a"/>', "<!-- 不 -->", "<![CDATA[x]]>",
    "<b>", "你好", "。", "！", "Hello ", "......", "123", "か", "ไทย", " ", "\n", "&lt;", "<",
]  # fmt: skip


@given(st.lists(st.sampled_from(BITS), max_size=25).map("".join), st.booleans())
@settings(max_examples=300, deadline=None)
def test_nothing_of_a_document_is_lost_or_added(bits: str, whole: bool) -> None:
    document = f"<speak>{bits}</speak>" if whole else bits
    said = spoken_document(document)
    pieces = [piece for sentence in said for piece in sentence.pieces]
    items = heard(document)
    silence = sum(piece.milliseconds for piece in pieces if isinstance(piece, Silence))
    assert silence == sum(item.milliseconds for item in items if isinstance(item, Pause))
    assert "".join("".join(sentence.text.split()) for sentence in said) == "".join(
        "".join(item.text.split()) for item in items if isinstance(item, Speech)
    )
    assert sum(sentence.characters for sentence in said) == (count(document) if said else 0)
    assert all(sentence.speakable for sentence in said) or len(said) == 1


# --- the vendor's examples


@pytest.mark.parametrize("voice", VOICES)
def test_the_examples_of_the_vendor_play(shared_cases: Path, voice: str) -> None:
    folder = shared_cases / "ssml" / "vendor"
    if not folder.exists():
        pytest.skip(f"no {folder}")
    rows = [json.loads(line) for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines()]
    with_faults = {row["file"] for row in rows if not row["expect"].startswith("valid")} | {"isi-long.ssml"}
    for mode in ("strict", "observed"):
        service = Service(voice=voice, mode=mode, region="beijing")
        for row in rows:
            if mode == "observed" or row["file"] not in with_faults:
                document = (folder / row["file"]).read_text("utf-8")
                model = {"model": "cosyvoice-v2"} if "_v2" in document else {}
                seconds = _of_model(service, document, **model)
                assert seconds > 0.1, row["file"]
        service.close()


def _of_model(service: Service, document: str, model: str = "") -> float:
    async def run() -> int:
        async with client(service.emulator.url) as on:
            parameters = {"format": "pcm", "enable_ssml": True}
            if model:
                await on.run_task({**parameters, "voice": "longxiaochun_v2"}, model=model)
            else:
                await on.run_task(parameters)
            await on.until("task-started")
            await on.text(document)
            await on.finish()
            event = await on.until("task-finished", "task-failed")
            assert event["header"]["event"] == "task-finished", (document, event["header"])
            return len(b"".join(on.audio))

    return service.runner.run(run()) / 2 / 8000


# --- through the sender


@pytest.mark.rule("SSM-04")
def test_the_command_line_speaks_a_document(tmp_path: Path) -> None:
    lengths = []
    for number, pause in enumerate(("", '<break time="1234ms"/>')):
        script, out = tmp_path / f"{number}.ssml", tmp_path / f"{number}.wav"
        script.write_text(f'<speak rate="1.5">你好，{pause}世界。</speak>', "utf-8")
        done = CliRunner().invoke(main, ["speak", str(script), "-o", str(out), "--emulator", "--enable-ssml"])
        assert done.exit_code == 0, done.output
        with wave.open(io.BytesIO(out.read_bytes())) as sound:
            lengths.append(sound.getnframes() / sound.getframerate())
    assert lengths[1] - lengths[0] == pytest.approx(1.234, abs=EXACT)
