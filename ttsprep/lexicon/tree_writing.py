"""Lexicons written as YAML, TOML or JSON: sections where they keep the order of the entries, else a list of entries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from ttsprep.counting import HAN
from ttsprep.lexicon.entries import Entry

__all__ = ["write_json", "write_toml", "write_yaml"]

_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_BARE = re.compile(f"[{HAN}]++|[a-z]++[1-5](?: [a-z]++[1-5])*+")
_LONGEST_KEY = 200
"""YAML has keys of up to 1,024 characters, escapes included."""
Tables = list[dict[str, str]]
Sections = dict[str, dict[str, str]]


def _sections(entries: list[Entry]) -> Sections | None:
    """Kind → key → value, if nothing is lost and the order stays."""
    found: Sections = {}
    last = ""
    for entry in entries:
        kind = str(entry.kind)
        if (
            entry.before
            or entry.after
            or entry.note
            or len(entry.key) > _LONGEST_KEY
            or (kind in found and kind != last)
        ):
            return None
        found.setdefault(kind, {})[entry.key] = entry.value
        last = kind
    return found


def _shape(entries: Iterable[Entry]) -> tuple[Sections, Tables]:
    """Sections or tables, one of them empty."""
    entries = list(entries)
    sections = _sections(entries)
    return (sections, []) if sections is not None else ({}, list(map(_table, entries)))


def _table(entry: Entry) -> dict[str, str]:
    context = {name: getattr(entry, name) for name in ("before", "after", "note") if getattr(entry, name)}
    return {"text": entry.key, str(entry.kind): entry.value, **context}


def write_json(entries: Iterable[Entry]) -> str:
    """A JSON object, indented."""
    sections, tables = _shape(entries)
    return json.dumps({"entries": tables} if tables else sections, ensure_ascii=False, indent=2) + "\n"


def write_toml(entries: Iterable[Entry]) -> str:
    """Tables of TOML."""
    sections, tables = _shape(entries)
    parts = [
        _toml_table(f"[{kind}]", {_string(key): value for key, value in pairs.items()})
        for kind, pairs in sections.items()
    ]
    return "\n".join([*parts, *(_toml_table("[[entries]]", table) for table in tables)])


def _toml_table(head: str, pairs: Mapping[str, str]) -> str:
    return "".join([f"{head}\n", *(f"{key} = {_string(value)}\n" for key, value in pairs.items())])


def write_yaml(entries: Iterable[Entry]) -> str:
    """A YAML document."""
    sections, tables = _shape(entries)
    lines = []
    for kind, pairs in sections.items():
        lines += [f"{kind}:\n", *(f"  {_yaml_string(key)}: {_yaml_string(value)}\n" for key, value in pairs.items())]
    for number, table in enumerate(tables):
        lines += ["entries:\n"] if number == 0 else []
        rows = (f"{name}: {_yaml_string(text)}\n" for name, text in table.items())
        lines.append("  - " + "    ".join(rows))
    return "".join(lines)


def _string(text: str) -> str:
    """A string of JSON that is one of TOML and YAML, too."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _yaml_string(text: str) -> str:
    return text if _BARE.fullmatch(text) else _string(text)
