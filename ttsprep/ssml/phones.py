"""Phones: the ARPAbet of the alphabet ``cmu``, and what other services write in IPA or X-SAMPA.

    >>> ipa_to_cmu("təˈmeɪtoʊ"), cmu_to_ipa("T AH0 M EY1 T OW2")
    ('T AH0 M EY1 T OW0', 'təˈmeɪˌtoʊ')
    >>> ipa_to_pinyin("pei˨˩tɕiŋ˥˥"), xsampa_to_ipa('t@"meIt@U')
    ('bei3 jing1', 'təˈmeɪtəʊ')

Only what is exact is converted; None means that a letter is unknown or may be one of several sounds of the target (the
British /ɒ/ is AA in *lot* and AO in *cloth*). The phones themselves stand in the grammar, the letters in
``data/phones.toml``.

English is General American: what dictionaries write with or without length marks, tie bars, syllable dots, slashes or
brackets, with ``r`` or ``ɹ``. /ɜː/ is ER and /əʊ/ is OW in either accent; (r) is spoken. Stress: ``ˈ`` gives 1, ``ˌ``
2, other vowels 0. A word without any mark has its stress on its only vowel, unless that is ə or ɚ; with several vowels
the stress is unknown and the phones stand without digits, as in the vendor's example ``S AY N``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from ttsprep.catalog import tables
from ttsprep.pinyin import toneless
from ttsprep.ssml.datatypes import Choice, Datatype, ListOf, Pattern
from ttsprep.ssml.grammar import grammar

__all__ = [
    "arpabet",
    "cmu_to_ipa",
    "ipa_to_cmu",
    "ipa_to_pinyin",
    "is_phone",
    "near_phone",
    "xsampa_to_ipa",
]

_PRIMARY, _SECONDARY = "ˈ", "ˌ"
_STRESS = {_PRIMARY: "1", "'": "1", _SECONDARY: "2", ",": "2"}
_MARK_OF = {"1": _PRIMARY, "2": _SECONDARY}
_JOINTS = frozenset(".-‿")
_LONGEST = 8
# Ties say that letters belong together, which the longest match finds anyway; the rest is detail of one sound.
_PLAIN = {ord(character): "" for character in "\u0361\u035c\u032f"} | {ord("ɹ"): "r", ord("g"): "ɡ", ord(":"): "ː"}
_DETAIL = {ord(character): "" for character in "ʰ\u031a"}
_FRAME = re.compile(r"/([^/]*)/|\[([^][]*)\]|([^][/]*)")
_LEVELS = str.maketrans("12345¹²³⁴⁵", "˩˨˧˦˥˩˨˧˦˥")
_TONED = re.compile(r"([^˥˦˧˨˩0-9¹²³⁴⁵\s.]{1,12})([˥˦˧˨˩]{1,3}|[1-5¹²³⁴⁵]{2,3})[\s.]*")


@cache
def _data() -> Mapping[str, Any]:
    return tables("phones")


# --- ARPAbet


@cache
def arpabet() -> Mapping[str, bool]:
    """The phones of the alphabet ``cmu``, from the grammar, and whether each is a vowel.

    >>> len(arpabet()), arpabet()["AY"], arpabet()["NG"]
    (39, True, False)
    """
    readings = [branch["ph"].datatype for branch in grammar().elements["phoneme"].branches]
    patterns = [pattern for reading in readings for pattern in _patterns(reading) if re.search("[A-Z]", pattern)]
    return MappingProxyType({name: "[0-2]" in text for text in patterns for name in re.findall("[A-Z]+", text)})


def _patterns(datatype: Datatype) -> Iterator[str]:
    match datatype:
        case Pattern():
            yield datatype.pattern
        case Choice(alternatives=inner) | ListOf(items=inner):
            yield from (pattern for one in inner for pattern in _patterns(one))


@cache
def _written_phones() -> frozenset[str]:
    return frozenset(name + digit for name, vowel in arpabet().items() for digit in (("", *"012") if vowel else ("",)))


def is_phone(text: str) -> bool:
    """Whether `text` is a phone of the alphabet ``cmu``, a vowel with or without its stress.

    >>> is_phone("AY1"), is_phone("ay1"), is_phone("AY3"), is_phone("S1")
    (True, False, False, False)
    """
    return text in _written_phones()


def near_phone(text: str) -> str | None:
    """The phone that was probably meant: in capitals, of another ARPAbet, with a digit too many, or IPA.

    >>> near_phone("ay1"), near_phone("AX"), near_phone("S1"), near_phone("ʃ"), near_phone("Q")
    ('AY1', 'AH0', 'S', 'SH', None)
    """
    if is_phone(text) or len(text) > _LONGEST:
        return None
    name = text.upper().rstrip("0123456789")
    digits = text.upper()[len(name) :]
    meant = _data()["cmu"]["others"].get(name, name)
    if is_phone(meant + digits):
        return str(meant + digits)
    if is_phone(meant):
        return str(meant)
    return _letters().get(_plain(text)) or None


# --- IPA to ARPAbet


@dataclass
class _Vowel:
    """Where a word's vowel stands among its phones, its stress, and whether its letter is a reduced one."""

    at: int
    stress: str
    reduced: bool


