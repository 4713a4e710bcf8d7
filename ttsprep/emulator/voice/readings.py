"""What the engine is given so that a text is read as it should be: pinyin, phones, one character after another.

    >>> line = Line([Spoken("去"), Spoken("当铺", read_as="py", reading="dang4 pu4"), Spoken("10", read_as="digits")])
    >>> line.written(0, 5, "zh").text
    '去dang4 pu4一零'

The words of the text stay where they are: `Written.place` leads back to them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import regex

from ttsprep.counting import HAN
from ttsprep.emulator.voice.languages import Run, runs
from ttsprep.emulator.voice.pieces import SPELLED, Spoken
from ttsprep.pinyin import is_syllable, normalize
from ttsprep.ssml.say_as_forms import digits_read

__all__ = ["PHONES", "Line", "Written"]

_VOWELS = {
    "AA": "A:", "AE": "a", "AH": "V", "AO": "O:", "AW": "aU", "AY": "aI", "EH": "E", "ER": "3:", "EY": "eI",
    "IH": "I", "IY": "i:", "OW": "oU", "OY": "OI", "UH": "U", "UW": "u:",
}  # fmt: skip
_CONSONANTS = {
    "B": "b", "CH": "tS", "D": "d", "DH": "D", "F": "f", "G": "g", "HH": "h", "JH": "dZ", "K": "k", "L": "l",
    "M": "m", "N": "n", "NG": "N", "P": "p", "R": "r", "S": "s", "SH": "S", "T": "t", "TH": "T", "V": "v",
    "W": "w", "Y": "j", "Z": "z", "ZH": "Z",
}  # fmt: skip
PHONES = _VOWELS | _CONSONANTS
"""ARPAbet → the engine's mnemonics for American English."""
_UNSTRESSED = {"AH": "@", "ER": "3"}
_STRESS = {"1": "'", "2": ",", "0": ""}

# The engine takes these three syllables for English.
_IONG = regex.compile("([jqx])iong([1-5])")
_INITIALS = {"j": "tS;", "q": "tS;h", "x": "S;"}
_TONES = {"1": "55", "2": "35", "3": "214", "4": "51", "5": "11"}

_IS_HAN = regex.compile(f"[{HAN}]")
_LANGUAGES = {"py": "zh", "cmu": "en"}
# What stands for a text that is read so when its script is looked at.
_SAMPLES = {"py": "一", "cmu": "a"}


class Atom(NamedTuple):
    """A stretch of the text that the engine is given in another form."""

    begin: int
    end: int
    read_as: str
    written: str


@dataclass(frozen=True, slots=True)
class Written:
    """A text for the engine."""

    text: str
    phonemes: bool
    """Whether ``[[…]]`` in it holds mnemonics of phonemes."""
    _starts: list[int]
    _places: list[int]
    _verbatim: list[bool]

    def place(self, position: int) -> int:
        """Where in the text of the line that stands which the engine has at this position."""
        index = max(0, bisect_right(self._starts, position) - 1)
        return self._places[index] + (position - self._starts[index] if self._verbatim[index] else 0)


