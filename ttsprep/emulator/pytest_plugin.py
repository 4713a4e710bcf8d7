"""pytest fixtures: `cosyvoice_server`, a local service for one test, and `cosyvoice_server_factory`, with options.

Every pytest run loads this module, so it imports nothing but pytest until a test asks for a fixture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Unpack

import pytest

if TYPE_CHECKING:
    from ttsprep.emulator.options import AllKeywords
    from ttsprep.emulator.threaded import ThreadedEmulator

__all__ = ["cosyvoice_server", "cosyvoice_server_factory"]


@pytest.fixture
def cosyvoice_server_factory() -> Iterator[Callable[..., ThreadedEmulator]]:
    """Start emulators: ``cosyvoice_server_factory(mode="observed", faults=["503x1"])``, arguments as of `Emulator`.

    The voice is a tone unless told otherwise. When the test ends, it fails for every departure from the API page that a
    strict emulator found and that the test did not announce with ``server.expect("FLW-02")``, and for every departure
    that was announced and never came.
    """
    from ttsprep.emulator.threaded import ThreadedEmulator

    started: list[ThreadedEmulator] = []
    with ExitStack() as stack:

        def start(**options: Unpack[AllKeywords]) -> ThreadedEmulator:
            options.setdefault("voice", "tone")
            server = stack.enter_context(ThreadedEmulator(**options))
            started.append(server)
            return server

        yield start
    _judge(started)


@pytest.fixture
def cosyvoice_server(cosyvoice_server_factory: Callable[..., ThreadedEmulator]) -> ThreadedEmulator:
    """A strict local service: connect to ``cosyvoice_server.url`` with any key."""
    return cosyvoice_server_factory()


def _judge(servers: list[ThreadedEmulator]) -> None:
    strict = [server for server in servers if server.emulator.options.mode.value == "strict"]
    found = [str(finding) for server in strict for finding in server.unexpected]
    missed = [rule for server in servers for rule in server.missed]
    complaints = ["the emulator found departures from the API page:", *found] if found else []
    if missed:
        complaints.append(f"the test expected departures that never came: {', '.join(missed)}")
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)