def _plain(text: str) -> str:
    return unicodedata.normalize("NFD", text).translate(_PLAIN)


@cache
def _letters() -> Mapping[str, str]:
    """IPA → one phone or two with a space; "" for letters that may be several sounds."""
    data = _data()["cmu"]
    found = {_plain(letters): "" for letters in data["open"]["letters"].split()}
    for phones, row in [*data["phones"].items(), *data["pairs"].items()]:
        found |= {_plain(letters): phones for letters in row.split()}
    return MappingProxyType(found)


@cache
def _reduced() -> frozenset[str]:
    return frozenset(map(_plain, _data()["cmu"]["reduced"]["letters"].split()))


@cache
def _letter() -> re.Pattern[str]:
    """A letter of IPA, the longest first; anything else is one character."""
    return re.compile("|".join(map(re.escape, sorted(_letters(), key=len, reverse=True))) + "|(?s:.)")


def ipa_to_cmu(ipa: str) -> str | None:
    """English in IPA as phones of the CMU dictionary, or None where that is not exact.

    >>> ipa_to_cmu("/ˈwɔːtər/"), ipa_to_cmu("bɜːd"), ipa_to_cmu("ˈbʌtn̩"), ipa_to_cmu("nɪə(r)"), ipa_to_cmu("lɒt")
    ('W AO1 T ER0', 'B ER1 D', 'B AH1 T AH0 N', 'N IH1 R', None)
    """
    frame = _FRAME.fullmatch(ipa.strip())
    if frame is None:
        return None
    text = _plain("".join(filter(None, frame.groups()))).translate(_DETAIL).replace("(r)", "r")
    words = [_word(word) for word in text.split()]
    return " ".join(filter(None, words)) if words and all(words) else None


def _word(text: str) -> str | None:
    phones: list[str] = []
    vowels: list[_Vowel] = []
    stress = ""
    for letters in _letter().findall(text):
        if letters in _JOINTS:
            continue
        if letters in _STRESS:
            if stress:
                return None
            stress = _STRESS[letters]
            continue
        found = _letters().get(letters)
        if not found:
            return None
        for phone in found.split():
            if arpabet()[phone]:
                vowels.append(_Vowel(len(phones), stress, letters in _reduced()))
                stress = ""
            phones.append(phone)
    return None if stress else " ".join(_stressed(phones, vowels))


def _stressed(phones: list[str], vowels: list[_Vowel]) -> list[str]:
    """With the digits of stress, where it is known."""
    marked = any(vowel.stress for vowel in vowels)
    for vowel in vowels:
        if marked:
            phones[vowel.at] += vowel.stress or "0"
        elif len(vowels) == 1:
            phones[vowel.at] += "0" if vowel.reduced else "1"
    return phones


# --- ARPAbet to IPA


@dataclass(frozen=True)
class _Sound:
    phone: str
    letters: str
    stress: str
    vowel: bool


def cmu_to_ipa(reading: str) -> str | None:
    """Phones of the CMU dictionary as IPA, or None where one is no phone.

    >>> cmu_to_ipa("HH AH0 L OW1"), cmu_to_ipa("S AY N"), cmu_to_ipa("K AE1 T S SH IY2"), cmu_to_ipa("S AX N")
    ('həˈloʊ', 'saɪn', 'ˈkætsˌʃi', None)

    Phones that would run into another letter have a dot between: ``T SH`` is ``t.ʃ``.
    """
    written = reading.split()
    if not written or not all(map(is_phone, written)):
        return None
    sounds = [_sound(phone) for phone in written]
    marks = _stress_marks(sounds)
    text = ""
    for at, sound in enumerate(sounds):
        joint = marks.get(at, "")
        text += (joint or ("." if at and _run_together(sounds[at - 1], sound) else "")) + sound.letters
    return unicodedata.normalize("NFC", text)


def _sound(phone: str) -> _Sound:
    name, stress = phone.rstrip("012"), phone[len(phone.rstrip("012")) :]
    letters = _data()["cmu"]["phones"][name].split()
    reduced = [one for one in letters if stress == "0" and _plain(one) in _reduced()]
    return _Sound(name, (reduced or letters)[0], stress, arpabet()[name])


def _stress_marks(sounds: list[_Sound]) -> dict[int, str]:
    """Where the syllables with stress begin, and their marks; the only syllable of a word goes without."""
    marks: dict[int, str] = {}
    vowels = [at for at, sound in enumerate(sounds) if sound.vowel]
    for number, at in enumerate(vowels):
        mark = _MARK_OF.get(sounds[at].stress)
        if mark and (len(vowels) > 1 or mark == _SECONDARY):
            marks[_onset(sounds, vowels[number - 1] + 1 if number else 0, at)] = mark
    return marks


