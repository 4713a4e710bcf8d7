"""The SSML checker: faulty documents as data, a second opinion, and inputs that must not hurt."""

from __future__ import annotations

import json
import random
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ssml_documents import SEEDS, mutated
from tests.ssml_oracle import BEYOND_THE_GRAMMAR, REFUSED_ON_PURPOSE, legal
from ttsprep.diagnostics import Diagnostic, Severity
from ttsprep.settings import TaskSettings
from ttsprep.ssml import hearing
from ttsprep.ssml.checker import MOST_FAULTS, validate
from ttsprep.ssml.gate import accepts, disagreement

CASES = Path(__file__).parent / "cases" / "ssml"
FAULTS = tomllib.loads((CASES / "faults.toml").read_text("utf-8"))["case"]
VALUES = tomllib.loads((CASES / "values.toml").read_text("utf-8"))


def row(found: Diagnostic, document: str) -> list[Any]:
    assert found.span is not None
    fixed = found.fix.apply(document) if found.fix else ""
    safe = found.fix is not None and found.fix.safe
    return [found.rule.code, found.span.start, found.span.end, found.span.of(document), fixed, safe]


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case["document"][:60])
def test_every_fault_is_named_at_its_place_with_its_fix(case: dict[str, Any]) -> None:
    document = case["document"]
    assert [row(found, document) for found in validate(document)] == case["found"]


def grammar_faults(document: str) -> list[Diagnostic]:
    found = [f for f in validate(document) if f.severity is Severity.ERROR]
    return [f for f in found if f.rule.code not in BEYOND_THE_GRAMMAR]


@pytest.mark.parametrize("document", SEEDS)
def test_legal_documents_have_no_fault(document: str) -> None:
    assert legal(document)
    assert grammar_faults(document) == []


@pytest.mark.parametrize("seed", range(8))
def test_no_fault_means_that_libxml2_and_the_grammar_accept(seed: int) -> None:
    """And the reverse, but for what is refused on purpose."""
    rng = random.Random(seed)
    for _ in range(500):
        document = mutated(rng)
        expected = legal(document)
        codes = {found.rule.code for found in grammar_faults(document)}
        if expected is None or (expected and codes and codes <= REFUSED_ON_PURPOSE):
            continue
        assert (not codes) == expected, (document, codes)


@pytest.mark.parametrize("seed", range(4))
def test_findings_are_in_order_and_inside_the_document(seed: int) -> None:
    rng = random.Random(100 + seed)
    for _ in range(300):
        document = mutated(rng)
        spans = [found.span for found in validate(document)]
        assert all(span is not None and span.end <= len(document) for span in spans)
        assert spans == sorted(spans, key=lambda span: (span.start, span.end) if span else (0, 0))


def sense(document: str) -> tuple[str, int, int]:
    """What is heard: the words, how long the pauses are, how many sounds."""
    items = hearing.heard(document)
    words = "".join(item.text for item in items if isinstance(item, hearing.Speech))
    pauses = sum(item.milliseconds for item in items if isinstance(item, hearing.Pause))
    return "".join(words.split()), pauses, sum(isinstance(item, hearing.Sound) for item in items)


@pytest.mark.parametrize("seed", range(6))
def test_each_safe_fix_mends_its_fault_and_harms_nothing(seed: int) -> None:
    """By itself: its finding is gone, there is no new one, and the listener hears the same."""
    rng = random.Random(200 + seed)
    for _ in range(300):
        document = mutated(rng).lstrip("\ufeff")
        found = validate(document)
        codes = Counter(each.rule.code for each in found)
        for each in found:
            if each.fix is not None and each.fix.safe and each.fix.edits:
                fixed = each.fix.apply(document)
                left = Counter(other.rule.code for other in validate(fixed))
                assert left <= codes and left.total() < codes.total(), (document, each, fixed)
                assert sense(fixed) == sense(document), (document, each, fixed)


@pytest.mark.parametrize(("element", "name"), sorted({(r["element"], r["attribute"]) for r in VALUES["case"]}))
def test_values_are_judged_as_the_standard_says(element: str, name: str) -> None:
    """Values against libxml2; the table has what is usually got wrong."""
    rows = [r for r in VALUES["case"] if (r["element"], r["attribute"]) == (element, name)]
    for each in rows:
        for value in each["values"]:
            document = each["document"].replace("VALUE", value)
            assert (grammar_faults(document) == []) == legal(document), document


# --- what the request says


