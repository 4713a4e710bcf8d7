"""TXT: characters that cannot be seen, are not what they seem, or were damaged on the way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from ttsprep.diagnostics import Diagnostic, Edit, Fix, Rule, Span
from ttsprep.late import late_pattern
from ttsprep.lint.checks.words import words
from ttsprep.lint.model import SCRIPTS, Check, Kind, LintFile, Registered
from ttsprep.rules import (
    bidirectional_control,
    compatibility_character,
    control_character,
    decomposed_character,
    halfwidth_katakana,
    invisible_character,
    line_separator,
    lookalike_letter,
    mixed_width,
    mojibake,
    private_use_character,
    replacement_character,
)

__all__ = ["CHECKS"]

_CONTROL: Final = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
_BREAKING: Final = frozenset("\x0b\x0c\x85")
_PLAIN = "\u0020-\u02ff\u0370-\u04ff\u1e00-\u1fff\u3000-\u9fff\uac00-\ud7a3\uff00-\uffef"
_UNSEEN: Final = re.compile(
    "[\u00ad\u115f\u1160\u180e\u200b-\u200d\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\U000e0001-\U000e007f]"
)
_INVISIBLE: Final = late_pattern(
    "[\u00ad\u115f\u1160\u180e\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0]+"
    "|(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b+"  # Thai, Lao, Burmese and Khmer part their words so
    f"|(?<=[{_PLAIN}])[\u200c\u200d]+(?=[{_PLAIN}])"
    "|(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0001-\U000e007f]+"  # else a flag
)
_BIDI: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_OVERRIDE: Final = frozenset("\u202d\u202e")
_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_SEPARATOR: Final = re.compile("[\u2028\u2029]")
_REPLACEMENT: Final = re.compile("\ufffd+")
_PRIVATE: Final = re.compile("[\ue000-\uf8ff\ufdd0-\ufdef\U000f0000-\U0010ffff]+")
_COMPATIBLE: Final = re.compile("[\u2f00-\u2fd5\uf900-\ufaff\ufb00-\ufb06\U0002f800-\U0002fa1f]+")
_KOREAN: Final = late_pattern("[\u1100-\u11ff\uac00-\ud7a3]")
_DECOMPOSED: Final = late_pattern(
    "(?:[^\\W\\d_][\u0300-\u036f\u3099\u309a]+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?)+"
)
_COMBINING: Final = re.compile("[\u0300-\u036f\u3099\u309a\u1100-\u1112]")
_KATAKANA: Final = re.compile("[\uff66-\uff9f]+")
_WORD: Final = late_pattern("[A-Za-z0-9\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]{2,}")
_FULL: Final = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_HALF: Final = re.compile("[A-Za-z0-9]")


def _named(characters: str, most: int = 3) -> str:
    """``U+200B (zero width space)``, each once."""
    each = list(dict.fromkeys(characters))
    named = [f"U+{ord(one):04X}{_name(one)}" for one in each[:most]]
    return ", ".join(named) + (f" and {len(each) - most} more" if len(each) > most else "")


def _name(character: str) -> str:
    name = unicodedata.name(character, "")
    return f" ({name.lower()})" if name else ""


def _replacing(rule: Rule, found: re.Match[str], message: str, text: str, *, safe: bool) -> Diagnostic:
    span = Span(*found.span())
    return rule.at(span, message, fix=Fix.replace(span, text, safe=safe))


def _control(file: LintFile) -> Iterator[Diagnostic]:
    for found in _CONTROL.finditer(file.source.text):
        instead = "\n" if set(found[0]) & _BREAKING else ""
        what = f"control character {_named(found[0])} cannot be spoken"
        yield _replacing(control_character.RULE, found, what, instead, safe=True)


def _invisible(file: LintFile) -> Iterator[Diagnostic]:
    for found in _INVISIBLE.finditer(file.source.text):
        what = f"invisible {_named(found[0])} stands in the text and may part a word for the voice"
        yield _replacing(invisible_character.RULE, found, what, "", safe=True)


def _bidi(file: LintFile) -> Iterator[Diagnostic]:
    """Marks are at home where there is a script that runs from right to left; overrides nowhere."""
    text = file.source.text
    at_home: bool | None = None
    for found in _BIDI.finditer(text):
        at_home = _RIGHT_TO_LEFT.search(text) is not None if at_home is None else at_home
        if not at_home or set(found[0]) & _OVERRIDE:
            what = f"{_named(found[0])} makes the text look other than it is read"
            yield _replacing(bidirectional_control.RULE, found, what, "", safe=True)


def _separator(file: LintFile) -> Iterator[Diagnostic]:
    for found in _SEPARATOR.finditer(file.source.text):
        what = f"{_named(found[0])} is no line ending for the service or for Markdown"
        yield _replacing(line_separator.RULE, found, what, "\n" * (1 + (found[0] == "\u2029")), safe=False)


def _replacement(file: LintFile) -> Iterator[Diagnostic]:
    for found in _REPLACEMENT.finditer(file.source.text):
        count = f" ({len(found[0])} of them)" if len(found[0]) > 1 else ""
        what = f"U+FFFD stands for a character that was lost when the text was converted{count}"
        yield replacement_character.RULE.at(Span(*found.span()), what)


def _private(file: LintFile) -> Iterator[Diagnostic]:
    for found in _PRIVATE.finditer(file.source.text):
        what = f"{_named(found[0])} is a sign of one font only, such as an icon, and has no sound"
        yield private_use_character.RULE.at(Span(*found.span()), what)


def _compatibility(file: LintFile) -> Iterator[Diagnostic]:
    """Korean text tells readings of one Han character apart by them."""
    text = file.source.text
    korean: bool | None = None
    for found in _COMPATIBLE.finditer(text):
        plain = unicodedata.normalize("NFKC", found[0])
        korean = _KOREAN.search(text) is not None if korean is None else korean
        if plain != found[0] and not (korean and found[0] >= "\uf900"):
            what = f"{found[0]!r} is made of compatibility characters ({_named(found[0], 1)}), as PDF files have them"
            yield _replacing(compatibility_character.RULE, found, what, plain, safe=True)


def _decomposed(file: LintFile) -> Iterator[Diagnostic]:
    """One finding for each line: a file that was written so has them everywhere."""
    lines: dict[int, list[Edit]] = {}
    for found in _DECOMPOSED.finditer(file.source.text):
        whole = unicodedata.normalize("NFC", found[0])
        if len(whole) < len(found[0]):
            line = file.source.position(found.start())[0]
            lines.setdefault(line, []).append(Edit(Span(*found.span()), whole))
    for edits in lines.values():
        first = edits[0]
        more = f", and {len(edits) - 1} more in this line" if len(edits) > 1 else ""
        written = first.span.of(file.source.text)
        what = f"{first.text!r} is written as {len(written)} code points instead of {len(first.text)}{more}"
        fix = Fix("compose (NFC)", tuple(edits), safe=True)
        yield decomposed_character.RULE.at(first.span, what, fix=fix)


def _half_katakana(file: LintFile) -> Iterator[Diagnostic]:
    for found in _KATAKANA.finditer(file.source.text):
        what = f"half-width katakana {found[0]!r}"
        wide = unicodedata.normalize("NFKC", found[0])
        yield _replacing(halfwidth_katakana.RULE, found, what, wide, safe=True)


def _mixed_width(file: LintFile) -> Iterator[Diagnostic]:
    for found in _WORD.finditer(file.source.text):
        if _FULL.search(found[0]) and _HALF.search(found[0]):
            what = f"full-width and half-width characters in one word: {found[0]!r}"
            narrow = unicodedata.normalize("NFKC", found[0])
            yield _replacing(mixed_width.RULE, found, what, narrow, safe=True)


# --- letters that are not what they seem


def _lookalike(file: LintFile) -> Iterator[Diagnostic]:
    letters = words("lookalikes", "letters")
    alike = "".join(letters)
    if letters.keys().isdisjoint(file.alphabet):
        return
    pattern = re.compile(rf"(?<![^\W\d_])[A-Za-z{alike}]{{2,}}(?![^\W\d_])")
    table = str.maketrans(dict(letters))
    for found in pattern.finditer(file.source.text):
        latin = found[0].translate(table)
        if latin != found[0] and re.search("[A-Za-z]", found[0]):
            strange = "".join(one for one in found[0] if one in letters)
            what = f"{found[0]!r} has letters that only look Latin: {_named(strange)}"
            yield _replacing(lookalike_letter.RULE, found, what, latin, safe=False)


# --- text that was read in the wrong encoding

_WESTERN: Final = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u2122]+(?:[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u2122]+)*"
)
_EASTERN: Final = re.compile(r"[^\x00-\x7f]{2,}\??")
_UNDEFINED: Final = {code: code for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


def _mojibake(file: LintFile) -> Iterator[Diagnostic]:
    """UTF-8 that was read as Windows-1252, or as GB 18030."""
    text = file.source.text
    for found in _WESTERN.finditer(text):
        meant = _reread(found[0])
        if meant is not None:
            what = f"{found[0]!r} is {meant!r} in UTF-8 that was read as Windows-1252"
            yield _replacing(mojibake.RULE, found, what, meant, safe=False)
    if not any(seed in text for seed in words("mojibake", "seeds")):
        return
    seeds = re.compile("|".join(words("mojibake", "seeds")))
    for found in _EASTERN.finditer(text):
        if len(seeds.findall(found[0])) >= 2 or any(len(seed) > 1 for seed in seeds.findall(found[0])):
            yield _eastern(found)


def _eastern(found: re.Match[str]) -> Diagnostic:
    what = f"{found[0][:20]!r} looks like UTF-8 that was read as GB 18030"
    try:
        meant = found[0].encode("gb18030").decode("utf-8")
    except UnicodeError:
        return mojibake.RULE.at(Span(*found.span()), what)
    return _replacing(mojibake.RULE, found, f"{what}: {meant[:20]!r}", meant, safe=False)


def _reread(text: str) -> str | None:
    """What the bytes of a text in Windows-1252 say in UTF-8; ``None`` where they are none."""
    try:
        data = b"".join(
            bytes([ord(one)]) if ord(one) in _UNDEFINED or 0x80 <= ord(one) < 0x100 else one.encode("cp1252")
            for one in text
        )
        meant = data.decode("utf-8")
    except UnicodeError:
        return None
    return meant if meant.isprintable() and len(meant) < len(text) else None


_WRITTEN: Final = frozenset({Kind.MARKDOWN, Kind.TEXT})


def _among(signs: re.Pattern[str], check: Check) -> Check:
    """The check, made only of texts in which one of the signs stands: it finds nothing in others, and most are such."""

    def asked(file: LintFile) -> Iterable[Diagnostic]:
        return check(file) if signs.search(file.alphabet) else ()

    return asked


CHECKS: Final = (
    Registered("TXT", _WRITTEN, _among(_CONTROL, _control)),  # in SSML the grammar forbids them (SSM019)
    Registered("TXT", SCRIPTS, _among(_UNSEEN, _invisible)),
    Registered("TXT", SCRIPTS, _among(_BIDI, _bidi)),
    Registered("TXT", SCRIPTS, _among(_SEPARATOR, _separator)),
    Registered("TXT", SCRIPTS, _among(_REPLACEMENT, _replacement)),
    Registered("TXT", SCRIPTS, _among(_PRIVATE, _private)),
    Registered("TXT", SCRIPTS, _among(_COMPATIBLE, _compatibility)),
    Registered("TXT", SCRIPTS, _among(_COMBINING, _decomposed)),
    Registered("TXT", SCRIPTS, _among(_KATAKANA, _half_katakana)),
    Registered("TXT", SCRIPTS, _among(_FULL, _mixed_width)),
    Registered("TXT", SCRIPTS, _lookalike),
    Registered("TXT", SCRIPTS, _mojibake),
)
