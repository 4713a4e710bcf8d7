"""Both ends of a connection: order, guards, time. No sockets, and integers for seconds."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ttsprep.protocol import (
    Audio,
    ClientConnection,
    Connection,
    ConnectionLost,
    ContinueTask,
    Event,
    FinishTask,
    Ignored,
    Instruction,
    Kind,
    LocalProtocolError,
    RemoteProtocolError,
    ResultGenerated,
    Role,
    RunTask,
    ServerConnection,
    State,
    TaskFailedEvent,
    TaskFinished,
    TaskStarted,
    Timeouts,
    Timer,
    WireLimits,
)
from ttsprep.protocol.states import SENDER, TABLE, Message

SEQUENCES = tomllib.loads((Path(__file__).parent / "cases" / "protocol" / "sequences.toml").read_text("utf-8"))["case"]
LIMITS = WireLimits(
    instruction_characters=20, task_characters=50, ssml_instructions=1, text_seconds=23, idle_seconds=60
)
TIMEOUTS = Timeouts(task_started=10, first_audio=20, next_audio=30, text_share=0.5, idle_share=0.5)
PARAMETERS = {"text_type": "PlainText", "voice": "longanyang"}


def task_id(number: int) -> str:
    return f"{number:032x}"


def run(number: int = 1, **parameters: Any) -> RunTask:
    return RunTask(task_id(number), "cosyvoice-v3-flash", {**PARAMETERS, **parameters})


def text(content: str = "你好。", number: int = 1) -> ContinueTask:
    return ContinueTask(task_id(number), content)


class Pair:
    """A client and a server with nothing under way between them."""

    def __init__(self, **server: Any) -> None:
        self.client = ClientConnection(0, limits=LIMITS, timeouts=TIMEOUTS)
        self.server = ServerConnection(0, limits=LIMITS, **server)
        self.number = 0

    def ask(self, instruction: Instruction, now: float = 0, *, completes: bool = False) -> Instruction | None:
        return self.server.receive(self.client.send(instruction, now, completes=completes), now)

    def answer(self, event: Event | Audio, now: float = 0) -> Event | Audio | Ignored:
        return self.client.receive(self.server.send(event, now), now)

    def message(self, letter: str) -> Any:
        """The message of a letter in sequences.toml, about the task that runs."""
        if letter == "R":
            self.number += 1
            return run(self.number)
        number = task_id(self.number)
        return {
            "C": ContinueTask(number, "你好。"),
            "F": FinishTask(number),
            "s": TaskStarted(number),
            "a": Audio(b"12"),
            "r": ResultGenerated(number, 0),
            "f": TaskFinished(number),
            "x": TaskFailedEvent(number, "InvalidParameter", "no"),
        }[letter]

    def play(self, letters: str) -> None:
        for letter in letters:
            message = self.message(letter)
            if letter.isupper():
                self.ask(message)
            else:
                self.answer(message)
            assert self.client.state is self.server.state

    def to(self, state: State) -> Pair:
        """Bring both to a state."""
        self.play({"IDLE": "", "STARTING": "R", "RUNNING": "Rs", "FINISHING": "RsCF", "FAILED": "Rx"}[state.name])
        return self


def snapshot(connection: Connection) -> str:
    return repr((connection.state, connection._ledger, connection._deadlines))


# --- order


@pytest.mark.rule("FLW-01", "FLW-10", "USE-01")
@pytest.mark.parametrize(
    "letters", ["RsCraaCFrarf", "RsCF" + "f", "RsCCCrrraaaFf", "RsCFfRsCFfRsCraFaf", "RsCFfx", "Rx", "Rsx", "RsCFax"]
)
def test_sequences_in_order(letters: str) -> None:
    pair = Pair()
    pair.play(letters)
    assert pair.client.state is (State.FAILED if letters.endswith("x") else State.IDLE)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{case['before']} {case['next']}", marks=[pytest.mark.rule(*case["rules"])])
        for case in SEQUENCES
    ],
)
def test_what_is_out_of_order(case: dict[str, Any]) -> None:
    pair = Pair()
    pair.play(case["before"])
    message = pair.message(case["next"])
    sender: Any = pair.client if case["next"].isupper() else pair.server
    before = snapshot(sender)
    with pytest.raises(LocalProtocolError) as caught:
        sender.send(message, 0)
    assert caught.value.departure.kind.name == case["kind"]
    assert snapshot(sender) == before, "nothing has changed"
    _received_out_of_order(pair, message, case["kind"])


def _received_out_of_order(pair: Pair, message: Any, kind: str) -> None:
    """The other end, told so by a peer that does not check itself."""
    if isinstance(message, Instruction):
        if pair.server.state is State.FAILED:
            assert pair.server.receive(message.to_json(), 0) is None, "it crossed with task-failed"
            return
        with pytest.raises(RemoteProtocolError) as caught:
            pair.server.receive(message.to_json(), 0)
        assert caught.value.departure.kind.name == kind
        return
    frame = message.data if isinstance(message, Audio) else message.to_json()
    before = snapshot(pair.client)
    if pair.client.state is State.IDLE and not isinstance(message, Audio):
        assert isinstance(pair.client.receive(frame, 0), Ignored), "late events are no fault"
    else:
        with pytest.raises(RemoteProtocolError):
            pair.client.receive(frame, 0)
    assert snapshot(pair.client) == before


def test_every_message_has_one_sender_and_a_place_in_the_table() -> None:
    assert set(SENDER) == set(Message)
    assert {message for row in TABLE.values() for message in row} == set(Message)
    assert set(TABLE) == set(State)
    assert Role.CLIENT.peer is Role.SERVER
    assert Role.SERVER.peer is Role.CLIENT


@pytest.mark.rule("EVT-06")
def test_after_a_failure_there_is_nothing_but_closing() -> None:
    assert TABLE[State.FAILED] == TABLE[State.CLOSED] == {}
    failing = {state for state, row in TABLE.items() if row.get(Message.TASK_FAILED) is State.FAILED}
    assert failing == set(State) - {State.FAILED, State.CLOSED}


# --- guards: both ends give the same answer


GUARDED: list[tuple[str, list[Instruction], Instruction, Kind]] = [
    ("FLW-07", [], RunTask("1f81e4ef3c0c", "m", PARAMETERS), Kind.TASK_ID_FORM),
    ("FLW-07", [], RunTask(task_id(1) + "\n", "m", PARAMETERS), Kind.TASK_ID_FORM),
    ("FLW-07", [], RunTask("2bf83b9a-baeb-4fda-8d9a0123456789ab", "m", PARAMETERS), Kind.TASK_ID_FORM),
    ("FLW-06", [run()], text(number=2), Kind.TASK_ID_CHANGED),
    ("FLW-06", [run(), text()], FinishTask(task_id(2)), Kind.TASK_ID_CHANGED),
    ("SSM-04", [run(enable_ssml=True), text("<speak>一</speak>")], text("<speak>二</speak>"), Kind.SECOND_SSML),
    ("TXT-06", [run()], text("a\ud800"), Kind.UNSENDABLE_TEXT),
    ("TXT-06", [run()], text("a\0b"), Kind.UNSENDABLE_TEXT),
    ("TXT-01", [run()], text("你" * 10 + "a"), Kind.INSTRUCTION_TOO_LONG),
    ("TXT-01", [run(enable_ssml=True)], text("<speak>" + "你" * 11 + "</speak>"), Kind.INSTRUCTION_TOO_LONG),
    ("TXT-02", [run(), text("你" * 10), text("你" * 10)], text("你" * 5 + "a"), Kind.TASK_TOO_LONG),
    ("FLW-12", [run()], FinishTask(task_id(1)), Kind.NO_TEXT),
    ("FLW-12", [run(), text("……！")], FinishTask(task_id(1)), Kind.NO_TEXT),
]


def guarded(before: list[Instruction]) -> Pair:
    pair = Pair()
    for instruction in before:
        pair.ask(instruction)
        if isinstance(instruction, RunTask):
            pair.answer(TaskStarted(instruction.task_id))
    return pair


@pytest.mark.parametrize(
    ("before", "instruction", "kind"),
    [
        pytest.param(*row[1:], id=f"{row[3].name}-{number}", marks=pytest.mark.rule(row[0]))
        for number, row in enumerate(GUARDED)
    ],
)
def test_guards(before: list[Instruction], instruction: Instruction, kind: Kind) -> None:
    pair = guarded(before)
    client, server = snapshot(pair.client), snapshot(pair.server)
    with pytest.raises(LocalProtocolError) as local:
        pair.client.send(instruction, 0)
    with pytest.raises(RemoteProtocolError) as remote:
        pair.server.receive(instruction.to_json().encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass"), 0)
    assert local.value.departure == remote.value.departure
    assert remote.value.departures == (remote.value.departure,)
    assert local.value.departure.kind is kind
    assert (snapshot(pair.client), snapshot(pair.server)) == (client, server)
    assert str(local.value).startswith("not sent: ")


@pytest.mark.rule("TXT-01", "TXT-02", "SSM-04", "FLW-07")
@pytest.mark.parametrize(
    "instructions",
    [
        [run(), text("你" * 10), text("你" * 10), text("你" * 5), FinishTask(task_id(1))],
        [run(enable_ssml=True), text('<speak rate="0.9">' + "你" * 10 + "</speak>"), FinishTask(task_id(1))],
        [run(), text(""), text("a"), text("  "), FinishTask(task_id(1))],
        [RunTask("2BF83b9a-baeb-4fda-8d9a-0123456789AB", "m", PARAMETERS)],
    ],
)
def test_what_just_fits(instructions: list[Instruction]) -> None:
    guarded(instructions)


@pytest.mark.rule("SSM-04")
def test_how_many_instructions_ssml_may_have_is_a_limit_of_the_wire() -> None:
    client = ClientConnection(0, limits=replace(LIMITS, ssml_instructions=2))
    client.send(run(enable_ssml=True), 0)
    client.receive(TaskStarted(task_id(1)).to_json(), 0)
    client.send(text(), 0)
    client.send(text(), 0)
    with pytest.raises(LocalProtocolError) as caught:
        client.send(text(), 0)
    assert caught.value.departure.kind is Kind.SECOND_SSML


@pytest.mark.rule("FLW-07", "USE-01")
@pytest.mark.parametrize("again", [task_id(171), task_id(171).upper(), "00000000-0000-0000-0000-0000000000ab"])
def test_a_task_id_serves_once_on_a_connection(again: str) -> None:
    pair = Pair()
    pair.number = 170
    pair.play("RsCFf")
    with pytest.raises(LocalProtocolError) as caught:
        pair.client.send(RunTask(again, "m", PARAMETERS), 0)
    assert caught.value.departure.kind is Kind.TASK_ID_REUSED


def test_what_is_forgiven_passes_and_everything_else_is_reported_at_once() -> None:
    asked: list[Kind] = []

    def forgive(departure: Any, _instruction: Any) -> bool:
        asked.append(departure.kind)
        return departure.kind is Kind.TASK_ID_FORM

    server = ServerConnection(0, limits=LIMITS, forgive=forgive)
    assert server.receive(RunTask("short", "m", PARAMETERS).to_json(), 0)
    server.send(TaskStarted("short"), 0)
    bad = '{"header":{"action":"continue-task","task_id":"other","streaming":"in"},"payload":{"input":{}}}'
    with pytest.raises(RemoteProtocolError) as caught:
        server.receive(bad, 0)
    kinds = [departure.kind for departure in caught.value.departures]
    assert kinds == [Kind.STREAMING, Kind.TEXT_MISSING, Kind.TASK_ID_CHANGED]
    assert asked == [Kind.TASK_ID_FORM, *kinds]


def test_order_is_never_forgiven() -> None:
    server = ServerConnection(0, limits=LIMITS, forgive=lambda *_: True)
    with pytest.raises(RemoteProtocolError) as caught:
        server.receive(text().to_json(), 0)
    assert caught.value.departure.kind is Kind.NO_TASK


# --- what a client ignores


@pytest.mark.rule("EVT-07", "EVT-08")
@pytest.mark.parametrize("state", [State.IDLE, State.STARTING, State.RUNNING, State.FINISHING, State.FAILED])
@pytest.mark.parametrize(
    "event",
    [
        TaskStarted("alien"),
        ResultGenerated("alien", 3, (), 999),
        TaskFinished("alien"),
        TaskFailedEvent("alien", "a", "b"),
    ],
)
def test_events_of_other_tasks_change_nothing(state: State, event: Event) -> None:
    client = Pair().to(state).client
    before = snapshot(client)
    assert isinstance(client.receive(event.to_json(), 5), Ignored)
    assert snapshot(client) == before


@pytest.mark.rule("EVT-06", "EVT-08")
@pytest.mark.parametrize(("letters", "failed"), [("", ""), ("RsCFf", ""), ("RsCFf", task_id(1))])
def test_a_failure_while_no_task_runs_ends_the_connection(letters: str, failed: str) -> None:
    """Without a task_id, as the service gives up before it has read one, or with that of the task before."""
    pair = Pair()
    pair.play(letters)
    assert isinstance(pair.client.receive(TaskFailedEvent(failed, "a", "b").to_json(), 5), TaskFailedEvent)
    assert pair.client.state is State.FAILED


@pytest.mark.rule("EVT-08")
def test_a_failure_of_another_task_leaves_an_idle_connection_in_use() -> None:
    pair = Pair()
    pair.play("RsCFf")
    assert isinstance(pair.client.receive(TaskFailedEvent(task_id(7), "a", "b").to_json(), 5), Ignored)
    pair.play("RsCFf")


@pytest.mark.rule("EVT-08")
def test_an_event_without_a_task_id_is_the_running_task_s() -> None:
    client = Pair().to(State.RUNNING).client
    assert isinstance(client.receive('{"header":{"event":"task-failed"},"payload":{}}', 0), TaskFailedEvent)
    assert client.state is State.FAILED


@pytest.mark.parametrize("frame", ["", "{}", "null", '{"header": {}}', "[" * 100_000])
def test_a_service_that_sends_no_events(frame: str) -> None:
    client = Pair().to(State.RUNNING).client
    before = snapshot(client)
    with pytest.raises(RemoteProtocolError) as caught:
        client.receive(frame, 0)
    assert caught.value.departure.kind is Kind.NO_EVENT
    assert snapshot(client) == before


# --- what is remembered


@pytest.mark.rule("EVT-04", "EVT-02")
def test_both_ends_remember_the_same_of_a_task() -> None:
    pair = Pair().to(State.RUNNING)
    pair.ask(text("你好。"))
    pair.answer(ResultGenerated(task_id(1), 0))
    pair.answer(Audio(b"1234"))
    pair.answer(Audio(b"56"))
    pair.answer(ResultGenerated(task_id(1), 0, (), 5))
    pair.ask(text("Hi. "))
    pair.answer(ResultGenerated(task_id(1), 1))
    pair.ask(FinishTask(task_id(1)))
    pair.answer(TaskFinished(task_id(1), characters=9))
    assert pair.client.task == pair.server.task
    task = pair.client.task
    assert task
    assert (task.counted, task.instructions, task.characters) == (9, 2, 9)
    assert (task.audio_bytes, task.audio_frames, task.sentences) == (6, 2, 2)
    assert pair.client.task_id == task_id(1)


@pytest.mark.rule("INT-01", "FLW-08")
@pytest.mark.parametrize("state", [State.STARTING, State.RUNNING, State.FINISHING])
def test_a_connection_that_closes_in_a_task_is_lost(state: State) -> None:
    client = Pair().to(state).client
    if state is not State.STARTING:
        client.receive(b"12345", 0)
    lost = client.closed(1011, "internal error")
    assert isinstance(lost, ConnectionLost)
    assert (lost.code, lost.reason, lost.task_id) == (1011, "internal error", task_id(1))
    assert lost.audio_bytes == (0 if state is State.STARTING else 5)
    assert (client.state, client.deadline()) == (State.CLOSED, None)


@pytest.mark.parametrize("state", [State.IDLE, State.FAILED])
def test_a_connection_that_closes_between_tasks_is_not(state: State) -> None:
    client = Pair().to(state).client
    assert client.closed(1000) is None
    with pytest.raises(LocalProtocolError) as caught:
        client.send(run(9), 0)
    assert caught.value.departure.kind is Kind.CONNECTION_CLOSED


# --- time, in seconds that nobody waits for


@pytest.mark.rule("CON-02", "USE-02")
def test_the_server_s_clocks() -> None:
    pair = Pair()
    server = pair.server
    assert server.deadline() == 60
    pair.ask(run(), 50)
    assert server.deadline() is None, "no limit for the service itself"
    pair.answer(TaskStarted(task_id(1)), 52)
    assert server.deadline() == 52 + 23
    pair.ask(text(), 70)
    assert server.deadline() == 70 + 23
    pair.answer(Audio(b"1"), 90)
    assert server.deadline() == 70 + 23, "audio does not count"
    assert server.tick(92) == []
    pair.ask(FinishTask(task_id(1)), 92)
    assert server.deadline() is None, "finish-task stops the clock"
    pair.answer(TaskFinished(task_id(1)), 200)
    assert server.deadline() == 260
    assert server.tick(260) == [Timer.IDLE]
    assert server.tick(300) == [], "each is reported once"


@pytest.mark.rule("CON-02")
def test_audio_keeps_the_task_alive_where_that_is_wanted() -> None:
    pair = Pair(audio_keeps_alive=True).to(State.RUNNING)
    pair.ask(text(), 5)
    pair.answer(Audio(b"1"), 20)
    assert pair.server.deadline() == 43
    assert pair.server.tick(43) == [Timer.TEXT]


@pytest.mark.rule("CON-03", "USE-02")
def test_the_client_is_earlier_than_the_server() -> None:
    pair = Pair()
    assert pair.client.deadline() == 30
    pair.ask(run(), 1)
    assert pair.client.deadline() == 1 + 10
    pair.answer(TaskStarted(task_id(1)), 2)
    assert pair.client.deadline() == 2 + 11.5
    pair.ask(text(), 5)
    assert (pair.client.deadline(), pair.server.deadline()) == (16.5, 28)
    assert pair.client.tick(16.5) == [Timer.TEXT]


@pytest.mark.rule("FLW-05")
def test_the_client_waits_for_audio_only_when_it_is_due() -> None:
    client = (pair := Pair().to(State.RUNNING)).client
    pair.ask(text("没说完"), 0)
    assert client.tick(100) == [Timer.TEXT], "an incomplete sentence gives no audio"
    pair.ask(text("。"), 100, completes=True)
    assert client.tick(120) == [Timer.TEXT, Timer.FIRST_AUDIO]
    pair.ask(text("再来。"), 130, completes=True)
    pair.answer(Audio(b"1"), 131)
    pair.ask(FinishTask(task_id(1)), 140)
    assert client.deadline() == 140 + 30
    pair.answer(Audio(b"1"), 160)
    assert client.deadline() == 190, "until task-finished there may be more"
    pair.answer(ResultGenerated(task_id(1), 1), 180)
    assert client.deadline() == 210, "a sign of life"
    assert client.tick(210) == [Timer.NEXT_AUDIO]
    pair.answer(TaskFinished(task_id(1)), 211)
    assert client.deadline() == 211 + 30


def test_time_runs_faster_with_a_scale() -> None:
    limits, timeouts = LIMITS.scaled(0.1), TIMEOUTS.scaled(0.1)
    assert limits.text_seconds == pytest.approx(2.3)
    assert (limits.idle_seconds, limits.task_characters) == (6, 50)
    assert (timeouts.task_started, timeouts.text_share) == (1, 0.5)
    assert WireLimits.of_service() == WireLimits(20_000, 200_000, 1, 23, 60)


@pytest.mark.parametrize("wrong", [{"opening": 0}, {"sending": float("inf")}, {"text_share": 1}, {"first_audio": -1}])
def test_timeouts_that_make_no_sense(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"must be|below 1"):
        Timeouts(**wrong)
