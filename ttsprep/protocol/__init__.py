"""The WebSocket protocol without a socket: messages, the transition table, and the connection.

Nothing here reads a clock, opens a socket or makes an id: frames go in and out as values and time is an argument,
so that every limit can be tested with integers, and so that the sender (role client) and the emulator (role
server) run the very same table.

    >>> client, server = ClientConnection(now=0), ServerConnection(now=0)
    >>> task = RunTask("0" * 32, "cosyvoice-v3-flash", {"text_type": "PlainText", "voice": "longanyang"})
    >>> server.receive(client.send(task, now=1), now=1).model
    'cosyvoice-v3-flash'
    >>> client.receive(server.send(TaskStarted(task.task_id), now=2), now=2)
    TaskStarted(task_id='00000000000000000000000000000000', attributes={}, characters=None)
    >>> client.state is server.state is State.RUNNING
    True
"""

from ttsprep.protocol.connection import ClientConnection, Connection, ServerConnection
from ttsprep.protocol.departures import Departure, Kind
from ttsprep.protocol.errors import (
    AuthenticationError,
    ConnectionLost,
    HandshakeError,
    LocalProtocolError,
    RemoteProtocolError,
    ServiceTimeout,
    SpeechError,
    TaskFailed,
)
from ttsprep.protocol.events import (
    Audio,
    Event,
    Ignored,
    ResultGenerated,
    TaskFailedEvent,
    TaskFinished,
    TaskStarted,
    Word,
    parse_event,
)
from ttsprep.protocol.instructions import (
    ContinueTask,
    FinishTask,
    Instruction,
    RunTask,
    parse_instruction,
)
from ttsprep.protocol.states import Message, Role, State
from ttsprep.protocol.timers import Timeouts, Timer, WireLimits

__all__ = [
    "Audio",
    "AuthenticationError",
    "ClientConnection",
    "Connection",
    "ConnectionLost",
    "ContinueTask",
    "Departure",
    "Event",
    "FinishTask",
    "HandshakeError",
    "Ignored",
    "Instruction",
    "Kind",
    "LocalProtocolError",
    "Message",
    "RemoteProtocolError",
    "ResultGenerated",
    "Role",
    "RunTask",
    "ServerConnection",
    "ServiceTimeout",
    "SpeechError",
    "State",
    "TaskFailed",
    "TaskFailedEvent",
    "TaskFinished",
    "TaskStarted",
    "Timeouts",
    "Timer",
    "WireLimits",
    "Word",
    "parse_event",
    "parse_instruction",
]
