"""The grammar: compiled, documented, and read as libxml2 reads it."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from tests.compiled_grammar import compiled
from ttsprep.ssml import comparing, dialects, say_as_forms, walking
from ttsprep.ssml.conversion import prosody
from ttsprep.ssml.datatypes import Choice, Number, Pattern, words
from ttsprep.ssml.grammar import Attribute, grammar, rng_path
from ttsprep.ssml.hearing import Prosody

ATTRIBUTES = [
    pytest.param(element.name, attribute, id=f"{element.name}.{attribute.name}")
    for element in grammar().elements.values()
    for attribute in element.attributes.values()
]


def test_the_xml_form_is_fresh() -> None:
    assert rng_path().read_text("utf-8") == compiled()


def test_libxml2_reads_it() -> None:
    assert etree.RelaxNG(etree.parse(str(rng_path())))


def test_it_has_the_six_elements_of_the_page() -> None:
    assert set(grammar().elements) == {"speak", "break", "sub", "phoneme", "soundEvent", "say-as"}
    assert grammar().root == "speak" and grammar().parents["speak"] == ()
    assert {name for name, e in grammar().elements.items() if e.empty} == {"break", "soundEvent"}


@pytest.mark.parametrize(("element", "attribute"), ATTRIBUTES)
def test_everything_is_documented(element: str, attribute: Attribute) -> None:
    assert grammar().elements[element].documentation.endswith(".")
    assert attribute.documentation.endswith(".")
    assert attribute.expected
    if attribute.default:
        assert attribute.datatype.accepts(attribute.default)


def patterns() -> list[Pattern]:
    found = []
    for element in grammar().elements.values():
        for attribute in element.attributes.values():
            datatype = attribute.datatype
            alternatives = datatype.alternatives if isinstance(datatype, Choice) else (datatype,)
            found += [each for each in alternatives if isinstance(each, Pattern) and each.unit]
    return found


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.unit)
def test_the_numbers_of_a_note_are_those_of_its_pattern(pattern: Pattern) -> None:
    """``tts:min`` and ``tts:max`` stand beside a pattern that says the same in characters."""
    assert pattern.low is not None and pattern.high is not None
    accepted = [number for number in range(20_001) if pattern.accepts(f"{number}{pattern.unit}")]
    assert accepted == list(range(int(pattern.low), int(pattern.high) + 1))


def test_words_of_other_dialects_lead_to_words_of_the_grammar() -> None:
    by_name = {a.name: a for e in grammar().elements.values() for a in e.attributes.values()}
    for name, attribute in by_name.items():
        for foreign, ours in dialects.words(name).items():
            assert ours in words(attribute.datatype), (name, foreign)
            assert not attribute.datatype.accepts(foreign)
    assert set(dialects.names("elements").values()) <= set(grammar().elements)
    assert set(dialects.names("attributes").values()) <= set(by_name)
    assert not any(dialects.element(name) for name in grammar().elements)


@pytest.mark.parametrize(("element", "attribute"), ATTRIBUTES)
def test_the_quick_question_is_never_wrong(element: str, attribute: Attribute) -> None:
    """It may say no to what is accepted, never yes to what is not."""
    tries = [
        "",
        " ",
        "1",
        "0.5",
        "-1",
        "1s",
        "50ms",
        "01",
        "+1",
        "a b",
        "py",
        " py",
        "eq",
        "1 2",
        "S AY",
        "ni3",
        "ni3  hao3",
    ]
    tries += ["1 2 3 4 5 6 7 8", "1 2 3 4 5 6 7  8", "http://a", "digits", "x\n", "100", "101", "2.0", "2.1", "ni3\n"]
    tries += list(words(attribute.datatype))
    for value in tries:
        if attribute.datatype.usual(value):
            assert attribute.datatype.accepts(value), value


def test_numbers_are_exact() -> None:
    rate = grammar().elements["speak"].attributes["rate"].datatype
    assert isinstance(rate, Number)
    assert rate.accepts("2." + "0" * 5000) and not rate.accepts("2." + "0" * 5000 + "1")


def test_no_number_of_the_grammar_stands_in_the_page_by_hand() -> None:
    page = (rng_path().parent.parent / "docs" / "ssml-reference.md").read_text("utf-8")
    by_hand = re.sub("<!-- generated.*?<!-- end -->", "", page, flags=re.DOTALL)
    assert not re.search(r"10000|50ms|0\.5", by_hand)


def test_names_that_code_attaches_something_to_are_those_of_the_grammar() -> None:
    elements = grammar().elements
    speak = elements[grammar().root].attributes
    assert set(walking._meanings()) == {name.casefold() for name in elements}
    assert set(walking._EVENTS) == {name for name, element in elements.items() if element.empty}
    assert set(comparing._ATTRIBUTES) == set(Prosody.__dataclass_fields__)
    assert set(comparing._ATTRIBUTES.values()) == set(speak)
    assert set(prosody.ATTRIBUTES) <= set(speak)
    kinds = words(elements["say-as"].attributes["interpret-as"].datatype)
    assert set(say_as_forms._SILENT) <= set(kinds)
    alphabets = words(elements["phoneme"].attributes["alphabet"].datatype)
    assert {"py", "cmu"} == set(alphabets)  # each is read in its own way, by many modules
