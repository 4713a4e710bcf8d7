"""Wait until a file changes. Files are looked at twice a second: that needs no library and works on every disk."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

__all__ = ["changes"]

_INTERVAL: Final = 0.5


def changes(
    files: Callable[[], Iterable[Path]], *, interval: float = _INTERVAL, wait: Callable[[float], None] = time.sleep
) -> Iterator[None]:
    """Once at the beginning, and each time a file has changed, come or gone.

    `files` is asked each time, so that new files are seen; `interval` is in seconds.
    """
    before = None
    while True:
        now = {path: _state(path) for path in files()}
        if now != before:
            yield
            before = now
        wait(interval)


def _state(path: Path) -> tuple[int, int, int] | None:
    """What differs when a file has changed; ``None`` where there is none."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_mtime_ns, about.st_size, about.st_ino
