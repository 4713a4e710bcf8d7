"""``ttsprep lint``, from its start to its end: a tiny file, a script of 1 MB, two processes, the cache, beside peers.

How much faster two processes can be on this machine now is told by two that only count.

Run ``python tests/benchmarks/lint.py``. Peers (markdownlint-cli2, proselint) are run where they are installed.
"""

from __future__ import annotations

import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROUNDS = 5
COUNTING = (sys.executable, "-c", "for number in range(40_000_000): pass")
PARAGRAPH = """## 第{n}节 圆周率的历史

圆周率约等于 **3.14159**，古人用“周三径一”来估算。*刘徽*用割圆术算到 3.1416；[祖冲之](https://example.com/zu)更进一步。
他说：“精确到小数点后七位！”这在当时领先了 900 年。It was the best result for *nine hundred* years, as Dr. Li says.

- 先画一个圆
- 再作内接正六边形

"""
TEXT = (
    "第{n}节。古人用“周三径一”来估算，刘徽算到 3.1416。It was the best result for nine hundred years, as Dr. Li says.\n"
)
ELEMENT = '你好，世界{n}。<break time="200ms"/>Nice to meet you, all {n} of you. <sub alias="千克">kg</sub>\n'
PEERS = {"markdownlint-cli2": ("markdownlint-cli2",), "proselint": ("proselint", "check")}


class Run(NamedTuple):
    """Seconds on the clock, seconds of work in all processes."""

    wall: float
    work: float


def run(command: Sequence[str], folder: Path) -> Run:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Run(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def median(command: Sequence[str], folder: Path, rounds: int = ROUNDS) -> Run:
    runs = [run(command, folder) for _ in range(rounds)]
    return Run(statistics.median(each.wall for each in runs), statistics.median(each.work for each in runs))


def lint(*args: str) -> list[str]:
    return [sys.executable, "-m", "ttsprep", "lint", "--isolated", *args]


def of_size(block: str, size: int) -> str:
    return "".join(block.replace("{n}", str(n)) for n in range(1, 1 + size // len(block.encode())))


def counting(processes: int) -> float:
    """Seconds on the clock until so many processes have counted."""
    start = time.perf_counter()
    started = [subprocess.Popen(COUNTING) for _ in range(processes)]
    for process in started:
        process.wait()
    return time.perf_counter() - start


def show(what: str, took: Run, note: str = "") -> None:
    print(f"{what:42} {took.wall:7.2f} s  ({took.work:.2f} s of work){note}")


def single_files(folder: Path) -> None:
    """A tiny file and 1 MB, as Markdown and as SSML."""
    files = {
        "tiny.md": "# 你好\n\nHello, world.\n",
        "tiny.ssml": "<speak>你好。</speak>\n",
        "large.md": of_size(PARAGRAPH, 1_000_000),
        "large.txt": of_size(TEXT, 1_000_000),
        "large.ssml": f"<speak>{of_size(ELEMENT, 1_000_000)}</speak>\n",
    }
    show("python -c pass", median([sys.executable, "-c", "pass"], folder, 20))
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
        took = median(lint("--no-cache", "--exit-zero", name), folder, ROUNDS if name.startswith("large") else 20)
        show(name, took)
        for peer, command in PEERS.items():
            if name.endswith(".md") and shutil.which(command[0]):
                other = median([*command, name], folder)
                show(f"    {peer}", other, f"  {other.wall / took.wall:.1f} times as long")


def stages() -> None:
    """What of a script of 1 MB takes how long."""
    from ttsprep import Source
    from ttsprep.lint.checking import checks
    from ttsprep.lint.model import Kind, LintFile

    file = LintFile("large.md", Source(of_size(PARAGRAPH, 1_000_000), "large.md"), Kind.MARKDOWN)
    for each in checks(Kind.MARKDOWN):
        start = time.thread_time()
        found = sum(1 for _ in each.function(file))
        name = f"{each.family:3} {getattr(each.function, '__name__', '')}"
        print(f"    {name:38} {time.thread_time() - start:7.3f} s  {found:,} findings")


def many_files(folder: Path) -> None:
    """Ten seconds of work: in one process, in two, and again from the cache."""
    for number in range(40):
        (folder / f"{number}.md").write_text(of_size(PARAGRAPH, 500_000), "utf-8")
    pairs = [[run(lint("--no-cache", "--jobs", jobs), folder) for jobs in ("1", "2")] for _ in range(3)]
    one, two = max(pairs, key=lambda pair: pair[0].wall / pair[1].wall)
    show("40 files of 0.5 MB, one process", one)
    show("two processes", two, f"  {one.wall / two.wall:.2f} times as fast (the best of three pairs)")
    print(f"two processes that only count {2 * counting(1) / counting(2):30.2f} times as fast")
    kept = ["--cache-dir", str(folder / "kept")]
    first, second = run(lint("--jobs", "1", *kept), folder), median(lint("--jobs", "1", *kept), folder, 3)
    show("writing the cache", first)
    show("from the cache", second, f"  {first.wall / second.wall:.1f} times as fast")


def main() -> None:
    """Print all of it."""
    with tempfile.TemporaryDirectory() as folder:
        single_files(Path(folder))
    stages()
    with tempfile.TemporaryDirectory() as folder:
        many_files(Path(folder))


if __name__ == "__main__":
    main()
