"""The settings of a task: what is found in them, what of them is sent, and where in a file it stands."""

from __future__ import annotations

import dataclasses
import json
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import CASES, SECRET
from ttsprep import catalog
from ttsprep.diagnostics import Diagnostic, DiagnosticError, Severity, Span
from ttsprep.settings import SettingsFile, TaskSettings
from ttsprep.settings.places import places_in_json, places_in_toml
from ttsprep.source import Source


def cases(name: str) -> Iterator[Any]:
    for case in tomllib.loads((CASES / name).read_text("utf-8"))["case"]:
        yield pytest.param(case, id=case["about"], marks=pytest.mark.rule(*case.get("rules", [])))


def short(found: Diagnostic) -> str:
    return f"{found.rule.code} {found.severity} {found.field}"


def codes(found: Iterable[Diagnostic]) -> list[tuple[str, Severity]]:
    return [(one.rule.code, one.severity) for one in found]


# --- values and combinations


@pytest.mark.parametrize("case", list(cases("settings.toml")))
def test_cases(case: dict[str, Any]) -> None:
    settings, found = TaskSettings.check(case["settings"])
    assert list(map(short, found)) == case.get("found", [])
    assert (settings is None) == any(diagnostic.severity is Severity.ERROR for diagnostic in found)
    if "parameters" in case:
        assert settings is not None
        # as JSON text: the order counts, and 1 is not 1.0
        assert json.dumps(settings.parameters()) == json.dumps(case["parameters"])


@pytest.mark.parametrize("case", list(cases("settings.toml")))
def test_keywords_find_the_same(case: dict[str, Any]) -> None:
    _, found = TaskSettings.check(case["settings"])
    if any(diagnostic.rule.code == "PAR020" for diagnostic in found):
        with pytest.raises(TypeError):
            TaskSettings(**case["settings"])
    elif any(diagnostic.severity is Severity.ERROR for diagnostic in found):
        with pytest.raises(DiagnosticError) as raised:
            TaskSettings(**case["settings"])
        assert codes(raised.value.diagnostics) == codes(found)
    else:
        assert codes(TaskSettings(**case["settings"]).diagnostics) == codes(found)


MESSAGES = {
    "fromat = 'mp3'": "did you mean format?",
    "format = 'ogg'": 'did you mean opus?); the service answers "Request format is invalid!"',
    "volume = 101": "volume is 101, above 100 (allowed: 0 to 100)",
    "rate = '1.2'": 'rate is "1.2", a string, not a number',
    "bit_rate = 32000": "bit_rate is 32000, above 510 (allowed: 6 to 510 kbps)",
    "sample_rate = 44000": "did you mean 44100?",
    "language_hints = 'zh'": 'write ["zh"]',
    "language_hints = ['cn']": "did you mean zh?",
    "language_hints = ['zh-Hant-TW']": "did you mean zh?",
    "voice = 'longxiaochun_v2'": "did you mean longxiaochun_v3?",
    "voice = 'longanyan'": "did you mean longanyang?",
    "model = 'cosyvoice-v3-flsh'": "did you mean cosyvoice-v3-flash?",
    "region = 'china'": "did you mean beijing?",
    "region = 'singapore'": "did you mean intl?",
    "voice = 'longanyang '": 'voice is "longanyang ", with a blank at its begin or end',
    "instruction = '你说话的情感是Happy.'": "did you mean 你说话的情感是happy。?",
    "voice = 'longcheng'": "[tts:]Engine return error code: 418",
}


@pytest.mark.parametrize(("text", "words"), MESSAGES.items())
def test_messages_say_what_to_do(text: str, words: str) -> None:
    _, found = TaskSettings.check(tomllib.loads(text))
    assert words in found[0].message


def test_complete_settings_are_filled_in_with_nothing() -> None:
    _, found = TaskSettings.check({}, complete=True)
    assert list(map(short, found)) == ["PAR029 error model", "PAR001 error text_type", "PAR002 error voice"]
    assert "Missing required parameter 'payload.model'!" in found[0].message


