"""LaTeX formulas: how many are read or checked in a second, and whether time is linear.

Run ``python tests/benchmarks/latex.py``. Times are of the processor, the best of several rounds. mathra and
latex2mathml stand beside where they are installed: the first draws and speaks, the second makes MathML and no speech.
"""

from __future__ import annotations

import csv
import importlib
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from ttsprep.latex import check, service_reads, speak, speak_text
from ttsprep.mapped import MappedText

CASES = Path(__file__).resolve().parent.parent / "cases" / "latex" / "readings-wide.tsv"
INLINE = ("x", "a^2", "x_1", "n", r"\alpha", r"y=2x+1", r"\frac{1}{2}", r"a_n=a_1+(n-1)d", r"f(x)=x^2", r"x \geq 0")
ROUNDS = 5


def formulas() -> list[str]:
    """One of each notation: long formulas beside short ones."""
    with CASES.open(encoding="utf-8", newline="") as file:
        return [row["formula"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def seconds(action: Callable[[], object]) -> float:
    """The best time of some rounds."""
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        action()
        times.append(time.process_time() - begun)
    return min(times)


def each(action: Callable[[str], object], items: Sequence[str]) -> None:
    for item in items:
        action(item)


def readers() -> Iterator[tuple[str, Callable[[str], object]]]:
    """Ours, and those of others that are installed. A text that repeats a formula has it from memory: not here."""
    yield "speak zh", lambda formula: speak(MappedText.verbatim(formula))
    yield "speak en", lambda formula: speak(MappedText.verbatim(formula), "en")
    yield "check", lambda formula: check(f"${formula}$")
    yield "service_reads", lambda formula: service_reads(f"${formula}$", 0, len(formula) + 2)
    for module, name, options in (("mathra", "render", {"locale": "zh"}), ("latex2mathml.converter", "convert", {})):
        try:
            yield module.partition(".")[0], partial(getattr(importlib.import_module(module), name), **options)
        except ImportError:
            print(f"({module} is not installed)")


def throughput() -> None:
    """Formulas and megabytes in a second."""
    wide = formulas()
    short = list(INLINE) * 100
    print(f"{'':16}{'inline /s':>12}{'MB/s':>8}{'all kinds /s':>14}{'MB/s':>8}")
    for name, action in readers():
        figures = []
        for items in (short, wide * 3):
            each(action, items)
            taken = seconds(partial(each, action, items))
            figures += [len(items) / taken, sum(len(item.encode()) for item in items) / taken / 1e6]
        print(f"{name:16}{figures[0]:12,.0f}{figures[1]:8.2f}{figures[2]:14,.0f}{figures[3]:8.2f}")


def documents() -> None:
    """Seconds for a megabyte of text, by size: the same for any size, if time is linear."""
    text = "".join(f"设 ${formula}$ 成立，于是有下面的结论。\n\n" for formula in formulas() if "$" not in formula)
    print(f"\n{'s/MB':16}" + "".join(f"{f'{size} times':>12}" for size in (4, 16, 64)))
    for name, action in (("speak_text", speak_text), ("check", check)):
        figures = []
        for size in (4, 16, 64):
            whole = text * size
            begun = time.process_time()
            action(whole)
            figures.append((time.process_time() - begun) / len(whole.encode()) * 1e6)
        print(f"{name:16}" + "".join(f"{figure:12.2f}" for figure in figures))


HOSTILE = {
    "braces": "{" * 10_000 + "x" + "}" * 10_000,
    "fractions": r"\frac{" * 10_000,
    "scripts": "x^{" * 10_000,
    "left": r"\left(" * 10_000,
    "brackets": "[a," * 10_000 + "]" * 10_000,
    "bars": "|a" * 20_000,
    "macros": r"\def\a{\a\a}" + r"\a" * 1_000,
}


def hostile() -> None:
    """Seconds for formulas that nobody writes."""
    print(f"\n{'s':16}{'bytes':>10}{'zh':>8}{'en':>8}{'check':>8}")
    for name, formula in HOSTILE.items():
        times = [seconds(partial(speak, formula)), seconds(partial(speak, formula, "en"))]
        times.append(seconds(partial(check, f"${formula}$")))
        print(f"{name:16}{len(formula):10,}" + "".join(f"{taken:8.2f}" for taken in times))


def main() -> None:
    """Print all figures."""
    throughput()
    documents()
    hostile()


if __name__ == "__main__":
    main()
