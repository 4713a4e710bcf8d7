"""How much of the blocks of a growing text no further line can change.

CommonMark reads blocks line by line and never looks back behind the last leaf (paragraph, heading, table, …): what
stands before it is certain. What may become of the last one, a heading by its underline, a table by its second line,
needs no rule here.
"""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

__all__ = ["certain_rows", "certain_tokens", "last_leaf", "settled_tokens"]

_CLOSED_AT_ONCE = frozenset(("heading_open", "hr"))
_CLOSED_BY_WHAT_FOLLOWS = frozenset(("fence", "html_block", "math_block", "paragraph_open", "table_open"))
_CONTAINERS = frozenset(
    (
        "blockquote_open",
        "bullet_list_open",
        "definition_open",
        "footnote_open",
        "list_item_open",
        "ordered_list_open",
    )
)


def last_leaf(tokens: Sequence[Token], end: int) -> int:
    """Where the last leaf of ``tokens[:end]`` begins, or the last container if it is empty; -1 without any."""
    at = end - 1
    while at >= 0 and tokens[at].nesting < 0:
        at -= 1
    if at >= 0 and tokens[at].type == "inline":
        at -= 1
    if at >= 0 and tokens[at].type in ("td_open", "th_open"):
        while tokens[at].type != "table_open":
            at -= 1
    return at


def certain_tokens(tokens: Sequence[Token], lines: int, *, open_math: bool) -> int:
    """How many of the blocks of so many whole lines are certain.

    A display formula that is still open would be part of the paragraph before it if it never closed, so then the
    last two leaves are not.
    """
    leaf = last_leaf(tokens, len(tokens))
    if leaf < 0:
        return 0
    if not open_math and _is_closed(tokens[leaf], lines):
        return _behind(tokens, leaf)
    before = _before_containers(tokens, leaf)
    return _before_containers(tokens, max(last_leaf(tokens, before), 0)) if open_math else before


def _is_closed(leaf: Token, lines: int) -> bool:
    first, end = leaf.map or (0, lines)
    has_closer = leaf.type == "fence" and end <= lines and leaf.content.count("\n") == end - first - 2
    return leaf.type in _CLOSED_AT_ONCE or has_closer or (leaf.type in _CLOSED_BY_WHAT_FOLLOWS and end < lines)


def _behind(tokens: Sequence[Token], leaf: int) -> int:
    """Behind a closed leaf; its containers may go on, and so are not closed."""
    if tokens[leaf].level == 0:
        return len(tokens)
    at = leaf
    while tokens[leaf].nesting and not (tokens[at].nesting < 0 and tokens[at].level == tokens[leaf].level):
        at += 1
    return at + 1


def _before_containers(tokens: Sequence[Token], at: int) -> int:
    """Before the containers that hold nothing but what begins at `at`: the number of an item comes with its text."""
    while at and tokens[at - 1].type in _CONTAINERS:
        at -= 1
    return at


def settled_tokens(tokens: Sequence[Token], certain: int) -> tuple[int, int, bool]:
    """How many of the certain tokens are never needed again, the line behind them, and whether a list goes on there.

    The text is cut behind a closed block of the top level, or before the last item of a list of the top level. Behind
    the block, not before the next: a link definition between them has no token and may still grow. Never before a
    definition, which is one by what stands before it.
    """
    for at in range(certain, 0, -1):
        token = tokens[at] if at < len(tokens) else None
        if token and token.type == "list_item_open" and token.level == 1 and tokens[at - 1].nesting < 0:
            return at, (token.map or [0])[0], True
        if token is None or (token.level == 0 and token.nesting >= 0 and token.type != "definition_open"):
            return at, next(t.map[1] for t in reversed(tokens[:at]) if t.level == 0 and t.map), False
    return 0, 0, False


def certain_rows(table: Sequence[Token], lines: int) -> list[Token]:
    """The rows of an open table that are whole lines; nothing before there is one below the header.

    The token that closes it says that it goes on.
    """
    if all(token.type != "tbody_open" for token in table):
        return []
    rows = [token for token in table if token.type == "tr_open" and token.map and token.map[0] >= lines]
    end = table.index(rows[0]) if rows else len(table)
    kept = [*table[:end], *(token for token in table[end:] if token.type == "table_close")]
    for token in kept:
        if token.type == "table_close":
            token.meta["goes_on"] = True
    return kept
