"""ttsprep ssml, as an author or a script uses it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ttsprep.cli import main
from ttsprep.ssml import validate

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = ("check", "fix", "format", "text", "split", "convert", "diff", "build", "from-markdown")
FAULTY = '<speak rate="200">你好<break time="0.5s"/>Tom & Jerry</speak>\n'
MENDED = '<speak rate="200">你好<break time="500ms"/>Tom &amp; Jerry</speak>\n'
GUESSED = '<speak rate="1.25">你好<break time="500ms"/>Tom &amp; Jerry</speak>\n'
GOOD = "<speak>你好。</speak>\n"


def run(*arguments: str, given: str | bytes = "") -> Result:
    return CliRunner().invoke(main, ["ssml", *arguments], input=given, env={"COLUMNS": "100"})


def rows(done: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


# --- format

UNTIDY = "<speak  volume='80' rate='2' >Hi <break time='1s' ></break></speak>\r\n"
TIDY = '<speak rate="2" volume="80">Hi <break time="1s"/></speak>\r\n'


def test_format_writes_one_form(tmp_path: Path) -> None:
    name = write(tmp_path, "a.ssml", UNTIDY)
    assert run("format", name).stdout_bytes == TIDY.encode()
    assert run("format", "-", given=UNTIDY.encode()).stdout_bytes == TIDY.encode()
    checked = run("format", "--check", name)
    assert (checked.exit_code, checked.stdout) == (1, "")
    assert "a.ssml: would change" in checked.stderr
    shown = run("format", "--diff", name)
    assert shown.exit_code == 1 and "+<speak rate=" in shown.stdout
    assert Path(name).read_bytes() == UNTIDY.encode()
    assert run("format", "-i", name).exit_code == 0
    assert Path(name).read_bytes() == TIDY.encode()
    assert run("format", "--check", name).exit_code == run("format", "--diff", name).exit_code == 0


@pytest.mark.parametrize("options", [("-i", "--check"), ("--diff", "--check"), ("-i", "-")])
def test_format_refuses_what_cannot_be(options: tuple[str, ...]) -> None:
    assert run("format", *options).exit_code == 2


# --- the group


def test_the_commands_load_when_they_are_named() -> None:
    code = "import sys; from ttsprep.cli import main; main(['--version'], standalone_mode=False)"
    code += "; print([name for name in sys.modules if 'ssml' in name])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("command", ["check", "fix", "format", "text", "diff"])
def test_what_needs_no_lxml_does_not_load_it(tmp_path: Path, command: str) -> None:
    files = [write(tmp_path, "a.ssml", GOOD)] * (2 if command == "diff" else 1)
    code = f"import sys; from ttsprep.cli import main\ntry: main({['ssml', command, *files]})\nexcept SystemExit: pass"
    code += "\nprint([name for name in ('lxml', 'markdown_it', 'websockets') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_help_names_every_command_and_the_exit_codes() -> None:
    done = run("--help")
    assert done.exit_code == 0
    for command in COMMANDS:
        assert f"\n  {command} " in done.stdout
        page = run(command, "--help").stdout
        assert "Exit codes:" in page and "\n    2  usage" in page


def test_a_mistyped_command_is_answered_with_the_right_one() -> None:
    done = run("from-markdwon")
    assert done.exit_code == 2 and "Did you mean 'from-markdown'?" in done.stderr


@pytest.mark.parametrize("command", [command for command in COMMANDS if command != "diff"])
def test_every_command_treats_its_input_alike(tmp_path: Path, command: str) -> None:
    """Standard input without a file or for -; bytes of another encoding are TXT001; a missing file is a usage error."""
    for arguments in ((), ("-",)):
        assert run(command, *arguments, given=GOOD).exit_code == 0
    old = write(tmp_path, "old.ssml", "<speak>大家好，这是一个测试。</speak>".encode("gb18030"))
    done = run(command, old)
    assert done.exit_code == 1 and "TXT001" in done.stdout + done.stderr
    assert run(command, "--encoding", "gb18030", old).exit_code == 0
    done = run(command, "--output-format", "json", old)
    assert done.exit_code == 1
    assert [row["code"] for row in rows(done)] == ["TXT001"]
    done = run(command, "no-such-file")
    assert done.exit_code == 2 and "cannot read no-such-file" in done.stderr
    done = run(command, str(tmp_path))
    assert done.exit_code == 2 and "cannot read" in done.stderr
    done = run(command, "-", "-", given=GOOD)
    assert done.exit_code == 2 and "'-' stands twice" in done.stderr


@pytest.mark.parametrize("command", [command for command in COMMANDS if command != "diff"])
def test_a_missing_file_is_reported_and_the_others_are_read(tmp_path: Path, command: str) -> None:
    """As compilers do: each missing file once, at its place; at the end the exit code is 2, also beside errors."""
    path, old = write(tmp_path, "a.ssml", GOOD), write(tmp_path, "old.ssml", "<speak>大家好</speak>".encode("gb18030"))
    done = run(command, "none.ssml", path, "nor.ssml", old, "--output-format", "json")
    assert done.exit_code == 2
    assert [line for line in done.stderr.splitlines() if line.startswith("Error:")] == [
        "Error: cannot read none.ssml: No such file or directory",
        "Error: cannot read nor.ssml: No such file or directory",
    ]
    assert "TXT001" in [row.get("code") for row in rows(done)]
    assert command == "check" or any(row["file"] == path for row in rows(done))


# --- check


def test_check_shows_the_place_the_fix_and_the_page(tmp_path: Path) -> None:
    path = write(tmp_path, "a.ssml", '<speak>\n\t你好<brake time="1s"/></speak>')
    done = run("check", path)
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        f"{path}:2:5: SSM030 error: <brake> is no element of the service, which has break, phoneme, say-as, "
        "soundEvent, speak, sub; did you mean <break>?",
        '  2 |     你好<brake time="1s"/></speak>',
        "    |          ^^^^^",
        "    = fix: write <break> (if that is what was meant)",
        "    = more: ttsprep explain SSM030",
        "",
    ]
    assert done.stderr == "1 file checked: 1 error\n"


def test_check_in_a_line_each(tmp_path: Path) -> None:
    path = write(tmp_path, "a.ssml", FAULTY)
    done = run("check", "--output-format", "concise", path)
    found = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert [line.split(": ")[:2] for line in found] == [
        [f"{path}:1:14", "SSM039 error"],
        [f"{path}:1:34", "SSM037 error"],
        [f"{path}:1:45", "SSM015 error"],
    ]
    assert done.stderr == "1 file checked: 3 errors; `ttsprep ssml fix` mends 2\n"


def test_check_as_json_has_all_that_an_editor_needs(tmp_path: Path) -> None:
    path = write(tmp_path, "a.ssml", "<speak>a\n世 & 界</speak>")
    done = run("check", "--output-format", "json", path)
    assert (done.exit_code, done.stderr) == (1, "")
    (row,) = rows(done)
    assert row == {
        "file": path,
        "line": 2,
        "column": 3,
        "end_line": 2,
        "end_column": 4,
        "code": "SSM015",
        "name": row["name"],
        "severity": "error",
        "message": "'&' has to be written '&amp;'",
        "api": row["api"],
        "span": [11, 12],
        "fix": {
            "title": "replace by '&amp;'",
            "safe": True,
            "edits": [{"span": [11, 12], "text": "&amp;"}],
        },
    }


def test_check_reads_every_file_and_sums_up(tmp_path: Path) -> None:
    good, bad = write(tmp_path, "good.ssml", GOOD), write(tmp_path, "bad.ssml", "<speak>a & b</speak>")
    done = run("check", good, bad)
    assert done.exit_code == 1 and "bad.ssml:1:10: SSM015" in done.stdout and "good.ssml" not in done.stdout
    assert done.stderr == "2 files checked: 1 error; `ttsprep ssml fix` mends 1\n"
    done = run("check", good, good)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "2 files checked: no faults\n")


def test_check_sums_up_what_could_be_read(tmp_path: Path) -> None:
    done = run("check", "none.ssml", write(tmp_path, "bad.ssml", "<speak>a & b</speak>"))
    assert done.exit_code == 2 and "SSM015" in done.stdout
    assert done.stderr.splitlines()[1:] == [
        "1 file checked: 1 error; `ttsprep ssml fix` mends 1; 1 file could not be read"
    ]


def test_a_warning_is_no_error() -> None:
    done = run("check", given='<speak rate="1.50 ">你好</speak>')
    assert done.exit_code == 0 and " warning: " in done.stdout
    assert done.stderr.startswith("1 file checked: 1 warning; ")


@pytest.mark.parametrize(
    ("document", "options", "code"),
    [
        ('<speak voice="longxiaochun_v2">你好</speak>', ("--model", "cosyvoice-v3-flash"), "longxiaochun_v2"),
        ('<speak effect="lpfilter" effectValue="9000">你好</speak>', ("--sample-rate", "16000"), "8000"),
    ],
)
def test_settings_of_the_request_are_checked_against(document: str, options: tuple[str, ...], code: str) -> None:
    assert run("check", given=document).stdout == ""
    assert code in run("check", *options, given=document).stdout


@pytest.mark.parametrize("command", ["check", "fix"])
def test_help_says_when_the_request_is_asked_and_shows_no_default_of_it(command: str) -> None:
    page = " ".join(run(command, "--help").stdout.split())
    assert "only" in page and "with --settings, --region, --model, --voice or --sample-rate" in page
    assert "[default: intl]" not in page and "cosyvoice" not in page and "[default: 22050" not in page
    assert page.count("Of the request, to check against.") == 4


def test_check_names_convert_once_for_all_elements_of_others(tmp_path: Path) -> None:
    document = '<speak><prosody rate="2">a</prosody><emphasis>b</emphasis></speak>'
    done = run("check", write(tmp_path, "a.ssml", document))
    assert (done.stdout + done.stderr).count("ssml convert") == 1
    assert done.stderr.endswith("; `ttsprep ssml convert` can bring 2 elements of other vendors' SSML into this one\n")
    assert run("check", "--output-format", "json", given=document).stderr == ""


def test_settings_may_stand_in_a_file_and_have_faults_themselves(tmp_path: Path) -> None:
    settings = write(tmp_path, "voice.toml", "sample_rate = 16000\n")
    document = '<speak effect="lpfilter" effectValue="9000">你好</speak>'
    assert "8000" in run("check", "--settings", settings, given=document).stdout
    settings = write(tmp_path, "bad.toml", "\nrate = 3\n")
    done = run("check", "--output-format", "concise", "--settings", settings, given=GOOD)
    assert done.exit_code == 1 and "bad.toml:2:8: PAR006" in done.stdout
    done = run("check", "--output-format", "concise", "--settings", settings, given=FAULTY)
    assert "bad.toml:2:8: PAR006" in done.stdout and "<stdin>:1:14: SSM039" in done.stdout


@pytest.mark.parametrize("form", ["full", "concise", "json"])
def test_nothing_in_a_document_can_command_the_terminal(form: str) -> None:
    document = '<speak rate="\x1b[31m" \x1b="1">a<br\x1bk/><a\u202eb>&\x1b;<sub alias="\x9b1m">\u2028</sub></speak>'
    for arguments in (("check",), ("convert",), ("text", "--counted")):
        done = run(*arguments, "--output-format", form, given=document)
        said = done.stderr + (done.stdout if arguments == ("check",) and form != "json" else "")
        assert all(character.isprintable() or character == "\n" for character in said), arguments


def test_one_fault_hides_no_other() -> None:
    document = '<speak><say-as interpret-as="nick">a</say-as><brake/>&<sub>b</sub></speak>'
    done = run("check", "--output-format", "concise", given=document)
    codes = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("<stdin>")]
    assert codes == ["SSM037", "SSM030", "SSM015", "SSM036"]


# --- fix


def test_fix_prints_the_mended_document_and_what_is_left() -> None:
    done = run("fix", given=FAULTY)
    assert (done.exit_code, done.stdout) == (1, MENDED)
    assert "<stdin>:1:14: SSM039 error" in done.stderr
    assert done.stderr.endswith("<stdin>: 2 faults mended, 1 left (--unsafe mends 1 more)\n")
    done = run("fix", "--unsafe", given=FAULTY)
    assert (done.exit_code, done.stdout) == (0, GUESSED)
    assert done.stderr == "<stdin>: 3 faults mended, 0 left\n"


def test_fix_places_what_is_left_in_the_mended_document() -> None:
    done = run("fix", "--output-format", "concise", given="<speak>& <sub>a</sub></speak>")
    at = done.stdout.index("<sub>") + 2
    assert f"<stdin>:1:{at}: SSM036 error" in done.stderr


def test_fix_of_a_document_without_faults_changes_nothing() -> None:
    done = run("fix", given=GOOD)
    assert (done.exit_code, done.stdout, done.stderr) == (0, GOOD, "<stdin>: no faults\n")


def test_fix_as_json(tmp_path: Path) -> None:
    path = write(tmp_path, "a.ssml", FAULTY)
    done = run("fix", "--output-format", "json", path)
    left, result = rows(done)
    assert left["code"] == "SSM039" and (done.exit_code, done.stderr) == (1, "")
    assert (result["file"], result["text"], result["left"]) == (path, MENDED, 1)
    assert [(row["code"], row["column"]) for row in result["applied"]] == [("SSM037", 34), ("SSM015", 45)]


BOM16 = b"\xff\xfe"


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("utf-8", FAULTY.encode()),
        ("utf-8", b"\xef\xbb\xbf" + FAULTY.encode()),
        ("utf-8-sig", b"\xef\xbb\xbf" + FAULTY.encode()),
        ("utf-8-sig", FAULTY.encode()),
        ("gb18030", FAULTY.encode("gb18030")),
        ("utf-16", b"\xff\xfe" + FAULTY.encode("utf-16-le")),
        ("utf-16", b"\xfe\xff" + FAULTY.encode("utf-16-be")),
        ("utf-16-be", FAULTY.encode("utf-16-be")),
        ("utf-16-le", b"\xff\xfe" + FAULTY.encode("utf-16-le")),
        ("utf-8", FAULTY.replace("你好", "你\r\n好\r呀\n").encode()),
        ("utf-8", FAULTY.rstrip("\n").encode()),
    ],
)
def test_in_place_only_the_faults_change(tmp_path: Path, encoding: str, content: bytes) -> None:
    path = tmp_path / "a.ssml"
    path.write_bytes(content)
    done = run("fix", "--in-place", "--encoding", encoding, str(path))
    assert (done.exit_code, done.stdout) == (1, "")
    codec = {"utf-16": "utf-16-be" if content.startswith(b"\xfe\xff") else "utf-16-le", "utf-8-sig": "utf-8"}
    codec_name = codec.get(encoding, encoding)
    expected = content.decode(codec_name).replace('"0.5s"', '"500ms"').replace("&", "&amp;").encode(codec_name)
    assert path.read_bytes() == expected
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.ssml"]


def test_in_place_a_file_without_faults_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.ssml"
    path.write_text(GOOD, "utf-8")
    os.utime(path, (1, 1))
    assert run("fix", "-i", str(path)).exit_code == 0
    assert path.stat().st_mtime == 1


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")
def test_in_place_mode_and_link_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.ssml"
    path.write_text(FAULTY, "utf-8")
    path.chmod(0o640)
    link = tmp_path / "link.ssml"
    link.symlink_to(path)
    assert run("fix", "-i", "--unsafe", str(link)).exit_code == 0
    assert link.is_symlink() and path.read_text("utf-8") == GUESSED
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_in_place_what_the_encoding_cannot_hold_is_said_and_the_file_stays(tmp_path: Path) -> None:
    content = b"<speak>&alpha;</speak>"
    path = write(tmp_path, "a.ssml", content)
    done = run("fix", "-i", "--encoding", "latin-1", path)
    assert done.exit_code == 2 and "iso8859-1 has no 'α' (U+03B1), which a fix put in" in done.stderr
    assert Path(path).read_bytes() == content


def test_fix_says_where_another_run_goes_on(tmp_path: Path) -> None:
    path = write(tmp_path, "a.ssml", f"<speak>{'<p>a.</p>' * 5_000}</speak>")
    done = run("fix", "-i", "--output-format", "concise", path)
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1].endswith(" left: there are too many for one run, mend what it gave once more")
    done = run("fix", "-i", path)
    assert (done.exit_code, done.stderr) == (0, f"{path}: 1,000 faults mended, 0 left\n")


def test_the_diff_is_what_patch_takes(tmp_path: Path) -> None:
    path = write(tmp_path, "a.ssml", "<speak>a\u2028b\r\nc\n1 & 2</speak>")
    done = run("fix", "--diff", path)
    assert done.stdout_bytes.decode().split("\n") == [
        f"--- {path}",
        f"+++ {path} (fixed)",
        "@@ -1,3 +1,3 @@",
        " <speak>a\u2028b\r",
        " c",
        "-1 & 2</speak>",
        "\\ No newline at end of file",
        "+1 &amp; 2</speak>",
        "\\ No newline at end of file",
        "",
    ]


def test_the_diff_of_what_has_no_faults_is_empty() -> None:
    assert run("fix", "--diff", given=GOOD).stdout_bytes == b""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-i",), "--in-place needs files"),
        (("-i", "-"), "--in-place needs files"),
        (("-i", "--diff", "a.ssml"), "--in-place and --diff exclude each other"),
    ],
)
def test_fix_usage(arguments: tuple[str, ...], words: str) -> None:
    done = run("fix", *arguments, given=GOOD)
    assert done.exit_code == 2 and words in done.stderr


# --- text

SUB = '<speak><sub alias="Web">W3C</sub> &lt; <break/>好</speak>\n<speak>二</speak>'


@pytest.mark.parametrize(
    ("options", "printed"),
    [((), "Web < 好\n二\n"), (("--sub", "alias"), "Web < 好\n二\n"), (("--sub", "text"), "W3C < 好\n二\n")],
)
def test_text_prints_what_is_spoken(options: tuple[str, ...], printed: str) -> None:
    done = run("text", *options, given=SUB)
    assert (done.exit_code, done.stdout, done.stderr) == (0, printed, "")


@pytest.mark.rule("TXT-04", "TXT-05")
def test_text_counts(tmp_path: Path) -> None:
    one, two = (
        write(tmp_path, "1.ssml", "<speak>你好</speak>"),
        write(tmp_path, "2.ssml", "<speak>a<sub>b</sub></speak>"),
    )
    done = run("text", "--counted", one, two)
    assert done.stdout.splitlines() == [f"4 {one}", f"2 {two}", "6 total"]
    assert done.exit_code == 1 and done.stderr.startswith(f"{two}: 1 error (see `ttsprep ssml check`)")


@pytest.mark.rule("TXT-04")
def test_text_counts_longer_aliases_as_an_upper_bound(tmp_path: Path) -> None:
    """Whether the service bills the alias or the text is not known; 网 counts as much as W3."""
    name = "World Wide Web Consortium"
    long = write(tmp_path, "1.ssml", f'<speak>你好<sub alias="{name}">W3C</sub><sub alias="网">W3</sub></speak>')
    short = write(tmp_path, "2.ssml", '<speak><sub alias="a">bcd</sub></speak>')
    words = "if aliases are billed in place of their text"
    assert run("text", "--counted", long, short).stdout.splitlines() == [
        f" 9 {long} (at most 31 {words})",
        f" 3 {short}",
        f"12 total (at most 34 {words})",
    ]
    found = rows(run("text", "--output-format", "json", long, short))
    assert [(row["counted"], row["counted_most"]) for row in found] == [(9, 31), (3, 3)]


def test_text_as_json_has_the_places(tmp_path: Path) -> None:
    path = write(tmp_path, "a.ssml", SUB)
    (row,) = rows(run("text", "--output-format", "json", path))
    assert (row["file"], row["text"], row["counted"]) == (path, "Web < 好\n二", 14)
    assert row["pieces"][0] == {"kind": "replaced", "text": "Web", "span": [SUB.index("Web"), SUB.index("Web") + 3]}


def test_text_of_a_faulty_document_is_what_was_meant() -> None:
    done = run("text", given="<speak>Tom & Jerry")
    assert (done.exit_code, done.stdout) == (1, "Tom & Jerry\n")
    assert done.stderr == "<stdin>: 2 errors (see `ttsprep ssml check`); it is read as probably meant\n"


# --- split

LONG = '<speak rate="0.9">一句话。又一句话。<break/>第三句话。</speak>\n'
PARTS = [
    '<speak rate="0.9">一句话。</speak>',
    '<speak rate="0.9">又一句话。<break/></speak>',
    '<speak rate="0.9">第三句话。</speak>\n',
]


@pytest.mark.rule("SSM-04")
def test_split_prints_documents_with_their_numbers() -> None:
    done = run("split", "--limit", "12", given=LONG)
    lines = [line for number, part in enumerate(PARTS, 1) for line in (f"<!-- {number} of 3 -->", part.strip())]
    assert (done.exit_code, done.stdout.splitlines(), done.stderr) == (0, lines, "")
    assert validate(done.stdout) == ()
    assert run("split", given=LONG).stdout == LONG


@pytest.mark.rule("SSM-04")
def test_split_writes_into_a_folder(tmp_path: Path) -> None:
    path = write(tmp_path, "long.ssml", LONG)
    folder = tmp_path / "new" / "parts"
    done = run("split", "--limit", "12", "-o", str(folder), path)
    names = [str(folder / f"long-{number}.ssml") for number in (1, 2, 3)]
    assert (done.exit_code, done.stdout.splitlines()) == (0, names)
    assert done.stderr == f"{path}: 3 documents\n"
    assert [Path(name).read_text("utf-8") for name in names] == PARTS
    assert sorted(map(str, folder.iterdir())) == names


def test_split_numbers_many_documents_so_that_they_sort(tmp_path: Path) -> None:
    done = run("split", "--limit", "2", "-o", str(tmp_path), given="<speak>" + "好" * 11 + "</speak>")
    paths = done.stdout.splitlines()
    assert len(paths) == 11 and paths == sorted(paths) and paths[0].endswith("document-01.ssml")


def test_split_as_json() -> None:
    found = rows(run("split", "--limit", "12", "--output-format", "json", given=LONG))
    assert [row["text"] for row in found] == PARTS
    assert [(row["document"], row["of"], row["counted"]) for row in found] == [(1, 3, 7), (2, 3, 9), (3, 3, 10)]
    assert [LONG[slice(*row["span"])] for row in found][1] == "又一句话。<break/>"


def test_split_says_what_is_over_the_limit_alone() -> None:
    done = run("split", "--limit", "4", given='<speak><say-as interpret-as="cardinal">123456</say-as></speak>')
    assert done.exit_code == 1 and " error: " in done.stderr and done.stdout != ""


def test_split_usage(tmp_path: Path) -> None:
    path = write(tmp_path, "a.ssml", GOOD)
    other = tmp_path / "other"
    other.mkdir()
    done = run("split", "-o", str(tmp_path), path, write(other, "a.ssml", GOOD))
    assert done.exit_code == 2 and "several files are called 'a'" in done.stderr
    assert run("split", "-o", path, path).exit_code == 2
    assert run("split", "--limit", "1", path).exit_code == 2
    done = run("split", "-o", str(Path(path) / "x"), path)
    assert done.exit_code == 2 and "cannot make the folder" in done.stderr


# --- convert

AZURE = '<speak><voice name="zh-CN-XiaoxiaoNeural"><prosody rate="+20%">你好</prosody></voice></speak>'


def test_convert_prints_the_document_and_reports_the_losses(tmp_path: Path) -> None:
    path = write(tmp_path, "azure.xml", AZURE)
    done = run("convert", "--output-format", "concise", path)
    assert (done.exit_code, done.stdout) == (0, '<speak rate="1.2">你好</speak>\n')
    assert f"{path}:1:21: SSM081 warning" in done.stderr
    assert done.stderr.endswith(f"{path}: read as azure, 2 changes reported\n")


def test_convert_as_json() -> None:
    *found, result = rows(run("convert", "--output-format", "json", given=AZURE))
    assert {row["code"] for row in found} == {"SSM080", "SSM081"}
    assert result == {"file": "<stdin>", "text": '<speak rate="1.2">你好</speak>', "dialect": "azure"}


def test_convert_takes_a_dialect_and_knows_which() -> None:
    done = run("convert", "--dialect", "w3c", given=AZURE)
    assert done.exit_code == 0 and "read as w3c" in done.stderr
    done = run("convert", "--dialect", "azur", given=AZURE)
    assert done.exit_code == 2 and "did you mean 'azure'?" in done.stderr
    assert "azure (Microsoft Azure)" in " ".join(run("convert", "--help").stdout.split())


def test_convert_of_what_cannot_be_read_prints_no_document() -> None:
    done = run("convert", given="<speak>Tom & Jerry</speak>")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "SSM015" in done.stderr and "before it is mended (ttsprep ssml fix)" in done.stderr


# --- diff


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    first = write(tmp_path, "a.ssml", '<speak>你好<break time="500ms"/>世界</speak>\n')
    return first, write(tmp_path, "b.ssml", '<speak>\n你好<break time="1s"/>世界</speak>\n')


def test_diff_shows_both_places(pair: tuple[str, str]) -> None:
    done = run("diff", *pair)
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "pause: pause of 500 ms became 1 s",
        f"--- {pair[0]}:1:10",
        '  1 | <speak>你好<break time="500ms"/>世界</speak>',
        "    |            ^^^^^^^^^^^^^^^^^^^^^",
        f"+++ {pair[1]}:2:3",
        '  2 | 你好<break time="1s"/>世界</speak>',
        "    |     ^^^^^^^^^^^^^^^^^^",
        "",
    ]


def test_diff_in_a_line_or_as_json(pair: tuple[str, str]) -> None:
    done = run("diff", "--output-format", "concise", *pair)
    assert done.stdout == f"{pair[0]}:1:10 {pair[1]}:2:3: pause: pause of 500 ms became 1 s\n"
    (row,) = rows(run("diff", "--output-format", "json", *pair))
    assert row["change"] == "pause" and row["a"] == {"file": pair[0], "line": 1, "column": 10, "span": [9, 30]}
    assert row["b"]["line"] == 2


def test_diff_of_what_sounds_the_same_prints_nothing(pair: tuple[str, str]) -> None:
    done = run("diff", pair[0], "-", given='<speak>你好<break time="500ms"></break>世界</speak>')
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")


def test_diff_of_faulty_documents_says_so(pair: tuple[str, str]) -> None:
    done = run("diff", pair[0], "-", given='<speak>你好<break time="0.5s"/>世界</speak>')
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.startswith("<stdin>: 1 error (see `ttsprep ssml check`)")


def test_diff_usage(pair: tuple[str, str], tmp_path: Path) -> None:
    for arguments, words in (
        ((), "Missing argument 'A'"),
        (pair[:1], "Missing argument 'B'"),
        (("-", "-"), "'-' stands twice"),
        ((pair[0], "none.ssml"), "cannot read none.ssml"),
        ((pair[0], write(tmp_path, "c.ssml", b"\xff")), "TXT001"),
    ):
        done = run("diff", *arguments)
        assert done.exit_code == 2 and words in done.stderr, arguments


# --- build


def test_build_says_a_text_as_it_stands() -> None:
    done = run("build", "--rate", "0.90", "--voice", "longanyang", given="Q&A: 1 < 2 (12)[digits]\n")
    assert done.stdout == '<speak voice="longanyang" rate="0.9">Q&amp;A: 1 &lt; 2 (12)[digits]</speak>\n'
    assert (done.exit_code, done.stderr) == (0, "")


@pytest.mark.parametrize(("name", "options"), [("a.smd", ()), ("a.txt", ("--from", "speech-markdown"))])
def test_build_reads_speech_markdown(tmp_path: Path, name: str, options: tuple[str, ...]) -> None:
    path = write(tmp_path, name, '(12)[digits] (x)[voice:"Kendra";emphasis]\n')
    done = run("build", *options, "--pitch", "1.1", "--voice-for", "Kendra=longanyang", path)
    assert done.exit_code == 0 and f"{path}:1:33: SSM063 warning" in done.stderr
    assert done.stdout == (
        '<speak pitch="1.1"><say-as interpret-as="digits">12</say-as> </speak>'
        '<speak voice="longanyang" pitch="1.1">x</speak>\n'
    )


def test_build_as_json() -> None:
    found, result = rows(run("build", "--output-format", "json", given="a\x01b"))
    assert found["code"] == "SSM061" and result == {"file": "<stdin>", "text": "<speak>ab</speak>"}


def test_build_says_that_it_is_ssml_already() -> None:
    done = run("build", given=GOOD)
    assert done.stderr == "<stdin> is SSML already: its tags will be spoken\n"
    assert "&lt;speak&gt;" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--rate", "9"), "rate='9': it has to be a number from 0.5 to 2"),
        (("--volume", "loud"), "volume='loud'"),
        (("--voice-for", "Kendra"), "'Kendra' is not NAME=ID"),
        (("a.md",), "a.md is Markdown by its name: `ttsprep ssml from-markdown` reads it"),
    ],
)
def test_build_usage(arguments: tuple[str, ...], words: str) -> None:
    done = run("build", *arguments, given="a")
    assert done.exit_code == 2 and words in done.stderr and done.stdout == ""


# --- from-markdown

MARKDOWN = "# 当铺\n\n去{典当行|dian3 dang4 hang2}。\n\n- a\n- b {x|y}\n"
READING = '<phoneme alphabet="py" ph="dian3 dang4 hang2">典当行</phoneme>'


def test_from_markdown_has_pauses_and_readings() -> None:
    done = run("from-markdown", "--pause", "heading=0", "--pause", "item=400", "--rate", "1.1", given=MARKDOWN)
    assert done.exit_code == 0 and "<stdin>:6:5: SSM060 warning" in done.stderr
    assert done.stdout == (
        f'<speak rate="1.1">当铺。\n去{READING}。<break time="500ms"/>\na.<break time="400ms"/>\nb {{x|y}}.</speak>\n'
    )


def test_from_markdown_without_pauses() -> None:
    assert "<break" not in run("from-markdown", "--no-pauses", given=MARKDOWN).stdout
    one = run("from-markdown", "--no-pauses", "--pause", "item=400", given=MARKDOWN).stdout
    assert one.count("<break") == 1 == one.count('<break time="400ms"/>')


def test_from_markdown_as_json() -> None:
    found, result = rows(run("from-markdown", "--output-format", "json", given=MARKDOWN))
    assert found["code"] == "SSM060" and READING in result["text"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--pause", "headin=700"), "no pause 'headin'; did you mean 'heading'?"),
        (("--pause", "zzz=700"), "there are: heading, before_heading"),
        (("--pause", "heading"), "'heading' is not NAME=MS"),
        (("--pause", "heading=0.7s"), "'heading=0.7s' is not NAME=MS"),
        (("--pause", "heading=7"), "heading: ms=7: it has to be"),
        (("--pitch", "0"), "pitch='0'"),
    ],
)
def test_from_markdown_usage(arguments: tuple[str, ...], words: str) -> None:
    done = run("from-markdown", *arguments, given=MARKDOWN)
    assert done.exit_code == 2 and words in " ".join(done.stderr.split()) and done.stdout == ""


# --- as real processes


def shell(command: str, folder: Path) -> tuple[int, bytes, bytes]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)}
    command = command.replace("ttsprep", f"{sys.executable} -m ttsprep")
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, timeout=60, check=False
    )
    return done.returncode, done.stdout, done.stderr


def test_what_is_built_is_checked_in_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("你好 & 世界\n", "utf-8")
    code, printed, said = shell("ttsprep ssml build a.txt | tee a.ssml | ttsprep ssml check", tmp_path)
    assert (code, printed, said) == (0, b"", b"1 file checked: no faults\n")
    assert (tmp_path / "a.ssml").read_text("utf-8") == "<speak>你好 &amp; 世界</speak>\n"


def test_bytes_go_through_unchanged(tmp_path: Path) -> None:
    document = "<speak>一\r\n二\r三\n</speak>\r\n".encode()
    (tmp_path / "a.ssml").write_bytes(document)
    assert shell("ttsprep ssml fix < a.ssml", tmp_path)[:2] == (0, document)


def test_a_reader_that_stops_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "a.ssml").write_text("<speak>" + "& " * 150 + "你" * 1_000_000 + "</speak>", "utf-8")
    for command in ("check", "fix", "text", "split", "convert"):
        assert b"Traceback" not in shell(f"ttsprep ssml {command} a.ssml | head -c 10", tmp_path)[2]
