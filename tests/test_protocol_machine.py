"""Client role against server role over random sequences, legal and not: they always agree once nothing is under way."""

from __future__ import annotations

from collections import deque
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.test_protocol_connection import LIMITS, TIMEOUTS, snapshot, task_id
from ttsprep.protocol import (
    Audio,
    ClientConnection,
    ContinueTask,
    FinishTask,
    Ignored,
    Instruction,
    LocalProtocolError,
    RemoteProtocolError,
    ResultGenerated,
    RunTask,
    ServerConnection,
    State,
    TaskFailedEvent,
    TaskFinished,
    TaskStarted,
    Timer,
)

TEXTS = st.sampled_from(["你好。", "half", "", "……", "x" * 20, "x" * 21, "<speak>a</speak>", "a\ud800", "a\0"])
IDS = st.integers(0, 5).map(task_id) | st.sampled_from(["", "short"])
EVENTS = st.sampled_from(["started", "generated", "audio", "finished", "failed"])


class Conversation(RuleBasedStateMachine):
    """Two connections and the frames under way in both directions. What an end sends has passed its own checks."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0
        self.client = ClientConnection(0, limits=LIMITS, timeouts=TIMEOUTS)
        self.server = ServerConnection(0, limits=LIMITS)
        self.to_server: deque[str] = deque()
        self.to_client: deque[str | bytes] = deque()
        self.next_id = 100

    # --- the client

    def _client_sends(self, instruction: Instruction) -> None:
        before = snapshot(self.client)
        try:
            self.to_server.append(self.client.send(instruction, self.now))
        except LocalProtocolError as error:
            assert snapshot(self.client) == before, "an illegal send changes nothing"
            assert error.departure.kind.rules

    @rule(ssml=st.booleans())
    def new_task(self, ssml: bool) -> None:
        self.next_id += 1
        self._client_sends(RunTask(task_id(self.next_id), "m", {"enable_ssml": ssml}))

    @rule(number=IDS)
    def task_with_some_id(self, number: str) -> None:
        self._client_sends(RunTask(number, "m", {}))

    @rule(text=TEXTS)
    def text(self, text: str) -> None:
        self._client_sends(ContinueTask(self.client.task_id, text))

    @rule(text=TEXTS, number=IDS)
    def text_with_some_id(self, text: str, number: str) -> None:
        self._client_sends(ContinueTask(number, text))

    @rule()
    def finish(self) -> None:
        self._client_sends(FinishTask(self.client.task_id))

    # --- the server

    @rule(name=EVENTS)
    def event(self, name: str) -> None:
        before = snapshot(self.server)
        try:
            self.to_client.append(self.server.send(self._event(name, self.server.task_id), self.now))
        except LocalProtocolError:
            assert snapshot(self.server) == before

    @rule(name=EVENTS.filter(lambda name: name != "audio"))
    def event_of_a_task_that_never_was(self, name: str) -> None:
        self.to_client.append(self._event(name, "f" * 32).to_json())

    def _event(self, name: str, number: str) -> Any:
        return {
            "started": TaskStarted(number),
            "generated": ResultGenerated(number, 1, (), 7),
            "audio": Audio(b"12"),
            "finished": TaskFinished(number),
            "failed": TaskFailedEvent(number, "InvalidParameter", "no"),
        }[name]

    @rule(frame=st.sampled_from(["{", '{"header":{"action":"run-task"}}', '{"header":{"action":"x"}}']) | st.just(b"x"))
    def nonsense_for_the_server(self, frame: str | bytes) -> None:
        before = snapshot(self.server)
        try:
            instruction = self.server.receive(frame, self.now)
        except RemoteProtocolError as error:
            assert error.departures
        else:
            assert instruction is None
            assert self.server.state is State.FAILED
        assert snapshot(self.server) == before

    # --- the wire, and time

    @precondition(lambda self: self.to_server)
    @rule()
    def arrives_at_the_server(self) -> None:
        instruction = self.server.receive(self.to_server.popleft(), self.now)
        assert (instruction is None) == (self.server.state is State.FAILED)

    @precondition(lambda self: self.to_client)
    @rule()
    def arrives_at_the_client(self) -> None:
        frame = self.to_client.popleft()
        event = self.client.receive(frame, self.now)
        if isinstance(event, Ignored):
            assert event.reason

    @rule(seconds=st.integers(1, 40))
    def time_passes(self, seconds: int) -> None:
        self.now += seconds
        for end in (self.client, self.server):
            due = end.tick(self.now)
            assert len(due) == len(set(due))
            assert end.deadline() is None or end.deadline() > self.now  # type: ignore[operator] # checked before "or"
        if self.server.state is State.IDLE:
            assert Timer.TEXT not in self.server._deadlines

    @invariant()
    def they_agree_once_nothing_is_under_way(self) -> None:
        if not self.to_server and not self.to_client:
            assert self.client.state is self.server.state
            crossed = self.server.state is State.FAILED  # the server took no notice of what crossed with task-failed
            assert crossed or self.client.task == self.server.task

    @invariant()
    def the_client_is_never_behind_by_more_than_what_is_under_way(self) -> None:
        if not self.to_client and self.client.state is State.STARTING:
            assert self.to_server or self.server.state is State.STARTING

    @invariant()
    def limits_hold(self) -> None:
        for end in (self.client, self.server):
            if end.task:
                assert end.task.counted <= LIMITS.task_characters
                assert not (end.task.enable_ssml and end.task.instructions > 1)


Conversation.TestCase.settings = settings(max_examples=150, stateful_step_count=60, deadline=None)
TestConversation = Conversation.TestCase