@pytest.mark.parametrize(
    ("document", "settings", "codes"),
    [
        ('<speak effect="hpfilter" effectValue="11025">a</speak>', {"sample_rate": 22050}, []),
        ('<speak effect="hpfilter" effectValue="11026">a</speak>', {"sample_rate": 22050}, ["SSM054"]),
        ('<speak effect="hpfilter" effectValue="11026">a</speak>', {}, ["SSM054"]),
        ('<speak effect="lpfilter" effectValue="+12000">a</speak>', {"sample_rate": 24000}, ["SSM041"]),
        ('<speak voice="longanyang">a</speak>', {"model": "cosyvoice-v3-flash"}, []),
        ('<speak voice="longcheng_v2">a</speak>', {"model": "cosyvoice-v3-flash"}, ["SSM055"]),
        ('<speak voice="my-own-voice">a</speak>', {"model": "cosyvoice-v3-flash"}, []),
    ],
)
@pytest.mark.rule("SSM-02")
def test_the_request_decides_too(document: str, settings: dict[str, Any], codes: list[str]) -> None:
    found = validate(document, TaskSettings(enable_ssml=True, **settings))
    assert [f.rule.code for f in found] == codes


def test_without_a_request_nothing_is_held_against_it() -> None:
    assert validate('<speak voice="longcheng_v2" effect="lpfilter" effectValue="99999">a</speak>') == ()


# --- messages


def test_a_message_names_parent_value_and_what_is_allowed() -> None:
    document = '<speak><sub alias="a">b<break/></sub><break time="0.5s"/><brake/></speak>'
    texts = [found.message for found in validate(document)]
    assert texts[0] == "<break> must not stand in <sub>: only text may stand there"
    assert texts[1].startswith("time='0.5s' is no pause") and "50ms to 10000ms" in texts[1]
    assert texts[2].endswith("did you mean <break>?") and "say-as" in texts[2]


# --- vendor's and other people's documents


@pytest.mark.parametrize("name", ["vendor", "field"])
def test_documents_of_others(shared_cases: Path, name: str) -> None:
    folder = shared_cases / "ssml" / name
    expected = VALUES["elsewhere"]
    for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines():
        file = json.loads(line)["file"]
        document = (folder / file).read_text("utf-8").removesuffix("\n")
        codes = [found.rule.code for found in validate(document)]
        assert codes == expected.get(f"{name}/{file}", []), file


# --- the second opinion before sending


def test_the_gate_agrees_and_says_so_when_not() -> None:
    assert all(map(accepts, SEEDS)) and not any(map(disagreement, SEEDS))
    found = disagreement("<speak><brake/></speak>")
    assert found is not None and found.rule.code == "SSM059"


@pytest.mark.parametrize(
    "document",
    [
        "",
        "a",
        "<speak/>a",
        "<speak><?p?></speak>",
        "<speak>&x;</speak>",
        "<!DOCTYPE a><speak/>",
        "<speak>\ud800</speak>",
    ],
)
def test_the_gate_refuses_what_a_parser_might_take(document: str) -> None:
    assert not accepts(document)


# --- fatal

SIZE = 400_000
REPEATED = ["<", "&", '"', "'", "> ", "<a", '<a "', "<!--", "<![CDATA[", "<?", "<!DOCTYPE [", "</speak>", "<speak>"]
REPEATED += [
    "<speak ",
    '<sub alias="',
    "&#",
    "&a",
    "&a;",
    "]]>",
    "<break/>",
    "<#1",
    "</",
    "<//",
    '="',
    "<break/ ",
    "\x01",
]
BUILT: dict[str, Callable[[], str]] = {
    "nested": lambda: "<speak>" * 100_000,
    "nested unknown": lambda: "<z>" * 100_000 + "</z>" * 100_000,
    "attributes": lambda: "<speak " + " ".join(f'a{i}="1"' for i in range(200_000)) + ">x</speak>",
    "the same attribute": lambda: "<speak " + 'rate="1" ' * 200_000 + ">x</speak>",
    "billion laughs": lambda: (
        '<!DOCTYPE l [<!ENTITY a "lol">'
        + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
        + "]><speak>&j;</speak>"
    ),
    "external entity": lambda: '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><speak>&a;</speak>',
    "long value": lambda: '<speak rate="' + "9" * 1_000_000 + '">x</speak>',
    "long number": lambda: '<speak><break time="' + "1" * 1_000_000 + 'ms"/>x</speak>',
    "long name": lambda: f"<speak><{'z' * 1_000_000}/></speak>",
    "long attribute": lambda: f"<speak {'z' * 1_000_000}='1'/>",
    "long bare value": lambda: f"<speak rate={'z' * 1_000_000}/>",
    "long end tag": lambda: f"<speak></{'z' * 1_000_000}></speak>",
    "long reference": lambda: f"<speak>&{'z' * 1_000_000};</speak>",
    "long reading": lambda: '<speak><phoneme alphabet="py" ph="' + "a1 " * 300_000 + '">x</phoneme></speak>',
}


@pytest.mark.parametrize("name", [*REPEATED, *BUILT])
def test_hostile_documents_end_soon_with_a_bounded_report(name: str) -> None:
    document = BUILT[name]() if name in BUILT else f"<speak>{name * (SIZE // len(name))}</speak>"
    begun = time.thread_time()
    found = validate(document)
    assert time.thread_time() - begun < 20  # a fraction of a second; a quadratic step takes minutes
    assert len(found) <= MOST_FAULTS + 1
    assert all(len(f.message) < 1000 for f in found)
