r"""Plain lists: one entry a line.

```text
# comment
@include names.txt
重庆 chong2 qing4       # the comment behind an entry is its note
今天 = 金天             # also → and -> and =>: text that is spoken instead
Nginx /EH1 N JH IH0 N EH2 K S/
[银]行[长] hang2        # where it stands between 银 and 长
"a = b" = "a equals b"  # quoted as in JSON: keys and values with one of the signs above
```

A value without a separator is pinyin; it is phones between slashes, or where the key has no Chinese character and
every word of the value is a phone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from ttsprep.diagnostics import Span
from ttsprep.lexicon.draft import Broken, Draft, Raw
from ttsprep.lexicon.entries import Entry, Kind
from ttsprep.lexicon.guessing import reading_kind, unslashed

__all__ = ["INCLUDE", "included", "read_plain", "write_plain"]

INCLUDE = re.compile(r"@include(?:[ \t,]+([^\r\n]*+))?")
"""The line by which a list or table includes another file."""
_LINE = re.compile(r"[^\r\n]++")
_SIMPLE = re.compile(r"""([^\s"\[\]#=→@>-][^\s"\[\]#=→>-]*+)[ \t]++([^\s"\[\]#=→>/-][^"\[\]#=→>]*+)(?<!\s)""")
_QUOTED = r'"(?:[^"\\]|\\.)*+"'
_CONTEXT = rf"(?:{_QUOTED}|[^\]\"][^\]]*+)"
_COMMENT = re.compile(rf"(?:{_QUOTED}|[^#]|(?<=\S)#)*+")
_ENTRY = re.compile(
    rf"""
      (?: \[ (?P<before>{_CONTEXT}) \] \s*+ )?
      (?P<key> {_QUOTED} | [^\s"\[=→] (?: [^\[=→-] | -(?!>) )*+ )
      (?: \s*+ \[ (?P<after>{_CONTEXT}) \] )?
      \s*+ (?P<sign> => | = | → | -> )?
      \s*+ (?P<value> .*+ )
    """,
    re.VERBOSE,
)
_TWO = re.compile(r"(\S++)(\s++)(.*+)")
_LONGEST = 10_000
_NO_ENTRY = "no entry: a key and its pinyin, or a key, = and what is spoken instead"


def read_plain(draft: Draft) -> Iterator[Raw]:
    """The entries of a list. Raises Broken at the first line that is none."""
    for line in _LINE.finditer(draft.source.text):
        start = line.start()
        simple = _SIMPLE.fullmatch(line[0])
        if simple:
            key, value = simple.groups()
            value_at = start + simple.start(2)
            end = start + len(key)
            yield Raw(key, reading_kind(key, value), value, start, end, value_at, value_at + len(value))
        else:
            yield from _read_line(draft, line[0], start)


def _read_line(draft: Draft, line: str, start: int) -> Iterator[Raw]:
    start += len(line) - len(line.lstrip())
    line = line.strip()
    if not line or line.startswith("#") or included(draft, line, start):
        return
    if len(line) > _LONGEST:
        raise Broken(start, f"a line of {len(line)} characters, over the limit of {_LONGEST}")
    line, note = _parted(line)
    found = _ENTRY.fullmatch(line)
    if not found:
        raise Broken(start, _NO_ENTRY)
    yield _signed(found, start, note) if found["sign"] else _unsigned(found, start, note)


def included(draft: Draft, line: str, start: int) -> bool:
    """Whether a line is an ``@include``, which is then noted."""
    found = INCLUDE.fullmatch(line)
    if not found:
        return False
    path = (found[1] or "").strip()
    if len(path) > 1 and path[0] == path[-1] == '"':
        path = path[1:-1]
    draft.includes.append((path, Span(start, start + len(line))))
    return True


def _parted(line: str) -> tuple[str, str]:
    """A line and the comment behind it."""
    if "#" not in line:
        return line, ""
    found = _COMMENT.match(line)
    assert found, "it matches nothing, too"
    return found[0].rstrip(), line[found.end() + 1 :].strip()


def _signed(found: re.Match[str], start: int, note: str) -> Raw:
    at, value_at = start + found.start("key"), start + found.start("value")
    return Raw(
        _bare(found["key"], at),
        Kind.REPLACE,
        _bare(found["value"], value_at),
        at,
        at + len(found["key"].rstrip()),
        value_at,
        value_at + len(found["value"]),
        *_contexts(found, start),
        note,
    )


def _unsigned(found: re.Match[str], start: int, note: str) -> Raw:
    """Without a sign white space parts key and value, unless quotes or a context do."""
    key, value, at, value_at = found["key"], found["value"], found.start("key"), found.start("value")
    if not found["after"] and not key.startswith('"'):
        two = _TWO.fullmatch(key)
        if not two or value:
            raise Broken(start, _NO_ENTRY)
        key, value, value_at = two[1], two[3], at + two.start(3)
    key, value = _bare(key, start + at), _bare(value, start + value_at)
    end = start + at + len(key)
    kind = reading_kind(key, value)
    place = (start + at, end, start + value_at, start + value_at + len(value))
    return Raw(key, kind, unslashed(value), *place, *_contexts(found, start), note)


def _contexts(found: re.Match[str], start: int) -> tuple[str, str]:
    before, after = (_bare(found[name] or "", start + found.start()) for name in ("before", "after"))
    return before, after


def _bare(text: str, at: int) -> str:
    """A text without its quotes."""
    text = text.strip()
    if not text.startswith('"'):
        return text
    try:
        return str(json.loads(text))
    except ValueError as error:
        raise Broken(at, "the quotes are not those of a JSON string") from error


# --- writing

_PLAIN_KEY = re.compile(r"""[^\s"\[\]#=→@>-][^\s"\[\]#=→>-]*+""")
_PLAIN_VALUE = re.compile(r"""[^\s"#][^"#\r\n]*+(?<!\s)""")
_PLAIN_CONTEXT = re.compile(r"""[^\s"\[\]#](?:[^"\[\]#\r\n]*+(?<!\s))?+""")


def write_plain(entries: Iterable[Entry]) -> str:
    """A list with one line for each entry."""
    return "".join(f"{_line(entry)}\n" for entry in entries)


def _line(entry: Entry) -> str:
    before = f"[{_written(entry.before, _PLAIN_CONTEXT)}]" if entry.before else ""
    after = f"[{_written(entry.after, _PLAIN_CONTEXT)}]" if entry.after else ""
    key = _written(entry.key, _PLAIN_KEY)
    return f"{before}{key}{after} {_said(entry)}" + (f"  # {entry.note}" if entry.note else "")


def _said(entry: Entry) -> str:
    match entry.kind:
        case Kind.REPLACE:
            return f"= {_written(entry.value, _PLAIN_VALUE)}"
        case Kind.PHONES:
            return f"/{entry.value}/"
        case Kind.PRONUNCIATION:
            return entry.value


def _written(text: str, bare: re.Pattern[str]) -> str:
    return text if bare.fullmatch(text) else json.dumps(text, ensure_ascii=not text.isprintable())
