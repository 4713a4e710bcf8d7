"""Corrections: how long 100,000 entries take on a text of 200,000 characters, beside a naive way, and how time grows.

Run ``python tests/benchmarks/hot_fix.py``. Times are of the processor, the median of several rounds; the dictionary of
words (extra `pinyin`) is loaded before.
"""

from __future__ import annotations

import random
import re
import statistics
import time
from collections.abc import Callable

from ttsprep.hot_fix import HotFix, apply, generate, widen
from ttsprep.hot_fix.readings import needs, phrases
from ttsprep.lexicon import Entry, Kind, Lexicon
from ttsprep.lexicon.matching import Matcher, leftmost

ENTRIES, CHARACTERS, ROUNDS = 100_000, 200_000, 5
COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工"
    "也能下过子说产种面而方后多定行学法所民得经"
)
RARE = [chr(code) for code in range(0x4E00, 0x4E00 + 3500)]


def lexicon(random: random.Random) -> Lexicon:
    """Half of the entries are replacements; keys are two to four characters."""
    keys = {"".join(random.choices(RARE, k=random.choice((2, 2, 3, 4)))) for _ in range(ENTRIES * 2)}
    chosen = sorted(keys)[:ENTRIES]
    return Lexicon.of(
        Entry(key, Kind.REPLACE, key[::-1] + "甲") if number % 2 else Entry(key, Kind.PRONUNCIATION, reading(key))
        for number, key in enumerate(chosen)
    )


def reading(key: str) -> str:
    return " ".join("yi1" for _ in key)


def text(random: random.Random, entries: Lexicon, characters: int = CHARACTERS) -> str:
    """Common characters, and a key of the lexicon every twenty of them; a sentence ends every fifty."""
    keys = [entry.key for entry in entries]
    stretches = (
        "".join(random.choices(COMMON, k=20)) + random.choice(keys) + "，。"[number % 2]
        for number in range(characters // 20)
    )
    return "".join(stretches)[:characters]


def seconds(action: Callable[[], object], rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        action()
        times.append(time.process_time() - begun)
    return statistics.median(times)


def naive(keys: list[str], text: str) -> list[tuple[int, int]]:
    """What many do: one pattern of all keys, the longest first."""
    pattern = re.compile("|".join(map(re.escape, sorted(keys, key=len, reverse=True))))
    return [found.span() for found in pattern.finditer(text)]


def main() -> None:
    chance = random.Random(7)
    entries = lexicon(chance)
    script = text(chance, entries)
    keys = [entry.key for entry in entries]
    if not needs():
        phrases()
    made = generate(script, entries)
    print(
        f"{len(entries):,} entries, {len(script):,} characters: {len(made.uses):,} uses of {len(made.hot_fix):,} keys"
    )
    whole = seconds(lambda: generate(script, Lexicon(entries.entries)))
    print(f"generate          {whole:8.3f} s")
    ours = seconds(lambda: leftmost(Matcher(keys).every(script)))
    print(f"matching alone    {ours:8.3f} s")
    part = script[: CHARACTERS // 20]
    one, other = seconds(lambda: naive(keys, part), 1), seconds(lambda: leftmost(Matcher(keys).every(part)), 1)
    same = naive(keys, part) == leftmost(Matcher(keys).every(part))
    print(f"one pattern of all keys, on a twentieth: {one:.2f} s beside {other:.3f} s; same places: {same}")
    for size in (CHARACTERS // 4, CHARACTERS // 2, CHARACTERS):
        cut = script[:size]
        print(f"generate, {size:>7,} characters {seconds(lambda cut=cut: generate(cut, entries), 3):8.3f} s")  # type: ignore[misc]
    print(f"apply             {seconds(lambda: apply(made.hot_fix, script)):8.3f} s")
    places = [found.start() for found in re.finditer("行", script)][::2]
    print(f"widen, {len(places):,} places {seconds(lambda: widen(script, '行', places)):8.3f} s")
    print(f"hot_fix empty     {seconds(lambda: apply(HotFix(), script)):8.3f} s")


if __name__ == "__main__":
    main()