@pytest.mark.rule("PAR-06")
@given(st.floats() | st.integers() | st.sampled_from([0.5, 2.0, 1, 2]))
@example(10**400)
def test_rate_is_a_number_from_a_half_to_two(rate: float) -> None:
    settings, _ = TaskSettings.check({"rate": rate})
    assert (settings is not None) == (0.5 <= rate <= 2.0)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from([field.name for field in dataclasses.fields(TaskSettings) if field.init]) | st.text(max_size=9)
PLAUSIBLE = st.sampled_from(
    [1, 0, 0.5, True, False, "opus", "pcm", "zh", ["zh"], ["zh", "en"], "longanyang", "cosyvoice-v1", "beijing", 48000]
)


@given(st.dictionaries(NAMES, JSON | PLAUSIBLE, max_size=6))
def test_any_mapping_gives_settings_or_errors(values: dict[str, Any]) -> None:
    settings, found = TaskSettings.check(values)
    assert (settings is None) == any(diagnostic.severity is Severity.ERROR for diagnostic in found)
    assert all(map(str, found))
    if settings is not None:
        sent = settings.parameters()
        assert {name: sent[name] for name in values if name in sent} == {n: v for n, v in values.items() if n in sent}
        again, _ = TaskSettings.check({"region": settings.region, "model": settings.model, **sent})
        assert again == settings and hash(again) == hash(settings)
        json.dumps(sent, allow_nan=False).encode("utf-8")


# --- the value


def test_settings_are_frozen_and_hashable() -> None:
    fixes = {"replace": [{"今天": "金天"}]}
    settings = TaskSettings(hot_fix=fixes, language_hints=["zh"])
    fixes["replace"].append({"a": "b"})
    assert settings.parameters()["hot_fix"] == {"replace": [{"今天": "金天"}]}
    assert settings.parameters()["language_hints"] == ["zh"]
    assert len({settings, settings.replace(seed=None)}) == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.rate = 2  # type: ignore[misc]  # that it cannot be set is what is tested


def test_what_is_sent_can_be_changed_without_harm() -> None:
    settings = TaskSettings(hot_fix={"replace": [{"今天": "金天"}]})
    settings.parameters()["hot_fix"]["replace"].clear()
    assert settings.parameters()["hot_fix"] == {"replace": [{"今天": "金天"}]}


def test_replace_checks_again() -> None:
    settings = TaskSettings(rate=1.2)
    assert settings.replace(rate=2).parameters()["rate"] == 2
    with pytest.raises(DiagnosticError, match="PAR006"):
        settings.replace(rate=3)
    with pytest.raises(TypeError):
        settings.replace(speed=3)


def test_effective_values_are_those_set_or_the_defaults_of_the_service() -> None:
    settings = TaskSettings(rate=1.5)
    assert settings.effective("rate") == 1.5
    assert [settings.effective(name) for name in ("format", "volume", "seed", "enable_ssml")] == ["mp3", 50, 0, False]
    assert settings.effective("language_hints") is None
    with pytest.raises(KeyError):
        settings.effective("speed")


@pytest.mark.rule("URL-01")
def test_the_region_decides_the_address() -> None:
    assert TaskSettings().url == "wss://dashscope-intl.aliyuncs.com/api-ws/v1/inference"
    assert TaskSettings(region="beijing").url == "wss://dashscope.aliyuncs.com/api-ws/v1/inference"


def test_the_defaults_are_those_of_the_catalog() -> None:
    settings = TaskSettings()
    assert settings.diagnostics == ()
    assert TaskSettings.check({"region": settings.region})[1] == (), "what is not given is not checked"
    assert (settings.region, settings.model) == (catalog.default_region().id, catalog.default_model().id)
    assert catalog.voice(settings.voice, settings.model) is not None
    fields = [field.name for field in dataclasses.fields(TaskSettings) if field.init]
    assert fields == ["region", "model", *catalog.parameters()]


