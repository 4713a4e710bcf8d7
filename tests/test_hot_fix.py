"""Corrections: which keys are sent for a text, what they do there, and how they reach a model without hot_fix."""

from __future__ import annotations

import random
import time
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ttsprep
from ttsprep import hot_fix
from ttsprep.hot_fix import HotFix, apply, correct, generate, widen
from ttsprep.hot_fix.widening import occurrences
from ttsprep.lexicon import Entry, Kind, Lexicon, read_lexicon
from ttsprep.lexicon.matching import Matcher, leftmost
from ttsprep.markdown import strip
from ttsprep.settings import TaskSettings
from ttsprep.source import Source

CASES = Path(__file__).parent / "cases" / "hot_fix"


def cases(name: str) -> list[Any]:
    rows = tomllib.loads((CASES / name).read_text("utf-8"))["case"]
    return [pytest.param(row, id=row.get("name", row["text"])) for row in rows]


def lexicon(*lines: str) -> Lexicon:
    found, _ = read_lexicon(Source("\n".join(lines), "names.txt"))
    assert found is not None
    return found


# --- what is sent, and what it does


@pytest.mark.rule("PAR-17")
@pytest.mark.parametrize("case", cases("generate.toml"))
def test_generate(case: dict[str, Any]) -> None:
    settings = TaskSettings(hot_fix=case["given"]) if "given" in case else None
    made = generate(case["text"], lexicon(*case["lexicon"]), settings, only=case.get("only"))
    assert list(made.hot_fix.pronunciation.items()) == list(case.get("pronunciation", {}).items())
    assert list(made.hot_fix.replace.items()) == list(case.get("replace", {}).items())
    assert made.counts == case.get("counts", {})
    assert apply(made.hot_fix, case["text"]).annotated == case["spoken"]
    assert sorted(found.rule.code for found in made.diagnostics) == case.get("codes", [])


@pytest.mark.rule("PAR-17")
@pytest.mark.parametrize("case", cases("generate.toml"))
def test_what_is_made_is_a_setting(case: dict[str, Any]) -> None:
    made = generate(case["text"], lexicon(*case["lexicon"])).hot_fix.as_setting()
    settings = TaskSettings(hot_fix=made or None)
    assert {found.rule.code for found in settings.diagnostics} <= {"PAR042", "PAR043"}
    assert HotFix.of(settings.hot_fix).as_setting() == made


def test_spans_are_those_of_the_source() -> None:
    source = Source("# 题\n\n**长城管理处**")
    text, _ = strip(source)
    (found,) = generate(text, lexicon("长城 chang2 cheng2", "城管 cheng2 guan3")).diagnostics
    assert found.span is not None and found.span.of(source.text) == "长城管"


def test_one_diagnostic_says_how_many_places_there_are() -> None:
    (found,) = generate("长城管，长城管，长城管", lexicon("长城 chang2 cheng2", "城管 cheng2 guan3")).diagnostics
    assert found.message.endswith("(and 2 more places)")


def test_entries_name_their_file() -> None:
    (found,) = generate("see Nguyen", lexicon("Nguyen /W IH1 N/")).diagnostics
    assert "names.txt:1" in found.message


# --- one pass


def naive_places(keys: set[str], text: str) -> list[tuple[int, int]]:
    found = ((start, start + len(key)) for start in range(len(text)) for key in keys if text.startswith(key, start))
    return sorted(found, key=lambda place: (place[0], -place[1]))


@given(st.sets(st.text("abc", min_size=1, max_size=4)), st.text("abcd", max_size=30))
def test_every_key_is_found(keys: set[str], text: str) -> None:
    assert Matcher(keys).every(text) == naive_places(keys, text)


def naive_replacement(pairs: dict[str, str], text: str) -> str:
    done, at = "", 0
    while at < len(text):
        key = max((key for key in pairs if text.startswith(key, at)), key=len, default="")
        done += pairs[key] if key else text[at]
        at += len(key) or 1
    return done


@given(
    st.dictionaries(st.text("abc", min_size=1, max_size=3), st.text("abx", max_size=3)), st.text("abcd", max_size=20)
)
def test_apply_replaces_in_one_pass(pairs: dict[str, str], text: str) -> None:
    applied = apply(HotFix({}, pairs), text)
    assert str(applied) == naive_replacement(pairs, text)
    assert applied.text.replay(text) == str(applied)


def test_counted_is_that_of_the_text_after_replacement() -> None:
    assert apply(HotFix({}, {"2": "两个"}), "2 a").counted == 6


# --- random lexicons: what is meant is what is done, or a diagnostic says so

