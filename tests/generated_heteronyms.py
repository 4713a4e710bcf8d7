"""Makes ttsprep/data/heteronyms.toml from the Unihan database of Unicode and a table of OpenCC; prints the table
[sandhi.third] of ttsprep/data/pinyin.toml.

Run ``python -m tests.generated_heteronyms Unihan_Readings.txt TSCharacters.txt`` with the file out of Unicode's
Unihan.zip and OpenCC's table of traditional characters.
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
ROW = re.compile(r"U\+([0-9A-F]+)\t(kTGHZ2013|kXHC1983|kHanyuPinlu)\t(.+)")
DOMINANT = 0.95
IN_A_ROW = 50

HEAD = """\
# Characters with several readings. Made by tests/generated_heteronyms.py from the Unihan database of Unicode {version}
# (Unicode License): the readings are those of kTGHZ2013 (the dictionary of the 8,105 standard characters, 2013); the
# counts that order them and make one dominant are those of kHanyuPinlu (the frequency dictionary of modern Chinese,
# 1986, 1.8 million characters). A neutral tone that kTGHZ2013 does not list counts for the usual tone of the syllable:
# it belongs to words (dì fang), not to the character. Traditional characters are none of the standard: theirs are the
# readings of kXHC1983 (Xiandai Hanyu Cidian, 1983), of those that have a count.

sources = [
  "Unihan_Readings.txt of Unicode {version}, fields kTGHZ2013, kXHC1983 and kHanyuPinlu",
  "TSCharacters.txt of OpenCC (Apache-2.0): traditional",
]
checked = 2026-11-23
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


def belongs(reading: str, readings: list[str], tally: Counter[str]) -> str | None:
    """The reading of the character that a counted one belongs to; a neutral one to the most frequent of its letters."""
    same = [known for known in readings if known[:-1] == reading[:-1]]
    neutral = reading.endswith("5") and same
    return reading if reading in readings else max(same, key=lambda known: tally[known]) if neutral else None


Readings = dict[str, list[str]]


def tables(text: str) -> tuple[Readings, Readings, dict[str, Counter[str]]]:
    """Readings of the standard characters; of others; how often each was counted."""
    fields: dict[str, Readings] = {"kTGHZ2013": {}, "kXHC1983": {}}
    counts: dict[str, Counter[str]] = {}
    found = list(rows(text))
    for character, field, values in found:
        if field in fields:
            fields[field][character] = list(dict.fromkeys(reading for reading, _ in values))
    standard = fields["kTGHZ2013"]
    others = {character: known for character, known in fields["kXHC1983"].items() if character not in standard}
    for character, field, values in found:
        readings = standard.get(character) or others.get(character)
        if field == "kHanyuPinlu" and readings:
            tally = counts.setdefault(character, Counter())
            for reading, number in sorted(values, key=lambda pair: pair[0].endswith("5")):
                if owner := belongs(reading, readings, tally):
                    tally[owner] += number
    return standard, others, counts


def several(standard: Readings, others: Readings, counts: dict[str, Counter[str]]) -> Readings:
    """The characters with several readings, the most frequent first."""
    both = {**{character: found for character, found in others.items() if character in counts}, **standard}
    found = {c: sorted(r, key=lambda x: -counts.get(c, Counter())[x]) for c, r in both.items() if len(r) > 1}
    return dict(sorted(found.items()))


def traditional(table: str, standard: Readings) -> dict[str, str]:
    """Traditional character → the standard one, for those that are not of the standard themselves."""
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    first = {character: simple.split(" ")[0] for character, simple in pairs}
    return {a: b for a, b in sorted(first.items()) if a not in standard and b in standard and a < "\U00010000"}


def third(standard: Readings, others: Readings) -> dict[str, str]:
    """Syllable → the characters that have it in the third tone, and not in the second."""
    found: dict[str, str] = {}
    for character, readings in sorted({**others, **standard}.items()):
        for reading in readings:
            if reading.endswith("3") and f"{reading[:-1]}2" not in readings:
                found[reading[:-1]] = found.get(reading[:-1], "") + character
    return dict(sorted(found.items()))


def is_dominant(tally: Counter[str]) -> bool:
    return bool(tally.total()) and max(tally.values()) >= DOMINANT * tally.total()


def block(name: str, characters: str) -> list[str]:
    return [f'{name} = """', *(characters[at : at + IN_A_ROW] for at in range(0, len(characters), IN_A_ROW)), '"""']


def document(text: str, table: str) -> str:
    """The data file."""
    standard, others, counts = tables(text)
    readings = several(standard, others, counts)
    version = re.search(r"Unicode version: (\S+)", text)
    dominant = "".join(c for c in readings if is_dominant(counts.get(c, Counter())))
    pairs = traditional(table, standard)
    lines = [HEAD.format(version=version[1] if version else "(unknown version)")]
    lines += ["[dominant]", f"# The first reading has at least {DOMINANT:.0%} of the character's count."]
    lines += [*block("characters", dominant), "", "[readings]", "# The most frequent first."]
    lines += [f'"{character}" = "{" ".join(found)}"' for character, found in readings.items()]
    lines += ["", "[traditional]", "# Traditional characters that are not of the standard, and the standard ones."]
    lines += [*block("characters", "".join(pairs)), *block("standard", "".join(pairs.values()))]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    unihan, opencc = (Path(name).read_text("utf-8") for name in sys.argv[1:3])
    TARGET.write_text(document(unihan, opencc), "utf-8")
    for syllable, characters in third(*tables(unihan)[:2]).items():
        print(f'{syllable} = "{characters}"')
