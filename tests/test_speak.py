"""The command speak, as a person or a script uses it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import soundfile
from click.testing import CliRunner, Result

from tests.sender_tools import KEY, decoded
from ttsprep import ConnectionLost
from ttsprep.cli import main
from ttsprep.cli.speak import CONNECTION, INTERRUPTED, REFUSED, USAGE
from ttsprep.cli.speaking.outcome import exit_code
from ttsprep.emulator import ThreadedEmulator
from ttsprep.sender.errors import explained

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
TOUR = str(EXAMPLES / "tour.md")
UNREACHABLE = "ws://127.0.0.1:1/api-ws/v1/inference"


def run(*arguments: str | Path, given: str | bytes = "") -> Result:
    return CliRunner().invoke(main, ["speak", *map(str, arguments)], input=given)


@pytest.fixture(scope="module")
def service() -> Iterator[ThreadedEmulator]:
    with ThreadedEmulator(voice="tone") as emulator:
        yield emulator


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "script.md"
    path.write_text("# 你好\n\nThis is **one** sentence. And another!\n", "utf-8")
    return path


@pytest.mark.parametrize("audio", ["mp3", "wav", "opus"])
def test_a_script_becomes_an_audio_file_through_the_emulator(audio: str, script: Path, tmp_path: Path) -> None:
    out = tmp_path / f"speech.{audio}"
    done = run(script, "-o", out, "--emulator")
    assert done.exit_code == 0, done.output
    info = soundfile.info(str(out))
    assert info.duration > 0.6 and info.format in (audio.upper(), "OGG", "MPEG")
    assert done.stdout == ""
    for words in ("s of audio", "3 sentences", "task ", "request ", "counted", "billed", "real-time factor"):
        assert words in done.stderr
    assert "\r" not in done.stderr, "no progress where nobody looks"


def test_json_for_programs(script: Path, tmp_path: Path) -> None:
    done = run(script, "-o", tmp_path / "a.pcm", "--emulator", "--output-format", "json")
    report = json.loads(done.stdout)
    assert done.exit_code == 0 and report["output"].endswith("a.pcm")
    [task] = report["tasks"]
    assert task["counted"] == task["billed"] and task["audio_bytes"] == (tmp_path / "a.pcm").stat().st_size


def test_audio_to_standard_output(script: Path) -> None:
    done = run(script, "-o", "-", "--emulator", "--format", "wav")
    assert done.exit_code == 0
    samples, rate = decoded(done.stdout_bytes, "wav")
    assert len(samples) / rate > 0.6 and "standard output" in done.stderr


def test_several_files_and_standard_input_make_one_file(script: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Plain *text*.", "utf-8")
    out = tmp_path / "a.wav"
    done = run(script, other, "-", "-o", out, "--emulator", "--output-format", "json", given="And this.")
    tasks = json.loads(done.stdout)["tasks"]
    assert len(tasks) == 3 and sum(task["audio_seconds"] for task in tasks) == pytest.approx(
        soundfile.info(str(out)).duration, abs=0.05
    )


def test_ssml_is_spoken_as_one_document(tmp_path: Path, service: ThreadedEmulator) -> None:
    path = tmp_path / "a.ssml"
    path.write_text("<speak>One. <break time='1s'/>Two.</speak>", "utf-8")
    done = run(path, "-o", tmp_path / "a.mp3", "--url", service.url, "--enable-ssml")
    assert done.exit_code == 0, done.output
    assert service.tasks[-1].texts == ["<speak>One. <break time='1s'/>Two.</speak>"]


@pytest.mark.rule("SSM-03")
def test_ssml_is_sent_with_enable_ssml_and_the_others_without(
    script: Path, tmp_path: Path, service: ThreadedEmulator
) -> None:
    path = tmp_path / "a.ssml"
    path.write_text("<speak>One.</speak>", "utf-8")
    done = run(path, script, "-o", tmp_path / "a.mp3", "--url", service.url)
    assert done.exit_code == 0 and done.stderr.count("SSM001 note") == 1, done.output
    assert [task.parameters.get("enable_ssml") for task in service.tasks[-2:]] == [True, None]
    done = run(path, "-o", tmp_path / "b.mp3", "--url", service.url, "--no-enable-ssml")
    assert done.exit_code == 0 and "SSM001 warning" in done.stderr
    assert service.tasks[-1].parameters["enable_ssml"] is False


def test_options_are_the_settings_of_the_task(script: Path, tmp_path: Path, service: ThreadedEmulator) -> None:
    options = ["--voice", "longanhuan", "--rate", "1.5", "--seed", "7", "--sample-rate", "8000"]
    assert run(script, "-o", tmp_path / "a.wav", "--url", service.url, *options).exit_code == 0
    parameters = service.tasks[-1].parameters
    assert {name: parameters[name] for name in ("voice", "rate", "seed", "sample_rate", "format")} == {
        "voice": "longanhuan",
        "rate": 1.5,
        "seed": 7,
        "sample_rate": 8000,
        "format": "wav",
    }


def test_a_dry_run_prints_the_plan_and_sends_nothing(script: Path) -> None:
    done = run(script, "--dry-run", "--url", UNREACHABLE, "-o", "a.wav")
    assert done.exit_code == 0 and "task 1" in done.stdout
    assert "continue-task" in done.stdout and " 1:3  你好" in done.stdout, "line and column"
    plan = json.loads(run(script, "--dry-run", "--output-format", "json").stdout)
    assert plan["counted"] == sum(task["counted"] for task in plan["tasks"])
    assert [part["text"] for task in plan["tasks"] for part in task["parts"]] != []


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["-o", "a.mp3"], USAGE, "--emulator"),
        (["-o", "a.mp3"], USAGE, "DASHSCOPE_API_KEY"),
        (["--emulator"], USAGE, "-o OUT"),
        (["-o", "a.mp3", "--emulator", "--url", UNREACHABLE], USAGE, "leave out --url"),
        (["-o", "a.mp3", "--url", "wss://a..b.com/api-ws/v1/inference"], USAGE, "--url: no host"),
        (["-o", "a.mp3", "--url", "https://example.com/"], USAGE, "URL-01"),
        (["-o", "a.mp3", "--url", UNREACHABLE, "--workspace", "a\nb"], USAGE, "workspace"),
        (["-o", "a.mp3", "--url", "ws://localhost:99999/api-ws/v1/inference"], USAGE, "--url: the port"),
        (["-o", "no/such/folder/a.mp3", "--emulator"], USAGE, "the folder no/such/folder does not exist"),
        (["-o", "a.flac", "--emulator"], USAGE, "no .flac file; it can be .pcm"),
        (["-o", "a.wav", "--emulator", "--format", "mp3"], USAGE, "the name says wav, the settings say format mp3"),
        (["-o", "script.md", "--emulator"], USAGE, "is one of the scripts"),
        (["-o", "./script.md", "--emulator"], USAGE, "is one of the scripts"),
        (["-o", "kept", "--emulator"], USAGE, "is not overwritten"),
        (["-o", "a.mp3", "--emulator", "--record", "script.md"], USAGE, "--record: script.md is one of the scripts"),
        (["-o", "a.mp3", "--emulator", "--record", "a.mp3"], USAGE, "the same file"),
        (["-o", "a.mp3", "--emulator", "--record", "no/r.jsonl"], USAGE, "--record: no/r.jsonl cannot be written"),
        (["-o", "a.flac", "--dry-run"], USAGE, "no .flac file"),
        (["-o", "no/a.mp3", "--dry-run"], USAGE, "the folder no does not exist"),
        (["-o", "a.mp3", "--dry-run", "--url", "ws://"], USAGE, "--url: the URL names no host"),
        (["-o", "a.mp3", "--dry-run", "--emulator", "--url", UNREACHABLE], USAGE, "leave out --url"),
        (["-o", "a.mp3", "--emulator", "--rate", "9"], REFUSED, "rate"),
        (["-o", "a.mp3", "--emulator", "--voice", "longxiaochun_v3", "--model", "cosyvoice-v3-plus"], REFUSED, "voice"),
        (["-o", "a.mp3", "--url", UNREACHABLE], CONNECTION, "127.0.0.1"),
        (["-o", "a.mp3", "--emulator", "--time-scale", "0"], USAGE, "--time-scale"),
    ],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_what_goes_wrong_and_its_exit_code(
    arguments: list[str], code: int, says: str, form: str, script: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if form == "json" and says == "--time-scale":
        pytest.skip("the options cannot be read, so nobody knows which form was asked for")
    monkeypatch.chdir(script.parent)
    script.with_name("kept").write_text("not audio", "utf-8")
    before = {path: path.read_bytes() for path in script.parent.iterdir()}
    done = run(script.name, *arguments, "--output-format", form)
    if form == "json":
        said = json.loads(done.stdout)
        assert said["exit_code"] == code and said["error"]
        message = said["message"]
    else:
        message = done.stderr
    assert (done.exit_code, says in message) == (code, True), done.output
    assert "Traceback" not in done.output
    assert {path: path.read_bytes() for path in script.parent.iterdir()} == before


@pytest.mark.rule("TXT-06")
def test_a_script_with_errors_is_not_spoken(script: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes("你好。".encode("gb18030"))
    done = run(script, bad, "-o", tmp_path / "a.mp3", "--emulator")
    assert done.exit_code == REFUSED and "bad.txt:1:1" in done.stderr and not (tmp_path / "a.mp3").exists()
    again = run(bad, "-o", tmp_path / "a.mp3", "--emulator", "--encoding", "gb18030")
    assert again.exit_code == 0


@pytest.mark.parametrize("form", ["text", "json"])
def test_nothing_is_spoken_where_a_script_is_missing(
    form: str, script: Path, tmp_path: Path, service: ThreadedEmulator
) -> None:
    before = len(service.tasks)
    done = run("none.md", script, "-o", tmp_path / "a.mp3", "--url", service.url, "--output-format", form)
    assert done.exit_code == USAGE and len(service.tasks) == before
    assert done.stderr.count("cannot read none.md") == 1
    if form == "json":
        said = json.loads(done.stdout)
        assert (said["exit_code"], "none.md" in said["message"]) == (USAGE, True)


def test_nothing_to_speak(tmp_path: Path) -> None:
    done = run("-", "-o", tmp_path / "a.mp3", "--emulator", given="……")
    assert done.exit_code == REFUSED and "nothing to speak" in done.stderr


def test_json_of_a_script_with_errors_has_its_diagnostics(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"a\0b")
    done = run(bad, "-o", tmp_path / "a.mp3", "--emulator", "--output-format", "json")
    said = json.loads(done.stdout)
    [found] = said["diagnostics"]
    assert done.exit_code == said["exit_code"] == REFUSED and "bad.txt:1:2" in said["message"]
    assert (found["code"], found["file"], found["span"]) == ("TXT003", str(bad), [1, 2])


@pytest.mark.rule("NET-01")
def test_the_remedy_is_said_once_however_often_it_was_tried(script: Path, tmp_path: Path) -> None:
    with ThreadedEmulator(voice="tone", faults=["close-1011=run-task"]) as emulator:
        done = run(script, "-o", tmp_path / "a.mp3", "--url", emulator.url, "--time-scale", "0.1")
    assert done.exit_code == CONNECTION
    assert done.stderr.count("attempt ") == 2 and done.stderr.count("remedy") == 1, done.stderr


@pytest.mark.rule("HDR-02")
def test_a_close_over_the_key_counts_as_a_refusal() -> None:
    error = explained(ConnectionLost(1008, "Invalid API-key provided."), "check the key")
    assert (exit_code(error), error.remedy) == (REFUSED, "check the key")
    assert exit_code(ConnectionLost(1006)) == CONNECTION


FAULTS = [
    ("401", REFUSED),
    ("503", CONNECTION),
    ("task-failed", REFUSED),
    ("close-1011=audio:1", CONNECTION),
    ("malformed-event=sentence:2", REFUSED),
]


@pytest.mark.rule("HDR-06")
@pytest.mark.parametrize(("fault", "code"), FAULTS)
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_refusal_and_a_loss(fault: str, code: int, form: str, script: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text(KEY + "\n")
    with ThreadedEmulator(voice="tone", faults=[fault]) as emulator:
        options: list[str | Path] = [
            "--url",
            emulator.url,
            "--api-key-file",
            key,
            "--output-format",
            form,
            "--time-scale",
            "0.1",
        ]
        done = run(script, "-o", tmp_path / "a.pcm", *options, "--record", tmp_path / "record.jsonl")
    assert done.exit_code == code, done.output
    assert KEY not in done.output + (tmp_path / "record.jsonl").read_text("utf-8")
    assert not (tmp_path / "a.pcm").exists()
    if form == "json":
        assert json.loads(done.stdout)["exit_code"] == code
    else:
        assert "ttsprep speak: " in done.stderr and "remedy" in done.stderr


# --- as a process


def process(*arguments: str | Path, **options: Any) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ttsprep", "speak", *map(str, arguments)]
    environment = {name: value for name, value in os.environ.items() if name != "DASHSCOPE_API_KEY"}
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in the background of a shell; a child would inherit it
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, **options)


def test_an_interrupt_while_the_command_is_being_loaded_is_no_traceback() -> None:
    scripts = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    module, _, function = scripts["ttsprep"].partition(":")
    code = f"""
