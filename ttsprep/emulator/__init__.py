"""A local twin of the service: the same protocol, strict, with faults on request and no key needed.

    async with Emulator() as emulator:
        ...  # connect to emulator.url
    assert not emulator.departures

What it answers to what stands in `ttsprep.emulator.replies`, what it forgives in `ttsprep.emulator.modes`, which
faults it can make in `ttsprep.emulator.faults`. Not real are voices, prosody, billing, moderation and timing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ttsprep.emulator.faults import FAULTS, Fault
    from ttsprep.emulator.findings import Finding, Outcome
    from ttsprep.emulator.options import Options
    from ttsprep.emulator.server import Emulator
    from ttsprep.emulator.tasks import TaskReport
    from ttsprep.emulator.threaded import ThreadedEmulator

__all__ = ["FAULTS", "Emulator", "Fault", "Finding", "Options", "Outcome", "TaskReport", "ThreadedEmulator"]

_HOME = {
    "Emulator": "server",
    "FAULTS": "faults",
    "Fault": "faults",
    "Finding": "findings",
    "Options": "options",
    "Outcome": "findings",
    "TaskReport": "tasks",
    "ThreadedEmulator": "threaded",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for: the pytest plugin imports this package in every test run."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