@pytest.mark.rule("TXT-07")
@pytest.mark.parametrize(
    ("values", "severity"),
    [
        ({}, None),
        ({"language_hints": ["en"]}, "warning"),
        ({"model": "cosyvoice-v3-plus", "language_hints": ["zh"]}, None),
        ({"model": "cosyvoice-v9"}, None),
        ({"region": "beijing", "voice": "loongabby_v3"}, "warning"),
        ({"region": "beijing", "model": "cosyvoice-v2", "voice": "longcheng_v2"}, None),
        ({"region": "beijing", "model": "cosyvoice-v1", "voice": "longwan"}, "warning"),
    ],
)
def test_formulas_are_read_by_some_models_in_chinese(values: dict[str, Any], severity: str | None) -> None:
    found = TaskSettings(**values).formula_findings(Span(3, 8))
    assert [(str(one.severity), one.span) for one in found] == ([(severity, Span(3, 8))] if severity else [])


@pytest.mark.rule("EXA-01", "RUN-05")
def test_the_run_task_of_the_api_page() -> None:
    message = json.loads((CASES / "from-docs" / "run-task.json").read_text("utf-8"))
    payload = message["payload"]
    settings, found = TaskSettings.check({"model": payload["model"], **payload["parameters"]}, complete=True)
    assert settings is not None and found == ()
    assert json.dumps(settings.parameters()) == json.dumps(payload["parameters"])


# --- files


