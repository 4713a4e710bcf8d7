"""The commands of hot-fix, and --lexicon, as a person or a script uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.test_cli_text import run, write
from ttsprep.lexicon import read_lexicon

NAMES = "重庆 chong2 qing4\n[银]行 hang2\n今天 = 金天\n"
TEXT = "行人今天去重庆的银行。"
HOT_FIX = {
    "pronunciation": [{"重庆": "chong2 qing4"}, {"银行": "yin2 hang2"}],
    "replace": [{"今天": "金天"}],
}


@pytest.fixture
def names(tmp_path: Path) -> str:
    return write(tmp_path, "names.txt", NAMES)


def test_build_prints_a_settings_file(tmp_path: Path, names: str) -> None:
    done = run("hot-fix", "build", "--lexicon", names, given=TEXT)
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {"hot_fix": HOT_FIX}
    assert "<stdin>: 重庆 1" in done.stderr
    settings = write(tmp_path, "made.json", done.stdout)
    line = run("prepare", "--settings", settings, given=TEXT).stdout.splitlines()[0]
    assert json.loads(line)["payload"]["parameters"]["hot_fix"] == HOT_FIX


def test_a_later_file_wins(tmp_path: Path, names: str) -> None:
    ours = write(tmp_path, "ours.csv", "text,kind,value\n今天,replace,本日\n")
    done = run("hot-fix", "apply", "--lexicon", names, "--lexicon", ours, given="今天")
    assert done.stdout == "本日\n"


def test_apply_as_json(names: str) -> None:
    done = run("hot-fix", "apply", "--lexicon", names, "--output-format", "json", given="今天去重庆")
    facts = {"file": "<stdin>", "text": "金天去重庆", "readings": [[3, 5, "chong2 qing4"]], "counted": 10}
    assert json.loads(done.stdout) == facts


def test_build_looks_at_what_is_sent(tmp_path: Path) -> None:
    """A formula is left to the model that reads it, so a key in it does not act by our intent."""
    names = write(tmp_path, "names.txt", "加 = 家\n")
    done = run("hot-fix", "build", "--lexicon", names, given="设 $x+1$。")
    assert json.loads(done.stdout) == {"hot_fix": {}}


def test_build_says_that_a_model_has_no_hot_fix(names: str) -> None:
    done = run("hot-fix", "build", "--lexicon", names, "--model", "cosyvoice-v3-plus", given=TEXT)
    assert done.exit_code == 0 and "HOT038 note: cosyvoice-v3-plus has no hot_fix" in done.stderr


def test_diagnostics_stand_in_the_script(tmp_path: Path) -> None:
    names = write(tmp_path, "names.txt", "长城 chang2 cheng2\n城管 cheng2 guan3\n")
    done = run("hot-fix", "build", "--lexicon", names, given="# 题\n\n**长城管**\n")
    assert "<stdin>:3:3: HOT031 warning" in done.stderr


@pytest.mark.parametrize("command", [["prepare"], ["speak", "--dry-run", "--output-format", "json"]])
def test_prepare_and_speak_take_a_lexicon(command: list[str], names: str) -> None:
    done = run(*command, "--lexicon", names, given=TEXT)
    first = json.loads(done.stdout.splitlines()[0])
    assert first.get("parameters", first.get("payload", {}).get("parameters"))["hot_fix"] == HOT_FIX


@pytest.mark.parametrize("command", [["prepare"], ["speak", "--dry-run"], ["hot-fix", "build"], ["hot-fix", "check"]])
def test_a_lexicon_with_errors_ends_the_command(command: list[str], tmp_path: Path) -> None:
    names = write(tmp_path, "names.txt", "重庆 chong2 qing4\n行长 hang2 zhnag3\n")
    done = run(*command, *([names] if command[-1] == "check" else ["--lexicon", names]), given=TEXT)
    assert done.exit_code == 1
    assert "names.txt:2:" in done.stderr and not done.stdout


def test_a_lexicon_that_cannot_be_read_is_a_usage_error() -> None:
    done = run("prepare", "--lexicon", "nowhere.txt", given=TEXT)
    assert done.exit_code == 2 and "cannot read nowhere.txt" in done.stderr


def test_errors_of_a_lexicon_are_json_too(tmp_path: Path) -> None:
    names = write(tmp_path, "names.txt", "行长 hang2 zhnag3\n")
    done = run("speak", "--dry-run", "--output-format", "json", "--lexicon", names, given=TEXT)
    facts = json.loads(done.stdout)
    assert done.exit_code == facts["exit_code"] == 1
    assert [found["file"] for found in facts["diagnostics"]] == [names]


def test_check_says_how_many_entries_there_are(names: str) -> None:
    assert run("hot-fix", "check", names).stdout == "3 entries: 2 pronunciation, 1 replace\n"
    as_json = run("hot-fix", "check", names, "--output-format", "json").stdout
    assert json.loads(as_json) == {"entries": 3, "pronunciation": 2, "replace": 1}


@pytest.mark.parametrize("ending", ["csv", "tsv", "yaml", "toml", "json", "pls", "txt"])
def test_convert_keeps_the_entries(ending: str, tmp_path: Path) -> None:
    names = write(tmp_path, "names.txt", "重庆 chong2 qing4\n今天 = 金天\n")
    target = tmp_path / f"out.{ending}"
    assert run("hot-fix", "convert", names, "-o", str(target)).exit_code == 0
    assert read_lexicon(target)[0] == read_lexicon(names)[0]


def test_convert_wants_a_format(names: str) -> None:
    assert run("hot-fix", "convert", names).exit_code == 2
    done = run("hot-fix", "convert", names, "-o", "names.docx")
    assert done.exit_code == 2 and "the ending of names.docx tells no format" in done.stderr


def test_propose_writes_a_draft(tmp_path: Path) -> None:
    script, draft = write(tmp_path, "a.md", "他在银行，长得高。"), tmp_path / "draft.csv"
    assert run("hot-fix", "propose", script, "--to", "csv", "-o", str(draft)).exit_code == 0
    lexicon, found = read_lexicon(draft)
    assert lexicon is not None and not found
    assert [(entry.key, entry.value) for entry in lexicon] == [("长", "zhang3"), ("得", "de2")]
    quiet = run("hot-fix", "propose", given="他在银行。")
    assert (quiet.stdout, quiet.stderr) == ("", "<stdin>: 0 of 1 characters with several readings are open\n")


def test_propose_asks(tmp_path: Path) -> None:
    script = write(tmp_path, "a.md", "他长得高。")
    done = run("hot-fix", "propose", script, "--ask", given="cháng\nde\n-\n")
    assert done.exit_code == 0
    assert done.stdout == "[他]长[得] chang2  # open: zhang3 chang2\n"
    assert "'de' is no reading of '得'" in done.stderr


def test_propose_as_json() -> None:
    done = run("hot-fix", "propose", "--output-format", "json", given="# 题\n\n他长大\n")
    assert done.stdout == ""
    (first, *_) = map(
        json.loads, run("hot-fix", "propose", "--output-format", "json", given="\n他长。").stdout.splitlines()
    )
    assert (first["line"], first["column"], first["character"], first["tier"]) == (2, 2, "长", "open")


def test_asking_needs_files() -> None:
    assert run("hot-fix", "propose", "--ask", given="行").exit_code == 2


def test_every_file_has_corrections_of_its_own(tmp_path: Path, names: str) -> None:
    one, other = write(tmp_path, "a.md", "重庆"), write(tmp_path, "b.md", "今天")
    target = tmp_path / "out.wav"
    done = run("speak", one, other, "--emulator", "-o", str(target), "--lexicon", names)
    assert done.exit_code == 0 and target.stat().st_size > 44
    starts = [json.loads(line) for line in run("prepare", one, other, "--lexicon", names).stdout.splitlines()]
    given = [line["payload"]["parameters"]["hot_fix"] for line in starts if line["header"]["action"] == "run-task"]
    assert given == [{"pronunciation": [{"重庆": "chong2 qing4"}]}, {"replace": [{"今天": "金天"}]}]
