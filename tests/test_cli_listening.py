"""What is heard of Markdown on the command line: the options, and the text of a pipe while it comes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from dataclasses import fields
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.conftest import CASES, ROOT
from ttsprep import MarkdownOptions
from ttsprep.cli import main

CASES_OF_OPTIONS: list[dict[str, Any]] = [
    case
    for case in tomllib.loads((CASES / "markdown" / "options.toml").read_text("utf-8"))["case"]
    if "settings" not in case
]


def run(*arguments: str, given: str | bytes = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=given)


def flags(name: str, value: Any) -> list[str]:
    flag = name.replace("_", "-")
    if isinstance(value, bool):
        return [f"--{flag}" if value else f"--no-{flag}"]
    return [f"--{flag}", str(value)]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES_OF_OPTIONS])
def test_options(case: dict[str, Any]) -> None:
    arguments = [flag for name, value in case["options"].items() for flag in flags(name, value)]
    arguments += ["--neutral"] if case.get("neutral") else []
    assert run("strip", *arguments, given=case["document"]).stdout == case["heard"] + "\n"
    assert run("strip", "--stream", *arguments, given=case["document"]).stdout == case["heard"] + "\n"


def test_every_field_of_the_options_has_a_case() -> None:
    assert {name for case in CASES_OF_OPTIONS for name in case["options"]} == {
        field.name for field in fields(MarkdownOptions)
    }


@pytest.mark.parametrize("command", ["count", "split", "prepare"])
def test_other_commands_take_them_too(command: str) -> None:
    document = "a\n\n```\ncode\n```\n"
    read, skipped = run(command, "--code", "read", given=document), run(command, "--code", "skip", given=document)
    assert read.exit_code == skipped.exit_code == 0
    assert read.stdout != skipped.stdout


def test_ssml_from_markdown_takes_them_too() -> None:
    done = run("ssml", "from-markdown", "--code", "read", "--tasks", "skip", given="- [x] a\n\n```\ncode\n```\n")
    assert "a." in done.stdout and "code" in done.stdout and "Done" not in done.stdout
    assert run("ssml", "from-markdown", "--no-pauses", given="# a\n\nb").stdout == "<speak>a.\nb</speak>\n"


def test_speak_takes_them_too() -> None:
    done = run("speak", "--dry-run", "--output-format", "json", "--code", "read", given="```\nab\n```\n")
    assert json.loads(done.stdout.splitlines()[0])["counted"] == 2


def test_a_wrong_value_names_the_right_ones() -> None:
    done = run("strip", "--tables", "rowss", given="x")
    assert done.exit_code == 2
    assert "'auto', 'rows', 'labelled', 'announce', 'skip'" in done.stderr


def test_names_of_emoji_need_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ttsprep.markdown._options.find_spec", lambda _: None)
    done = run("strip", "--emoji", "name", given="x")
    assert done.exit_code == 2
    assert "pip install 'ttsprep[emoji]'" in done.stderr


def test_a_pipe_is_printed_while_it_comes() -> None:
    command = [sys.executable, "-m", "ttsprep", "strip", "--stream"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write("# 标题\n\n第一".encode())
        process.stdin.flush()
        heading = "标题。".encode()
        assert process.stdout.read(len(heading)) == heading  # before the rest has come
        rest, _ = process.communicate("句。\n".encode(), timeout=30)
    assert rest.decode() == "\n第一句。\n"


def test_a_stream_in_json_has_the_places_of_the_whole() -> None:
    done = run("strip", "--stream", "--output-format", "json", given="**好**。[^x]\n")
    line = json.loads(done.stdout)
    assert line == {"text": "好。", "pieces": [{"kind": "verbatim", "text": "好", "span": [2, 3]}, *line["pieces"][1:]]}
    assert "<stdin>:1:7: MDN003" in done.stderr


@pytest.mark.parametrize("arguments", [["docs/tour.md"], ["--from", "ssml"], ["-", "x.md"]])
def test_only_markdown_from_standard_input_is_streamed(arguments: list[str]) -> None:
    done = run("strip", "--stream", *arguments, given="<speak>a</speak>")
    assert done.exit_code == 2 and "standard input" in done.stderr


def test_a_stream_that_cannot_be_decoded_is_an_error_at_its_place() -> None:
    done = run("strip", "--stream", given=b"good. And\xff")
    assert done.exit_code == 1
    assert "<stdin>:1:10: TXT001 error" in done.stderr


def test_the_help_lists_the_options_apart() -> None:
    page = run("speak", "--help").stdout
    assert page.index("\nOptions:") < page.index("\nSettings of the task:") < page.index("--voice")
    assert page.index("\nMarkdown, as it is heard:") < page.index("--tables")
