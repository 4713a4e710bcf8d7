"""What may be written at a place: tags, attributes and values of SSML; keys and values of settings.

>>> from ttsprep.lsp.documents import Document, analyse
>>> from ttsprep.lint.linting import default_configuration
>>> document = Document.of('<speak><phoneme alphabet="', "a.ssml")
>>> [each.word for each in completions(analyse(document, default_configuration()), 26)]
['py', 'cmu']
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from ttsprep import catalog
from ttsprep.diagnostics import Span
from ttsprep.lint.configuration.keys import KEYS
from ttsprep.lint.configuration.shapes import Choice, Flag
from ttsprep.lint.model import Kind
from ttsprep.lsp.documents import Analysis
from ttsprep.lsp.hovers import about_attribute, about_element, about_setting
from ttsprep.lsp.tags import Inside, inside
from ttsprep.ssml.datatypes import words
from ttsprep.ssml.grammar import Element, grammar

__all__ = ["Completion", "completions"]


class Completion(NamedTuple):
    """A word, the text that takes the place of `span`, what the word is, and what is known of it (Markdown)."""

    word: str
    text: str
    span: Span
    kind: Literal["element", "attribute", "value", "voice", "key"]
    about: str = ""


def completions(analysis: Analysis, offset: int) -> list[Completion]:
    """What may be written at an offset; nothing where that is free."""
    if analysis.kind is Kind.SSML:
        return list(_of_ssml(analysis, offset))
    if analysis.kind is Kind.SETTINGS or analysis.is_configuration:
        return list(_of_settings(analysis, offset))
    return []


# --- SSML


def _of_ssml(analysis: Analysis, offset: int) -> Iterator[Completion]:
    here = inside(analysis.source.text, offset)
    span = Span(min(here.start, offset), offset)
    element = grammar().elements.get(here.name)
    if here.kind == "name":
        yield from _elements(here, span)
    elif here.kind == "close" and here.parents:
        yield Completion(here.parents[-1], f"{here.parents[-1]}>", span, "element")
    elif here.kind == "attribute" and element is not None:
        yield from _attributes(element, here, span)
    elif here.kind == "value" and element is not None:
        yield from _values(analysis, element, here, span)


def _elements(here: Inside, span: Span) -> Iterator[Completion]:
    """Those that may stand here: the root where nothing is open."""
    known = grammar()
    parent = known.elements.get(here.parents[-1]) if here.parents else None
    names = [known.root] if parent is None else sorted(parent.children)
    for name in names:
        yield Completion(name, name, span, "element", about_element(known.elements[name]))


def _attributes(element: Element, here: Inside, span: Span) -> Iterator[Completion]:
    """Those that are not there yet, the required ones first."""
    left = [each for each in element.attributes.values() if each.name not in here.attributes]
    for each in sorted(left, key=lambda attribute: not attribute.required):
        yield Completion(each.name, f'{each.name}="', span, "attribute", about_attribute(each))


def _values(analysis: Analysis, element: Element, here: Inside, span: Span) -> Iterator[Completion]:
    attribute = element.attributes.get(here.attribute)
    if attribute is None:
        return
    if attribute.name == "voice":
        request = analysis.file.request
        yield from _voices(catalog.voices(model=request.model, region=request.region, ssml=True), span, "")
        return
    for word in words(attribute.datatype) or ((attribute.default,) if attribute.default else ()):
        yield Completion(word, word, span, "value", about_attribute(attribute))


def _voices(voices: Iterable[catalog.Voice], span: Span, quote: str) -> Iterator[Completion]:
    for each in voices:
        about = f"**{each.id}** of {each.model}: {', '.join(each.languages)}"
        yield Completion(each.id, f"{quote}{each.id}{quote}", span, "voice", about)


# --- settings

_KEY: Final = re.compile(r"(?:^|[{,])[ \t]*(\"?)([\w-]*)\Z", re.MULTILINE)
_VALUE: Final = re.compile(
    r"(?:^|[{,])[ \t]*\"?([\w-]+)\"?[ \t]*[=:][ \t]*(?:\[(?:[^\[\]\n]*,)?[ \t]*)?([\"']?)([\w.-]*)\Z", re.MULTILINE
)
_HEADER: Final = re.compile(r"^[ \t]*\[+[ \t]*([^\]\n]*?)[ \t]*\]+", re.MULTILINE)
_LONGEST: Final = 2_000


def _of_settings(analysis: Analysis, offset: int) -> Iterator[Completion]:
    text = analysis.source.text
    line = text[max(text.rfind("\n", 0, offset) + 1, offset - _LONGEST) : offset]
    json = analysis.source.name.lower().endswith(".json")
    if value := _VALUE.search(line):
        span = Span(offset - len(value[2]) - len(value[3]), offset)
        yield from _setting_values(analysis, value[1], span, text[offset : offset + 1] in ('"', "'"))
    elif key := _KEY.search(line):
        span = Span(offset - len(key[1]) - len(key[2]), offset)
        closed = text[offset : offset + 1] == '"'
        for name, about in _keys(analysis, text[:offset]):
            written = f'"{name}' + ("" if closed else '": ') if json else f"{name} = "
            yield Completion(name, written, span, "key", about)


def _keys(analysis: Analysis, before: str) -> Iterator[tuple[str, str]]:
    """The keys that may stand here, with what they mean."""
    if analysis.is_configuration:
        header = [found[1] for found in _HEADER.finditer(before)][-1:]
        table = header[0].removeprefix("tool.ttsprep").removeprefix(".") if header else ""
        if table not in ("", "settings"):
            return
        if table == "":
            yield from ((name, f"**{name}** {key.documentation}") for name, key in KEYS.items())
            return
    yield "region", f"**region** {KEYS['region'].documentation}"
    yield "model", f"**model** {KEYS['model'].documentation}"
    yield from ((each.name, about_setting(each)) for each in catalog.parameters().values())


def _setting_values(analysis: Analysis, name: str, span: Span, closed: bool) -> Iterator[Completion]:
    """The values of a key, in quotes unless they are numbers; of quotes that are closed already only the first."""
    if name == "voice":
        for each in _voices(_voices_meant(analysis), span, '"'):
            yield each._replace(text=each.text[:-1] if closed else each.text)
        return
    for word in _known_values(analysis, name):
        shown = str(word).lower() if isinstance(word, bool) else str(word)
        text = f'"{shown}' + ("" if closed else '"') if isinstance(word, str) else shown
        yield Completion(shown, text, span, "value")


def _known_values(analysis: Analysis, name: str) -> Iterable[str | int | float]:
    if name == "region":
        return [each.id for each in catalog.regions()]
    if name == "model":
        return [each.id for each in catalog.models()]
    if analysis.is_configuration and name in KEYS:
        shape = KEYS[name].shape
        return shape.words if isinstance(shape, Choice) else (True, False) if isinstance(shape, Flag) else ()
    parameter = catalog.parameters().get(name)
    if parameter is None:
        return ()
    return (True, False) if parameter.type == "boolean" else parameter.values


def _voices_meant(analysis: Analysis) -> tuple[catalog.Voice, ...]:
    """The voices of the model that the file itself names, else of the configured one."""
    named = re.search(r"^[ \t{,]*\"?model\"?[ \t]*[=:][ \t]*[\"']([^\"'\n]+)", analysis.source.text, re.MULTILINE)
    model = named[1] if named else analysis.file.request.model
    return catalog.voices(model=model)
