"""How many tasks the account may start a second, and run at once (USE-03)."""

from __future__ import annotations

from collections import deque

__all__ = ["Quota"]


class Quota:
    """Task starts in a sliding `window` of seconds, and tasks at once; None is no limit.

    >>> quota = Quota(2, None, window=1.0)
    >>> [quota.exceeded(now, running=0) for now in (0.0, 0.1, 0.2, 1.05)]
    ['', '', 'more than 2 task starts a second', '']
    >>> Quota(None, 3, window=1.0).exceeded(0.0, running=3)
    'more than 3 tasks at once'
    """

    def __init__(self, starts: int | None, tasks: int | None, *, window: float) -> None:
        self._starts = starts
        self._tasks = tasks
        self._window = window
        self._times: deque[float] = deque()

    def exceeded(self, now: float, *, running: int) -> str:
        """What a task that starts now, beside so many others, would exceed. A refused one does not count."""
        while self._times and self._times[0] <= now - self._window:
            self._times.popleft()
        if self._tasks is not None and running >= self._tasks:
            return f"more than {self._tasks} tasks at once"
        if self._starts is not None:
            if len(self._times) >= self._starts:
                return f"more than {self._starts} task starts a second"
            self._times.append(now)
        return ""
