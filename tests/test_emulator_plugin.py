"""The pytest fixtures that come with the package, the emulator in a thread, and what importing them costs."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import connect

import ttsprep.emulator
from tests.conftest import BARE
from tests.emulating import KEY
from ttsprep.emulator import Emulator, Options, ThreadedEmulator
from ttsprep.emulator.expecting import findable
from ttsprep.emulator.options import Keywords

pytest_plugins = ["pytester"]

TESTS = """
from websockets.sync.client import connect

FINISH = '{"header": {"action": "finish-task", "task_id": "", "streaming": "duplex"}, "payload": {"input": {}}}'

def misbehave(server):
    with connect(server.url, additional_headers={"Authorization": "Bearer sk-a-test-key"}, proxy=None) as socket:
        socket.send(FINISH)
        socket.recv()

def test_departure(cosyvoice_server):
    misbehave(cosyvoice_server)

def test_expected_departure(cosyvoice_server):
    cosyvoice_server.expect("FLW-02")
    misbehave(cosyvoice_server)

def test_another_departure(cosyvoice_server):
    cosyvoice_server.expect("RUN-03")
    misbehave(cosyvoice_server)

def test_nothing_came(cosyvoice_server):
    cosyvoice_server.expect("FLW-02", "RUN-03")

def test_typo(cosyvoice_server):
    cosyvoice_server.expect("FLW02")

def test_observed(cosyvoice_server_factory):
    misbehave(cosyvoice_server_factory(mode="observed"))
"""


def test_a_departure_fails_the_test_unless_it_was_expected(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:xdist")
    result.assert_outcomes(passed=5, errors=3, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*ERROR at teardown of test_departure*",
            "*the emulator found departures from the API page:*",
            "*FLW-02*send run-task first and wait for task-started*",
            "*ERROR at teardown of test_another_departure*",
            "*FLW-02*send run-task first and wait for task-started*",
            "the test expected departures that never came: RUN-03",
            "*ERROR at teardown of test_nothing_came*",
            "the test expected departures that never came: FLW-02, RUN-03",
            "*ValueError: the emulator finds no departures from 'FLW02' (did you mean FLW-02?)",
        ]
    )


def test_every_rule_that_the_emulator_names_can_be_expected() -> None:
    """Whatever stands in the code as a rule of a finding, in quotes and by itself."""
    folder = Path(ttsprep.emulator.__file__).parent
    named = {rule for file in folder.glob("*.py") for rule in re.findall(r'"([A-Z]{3}-\d\d)"', file.read_text("utf-8"))}
    assert {"URL-01", "CON-02", "PAR-02", "FLW-02"} <= named
    assert named <= findable()


MY_CLIENT = """
from websockets.exceptions import InvalidStatus


def say(url, text):
    for _ in range(2):
        try:
            return asyncio.run(speak(url))
        except InvalidStatus:
            pass
"""
"""A client that tries twice, around the `speak` of the page, whose text is the one of the page's tests."""


def test_the_example_of_the_page_runs(pytester: pytest.Pytester) -> None:
    page = (Path(__file__).resolve().parent.parent / "docs" / "emulator.md").read_text("utf-8")
    client, tests = (re.search(rf"^```{name}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE) for name in ("python", "py"))
    assert client and tests
    pytester.makepyfile(my_client=client[1].partition("async def test()")[0] + MY_CLIENT, test_page=tests[1])
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:xdist")
    result.assert_outcomes(passed=2)


def test_the_plugin_loads_nothing_that_a_pytest_run_does_not_need() -> None:
    code = "import sys, pytest; import ttsprep.emulator.pytest_plugin; print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for name in ("websockets", "click", "numpy", "soundfile", "ttsprep.catalog", "ttsprep.protocol"):
        assert f"'{name}'" not in loaded


@pytest.mark.parametrize("library", ["numpy", "soundfile", "click", "lxml"])
def test_the_emulator_loads_no_audio_library_until_it_speaks(library: str) -> None:
    code = "import sys; from ttsprep.emulator import Emulator; Emulator(voice='tone'); print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert f"'{library}'" not in loaded


def test_two_emulators_side_by_side_in_threads() -> None:
    with ThreadedEmulator(voice="tone") as one, ThreadedEmulator(voice="tone") as two:
        assert one.url != two.url
        headers = {"Authorization": f"Bearer {KEY}"}
        with connect(one.url, additional_headers=headers, proxy=None, logger=BARE) as socket:
            socket.send("nothing")
            with pytest.raises(Exception, match="1007"):
                socket.recv(timeout=5)
    assert [finding.rules for finding in one.departures] == [("RUN-01", "TXT-06")]
    assert two.departures == []


def test_an_emulator_in_a_thread_that_cannot_start_says_why() -> None:
    with (
        ThreadedEmulator(voice="tone") as first,
        pytest.raises(OSError, match="attempting to bind"),
        ThreadedEmulator(voice="tone", port=first.address[1]),
    ):
        pass


@pytest.mark.parametrize(
    "options",
    [{"mode": "lenient"}, {"voice": "human"}, {"time_scale": 0}, {"quota": 0}, {"stall": float("inf")}],
)
def test_options_that_make_no_sense(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"lenient|human|positive"):
        Emulator(**options)


def test_an_option_that_does_not_exist() -> None:
    with pytest.raises(TypeError, match="colour"):
        Emulator(colour="red")  # type: ignore[call-arg]  # what is tested


def test_the_keywords_are_the_options() -> None:
    assert list(Keywords.__annotations__) == [entry.name for entry in dataclasses.fields(Options)]


def test_the_key_stands_in_no_repr() -> None:
    assert KEY not in repr(Options(require_key=KEY))
