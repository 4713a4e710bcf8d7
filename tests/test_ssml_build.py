"""The SSML builder: what it makes always validates, what it refuses it explains."""

from __future__ import annotations

import copy
import pickle
import re
import tomllib
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import generated_ssml_types
from tests.ssml_oracle import faults, roots, spoken
from ttsprep.diagnostics import Severity
from ttsprep.ssml import build, validate
from ttsprep.ssml.build import Leaf, Speak, break_, document, fragment, phoneme, say_as, speak, sub
from ttsprep.ssml.datatypes import Choice, Datatype, ListOf, Number, Pattern, Word
from ttsprep.ssml.elements import Element, python_name
from ttsprep.ssml.grammar import Branch, grammar
from ttsprep.ssml.writer import DocumentWriter

CASES = tomllib.loads((Path(__file__).parent / "cases" / "ssml" / "build.toml").read_text("utf-8"))
NAMES: dict[str, Any] = {name: getattr(build, name) for name in build.__all__}
ENDLESS: list[Any] = []
ENDLESS.append(ENDLESS)
NAMES |= {"D": Decimal, "F": Fraction, "timedelta": timedelta, "Element": Element, "endless": ENDLESS}


@pytest.mark.parametrize(("expression", "expected"), CASES["built"].items())
def test_built(expression: str, expected: str) -> None:
    assert str(eval(expression, dict(NAMES))) == expected


@pytest.mark.parametrize(("expression", "expected"), CASES["refused"].items())
def test_refused(expression: str, expected: str) -> None:
    kind, _, message = expected.partition(": ")
    with pytest.raises((TypeError, ValueError)) as caught:
        eval(expression, dict(NAMES))
    assert type(caught.value).__name__ == kind
    assert str(caught.value).startswith(message)


def test_the_keywords_are_those_of_the_grammar() -> None:
    assert generated_ssml_types.PAGE.read_text("utf-8") == generated_ssml_types.generated(), (
        "run: python -m tests.generated_ssml_types"
    )


# --- everything that the grammar has can be built, and whatever is built validates

URL = st.from_regex(r"https?://[!-~]+", fullmatch=True)
TEXT = st.text(
    st.one_of(
        st.sampled_from("&<>\"'];\n\t 你"),
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
    )
)


def values(datatype: Datatype) -> st.SearchStrategy[Any]:
    """Values that belong to a datatype, as people write them in Python."""
    match datatype:
        case Word(value):
            return st.just(value)
        case Number(integer, low, high):
            limits = {"min_value": low, "max_value": high}
            integers = st.integers(int(low or 0) + (low == Decimal("0.5")), int(high) if high is not None else None)
            if integer:
                return st.one_of(integers, integers.map(str), integers.map(Decimal))
            return st.one_of(integers, st.decimals(**limits), st.fractions(**limits), st.floats(0.5, 2))  # type: ignore[arg-type]  # both kinds of limit are numbers
        case ListOf(items, True):
            return st.lists(values(items[0]), min_size=1, max_size=5)
        case ListOf(items):
            return st.tuples(*map(values, items))
        case Choice(alternatives):
            return st.one_of(*map(values, alternatives))
        case Pattern(pattern) if pattern:
            return st.from_regex(pattern, fullmatch=True, alphabet=st.characters(codec="utf-8"))
        case _:
            return TEXT.map(lambda text: f"x{text}")


def attributes(branch: Branch) -> st.SearchStrategy[dict[str, Any]]:
    required = {name: values(use.datatype) for name, use in branch.items() if use.required}
    optional = {name: values(use.datatype) for name, use in branch.items() if not use.required}
    return st.fixed_dictionaries(required, optional=optional)


def elements(name: str) -> st.SearchStrategy[Element]:
    declared = grammar().elements[name]
    kinds = [TEXT] * declared.text + [elements(child) for child in sorted(declared.children)]
    inside = st.lists(st.one_of(*kinds), max_size=6) if kinds else st.just([])
    branches = st.one_of(*map(attributes, declared.branches))
    return st.builds(lambda found, children: Element(name, found, children), branches, inside)


@settings(deadline=None)  # the first call reads the tables
@given(elements(grammar().root))
def test_whatever_is_built_validates_and_reads_the_same(element: Element) -> None:
    assert faults(str(element)) == []
    (root,) = roots(str(element))
    assert {str(name): value for name, value in root.attrib.items()} == element.attributes
    assert spoken(str(element)) == element.text
    assert [child.tag for child in root] == [child.name for child in element.children if isinstance(child, Element)]


def keywords(element: Element) -> dict[str, str]:
    return {python_name(name): value for name, value in element.attributes.items()}


def made_by_hand(element: Element) -> Leaf:
    """The same element from the function that people call."""
    found = keywords(element)
    match element.name:
        case "break":
            return break_(**found)  # type: ignore[arg-type]  # its time
        case "phoneme":
            return phoneme(element.text, **{found["alphabet"]: found["ph"]})
        case "soundEvent":
            return build.sound_event(**found)
        case "sub":
            return sub(element.text, **found)
        case name:
            return getattr(build, python_name(name))(element.text, **found)  # type: ignore[no-any-return]  # say_as


