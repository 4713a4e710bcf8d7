"""What is judged of every entry, whatever format it comes from: the list ``_CHECKS``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from ttsprep import pinyin
from ttsprep.counting import HAN
from ttsprep.diagnostics import Severity
from ttsprep.lexicon.draft import Draft, Raw, quoted
from ttsprep.lexicon.entries import Kind
from ttsprep.lexicon.names import limit
from ttsprep.pinyin.sandhi import spoken_tones
from ttsprep.rules import (
    lexicon_empty,
    lexicon_erhua,
    lexicon_key_form,
    lexicon_key_markup,
    lexicon_key_not_chinese,
    lexicon_length,
    lexicon_no_effect,
    lexicon_phones,
    lexicon_replacement,
    lexicon_spoken_tone,
    lexicon_syllable,
    lexicon_syllable_count,
    lexicon_tone,
)
from ttsprep.source import unsendable

__all__ = ["judged"]

_HAN = re.compile(f"[{HAN}]")
_SIMPLE_KEY = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\u3007]{1,20}+")
_LATIN = re.compile(f"(?:[A-Za-z:]++[0-5]{{1,2}}+[ '-]*+)++|(?=.*[^\0-\x7f])[^{HAN}]++")
"""What may be pinyin: all letters of ASCII have tones as digits, or some letter is none of ASCII."""
_MARKUP = re.compile(
    r"</?[A-Za-z!?]|&(?:\w+|#\d+|#x[0-9A-Fa-f]+);|\*\*|__|~~|`|\]\(|!\[|^#{1,6} |^> |^[-*+] |\$[^$]+\$|\\[(\[]"
)
_WIDE = re.compile(
    "[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uff9f\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]"
)
_LONGEST_PIECE = 100
_SIGN = re.compile("[,，:：;；|]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]")


def judged(draft: Draft, raw: Raw) -> str | None:
    """The value in canonical form; None where an error makes it useless. Everything found is in `draft`."""
    kind = raw.kind or Kind.REPLACE
    if kind is Kind.PRONUNCIATION and (plain := _plain(raw.key, raw.value)):
        _tell_spoken_tones(draft, raw, plain)
        return plain
    if not _is_sendable(draft, raw):
        return None
    if not raw.key or (not raw.value and kind is not Kind.REPLACE):
        what = "the text is empty" if not raw.key else f"the {kind} of {quoted(raw.key)} is empty"
        place = (raw.at, raw.end) if not raw.key else (raw.value_at, raw.value_end)
        draft.report(lexicon_empty.RULE, *place, what)
        return None
    if not _SIMPLE_KEY.fullmatch(raw.key):
        _check_key(draft, raw)
    return _VALUES[kind](draft, raw)


def _is_sendable(draft: Draft, raw: Raw) -> bool:
    """JSON has escapes for characters that no text may have."""
    faults = unsendable("".join((raw.key, raw.value, raw.before, raw.after, raw.note)))
    for fault in faults:
        draft.report(fault.rule, raw.at, raw.end, f"{fault.rule.name.replace('-', ' ')} in the entry {quoted(raw.key)}")
    return not faults


# --- keys


def _check_key(draft: Draft, raw: Raw) -> None:
    for check in _KEY_CHECKS:
        check(draft, raw)


def _check_length(draft: Draft, raw: Raw) -> None:
    if len(raw.key) > limit("key"):
        message = f"a text of {len(raw.key)} characters, over {limit('key')}: hardly a word"
        draft.report(lexicon_length.RULE, raw.at, raw.end, message)


def _check_markup(draft: Draft, raw: Raw) -> None:
    found = _MARKUP.search(raw.key)
    if found:
        message = (
            f"{quoted(raw.key)} holds markup ({quoted(found[0])}): it is matched against what is spoken, without it"
        )
        draft.report(lexicon_key_markup.RULE, raw.at, raw.end, message)


def _check_form(draft: Draft, raw: Raw) -> None:
    key = raw.key
    unseen = _CONTROL.search(key)
    composed = unicodedata.normalize("NFC", key)
    fault, instead = "", None
    if unseen:
        fault = f"holds U+{ord(unseen[0]):04X}, which is not seen"
    elif key != key.strip():
        fault, instead = "begins or ends with white space", key.strip()
    elif composed != key:
        fault, instead = f"is not in composed form (NFC): {quoted(composed)}", composed
    elif wide := _WIDE.search(key):
        plain = unicodedata.normalize("NFKC", wide[0])
        fault = f"has {wide[0]!r} (U+{ord(wide[0]):04X}), which does not match {plain!r}"
    if fault:
        draft.report(lexicon_key_form.RULE, raw.at, raw.end, f"{quoted(key)} {fault}", was=key, instead=instead)


_KEY_CHECKS: tuple[Callable[[Draft, Raw], None], ...] = (_check_length, _check_markup, _check_form)


# --- pronunciations


def _pronunciation(draft: Draft, raw: Raw) -> str | None:
    syllables = _syllables(draft, raw)
    if syllables is None or not _is_counted(draft, raw, syllables):
        return None
    for syllable in syllables:
        if not pinyin.is_listed(syllable):
            _check_tone(draft, raw, syllable)
    value = " ".join(syllables)
    _tell_spoken_tones(draft, raw, value)
    return value


def _plain(key: str, value: str) -> str | None:
    """The canonical form where nothing can be wrong: Chinese characters, and as many syllables of the standard."""
    if not _SIMPLE_KEY.fullmatch(key):
        return None
    if pinyin.are_listed(value.split(" ")):
        return value if value.count(" ") == len(key) - 1 else None
    canonical = pinyin.normalize(value)
    return canonical if canonical and canonical != value and _plain(key, canonical) else None


def _tell_spoken_tones(draft: Draft, raw: Raw, value: str) -> None:
    for note in spoken_tones(raw.key, value):
        draft.report(lexicon_spoken_tone.RULE, raw.value_at, raw.value_end, note)


def _syllables(draft: Draft, raw: Raw) -> list[str] | None:
    """The syllables in canonical form; None with errors where one is not certain."""
    plain = pinyin.normalize(raw.value)
    if plain:
        return plain.split(" ")
    found: list[str] = []
    sound = True
    for piece in pinyin.syllables(raw.value):
        canonical = piece.canonical or _with_erhua(draft, raw, piece)
        if canonical:
            found += canonical.split(" ")
        else:
            sound = False
            _report_syllable(draft, raw, piece)
    return found if sound and found else None


def _with_erhua(draft: Draft, raw: Raw, piece: pinyin.Syllable) -> str | None:
    """``huar1`` as the two syllables that 花儿 has, with a note."""
    meant = pinyin.near(piece.text)
    if not meant or not meant.endswith(" er5"):
        return None
    if "儿" not in raw.key:
        return meant  # the number of syllables will be wrong, which is then explained
    message = f"{quoted(piece.text)} is taken for {meant!r}: 儿 is a character of its own, so it has a syllable"
    place = _part(draft, raw, piece.start, piece.end)
    draft.report(lexicon_erhua.RULE, *place, message, was=piece.text, instead=meant, safe=True)
    return meant


def _report_syllable(draft: Draft, raw: Raw, piece: pinyin.Syllable) -> None:
    at, end = _part(draft, raw, piece.start, piece.end)
    meant = pinyin.near(piece.text)
    hint = f" (did you mean {meant}?)" if meant else ""
    fault = "has no tone" if _is_toneless(piece.text) else "is no syllable of Mandarin with a tone"
    message = f"{quoted(piece.text)} for {quoted(raw.key)} {fault}{hint}"
    draft.report(lexicon_syllable.RULE, at, end, message, was=piece.text, instead=meant)


def _is_toneless(text: str) -> bool:
    """Whether a piece is one syllable without a tone, or several joined (``chongqing``)."""
    bare = unicodedata.normalize("NFC", text.lower()).replace("ü", "v")
    ends = {0}
    for end in range(1, min(len(bare), _LONGEST_PIECE) + 1):
        if any(start in ends and bare[start:end] in pinyin.toneless() for start in range(max(0, end - 6), end)):
            ends.add(end)
    return len(bare) in ends and bool(bare)


def _is_counted(draft: Draft, raw: Raw, syllables: list[str]) -> bool:
    characters = len(_HAN.findall(raw.key))
    if characters != len(raw.key) and characters <= len(syllables):
        message = f"{quoted(raw.key)} is not made of Chinese characters only: no page promises that pinyin works for it"
        message += _hint_of_sign(raw.key)
        draft.report(lexicon_key_not_chinese.RULE, raw.at, raw.end, message)
        return True
    if characters == len(syllables):
        return True
    hint = _hint_of_sign(raw.key)
    if "er5" in syllables or "r5" in syllables:
        hint = "; an er5 needs a 儿 of its own in the text"
    elif raw.key.endswith("儿") and len(syllables) == characters - 1:
        hint = f"; 儿 has a syllable of its own: {' '.join(syllables)} er5"
    message = f"{_many(len(syllables), 'syllable')} for the {_many(characters, 'character')} of {quoted(raw.key)}{hint}"
    draft.report(lexicon_syllable_count.RULE, raw.value_at, raw.value_end, message)
    return False


def _hint_of_sign(key: str) -> str:
    """What is said of texts that hold the sign by which other lists part text and pinyin."""
    found = _SIGN.search(key)
    return f" ({found[0]!r} is part of the text, and does not part it from its pinyin)" if found else ""


def _check_tone(draft: Draft, raw: Raw, syllable: str) -> None:
    letters, tone = syllable[:-1], syllable[-1]
    if letters not in pinyin.toneless(rare=False):
        fault = (
            "is a syllable of dialects and interjections only"
            if letters != "r"
            else "is erhua as dictionaries write it"
        )
    elif tone != "5":
        fault = "is in no dictionary of the standard: no common character has this tone"
    else:
        return
    message = f"{syllable!r} for {quoted(raw.key)} {fault}"
    draft.report(lexicon_tone.RULE, raw.value_at, raw.value_end, message)


def _part(draft: Draft, raw: Raw, start: int, end: int) -> tuple[int, int]:
    """Where a part of the value stands; the whole value if it is not written letter by letter.

    In the source there may be quotes or slashes around it.
    """
    written = draft.source.text[raw.value_at : raw.value_end]
    for frame in (0, 1):
        if written[frame : len(written) - frame] == raw.value:
            return raw.value_at + frame + start, raw.value_at + frame + end
    return raw.value_at, raw.value_end


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


# --- replacements and phones


def _replacement(draft: Draft, raw: Raw) -> str | None:
    place = (raw.value_at, raw.value_end)
    if not raw.value:
        message = f"{quoted(raw.key)} is replaced by nothing: no page says what the service does then"
        draft.report(lexicon_empty.RULE, *place, message, severity=Severity.WARNING)
    elif raw.value == raw.key:
        draft.report(lexicon_no_effect.RULE, *place, f"{quoted(raw.key)} is replaced by itself")
    elif _LATIN.fullmatch(raw.value) and pinyin.normalize(raw.value):
        said = f"{quoted(raw.key)} is replaced by {quoted(raw.value)}"
        message = f"{said}, which is spoken as letters: pinyin is a pronunciation"
        draft.report(lexicon_replacement.RULE, *place, message)
    if len(raw.value) > limit("value"):
        draft.report(lexicon_length.RULE, *place, f"a value of {len(raw.value)} characters, over {limit('value')}")
    return raw.value


def _phones(draft: Draft, raw: Raw) -> str | None:
    from ttsprep.ssml.phones import is_phone, near_phone

    sound = True
    for found in re.finditer(r"\S+", raw.value):
        word = found[0]
        if not is_phone(word):
            sound = False
            place = _part(draft, raw, *found.span())
            meant = near_phone(word)
            hint = f" (did you mean {meant}?)" if meant else ""
            message = f"{quoted(word)} for {quoted(raw.key)} is no phone of ARPAbet{hint}"
            draft.report(lexicon_phones.RULE, *place, message, was=word, instead=meant)
    return " ".join(raw.value.split()) if sound else None


_VALUES: dict[Kind, Callable[[Draft, Raw], str | None]] = {
    Kind.PRONUNCIATION: _pronunciation,
    Kind.REPLACE: _replacement,
    Kind.PHONES: _phones,
}
