"""Formulas in the rows of a table: a pipe in one ends no cell, as GFM would have it (``| $|x|$ | y |``)."""

from __future__ import annotations

import re

from ttsprep.markup import formula_end

__all__ = ["PIPE", "masked_row"]

PIPE = "\0"
"""Stands for such a pipe while the table is read; no text has it, for the parser's has no NUL."""

_PIPE = re.compile(r"(?<!\\)\|")
_OPENER = re.compile(r"(?<!\\)(?:\\\\)*+(\$|\\\()")


def masked_row(row: str) -> str:
    """The row with other signs for the pipes in its formulas.

    Pipes come in pairs there (``|x|``), or stand in the middle (``P(A|B)``): ``|$a|$b|`` are two cells. What stands
    beside a backtick may be code, in which a pipe ends a cell.
    """
    at, last = 0, dict[str, int]()
    while found := _OPENER.search(row, at):
        start = found.start(1)
        end = formula_end(row, start, len(row), last)
        at = end or found.end()
        if end and _holds_pipes(row[start:end].strip("$\\()")) and "`" not in row:
            row = row[:start] + _PIPE.sub(PIPE, row[start:end]) + row[end:]
    return row


def _holds_pipes(formula: str) -> bool:
    pipes = len(_PIPE.findall(formula))
    return pipes > 0 and (pipes % 2 == 0 or not (formula.startswith("|") or formula.endswith("|")))