def _onset(sounds: list[_Sound], start: int, vowel: int) -> int:
    """Where the syllable of a vowel begins, which is after `start` as late as English allows."""
    onsets = _onsets()
    if start == 0:
        return 0
    starts = (at for at in range(start, vowel) if tuple(sound.phone for sound in sounds[at:vowel]) in onsets)
    return next(starts, vowel)


@cache
def _onsets() -> frozenset[tuple[str, ...]]:
    clusters = _data()["cmu"]["onsets"]["clusters"].replace("\n", "").split("|")
    singles = {(phone,) for phone, vowel in arpabet().items() if not vowel and phone != "NG"}
    return frozenset(tuple(cluster.split()) for cluster in clusters) | singles


def _run_together(left: _Sound, right: _Sound) -> bool:
    return _letter().findall(_plain(left.letters + right.letters)) != [_plain(left.letters), _plain(right.letters)]


# --- IPA to pinyin


def ipa_to_pinyin(ipa: str) -> str | None:
    """Mandarin in IPA with tone letters as pinyin, or None where a syllable or its tone is not certain.

    >>> ipa_to_pinyin("[ni˨˩˦ xɑʊ̯˨˩˦]"), ipa_to_pinyin("ʈ͡ʂʊŋ55kwo35"), ipa_to_pinyin("ma")
    ('ni3 hao3', 'zhong1 guo2', None)
    """
    frame = _FRAME.fullmatch(ipa.strip())
    text = "".join(filter(None, frame.groups())).strip() if frame else ""
    pieces = list(_TONED.finditer(text))
    if not pieces or sum(len(piece[0]) for piece in pieces) != len(text):
        return None
    found = [_toned(piece[1], piece[2]) for piece in pieces]
    return " ".join(filter(None, found)) if all(found) else None


def _toned(letters: str, levels: str) -> str | None:
    syllable = _mandarin().get(_plain(letters))
    tone = _data()["pinyin"]["tones"].get(levels.translate(_LEVELS))
    return syllable + tone if syllable and tone else None


@cache
def _mandarin() -> Mapping[str, str]:
    """IPA → the only syllable that it can be."""
    found: dict[str, set[str]] = {}
    for syllable, ipa in _mandarin_readings():
        if syllable in toneless():
            found.setdefault(_plain(ipa), set()).add(syllable)
    return MappingProxyType({ipa: syllables.pop() for ipa, syllables in found.items() if len(syllables) == 1})


def _mandarin_readings() -> Iterator[tuple[str, str]]:
    data = _data()["pinyin"]
    for syllable, row in data["alone"].items():
        yield from ((syllable, ipa) for ipa in row.split())
    for initial, begins in data["initials"].items():
        for final, ends in data["finals"].items():
            spelt = _spelt(initial, final)
            yield from ((spelt, begin + end) for begin in begins.split() for end in ends.split() if spelt)


def _spelt(initial: str, final: str) -> str:
    """An initial and a final as pinyin spells them; "" where the final is not the one that the spelling means."""
    hissing = {"z": "i-z", "c": "i-z", "s": "i-z", "zh": "i-zh", "ch": "i-zh", "sh": "i-zh", "r": "i-zh"}
    if final.startswith("i-") or (final == "i" and initial in hissing):
        return initial + "i" if hissing.get(initial) == final else ""
    if initial in ("j", "q", "x"):
        return "" if final.startswith("u") else initial + final.replace("v", "u")
    # After l, o is rare beside uo, which is written with the same letters.
    return "" if (initial, final) == ("l", "o") else initial + final


# --- X-SAMPA


def xsampa_to_ipa(text: str) -> str | None:
    r"""X-SAMPA as IPA, or None where something is no X-SAMPA.

    >>> xsampa_to_ipa('"hE.loU'), xsampa_to_ipa("t_SEk"), xsampa_to_ipa("r\\Ed"), xsampa_to_ipa("h€")
    ('ˈhɛ.loʊ', 't͡ʃɛk', 'ɹɛd', None)
    """
    symbols = _xsampa()
    found = [symbols.get(symbol) for symbol in _xsampa_symbol().findall(text)]
    if None in found:
        return None
    return unicodedata.normalize("NFC", "".join(filter(None, found)))


@cache
def _xsampa() -> Mapping[str, str]:
    letters = {chr(code): chr(code) for code in range(ord("a"), ord("z") + 1)}
    return MappingProxyType({**letters, "_": "\u0361", **_data()["xsampa"]["symbols"]})


@cache
def _xsampa_symbol() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_xsampa(), key=len, reverse=True))) + "|(?s:.)")
