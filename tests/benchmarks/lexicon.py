"""Load and write a lexicon of 100,000 entries in every format, and read plain lists of it in every notation of pinyin.

Run ``python -m tests.benchmarks.lexicon``. Times are of the processor, the median of several rounds.
"""

from __future__ import annotations

import statistics
import time

from ttsprep import pinyin
from ttsprep.lexicon import FORMATS, Entry, Kind, Lexicon, read_lexicon, write_lexicon
from ttsprep.pinyin.notation import Notation, written
from ttsprep.source import Source

ENTRIES = 100_000
RUNS = 3


def lexicon() -> Lexicon:
    """Keys of two to five Chinese characters, no two the same; the last tenth is replaced by text."""
    syllables = sorted(
        letters + tone for letters in pinyin.toneless() for tone in "1234" if pinyin.is_listed(letters + tone)
    )
    entries = []
    for number in range(ENTRIES):
        key = "".join(chr(0x4E00 + (number // 1_000**at * 7 + at) % 20_000) for at in range(2 + number % 4))
        if number < ENTRIES * 9 // 10:
            value = " ".join(syllables[(number * 31 + at * 17) % len(syllables)] for at in range(len(key)))
            entries.append(Entry(key, Kind.PRONUNCIATION, value))
        else:
            entries.append(Entry(key, Kind.REPLACE, f"替{number}"))
    return Lexicon.of(entries)


def seconds(source: Source, expected: Lexicon) -> tuple[float, int]:
    """How long it takes to read a lexicon, and how much is found in it."""
    times, found = [], 0
    for _ in range(RUNS):
        start = time.thread_time()
        read, diagnostics = read_lexicon(source)
        times.append(time.thread_time() - start)
        assert read == expected, source.name
        found = len(diagnostics)
    return statistics.median(times), found


def main() -> None:
    """Print the seconds for each format and notation."""
    whole = lexicon()
    for name, form in FORMATS.items():
        start = time.thread_time()
        text = write_lexicon(whole, name)
        writing = time.thread_time() - start
        reading, found = seconds(Source(text, f"names{form.suffixes[0]}"), whole)
        print(f"{name:6} read {reading:5.2f} s, write {writing:5.2f} s, {len(text):>9,} characters, {found} findings")
    readings = Lexicon.of(entry for entry in whole if entry.kind is Kind.PRONUNCIATION)
    for notation in (Notation.DIGITS, Notation.COLON, Notation.MARKS):
        text = "".join(f"{entry.key} {written(entry.value, notation)}\n" for entry in readings)
        print(f"plain, {notation}: read {seconds(Source(text, 'names.txt'), readings)[0]:5.2f} s")


if __name__ == "__main__":
    main()