import sys

class Interrupted:
    def find_spec(self, name, *_):
        if name == "ttsprep.cli":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupted())
from {module} import {function}
{function}()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (INTERRUPTED, "")


@pytest.fixture
def long_script(tmp_path: Path) -> Path:
    path = tmp_path / "long.txt"
    path.write_text("This is a sentence of some length. " * 3000, "utf-8")
    return path


def test_a_player_that_stops_listening_is_no_error(long_script: Path, service: ThreadedEmulator) -> None:
    speaking = process(long_script, "-o", "-", "--url", service.url, "--format", "pcm", stdout=subprocess.PIPE)
    assert speaking.stdout is not None and speaking.stderr is not None
    assert len(speaking.stdout.read(1000)) == 1000
    speaking.stdout.close()
    with speaking:
        assert speaking.wait(20) == 0
        assert speaking.stderr.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(
    ("number", "code", "says"), [(signal.SIGINT, INTERRUPTED, "interrupted"), (signal.SIGTERM, 143, "ended by SIGTERM")]
)
def test_a_signal_ends_it_and_what_was_heard_is_kept(
    number: signal.Signals, code: int, says: str, long_script: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.pcm"
    with ThreadedEmulator(voice="tone", faults=["silence=audio:20"]) as emulator:
        speaking = process(long_script, "-o", out, "--url", emulator.url)
        part = tmp_path / "out.pcm.part"
        until = time.monotonic() + 20
        while len(emulator.tasks) == 0 or emulator.tasks[-1].audio_frames < 20:
            assert time.monotonic() < until and speaking.poll() is None
            time.sleep(0.02)
        time.sleep(0.2)
        speaking.send_signal(number)
        with speaking:
            assert speaking.stderr is not None
            said = speaking.stderr.read().decode()
            assert speaking.wait(20) == code, said
    assert says in said and f"kept, in part, in {part}" in said and "Traceback" not in said
    assert part.stat().st_size > 0 and not out.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_before_any_audio_leaves_nothing(number: signal.Signals, script: Path, tmp_path: Path) -> None:
    with ThreadedEmulator(voice="tone", faults=["silence=run-task"]) as emulator:
        speaking = process(script, "-o", tmp_path / "a.mp3", "--url", emulator.url)
        until = time.monotonic() + 20
        while not emulator.tasks:
            assert time.monotonic() < until and speaking.poll() is None
            time.sleep(0.02)
        speaking.send_signal(number)
        with speaking:
            assert speaking.wait(20) == 128 + number
            assert speaking.stderr is not None
            assert b"Traceback" not in (said := speaking.stderr.read()) and b"kept" not in said
    assert list(tmp_path.iterdir()) == [script]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_disk_that_is_full(form: str, long_script: Path, tmp_path: Path, service: ThreadedEmulator) -> None:
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

    options = ["--url", service.url, "--output-format", form]
    done = process(long_script, "-o", tmp_path / "a.pcm", *options, preexec_fn=limit, stdout=subprocess.PIPE)
    out, said = (part.decode() for part in done.communicate(timeout=60))
    message = json.loads(out)["message"] if form == "json" else said
    part = tmp_path / "a.pcm.part"
    assert done.returncode == USAGE and "Traceback" not in said, said
    assert message.count("File too large") == 1 and f"{part}: " in message
    assert f"kept, in part, in {part} ({part.stat().st_size:,} bytes" in message and "cut off" in message
    assert not (tmp_path / "a.pcm").exists()


# --- standard input as it comes


def test_a_pipe_is_spoken_while_it_comes(tmp_path: Path) -> None:
    with ThreadedEmulator(voice="tone") as emulator:
        out = tmp_path / "a.wav"
        speaking = process("-", "-o", out, "--url", emulator.url, stdin=subprocess.PIPE)
        assert speaking.stdin is not None
        speaking.stdin.write("# 你好\n\nThis is **one** sentence. And ano".encode())
        speaking.stdin.flush()
        until = time.monotonic() + 20
        while not (emulator.tasks and emulator.tasks[-1].texts):
            assert time.monotonic() < until and speaking.poll() is None
            time.sleep(0.02)
        assert "ano" not in emulator.tasks[-1].text
        _, said = speaking.communicate(b"ther!\n", timeout=20)
        assert speaking.returncode == 0, said
        words = "".join(task.text for task in emulator.tasks).split()
        assert " ".join(words) == "你好。 This is one sentence. And another!"
        assert emulator.tasks[-1].parameters["format"] == "wav" and soundfile.info(str(out)).format == "WAV"


@pytest.mark.parametrize(
    ("given", "options", "code", "says"),
    [
        (b"Plain *text*.", ["--from", "text"], 0, "1 sentences"),
        (b"<speak>One. Two.</speak>", ["--enable-ssml"], 0, "s of audio"),
        (b"<!-- a note --> <speak>One.</speak>", ["--enable-ssml"], 0, "s of audio"),
        (b"<speak>One.</speak>", [], 0, "<stdin>: enable_ssml: SSM001 note"),
        (b"<!-- a note --> <speak>One.</speak>", [], 0, "<stdin>: enable_ssml: SSM001 note"),
        (b"<speak>One.</speak>", ["--no-enable-ssml"], 0, "<stdin>:1:1: SSM001 warning"),
        (b"<!-- a note --> <speak>One.</speak>", ["--no-enable-ssml"], 0, "<stdin>:1:17: SSM001 warning"),
        (b"<Speak>One.</Speak>", [], REFUSED, "<stdin>:1:2: SSM030"),
        (b"", [], REFUSED, "nothing to speak"),
        (b"......", [], REFUSED, "nothing to speak"),
        (b"One.\n\nTwo\0.\n", [], REFUSED, "<stdin>:3:4: TXT003"),
        ("你好。".encode("gb18030"), [], REFUSED, "<stdin>:1:1: TXT001"),
        ("你好。".encode("gb18030"), ["--encoding", "gb18030"], 0, "1 sentences"),
        (b"\xef\xbb\xbf# One.\n", [], 0, "1 sentences"),
    ],
)
def test_what_comes_through_a_pipe(
    given: bytes, options: list[str], code: int, says: str, tmp_path: Path, service: ThreadedEmulator
) -> None:
    speaking = process("-", "-o", tmp_path / "a.mp3", "--url", service.url, *options, stdin=subprocess.PIPE)
    _, said = speaking.communicate(given, timeout=20)
    assert (speaking.returncode, says in said.decode()) == (code, True), said.decode()
    assert b"Traceback" not in said and (tmp_path / "a.mp3").exists() == (code == 0)


def test_a_file_as_standard_input_is_read_whole(script: Path, tmp_path: Path, service: ThreadedEmulator) -> None:
    before = len(service.tasks)
    script.write_text("One.\n\nTwo\0.\n", "utf-8")
    with script.open("rb") as file:
        speaking = process("-", "-o", tmp_path / "a.mp3", "--url", service.url, stdin=file)
        with speaking:
            assert speaking.wait(20) == REFUSED
    assert len(service.tasks) == before, "an error anywhere keeps all from being sent"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_is_shown_on_a_terminal(script: Path, tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "ttsprep", "speak", str(script), "-o", str(tmp_path / "a.mp3"), "--emulator"]
    with subprocess.Popen(command, stderr=theirs, stdout=subprocess.PIPE, env={**os.environ, "TERM": "xterm"}) as done:
        os.close(theirs)
        said = b""
        try:
            while data := os.read(ours, 4096):
                said += data
        except OSError:  # the terminal is closed
            pass
        assert done.wait(20) == 0
    os.close(ours)
    assert b"sentences" in said and b"\r\x1b[K" in said
