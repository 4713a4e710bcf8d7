"""What is sent as ``hot_fix``: pronunciations and replacements, in a stable order, longest key first.

>>> fixes = HotFix.of({"replace": [{"今天": "金天"}], "pronunciation": [{"银行": "yin2 hang2"}, {"行": "xing2"}]})
>>> fixes.pronunciation
{'银行': 'yin2 hang2', '行': 'xing2'}
>>> fixes.as_setting()
{'pronunciation': [{'银行': 'yin2 hang2'}, {'行': 'xing2'}], 'replace': [{'今天': '金天'}]}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["HotFix"]


@dataclass(frozen=True)
class HotFix:
    """Text → pinyin, and text → text that is spoken instead (PAR-17). Keys stand longest first, of equal length as they
    were given.
    """

    pronunciation: Mapping[str, str] = field(default_factory=dict)
    replace: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("pronunciation", "replace"):
            object.__setattr__(self, name, _longest_first(getattr(self, name)))

    def __bool__(self) -> bool:
        return bool(self.pronunciation or self.replace)

    def __len__(self) -> int:
        """The number of entries."""
        return len(self.pronunciation) + len(self.replace)

    @classmethod
    def of(cls, setting: Mapping[str, Any] | None) -> HotFix:
        """The value of the setting ``hot_fix``; of a text that stands in several entries the first one holds."""
        lists = setting or {}
        return cls(_pairs(lists.get("pronunciation", ())), _pairs(lists.get("replace", ())))

    def as_setting(self) -> dict[str, list[dict[str, str]]]:
        """The value of the setting ``hot_fix``: lists of objects with one text each. An empty list is left out."""
        both = {"pronunciation": self.pronunciation, "replace": self.replace}
        return {name: [{key: value} for key, value in pairs.items()] for name, pairs in both.items() if pairs}


def _pairs(entries: Iterable[Mapping[str, str]]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for entry in entries:
        for key, value in entry.items():
            pairs.setdefault(key, value)
    return pairs


def _longest_first(pairs: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(pairs.items(), key=lambda pair: -len(pair[0])))
