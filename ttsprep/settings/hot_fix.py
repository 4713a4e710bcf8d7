"""The hot_fix object: its shape, and whether its entries can act (PAR-16, PAR-17)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ttsprep import pinyin
from ttsprep.counting import HAN
from ttsprep.late import late_pattern
from ttsprep.likeness import suggest
from ttsprep.rules import hot_fix_pronunciation, hot_fix_replacement, hot_fix_shape, invalid_hot_fix
from ttsprep.settings.draft import Draft, quoted
from ttsprep.settings.paths import Path

__all__ = ["check_hot_fix"]

_SYLLABLE = "[a-zü]+[1-5]"
_PINYIN = re.compile(f"{_SYLLABLE}(?: {_SYLLABLE})*+")
_ONLY_HAN = late_pattern(f"[{HAN}]++")


def check_hot_fix(draft: Draft, name: str, value: Any) -> bool:
    """Report what is wrong in the object; whether its shape is sound."""
    if not isinstance(value, Mapping):
        draft.report(invalid_hot_fix.RULE, name, f"{name} is {quoted(value)}, not an object")
        return False
    # not all(…): everything is reported
    return False not in [_check_list(draft, (name, key), inner) for key, inner in value.items()]


def _check_list(draft: Draft, path: Path, value: Any) -> bool:
    key = path[-1]
    if key not in _ENTRIES:
        meant = suggest(str(key), _ENTRIES)
        hint = f" (did you mean {meant}?)" if meant else ""
        message = f"hot_fix has {quoted(key)}, not one of {', '.join(_ENTRIES)}{hint}"
        draft.report(hot_fix_shape.RULE, path, message, instead=meant, at_key=True)
        return False
    if not isinstance(value, list | tuple):
        draft.report(hot_fix_shape.RULE, path, f"hot_fix.{key} is {quoted(value)}, not a list of objects")
        return False
    sound = False not in [_check_entry(draft, (*path, at), entry) for at, entry in enumerate(value)]
    if sound:
        _check_twice(draft, path, value)
    return sound


def _check_twice(draft: Draft, path: Path, entries: Sequence[Mapping[str, str]]) -> None:
    """Texts that stand in several entries with other values."""
    first: dict[str, tuple[int, str]] = {}
    for at, entry in enumerate(entries):
        for text, value in entry.items():
            before, other = first.setdefault(text, (at, value))
            if other != value:
                where = f"{quoted(text)} stands in hot_fix.{path[1]}[{before}] already, with {quoted(other)}"
                rule = hot_fix_pronunciation.RULE if path[1] == "pronunciation" else hot_fix_replacement.RULE
                draft.report(rule, (*path, at, text), f"{where}: which of them acts is not documented")


def _check_entry(draft: Draft, path: Path, entry: Any) -> bool:
    where = f"hot_fix.{path[1]}[{path[2]}]"
    if not isinstance(entry, Mapping) or not entry:
        draft.report(hot_fix_shape.RULE, path, f"{where} is {quoted(entry)}, not an object {{text: value}}")
        return False
    return False not in [_check_pair(draft, (*path, text), text, value) for text, value in entry.items()]


def _check_pair(draft: Draft, path: Path, text: Any, value: Any) -> bool:
    if not isinstance(text, str) or not text or not isinstance(value, str):
        message = f"hot_fix.{path[1]} maps {quoted(text)} to {quoted(value)}, not a text to a string"
        draft.report(hot_fix_shape.RULE, path, message)
        return False
    if not draft.sendable(path, text + value):
        return False
    _ENTRIES[str(path[1])](draft, path, text, value)
    return True


def _check_pronunciation(draft: Draft, path: Path, text: str, value: str) -> None:
    fault = _pronunciation_fault(text, value)
    if fault:
        draft.report(hot_fix_pronunciation.RULE, path, f"pronunciation of {quoted(text)} is {quoted(value)}: {fault}")


def _pronunciation_fault(text: str, value: str) -> str:
    if not _ONLY_HAN.fullmatch(text):
        return "only Chinese characters have a pinyin pronunciation"
    if not _PINYIN.fullmatch(value.casefold()):
        meant = pinyin.normalize(value)
        hint = f" (did you mean {quoted(meant)}?)" if meant else ""
        return f"not pinyin with tone digits 1 to 5, separated by single spaces{hint}"
    syllables = value.casefold().split(" ")
    for syllable in syllables:
        if not pinyin.is_syllable(syllable):
            meant = pinyin.near(syllable)
            return f"{quoted(syllable)} is no syllable of Mandarin{f' (did you mean {meant}?)' if meant else ''}"
    if len(syllables) != len(text):
        return f"{_many(len(syllables), 'syllable')} for {_many(len(text), 'character')}"
    return ""


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _check_replacement(draft: Draft, path: Path, text: str, value: str) -> None:
    if text == value:
        draft.report(hot_fix_replacement.RULE, path, f"{quoted(text)} is replaced by itself")
    elif _PINYIN.fullmatch(value.casefold()) or (not value.isascii() and pinyin.normalize(value)):
        message = f"{quoted(text)} is replaced by {quoted(value)}, which is read as letters and digits"
        draft.report(hot_fix_replacement.RULE, path, message)


_ENTRIES: Mapping[str, Callable[[Draft, Path, str, str], None]] = {
    "pronunciation": _check_pronunciation,
    "replace": _check_replacement,
}
