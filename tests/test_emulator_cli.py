"""``ttsprep emulate`` as a process: the URL on the first line, a readable log, signals, exit codes."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from websockets.exceptions import InvalidStatus

from tests.emulating import KEY, client
from ttsprep.cli.emulate import emulate
from ttsprep.emulator import FAULTS
from ttsprep.recording import KINDS, read

COMMAND = [sys.executable, "-m", "ttsprep", "emulate", "--port", "0", "--voice", "tone"]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


@contextmanager
def running(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The emulator as a process, and its URL."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    process = subprocess.Popen(
        [*COMMAND, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    try:
        assert process.stdout
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


def end(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> tuple[int, str]:
    """Send a signal; exit code and what stood on stderr."""
    process.send_signal(number)
    _, errors = process.communicate(timeout=20)
    return process.returncode, errors


async def speak(url: str) -> None:
    async with client(url) as on:
        await on.speak("你好。")


async def misbehave(url: str) -> None:
    async with client(url) as on:
        await on.text("too early")
        await on.until("task-failed")


@POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_good_client_gives_exit_code_0(number: int) -> None:
    with running() as (process, url):
        assert re.fullmatch(r"ws://127\.0\.0\.1:\d+/api-ws/v1/inference", url)
        asyncio.run(speak(url))
        code, errors = end(process, number)
    assert code == 0
    assert "Traceback" not in errors
    assert "tasks: 1 finished; rules broken: 0" in errors


@POSIX
def test_a_client_that_breaks_a_rule_gives_exit_code_1_and_a_readable_line() -> None:
    with running() as (process, url):
        asyncio.run(misbehave(url))
        code, errors = end(process)
    assert code == 1
    line = errors.splitlines()[0]
    assert line.startswith("FLW-01, FLW-02 refused (connection 1): no task is open")
    assert "; rule: run-task opens a task; continue-task and finish-task follow after task-started; " in line
    assert line.endswith("; remedy: send run-task first and wait for task-started")


@POSIX
def test_what_observed_tolerates_is_logged_and_gives_exit_code_0() -> None:
    async def short_id(url: str) -> None:
        async with client(url) as on:
            body = {"task_group": "audio", "task": "tts", "function": "SpeechSynthesizer", "input": {}}
            parameters = {"text_type": "PlainText", "voice": "longanyang"}
            header = {"action": "run-task", "task_id": "1f81e4ef3c0c", "streaming": "duplex"}
            await on.send(
                {"header": header, "payload": {**body, "model": "cosyvoice-v3-flash", "parameters": parameters}}
            )
            await on.until("task-started")

    with running("--observed") as (process, url):
        asyncio.run(short_id(url))
        code, errors = end(process)
    assert code == 0
    assert "FLW-07 tolerated" in errors


@POSIX
def test_ending_while_a_task_runs() -> None:
    async def hang_up_last(url: str, process: subprocess.Popen[str]) -> tuple[int, int]:
        async with client(url) as on:
            await on.run_task()
            await on.until("task-started")
            process.send_signal(signal.SIGTERM)
            closed, _ = await on.end()
        return closed, await asyncio.to_thread(process.wait, 20)

    with running() as (process, url):
        assert asyncio.run(hang_up_last(url, process)) == (1001, 0)


@POSIX
@pytest.mark.rule("HDR-02")
def test_a_byte_order_mark_is_no_part_of_the_key(tmp_path: Path) -> None:
    key_file = tmp_path / "key"
    key_file.write_bytes(b"\xef\xbb\xbf" + KEY.encode() + b"\r\n")
    with running("--require-key-file", str(key_file)) as (process, url):
        asyncio.run(speak(url))
        assert end(process)[0] == 0


@POSIX
@pytest.mark.rule("HDR-02", "HDR-06")
def test_the_key_of_a_file_and_the_recording(tmp_path: Path) -> None:
    key_file, record = tmp_path / "key", tmp_path / "frames.jsonl"
    key_file.write_text(KEY + "\n")

    async def with_another_key(url: str) -> None:
        from websockets.asyncio.client import connect

        with pytest.raises(InvalidStatus):
            async with connect(url, additional_headers={"Authorization": "Bearer sk-other-one"}, proxy=None):
                pass

    with running("--require-key-file", str(key_file), "--record", str(record)) as (process, url):
        asyncio.run(speak(url))
        asyncio.run(with_another_key(url))
        code, errors = end(process)
    assert code == 1
    assert "HDR-02 refused" in errors
    [session] = read(record)
    assert {type(entry.what) for entry in session.entries} == set(KINDS.values())
    assert KEY not in record.read_text("utf-8") + errors
    assert "sk-other-one" not in record.read_text("utf-8") + errors


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = CliRunner().invoke(emulate, ["--port", str(taken.getsockname()[1]), "--voice", "tone"])
    assert result.exit_code == 1
    assert "cannot listen on port" in result.output
    assert "Traceback" not in result.output


def test_a_record_that_cannot_be_written_is_said_before_it_listens(tmp_path: Path) -> None:
    result = CliRunner().invoke(emulate, ["--record", str(tmp_path / "missing" / "x.jsonl")])
    assert result.exit_code == 2
    assert "--record: cannot write" in result.output and "No such file or directory" in result.output
    assert "ws://" not in result.output and "listen" not in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--fault", "clos-1011"], "did you mean close-1011?"),
        (["--region", "mars"], "'mars' is not one of intl"),
        (["--time-scale", "0"], "0 is not in the range"),
        (["--voice", "human"], "'human' is not one of"),
        (["--require-key-file", "/nowhere"], "does not exist"),
    ],
)
def test_bad_options(arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(emulate, arguments)
    assert result.exit_code == 2
    assert message in result.output


@pytest.mark.parametrize("content", ["", "two keys", "\n", "\ufeff"])
def test_a_key_file_without_one_key_is_refused_without_showing_it(content: str, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(content, "utf-8")
    result = CliRunner().invoke(emulate, ["--require-key-file", str(file)])
    assert result.exit_code == 2
    assert "does not hold one key" in result.output
    assert "two keys" not in result.output


def test_the_help_says_what_is_not_real() -> None:
    text = " ".join(CliRunner().invoke(emulate, ["--help"]).output.split())
    assert "NOT real are the voices (espeak-ng or a tone), prosody" in text
    for word in ("billing", "moderation", "timing"):
        assert word in text


def test_the_list_of_faults() -> None:
    output = CliRunner().invoke(emulate, ["--list-faults"]).output
    assert len(output.splitlines()) == len(FAULTS)
    assert all(kind.summary in output for kind in FAULTS.values())
