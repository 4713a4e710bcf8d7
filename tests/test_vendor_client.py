"""An independent witness: the vendor's own client, PyPI dashscope, talks to the emulator in the mode ``observed``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import soundfile

from ttsprep.counting import count
from ttsprep.emulator import Outcome, ThreadedEmulator

TEXT = "你好，世界。今天天气很好。Hello there, my friend."
"""As in vendor_client.py, which is not imported here."""
SENTENCES = 3
SCRIPT = Path(__file__).with_name("vendor_client.py")


class Heard(NamedTuple):
    server: ThreadedEmulator
    facts: Any
    file: Path

    @property
    def seconds(self) -> float:
        info = soundfile.info(str(self.file))
        return float(info.duration)


@pytest.fixture
def vendor(cosyvoice_server_factory: Callable[..., ThreadedEmulator], tmp_path: Path) -> Callable[..., Heard]:
    """Run a scenario of vendor_client.py."""

    def run(scenario: str, **options: Any) -> Heard:
        server = cosyvoice_server_factory(mode="observed", **options)
        file = tmp_path / "audio"
        command = [sys.executable, str(SCRIPT), scenario, server.url, str(file)]
        environment = {**os.environ, "NO_PROXY": "127.0.0.1", "PYTHONUTF8": "1"}
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)
        assert done.returncode == 0, done.stderr
        return Heard(server, json.loads(done.stdout.splitlines()[-1]), file)

    return run


def no_rule_broken(heard: Heard) -> None:
    assert {finding.outcome for finding in heard.server.departures} <= {Outcome.TOLERATED}
    assert heard.server.emulator.findings.refused == 0


@pytest.mark.rule("PAR-03", "PAR-04", "RUN-04", "EVT-04", "EVT-05", "AUD-02")
@pytest.mark.parametrize("voice", ["tone", "speech"])
def test_call(vendor: Callable[..., Heard], voice: str) -> None:
    heard = vendor("call", voice=voice)
    no_rule_broken(heard)
    assert heard.seconds > 0.2 * SENTENCES
    assert heard.facts["header"]["event"] == "task-finished"
    assert heard.facts["payload"]["usage"]["characters"] == count(TEXT)
    (task,) = heard.server.tasks
    assert (task.state, task.text, len(task.sentences)) == ("finished", TEXT, SENTENCES)
    tolerated = {finding.message.split(":")[0] for finding in heard.server.departures}
    assert 'format "Default" is taken for mp3' in tolerated
    assert "sample_rate 0 is taken for the default" in tolerated


@pytest.mark.parametrize(("scenario", "kind", "rate"), [("call_in_wav", "WAV", 16000), ("call_in_opus", "OGG", 24000)])
def test_formats(vendor: Callable[..., Heard], scenario: str, kind: str, rate: int) -> None:
    heard = vendor(scenario)
    no_rule_broken(heard)
    info = soundfile.info(str(heard.file))
    assert (info.format, info.samplerate) == (kind, rate)
    samples, _ = soundfile.read(str(heard.file))
    assert len(samples) / rate > 0.2 * SENTENCES


@pytest.mark.rule("FLW-03", "FLW-04", "FLW-10", "EVT-02")
def test_streaming_call_and_complete(vendor: Callable[..., Heard]) -> None:
    heard = vendor("streaming")
    no_rule_broken(heard)
    assert heard.seconds > 0.2 * SENTENCES
    assert heard.facts["calls"] == ["open", "complete", "close"]
    assert "".join(heard.server.tasks[0].sentences) == TEXT
    assert len(heard.server.tasks[0].sentences) == SENTENCES
    indices = {
        event["payload"]["output"]["sentence"]["index"]
        for event in heard.facts["events"]
        if event["header"]["event"] == "result-generated"
    }
    assert indices == set(range(SENTENCES))


def test_a_callback(vendor: Callable[..., Heard]) -> None:
    heard = vendor("callback")
    no_rule_broken(heard)
    assert heard.seconds > 0.2 * SENTENCES
    assert heard.facts["calls"][:2] == ["open", "complete"]


@pytest.mark.rule("CON-01", "FIN-01")
def test_flush_and_cancel(vendor: Callable[..., Heard]) -> None:
    heard = vendor("flush_and_cancel")
    no_rule_broken(heard)
    (task,) = heard.server.tasks
    assert (task.state, task.sentences) == ("cancelled", ["没有句号的话"])
    assert "complete" in heard.facts["calls"]
    assert heard.seconds > 0.2


@pytest.mark.rule("EVT-03", "PAR-10")
def test_word_timestamps(vendor: Callable[..., Heard]) -> None:
    heard = vendor("words", voice="speech")
    no_rule_broken(heard)
    found = [
        word
        for event in heard.facts
        if event["header"]["event"] == "result-generated"
        for word in event["payload"]["output"]["sentence"]["words"]
    ]
    assert "".join(word["text"] for word in found) == "你好世界今天天气很好Hellotheremyfriend"
    times = [word["begin_time"] for word in found]
    assert times == sorted(times)
    assert found[-1]["end_time"] / 1000 <= heard.seconds + 0.2


@pytest.mark.rule("SSM-03", "SSM-04", "PAR-08")
def test_ssml(vendor: Callable[..., Heard]) -> None:
    heard = vendor("ssml")
    no_rule_broken(heard)
    assert heard.seconds > 0.2
    assert heard.facts["payload"]["usage"]["characters"] == count("你好，世界。")


@pytest.mark.rule("PAR-02", "EVT-06")
def test_a_wrong_voice(vendor: Callable[..., Heard]) -> None:
    heard = vendor("wrong_voice")
    assert "InvalidParameter" in heard.facts["text"]
    assert "[tts:]Engine return error code: 418" in heard.facts["text"]
    refused = [finding for finding in heard.server.departures if finding.outcome is Outcome.REFUSED]
    assert [finding.rules for finding in refused] == [("PAR-02",)]
