"""One tag against the grammar: is its element known, are its attributes, do its values fit?

The verdict holds for every tag that is written the same, so it is made once a document. Its flaws count from the
"<" of the tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, cast

from ttsprep import catalog
from ttsprep.diagnostics import Diagnostic, Fix, Rule, Span
from ttsprep.likeness import suggest
from ttsprep.rules import (
    ssml_attribute_needs_another,
    ssml_effect_without_value,
    ssml_empty_element,
    ssml_filter_frequency,
    ssml_missing_attribute,
    ssml_nls_element,
    ssml_other_dialect,
    ssml_unknown_attribute,
    ssml_unknown_element,
    ssml_unusual_value,
    ssml_voice_of_another_model,
)
from ttsprep.ssml import dialects
from ttsprep.ssml.contents import ContentCheck, content_check
from ttsprep.ssml.datatypes import Datatype, ListOf, Text, first_sentence, words
from ttsprep.ssml.grammar import Branch, Element, grammar
from ttsprep.ssml.references import clip, escape
from ttsprep.ssml.scanner import BLANK, MOST_FLAWS, Kind, Place, Tag, doubtful, list_items
from ttsprep.ssml.values import duration, plain, why

if TYPE_CHECKING:
    from ttsprep.settings import TaskSettings

__all__ = ["LONGEST_PAUSE", "Judge", "Verdict"]

LONGEST_PAUSE = catalog.limits().pauses_in_a_row
"""Milliseconds. Of pauses in a row only so much is heard."""


class Verdict:
    """What there is to know of a tag: the element it stands for, what is wrong, the pause it makes."""

    element: Element | None
    """The element of the grammar, also where its name is written in other capitals; None for any other."""
    flaws: tuple[Diagnostic, ...] = ()
    pause: int = 0
    """Milliseconds, for a break."""
    misnamed: Diagnostic | None = None
    """The flaw of the name, for which the end tag has a part in the fix."""
    rename: str = ""
    drop: bool = False
    """Whether the tags may go and leave what is heard as it is."""
    block: bool = False
    """Whether the element parts what stands before, in and behind it."""
    content: ContentCheck | None = None
    """What its attributes ask of the text inside."""
    is_leaf: bool = False
    """Whether it is a start tag, rightly named, of an element that holds text alone."""
    name: str = ""
    """The name of the element."""

    @property
    def is_right(self) -> bool:
        """Whether the element is known and rightly named."""
        return self.element is not None and self.misnamed is None

    def __init__(self, element: Element | None = None, **known: object) -> None:
        self.element = element
        if known:
            self.__dict__.update(known)


class Judge:
    """Judges the tags of one document for one request."""

    def __init__(self, settings: TaskSettings | None = None) -> None:
        self._settings = settings
        self._elements = grammar().elements

    def verdict(self, tag: Tag) -> Verdict:
        """The verdict on a tag; end tags are judged with their start tags."""
        if tag.verdict is not None:
            return cast(Verdict, tag.verdict)
        verdict = self._new(tag)
        if not verdict.flaws and _SETTINGS_DECIDE.isdisjoint(tag.attributes):
            tag.verdict = verdict
        return verdict

    def _new(self, tag: Tag) -> Verdict:
        if tag.kind not in (Kind.OPEN, Kind.EMPTY):
            return Verdict(flaws=tag.flaws)
        element = self._elements.get(tag.name)
        return self._unknown(tag) if element is None else self._known(tag, element, Verdict(element))

    def _known(self, tag: Tag, element: Element, verdict: Verdict) -> Verdict:
        if not element.usual(tag.attributes):
            more = islice(self._attributes(tag, element), MOST_FLAWS)
            verdict.flaws = (*tag.flaws, *(map(doubtful, more) if tag.flaws and tag.is_broken else more))
        elif tag.flaws or not _CHECKS.keys().isdisjoint(tag.attributes):
            verdict.flaws = (*tag.flaws, *self._beyond(tag, element))
        verdict.name = element.name
        if element.leaf:
            check = content_check(element.name, tag)
            if check is not None:
                verdict.content = check
                verdict.flaws += tuple(check.flaws(tag))
            verdict.is_leaf = tag.kind is Kind.OPEN and verdict.misnamed is None
        if element.name == "break":
            time = tag.attributes.get("time", element.attributes["time"].default)
            verdict.pause = min(duration(time), LONGEST_PAUSE)
        return verdict

    # --- elements

    def _unknown(self, tag: Tag) -> Verdict:
        elements = grammar().elements
        folded = {name.casefold(): name for name in elements}
        if tag.name.casefold() in folded:
            right = folded[tag.name.casefold()]
            found = self._misnamed(tag, f"<{clip(tag.name)}> has to be <{right}>: names are case-sensitive")
            return self._known(tag, elements[right], Verdict(elements[right], misnamed=found, rename=right, drop=True))
        foreign = dialects.element(tag.name)
        if foreign is not None:
            return self._foreign(tag, foreign)
        meant = suggest(tag.name, elements, dialects.names("elements"))
        hint = f"; did you mean <{meant}>?" if meant else ""
        what = f"<{clip(tag.name)}> is no element of the service, which has {_listed(elements)}{hint}"
        more = self._as_meant(tag, elements[meant]) if meant else ()
        return Verdict(flaws=(*tag.flaws, *more), misnamed=self._misnamed(tag, what), rename=meant or "")

    def _as_meant(self, tag: Tag, element: Element) -> Iterator[Diagnostic]:
        """What is wrong with the attributes that are there, if the name is a guess: no fix of it is safe."""
        for found in islice(self._attributes(tag, element), MOST_FLAWS):
            if found.rule is not ssml_missing_attribute.RULE:
                yield doubtful(found)

    def _foreign(self, tag: Tag, foreign: dialects.Foreign) -> Verdict:
        nls = foreign.dialect == "NLS"
        rule = ssml_nls_element.RULE if nls else ssml_other_dialect.RULE
        whose = "the vendor's older product (NLS)" if nls else foreign.dialect
        found = self._misnamed(tag, f"<{clip(tag.name)}> belongs to {whose}; {foreign.instead}", rule)
        return Verdict(flaws=tag.flaws, misnamed=found, drop=foreign.drop, block=foreign.block)

    @staticmethod
    def _misnamed(tag: Tag, message: str, rule: Rule = ssml_unknown_element.RULE) -> Diagnostic:
        at = tag.source.index(tag.name)
        return rule.at(Span(at, at + len(tag.name)), message)

    # --- attributes

    def _attributes(self, tag: Tag, element: Element) -> Iterator[Diagnostic]:
        values = {name: value for name, value in tag.attributes.items() if name in element.attributes}
        if len(values) < len(tag.attributes):
            for name in tag.attributes:
                if name not in element.attributes:
                    found, right = self._unknown_attribute(tag, element, name, values)
                    yield found
                    if right:
                        values[right] = tag.attributes[name]
        places = dict(tag.places) | {right: tag.places[name] for right, name in _renamed(values, tag)}
        branch = _branch(element, values)
        yield from self._against(element, branch, values, places, tag)
        yield from self._beyond(tag, element)

    def _beyond(self, tag: Tag, element: Element) -> Iterator[Diagnostic]:
        """What no grammar says about the attributes."""
        for name in tag.attributes:
            check = _CHECKS.get(name)
            if check is not None and name in element.attributes:
                found = check(element, tag, self._settings)
                if found is not None:
                    yield found

    def _against(
        self, element: Element, branch: Branch, values: dict[str, str], places: dict[str, Place], tag: Tag
    ) -> Iterator[Diagnostic]:
        torn = any(_unknown_word(use.datatype, values[name]) for name, use in branch.items() if name in values)
        for name, value in values.items():
            use = branch.get(name)
            if torn and use is not None and _differs(element, name, use.datatype):
                continue  # which datatype it has, the wrong word does not tell
            if use is None:
                yield _partnerless(element, name, places[name], tag)
            elif not use.datatype.accepts(value):
                yield _unfit(element, name, value, places[name], use.datatype, tag)
            else:
                yield from _unusual(use.datatype, name, value, places[name])
        missing = [name for name, use in branch.items() if use.required and name not in values]
        for name in missing:
            yield _missing(element, name, branch[name].datatype, values, tag)

    @staticmethod
    def _unknown_attribute(tag: Tag, element: Element, name: str, values: dict[str, str]) -> tuple[Diagnostic, str]:
        """What is wrong with the name, and which attribute it stands for."""
        place = tag.places[name]
        free = [known for known in element.attributes if known not in tag.attributes and known not in values]
        folded = {known.casefold(): known for known in free}
        right = folded.get(name.casefold(), "")
        foreign = None if right else dialects.attribute(element.name, name)
        if foreign is not None:
            what = f"{clip(name)!r} belongs to {foreign.dialect} and means nothing here"
            what += f"; {foreign.instead}" if foreign.instead else ""
            fix = Fix.replace(_whole(place, tag), "", safe=foreign.drop, title=f"remove {clip(name)}")
            return ssml_unknown_attribute.RULE.at(place.name, what, fix=fix), ""
        aliases = {alias: meant for alias, meant in dialects.names("attributes").items() if meant in free}
        meant = right or (suggest(name, free, aliases) if free else None) or ""
        hint = f"; did you mean {meant!r}?" if meant else ""
        known = f"it takes {_listed(element.attributes)}" if element.attributes else "it takes none"
        what = f"<{element.name}> has no attribute {clip(name)!r}: {known}{hint}"
        rename = Fix.replace(place.name, meant, safe=bool(right)) if meant else None
        return ssml_unknown_attribute.RULE.at(place.name, what, fix=rename), meant


def _renamed(values: dict[str, str], tag: Tag) -> Iterator[tuple[str, str]]:
    """Attributes that were taken for others, with the names they are written under."""
    for right in values:
        if right not in tag.places:
            wrong = next(name for name, value in tag.attributes.items() if value is values[right])
            yield right, wrong


def _unknown_word(datatype: Datatype, value: str) -> bool:
    """Whether it should be one of some words and is none, in whatever capitals."""
    known = words(datatype)
    return bool(known) and value.strip(BLANK).casefold() not in {word.casefold() for word in known}


def _differs(element: Element, name: str, datatype: Datatype) -> bool:
    """Whether the branches see the attribute differently, as a word of another attribute decides."""
    return not words(datatype) and element.attributes[name].datatype != datatype


def _branch(element: Element, values: dict[str, str]) -> Branch:
    """The branch that the tag is meant to be of: the one with the fewest faults, words counting most."""
    if len(element.branches) == 1:
        return element.branches[0]
    fixed = {name for name in values if words(element.attributes[name].datatype)}
    candidates = [branch for branch in element.branches if fixed <= branch.keys()] or element.branches
    return min(candidates, key=lambda branch: _faults(branch, values))


def _faults(branch: Branch, values: dict[str, str]) -> int:
    """How far the tag is from the branch: words decide most, then what is missing, then other values."""
    faults = sum(_MISSING for name, use in branch.items() if use.required and name not in values)
    for name, value in values.items():
        use = branch.get(name)
        if use is None:
            faults += _STRANGE
        elif not use.datatype.accepts(value) and (not words(use.datatype) or _unknown_word(use.datatype, value)):
            faults += _WRONG_WORD if words(use.datatype) else _WRONG_VALUE
    return faults


_WRONG_VALUE, _STRANGE, _MISSING, _WRONG_WORD = 10, 11, 12, 15


def _unfit(element: Element, name: str, value: str, place: Place, datatype: Datatype, tag: Tag) -> Diagnostic:
    """Of words those of all branches are allowed, of anything else what this branch takes."""
    found = why(element.name, name, value, None if words(datatype) else datatype)
    fix = Fix.replace(place.value, escape(found.better), safe=found.sure) if found.better else None
    return found.rule.at(_bad_part(datatype, place.value, tag), found.message, fix=fix)


def _bad_part(datatype: Datatype, value: Span, tag: Tag) -> Span:
    """The one item of a list that is wrong; the whole value of anything else."""
    if not isinstance(datatype, ListOf) or "&" in value.of(tag.source):
        return value
    items = list_items(value, tag.source)
    if not datatype.repeats and len(items) != len(datatype.items):
        return value
    bad = [item for item in items if not datatype.items[0].accepts(item.of(tag.source))]
    return bad[0] if len(bad) == 1 else value


def _unusual(datatype: Datatype, name: str, value: str, place: Place) -> Iterator[Diagnostic]:
    usual = plain(datatype, value)
    if usual != value:
        known = "whether the service takes this form is not known"
        what = f"{name}={clip(value)!r} is usually written {clip(usual)!r}; {known}"
        fix = Fix.replace(place.value, escape(usual), safe=True)
        yield ssml_unusual_value.RULE.at(place.value, what, fix=fix)


def _partnerless(element: Element, name: str, place: Place, tag: Tag) -> Diagnostic:
    beside = [branch for branch in element.branches if name in branch]
    partners = set.intersection(*({other for other, use in b.items() if use.required} for b in beside)) - {name}
    known = {partner: [word for b in beside for word in words(b[partner].datatype)] for partner in partners}
    listed = [f"{p}={', '.join(dict.fromkeys(w))}" if w else p for p, w in known.items()]
    what = f"{name!r} means nothing without {' and '.join(listed)}"
    fix = Fix.replace(_whole(place, tag), "", safe=False, title=f"remove {name}")
    return ssml_attribute_needs_another.RULE.at(place.name, what, fix=fix)


def _missing(element: Element, name: str, datatype: Datatype, values: dict[str, str], tag: Tag) -> Diagnostic:
    attribute = element.attributes[name]
    expected = attribute.expected if words(datatype) else datatype.expected
    if isinstance(datatype, Text):
        expected = first_sentence(attribute.documentation)
    what = f"<{element.name}> needs the attribute {name!r}: {expected}"
    at = tag.source.index(tag.name)
    fitting = [
        word
        for branch in element.branches
        if name in branch
        for word in words(branch[name].datatype)
        if values and all(other in branch and branch[other].datatype.accepts(value) for other, value in values.items())
    ]
    end = at + len(tag.name)
    fix = (
        Fix.replace(Span(end, end), f' {name}="{fitting[0]}"', safe=True, title=f'add {name}="{fitting[0]}"')
        if len(fitting) == 1
        else None
    )
    return ssml_missing_attribute.RULE.at(Span(at, end), what, fix=fix)


def _whole(place: Place, tag: Tag) -> Span:
    """An attribute with the white space before it, where that is not needed by what stands behind."""
    source, begin, end = tag.source, place.name.start, place.value.end
    end += source[end : end + 1] in ('"', "'", "”", "“")
    while source[begin - 1] in BLANK and source[end : end + 1] in (*BLANK, "/", ">"):
        begin -= 1
    return Span(begin, end)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


# --- what the grammar cannot say


def _voice(_element: Element, tag: Tag, settings: TaskSettings | None) -> Diagnostic | None:
    model = catalog.model(settings.model) if settings else None
    name = tag.attributes["voice"]
    if model is None or not catalog.find_voice(name):
        return None
    voice = catalog.voice(name, model.id)
    if voice is None:
        owners = ", ".join(found.model for found in catalog.find_voice(name))
        what = f"voice {name} belongs to {owners}, not to {model.id}"
    elif not voice.ssml:
        what = f"voice {name} does not read SSML"
    else:
        return None
    return ssml_voice_of_another_model.RULE.at(tag.places["voice"].value, what, field="voice")


_INTEGER = re.compile(r"[ \t\r\n]*\+?0*([0-9]+)[ \t\r\n]*")
_DIGITS = 9


def _cutoff(_element: Element, tag: Tag, settings: TaskSettings | None) -> Diagnostic | None:
    frequency = _INTEGER.fullmatch(tag.attributes["effectValue"])
    rate = settings.effective("sample_rate") if settings else None
    if rate is None or frequency is None:
        return None
    if len(frequency[1]) > _DIGITS or int(frequency[1]) * 2 > rate:
        what = f"effectValue={frequency[1]!r} is above half the sample rate of the request ({rate // 2} Hz)"
        return ssml_filter_frequency.RULE.at(tag.places["effectValue"].value, what, field="effectValue")
    return None


def _effect(element: Element, tag: Tag, _settings: TaskSettings | None) -> Diagnostic | None:
    effect = tag.attributes["effect"].strip(BLANK)
    takes = any("effectValue" in b and effect in words(b["effect"].datatype) for b in element.branches if "effect" in b)
    if takes and "effectValue" not in tag.attributes:
        what = f"effect={effect!r} says nothing without effectValue"
        return ssml_effect_without_value.RULE.at(tag.places["effect"].value, what)
    return None


def _alias(_element: Element, tag: Tag, _settings: TaskSettings | None) -> Diagnostic | None:
    if not tag.attributes["alias"].strip():
        what = "the alias is empty: nothing is spoken in place of the text"
        return ssml_empty_element.RULE.at(tag.places["alias"].value, what)
    return None


_SETTINGS_DECIDE = frozenset({"voice", "effectValue"})
"""Attributes that are right or wrong by the request."""

_CHECKS = {"voice": _voice, "effectValue": _cutoff, "effect": _effect, "alias": _alias}
"""By attribute: what no grammar says."""