@pytest.mark.parametrize("case", list(cases("settings-files.toml")))
def test_files(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / case["name"]
    path.write_bytes(case["text"].encode("utf-8"))
    settings, found = TaskSettings.load(path)
    source, _ = Source.read(path)
    places = []
    for one in found:
        assert one.span is not None
        line, column = source.position(one.span.start)
        places.append(f"{one.rule.code} {line}:{column} {one.span.of(source.text)}")
    assert places == case.get("found", [])
    if "parameters" in case:
        assert settings is not None
        assert settings.parameters() == {"text_type": "PlainText", "voice": "longanyang", **case["parameters"]}


@pytest.mark.parametrize("case", list(cases("settings-files.toml")))
def test_fixes_mend_files(case: dict[str, Any]) -> None:
    source = Source(case["text"], case["name"])
    file, found = SettingsFile.parse(source)
    if file is not None:
        found = TaskSettings.check(file.values, source=file)[1]
    for one in found:
        if one.fix is not None:
            mended, broken = SettingsFile.parse(Source(one.fix.apply(source.text), case["name"]))
            assert mended is not None, broken
            assert one not in TaskSettings.check(mended.values, source=mended)[1]


@pytest.mark.rule("TXT-06")
def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "voice.toml"
    path.write_bytes("instruction = '你说话的情感是happy。'".encode("gb18030"))
    settings, found = TaskSettings.load(path)
    assert settings is None and [one.rule.code for one in found] == ["TXT001"]
    assert "looks like gb18030" in found[0].message and "save it" in found[0].message
    assert "--encoding" not in found[0].message  # that option is for scripts
    assert found[0].file == str(path)


@pytest.mark.rule("HDR-06")
@pytest.mark.parametrize("case", list(cases("settings-files.toml")))
def test_no_message_about_a_file_shows_a_key(case: dict[str, Any]) -> None:
    file, found = SettingsFile.parse(Source(case["text"], case["name"]))
    if file is not None:
        found = TaskSettings.check(file.values, source=file)[1]
    for one in found:
        assert "sk-f" not in f"{one} {one.field} {one.fix}"


@pytest.mark.rule("HDR-06")
@pytest.mark.parametrize("name", ["api_key", "apiKey", "API_KEY", "DASHSCOPE_API_KEY", "Authorization", "token"])
def test_a_key_given_as_a_setting_is_not_shown(name: str) -> None:
    with pytest.raises(TypeError, match=f"{name} is no setting: an API key does not belong in settings") as raised:
        TaskSettings(**{name: SECRET})  # type: ignore[arg-type]  # no setting at all is what is tested
    assert SECRET not in str(raised.value)
    found = TaskSettings.check({name: SECRET})[1]
    assert list(map(short, found)) == [f"PAR051 error {name}"] and SECRET not in str(found[0])


@pytest.mark.rule("HDR-06")
@pytest.mark.parametrize("name", ["voice", "model", "region", "rate", "instruction", "language_hints"])
def test_a_key_given_as_a_value_is_not_shown(name: str) -> None:
    for value in (SECRET, [SECRET], {"a": SECRET}, f"Bearer {SECRET}"):
        found = TaskSettings.check({name: value})[1]
        assert "PAR051" in [one.rule.code for one in found]
        assert SECRET not in "".join(map(str, found))


@pytest.mark.rule("HDR-06")
@given(
    st.dictionaries(st.text(max_size=9) | NAMES | st.just(SECRET), st.recursive(st.just(SECRET), st.lists), min_size=1)
)
def test_a_key_is_never_shown(values: dict[str, Any]) -> None:
    found = TaskSettings.check(values)[1]
    assert found and SECRET not in "".join(f"{one} {one.field}" for one in found)


@pytest.mark.rule("TXT-06")
def test_a_lone_surrogate_cannot_be_sent() -> None:
    source = Source('{"voice": "a\\ud800", "hot_fix": {"replace": [{"x": "\\udc00"}]}}', "voice.json")
    file, _ = SettingsFile.parse(source)
    assert file is not None
    found = TaskSettings.check(file.values, source=file)[1]
    assert [short(one) for one in found] == ["TXT002 error voice", "TXT002 error hot_fix.replace[0].x"]
    assert found[0].message == "voice: lone surrogate U+D800 at offset 1, not a character"


def test_a_missing_file_raises(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        TaskSettings.load(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deep.json", "[" * 100_000),
        ("deep.json", '{"a":' * 100_000),
        ("deep.toml", "a = " + "[" * 100_000),
        ("deep.toml", "a = " + "[" * 5_000 + "]" * 5_000),
        ("digits.json", '{"seed": ' + "9" * 10_000 + "}"),
        ("digits.toml", "seed = " + "9" * 10_000),
        ("quotes.toml", 'a = """' + '"' * 100_000),
        ("blank.toml", "\n" * 100_000 + "="),
        ("keys.toml", "a" + ".a" * 2_000 + " = 1"),
    ],
)
def test_hostile_files_are_refused_quickly(name: str, text: str) -> None:
    file, found = SettingsFile.parse(Source(text, name))
    if file is not None:
        found = TaskSettings.check(file.values, source=file)[1]
    assert any(one.severity is Severity.ERROR for one in found)


def at(values: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        values = values[part]
    return values


FINITE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), FINITE, max_size=4), st.booleans(), st.sampled_from([None, 1]))
def test_every_value_of_a_json_file_is_found(values: dict[str, Any], ascii_only: bool, indent: int | None) -> None:
    text = json.dumps(values, ensure_ascii=ascii_only, indent=indent)
    places = places_in_json(text)
    assert places.duplicates == []
    for path, place in places.at.items():
        assert json.loads(place.value.of(text)) == at(values, path)
        assert place.key is None or json.loads(place.key.of(text)) == path[-1]
    assert len(places.at) == size(values)


def size(value: Any) -> int:
    """How many values a value holds, itself included."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(size, inner))


@pytest.mark.parametrize("case", list(cases("toml-places.toml")))
def test_every_value_of_a_toml_file_is_found(case: dict[str, Any]) -> None:
    text = case["text"]
    values = tomllib.loads(text)
    places = places_in_toml(text)
    assert places.duplicates == []
    leaves = {path: place for path, place in places.at.items() if not isinstance(at(values, path), dict | list)}
    for path, place in leaves.items():
        assert tomllib.loads(f"x = {place.value.of(text)}")["x"] == at(values, path)
        if place.key is not None:
            assert path[-1] in tomllib.loads(f"{place.key.of(text)} = 1")
    assert len(leaves) == sum(1 for _ in scalars(values))


def scalars(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from scalars(inner)
    else:
        yield value


@given(st.text(alphabet="ab.=[]{}\"'#,\\\n 1é你", max_size=40))
def test_scanning_any_text_ends(text: str) -> None:
    for places in (places_in_toml(text), places_in_json(text)):
        assert all(place.value.end <= len(text) for place in places.at.values())
