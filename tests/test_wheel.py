"""The wheel, built and installed into a clean environment, works as a stranger would use it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def run(*command: str | Path, cwd: Path, given: str = "") -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_REQ"))}
    environment |= {"PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=environment,
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, ROOT, cwd=folder)
    (built,) = folder.glob("ttsprep-*.whl")
    return built


def test_the_wheel_holds_the_package_its_data_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"ttsprep", next(top for top in tops if top.endswith(".dist-info"))}
    for needed in (
        "ttsprep/py.typed",
        "ttsprep/data/voices.toml",
        "ttsprep/cli/__init__.py",
        "ttsprep/grammars/cosyvoice-ssml.rng",
    ):
        assert needed in names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_wheel_works_in_a_clean_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    scripts = tmp_path / "env" / SCRIPTS
    run(scripts / "pip", "install", "--quiet", wheel, cwd=tmp_path)
    assert run(scripts / "ttsprep", "--version", cwd=tmp_path).startswith("ttsprep ")
    assert run(scripts / "ttsprep", "count", "--from", "text", cwd=tmp_path, given="你好").split() == ["4", "<stdin>"]
    prepared = run(scripts / "ttsprep", "prepare", cwd=tmp_path, given="你好。")
    assert prepared.count('"task_id"') == 3
    document = '<speak>你好<break time="1s"/></speak>'
    prepared = run(scripts / "ttsprep", "prepare", "--enable-ssml", cwd=tmp_path, given=document)
    assert json.loads(prepared.splitlines()[1])["payload"]["input"]["text"] == document
