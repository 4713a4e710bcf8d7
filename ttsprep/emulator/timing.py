"""`--timing`: imitate how long the service takes (NET-01, SPD-02). Off by default: as fast as it can.

All times come from one seeded source and shrink with the time scale.
"""

from __future__ import annotations

import random

from ttsprep.catalog import limits

__all__ = ["Timing"]

START = 0.005
"""Seconds between run-task and task-started without a profile: what follows run-task without waiting is caught."""


class Timing:
    """How long each step takes, in seconds of the client's clock."""

    def __init__(self, on: bool, *, scale: float, seed: int) -> None:
        self.on = on
        self._scale = scale
        self._random = random.Random(f"timing {seed}")  # noqa: S311 (imitation, not secrecy)

    def _between(self, bounds: tuple[float, float]) -> float:
        return self._random.uniform(*bounds) * self._scale if self.on else 0.0

    def opening(self) -> float:
        """Until the handshake is answered."""
        return self._between(limits().opening)

    def start(self) -> float:
        """Until task-started."""
        return max(START, self._between((0.05, 0.15)))

    def first_packet(self) -> float:
        """From the first continue-task to the first audio."""
        return self._between(limits().first_packet)

    def generation(self, seconds: float) -> float:
        """For so many seconds of audio."""
        return seconds * self._between(limits().real_time_factor)
