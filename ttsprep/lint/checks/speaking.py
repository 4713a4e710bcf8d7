"""TXT: what would be read aloud and was not meant to be, or cannot be read so that anybody understands it."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import partial
from typing import Final

from ttsprep.diagnostics import Diagnostic
from ttsprep.late import late_pattern
from ttsprep.lint.checks.prose import LookingFor, in_code, promising
from ttsprep.lint.checks.words import words
from ttsprep.lint.model import SCRIPTS, Check, Kind, LintFile, Registered
from ttsprep.rules import (
    address_read_aloud,
    base64_run,
    broken_word,
    character_drawing,
    citation_mark,
    digit_run,
    emoji_in_text,
    escape_in_text,
    hexadecimal_run,
    html_in_text,
    leftover,
    markdown_in_text,
    placeholder,
    punctuation_run,
    repeated_word,
    spaced_out_word,
    stage_direction,
)

__all__ = ["CHECKS"]


def _any(table: str, key: str) -> str:
    return "|".join(words(table, key))


def _clipped(text: str, most: int = 40) -> str:
    return repr(text if len(text) <= most else f"{text[:most]}…")


# --- what was not meant to be spoken


def _stage_directions() -> str:
    """A direction alone in its brackets, perhaps with a manner: ``(laughs softly)``, ``（轻笑着说）``."""
    english = rf"(?:{_any('stage_directions', 'english_beside')})"
    chinese = _any("stage_directions", "chinese_beside")
    said = rf"(?:{english}\s+)?(?:{_any('stage_directions', 'english')})(?:\s+(?:{english}|\d+ ?(?:s|sec(?:ond)?s?)))?"
    zh = rf"(?:{_any('stage_directions', 'chinese')})(?:{chinese}){{0,2}}"
    inside = rf"\s*(?:{said}|{zh})\s*"
    return rf"[(（]{inside}[)）]|[\[［【]{inside}[\]］】]"


_DIRECTION: Final = late_pattern(_stage_directions, re.IGNORECASE)
_LEFTOVER: Final = late_pattern(partial(_any, "leftovers", "words"), re.IGNORECASE | re.MULTILINE)
_PLACEHOLDER: Final = late_pattern(partial(_any, "placeholders", "patterns"), re.IGNORECASE)
_CITATION: Final = late_pattern(partial(_any, "citations", "patterns"), re.IGNORECASE)
_NUMBER: Final = late_pattern(partial(_any, "citations", "numbers"))


def _direction(found: str) -> str:
    return f"the stage direction {found} is read aloud"


def _leftover(found: str) -> str:
    return f"{_clipped(found)} was left for later and is read aloud"


def _placeholder(found: str) -> str:
    return f"the placeholder {_clipped(found)} is not filled in"


def _citation(found: str) -> str:
    return f"the citation mark {_clipped(found)} is read aloud"


def _nothing(_found: str) -> str:
    return ""


# --- what cannot be understood by ear


def _digits(found: str) -> str:
    return f"{len(found)} digits in a row are read as one number or without a pause"


def _hexadecimal(found: str) -> str:
    return f"{_clipped(found)} is read character by character: {len(found)} of them"


def _base64(found: str) -> str:
    mixed = re.search("[a-z]", found) and re.search("[A-Z]", found) and re.search("[0-9]", found)
    return f"{len(found)} characters without a word in them are read one by one" if mixed else ""


def _punctuation(found: str) -> str:
    usual = _USUAL.get(found[0], 3)
    return f"{found[0]!r} stands {len(found)} times in a row" if len(found) > usual else ""


def _drawings(file: LintFile) -> Iterator[Diagnostic]:
    """Signs in lines that follow one another are one drawing."""
    for text, base in promising(file, _DRAWING):
        drawing: list[tuple[int, int]] = []
        for found in _DRAWING.finditer(text):
            if drawing and text.count("\n", drawing[-1][1], found.start()) > 1:
                yield from _drawn(file, text, base, drawing)
                drawing = []
            drawing.append(found.span())
        yield from _drawn(file, text, base, drawing)


def _drawn(file: LintFile, text: str, base: int, drawing: list[tuple[int, int]]) -> Iterator[Diagnostic]:
    signs = sum(len(text[start:end].replace(" ", "")) for start, end in drawing)
    if signs < _DRAWN:
        return
    span = file.spoken.source_span(base + drawing[0][0], base + drawing[-1][1])
    if not in_code(file, span):
        what = f"a drawing made of {signs} characters, which nobody hears"
        yield character_drawing.RULE.at(span, what)


def _address(found: str) -> str:
    return f"the address {_clipped(found)} is read aloud, all {len(found)} characters of it"


def _emoji(found: str) -> str:
    name = unicodedata.name(found[0], "").lower()
    return f"emoji {found} ({name}): what the voice makes of it is not documented"


_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_ALONE: Final = re.compile(r" [^\W\d_] [^\W\d_] ")
_SPACED: Final = late_pattern(
    rf"[A-Za-z{_HAN}](?= [A-Za-z{_HAN}] )(?:"
    rf"(?<=[{_HAN}])(?<![{_HAN}].)(?<![{_HAN}] .)(?: [{_HAN}]){{3,}}(?! ?[{_HAN}])"
    r"|(?<=[A-Za-z])(?<![\w'’].)(?: [A-Za-z]){4,}(?![\w'’]))"
)


def _spaced(found: str) -> str:
    return f"the letters of {_clipped(found)} stand apart and are read one by one"


def _joined(found: str) -> str:
    return found.replace(" ", "")


_BROKEN: Final = late_pattern(r"(?<![\w-])[A-Za-z]?[a-z]+-\r?\n[ \t]*[a-z]{2,}")


def _split_word(found: str) -> str:
    return f"a word is cut by the end of its line: {_clipped(' '.join(found.split()))}"


def _whole_word(found: str) -> str:
    return re.sub(r"-\s+", "", found)


_TWICE_CHINESE: Final = late_pattern(partial(_any, "repeated_words", "chinese"))
_TWICE: Final = late_pattern(r"([A-Za-z](?<![\w'’-].)[A-Za-z]++)[ \t]*\r?\n?[ \t]*(?<=\s)\1(?![\w'’-])")


def _repeated(found: str) -> str:
    first, last = found.split()[0], found.split()[-1]
    if first in words("repeated_words", "english_allowed"):
        return ""
    if first != first.lower() and first == first.capitalize() and last == first:
        return ""  # a name: Duran Duran
    return f"{' '.join(found.split())!r} says the same word twice"


def _once(found: str) -> str:
    parts = found.split()
    return parts[0] if len(parts) > 1 else found[: len(found) // 2]


# --- markup of another kind of file

_MARKDOWN: Final = late_pattern(
    r"\*\*[^\s*][^*\n]{0,200}\*\*|(?m:^#{1,6}[ \t]+(?=\S))|(?m:^(?:```|~~~).*$)"
    r"|!?\[[^\]\n]{1,200}\]\((?:https?:|/|\./|#)[^)\s]{0,500}\)"
)
_TAGS = "a|b|i|u|s|p|em|strong|br|hr|div|span|ul|ol|li|h[1-6]|img|table|tr|td|th|sub|sup|code|pre|small|font|center"
_HTML: Final = late_pattern(
    rf"</?(?:{_TAGS})(?:\s[^<>\n]{{0,300}})?/?>|&(?:nbsp|amp|lt|gt|quot|apos|mdash|ndash|hellip|#\d{{1,6}}|#x[0-9a-f]{{1,6}});",
    re.IGNORECASE,
)
_ESCAPE: Final = late_pattern(
    r"(?<!\\)(?:\\u[0-9a-fA-F]{4})+|(?<![\\\w:])(?:\\[nrt])+(?![A-Za-z])|(?<=[。，！？.!?])(?:\\[nrt])+"
)


def _markdown(found: str) -> str:
    return f"Markdown in plain text: {_clipped(found)} is read with its signs"


def _html(found: str) -> str:
    return f"HTML in plain text: {_clipped(found)} is read aloud"


def _unescaped(found: str) -> str | None:
    return html.unescape(found).replace("\u00a0", " ") if found[0] == "&" else None


def _escape(found: str) -> str:
    return f"the escape {_clipped(found, 18)} stands in the text as it is and is read aloud"


def _meant(found: str) -> str | None:
    if found[1] == "u":
        units = [int(unit, 16) for unit in found.split("\\u")[1:]]
        data = b"".join(unit.to_bytes(2, "big") for unit in units)
        try:
            return data.decode("utf-16-be")
        except UnicodeDecodeError:
            return None
    return found.replace("\\r", "").replace("\\n", "\n").replace("\\t", " ")


_PICTURE = (
    "[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u2604\u260e\u2614\u2615\u263a\u267b\u26a0\u26a1\u26bd\u26be\u26c4"
    "\u2705\u270a-\u270d\u2728\u274c\u274e\u2753-\u2755\u2757\u2763\u2764\u2795-\u2797\u2b50\u2b55]"
    "[\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
)
_EMOJI: Final = late_pattern(f"{_PICTURE}(?:{_PICTURE})*")
_DRAWING: Final = re.compile("[\u2500-\u259f](?:[ \t]*[\u2500-\u259f])*")
_DRAWN: Final = 3
"""So many signs make a drawing."""
_PUNCTUATION: Final = late_pattern(r"([!?！？,，、~～*#=_+|/\\<>^%$@:：;；.。…—-])\1{2,}")
_USUAL: Final = {".": 6, "。": 2, "…": 4, "—": 4}
"""How often a sign may stand in a row; others three times."""
_ADDRESS: Final = late_pattern(r"(?<![\w@])(?:https?://|www\.)[^\s<>\"'，。；！？、（）《》“”]{3,}", re.IGNORECASE)
_HEX: Final = "[0-9a-fA-F]"
_HEXADECIMAL: Final = late_pattern(
    rf"{_HEX}(?<![A-Za-z0-9_].)(?:"
    rf"(?<!-.){_HEX}{{7}}(?:-{_HEX}{{4}}){{3}}-{_HEX}{{12}}(?![A-Za-z0-9_-])"
    r"|(?:(?<=[a-f])(?=[0-9a-f]*[0-9])|(?<=[0-9])(?=[0-9a-f]*[a-f]))[0-9a-f]{11,}(?![A-Za-z0-9_])"
    rf"|{_HEX}:(?:{_HEX}{{2}}:){{4,}}{_HEX}{{2}}(?![A-Za-z0-9_]))"
)
_BASE64: Final = late_pattern(r"(?<![A-Za-z0-9_+/=-])[A-Za-z0-9+/_-]{32,}={0,2}(?![A-Za-z0-9_+/=-])")
_DIGITS: Final = late_pattern(r"[0-9](?<![A-Za-z0-9_.,-].)[0-9]{11,}(?![A-Za-z0-9_])")


_WRITTEN: Final = frozenset({Kind.MARKDOWN, Kind.TEXT})
_PLAIN: Final = frozenset({Kind.TEXT})
_RAW: Final = SCRIPTS - {Kind.MARKDOWN}
_CLUES: Final = {table: words(table, "clues") for table in ("leftovers", "placeholders", "citations")}

_ROWS: Final[tuple[tuple[frozenset[Kind], Check], ...]] = (
    (SCRIPTS, LookingFor(stage_direction.RULE, _DIRECTION, _direction, _nothing, clues="(（[［【")),
    (SCRIPTS, LookingFor(leftover.RULE, _LEFTOVER, _leftover, clues=_CLUES["leftovers"])),
    (SCRIPTS, LookingFor(placeholder.RULE, _PLACEHOLDER, _placeholder, clues=_CLUES["placeholders"])),
    (SCRIPTS, LookingFor(citation_mark.RULE, _CITATION, _citation, _nothing, clues=_CLUES["citations"])),
    (SCRIPTS, LookingFor(citation_mark.RULE, _NUMBER, _citation, _nothing, clues="[")),
    (SCRIPTS, LookingFor(emoji_in_text.RULE, _EMOJI, _emoji, _nothing)),
    (SCRIPTS, LookingFor(digit_run.RULE, _DIGITS, _digits)),
    (SCRIPTS, LookingFor(hexadecimal_run.RULE, _HEXADECIMAL, _hexadecimal)),
    (SCRIPTS, LookingFor(base64_run.RULE, _BASE64, _base64)),
    (SCRIPTS, LookingFor(punctuation_run.RULE, _PUNCTUATION, _punctuation)),
    (SCRIPTS, _drawings),
    (_RAW, LookingFor(address_read_aloud.RULE, _ADDRESS, _address, clues=("://", "www."))),
    (SCRIPTS, LookingFor(spaced_out_word.RULE, _SPACED, _spaced, _joined, clues=_ALONE)),
    (SCRIPTS, LookingFor(repeated_word.RULE, _TWICE, _repeated, _once)),
    (SCRIPTS, LookingFor(repeated_word.RULE, _TWICE_CHINESE, _repeated, _once)),
    (_PLAIN, LookingFor(broken_word.RULE, _BROKEN, _split_word, _whole_word, clues=("-\n", "-\r\n"))),
    (_RAW, LookingFor(markdown_in_text.RULE, _MARKDOWN, _markdown, clues=("**", "#", "```", "~~~", "]("))),
    (_PLAIN, LookingFor(html_in_text.RULE, _HTML, _html, _unescaped, clues="<&")),
    (_WRITTEN, LookingFor(escape_in_text.RULE, _ESCAPE, _escape, _meant, clues="\\")),
)
CHECKS: Final = tuple(Registered("TXT", kinds, check) for kinds, check in _ROWS)
