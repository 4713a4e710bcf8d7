"""Readings of heteronyms: how many are right, and how much of a text is reported.

Run ``python tests/benchmarks/proposals.py``. The sentences are those of CPP (folder ``pinyin`` of the case data);
pypinyin itself stands beside. The running text is that of the Chinese documents in tests/cases.
"""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pypinyin import Style, lazy_pinyin

from ttsprep.counting import HAN
from ttsprep.hot_fix.proposing import Tier, propose
from ttsprep.hot_fix.readings import words

TESTS = Path(__file__).resolve().parent.parent
CASES = Path(os.environ.get("TTSPREP_CASES", TESTS.parent.parent / "shared" / "cases"))
DOCUMENTS = (TESTS / "cases" / "markdown" / "documents", TESTS / "cases" / "hot_fix" / "documents")
MARK = "▁"


def labelled(folder: Path = CASES) -> Iterator[tuple[str, int, str]]:
    """Sentence, place of a heteronym in it, its reading."""
    sentences = (folder / "pinyin" / "cpp_dev.sent").read_text("utf-8").splitlines()
    labels = (folder / "pinyin" / "cpp_dev.lb").read_text("utf-8").split()
    for sentence, label in zip(sentences, labels, strict=True):
        yield sentence.replace(MARK, ""), sentence.index(MARK), label.replace("u:", "v")


def by_pypinyin(sentence: str, place: int) -> str:
    """Each run of Chinese by itself: what is not Chinese comes back as one piece."""
    start = place - len(re.search(f"[{HAN}]*$", sentence[:place])[0])  # type: ignore[index]  # matches everywhere
    run = re.match(f"[{HAN}]+", sentence[start:])
    assert run
    found = lazy_pinyin(run[0], style=Style.TONE3, neutral_tone_with_five=True, v_to_u=False)
    return str(found[place - start])


def score(cases: list[tuple[str, int, str]]) -> dict[str, float]:
    """Shares of right readings: inside phrases, all, and pypinyin's."""
    tally: Counter[str] = Counter()
    for sentence, place, reading in cases:
        word = next(word for word in words(sentence) if word.start <= place < word.start + len(word.text))
        right = word.syllables[place - word.start] == reading
        tally["all"] += 1
        tally["right"] += right
        tally["phrase"] += word.in_dictionary
        tally["phrase right"] += right and word.in_dictionary
        tally["pypinyin right"] += by_pypinyin(sentence, place) == reading
    return {
        "inside phrases": tally["phrase right"] / tally["phrase"],
        "all": tally["right"] / tally["all"],
        "pypinyin": tally["pypinyin right"] / tally["all"],
    }


def reported() -> tuple[int, int, float]:
    """Documents, their Chinese characters, and the share of these that is reported."""
    texts = [path.read_text("utf-8") for folder in DOCUMENTS for path in sorted(folder.glob("zh-*.txt"))]
    characters = sum(len(re.findall(f"[{HAN}]", text)) for text in texts)
    return len(texts), characters, sum(len(propose(text)) for text in texts) / characters


def main() -> None:
    cases = list(labelled())
    for name, share in score(cases).items():
        print(f"right, {name:<16}{share:8.2%}   of {len(cases):,} sentences")
    documents, characters, share = reported()
    print(f"reported             {share:8.2%}   of {characters:,} characters in {documents} documents")
    text = "".join(sentence for sentence, _, _ in cases[:2000])
    begun = time.process_time()
    tiers = Counter(found.tier for found in propose(text, every=True))
    seconds = time.process_time() - begun
    print(f"{len(text) / seconds:,.0f} characters a second; " + ", ".join(f"{tiers[t]} {t}" for t in Tier))


if __name__ == "__main__":
    main()
