"""`models`, `voices`, `instructions`, `explain`, and the options that stand for settings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from ttsprep import catalog
from ttsprep.cli import main
from ttsprep.cli.options import OPTIONS, Chosen, choose, settings_options
from ttsprep.cli.tables import width


def run(*words: str, stdin: str = "") -> Result:
    return CliRunner().invoke(main, words, input=stdin)


def as_json(*words: str) -> Any:
    done = run(*words, "--output-format", "json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


# --- models and voices


def test_models_as_a_table_and_as_json() -> None:
    table = run("models")
    assert table.exit_code == 0
    lines = table.stdout.splitlines()
    assert lines[0].split() == ["v1", "v2", "v3-flash", "v3-plus", "v3.5-flash", "v3.5-plus"]
    assert next(line for line in lines if line.startswith("ssml")).split()[1:] == [
        "-",
        "yes",
        "yes",
        "yes",
        "yes",
        "yes",
    ]
    assert max(map(len, lines)) <= 80
    found = as_json("models", "--region", "intl")
    assert [model["id"] for model in found] == ["cosyvoice-v3-flash", "cosyvoice-v3-plus"]
    assert found[0]["prices"]["intl"] == {"amount": "0.9541", "currency": "CNY", "per_characters": 10_000}
    assert found[1]["features"]["hot_fix"]["objection"] == "error"


def test_voices_as_a_table_and_as_json() -> None:
    done = run("voices", "--model", "cosyvoice-v3-plus")
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["voice", "longanyang", "longanhuan"]
    found = as_json("voices", "--language", "ja", "--ssml")
    assert [voice["id"] for voice in found] == ["loongyuuna_v2", "loongyuuma_v2"]
    assert found[0]["languages"] == ["ja"] and found[0]["checked"] == "2026-11-22"
    assert len(as_json("voices")) == 216
    assert {voice["model"] for voice in as_json("voices", "--voice", "longanhuan")} == {
        "cosyvoice-v3-flash",
        "cosyvoice-v3-plus",
    }


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["voices", "--model", "cosyvoice-v3-flsh"], "did you mean cosyvoice-v3-flash?"),
        (["voices", "--region", "singapore"], "did you mean intl?"),
        (["voices", "--voice", "longanyan"], "did you mean longanyang?"),
        (["voices", "--voice", "longxiaochn"], "did you mean longxiaochun_v3?"),
        (["voices", "--voice", "zzz"], "see: ttsprep voices"),
        (["voices", "--model", "gpt"], "there are: cosyvoice-v1, cosyvoice-v2, cosyvoice-v3-flash"),
        (["voices", "--language", "tlh"], "they speak: zh (Chinese), zh-Cantonese (Cantonese)"),
        (["voices", "--language", "French"], "no system voice speaks 'French'"),
        (["voices", "--language", "Chinse"], "did you mean Chinese?"),
        (["voices", "--language", "ja", "--model", "v3-plus"], "no system voice fits all of that"),
        (["models", "--region", "china"], "did you mean beijing?"),
        (["instructions", "--voice", "longxiaochun_v3"], "takes no instruction"),
        (["instructions", "--voice", "longanyan"], "did you mean longanyang?"),
        (["explain", "no", "idea"], "nothing is known about this"),
    ],
)
def test_nothing_found_is_exit_1_and_says_what_to_do(words: list[str], message: str) -> None:
    done = run(*words)
    assert done.exit_code == 1
    assert message in done.stderr and done.stdout == ""


@pytest.mark.parametrize(
    "words",
    [["voices", "--sing"], ["explain"], ["models", "now"], ["instructions", "--model", "cosyvoice-v3-flash"]],
)
def test_a_wrong_call_is_exit_2(words: list[str]) -> None:
    assert run(*words).exit_code == 2


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *((["--language", word], ["--language", "zh"]) for word in ("zh-CN", "zh_CN", "Chinese", "中文", "普通话")),
        *((["--language", word], ["--language", "en-US"]) for word in ("en_us", "en-us", "American English")),
        *((["--language", word], ["--language", "zh-Cantonese"]) for word in ("yue", "zh-HK", "粤语", "cantonese")),
        (["--model", "v3-flash"], ["--model", "cosyvoice-v3-flash"]),
        (["--model", "CosyVoice-v3-Flash"], ["--model", "cosyvoice-v3-flash"]),
        (["--model", "cosyvoice v3.5 plus"], ["--model", "cosyvoice-v3.5-plus"]),
        (["--voice", "LongAnYang"], ["--voice", "longanyang"]),
        (["--voice", "long an yang"], ["--voice", "longanyang"]),
        (["--region", "Beijing"], ["--region", "beijing"]),
    ],
)
def test_names_are_taken_as_people_write_them(written: list[str], meant: list[str]) -> None:
    done = run("voices", *written)
    assert (done.exit_code, done.output) == ((expected := run("voices", *meant)).exit_code, expected.output)


# --- instructions


@pytest.mark.rule("PAR-19")
def test_phrases_and_dialects() -> None:
    done = run("instructions")
    assert "Please speak in {dialect}." in done.stdout and "Shanghainese" in done.stdout
    every = run("instructions", "--all").stdout.splitlines()
    assert len(every) == 39 - 1 + 16 and "Please speak in Minnan." in every
    found = as_json("instructions")
    assert (len(found["sentences"]), len(found["dialects"])) == (39, 16)


@pytest.mark.rule("PAR-13")
def test_sentences_of_a_system_voice() -> None:
    every = run("instructions", "--voice", "longanhuan_v3", "--all").stdout.splitlines()
    assert len(every) == 9 and "请用四川话表达。" in every
    found = as_json("instructions", "--voice", "longanhuan", "--model", "cosyvoice-v3-plus", "--all")
    assert [len(template["sentences"]) for template in found] == [7, 7 * 8, 7]
    assert found[1]["disputed"] == {"scene": ["闲聊互动"]}


# --- explain


def test_explain_as_text_and_as_json() -> None:
    done = run("explain", "Engine", "return", "error", "code:", "418")
    assert done.exit_code == 0
    assert "the voice does not fit the model" in done.stdout and "PAR-02" in done.stdout
    assert [error["id"] for error in as_json("explain", "close 1007")] == ["refused-message"]


def test_explain_reads_standard_input_and_repeats_none_of_it() -> None:
    done = run("explain", "-", stdin="Authorization: Bearer sk-0123456789\nHTTP 401\n")
    assert done.exit_code == 0 and "sk-0123456789" not in done.output
    lost = run("explain", "-", stdin="Authorization: Bearer sk-0123456789\nwhat a day\n")
    assert lost.exit_code == 1 and "sk-0123456789" not in lost.output


def test_explain_knows_our_own_diagnostics() -> None:
    done = run("explain", "par006")
    assert done.exit_code == 0 and done.stdout == run("explain", "script.md:3:5:", "error", "PAR006", "…").stdout
    for words in ("The speech rate is no number", "meaning:", "example: rate = 3", "fix:     rate = 1", "PAR-06"):
        assert words in done.stdout
    (found,) = as_json("explain", "PAR006")
    assert (found["kind"], found["id"], found["api"]) == ("diagnostic", "PAR006", ["PAR-06"])


@pytest.mark.rule("FLW-02")
def test_explain_knows_the_rules_that_protocol_errors_name() -> None:
    done = run("explain", "FLW-02")
    assert done.exit_code == 0
    for words in ("before task-started makes the task fail", "Invalid action('continue-task')!"):
        assert words in done.stdout
    assert [found["kind"] for found in as_json("explain", "PAR-06 and 418")] == ["api-rule", "failure"]


def test_several_facts_of_one_text_are_all_explained() -> None:
    done = run("explain", "418", "FLW-02", "PAR006", "close", "1011")
    heads = [line for line in done.stdout.splitlines() if line and not line.startswith(" ")]
    assert [head.partition(" ")[0] for head in heads] == ["[tts:]Engine", "FLW-02:", "PAR006", "Internal"]


@pytest.mark.parametrize(
    ("said", "hint"),
    [("FWL-02", "did you mean FLW-02?"), ("PAR06O", ""), ("InvalidParamter", "    InvalidParameter"), ("zzz", "")],
)
def test_what_is_not_known_gets_a_hint_where_something_is_near(said: str, hint: str) -> None:
    done = run("explain", said)
    assert done.exit_code == 1 and done.stdout == "" and hint in done.stderr
    assert hint or done.stderr.strip() == "nothing is known about this"


# --- tables


def test_columns_line_up_in_cells() -> None:
    from ttsprep.cli.tables import aligned

    lines = list(aligned(["a", "b"], [["龙安洋", "x"], ["é", "x"], ["longanyang", "x"]]))
    assert {width(line[: line.rindex(" ") + 1]) for line in lines[1:]} == {12}


# --- options for settings


@click.command()
@settings_options
def show(settings: Chosen) -> None:
    for found in settings.diagnostics:
        click.echo(f"{found.rule.code} {found.field}", err=True)
    if settings.settings:
        click.echo(json.dumps({"model": settings.settings.model, **settings.settings.parameters()}))


def shown(*words: str) -> dict[str, Any]:
    done = CliRunner().invoke(show, words)
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_there_is_an_option_for_every_parameter() -> None:
    assert {name for _, name in OPTIONS} | {"text_type", "hot_fix"} == {"region", "model", *catalog.parameters()}


@pytest.mark.rule("PAR-06")
def test_options_are_sent_as_they_are_given() -> None:
    assert shown("--rate", "1", "--pitch", "1.0", "--no-enable-ssml", "--language", "zh") == {
        "model": "cosyvoice-v3-flash",
        "text_type": "PlainText",
        "voice": "longanyang",
        "rate": 1,
        "pitch": 1.0,
        "enable_ssml": False,
        "language_hints": ["zh"],
    }
    assert type(shown("--rate", "1")["rate"]) is int
    assert shown() == {"model": "cosyvoice-v3-flash", "text_type": "PlainText", "voice": "longanyang"}


def test_all_problems_of_the_options_come_at_once() -> None:
    done = CliRunner().invoke(show, ["--rate", "fast", "--volume", "101", "--format", "ogg", "--language", "xx"])
    assert done.stderr.split() == [
        *("PAR003", "format", "PAR005", "volume", "PAR006", "rate", "PAR012", "language_hints[0]")
    ]


def test_an_option_wins_over_the_file(tmp_path: Path) -> None:
    path = tmp_path / "voice.toml"
    path.write_text('rate = 3\nvolume = 7\nhot_fix.replace = [{ "今天" = "金天" }]\n', "utf-8")
    found = shown("--settings", str(path), "--rate", "2")
    assert (found["rate"], found["volume"], list(found["hot_fix"])) == (2, 7, ["replace"])


def test_places_are_those_of_the_file_and_none_for_options(tmp_path: Path) -> None:
    path = tmp_path / "voice.toml"
    path.write_text("rate = 3\nvolume = 700\n", "utf-8")
    chosen = choose(path, {"rate": 9, "pitch": None, "language_hints": ()})
    assert chosen.settings is None and chosen.source is not None
    assert [found.span and found.span.of(chosen.source.text) for found in chosen.diagnostics] == ["700", None]


def test_a_broken_file_is_reported_with_its_text(tmp_path: Path) -> None:
    path = tmp_path / "voice.toml"
    path.write_text("rate = = 3", "utf-8")
    chosen = choose(path, {})
    assert chosen.settings is None and chosen.source is not None
    assert chosen.diagnostics[0].rule.code == "PAR022"


def test_the_help_names_ranges_and_defaults() -> None:
    text = CliRunner().invoke(show, ["--help"]).stdout
    for words in ("--volume 0..100", "--format pcm|wav|mp3|opus", "[default: 22050 Hz]", "[default: 0]"):
        assert words in " ".join(text.split())


def test_values_complete_in_a_shell() -> None:
    option = next(parameter for parameter in show.params if parameter.name == "voice")
    context = click.Context(show)
    context.params["model"] = "cosyvoice-v3-plus"
    assert [item.value for item in option.shell_complete(context, "longan")] == ["longanyang", "longanhuan"]
