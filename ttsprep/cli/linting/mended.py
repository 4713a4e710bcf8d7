"""What ``--fix`` and ``--diff`` print: diffs, and standard input as it is mended."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ttsprep.cli.ssml.common import write_file, write_out

if TYPE_CHECKING:
    from ttsprep.lint.running import Job, Outcome

__all__ = ["show_diffs", "show_mended_input"]


def show_diffs(outcomes: Sequence[Outcome], file: str | None) -> bool:
    """Print what would change, or write it into a file; whether anything would."""
    from ttsprep.lint.diffs import diff

    changes = [(each.before, each.after) for each in outcomes if each.before is not None and each.after is not None]
    text = "".join(line for before, after in changes for line in diff(before, after.text))
    if file is None:
        write_out(text)
    else:
        write_file(Path(file), text.encode("utf-8", errors="backslashreplace"))
    return bool(text)


def show_mended_input(jobs: Sequence[Job], outcomes: Sequence[Outcome]) -> None:
    """Print standard input mended, in its own encoding; as it came where nothing changed or it could not be read."""
    for job, outcome in zip(jobs, outcomes, strict=True):
        if job.data is None:
            continue
        before, after = outcome.before, outcome.after
        changed = before is not None and after is not None and before.text != after.text
        sys.stdout.flush()
        sys.stdout.buffer.write(after.encode() if changed and after is not None else job.data)
        sys.stdout.buffer.flush()
