"""What an editor tells about the place under the cursor: the rule of a finding, a tag, a sentence and its price."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from lsprotocol import types

from ttsprep import catalog
from ttsprep.counting import count, count_plain
from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.lint.model import SCRIPTS, Kind
from ttsprep.lsp.diagnosing import range_of
from ttsprep.lsp.lenses import money, priced
from ttsprep.lsp.scripts import Script
from ttsprep.lsp.tags import Tag, tag_at
from ttsprep.payloads import Plan

__all__ = ["hover"]


def hover(script: Script, offset: int) -> types.Hover | None:
    """What is to be said of a code point, as Markdown; None where there is nothing.

    >>> told = hover(Script("file:///a.ssml", '<speak rate="2">Hi.</speak>'), 8)
    >>> print(told.contents.value)
    **rate**: a number from 0.5 to 2 (default 1)
    <BLANKLINE>
    Speed, as a multiple of the voice's own: 0.5 is half as fast, 2 twice as fast. In place of the request's rate.
    """
    told = list(_told(script, offset))
    if not told:
        return None
    span = next((span for _, span in told if span), None)
    content = types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(text for text, _ in told))
    return types.Hover(content, range_of(script, span) if span else None)


def _told(script: Script, offset: int) -> Iterator[tuple[str, Span | None]]:
    for found in script.at(offset):
        yield _rule(found), found.span
    tag = tag_at(script.source.text, offset) if script.kind is Kind.SSML else None
    if tag and (text := _about_tag(tag, offset)):
        yield text
    elif script.kind in SCRIPTS and (said := _sentence(script, offset)):
        yield said


def _rule(found: Diagnostic) -> str:
    from ttsprep.rules import page

    told = page(found.rule.code)
    parts = [f"**{found.rule.code}** {told.title}", told.what, told.why]
    if found.rule.error:
        parts.append(f"The service answers: `{catalog.error(found.rule.error).says}`")
    if found.fix:
        parts.append(f"To mend it: {found.fix.title}")
    return "\n\n".join(part for part in parts if part)


def _about_tag(tag: Tag, offset: int) -> tuple[str, Span | None] | None:
    from ttsprep.ssml.grammar import grammar

    element = grammar().elements.get(tag.name)
    if element is None:
        return None
    named = next((each for each in tag.attributes if each.span.start <= offset < each.span.end), None)
    attribute = element.attributes.get(named.name) if named else None
    if named and attribute:
        default = f" (default {attribute.default})" if attribute.default else ""
        return f"**{named.name}**: {attribute.expected}{default}\n\n{attribute.documentation}".strip(), named.span
    names = ", ".join(f"`{name}`" for name in element.attributes)
    attributes = f"\n\nAttributes: {names}" if names else ""
    return f"**<{element.name}>** {element.documentation}{attributes}", tag.span


def _sentence(script: Script, offset: int) -> tuple[str, Span | None] | None:
    """Which sentence it is, what it counts and costs by model, and what all of them do."""
    sentences, plan = script.sentences, script.file.plan
    number = bisect_right(range(len(sentences)), offset, key=lambda at: sentences[at].source.start)
    if not number or offset >= sentences[number - 1].source.end:
        return None
    sentence = sentences[number - 1]
    counting = count_plain if script.kind is Kind.SSML else count
    counted = counting(sentence.text.strip())
    price = plan.price.of(counted) if plan.price else None
    this = f"Sentence {number:,} of {len(sentences):,}: {counted:,} counted characters{money(plan, price)}"
    whole = f"The script: {plan.counted:,} counted characters{money(plan, plan.cost)}"
    return "\n\n".join(filter(None, (this, _by_model(plan, counted), whole))), sentence.source


def _by_model(plan: Plan, counted: int) -> str:
    """What so many characters cost with the other models of the region."""
    region, mine = plan.settings.region, plan.settings.model
    others = [(model.id, model.price(region)) for model in catalog.models() if model.id != mine]
    return "\n".join(f"- {name}{priced(price, price.of(counted))}" for name, price in others if price)
