"""Makes ttsprep/data/heteronyms.toml from the Unihan database of Unicode.

Run ``python -m tests.generated_heteronyms Unihan_Readings.txt`` with the file out of Unicode's Unihan.zip.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ttsprep.pinyin import normalize

TARGET = Path(__file__).resolve().parent.parent / "ttsprep" / "data" / "heteronyms.toml"
ROW = re.compile(r"U\+([0-9A-F]+)\t(kTGHZ2013|kHanyuPinlu)\t(.+)")
DOMINANT = 0.95
IN_A_ROW = 50

HEAD = """\
# Characters with several readings. Made by tests/generated_heteronyms.py from the Unihan database of Unicode {version}
# (Unicode License): the readings are those of kTGHZ2013 (the dictionary of the 8,105 standard characters, 2013); the
# counts that order them and make one dominant are those of kHanyuPinlu (the frequency dictionary of modern Chinese,
# 1986, 1.8 million characters). A neutral tone that kTGHZ2013 does not list counts for the syllable's other tone: it
# belongs to words (dì fang), not to the character.

sources = ["Unihan_Readings.txt of Unicode {version}, fields kTGHZ2013 and kHanyuPinlu"]
checked = 2026-11-22
"""


def rows(text: str) -> Iterator[tuple[str, str, list[tuple[str, int]]]]:
    """Character, field, its readings with their counts (0 where the field has none)."""
    for row in map(ROW.fullmatch, text.splitlines()):
        if row:
            values = row[3].split()
            readings = [part for value in values for part in value.split(":")[-1].split(",")]
            yield chr(int(row[1], 16)), row[2], list(map(counted, readings))


def counted(reading: str) -> tuple[str, int]:
    letters, _, number = unicodedata.normalize("NFC", reading).rstrip(")").partition("(")
    canonical = normalize(letters) or normalize(letters + "5")
    assert canonical, reading
    return canonical, int(number or 0)


def belongs(reading: str, readings: list[str]) -> str | None:
    """The reading of the character that a counted one belongs to."""
    same = [known for known in readings if known[:-1] == reading[:-1]]
    return reading if reading in readings else same[0] if reading.endswith("5") and same else None


def tables(text: str) -> tuple[dict[str, list[str]], dict[str, Counter[str]]]:
    """Character → readings of those with several; character → how often each was counted."""
    readings: dict[str, list[str]] = {}
    counts: dict[str, Counter[str]] = {}
    found = list(rows(text))
    for character, field, values in found:
        if field == "kTGHZ2013":
            readings[character] = list(dict.fromkeys(reading for reading, _ in values))
    for character, field, values in found:
        if field == "kHanyuPinlu" and character in readings:
            tally = counts.setdefault(character, Counter())
            for reading, number in values:
                if owner := belongs(reading, readings[character]):
                    tally[owner] += number
    several = {c: sorted(r, key=lambda x: -counts.get(c, Counter())[x]) for c, r in readings.items() if len(r) > 1}
    return dict(sorted(several.items())), counts


def is_dominant(tally: Counter[str]) -> bool:
    return bool(tally.total()) and max(tally.values()) >= DOMINANT * tally.total()


def document(text: str) -> str:
    """The data file."""
    readings, counts = tables(text)
    version = re.search(r"Unicode version: (\S+)", text)
    dominant = [c for c in readings if is_dominant(counts.get(c, Counter()))]
    lines = [HEAD.format(version=version[1] if version else "(unknown version)")]
    lines += ["[dominant]", f"# The first reading has at least {DOMINANT:.0%} of the character's count."]
    lines += ['characters = """', *("".join(dominant[at : at + IN_A_ROW]) for at in range(0, len(dominant), IN_A_ROW))]
    lines += ['"""', "", "[readings]", "# The most frequent first."]
    lines += [f'"{character}" = "{" ".join(found)}"' for character, found in readings.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(document(Path(sys.argv[1]).read_text("utf-8")), "utf-8")
