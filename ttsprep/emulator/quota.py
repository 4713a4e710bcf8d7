"""`--quota` and `--max-tasks`: how many tasks the account may start a second and run at once (USE-03)."""

from __future__ import annotations

from collections import deque

__all__ = ["Quota"]


class Quota:
    """Task starts in a sliding second. None is no limit.

    >>> quota = Quota(2, window=1.0)
    >>> [quota.admit(now) for now in (0.0, 0.1, 0.2, 1.05)]
    [True, True, False, True]
    """

    def __init__(self, starts: int | None, *, window: float) -> None:
        self._starts = starts
        self._window = window
        self._times: deque[float] = deque()

    def admit(self, now: float) -> bool:
        """Whether a task may start now; a refused one does not count."""
        if self._starts is None:
            return True
        while self._times and self._times[0] <= now - self._window:
            self._times.popleft()
        if len(self._times) >= self._starts:
            return False
        self._times.append(now)
        return True