READINGS = {"行": ["hang2", "xing2"], "长": ["chang2", "zhang3"], "重": ["chong2", "zhong4"]}
AGREES = {"HOT032", "HOT033", "HOT035"}
"""About doubts that are not about what this hot_fix does."""


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    key = draw(st.text("行长重a", min_size=1, max_size=3))
    before, after = draw(st.sampled_from(["", "", "行", "长"])), draw(st.sampled_from(["", "", "", "重"]))
    if "a" in key or draw(st.booleans()):
        return Entry(key, Kind.REPLACE, draw(st.text("行长bc", max_size=2)), before, after)
    reading = " ".join(draw(st.sampled_from(READINGS[character])) for character in key)
    return Entry(key, Kind.PRONUNCIATION, reading, before, after)


@given(st.text("行长重a。", max_size=14), st.lists(entries(), max_size=4).map(Lexicon.of))
def test_what_is_meant_is_spoken_or_reported(text: str, entries: Lexicon) -> None:
    made = generate(text, entries)
    if {found.rule.code for found in made.diagnostics} - AGREES:
        return
    meant, readings, at = "", dict[int, str](), 0
    for use in made.uses:
        meant += text[at : use.start]
        if use.entry.kind is Kind.PRONUNCIATION:
            readings.update(enumerate(use.entry.value.split(), len(meant)))
        meant += use.entry.value if use.entry.kind is Kind.REPLACE else use.entry.key
        at = use.end
    spoken = apply(made.hot_fix, text)
    heard = {r.start + place: syllable for r in spoken.readings for place, syllable in enumerate(r.pinyin.split())}
    assert str(spoken) == meant + text[at:]
    assert {place: heard.get(place) for place in readings} == readings


# --- wider keys


def naive_changes(text: str, keys: dict[str, tuple[int, ...]]) -> set[int]:
    changed, at = set[int](), 0
    while at < len(text):
        key = max((key for key in keys if text.startswith(key, at)), key=len, default="")
        changed |= {at + offset for offset in keys.get(key, ())}
        at += len(key) or 1
    return changed


def is_separable(text: str, key: str, wanted: list[int], limits: list[tuple[int, int]]) -> bool:
    """Whether each wanted place has a stretch around it in which, wherever that stands, the same places are wanted."""

    def pattern(start: int, end: int) -> tuple[int, ...]:
        return tuple(place - start for place in wanted if start <= place and place + len(key) <= end)

    def stretches(place: int) -> Iterator[str]:
        low, high = next(limit for limit in limits if limit[0] <= place < limit[1])
        starts, ends = range(low, place + 1), range(place + len(key), high + 1)
        return (text[start:end] for start in starts for end in ends)

    def same(window: str) -> bool:
        return len({pattern(at, at + len(window)) for at in occurrences(text, window)}) == 1

    return all(any(map(same, stretches(place))) for place in wanted)


def puzzle(chance: random.Random) -> tuple[str, str, list[int], list[tuple[int, int]]]:
    """A random text, a key, some of its occurrences, limits."""
    alphabet = chance.choice(["ab", "abc", "行人不", "abcdef"])
    text = "".join(chance.choices(alphabet, k=chance.randint(2, 24)))
    cuts = sorted(chance.sample(range(1, len(text)), 2)) if chance.random() < 0.5 and len(text) > 6 else []
    edges = [0, *cuts, len(text)]
    limits = list(pairwise(edges))
    size = chance.choice([1, 1, 2])
    start = chance.randrange(len(text) - size + 1)
    key, wanted = text[start : start + size], list[int]()
    for place in occurrences(text, key):
        inside = any(low <= place and place + size <= high for low, high in limits)
        if inside and chance.random() < 0.5 and (not wanted or place - wanted[-1] >= size):
            wanted.append(place)
    return text, key, wanted, limits


def test_wider_keys_agree_with_brute_force() -> None:
    chance, found, none = random.Random(1), 0, 0
    while found + none < 1000:
        text, key, wanted, limits = puzzle(chance)
        if not wanted:
            continue
        keys = widen(text, key, wanted, limits=limits)
        if keys is None:
            none += 1
            assert not is_separable(text, key, wanted, limits), (text, key, wanted, limits)
        else:
            found += 1
            assert naive_changes(text, keys) == set(wanted), (text, key, wanted, limits)
    assert found > 800 and none > 50


@pytest.mark.parametrize(
    ("text", "key", "wanted", "edges"),
    [
        ("babbbbbababaabababbbabba", "ba", [6, 8, 13, 15, 19, 22], [0, 6, 21, 24]),
        ("人行行不行不行", "行", [2, 4, 6], [0, 2, 4, 7]),
        ("baabbbaab", "b", [3, 5, 8], [0, 3, 7, 9]),
    ],
)
def test_keys_that_are_in_the_way_of_each_other(text: str, key: str, wanted: list[int], edges: list[int]) -> None:
    keys = widen(text, key, wanted, limits=list(pairwise(edges)))
    assert keys is not None and naive_changes(text, keys) == set(wanted)


