"""What all tests share: where the shared case data lies, and the record of which test covers which API rule."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Generator
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent

# The same examples in every run, so that a run says something about the change it was made for; no deadlines, because
# machines are noisy. HYPOTHESIS_PROFILE=explore looks at new examples each time.
hypothesis.settings.register_profile("repeat", deadline=None, derandomize=True)
hypothesis.settings.register_profile("explore", deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeat"))
CASES = ROOT / "tests" / "cases"
SECRET = "sk-0123456789abcdef"
"""What every API key in the tests begins with."""
BARE = logging.getLogger("tests.bare")
"""For clients and servers of the tests' own, which are bare websockets: they write the headers of their handshake."""
BARE.setLevel(logging.WARNING)
# It writes several lines for each line of Markdown, and is no part of what meets a key.
logging.getLogger("markdown_it").setLevel(logging.INFO)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rules-to", metavar="FILE", help="write which test covers which rule, as JSON")


def pytest_collection_finish(session: pytest.Session) -> None:
    target = session.config.getoption("--rules-to")
    if target:
        marks = {item.nodeid: _rules(item) for item in session.items}
        Path(target).write_text(json.dumps({test: rules for test, rules in marks.items() if rules}), "utf-8")


def _rules(item: pytest.Item) -> list[str]:
    return sorted({rule for mark in item.iter_markers("rule") for rule in mark.args})


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Whatever a test prints, logs (down to DEBUG), writes or fails with: the key is not in it (HDR-06).

    What a test does with bare websockets, and says so by the logger `BARE`, is left out; so are files that hold a key
    and nothing else, which the tests write themselves.
    """
    report = yield
    leaks = [name for name, text in report.sections if SECRET in text]
    folder = getattr(item, "funcargs", {}).get("tmp_path")
    if folder is not None:
        leaks += [path.name for path in folder.rglob("*") if path.is_file() and _shows_key(path)]
    if leaks or SECRET in report.longreprtext:
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} shows the API key in: {', '.join(leaks) or 'its failure'}"
    return report


def _shows_key(path: Path) -> bool:
    content = path.read_bytes()
    return SECRET.encode() in content and len(content.split()) > 1


@pytest.fixture(scope="session")
def shared_cases() -> Path:
    """The folder of other people's data, which does not lie in the repository; the test is skipped without it."""
    folder = Path(os.environ.get("TTSPREP_CASES", ROOT.parent / "shared" / "cases"))
    if not folder.is_dir():
        pytest.skip(f"no case data in {folder}")
    return folder


@pytest.fixture(autouse=True)
def no_real_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may find, use or show the key of whoever runs it."""
    monkeypatch.delenv("DASHSCOPE_API_KEY", raising=False)
