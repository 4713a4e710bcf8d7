"""Files are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["write_file"]


def write_file(path: Path, data: bytes) -> None:
    """Write a file aside and put it in the place of the old one, so that there is never half of it.

    A link stays one, and the mode of the old file is kept. Raises OSError.
    """
    import tempfile  # takes a while to import

    target = path.resolve()
    handle, aside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        _copy_mode(target, Path(aside))
        Path(aside).replace(target)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def _copy_mode(old: Path, new: Path) -> None:
    """The mode of the old file, or that of any new file."""
    import shutil

    if old.exists():
        shutil.copymode(old, new)
        return
    mask = os.umask(0)
    os.umask(mask)
    new.chmod(0o666 & ~mask)
