"""Counting beside ``len(text) + sum(map(len, findall(HAN_RUN, text)))``, and many stretches beside one by one.

Run ``python tests/benchmarks/count.py``.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise

from ttsprep.counting import HAN, count_plain, counts, fitting

ROUNDS = 25
HAN_RUN = re.compile(f"[{HAN}]+")

TEXTS = {
    "Chinese": "床前明月光，疑是地上霜。举头望明月，低头思故乡。他说：“3.14 是圆周率”……" * 2000,
    "Chinese and English": "中文 English 混排 text，带 numbers 123。" * 3000,
    "Japanese": "昔々あるところに、おじいさんとおばあさんが住んでいました。" * 3000,
    "Korean": "안녕하세요 여러분 漢字 섞어 쓰기. " * 3000,
    "emoji and rare ideographs": "今天😀天气𠀀很好👍🏽，rare 𪚥 ideographs。" * 3000,
    "English with curly quotes": "It’s a test of the “quoted” English text with some dashes — here. " * 3000,
    "ASCII": "It is a test of plain English text. " * 5000,
}


def seconds(*calls: Callable[[], object]) -> list[float]:
    """The best time of each, taken in turn so that a busy machine is unfair to none."""
    best = [float("inf")] * len(calls)
    for _ in range(ROUNDS):
        for index, call in enumerate(calls):
            begun = time.perf_counter()
            call()
            best[index] = min(best[index], time.perf_counter() - begun)
    return best


def by_search(text: str) -> int:
    return len(text) + sum(map(len, HAN_RUN.findall(text)))


def main() -> None:
    print(f"{'text':28}{'times as fast':>14}{'MB/s':>9}")
    for name, text in TEXTS.items():
        assert count_plain(text) == by_search(text)
        ours, search = seconds(partial(count_plain, text), partial(by_search, text))
        print(f"{name:28}{search / ours:14.1f}{len(text.encode()) / ours / 1e6:9.0f}")
    text = TEXTS["Chinese"]
    cuts = range(0, len(text) + 1, 20)
    many, single = seconds(lambda: counts(text, cuts), lambda: [count_plain(text[a:b]) for a, b in pairwise(cuts)])
    print(f"{len(cuts) - 1} stretches at once: {single / many:.1f} times as fast as one by one, {many * 1e3:.2f} ms")
    (fit,) = seconds(lambda: fitting(text, 20_000, 100))
    print(f"what fits into 20,000: {fit * 1e6:.0f} µs")


if __name__ == "__main__":
    main()
