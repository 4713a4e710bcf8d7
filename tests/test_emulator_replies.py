"""Frames in, reply out, in both modes: ``tests/cases/emulator/instructions.toml`` and ``parameters.toml``."""

from __future__ import annotations

import asyncio
import json
import re
import tomllib
import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.emulating import Client, client, instruction, put
from ttsprep import catalog
from ttsprep.emulator import Emulator, Outcome

CASES = Path(__file__).parent / "cases" / "emulator"
INSTRUCTIONS = tomllib.loads((CASES / "instructions.toml").read_text("utf-8"))["case"]
PARAMETERS = tomllib.loads((CASES / "parameters.toml").read_text("utf-8"))["case"]
NO_SSML_VOICE = next(voice.id for voice in catalog.voices(model="cosyvoice-v3-flash", ssml=False))
FAILED = {"code": "InvalidParameter", "message": "[emulator]"}


def _cases(cases: list[dict[str, Any]]) -> Any:
    """Each case in each mode, marked with its rules."""
    return [
        pytest.param(case, mode, id=f"{case['name']}-{mode}", marks=[pytest.mark.rule(*case["rules"])])
        for case in cases
        for mode in ("strict", "observed")
    ]


class _Script:
    """Sends what a case says."""

    def __init__(self, case: dict[str, Any], on: Client) -> None:
        self.case, self.client = case, on
        self.repeat = 1

    async def play(self) -> None:
        for step in self.case["send"]:
            if found := re.fullmatch(r"(\d+) times", step):
                self.repeat = int(found[1])
                continue
            for _ in range(self.repeat):
                await self.step(step)
            self.repeat = 1

    async def step(self, step: str) -> None:
        words, _, text = step.partition(": ")
        action, *flags = words.split()
        if action in ("task-started", "task-finished", "audio"):
            await self.client.until(action, "task-failed")
        elif action == "raw":
            await self.client.send(text.replace("TASK", self.client.task_id))
        elif action == "binary":
            await self.client.send(json.dumps(instruction("run-task", uuid.uuid4().hex)).encode())
        elif action == "bad-utf8":
            await self.client.websocket.send(b'{"header": "\xff"}', text=True)
        else:
            await self.client.send(self.instruction(action, flags, _expanded(text)))

    def instruction(self, action: str, flags: list[str], text: str) -> dict[str, Any]:
        if action == "run-task" and "same-id" not in flags:
            self.client.task_id = uuid.uuid4().hex
        body = instruction(action, uuid.uuid4().hex if "other-id" in flags else self.client.task_id)
        if text:
            body["payload"]["input"]["text"] = text
        changes = self.case.get("change", {})
        for path, value in {**changes.get("all", {}), **changes.get(action, {})}.items():
            put(body, path, NO_SSML_VOICE if value == "VOICE-WITHOUT-SSML" else value)
        for path in self.case.get("remove", {}).get(action, []):
            put(body, path, None)
        return body


def _expanded(text: str) -> str:
    found = re.fullmatch(r"(\d+) × (\S)( in SSML)?", text)
    if not found:
        return text
    long = found[2] * int(found[1])
    return f'<speak rate="1.0">{long}</speak>' if found[3] else long


async def _reply(to: Client) -> Any:
    """How the conversation ends, in the words of a case."""
    from websockets.exceptions import ConnectionClosed

    try:
        event = await to.until("task-finished", "task-failed")
    except ConnectionClosed as closed:
        return {"close": closed.rcvd.code if closed.rcvd else 1006}
    if event["header"]["event"] == "task-finished":
        return "finished"
    assert event["payload"] == {}
    assert event["header"]["attributes"] == {}
    code, _ = await to.end()
    assert code == 1000, "the connection closes after task-failed"
    return {"code": event["header"]["error_code"], "message": event["header"]["error_message"]}


