"""What can be written next: tags, attributes and values of SSML, keys and values of settings, codes of rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from lsprotocol import types

from ttsprep.diagnostics import Span
from ttsprep.lint.model import Kind
from ttsprep.lsp.diagnosing import range_of
from ttsprep.lsp.scripts import Script
from ttsprep.lsp.tags import Writing, writing_at

__all__ = ["complete"]

_IGNORED = re.compile(r"ttsprep:\s*ignore[a-z-]*\[(?:[^\]\n]*,\s*)?(\w*)\Z")
_LINE: Final = 400
_Entry = tuple[str, str, types.CompletionItemKind]
"""What is written, what it means, what it is."""


def complete(script: Script, offset: int) -> list[types.CompletionItem]:
    """Everything that can stand at an offset and begins as what is written there, in the order of the grammar.

    >>> [item.label for item in complete(Script("file:///a.ssml", "<speak>a<b"), 10)]
    ['break']
    """
    written, entries = _possible(script, offset)
    span = range_of(script, Span(offset - len(written), offset))
    return [
        types.CompletionItem(
            label=text,
            kind=kind,
            documentation=types.MarkupContent(types.MarkupKind.Markdown, meaning) if meaning else None,
            sort_text=f"{place:04}",
            text_edit=types.TextEdit(span, text),
        )
        for place, (text, meaning, kind) in enumerate(entries)
        if text.lower().startswith(written.lower())
    ]


def _possible(script: Script, offset: int) -> tuple[str, Iterable[_Entry]]:
    before = script.source.text[max(0, offset - _LINE) : offset]
    if ignored := _IGNORED.search(before):
        return ignored[1], _rules()
    if script.kind is Kind.SSML:
        writing = writing_at(script.source.text, offset)
        return (writing.written, _ssml(script, writing)) if writing else ("", ())
    if script.kind is Kind.SETTINGS:
        return _settings(script, before.rpartition("\n")[2])
    return "", ()


def _rules() -> Iterator[_Entry]:
    from ttsprep.rules import all_rules, documentation

    for code in all_rules():
        yield code, documentation(code).splitlines()[0], types.CompletionItemKind.EnumMember


# --- SSML


def _ssml(script: Script, writing: Writing) -> Iterable[_Entry]:
    if writing.attribute:
        return _values(script, writing)
    if writing.element:
        return _attributes(writing)
    return _elements(writing)


def _elements(writing: Writing) -> Iterator[_Entry]:
    from ttsprep.ssml.grammar import grammar

    if writing.closing:
        yield from ((f"{name}>", "", types.CompletionItemKind.Class) for name in writing.open[-1:])
        return
    known = grammar()
    allowed = known.elements[writing.open[-1]].children if writing.open and writing.open[-1] in known.elements else None
    for name, element in known.elements.items():
        if name in allowed if allowed is not None else name == known.root:
            yield name, element.documentation, types.CompletionItemKind.Class


def _attributes(writing: Writing) -> Iterator[_Entry]:
    from ttsprep.ssml.grammar import grammar

    element = grammar().elements.get(writing.element)
    for name, attribute in element.attributes.items() if element else ():
        if name not in writing.present:
            default = f" Default: {attribute.default}." if attribute.default else ""
            meaning = f"{attribute.expected}.{default}\n\n{attribute.documentation}"
            yield name, meaning, types.CompletionItemKind.Property


def _values(script: Script, writing: Writing) -> Iterator[_Entry]:
    from ttsprep.ssml.grammar import grammar

    element = grammar().elements.get(writing.element)
    attribute = element.attributes.get(writing.attribute) if element else None
    if attribute is None:
        return
    if writing.attribute == "voice":
        yield from _voices(script, ssml=True)
    for word, meaning in _words(attribute.datatype):
        yield word, meaning, types.CompletionItemKind.EnumMember


def _words(datatype: object) -> Iterator[tuple[str, str]]:
    from ttsprep.ssml.datatypes import Choice, Word

    if isinstance(datatype, Word):
        yield datatype.value, datatype.documentation
    elif isinstance(datatype, Choice):
        for each in datatype.alternatives:
            yield from _words(each)


def _voices(script: Script, *, ssml: bool = False) -> Iterator[_Entry]:
    """The voices of the model, first those that can do what is needed."""
    from ttsprep import catalog

    settings = script.file.request
    known = catalog.voices(model=settings.model, region=settings.region)
    for voice in sorted(known, key=lambda each: ssml and not each.ssml):
        remark = "" if voice.ssml or not ssml else " It takes no SSML."
        yield voice.id, f"Speaks {', '.join(voice.languages)}.{remark}", types.CompletionItemKind.Value


# --- settings

_VALUE = re.compile(r'"?(?P<key>\w+)"?\s*[=:]\s*"(?P<value>[^"]*)\Z')
_KEY = re.compile(r'\s*[{,]?\s*"?(?P<key>\w*)\Z')


def _settings(script: Script, line: str) -> tuple[str, Iterable[_Entry]]:
    if found := _VALUE.search(line):
        return found["value"], _settings_values(script, found["key"])
    if found := _KEY.match(line):
        return found["key"], _settings_keys()
    return "", ()


def _settings_keys() -> Iterator[_Entry]:
    from ttsprep import catalog

    yield "region", "Where the service runs.", types.CompletionItemKind.Property
    yield "model", "The model that speaks.", types.CompletionItemKind.Property
    for parameter in catalog.parameters().values():
        low, high = parameter.minimum, parameter.maximum
        limits = f" From {low:g} to {high:g}." if low is not None and high is not None else ""
        default = f" Default: {parameter.default}." if parameter.default is not None else ""
        meaning = f"{parameter.summary[:1].upper()}{parameter.summary[1:]}.{limits}{default}"
        yield parameter.name, meaning, types.CompletionItemKind.Property


def _settings_values(script: Script, key: str) -> Iterable[_Entry]:
    from ttsprep import catalog

    if key == "voice":
        return _voices(script)
    if key in ("model", "region"):
        rows = catalog.models() if key == "model" else catalog.regions()
        return ((row.id, "", types.CompletionItemKind.Value) for row in rows)
    known = catalog.parameters().get(key)
    values = known.values if known else ()
    return ((value, "", types.CompletionItemKind.Value) for value in values if isinstance(value, str))
