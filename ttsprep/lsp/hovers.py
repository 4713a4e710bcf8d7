"""What is shown of the place under the mouse: the rules of its findings, its tag, its sentence. As Markdown.

>>> from ttsprep.lsp.documents import Document
>>> from ttsprep.lint.linting import default_configuration
>>> from ttsprep.lsp.documents import analyse
>>> shown = hover(analyse(Document.of("一。二二。"), default_configuration()), 3)
>>> shown.text.splitlines()[0], shown.span
('**Sentence 2 of 2** · 5 characters counted', Span(start=2, end=5))
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from ttsprep import catalog
from ttsprep.counting import count, count_plain
from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.lint.model import SCRIPTS, Kind
from ttsprep.lint.output.facts import answer
from ttsprep.lsp.bills import many, prices
from ttsprep.lsp.documents import Analysis
from ttsprep.lsp.tags import tag_at
from ttsprep.rules import page
from ttsprep.ssml.grammar import Attribute, Element, grammar

__all__ = ["Hover", "about_attribute", "about_element", "about_setting", "hover"]


class Hover(NamedTuple):
    """Markdown, and what of the source it is about."""

    text: str
    span: Span | None


def hover(analysis: Analysis, offset: int) -> Hover | None:
    """What is known of an offset; ``None`` where that is nothing."""
    said = [*_findings(analysis, offset), *_tag(analysis, offset)]
    if not any(each.span for each in said) or analysis.kind is not Kind.SSML:
        said += _sentence(analysis, offset)
    said += _setting(analysis, offset)
    if not said:
        return None
    return Hover("\n\n---\n\n".join(each.text for each in said), said[0].span)


def _findings(analysis: Analysis, offset: int) -> Iterator[Hover]:
    for found in analysis.at(offset, offset):
        if found.span is not None:
            yield Hover(_rule(found), found.span)


def _rule(found: Diagnostic) -> str:
    rule = found.rule
    about = page(rule.code)
    lines = [f"**{rule.code} {rule.name}** ({found.severity}): {found.message}", about.what, about.why]
    if found.fix is not None:
        unsafe = "" if found.fix.safe or not found.fix.edits else " (unsafe)"
        lines.append(f"*Fix{unsafe}:* {found.fix.title}")
    lines.append(answer(found))
    return "\n\n".join(filter(None, lines))


# --- SSML


def _tag(analysis: Analysis, offset: int) -> Iterator[Hover]:
    if analysis.kind is not Kind.SSML:
        return
    found = tag_at(analysis.source.text, offset)
    element = grammar().elements.get(found[0].name) if found else None
    if found is None or element is None:
        return
    _, span, name = found
    attribute = element.attributes.get(name)
    yield Hover(about_attribute(attribute) if attribute else about_element(element), span)


def about_element(element: Element) -> str:
    """What an element does, and its attributes."""
    lines = [f"**<{element.name}>** {element.documentation}"]
    if element.attributes:
        lines.append("\n".join(f"- {_in_short(each)}" for each in element.attributes.values()))
    if element.children:
        lines.append(f"Inside: {', '.join(sorted(element.children))}{', text' if element.text else ''}.")
    return "\n\n".join(lines)


def _in_short(attribute: Attribute) -> str:
    required = " (required)" if attribute.required else ""
    return f"`{attribute.name}`{required}: {attribute.expected}"


def about_attribute(attribute: Attribute) -> str:
    """What an attribute does, what its value may be, and its default."""
    lines = [f"**{attribute.name}** {attribute.documentation}", f"Value: {attribute.expected}."]
    if attribute.default:
        lines.append(f"Default: {attribute.default}.")
    if attribute.required:
        lines.append("Required.")
    return "\n\n".join(lines)


# --- sentences


def _sentence(analysis: Analysis, offset: int) -> Iterator[Hover]:
    """Which sentence it is, what it counts, and what that costs."""
    if analysis.kind not in SCRIPTS:
        return
    sentences = analysis.sentences
    number = bisect_right(range(len(sentences)), offset, key=lambda at: sentences[at].source.start)
    if not number or offset > sentences[number - 1].source.end:
        return
    sentence = sentences[number - 1]
    counted = (count_plain if analysis.kind is Kind.SSML else count)(sentence.text)
    lines = [f"**Sentence {number:,} of {len(sentences):,}** · {many(counted, 'character')} counted"]
    costs = [f"- {model}: {cost}" for model, cost in prices(analysis, counted)]
    yield Hover("\n\n".join([*lines, "\n".join(costs)] if costs else lines), sentence.source)


# --- settings


def _setting(analysis: Analysis, offset: int) -> Iterator[Hover]:
    """What the key of a settings file means."""
    if analysis.kind is not Kind.SETTINGS:
        return
    from ttsprep.lint.configuration.keys import KEYS
    from ttsprep.settings.places import places_in_json, places_in_toml

    scan = places_in_json if analysis.source.name.lower().endswith(".json") else places_in_toml
    for path, place in scan(analysis.source.text).at.items():
        if place.key is None or not place.key.start <= offset <= place.key.end:
            continue
        name = str(path[-1])
        if analysis.is_configuration and name in KEYS:
            yield Hover(f"**{name}** {KEYS[name].documentation}", place.key)
        elif name in catalog.parameters():
            yield Hover(about_setting(catalog.parameter(name)), place.key)


def about_setting(parameter: catalog.Parameter) -> str:
    """What a parameter of the request does, and what it may be."""
    lines = [f"**{parameter.name}** ({parameter.type}) {parameter.summary}."]
    if parameter.minimum is not None:
        unit = f" {parameter.unit}" if parameter.unit else ""
        lines.append(f"From {parameter.minimum:g} to {parameter.maximum:g}{unit}.")
    if parameter.values:
        lines.append(f"One of {', '.join(map(str, parameter.values))}.")
    if parameter.default is not None:
        lines.append(f"Default: {parameter.default}.")
    return "\n\n".join(lines)
