"""`MarkdownStream` fed token by token: how long text waits, and how fast it goes.

Run ``python tests/benchmarks/stream.py [FOLDER…]``. The delay of a character is the number of source characters that
had come behind it when it was released. Measured over model answers made here, the documents of the test cases, those
of the folder TTSPREP_CASES or ../shared/cases where there is one, and the folders named.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ttsprep import MarkdownStream
from ttsprep.mapped import Kind

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("TTSPREP_CASES") or ROOT.parent / "shared" / "cases")
ROUNDS = 3
TOKEN = 4
"""How many characters of a language model's answer come at once."""

ENGLISH = [
    "The short answer is that both approaches work, but they fail in different ways.",
    "You can think of the **event loop** as a single worker that never blocks!",
    "If the file is larger than 2.5 GB, `read()` will need more memory than most containers have.",
    "Dr. Lee's group reported a drop of 15.7% in latency after the change (see [the paper](https://example.com/p)).",
    "Does that mean you should rewrite everything?",
    "Not at all: measure first, and only then decide which of the *three* options fits your traffic.",
    "For example, a request that takes 30 ms on its own can take 400 ms behind a slow one.",
    "This is usually the right default.",
]
CHINESE = [
    "简单来说，两种方法都可行，只是出错的方式不同。",
    "可以把**事件循环**想成一个从不休息的工人！",
    "如果文件超过 2.5 GB，`read()` 需要的内存会比大多数容器都多，因此最好分块读取。",
    "李博士的团队报告说，改动之后延迟下降了 15.7%（见[论文](https://example.com/p)）。",
    "这是否意味着要全部重写呢？",
    "并非如此：先测量，再决定*三种*方案里哪一种适合你的流量。",
]
CODE = "```python\nasync def main():\n    async with connect(url) as peer:\n        await peer.send(text)\n```"
TABLE = "| {a} | {b} |\n|---|---|\n| 30 ms | 12 |\n| 400 ms | 3 |"


def answer(seed: int, sentences: list[str]) -> str:
    """A model's answer: an opening, sections of paragraphs and lists, now and then code or a table."""
    pick = random.Random(seed)
    gap = " " if sentences is ENGLISH else ""

    def paragraph(least: int, most: int) -> str:
        return gap.join(pick.choices(sentences, k=pick.randint(least, most)))

    def points(marker: Callable[[int], str]) -> str:
        count = pick.randint(3, 6)
        return "\n".join(f"{marker(n)} **{pick.choice('ABCDE')}{n}**: {paragraph(1, 2)}" for n in range(1, count + 1))

    blocks = [paragraph(1, 3)]
    for number in range(1, pick.randint(2, 5)):
        blocks += [f"## {number}. {pick.choice(sentences)[:24]}", paragraph(2, 5)]
        kind = pick.choice(("bullets", "numbers", "code", "table", "paragraph"))
        blocks.append(
            {
                "bullets": lambda: points(lambda _: "-"),
                "numbers": lambda: points(lambda n: f"{n}."),
                "code": lambda: CODE,
                "table": lambda: TABLE.format(a=sentences[0][:6], b=sentences[1][:6]),
                "paragraph": lambda: paragraph(1, 4),
            }[kind]()
        )
    return "\n\n".join([*blocks, paragraph(1, 2)]) + "\n"


def delays(text: str) -> Iterator[int]:
    """For each character heard as it stands: how many had come behind it when it was released."""
    stream = MarkdownStream()
    for at in range(0, len(text) + TOKEN, TOKEN):
        released = stream.feed(text[at : at + TOKEN]) if at < len(text) else stream.close()
        come = min(at + TOKEN, len(text))
        for piece in released.pieces():
            if piece.kind is Kind.VERBATIM:
                yield from range(come - piece.source.start, come - piece.source.end, -1)


def seconds(texts: Iterable[str]) -> float:
    def run() -> float:
        begun = time.perf_counter()
        for text in texts:
            stream = MarkdownStream()
            for at in range(0, len(text), TOKEN):
                stream.feed(text[at : at + TOKEN])
            stream.close()
        return time.perf_counter() - begun

    return min(run() for _ in range(ROUNDS))


def corpora(folders: Iterable[Path]) -> Iterator[tuple[str, list[str]]]:
    yield "English answers", [answer(seed, ENGLISH) for seed in range(60)]
    yield "Chinese answers", [answer(seed, CHINESE) for seed in range(60)]
    yield "documents of the docs", [path.read_text("utf-8") for path in sorted((ROOT / "docs").rglob("*.md"))]
    specification = SHARED / "markdown" / "commonmark-spec.json"
    if specification.exists():
        cases = json.loads(specification.read_text("utf-8"))
        yield "CommonMark examples", ["\n\n".join(case["markdown"] for case in cases)]
    for folder in folders:
        yield str(folder), [path.read_text("utf-8") for path in sorted(folder.rglob("*.md"))]


LONG: dict[str, Callable[[int], str]] = {
    "one paragraph": lambda size: " ".join(ENGLISH) * (size // 500),
    "one line per sentence": lambda size: "\n".join(ENGLISH) * (size // 500),
    "one list": lambda size: "- an item of a list\n" * (size // 20),
    "one nested list": lambda size: "- an item\n" + "  - an item below it\n" * (size // 21),
    "one fence": lambda size: "```\n" + "x = some(code)\n" * (size // 15),
    "one quote": lambda size: "> A quoted line. And more.\n" * (size // 27),
    "one table": lambda size: "|a|b|\n|-|-|\n" + "| cell | cell |\n" * (size // 16),
    "open marker": lambda size: "*" + "Some. Words. " * (size // 13),
}


def main() -> None:
    print(f"delay in characters, fed {TOKEN} at a time     median    p95    max     MB/s")
    for name, texts in corpora(map(Path, sys.argv[1:])):
        found = sorted(delay for text in texts for delay in delays(text))
        rate = sum(len(text.encode()) for text in texts) / seconds(texts) / 1e6
        median, most = found[len(found) // 2], found[len(found) * 95 // 100]
        print(f"{name:40} {median:8} {most:6} {found[-1]:6} {rate:8.2f}")
    print("\none block of 40 kB and of 80 kB           seconds          ratio")
    for name, make in LONG.items():
        short, long = seconds([make(40_000)]), seconds([make(80_000)])
        print(f"{name:40} {short:8.3f} {long:8.3f} {long / short:6.2f}")


if __name__ == "__main__":
    main()