def pronounceable(child: Any) -> Any:
    """Pinyin that the grammar allows may still be no Mandarin, or not that of the text: another one then."""
    if isinstance(child, Element) and child.name == "phoneme" and child.attributes["alphabet"] == "py":
        return phoneme("吕布", py="lv3 bu4")
    return child


@settings(deadline=None)  # the first call reads the tables
@given(elements(grammar().root))
def test_the_functions_build_every_element_and_attribute(element: Element) -> None:
    element = Element(element.name, element.attributes, [pronounceable(child) for child in element.children])
    children = [child if isinstance(child, str) else made_by_hand(child) for child in element.children]
    whole = speak(**keywords(element))[children]  # type: ignore[arg-type]  # strings are taken for every attribute
    assert whole == element
    assert [str(found) for found in validate(str(whole)) if found.severity is Severity.ERROR] == []
    assert str(whole) == str(element)
    assert eval(repr(whole), dict(NAMES)) == whole
    assert pickle.loads(pickle.dumps(whole)) == copy.deepcopy(whole) == whole
    assert hash(whole) == hash(element)


ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.decimals(), st.fractions()
    ),
    lambda inner: st.lists(inner, max_size=3),
)


@settings(deadline=None)  # the first call reads the tables
@given(
    st.dictionaries(st.sampled_from([python_name(n) for n in grammar().elements["speak"].attributes]), ANYTHING),
    ANYTHING,
)
def test_anything_else_is_refused_or_right(found: dict[str, Any], child: Any) -> None:
    try:
        built = speak(**found)[child]
    except (TypeError, ValueError):
        return
    assert faults(str(built)) == []


# --- values


def test_elements_are_values() -> None:
    base = speak(rate=1.2)
    first, second = base["a"], base["b"]
    assert str(base) == '<speak rate="1.2"></speak>'
    assert first != second
    assert {first, speak(rate="1.20")["a"]} == {first}
    assert speak["a", "b"] == speak["ab"]
    assert speak(pitch=1, rate=1) == speak(rate=1, pitch=1)
    assert list(speak["a", break_, "b"]) == ["a", break_, "b"]
    assert first != "a"
    for name in ("name", "children", "anything", "_parts"):
        with pytest.raises(AttributeError):
            setattr(first, name, "x")
    with pytest.raises(AttributeError):
        del first._parts
    with pytest.raises(TypeError):
        first.attributes["rate"] = "2"  # type: ignore[index]  # that is the test


def test_a_generator_is_read_once_and_the_element_keeps_its_children() -> None:
    element = speak[(word for word in ("a", "b"))]
    assert str(element) == str(element) == "<speak>ab</speak>"
    assert [len(list(filter(None, [x]))) == 1 for x in (speak, fragment, fragment["a"])] == [True, False, True]


def test_deep_lists_and_many_children() -> None:
    deep: Any = "a"
    for _ in range(20_000):
        deep = [deep]
    assert str(speak[deep]) == "<speak>a</speak>"
    assert len(str(speak[[["a", break_] for _ in range(20_000)]])) == len("<speak></speak>") + 20_000 * len("a<break/>")


def test_a_document_is_a_sequence_of_speaks() -> None:
    doc = document(speak["a"], speak["b"])
    assert [str(root) for root in doc] == ["<speak>a</speak>", "<speak>b</speak>"]
    assert len(doc) == 2
    assert faults(str(doc)) == []
    assert eval(repr(doc), dict(NAMES)) == doc == pickle.loads(pickle.dumps(doc))
    assert {type(root) for root in doc} == {Speak}


# --- with blocks


def test_a_document_is_written_in_blocks() -> None:
    with DocumentWriter() as doc:
        with doc.speak(rate=0.9) as s:
            s("text", [" and ", 5])
            s.break_("1s")
            s.sub("W3C", alias="x")
            s.phoneme("sin", cmu="S AY N")
            s.say_as("1", "digits")
            s.sound_event("https://a.b/c.wav")
        doc.add(speak["end"])
    expected = speak(rate=0.9)[
        "text and 5", break_("1s"), sub("W3C", "x"), phoneme("sin", cmu="S AY N"), say_as("1", "digits"),
        build.sound_event("https://a.b/c.wav"),
    ]  # fmt: skip
    assert doc.document == document(expected, speak["end"])
    assert str(doc) == str(doc.document)


def test_blocks_refuse_what_cannot_be() -> None:
    doc = DocumentWriter()
    with pytest.raises(ValueError, match="needs a speak"):
        _ = doc.document
    with doc.speak() as s:
        s("a")
        with pytest.raises(RuntimeError, match="open"), doc.speak():
            pass
        with pytest.raises(RuntimeError, match="open"):
            _ = doc.document
        with pytest.raises(TypeError, match=re.escape("<speak> may not stand in speak")):
            s(speak["b"])  # type: ignore[arg-type]  # that is the test
    with pytest.raises(RuntimeError, match="not open"):
        s("late")
    assert str(doc) == "<speak>a</speak>"


def test_a_block_that_fails_leaves_nothing_and_the_writer_goes_on() -> None:
    doc = DocumentWriter()
    with pytest.raises(ZeroDivisionError), doc.speak() as s:
        s("lost")
        _ = 1 / 0
    with doc.speak() as s:
        s("kept")
    assert str(doc) == "<speak>kept</speak>"
