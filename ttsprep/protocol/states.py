"""The transition table: which message may come in which state, and what the state is then.

Theory
------
One connection carries tasks, strictly one after another (USE-01). A task is opened by the client with run-task,
confirmed by the service with task-started, fed by the client with continue-task, ended by the client with
finish-task (never left out, FLW-04; nothing of the task follows it, FLW-11), and closed by the service with
task-finished; the connection is then as good as new. From task-started to task-finished the service sends audio
and result-generated whenever it has some, also while text is still going the other way (FLW-10). At any moment the
service may send task-failed: that is the end of the task *and* of the connection (EVT-06).

So the state of a connection is the state of its one task. Both ends keep it; each moves when it sends and when it
receives, and because every message has one sender only, the two ends agree as soon as nothing is under way. What is
under way can cross just once without fault: instructions that were sent before task-failed arrived. The service
ignores them (`Connection.receive` in the role of the server, state FAILED).

`TABLE` below is the whole of it. A message that a row does not list is a fault of whoever sent it: of the caller
(`LocalProtocolError`, and nothing is sent) or of the peer (`RemoteProtocolError`). Who may send which message at all
is `SENDER`. What is no matter of order (ids, sizes, one continue-task under SSML) stands beside this table in
`ttsprep.protocol.guards`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

__all__ = ["SENDER", "TABLE", "Message", "Role", "State", "next_state"]


class Role(Enum):
    """Which end of the connection this is."""

    CLIENT = "client"
    SERVER = "server"

    @property
    def peer(self) -> Role:
        return Role.SERVER if self is Role.CLIENT else Role.CLIENT


class State(Enum):
    """Where the one task of a connection stands."""

    IDLE = "idle"
    """No task: a new connection, or after task-finished."""
    STARTING = "starting"
    """run-task is out, task-started is awaited."""
    RUNNING = "running"
    """Text goes one way, audio the other."""
    FINISHING = "finishing"
    """finish-task is out; the rest of the audio and task-finished are awaited."""
    FAILED = "failed"
    """task-failed came: the connection can only be closed."""
    CLOSED = "closed"

    # Members are one of a kind; hashing their names at every frame would cost more than the rest of the table.
    __hash__ = object.__hash__


class Message(Enum):
    """What goes over the wire. Audio is a binary frame, everything else JSON in a text frame (AUD-06)."""

    RUN_TASK = "run-task"
    CONTINUE_TASK = "continue-task"
    FINISH_TASK = "finish-task"
    TASK_STARTED = "task-started"
    RESULT_GENERATED = "result-generated"
    AUDIO = "audio"
    TASK_FINISHED = "task-finished"
    TASK_FAILED = "task-failed"

    __hash__ = object.__hash__


SENDER: Mapping[Message, Role] = MappingProxyType(
    {
        Message.RUN_TASK: Role.CLIENT,
        Message.CONTINUE_TASK: Role.CLIENT,
        Message.FINISH_TASK: Role.CLIENT,
        Message.TASK_STARTED: Role.SERVER,
        Message.RESULT_GENERATED: Role.SERVER,
        Message.AUDIO: Role.SERVER,
        Message.TASK_FINISHED: Role.SERVER,
        Message.TASK_FAILED: Role.SERVER,
    }
)

TABLE: Mapping[State, Mapping[Message, State]] = MappingProxyType(
    {
        State.IDLE: {
            Message.RUN_TASK: State.STARTING,
            Message.TASK_FAILED: State.FAILED,
        },
        State.STARTING: {
            Message.TASK_STARTED: State.RUNNING,
            Message.TASK_FAILED: State.FAILED,
        },
        State.RUNNING: {
            Message.CONTINUE_TASK: State.RUNNING,
            Message.FINISH_TASK: State.FINISHING,
            Message.RESULT_GENERATED: State.RUNNING,
            Message.AUDIO: State.RUNNING,
            Message.TASK_FAILED: State.FAILED,
        },
        State.FINISHING: {
            Message.RESULT_GENERATED: State.FINISHING,
            Message.AUDIO: State.FINISHING,
            Message.TASK_FINISHED: State.IDLE,
            Message.TASK_FAILED: State.FAILED,
        },
        State.FAILED: {},
        State.CLOSED: {},
    }
)
"""State → message → next state. Closing the socket leads from every state to CLOSED (INT-01)."""


def next_state(state: State, message: Message) -> State | None:
    """The state after `message`, or None where it may not come.

    >>> next_state(State.RUNNING, Message.FINISH_TASK)
    <State.FINISHING: 'finishing'>
    >>> next_state(State.IDLE, Message.CONTINUE_TASK) is None
    True
    """
    return TABLE[state].get(message)
