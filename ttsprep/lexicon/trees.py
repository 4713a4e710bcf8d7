"""Lexicons as tables of tables: YAML, TOML and JSON.

```yaml
include: [names.yaml]
重庆: chong2 qing4        # the value tells the kind
pronunciation:
  行长: hang2 zhang3
replace:
  今天: 金天
phones:
  Nginx: EH1 N JH IH0 N EH2 K S
entries:
  - {text: 行, pronunciation: hang2, before: 银, note: 银行}
  - {text: [COVID, Covid], replace: 新冠}
```

A section may also be a list of tables, as the service's ``hot_fix`` is; a file may be the list of `entries` alone, or
one of settings with such a ``hot_fix``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ttsprep.diagnostics import Span
from ttsprep.lexicon.draft import Draft, Raw, quoted
from ttsprep.lexicon.entries import Kind
from ttsprep.lexicon.guessing import guessed, unslashed
from ttsprep.lexicon.names import fields, kinds
from ttsprep.lexicon.nodes import Node, json_nodes, toml_nodes, yaml_nodes
from ttsprep.rules import lexicon_field, lexicon_left_out

__all__ = ["read_json", "read_toml", "read_yaml"]

_SECTIONS = (*Kind, "entries", "include")
Pairs = Sequence[tuple[Node, Node]]
_FIELDS = ("text", "kind", "value", *Kind, "before", "after", "note")


def read_json(draft: Draft) -> Iterator[Raw]:
    """The entries of a JSON file. Raises Broken where it is not valid."""
    return _top(draft, json_nodes(draft.source.text))


def read_toml(draft: Draft) -> Iterator[Raw]:
    """The entries of a TOML file. Raises Broken where it is not valid."""
    return _top(draft, toml_nodes(draft.source.text))


def read_yaml(draft: Draft) -> Iterator[Raw]:
    """The entries of a YAML file. Raises Broken where it is not valid."""
    return _top(draft, yaml_nodes(draft.source.text))


def _top(draft: Draft, node: Node) -> Iterator[Raw]:
    if node.items is not None:
        yield from _entries(draft, node)
    elif node.pairs is None:
        draft.report(lexicon_field.RULE, node.at, node.end, "a lexicon is a table or a list, not one value")
    elif any(_is_setting(key, value) for key, value in node.pairs):
        yield from _settings(draft, node.pairs)
    else:
        yield from _sections(draft, node.pairs)


def _is_setting(key: Node, value: Node) -> bool:
    return key.text == "hot_fix" and value.pairs is not None


def _settings(draft: Draft, pairs: Pairs) -> Iterator[Raw]:
    """The entries of a file of settings, whose ``hot_fix`` is a lexicon."""
    for key, value in pairs:
        if _is_setting(key, value):
            yield from _sections(draft, value.pairs or ())
        else:
            message = f"{quoted(key.text or key.value)} is left out: of settings only hot_fix has entries"
            draft.report(lexicon_left_out.RULE, key.at, key.end, message)


def _sections(draft: Draft, pairs: Pairs) -> Iterator[Raw]:
    for key, value in pairs:
        name = key.text or ""
        if name == "include":
            _include(draft, value)
        elif name == "entries":
            yield from _entries(draft, value)
        elif name in kinds() and (value.text is None or name in _SECTIONS):
            yield from _section(draft, kinds()[name], value)
        elif value.text is not None and key.text is not None:
            yield _raw(key, None, value)
        else:
            draft.unknown("section", name or quoted(key.value), key.at, key.end, tuple(map(str, _SECTIONS)))


def _include(draft: Draft, node: Node) -> None:
    for item in node.items if node.items is not None else [node]:
        if item.text is None:
            draft.report(lexicon_field.RULE, item.at, item.end, "include is a path, or a list of paths")
        else:
            draft.includes.append((item.text, Span(item.at, item.end)))


def _section(draft: Draft, kind: Kind, node: Node) -> Iterator[Raw]:
    for item in node.items if node.items is not None else [node]:
        if item.pairs is None:
            message = f"{kind} is a table of texts and what is said of them, or a list of such tables"
            draft.report(lexicon_field.RULE, item.at, item.end, message)
        for key, value in item.pairs or ():
            if key.text is None or value.text is None:
                _no_text(draft, value if value.text is None else key, f"what {kind} says of a text")
            else:
                yield _raw(key, kind, value)


def _no_text(draft: Draft, node: Node, what: str) -> None:
    shown = "a list" if node.items is not None else "a table" if node.pairs is not None else node.value
    draft.report(lexicon_field.RULE, node.at, node.end, f"{what} is {shown}, not a text: put it in quotes")


def _entries(draft: Draft, node: Node) -> Iterator[Raw]:
    for item in node.items if node.items is not None else [node]:
        if item.pairs is None:
            draft.report(lexicon_field.RULE, item.at, item.end, "entries are tables with a text and what is said of it")
        else:
            yield from _entry(draft, item)


def _entry(draft: Draft, node: Node) -> Iterator[Raw]:
    """The entries of one table: as many as it has texts."""
    found: dict[str, Node] = {}
    for key, value in node.pairs or ():
        name = fields().get((key.text or "").casefold())
        if name is None:
            draft.unknown("field", key.text or key.value, key.at, key.end, tuple(map(str, _FIELDS)))
        elif name in found:
            draft.report(lexicon_field.RULE, key.at, key.end, f"the field {name} stands twice")
        elif value.text is None and not (name == "text" and value.items is not None):
            _no_text(draft, value, name)
        else:
            found[name] = value
    said = [name for name in found if name == "value" or name in set(Kind)]
    if "text" not in found or len(said) != 1:
        what = "a text" if "text" not in found else "one thing that is said of it" if not said else "one value only"
        draft.report(lexicon_field.RULE, node.at, node.end, f"an entry needs {what}")
        return
    yield from _spoken(draft, found, said[0])


def _spoken(draft: Draft, found: dict[str, Node], said: str) -> Iterator[Raw]:
    kind = kinds().get(said)
    named = found.get("kind")
    if named is not None and kind is None:
        kind = kinds().get((named.text or "").casefold())
        if kind is None:
            draft.unknown("kind", named.text or "", named.at, named.end, tuple(Kind))
            return
    before, after, note = ((found[name].text or "") if name in found else "" for name in ("before", "after", "note"))
    text = found["text"]
    for key in text.items if text.items is not None else [text]:
        if key.text is None:
            _no_text(draft, key, "text")
        else:
            yield _raw(key, kind, found[said])._replace(before=before, after=after, note=note)


def _raw(key: Node, kind: Kind | None, value: Node) -> Raw:
    text, said = key.text or "", value.text or ""
    kind = kind or guessed(text, said)
    said = unslashed(said) if kind is Kind.PHONES else said
    return Raw(text, kind, said, key.at, key.end, value.at, value.end)