async def _converse(case: dict[str, Any], **options: Any) -> tuple[Any, Emulator]:
    async with Emulator(voice="tone", **options) as emulator, client(emulator.url) as connected:
        from websockets.exceptions import ConnectionClosed

        try:
            await _Script(case, connected).play()
        except ConnectionClosed:
            pass  # refused before the last step
        last = connected.order[-1] if connected.order else ""
        if last == "task-failed":
            header = connected.events[-1]["header"]
            return {"code": header["error_code"], "message": header["error_message"]}, emulator
        return await _reply(connected), emulator


def _matches(reply: Any, wanted: Any) -> bool:
    if isinstance(reply, dict) and isinstance(wanted, dict) and wanted.get("message") == "[emulator]":
        return bool(reply.get("code") == wanted["code"] and reply["message"].startswith("[emulator] "))
    return bool(reply == wanted)


@pytest.mark.rule("EVT-06")
@pytest.mark.parametrize(("case", "mode"), _cases(INSTRUCTIONS))
def test_instructions(case: dict[str, Any], mode: str) -> None:
    wanted = case.get(mode, case["strict"])
    reply, emulator = asyncio.run(_converse(case, mode=mode))
    assert _matches(reply, wanted), f"{reply} instead of {wanted}"
    found = {rule for finding in emulator.findings.of(*Outcome) for rule in finding.rules}
    assert set(case["rules"]) <= found
    noted = Outcome.NOTED if case.get("noted") else Outcome.TOLERATED
    outcomes = {
        finding.outcome for finding in emulator.findings.of(*Outcome) if set(case["rules"]) & set(finding.rules)
    }
    if case["rules"] and wanted == "finished":
        assert outcomes == {noted}
    assert (emulator.findings.refused > 0) == (wanted != "finished")
    assert all(finding.says and finding.remedy for finding in emulator.departures)


@pytest.mark.rule("RUN-03", "RUN-04", "RUN-06", "CON-01", "FIN-01")
@pytest.mark.parametrize(
    "case", [case for case in INSTRUCTIONS if "null_closes" in case], ids=lambda case: case["name"]
)
def test_close_instead_of_null(case: dict[str, Any]) -> None:
    reply, _ = asyncio.run(_converse(case, null_closes=True))
    assert reply == {"close": case["null_closes"]}


@pytest.mark.parametrize(("case", "mode"), _cases(PARAMETERS))
def test_parameters(case: dict[str, Any], mode: str) -> None:
    wanted = case.get(mode, case["strict"])

    async def run() -> tuple[Any, Emulator]:
        async with Emulator(voice="tone", mode=mode) as emulator, client(emulator.url) as connected:
            connected.task_id = uuid.uuid4().hex
            body = instruction("run-task", connected.task_id)
            body["payload"]["model"] = case.get("model", "cosyvoice-v3-flash")
            for name, value in case["parameters"].items():
                put(body, f"payload.parameters.{name}", None if value == "(none)" else value)
            await connected.send(body)
            event = await connected.until("task-started", "task-failed")
            if event["header"]["event"] == "task-started":
                await connected.text(case.get("text", "你好，世界。"))
                await connected.finish()
                return await _reply(connected), emulator
            header = event["header"]
            return {"code": header["error_code"], "message": header["error_message"]}, emulator

    reply, emulator = asyncio.run(run())
    if wanted in ("finished", "noted", "tolerated"):
        assert reply == "finished"
        assert emulator.findings.refused == 0
        outcomes = {finding.outcome.value for finding in emulator.findings.of(*Outcome)}
        assert wanted == "finished" or wanted in outcomes
    else:
        assert _matches(reply, FAILED if wanted == "own" else {"code": "InvalidParameter", "message": wanted})
    assert set(case["rules"]) == {rule for finding in emulator.findings.of(*Outcome) for rule in finding.rules}


@pytest.mark.rule("EVT-06")
def test_texts_of_our_own_are_marked_and_say_what_to_do() -> None:
    case = next(case for case in INSTRUCTIONS if case["name"] == "short task_id")
    reply, emulator = asyncio.run(_converse(case))
    assert reply["message"].startswith("[emulator] malformed task_id")
    assert "32 hexadecimal digits" in reply["message"]
    assert "32 hexadecimal digits" in str(emulator.departures[0])
