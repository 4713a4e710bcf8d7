"""The facts of the service, against the documents that they were read from."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import hashlib
import json
import re
import subprocess
import sys
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conformance import rules
from ttsprep import catalog, directions
from ttsprep.catalog import Claim, Feature, Model
from ttsprep.diagnostics import Severity
from ttsprep.settings import TaskSettings

DATA = Path(catalog.__file__).parent.parent / "data"


@pytest.fixture(scope="session")
def documents(shared_cases: Path) -> Path:
    """The folder of the documents that the facts were read from; the test is skipped without it."""
    folder = shared_cases.parent / "api"
    if not folder.is_dir():
        pytest.skip(f"no documents in {folder}")
    return folder


@pytest.fixture(scope="session")
def page(documents: Path) -> str:
    return (documents / "cosyvoice-websocket-api.txt").read_text("utf-8")


def every_row() -> list[Any]:
    return [
        *catalog.models(),
        *catalog.regions(),
        *catalog.voices(),
        *(cloned for known in catalog.models() if (cloned := catalog.cloned(known.id))),
        *catalog.parameters().values(),
        *catalog.limit_rows(),
        *catalog.errors(),
        *catalog.api_rules().values(),
        *catalog.languages(),
        directions.phrases(),
        *(t for voice in catalog.voices(instruct=True) for t in directions.templates(voice.id)),
    ]


# --- provenance


def test_every_fact_names_documents_and_a_day() -> None:
    for row in every_row():
        assert set(row.source.split(", ")) <= set(catalog.sources()), row
        assert type(row.checked) is datetime.date


@pytest.mark.parametrize("file", sorted(DATA.glob("*.toml")), ids=lambda file: file.name)
def test_every_row_of_every_file_names_its_source_and_day(file: Path) -> None:
    """In the row, or once for the whole file."""
    tables = tomllib.loads(file.read_text("utf-8"))
    rows = [
        r for table in tables.values() for r in (table if isinstance(table, list) else [table]) if isinstance(r, dict)
    ]
    assert rows
    for row in rows:
        named = {**tables, **row}
        assert named.get("source") or named.get("sources") or (file.name == "sources.toml" and row["title"])
        assert type(named["checked"]) is datetime.date, row


def test_every_document_is_used() -> None:
    used = {name for row in every_row() for name in row.source.split(", ")}
    assert set(catalog.sources()) == used


def test_facts_name_rules_that_exist() -> None:
    known = {row["id"] for row in rules()}
    named = {rule for limit in catalog.limit_rows() for rule in limit.rules}
    named |= {rule for error in catalog.errors() for rule in error.rules}
    named |= {parameter.rule for parameter in catalog.parameters().values()}
    assert named <= known


def test_rows_cannot_be_changed() -> None:
    flash = catalog.default_model()
    with pytest.raises(dataclasses.FrozenInstanceError):
        flash.id = "x"  # type: ignore[misc]  # that it cannot be set is what is tested
    with pytest.raises(TypeError):
        flash.features["ssml"] = flash.features["latex"]  # type: ignore[index]  # as above
    with pytest.raises(TypeError):
        catalog.parameter("bit_rate").needs["format"] = ()  # type: ignore[index]  # as above


def test_the_api_page_is_the_one_that_was_read(documents: Path) -> None:
    text = (documents / "cosyvoice-websocket-api.txt").read_bytes()
    assert hashlib.sha256(text).hexdigest() == catalog.sources()["API"].sha256


# --- against the API page


def test_rules_are_those_of_the_table(documents: Path) -> None:
    with (documents / "rules.tsv").open(encoding="utf-8", newline="") as table:
        listed = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    ours = [
        {"id": r.id, "topic": r.topic, "where": ",".join(r.where), "basis": ", ".join(r.basis), "rule": r.text}
        for r in catalog.api_rules().values()
    ]
    assert ours == listed


@pytest.mark.rule("PAR-03", "PAR-04", "PAR-05", "PAR-06", "PAR-07", "PAR-09", "PAR-11", "PAR-12")
def test_parameters_are_those_of_the_api_page(page: str) -> None:
    listed = page.partition("payload.parameters:\n")[2].partition("When word_timestamp_enabled is enabled")[0]
    rows = re.findall(r"^(\w+?)(string|integer|int|float|boolean|array\[string\]|object)(Yes|No)(.*)$", listed, re.M)
    assert [name for name, *_ in rows] == list(catalog.parameters())
    types = {"int": "integer", "float": "number", "array[string]": "list"}
    for name, type_, required, text in rows:
        parameter = catalog.parameter(name)
        assert parameter.type == types.get(type_, type_)
        assert parameter.required == (required == "Yes")
        if found := re.search(r"Range: \[([\d.]+), ([\d.]+)\]", text):
            assert (parameter.minimum, parameter.maximum) == tuple(map(float, found.groups()))
        if found := re.search(r"Valid values: ([\w, ]+)\.", text):
            assert list(map(str, parameter.values)) == found[1].split(", ")
        if found := re.search(r"Default: ([\w.]+)\.(?: |$)", text):
            assert str(parameter.default).casefold() == found[1].casefold()


@pytest.mark.rule("SSM-01", "TXT-07", "PAR-14", "PAR-15", "PAR-16", "PAR-18")
@pytest.mark.parametrize(
    ("feature", "sentence"),
    [
        ("ssml", r"Model: Only (.*?) support SSML"),
        ("latex", r"Math expression parsing is available for (.*?)\."),
        ("aigc_tag", r"enable_aigc_tag.*Supported by (.*?)\.$"),
        ("hot_fix", r"hot_fix.*Available only for (.*?)\.$"),
        ("markdown_filter", r"enable_markdown_filter.*Available only for (.*?)\.$"),
    ],
)
def test_features_are_those_of_the_api_page(page: str, feature: str, sentence: str) -> None:
    found = re.search(sentence, page, re.M)
    assert found is not None
    says = {known.id for known in catalog.models() if known.features[feature].page is Claim.YES}
    assert says == set(found[1].split(" and "))


@pytest.mark.rule("TXT-01", "TXT-02", "CON-02", "USE-02", "PAR-13", "NET-01", "SPD-01")
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("instruction_text", r"Send up to ([\d,]+) characters per continue-task"),
        ("task_text", r"must not exceed ([\d,]+) characters"),
        ("ssml_instructions", r"expected (\d)"),
        ("instruction", r"Max length: (\d+) characters"),
        ("text_gap", r"Do not wait longer than (\d+) seconds"),
        ("idle", r"Connections timeout after (\d+) seconds"),
        ("real_time_factor", r"Real-time factor \(RTF\): ([\d.]+) to ([\d.]+)x"),
        ("opening", r"Cross-border connections: (\d) to (\d) seconds"),
        ("slow_opening", r"In rare cases, (\d+) to (\d+) seconds"),
    ],
)
def test_limits_are_those_of_the_api_page(page: str, name: str, sentence: str) -> None:
    found = re.search(sentence, page)
    assert found is not None
    values = tuple(float(number.replace(",", "")) for number in found.groups())
    stated = getattr(catalog.limits(), name)
    assert (stated if isinstance(stated, tuple) else (stated,)) == values


@pytest.mark.rule("SPD-01")
def test_the_first_packet_comes_in_milliseconds_on_the_page(page: str) -> None:
    found = re.search(r"First packet latency: (\d+) to (\d+) ms", page)
    assert found is not None
    assert catalog.limits().first_packet == tuple(int(number) / 1000 for number in found.groups())


@pytest.mark.rule("URL-01")
def test_the_address_is_that_of_the_api_page(page: str) -> None:
    assert f"\n{catalog.default_region().url}\n" in page


def test_what_the_page_says_of_errors_stands_on_it(page: str) -> None:
    words = [error.says for error in catalog.errors() if error.sure == "page" and error.message]
    quoted = [said for said in words if said in page]
    assert set(words) - set(quoted) == {
        "Invalid API-key provided.",  # the page gives the status, the error page the words
        "Access denied.",
        "url error, please check url",  # the page: "URL errors"
        "close 1015",
    }


@pytest.mark.rule("PAR-19")
def test_phrases_and_dialects_are_those_of_the_api_page(page: str) -> None:
    known = directions.phrases()
    listed = page.partition("cosyvoice-v3-flash with cloned voices:\n")[2].partition(
        "For cosyvoice-v3-flash with system"
    )[0]
    lines = [line.partition(" (Supported")[0] for line in listed.strip().splitlines()]
    assert [sentence.format(dialect="Cantonese") for sentence in known.sentences] == lines
    assert len(lines) == 39
    assert f"Supported dialects: {', '.join(known.dialects)}." in listed
    assert len(known.dialects) == 16


# --- against the vendor's voice list


@pytest.mark.rule("PAR-02")
def test_voices_are_those_of_the_list(documents: Path) -> None:
    with (documents / "voices.tsv").open(encoding="utf-8", newline="") as table:
        listed = [row for row in csv.DictReader(table, delimiter="\t") if not row["voice"].startswith("<")]
    mark = {True: "Y", False: "N"}
    ours = [
        (v.id, v.model, ",".join(v.languages), mark[v.ssml], mark[v.instruct], mark[v.timestamps])
        for v in catalog.voices()
    ]
    assert ours == [tuple(list(row.values())[:6]) for row in listed]
    assert len(ours) == 216
    only_beijing = {
        (v.id, v.model) for v in catalog.voices() if v.regions == ("beijing",) and v.model[-8:] == "v3-flash"
    }
    assert only_beijing == {(row["voice"], row["model"]) for row in listed if "Beijing only" in row["source"]}


@pytest.mark.rule("PAR-02")
def test_only_the_pairs_of_the_list_are_accepted(documents: Path) -> None:
    with (documents / "voices.tsv").open(encoding="utf-8", newline="") as table:
        listed = {(row["voice"], row["model"]) for row in csv.DictReader(table, delimiter="\t")}
    voices = {voice for voice, _ in listed if not voice.startswith("<")}
    pairs = {(voice, known.id) for voice in voices for known in catalog.models()}
    accepted = {
        (voice, model)
        for voice, model in pairs
        if TaskSettings.check({"region": "beijing", "model": model, "voice": voice})[0]
    }
    assert accepted == listed & pairs


def test_no_voice_is_offered_where_its_model_is_not_sold() -> None:
    for voice in catalog.voices():
        model = catalog.model(voice.model)
        assert model is not None
        assert set(voice.regions) <= set(model.regions)


def test_every_model_that_claims_system_voices_has_some() -> None:
    assert all(bool(catalog.voices(model=known.id)) == known.system_voices for known in catalog.models())


@pytest.mark.rule("PAR-13")
def test_every_instruct_voice_has_sentences_and_no_other() -> None:
    for voice in catalog.voices():
        found = directions.sentences(voice.id, voice.model)
        assert bool(found) == voice.instruct
        assert all(sentence.endswith("。") and " " not in sentence for sentence in found)
        assert all(len(sentence) <= catalog.limits().instruction for sentence in found)


@pytest.mark.rule("PAR-13")
def test_every_sentence_is_accepted_and_none_that_is_cut_short() -> None:
    for voice in catalog.voices(instruct=True):
        for sentence, fit in directions.sentences(voice.id, voice.model).items():
            severity = worst(voice, sentence)
            assert severity is (None if fit is directions.Fit.YES else Severity.WARNING)
        for short in (sentence[:-1], sentence[1:], sentence + "。", sentence.replace("，", ",").replace("。", ".")):
            assert worst(voice, short) is Severity.ERROR


def worst(voice: catalog.Voice, instruction: str) -> Severity | None:
    found = TaskSettings.check({"model": voice.model, "voice": voice.id, "instruction": instruction})[1]
    return max((one.severity for one in found), default=None)


@pytest.mark.rule("PAR-13")
def test_the_sentences_of_a_voice() -> None:
    found = directions.sentences("longanyang", "cosyvoice-v3-plus")
    assert len(found) == 7 * (1 + 7 + 1 + 1)
    assert "你正在以一个故事机的身份说话，你说话的情感是disgusted。" in found
    assert set(found.values()) == {directions.Fit.YES}
    disputed = directions.sentences("longanhuan", "cosyvoice-v3-plus")
    assert disputed["你正在进行闲聊互动，你说话的情感是neutral。"] is directions.Fit.DISPUTED
    assert directions.fits("请用四川话表达。", "longanyang", "cosyvoice-v3-flash") is directions.Fit.NO


# --- lookups


def test_every_language_of_a_voice_or_a_hint_has_a_name() -> None:
    hints = catalog.parameter("language_hints")
    spoken = {language for voice in catalog.voices() for language in voice.languages}
    assert {known.code for known in catalog.languages()} == spoken | {*hints.values, *hints.others_values}


def test_no_two_languages_share_a_name() -> None:
    for known in catalog.languages():
        for word in (known.code, known.name, *known.others):
            assert catalog.language_code(word) == known.code


def test_voices_by_condition() -> None:
    assert {v.id for v in catalog.voices(language="id")} == {"loongindah_v3"}
    assert {v.model for v in catalog.voices(ssml=True, instruct=False)} == {"cosyvoice-v2", "cosyvoice-v3-flash"}
    assert catalog.voices(model="cosyvoice-v3.5-flash") == ()
    assert len(catalog.voices(language="EN")) > len(catalog.voices(language="en-GB")) == 10
    assert catalog.voices(region="mars") == ()


@pytest.mark.rule("RUN-05", "PAR-02")
def test_what_is_not_known_is_none_and_no_error() -> None:
    assert catalog.model("cosyvoice-v9") is None
    assert catalog.find_voice("my-own-voice") == ()
    assert catalog.voice("longanyang", "cosyvoice-v1") is None
    assert catalog.cloned("cosyvoice-v1") is None
    with pytest.raises(KeyError):
        catalog.region("mars")
    with pytest.raises(KeyError):
        catalog.parameter("speed")
    with pytest.raises(KeyError):
        catalog.default_model().supports("singing", "intl")


@pytest.mark.parametrize("workspace", ["", "a.b", "a/b", "..", "ü", "a b"])
def test_a_workspace_is_part_of_a_host_name(workspace: str) -> None:
    with pytest.raises(ValueError, match="workspace id"):
        catalog.region("intl").url_of_workspace(workspace)


def test_prices() -> None:
    flash = catalog.default_model()
    price = flash.price("intl")
    assert price is not None
    assert price.of(1_000_000) == Decimal("95.41")
    plus = catalog.model("cosyvoice-v3.5-plus")
    assert plus is not None and plus.price("intl") is None


Y, N, U, S = Claim.YES, Claim.NO, Claim.UNCLEAR, Claim.UNSTATED


@pytest.mark.rule("SSM-01")
@pytest.mark.parametrize(
    ("page_says", "others_say", "beijing", "intl", "intl_unsold"),
    [
        (Y, Y, None, None, None),
        (Y, N, None, None, None),
        (Y, U, None, None, None),
        (N, Y, None, "warning", "warning"),
        (N, U, "warning", "error", "warning"),
        (N, N, "error", "error", "error"),
        (N, S, "error", "error", "error"),
        (S, Y, None, None, None),
        (S, N, "warning", "warning", "warning"),
        (S, S, None, None, None),
    ],
)
def test_the_api_page_decides_unless_a_page_of_the_region_says_otherwise(
    page_says: Claim, others_say: Claim, beijing: str | None, intl: str | None, intl_unsold: str | None
) -> None:
    def severity(regions: tuple[str, ...], region: str) -> str | None:
        model: Model = dataclasses.replace(
            catalog.default_model(), regions=regions, features={"x": Feature(page_says, others_say)}
        )
        support = model.supports("x", region)
        assert support.allowed == (support.severity is None)
        return str(support.severity) if support.severity else None

    assert severity(("intl", "beijing"), "beijing") == beijing
    assert severity(("intl", "beijing"), "intl") == intl
    assert severity(("beijing",), "intl") == intl_unsold


def test_every_model_has_every_feature() -> None:
    named = {parameter.feature for parameter in catalog.parameters().values() if parameter.feature}
    for known in catalog.models():
        assert named <= set(known.features) == set(catalog.default_model().features)


def test_severities_of_support_are_only_warnings_and_errors() -> None:
    found = {
        known.supports(feature, region.id).severity
        for known in catalog.models()
        for feature in known.features
        for region in catalog.regions()
    }
    assert found == {None, Severity.WARNING, Severity.ERROR}


def test_files_are_read_when_they_are_asked_for() -> None:
    code = (
        "import tomllib, json; read = []; loads = tomllib.loads\n"
        "tomllib.loads = lambda text: (read.append(text[:9]), loads(text))[1]\n"
        "from ttsprep import catalog; a = len(read); catalog.limits(); catalog.limits(); b = len(read)\n"
        "catalog.model('x'); print(json.dumps([a, b, len(read)]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [0, 1, 2]
