"""Signals that end the command: what was heard is kept, as after Ctrl-C."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NoReturn

__all__ = ["ended_by", "signals_interrupt"]

_SIGNALS: Final = ("SIGTERM", "SIGHUP")
_EXIT: Final = 128
"""Exit codes of commands that a signal ended count from here."""


class _Terminated(KeyboardInterrupt):
    """A signal asked the command to end."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def ended_by(error: KeyboardInterrupt) -> tuple[str, int]:
    """What ended the command, in words, and its exit code."""
    if isinstance(error, _Terminated):
        return f"ended by {signal.Signals(error.number).name}", _EXIT + error.number
    return "interrupted", _EXIT + signal.SIGINT


@contextmanager
def signals_interrupt() -> Iterator[None]:
    """SIGTERM and SIGHUP interrupt as Ctrl-C does, where they would end the program; a second one ends it at once."""
    if threading.current_thread() is not threading.main_thread():
        yield  # elsewhere Python takes no handlers
        return
    numbers = [number for name in _SIGNALS if (number := getattr(signal, name, None)) is not None]
    taken = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _interrupt(number: int, _frame: Any) -> NoReturn:
    signal.signal(number, signal.SIG_DFL)
    raise _Terminated(number)
