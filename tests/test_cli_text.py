"""The commands prepare, count, strip and split, as a person or a script uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ttsprep import Source, TaskSettings, prepare
from ttsprep.cli import main

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
TOUR = str(EXAMPLES / "tour.md")


def run(*arguments: str, given: str | bytes = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=given)


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_prepare_prints_instructions_and_a_summary_apart() -> None:
    done = run("prepare", TOUR)
    assert done.exit_code == 0
    actions = [json.loads(line)["header"]["action"] for line in done.stdout.splitlines()]
    assert actions == ["run-task", "continue-task", "finish-task"]
    assert "counted characters" in done.stderr and "tour.md" in done.stderr


@pytest.mark.rule("FLW-06", "FLW-07")
def test_every_task_has_a_new_id_of_its_own(tmp_path: Path) -> None:
    long = write(tmp_path, "long.txt", "一二三四五六七八九。" * 11_000)
    lines = [json.loads(line)["header"] for line in run("prepare", long, TOUR).stdout.splitlines()]
    by_task = [header["task_id"] for header in lines if header["action"] == "run-task"]
    assert len(by_task) == len(set(by_task)) == 3
    assert {header["task_id"] for header in lines} == set(by_task)
    assert all(len(task_id) == 32 for task_id in by_task)


def test_prepare_takes_settings_from_options_and_file(tmp_path: Path) -> None:
    settings = write(tmp_path, "voice.toml", 'voice = "longxiaochun_v3"\nrate = 1\n')
    done = run("prepare", "--settings", settings, "--rate", "1.5", "--format", "wav", given="你好。")
    parameters = json.loads(done.stdout.splitlines()[0])["payload"]["parameters"]
    assert parameters == {"text_type": "PlainText", "voice": "longxiaochun_v3", "format": "wav", "rate": 1.5}


@pytest.mark.parametrize("content", ['{"voice": "longxiaochun_v3", "rate": 1}', "{}"])
def test_a_settings_file_may_be_json(tmp_path: Path, content: str) -> None:
    done = run("prepare", "--settings", write(tmp_path, "voice.json", content), "--rate", "1.5", given="你好。")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[0])["payload"]["parameters"]["rate"] == 1.5


def test_a_mistake_in_a_json_file_is_placed_in_it(tmp_path: Path) -> None:
    settings = write(tmp_path, "bad.json", '{\n "rate": 3,\n "fromat": "mp3"}')
    done = run("prepare", "--settings", settings, given="你好。")
    assert done.exit_code == 1
    assert "bad.json:2:10: PAR006" in done.stderr and "bad.json:3:2: PAR020" in done.stderr


def test_prepare_names_every_wrong_setting_at_once_and_sends_nothing() -> None:
    done = run("prepare", "--rate", "3", "--format", "ogg", given="你好。")
    assert done.exit_code == 1 and done.stdout == ""
    assert "rate" in done.stderr and "ogg" in done.stderr


def test_prepare_can_annotate_with_spans() -> None:
    done = run("prepare", "--annotate", given="# 你好\n")
    part = json.loads(done.stdout.splitlines()[1])
    assert part["instruction"]["payload"]["input"]["text"].startswith("你好")
    assert part["span"] == [2, 4] and part["counted"] > 4


def test_an_error_in_one_script_leaves_the_others_their_instructions(tmp_path: Path) -> None:
    empty = write(tmp_path, "empty.md", "<!-- nothing -->")
    done = run("prepare", empty, TOUR)
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 3
    assert "empty.md:1:1: PAY001 error" in done.stderr


@pytest.mark.rule("TXT-05")
@pytest.mark.rule("SSM-03")
def test_a_misspelt_speak_on_standard_input_is_ssml() -> None:
    done = run("prepare", "--enable-ssml", "-", given="<Speak>a</Speak>")
    assert done.exit_code == 1 and "<stdin>:1:2: SSM030 error" in done.stderr and "MDN" not in done.stderr


def _enable_ssml(done: Result) -> object:
    return json.loads(done.stdout.splitlines()[0])["payload"]["parameters"].get("enable_ssml")


@pytest.mark.rule("SSM-03")
@pytest.mark.parametrize(
    ("name", "text", "options", "enabled", "said"),
    [
        ("a.ssml", "<speak>a</speak>", [], True, "note"),
        ("a.xml", "<speak>a</speak>", [], True, "note"),
        ("a", "<speak>a</speak>", [], True, "note"),
        ("a.txt", "<speak>a</speak>", ["--from", "ssml"], True, "note"),
        ("a.ssml", "<speak>a</speak>", ["--enable-ssml"], True, ""),
        ("a.ssml", "<speak>a</speak>", ["--no-enable-ssml"], False, "warning"),
        ("a.txt", "<speak>a</speak>", [], None, "warning"),
        ("a.ssml", "<speak>a</speak>", ["--from", "text"], None, "warning"),
        ("a.md", "a", [], None, ""),
    ],
)
def test_ssml_is_sent_as_ssml_unless_something_else_is_said(
    tmp_path: Path, name: str, text: str, options: list[str], enabled: bool | None, said: str
) -> None:
    done = run("prepare", *options, write(tmp_path, name, text))
    assert (done.exit_code, _enable_ssml(done)) == (0, enabled), done.output
    found = [line for line in done.stderr.splitlines() if "SSM001" in line]
    assert len(found) == bool(said) and all(f"SSM001 {said}: " in line for line in found)


@pytest.mark.rule("SSM-03")
def test_a_settings_file_has_the_say_about_enable_ssml(tmp_path: Path) -> None:
    path = write(tmp_path, "a.ssml", "<speak>a</speak>")
    silent = write(tmp_path, "silent.toml", 'word_timestamp_enabled = true\nvoice = "longanyang"\n')
    false = write(tmp_path, "false.toml", "enable_ssml = false\n")
    assert _enable_ssml(run("prepare", "--settings", silent, path)) is True
    done = run("prepare", "--settings", false, path)
    assert _enable_ssml(done) is False and "SSM001 warning" in done.stderr


@pytest.mark.rule("SSM-01")
def test_ssml_for_a_model_that_reads_none_is_refused_and_the_other_files_are_not(tmp_path: Path) -> None:
    settings = write(tmp_path, "a.toml", 'region = "beijing"\nmodel = "cosyvoice-v1"\nvoice = "longwan"\n')
    files = write(tmp_path, "a.ssml", "<speak>a</speak>"), write(tmp_path, "b.txt", "b")
    done = run("prepare", "--settings", settings, *files)
    assert done.exit_code == 1 and f"{files[0]}: enable_ssml: PAR030 error" in done.stderr, done.output
    assert len(done.stdout.splitlines()) == 3 and '"b"' in done.stdout
    assert done.stderr.count("PAR030") == 1
    plan = run("speak", "--dry-run", "--settings", settings, *files)
    assert plan.exit_code == 1 and plan.stdout == ""


def test_count_prints_each_file_and_the_total(tmp_path: Path) -> None:
    one, two = write(tmp_path, "one.txt", "你好"), write(tmp_path, "two.txt", "中A文123")
    done = run("count", one, two)
    assert done.stdout.splitlines() == [f" 4 {one}", f" 8 {two}", "12 total"]
    as_json = [json.loads(line) for line in run("count", "--output-format", "json", one).stdout.splitlines()]
    assert as_json == [{"file": one, "counted": 4}]


@pytest.mark.parametrize(("options", "counted"), [([], "2"), (["--from", "text"], "6"), (["--from", "markdown"], "2")])
def test_markdown_is_counted_as_it_is_spoken(options: list[str], counted: str) -> None:
    assert run("count", *options, given="**hi**").stdout.split()[0] == counted


def test_strip_prints_what_is_spoken() -> None:
    assert run("strip", given="*Hi* [there](https://example.com)\n").stdout == "Hi there\n"


def test_strip_explains_where_each_piece_comes_from() -> None:
    lines = run("strip", "--explain", given="# 你好\n").stdout.splitlines()
    assert lines[0] == "<stdin>:1:3: verbatim '你好'"
    assert "inserted" in lines[1] and "。" in lines[1]


def test_strip_as_json_has_the_pieces() -> None:
    found = json.loads(run("strip", "--output-format", "json", given="&amp; so").stdout)
    assert found["text"].startswith("& so")
    assert found["pieces"][0] == {"kind": "replaced", "text": "&", "span": [0, 5]}


def test_split_prints_a_sentence_a_line() -> None:
    done = run("split", given="Dr. Smith paid $3.14. 他说：“好！”然后走了。")
    assert done.stdout.splitlines() == ["Dr. Smith paid $3.14.", "他说：“好！”", "然后走了。"]


def test_split_as_json_gives_source_spans() -> None:
    rows = [
        json.loads(line) for line in run("split", "--output-format", "json", given="**Hi!** You").stdout.splitlines()
    ]
    assert rows[0]["span"] == [2, 5] or rows[0]["span"][0] == 2
    assert rows[0]["complete"] is True


@pytest.mark.parametrize("syntax", ["text", "markdown"])
def test_split_of_a_stream_prints_what_it_prints_of_the_whole(tmp_path: Path, syntax: str) -> None:
    path = write(tmp_path, "a", "Dr. **Smith** paid $3.14. 他说：“好！”然后走了。\n\nNext <b>line</b>. It ended.Then")
    for form in ("text", "json"):
        whole, stream = (
            run("split", "--from", syntax, "--output-format", form, *more, path) for more in ([], ["--stream"])
        )
        texts = [line.partition('"span"')[0] for line in stream.stdout.splitlines()]
        assert texts == [line.partition('"span"')[0] for line in whole.stdout.splitlines()]


def test_split_explains_itself() -> None:
    done = run("split", "--explain", given="Dr. No left at 3.14 p.m. He ran.")
    lines = done.stdout.splitlines()
    assert [line for line in lines if line[0] != " "] == ["Dr. No left at 3.14 p.m.", "He ran."]
    assert lines[1].startswith("    no end at 'Dr.': ")
    row = json.loads(run("split", "--explain", "--output-format", "json", given="Dr. No.").stdout)
    assert [decision["end"] for decision in row["decisions"]] == [None, 7]


def test_options_of_split() -> None:
    def lines(given: str, *options: str) -> list[str]:
        return run("split", *options, "--from", "text", given=given).stdout.splitlines()

    assert lines("Er kam als 3. Mann. Gut.", "--language", "de") == ["Er kam als 3. Mann.", "Gut."]
    assert lines("a cold\nnight. He slept.", "--wrapped") == ["a cold night.", "He slept."]
    assert lines("It ended.Then he left.", "--no-glued") == ["It ended.Then he left."]
    assert lines("他走了。”好。", "--eager") == ["他走了。", "”好。"]
    assert lines("One. Two. Three.", "--minimum", "8") == ["One. Two.", "Three."]
    assert lines("one two three", "--maximum", "8") == ["one two", "three"]
    assert lines("Well, yes. No.", "--first", "6", "--minimum", "20") == ["Well,", "yes. No."]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--language", "xx"], "'xx'"),
        (["--minimum", "9", "--maximum", "8"], "above maximum"),
        (["--stream", "--explain"], "--explain"),
        (["--stream", "--from", "ssml"], "cannot be streamed"),
    ],
)
def test_what_split_refuses(options: list[str], says: str) -> None:
    done = run("split", *options, given="a")
    assert done.exit_code == 2 and says in done.stderr


def test_split_of_a_stream_reports_what_cannot_be_read(tmp_path: Path) -> None:
    path = write(tmp_path, "old.txt", "Hello. " + "你好，世界。我们今天来读一首诗。")
    Path(path).write_bytes(b"Hello there. " + "你好，世界。".encode("gb18030"))
    assert run("split", "--stream", path).exit_code == 1
    missing = run("split", "--stream", str(tmp_path / "none"))
    assert missing.exit_code == 2 and "cannot read" in missing.stderr


@pytest.mark.rule("TXT-06")
@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16", "shift_jis", "euc_kr"])
def test_bytes_that_are_not_utf8_are_named_with_their_offset_and_likely_encoding(tmp_path: Path, encoding: str) -> None:
    text = {"shift_jis": "こんにちは、世界。これはテストです。", "euc_kr": "안녕하세요. 여러분 반갑습니다."}.get(
        encoding, "大家好，我們今天來讀一首詩。" if encoding == "big5" else "你好，世界。我们今天来读一首诗。"
    )
    path = write(tmp_path, "old.txt", text.encode(encoding))
    done = run("count", path)
    assert done.exit_code == 1 and done.stdout == ""
    assert "TXT001" in done.stderr and "offset 0" in done.stderr
    assert f"--encoding {encoding}" in done.stderr
    assert run("count", "--encoding", encoding, path).exit_code == 0


def test_a_file_that_is_not_there_is_a_usage_error() -> None:
    done = run("count", "no-such-file.txt")
    assert done.exit_code == 2 and "no-such-file.txt" in done.stderr


@pytest.mark.parametrize(
    ("command", "printed"), [("count", "4 "), ("strip", "你好"), ("split", "你好"), ("prepare", '"你好"')]
)
def test_one_bad_file_stops_no_other(tmp_path: Path, command: str, printed: str) -> None:
    good, bad = write(tmp_path, "good.txt", "你好"), write(tmp_path, "bad.txt", b"\xff\xfe\xff")
    done = run(command, bad, good)
    assert done.exit_code == 1 and printed in done.stdout
    done = run(command, "none.txt", bad, good)
    assert done.exit_code == 2 and printed in done.stdout and "TXT001" in done.stderr
    assert done.stderr.count("cannot read none.txt") == 1


@pytest.mark.parametrize("encoding", ["klingon", "hex", "base64", "rot13", "undefined"])
def test_an_encoding_that_is_none_is_a_usage_error(encoding: str) -> None:
    done = run("count", "--encoding", encoding, given="x")
    assert done.exit_code == 2 and encoding in done.stderr


def test_an_encoding_that_does_not_say_where_it_failed_is_an_error_all_the_same() -> None:
    done = run("count", "--encoding", "punycode", given=b"\xff\xfe")
    assert done.exit_code == 1 and "TXT001" in done.stderr


def test_a_mistyped_command_is_answered_with_the_right_one() -> None:
    done = run("prepar")
    assert done.exit_code == 2 and "Did you mean 'prepare'?" in done.stderr


def test_help_names_every_command() -> None:
    done = run("--help")
    assert done.exit_code == 0
    for command in ("prepare", "count", "strip", "split", "speak", "emulate", "models", "voices", "explain"):
        assert f"\n  {command} " in done.stdout


@pytest.mark.rule("SSM-03", "SSM-04")
@pytest.mark.parametrize(
    ("name", "text", "options", "advice"),
    [
        (
            "a.ssml",
            "<speak>你好</speak>",
            ["--no-enable-ssml"],
            "set enable_ssml to true in the settings (--enable-ssml)",
        ),
        ("a.txt", "<speak>你好</speak>", [], "(--enable-ssml), and read the text as SSML (syntax='ssml', --from ssml)"),
        (
            "a.ssml",
            f"<speak><say-as interpret-as='name'>{'你好' * 6_000}</say-as></speak>",
            ["--enable-ssml"],
            "shorten it, or make several elements of it",
        ),
    ],
)
def test_what_no_edit_of_the_text_mends_gets_advice(
    tmp_path: Path, name: str, text: str, options: list[str], advice: str
) -> None:
    path = write(tmp_path, name, text)
    lines = run("prepare", *options, path).stderr.splitlines()
    assert [line for line in lines if line.startswith("    fix: ") and advice in line]
    plan = prepare(Source.read(path)[0], TaskSettings(enable_ssml="--enable-ssml" in options))
    (fix,) = [found.fix for found in plan.diagnostics if found.fix is not None]
    assert advice in fix.title and fix.apply(text) == text
