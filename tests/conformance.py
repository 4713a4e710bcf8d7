"""Which test covers which rule of the API page: the source of ``docs/conformance.md``.

Run ``python -m tests.conformance`` to write that page anew.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from ttsprep import catalog

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "conformance.md"

HEAD = """# Conformance

Every rule of the CosyVoice WebSocket API page, numbered, and the tests that hold it. *Basis* says whether the page
itself states the rule (page), another source does (other), we read it so (assumption, see
[assumptions.md](assumptions.md)) or added it (own). Rules whose *where* is docs bind people, not code.

This page is generated: `python -m tests.conformance`.

| rule | where | basis | what | tests |
|---|---|---|---|---|
"""


def rules() -> list[dict[str, str]]:
    """The rows of the table of rules."""
    return [
        {"id": rule.id, "where": ", ".join(rule.where), "basis": ", ".join(rule.basis), "rule": rule.text}
        for rule in catalog.api_rules().values()
    ]


def coverage() -> dict[str, list[str]]:
    """Rule id → ids of the tests marked with it, as pytest collects them."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "rules.json"
        command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:xdist", f"--rules-to={target}"]
        subprocess.run([*command, str(ROOT / "tests")], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        marks: dict[str, list[str]] = json.loads(target.read_text("utf-8"))
    found = defaultdict(list)
    for test, ids in marks.items():
        for rule in ids:
            found[rule].append(test)
    return found


def page(covered: dict[str, list[str]]) -> str:
    """The page as it should be."""
    return HEAD + "".join(_row(rule, covered.get(rule["id"], [])) for rule in rules())


def _row(rule: dict[str, str], tests: list[str]) -> str:
    files = sorted({test.partition("::")[0].removeprefix("tests/") for test in tests})
    what = rule["rule"].replace("|", "\\|").replace("<", "\\<")  # a tag would not be shown
    return f"| {rule['id']} | {rule['where']} | {rule['basis']} | {what} | {', '.join(files) or '–'} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(coverage()), "utf-8")
