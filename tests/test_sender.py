"""The sender against the strict emulator: order, identity, full duplex, reuse, limits, metrics, joining."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sender_tools import TEXT, Heard, decoded, listen, sender
from ttsprep import ConnectionLost, LocalProtocolError, TaskSettings
from ttsprep.counting import count
from ttsprep.diagnostics import DiagnosticError, Severity
from ttsprep.emulator import Emulator
from ttsprep.mapped import MappedText
from ttsprep.payloads import Plan, TaskPlan, TextPart, build
from ttsprep.sender import Audio, Finished, Sender, Sentence, Started, Summary, Usage
from ttsprep.sentences import split

PCM = TaskSettings(format="pcm", sample_rate=8000)


def run(scenario: Callable[[Emulator, Sender], Awaitable[Any]], **options: Any) -> tuple[Any, Emulator]:
    """The result of a scenario with a sender, and the emulator it spoke to, which found no departures."""
    emulator_options = {name: options.pop(name) for name in ("time_scale", "quota", "mode") if name in options}
    if "time_scale" in emulator_options:
        options.setdefault("time_scale", emulator_options["time_scale"])
        options.setdefault("timeouts", None)

    async def both() -> tuple[Any, Emulator]:
        async with Emulator(voice="tone", **emulator_options) as emulator:
            async with sender(emulator.url, **options) as speaking:
                result = await scenario(emulator, speaking)
            return result, emulator

    result, emulator = asyncio.run(both())
    assert [str(found) for found in emulator.departures] == []
    return result, emulator


def hear(source: Any, task_settings: TaskSettings | None = PCM, **options: Any) -> tuple[Heard, Emulator]:
    return run(lambda _, speaking: listen(speaking.speak(source, task_settings)), **options)


def part(text: str, *, complete: bool = True) -> TextPart:
    return TextPart(text, None, count(text), 1, complete)


# --- one task


@pytest.mark.rule("FLW-01", "FLW-05", "FLW-11", "FIN-01", "RUN-01", "RUN-02", "RUN-03", "RUN-06", "CON-01")
@pytest.mark.rule("EVT-01", "EVT-02", "EVT-04", "EVT-05", "AUD-01", "AUD-06")
def test_a_text_becomes_one_task_with_its_events_in_order() -> None:
    heard, emulator = hear(TEXT)
    assert heard.error is None
    assert heard.kinds()[0] == "Started" and heard.kinds()[-2:] == ["Finished", "Summary"]
    assert {"Audio", "Sentence", "Usage"} <= set(heard.kinds())
    [task] = emulator.tasks
    assert task.state == "finished" and task.text == TEXT and len(task.sentences) == 3
    assert len(heard.audio) == task.audio_bytes
    assert [event.index for event in heard.events if isinstance(event, Sentence)][-1] == 2
    assert [event.characters for event in heard.events if isinstance(event, Usage)][-1] == count(TEXT)


@pytest.mark.rule("SPD-01", "EVT-05")
def test_metrics_of_a_task() -> None:
    heard, emulator = hear(TEXT)
    [finished] = heard.summary.tasks
    task = emulator.tasks[0]
    assert (finished.task_id, finished.request_uuid) == (task.task_id, task.request_uuid)
    assert finished.counted == finished.billed == count(TEXT) and not finished.billed_differs
    assert finished.audio_bytes == task.audio_bytes
    assert finished.audio_seconds == pytest.approx(task.audio_bytes / 16000)
    assert 0 < finished.connect_seconds < 5 and not finished.reused
    assert finished.first_packet_seconds is not None and 0 < finished.first_packet_seconds < 5
    assert finished.first_packet_seconds <= finished.generation_seconds
    assert finished.real_time_factor == finished.generation_seconds / finished.audio_seconds
    assert heard.summary.first_packet_seconds == finished.first_packet_seconds


@pytest.mark.rule("EVT-03")
def test_words_come_with_their_sentence() -> None:
    words_wanted = PCM.replace(word_timestamp_enabled=True, voice="longanhuan")
    heard, _ = hear("Good morning, everybody.", words_wanted)
    words = [word for event in heard.events if isinstance(event, Sentence) for word in event.words]
    assert {"Good", "morning"} <= {word.text for word in words}
    assert all(word.begin_time < word.end_time for word in words)


def test_a_billed_count_that_differs_is_flagged() -> None:
    heard, _ = hear(TEXT)
    finished = heard.summary.tasks[0]
    other = Finished(**{**{name: getattr(finished, name) for name in finished.__slots__}, "billed": 1})
    assert other.billed_differs


# --- sources of text


async def chunks_of(text: str, rng: random.Random) -> AsyncIterator[str]:
    at = 0
    while at < len(text):
        size = rng.randint(1, 12)
        yield text[at : at + size]
        at += size
        if rng.random() < 0.3:
            await asyncio.sleep(rng.random() * 0.01)


@pytest.mark.rule("FLW-09", "FLW-10", "FLW-03")
@pytest.mark.parametrize("seed", range(6))
def test_a_stream_in_any_rhythm_is_spoken_whole_and_sent_by_sentences(seed: int) -> None:
    heard, emulator = run(lambda _, speaking: listen(speaking.speak(chunks_of(TEXT, random.Random(seed)), PCM)))
    assert heard.error is None
    assert "".join(task.text for task in emulator.tasks) == TEXT
    assert all(text.rstrip()[-1] in ".！?" for task in emulator.tasks for text in task.texts)


def slow_words() -> Any:
    for sentence in ("One. ", "Two. ", "Three."):
        time.sleep(0.05)
        yield sentence


@pytest.mark.parametrize(
    "source",
    [
        "One. Two. Three.",
        ["One. ", "Two. ", "Three."],
        ("One. T", "wo. Th", "ree."),
        [part("One. "), part("Two. "), part("Three.")],
        ["One. ", part("Two. "), "Three."],
        slow_words(),
    ],
    ids=["str", "list", "tuple", "parts", "mixed", "generator that blocks"],
)
def test_every_kind_of_source(source: Any) -> None:
    heard, emulator = hear(source)
    assert heard.error is None
    assert "".join(task.text for task in emulator.tasks) == "One. Two. Three."


BOM = "\ufeff"


@pytest.mark.rule("TXT-06")
@pytest.mark.parametrize(
    ("source", "sent"),
    [
        (BOM + "One. Two.", "One. Two."),
        ([BOM, "One. ", "Two."], "One. Two."),
        (["", BOM + "One.", f" {BOM}Two."], f"One. {BOM}Two."),
        (MappedText.verbatim(BOM + "One."), "One."),
        ([part("One. "), f"{BOM}Two."], f"One. {BOM}Two."),
    ],
    ids=["text", "chunk of its own", "only the first", "mapped", "after a part"],
)
def test_a_byte_order_mark_at_the_start_is_dropped(source: Any, sent: str) -> None:
    heard, emulator = hear(source)
    assert heard.error is None
    assert "".join(task.text for task in emulator.tasks) == sent


@pytest.mark.rule("TXT-06", "SSM-04")
def test_a_byte_order_mark_of_each_document_is_dropped() -> None:
    ssml = PCM.replace(enable_ssml=True, voice="longanyang")
    heard, emulator = hear([f"{BOM}<speak>One.</speak>", f"{BOM}<speak>Two.</speak>"], ssml)
    assert heard.error is None
    assert [task.text for task in emulator.tasks] == ["<speak>One.</speak>", "<speak>Two.</speak>"]


def test_a_plan_is_sent_as_planned() -> None:
    plan = build(split("One. Two. 三。"), PCM)
    heard, emulator = hear(plan, None)
    assert heard.summary.sentences == 3
    assert emulator.tasks[0].texts == [part.text for part in plan.parts]


def test_several_plans_are_spoken_one_after_the_other() -> None:
    plans = [build(split(text), PCM) for text in ("One.", "Two.")]
    heard, emulator = hear(plans)
    assert [task.text for task in emulator.tasks] == ["One.", "Two."]
    assert [event.task for event in heard.events if isinstance(event, Started)] == [0, 1]


def test_plans_that_are_spoken_together_keep_their_own_settings() -> None:
    others = [PCM, PCM.replace(rate=1.5, voice="longanhuan"), PCM.replace(volume=20)]
    heard, emulator = hear([build(split("One."), own) for own in others], None)
    assert heard.error is None
    assert [task.parameters for task in emulator.tasks] == [own.parameters() for own in others]


@pytest.mark.parametrize("changes", [{"format": "mp3"}, {"sample_rate": 16000}], ids=repr)
def test_plans_of_different_audio_are_not_spoken_together(changes: dict[str, Any]) -> None:
    plans = [build(split("One."), own) for own in (PCM, PCM.replace(**changes))]

    async def scenario(_: Emulator, speaking: Sender) -> None:
        with pytest.raises(TypeError, match=f"{next(iter(changes))} must be the same"):
            speaking.speak(plans)

    run(scenario)


@pytest.mark.parametrize("place", [0, 1])
def test_a_text_among_plans_is_refused_not_dropped(place: int) -> None:
    source: list[Any] = ["Two is lost."]
    source.insert(place, build(split("One."), PCM))

    async def scenario(_: Emulator, speaking: Sender) -> None:
        with pytest.raises(TypeError, match="plans or texts, not both"):
            speaking.speak(source)

    run(scenario)


def test_a_plan_with_errors_is_refused_before_anything_is_opened() -> None:
    async def scenario(emulator: Emulator, speaking: Sender) -> int:
        plan = build(split("……"), PCM)
        assert any(found.severity is Severity.ERROR for found in plan.diagnostics)
        with pytest.raises(DiagnosticError):
            speaking.speak(plan)
        return len(emulator.tasks)

    assert run(scenario)[0] == 0


def test_wrong_calls_raise_at_once() -> None:
    async def scenario(_: Emulator, speaking: Sender) -> None:
        await speaking.aclose()
        with pytest.raises(RuntimeError, match="closed"):
            speaking.speak("Hello.")

    run(scenario)


@pytest.mark.rule("TXT-01", "TXT-06")
@pytest.mark.parametrize(
    ("text", "says"), [("A\ud800 surrogate.", "U+D800 at offset 1"), ("一" * 10_001, "20,002 of 20,000")]
)
def test_text_that_cannot_be_sent_is_refused_before_it_is_sent(text: str, says: str) -> None:
    heard, emulator = hear([part("Well. "), part(text)])
    assert isinstance(heard.error, LocalProtocolError) and says in str(heard.error)
    assert [sent for task in emulator.tasks for sent in task.texts] == ["Well. "]


async def cancelled_source() -> AsyncIterator[str]:
    yield "One. Two"
    raise asyncio.CancelledError


def test_a_source_that_is_cancelled_is_not_taken_for_its_end() -> None:
    heard, _ = hear(cancelled_source())
    assert isinstance(heard.error, RuntimeError) and "cancelled" in str(heard.error)


@pytest.mark.parametrize("source", [[b"bytes"], {7}], ids=repr)
def test_what_is_no_text_in_a_stream_is_a_type_error(source: Any) -> None:
    heard, emulator = hear(source)
    assert isinstance(heard.error, TypeError) and not emulator.tasks


def test_a_sender_belongs_to_one_event_loop() -> None:
    speaking = sender("ws://127.0.0.1:1/api-ws/v1/inference", attempts=1)

    async def scenario() -> Exception | None:
        return (await listen(speaking.speak("Hello.", PCM))).error

    assert isinstance(asyncio.run(scenario()), ConnectionLost)
    assert "another event loop" in str(asyncio.run(scenario()))


async def broken_source() -> AsyncIterator[str]:
    yield "One. Two"
    await asyncio.sleep(0)
    raise LookupError("the model is gone")


def test_an_error_of_the_source_comes_after_what_was_said() -> None:
    heard, emulator = hear(broken_source())
    assert isinstance(heard.error, LookupError)
    assert [task.state for task in emulator.tasks] == ["finished"]
    assert len(heard.audio) == emulator.tasks[0].audio_bytes > 0


@pytest.mark.rule("FLW-12")
@pytest.mark.parametrize("source", ["", "……！", ["", "  ", "——"], []], ids=repr)
def test_nothing_to_speak_opens_nothing(source: Any) -> None:
    heard, emulator = hear(source)
    assert heard.events == [Summary(())] and heard.error is None
    assert len(emulator.tasks) == 0


@pytest.mark.rule("FLW-12")
def test_a_task_is_opened_when_its_first_speakable_text_is_at_hand() -> None:
    async def late() -> AsyncIterator[str]:
        yield "……"
        await asyncio.sleep(0.3)
        yield "Hello."

    async def scenario(emulator: Emulator, speaking: Sender) -> Heard:
        listening = asyncio.create_task(listen(speaking.speak(late(), PCM)))
        await asyncio.sleep(0.2)
        assert not emulator.tasks
        return await listening

    heard, emulator = run(scenario)
    assert emulator.tasks[0].text.endswith("Hello.") and heard.error is None


@pytest.mark.rule("FLW-10")
def test_audio_comes_while_text_is_still_being_sent() -> None:
    heard_first = asyncio.Event()

    async def waits_for_audio() -> AsyncIterator[str]:
        yield "The first sentence. And"
        await asyncio.wait_for(heard_first.wait(), 5)
        yield " the second."

    async def scenario(_: Emulator, speaking: Sender) -> bool:
        async for event in speaking.speak(waits_for_audio(), PCM):
            if isinstance(event, Audio):
                heard_first.set()
        return True

    assert run(scenario)[0]


# --- several tasks


@pytest.mark.rule("CON-02", "CON-03")
def test_a_source_that_stalls_rolls_over_to_a_new_task() -> None:
    async def stalls() -> AsyncIterator[str]:
        yield "One. Two is not yet"
        await asyncio.sleep(0.08 * 23 * 1.5)
        yield " at its end. Three."

    heard, emulator = run(lambda _, speaking: listen(speaking.speak(stalls(), PCM)), time_scale=0.08)
    assert heard.error is None
    assert [task.text for task in emulator.tasks] == ["One. ", "Two is not yet at its end. Three."]
    assert [task.state for task in emulator.tasks] == ["finished", "finished"]
    assert heard.summary.tasks[1].reused


@pytest.mark.rule("CON-03", "USE-02")
def test_a_source_that_sleeps_over_the_idle_limit_goes_on_with_a_new_connection() -> None:
    async def sleeps() -> AsyncIterator[str]:
        yield "One. T"
        await asyncio.sleep(0.02 * (23 + 60) * 1.3)
        yield "wo."

    heard, emulator = run(lambda _, speaking: listen(speaking.speak(sleeps(), PCM)), time_scale=0.02)
    assert heard.error is None
    assert "".join(task.text for task in emulator.tasks) == "One. Two."
    assert len({task.connection for task in emulator.tasks}) == 2


@pytest.mark.rule("TXT-01", "TXT-02")
def test_a_stream_over_200_000_characters_goes_on_in_a_new_task() -> None:
    text = "一二三四五六七八九十。" * 10_000  # 210,000 counted
    heard, emulator = hear(text)
    assert heard.error is None
    assert "".join(task.text for task in emulator.tasks) == text
    sizes = [sum(map(count, task.texts)) for task in emulator.tasks]
    assert len(sizes) == 2 and max(sizes) <= 200_000
    assert max(count(sent) for task in emulator.tasks for sent in task.texts) <= 20_000
    assert heard.summary.counted == heard.summary.billed == count(text)


@pytest.mark.rule("SSM-04")
def test_ssml_documents_are_tasks_of_their_own() -> None:
    ssml = PCM.replace(enable_ssml=True, voice="longanyang")
    documents = ["<speak>One.</speak>", "<speak>Two.</speak>"]
    heard, emulator = hear(documents, ssml)
    assert heard.error is None
    assert [task.texts for task in emulator.tasks] == [[document] for document in documents]


async def documents_that_come_late() -> AsyncIterator[str]:
    for document in ("——", "<speak>……</speak>", "<speak>One.</speak>", "……", "<speak>Two.</speak>", "——"):
        yield document
        await asyncio.sleep(0.02)


@pytest.mark.rule("FLW-12", "SSM-04")
@pytest.mark.parametrize(
    "source",
    [
        ["——", "<speak>One.</speak>", "<speak>……</speak>", "<speak>Two.</speak>"],
        ["<speak>One.</speak>", "——", "……", "<speak>Two.</speak>", "<speak></speak>"],
        [part("——"), "<speak>One.</speak>", "<speak>Two.</speak>"],
        documents_that_come_late,
    ],
    ids=["before", "between", "parts", "late"],
)
def test_a_document_with_nothing_to_speak_opens_no_task(source: Any) -> None:
    ssml = PCM.replace(enable_ssml=True, voice="longanyang")
    heard, emulator = hear(source() if callable(source) else source, ssml)
    assert heard.error is None
    assert [task.texts for task in emulator.tasks] == [["<speak>One.</speak>"], ["<speak>Two.</speak>"]]


def three_tasks(task_settings: TaskSettings) -> Plan:
    texts = ("The first task.", "第二个任务。", "And the third one.")
    plan = build(split("".join(texts)), task_settings)
    tasks = tuple(TaskPlan(task_settings, (part(text),)) for text in texts)
    return Plan(task_settings, plan.text, tasks, ())


@pytest.mark.rule("AUD-03", "AUD-05")
@pytest.mark.parametrize("sample_rate", [8000, 24000, 48000])
@pytest.mark.parametrize("audio", ["wav", "mp3", "opus", "pcm"])
def test_the_audio_of_three_tasks_plays_whole(audio: str, sample_rate: int) -> None:
    task_settings = TaskSettings(format=audio, sample_rate=sample_rate)
    heard, emulator = hear(three_tasks(task_settings), None)
    assert heard.error is None and len(emulator.tasks) == 3
    samples, rate = decoded(heard.audio, audio, sample_rate)
    spoken = sum(task.audio_seconds for task in emulator.tasks)
    assert len(samples) / rate == pytest.approx(spoken, abs=0.2 * 3)
    assert heard.summary.audio_seconds == pytest.approx(len(samples) / rate, abs=0.1)
    loud = abs(samples).reshape(-1) > 0.01
    assert loud[: len(loud) // 4].any() and loud[-len(loud) // 4 :].any(), "each end is heard"


def test_unjoined_audio_is_what_the_service_sent() -> None:
    async def scenario(_: Emulator, speaking: Sender) -> Heard:
        return await listen(speaking.speak(three_tasks(TaskSettings(format="wav")), joined=False))

    heard, _ = run(scenario)
    assert heard.audio.count(b"RIFF") == 3


def test_stream_gives_bytes_only() -> None:
    async def scenario(_: Emulator, speaking: Sender) -> bytes:
        return b"".join([data async for data in speaking.stream(TEXT, TaskSettings(format="wav"))])

    samples, rate = decoded(run(scenario)[0], "wav")
    assert len(samples) / rate > 0.6


# --- reuse and limits


@pytest.mark.rule("USE-01", "FLW-06", "FLW-07")
def test_one_connection_serves_many_tasks_with_new_ids() -> None:
    async def scenario(_: Emulator, speaking: Sender) -> list[Heard]:
        return [await listen(speaking.speak("Hello.", PCM)) for _ in range(5)]

    heards, emulator = run(scenario)
    assert {task.connection for task in emulator.tasks} == {1}
    assert len({task.task_id for task in emulator.tasks}) == 5
    assert [heard.summary.tasks[0].reused for heard in heards] == [False, True, True, True, True]
    assert all(len(task.task_id) == 32 for task in emulator.tasks)


@pytest.mark.rule("USE-03")
def test_requests_beyond_the_limit_of_connections_wait() -> None:
    async def scenario(_: Emulator, speaking: Sender) -> list[Heard]:
        return await asyncio.gather(*(listen(speaking.speak(f"Number {n}.", PCM)) for n in range(9)))

    heards, emulator = run(scenario, max_connections=2)
    assert all(heard.error is None for heard in heards)
    assert len(emulator.tasks) == 9
    assert {task.connection for task in emulator.tasks} <= {1, 2}


@pytest.mark.rule("USE-03")
def test_task_starts_wait_for_the_quota_in_fair_order() -> None:
    async def scenario(_: Emulator, speaking: Sender) -> list[Heard]:
        return await asyncio.gather(*(listen(speaking.speak(f"Number {n}.", PCM)) for n in range(7)))

    begun = time.monotonic()
    heards, emulator = run(scenario, quota=3, task_starts=3, max_connections=7, attempts=1)
    assert [heard.error for heard in heards] == [None] * 7
    assert time.monotonic() - begun > 2
    assert [task.text for task in emulator.tasks] == [f"Number {n}." for n in range(7)]


@pytest.mark.rule("USE-02")
def test_an_idle_connection_is_left_before_the_service_closes_it() -> None:
    async def scenario(_: Emulator, speaking: Sender) -> tuple[int, int]:
        await listen(speaking.speak("One.", PCM))
        before = speaking.pool.idle
        await asyncio.sleep(0.02 * 60 * 0.95)
        return before, speaking.pool.idle

    (before, after), _ = run(scenario, time_scale=0.02)
    assert (before, after) == (1, 0)


# --- ending early


@pytest.mark.rule("INT-02", "FLW-04")
def test_stop_ends_gracefully_and_keeps_the_connection() -> None:
    async def endless() -> AsyncIterator[str]:
        for number in range(10_000):
            yield f"Sentence number {number}. "
            await asyncio.sleep(0.01)

    async def scenario(emulator: Emulator, speaking: Sender) -> tuple[Heard, int]:
        heard = Heard()
        speech = speaking.speak(endless(), PCM)
        async for event in speech:
            heard.events.append(event)
            if isinstance(event, Audio):
                await speaking.stop()
        await listen(speaking.speak("Afterwards.", PCM))
        return heard, len({task.connection for task in emulator.tasks})

    (heard, connections), emulator = run(scenario)
    assert heard.summary.interrupted and connections == 1
    assert emulator.tasks[0].state == "finished"
    assert len(heard.audio) == emulator.tasks[0].audio_bytes


LONG = "This is a sentence that takes its time. " * 400


@pytest.mark.rule("INT-01")
def test_interrupt_ends_at_once_and_forgets_what_was_not_heard() -> None:
    async def scenario(_: Emulator, speaking: Sender) -> tuple[Heard, float]:
        heard = Heard()
        speech = speaking.speak(LONG, PCM)
        begun = 0.0
        async for event in speech:
            heard.events.append(event)
            if isinstance(event, Audio) and not begun:
                begun = time.monotonic()
                await speech.interrupt()
        return heard, time.monotonic() - begun

    (heard, seconds), emulator = run(scenario)
    assert heard.kinds()[-2:] == ["Audio", "Summary"] and heard.summary.interrupted
    assert seconds < 1
    assert emulator.tasks[0].state == "lost"


@pytest.mark.rule("INT-01")
@pytest.mark.parametrize("way", ["break", "close", "cancel", "sender closes", "forget", "exception"])
def test_however_a_listener_leaves_nothing_is_left_behind(way: str) -> None:
    async def scenario(_: Emulator, speaking: Sender) -> list[str]:
        await leave(speaking, way)
        await speaking.aclose()
        return [task.get_name() for task in asyncio.all_tasks() if task.get_name().startswith("ttsprep ")]

    left, emulator = run(scenario)
    assert [name for name in left if name in ("ttsprep speech", "ttsprep reader", "ttsprep writer")] == []
    assert emulator.tasks[0].state == "lost"


async def leave(speaking: Sender, way: str) -> None:
    if way == "cancel":
        first = asyncio.Event()

        async def listens() -> None:
            async for event in speaking.speak(LONG, PCM):
                if isinstance(event, Audio):
                    first.set()

        task = asyncio.create_task(listens())
        await first.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return
    speech = speaking.speak(LONG, PCM)
    if way == "exception":
        with pytest.raises(KeyError):
            async with speech:
                await anext(speech)
                raise KeyError
        return
    async for event in speech:
        if isinstance(event, Audio):
            break
    if way == "close":
        await speech.aclose()
        assert [event async for event in speech] == []
    elif way == "forget":
        del speech
        await asyncio.sleep(0.1)
        assert not [task for task in asyncio.all_tasks() if task.get_name() == "ttsprep speech"]


def test_closing_twice_and_a_speech_never_begun() -> None:
    async def scenario(emulator: Emulator, speaking: Sender) -> int:
        speech = speaking.speak(TEXT)
        await speech.stop()
        assert [type(event).__name__ async for event in speech] == ["Summary"]
        async with speaking.speak(TEXT):
            pass
        await speaking.aclose()
        await speaking.aclose()
        return len(emulator.tasks)

    assert run(scenario)[0] == 0


# --- slow listeners


@pytest.mark.rule("FLW-08")
def test_a_listener_that_pauses_for_a_scaled_minute_loses_nothing() -> None:
    async def scenario(_: Emulator, speaking: Sender) -> tuple[Heard, int]:
        heard = Heard()
        spooled = -1
        speech = speaking.speak(LONG, TaskSettings(format="pcm", sample_rate=48000))
        async for event in speech:
            if isinstance(event, Audio) and spooled < 0:
                await asyncio.sleep(0.03 * 60)
                spooled = speech._outbox.spooled
            heard.events.append(event)
        return heard, spooled

    (heard, spooled), emulator = run(scenario, time_scale=0.03, memory=1 << 16)
    assert heard.error is None and spooled > 1 << 20, "it waited in a file"
    assert len(heard.audio) == emulator.tasks[0].audio_bytes


@given(st.lists(st.tuples(st.integers(1, 40), st.floats(0, 0.01)), max_size=12), st.integers(0, 30_000))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_rhythm_of_text_and_listening(rhythm: list[tuple[int, float]], memory: int) -> None:
    async def text() -> AsyncIterator[str]:
        at = 0
        for size, pause in rhythm:
            yield TEXT[at : at + size]
            at += size
            await asyncio.sleep(pause)
        yield TEXT[at:]

    async def scenario(_: Emulator, speaking: Sender) -> Heard:
        heard = Heard()
        async for event in speaking.speak(text(), PCM):
            heard.events.append(event)
            if rhythm and isinstance(event, Audio):
                await asyncio.sleep(rhythm[len(heard.events) % len(rhythm)][1])
        return heard

    heard, emulator = run(scenario, memory=memory)
    assert "".join(task.text for task in emulator.tasks) == TEXT
    assert len(heard.audio) == sum(task.audio_bytes for task in emulator.tasks)