class Line:
    """The texts of one utterance."""

    def __init__(self, parts: Iterable[Spoken]) -> None:
        self._atoms: list[Atom] = []
        texts, at = [], 0
        for part in parts:
            self._atoms += _atoms(part, at)
            texts.append(part.text)
            at += len(part.text)
        self.text = "".join(texts)

    def runs(self, hint: str | None) -> Iterator[Run]:
        """The text cut where the language changes."""
        forced = [atom for atom in self._atoms if atom.read_as in _LANGUAGES]
        if not forced:
            yield from runs(self.text, hint)
            return
        masked = list(self.text)
        for begin, end, read_as, _ in forced:
            masked[begin:end] = _SAMPLES[read_as] * (end - begin)
        languages = [run.language for run in runs("".join(masked), hint) for _ in range(run.begin, run.end)]
        for begin, end, read_as, _ in forced:
            languages[begin:end] = [_LANGUAGES[read_as]] * (end - begin)
        begin = 0
        for language, same in groupby(languages):
            end = begin + sum(1 for _ in same)
            yield Run(begin, end, language)
            begin = end

    def written(self, begin: int, end: int, language: str) -> Written:
        """What the engine is given for this stretch in a language."""
        atoms = list(self._stretch(begin, end))
        phonemes = any("[[" in atom.written for atom in atoms)
        text, starts, places, verbatim = list[str](), [0], [0], [True]
        length = 0
        for atom in atoms:
            part = _in_language(atom, self.text, language)
            if part is None:
                part = self.text[atom.begin : atom.end]
                part = part.replace("[[", "  ") if phonemes else part
            elif text and part and _would_join(text[-1], part):
                part = " " + part
            if part:
                starts.append(length)
                places.append(atom.begin)
                verbatim.append(not atom.read_as)
                text.append(part)
                length += len(part)
        return Written("".join(text), phonemes, starts, places, verbatim)

    def _stretch(self, begin: int, end: int) -> Iterator[Atom]:
        """The atoms that begin in a stretch, and the plain text between them as further ones."""
        first = bisect_right(self._atoms, begin, key=lambda atom: atom.end)
        for atom in self._atoms[first:]:
            if atom.begin >= end:
                break
            if begin < atom.begin:
                yield Atom(begin, atom.begin, "", "")
            if begin <= atom.begin:
                yield atom
            begin = atom.end
        if begin < end:
            yield Atom(begin, end, "", "")


def _would_join(before: str, after: str) -> bool:
    return before[-1].isalnum() and after[0].isalnum() and after[0].isascii() and before[-1].isascii()


def _in_language(atom: Atom, text: str, language: str) -> str | None:
    """What is written for an atom; None where the text itself is."""
    if atom.read_as not in SPELLED:
        return atom.written or None
    character = text[atom.begin]
    if language == "zh":
        return "".join(digits_read(atom.read_as, character))
    if language == "en":
        return "".join(name + " " for name in digits_read(atom.read_as, character, "en"))
    return character + " "


def _atoms(part: Spoken, at: int) -> Iterator[Atom]:
    if part.read_as == "py":
        yield from _syllables(part, at)
    elif part.read_as == "cmu":
        phonemes = _phonemes(part.reading)
        if phonemes and part.text:
            yield Atom(at, at + len(part.text), part.read_as, f"[[{phonemes}]]")
    elif part.read_as in SPELLED:
        yield from (Atom(index, index + 1, part.read_as, "") for index in range(at, at + len(part.text)))


def _syllables(part: Spoken, at: int) -> Iterator[Atom]:
    """A syllable for each Han character where there are as many, else the whole reading for the whole text."""
    syllables = (normalize(part.reading) or part.reading).split()
    if not part.text or not syllables or not all(map(is_syllable, syllables)):
        return
    written = list(map(_syllable, syllables))
    han = [found.start() for found in _IS_HAN.finditer(part.text)]
    if len(han) != len(syllables):
        yield Atom(at, at + len(part.text), "py", " ".join(written))
        return
    yield from (Atom(at + index, at + index + 1, "py", syllable) for index, syllable in zip(han, written, strict=True))


def _syllable(syllable: str) -> str:
    iong = _IONG.fullmatch(syllable)
    return f"[[{_INITIALS[iong[1]]}'ong{_TONES[iong[2]]}]]" if iong else syllable


def _phonemes(reading: str) -> str:
    """ARPAbet in mnemonics; "" where a phone is unknown. Without any stress the first vowel has it."""
    phones = [(phone.rstrip("012"), phone[len(phone.rstrip("012")) :]) for phone in reading.upper().split()]
    if not phones or any(name not in PHONES or len(stress) > 1 for name, stress in phones):
        return ""
    if not any(stress for _, stress in phones):
        first = next((index for index, (name, _) in enumerate(phones) if name in _VOWELS), None)
        phones = [(name, "1" if index == first else "") for index, (name, _) in enumerate(phones)]
    return "".join(_phone(name, stress) for name, stress in phones)


def _phone(name: str, stress: str) -> str:
    sound = _UNSTRESSED.get(name, PHONES[name]) if stress == "0" else PHONES[name]
    return _STRESS.get(stress, "") + sound
