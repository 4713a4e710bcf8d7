"""How an emulator behaves: its options, and the keywords that stand for them in a call."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from os import PathLike
from typing import IO, TYPE_CHECKING, Literal, TypedDict

from ttsprep.catalog import default_region
from ttsprep.emulator.modes import Mode

if TYPE_CHECKING:
    from ttsprep.emulator.faults import Fault
    from ttsprep.emulator.findings import Finding

__all__ = ["AllKeywords", "Keywords", "Options"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How an emulator behaves; every field is a keyword of `Emulator`.

    Raises ValueError for a mode, a voice or a number that makes no sense.
    """

    host: str = "127.0.0.1"
    port: int = 0
    """0 takes a free one."""
    mode: Mode = Mode.STRICT
    """``"strict"`` or ``"observed"``."""
    voice: str | None = None
    """``"speech"``, ``"tone"``, or None: speech where it is installed."""
    time_scale: float = 1.0
    """Shrinks the service's limits of time (CON-02, USE-02) and the timing profile: 0.01 makes them a hundredth."""
    seed: int = 0
    """Decides request ids and the timing profile. What is heard depends on the seed of run-task."""
    region: str = field(default_factory=lambda: default_region().id)
    """Whose models and voices are known."""
    require_key: str | None = field(default=None, repr=False)
    """The only API key that is let in; None: any."""
    quota: int | None = None
    """Task starts in a (scaled) second; more fail with Throttling.RateQuota (USE-03)."""
    max_tasks: int | None = None
    """Tasks at once; more fail in the same way."""
    null_closes: bool = False
    """Close 1007 where the service answers either that or "task can not be null" (RUN-03, RUN-04)."""
    timing: bool = False
    """Imitate the service's delays (SPD-02, NET-01)."""
    frame_size: int | None = None
    """Bytes of audio in a frame; None: as the service, by format."""
    stall: float = 60.0
    """Seconds after which a client that takes nothing is dropped."""
    keep_text: bool = True
    """Whether `Emulator.tasks` holds the texts."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "mode", Mode(self.mode))
        if self.voice not in (None, "speech", "tone"):
            raise ValueError(f"a voice is speech or tone, not {self.voice!r}")
        for name in ("time_scale", "quota", "max_tasks", "frame_size", "stall"):
            value = getattr(self, name)
            if value is not None and not 0 < value < float("inf"):
                raise ValueError(f"{name} must be a positive number, not {value!r}")


class Keywords(TypedDict, total=False):
    """The fields of `Options` as keywords of a call."""

    host: str
    port: int
    mode: Mode | str
    voice: Literal["speech", "tone"] | None
    time_scale: float
    seed: int
    region: str
    require_key: str | None
    quota: int | None
    max_tasks: int | None
    null_closes: bool
    timing: bool
    frame_size: int | None
    stall: float
    keep_text: bool


class AllKeywords(Keywords, total=False):
    """Every keyword of `Emulator`."""

    faults: Iterable[Fault | str]
    record: str | PathLike[str] | IO[str] | None
    on_departure: Callable[[Finding], None] | None
