"""What is said that is not in the text."""

from __future__ import annotations

__all__ = ["ALERTS", "announced"]

# Chinese, English of one, English of several.
_WORDS = {
    "code": ("代码块，{count}行。", "Code block, {count} line.", "Code block, {count} lines."),
    "named code": (
        "代码块，{name}，{count}行。",
        "Code block, {name}, {count} line.",
        "Code block, {name}, {count} lines.",
    ),
    "table": ("表格，{count}行：{name}。", "Table, {count} row: {name}.", "Table, {count} rows: {name}."),
    "more rows": ("还有{count}行。", "{count} more row.", "{count} more rows."),
    "done": ("已完成：", "Done: ", "Done: "),
    "to do": ("未完成：", "To do: ", "To do: "),
    "note": ("注：", "Note: ", "Note: "),
    "numbered note": ("注{name}：", "Note {name}: ", "Note {name}: "),
    "image": ("图片：", "Image: ", "Image: "),
    "break": ("分隔线。", "Section break.", "Section break."),
    "caution": ("当心", "Caution", "Caution"),
    "important": ("重要", "Important", "Important"),
    "note alert": ("说明", "Note", "Note"),
    "tip": ("提示", "Tip", "Tip"),
    "warning": ("警告", "Warning", "Warning"),
}
ALERTS = {"caution": "caution", "important": "important", "note": "note alert", "tip": "tip", "warning": "warning"}
"""The announcement of each kind of alert."""


def announced(what: str, *, chinese: bool, count: int = 1, name: str = "") -> str:
    """The words for something.

    >>> announced("code", chinese=False, count=12), announced("note", chinese=True)
    ('Code block, 12 lines.', '注：')
    """
    return _WORDS[what][0 if chinese else 1 + (count != 1)].format(count=count, name=name)
