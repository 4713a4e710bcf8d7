"""What the emulator writes down about one connection: its tasks and what its client did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ttsprep.emulator.findings import Finding, Outcome
from ttsprep.emulator.tasks import TaskReport
from ttsprep.protocol import Departure, RunTask

if TYPE_CHECKING:
    from ttsprep.emulator.server import Emulator

__all__ = ["Books"]


class Books:
    """The entries of one connection. `redact` takes the key of its client out of them, `excused` says whether the
    emulator itself has broken the conversation.
    """

    def __init__(
        self, emulator: Emulator, connection: int, *, redact: Callable[[str], str], excused: Callable[[], bool]
    ) -> None:
        self._emulator = emulator
        self._connection = connection
        self._redact = redact
        self._excused = excused
        self._report: TaskReport | None = None

    @property
    def report(self) -> TaskReport:
        """The task that runs, or the last one."""
        assert self._report is not None
        return self._report

    def begin(self, run: RunTask) -> TaskReport:
        """A task begins."""
        keep = self._emulator.options.keep_text
        self._report = TaskReport(run.task_id, run.model, run.parameters, self._connection, keep_text=keep)
        self._emulator.tasks.append(self._report)
        self._emulator.running += 1
        return self._report

    def end(self, state: str, code: str = "", message: str = "") -> None:
        """The running task, if there is one, ends in this state."""
        report = self._report
        if report is None or report.state != "running":
            return
        report.state, report.error_code, report.error_message = state, code, message
        self._emulator.running -= 1
        self._emulator.ended[state] += 1

    def find(self, departure: Departure, outcome: Outcome) -> None:
        """The client departed from the protocol."""
        kind = departure.kind
        self.note(Finding(kind.rules, str(departure), kind.remedy, departure.field, outcome, says=kind.says))

    def note(self, finding: Finding) -> None:
        """Add a finding."""
        running = self._report is not None and self._report.state == "running"
        task_id = self.report.task_id if running else ""
        message = self._redact(finding.message)
        outcome = Outcome.EXCUSED if finding.outcome is Outcome.REFUSED and self._excused() else finding.outcome
        self._emulator.findings.add(
            replace(finding, message=message, outcome=outcome, connection=self._connection, task_id=task_id)
        )
