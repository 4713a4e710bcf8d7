"""Load and write a lexicon of 100,000 entries in every format: ``python -m tests.benchmarks.lexicon``."""

from __future__ import annotations

import statistics
import time

from ttsprep import pinyin
from ttsprep.lexicon import FORMATS, Entry, Kind, Lexicon, read_lexicon, write_lexicon
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


def main() -> None:
    """Print the seconds for each format."""
    whole = lexicon()
    for name, form in FORMATS.items():
        start = time.thread_time()
        text = write_lexicon(whole, name)
        writing = time.thread_time() - start
        source = Source(text, f"names{form.suffixes[0]}")
        times = []
        for _ in range(RUNS):
            start = time.thread_time()
            read, found = read_lexicon(source)
            times.append(time.thread_time() - start)
            assert read == whole, name
        read_in = statistics.median(times)
        print(
            f"{name:6} read {read_in:5.2f} s, write {writing:5.2f} s, {len(text):>9,} characters, {len(found)} findings"
        )


if __name__ == "__main__":
    main()