def test_a_place_that_is_none_is_a_bad_call() -> None:
    with pytest.raises(ValueError, match="does not stand"):
        widen("行人", "行", [1])
    with pytest.raises(ValueError, match="overlap"):
        widen("行行行", "行行", [0, 1])


def test_widening_takes_linear_time() -> None:
    def seconds(size: int) -> float:
        text = "行" * size
        begun = time.thread_time()
        widen(text, "行", [size // 2])
        return time.thread_time() - begun

    seconds(200)
    assert seconds(2400) < 9 * seconds(600) + 0.1


# --- models without hot_fix


@pytest.mark.rule("PAR-16")
@pytest.mark.parametrize("case", cases("routes.toml"))
def test_routes(case: dict[str, Any]) -> None:
    made = correct(case["text"], lexicon(*case["lexicon"]), TaskSettings(**case["settings"]))
    assert made.route == case["route"]
    assert made.text.text == case["sent"]
    assert made.settings.parameters().get("hot_fix") == case.get("hot_fix")
    assert sorted(found.rule.code for found in made.diagnostics) == case.get("codes", [])
    assert case.get("says", "") in " ".join(found.message for found in made.diagnostics)
    assert made.text.replay(case["text"]) == case["sent"]


def test_a_plan_holds_the_corrections() -> None:
    plan = ttsprep.prepare("# 银行\n\n今天。", lexicon=lexicon("银行 yin2 hang2", "今天 = 金天", "明天 = 次日"))
    assert plan.ok
    assert plan.settings.parameters()["hot_fix"] == {
        "pronunciation": [{"银行": "yin2 hang2"}],
        "replace": [{"今天": "金天"}],
    }
    assert [part.text for part in plan.parts] == ["银行。\n今天。"]


def test_a_plan_for_another_model_is_ssml_that_knows_its_source() -> None:
    source = "# 银行\n\n**今天**去银行。"
    plan = ttsprep.prepare(source, TaskSettings(model="cosyvoice-v3-plus"), lexicon=lexicon("银行 yin2 hang2"))
    assert plan.ok and plan.settings.enable_ssml
    (part,) = plan.parts
    assert part.text.count("<phoneme") == 2
    assert part.span is not None and part.span.of(source) == source[2:]
    assert part.counted == ttsprep.prepare(source).counted


def test_ssml_gets_elements_and_no_hot_fix() -> None:
    script = Source("<speak>去银行</speak>", "a.ssml")
    plan = ttsprep.prepare(script, TaskSettings(enable_ssml=True), lexicon=lexicon("银行 yin2 hang2"))
    assert plan.ok and plan.settings.hot_fix is None
    assert plan.parts[0].text == '<speak>去<phoneme alphabet="py" ph="yin2 hang2">银行</phoneme></speak>'


# --- streams


def streamed(stream: ttsprep.PrepareStream, text: str) -> list[ttsprep.TextPart]:
    return [*(part for character in text for part in stream.feed(character)), *stream.close()]


def test_a_stream_sends_the_whole_lexicon() -> None:
    stream = ttsprep.PrepareStream(lexicon=lexicon("[银]行 hang2", "今天 = 金天", "CEO[说] = 首席", "Nguyen /W IH1 N/"))
    assert stream.settings.parameters()["hot_fix"] == {
        "pronunciation": [{"银行": "yin2 hang2"}],
        "replace": [{"CEO说": "首席说"}, {"今天": "金天"}],
    }
    assert [found.rule.code for found in stream.diagnostics if found.rule.code.startswith("HOT")] == ["HOT037"]
    assert "".join(part.text for part in streamed(stream, "今天。你好。")) == "今天。你好。"


def test_a_stream_without_hot_fix_replaces() -> None:
    settings = TaskSettings(model="cosyvoice-v3-plus")
    stream = ttsprep.PrepareStream(settings, lexicon=lexicon("银行 yin2 hang2", "2[月] = 二", "2 = 两个"))
    parts = streamed(stream, "2月。2人。")
    assert [(part.text, part.counted) for part in parts] == [("二月。", 5), ("两个人。", 7)]
    assert stream.settings == settings
    assert {found.rule.code for found in stream.diagnostics} == {"HOT037", "HOT038"}


def test_every_public_name_is_documented() -> None:
    assert all((getattr(hot_fix, name).__doc__ or "").strip() for name in hot_fix.__all__)


def test_leftmost_takes_nothing_twice() -> None:
    assert leftmost([(0, 2), (1, 3), (2, 3), (2, 9)]) == [(0, 2), (2, 3)]
