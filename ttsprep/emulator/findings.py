"""What the emulator noticed about its clients: one `Finding` for each departure from the API page."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

__all__ = ["Finding", "Findings", "Outcome"]

_KEPT = 10_000


class Outcome(Enum):
    """What became of a departure."""

    REFUSED = "refused"
    """It was answered with an error: the client broke a rule."""
    TOLERATED = "tolerated"
    """The mode ``observed`` let it pass, as the live service does."""
    EXCUSED = "excused"
    """It was answered with an error, but followed a fault of the emulator's own that broke the conversation."""
    NOTED = "noted"
    """It breaks nothing, but does not do what its author may think."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One departure: the API rules concerned, what was found and where, what to do instead, what became of it.

    `connection` numbers the connections of an emulator from 1; `task_id` is empty outside of a task. `says` is what
    the rules ask for, empty where the message has it.

    >>> print(Finding(("RUN-06",), "text in run-task", "send it in continue-task", says="run-task carries no text"))
    RUN-06 refused (connection 0): text in run-task; rule: run-task carries no text; remedy: send it in continue-task
    """

    rules: tuple[str, ...]
    message: str
    remedy: str = ""
    field: str = ""
    outcome: Outcome = Outcome.REFUSED
    connection: int = 0
    task_id: str = ""
    says: str = ""

    def __str__(self) -> str:
        where = f"connection {self.connection}" + (f", task {self.task_id}" if self.task_id else "")
        says = f"; rule: {self.says}" if self.says else ""
        remedy = f"; remedy: {self.remedy}" if self.remedy else ""
        return f"{', '.join(self.rules)} {self.outcome.value} ({where}): {self.message}{says}{remedy}"

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain values for JSON."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return values | {"rules": list(self.rules), "outcome": self.outcome.value}


@dataclass(slots=True)
class Findings:
    """All findings of an emulator. The latest ten thousand are kept, all are told to `listener` and counted."""

    listener: Callable[[Finding], None] = lambda _finding: None
    refused: int = 0
    _kept: deque[Finding] = field(default_factory=lambda: deque(maxlen=_KEPT))

    def add(self, finding: Finding) -> None:
        """Count, keep and tell."""
        self.refused += finding.outcome is Outcome.REFUSED
        self._kept.append(finding)
        self.listener(finding)

    def of(self, *outcomes: Outcome) -> Sequence[Finding]:
        """Those with one of these outcomes, oldest first."""
        return [finding for finding in list(self._kept) if finding.outcome in outcomes]
