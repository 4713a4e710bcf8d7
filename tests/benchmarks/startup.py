"""How long a command takes from start to finish, beside a bare interpreter: medians and ratios.

Run ``python tests/benchmarks/startup.py``.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 15


def seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "small.txt"
        text.write_text("你好，world。\n" * 20, "utf-8")
        markdown = Path(folder) / "small.md"
        markdown.write_text("# 你好\n\n**world**\n", "utf-8")
        ttsprep = [sys.executable, "-m", "ttsprep"]
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "import click": [sys.executable, "-c", "import click"],
            "import ttsprep": [sys.executable, "-c", "import ttsprep"],
            "ttsprep --version": [*ttsprep, "--version"],
            "ttsprep --help": [*ttsprep, "--help"],
            "ttsprep count small.txt": [*ttsprep, "count", str(text)],
            "ttsprep count small.md": [*ttsprep, "count", str(markdown)],
            "ttsprep prepare small.md": [*ttsprep, "prepare", str(markdown)],
            "ttsprep voices": [*ttsprep, "voices"],
        }
        rounds = [{name: seconds(command) for name, command in commands.items()} for _ in range(ROUNDS)]
    bare = statistics.median(row["python -c pass"] for row in rounds)
    for name in commands:
        median = statistics.median(row[name] for row in rounds)
        print(f"{name:26} {median * 1000:6.0f} ms  {median / bare:5.1f} x bare interpreter")


if __name__ == "__main__":
    main()
