"""Rules for a full stop behind an abbreviation, an initial or a number."""

from __future__ import annotations

import re

from ttsprep.sentences._mark import HOLD, NO, Mark, Verdict, last_word

__all__ = ["date", "doubtful_word", "number_word", "title"]

_OPENING_WIDTH = 48
_MOST_OPENING_WORDS = 4
_BEFORE_WIDTH = 24
_DATE_PART = re.compile(r"[0-9]{1,2}(?:\.|\Z)")  # 2024. 5. 1.
_DATE = re.compile(r"(?<!\d)\d{4}\.[ ]?\d{1,2}\.[ ]?\d{1,2}\Z")
_DATE_WIDTH = 14
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_ROMAN = re.compile(r"(?!I\Z)[IVXLCDM]+")
_NUMERAL = re.compile(r"\d{1,3}|[IVX]{2,}")
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"\S+\Z")
_NUMBER = re.compile(r"\d|[IVXLC]+\Z")
_DECIMAL = re.compile(r"\d[.,]\d+\Z")
_PARTICLES = frozenset(("Le", "La", "De", "Du", "Von", "Van", "Di", "Da", "El"))
_ACCENTED = re.compile(r"[\u00df-\u024f\u1e00-\u1effя]")
_BARE_YEAR = re.compile(r",\s\d{3,4}\s\Z")
_CLAUSE = re.compile(r"[;:]\s|,\s(?:а|и|но|что|когда|где)\s")


def title(mark: Mark) -> Verdict:
    """the abbreviation before it always has something behind it: Mr., z. B., ул."""
    words, word = mark.words, mark.word
    if not word:
        word = last_word(mark.text, mark.begin, mark.start - 1)  # Mr . Robinson
    elif len(word) == 1:
        word = mark.abbreviation()
    if mark.following in "IVXLCDM" and words.has_number(word):  # cap. II
        follower = mark.next_word()
        return HOLD if follower is None else NO if _ROMAN.fullmatch(follower) else None
    if not words.is_title(word):
        return None
    if word in words.units and _is_number(_before(mark)):
        return None  # 180 см., but см. рис. 5
    if word not in words.streets or not _before(mark)[:1].isupper():
        return NO
    follower = mark.next_word()  # on Main St. Then, but in East St. Louis
    return HOLD if follower is None else None if _is_starter(mark, follower) else NO


def number_word(mark: Mark) -> Verdict:
    """the abbreviation before it has a number behind it: No. 5, 5 ft. 6 in."""
    if not mark.following.isdigit():
        return None
    words, word = mark.words, mark.word
    if words.has_number(word) or word.endswith(tuple(words.number_endings)):
        return NO
    return NO if word in words.units and _before(mark)[:1].isdigit() else None


def date(mark: Mark) -> Verdict:
    """a date: 2024. 5. 1."""
    if not mark.word[-1:].isdigit():
        return None
    if _HANGUL.match(mark.following) and _DATE.search(mark.text, max(mark.begin, mark.start - _DATE_WIDTH), mark.start):
        return NO
    part = _DATE_PART.match(mark.text, mark.end) if mark.word.isdigit() else None
    if part and part[0].endswith("."):
        return NO
    return HOLD if part and not mark.final else None


def doubtful_word(mark: Mark) -> Verdict:
    """a sentence may end in the abbreviation, initial or number before it: the next word tells"""
    word, words = mark.abbreviation(), mark.words
    if not word:
        return None
    in_year = word in words.years and _is_number(_before(mark))
    shouted = len(word) > 1 and word.isupper() and word.capitalize() in words.often
    often = in_year or shouted or word in words.often
    if not often and (not (words.is_doubtful(word) or _is_ordinal(mark)) or _is_amount(mark)):
        return None
    if mark.following in "(（" or (often and mark.following in "/-–—№"):
        return NO  # Acme Inc. ("Acme"), 13 чел. / км2
    follower = mark.next_word()
    if follower is None:
        return HOLD
    if len(follower) == 1 and mark.text.startswith(".", mark.end + 1):
        return NO  # J. K. Rowling, z. B.
    if often:
        goes_on = len(follower) > 1 and follower.isupper() if shouted else _belongs_to(mark, word, follower)
        return NO if goes_on else mark.end
    return mark.end if _begins_sentence(mark, word, follower) else NO


def _before(mark: Mark) -> str:
    """What stands before the last word, up to a blank."""
    end = mark.start - len(mark.word)
    found = _TOKEN.search(mark.text[max(mark.begin, end - _BEFORE_WIDTH) : end].rstrip())
    return found[0] if found else ""


def _is_number(token: str) -> bool:
    return _NUMBER.search(token[-1:] if token[-1:].isdigit() else token) is not None


def _is_amount(mark: Mark) -> bool:
    """$5 and b=1 are no ordinals, but 5.–7. Mai and (2. Auflage) are; it's and km/h are no initials."""
    before = mark.start - len(mark.word) - 1
    if before < mark.begin or mark.text[before].isspace():
        return False
    if mark.word.isdigit():
        return mark.text[before] not in "(–—-"
    return len(mark.word) == 1 and mark.text[before] in "'’/"


def _belongs_to(mark: Mark, word: str, follower: str) -> bool:
    """Whether `follower` goes on behind an abbreviation that ends sentences often."""
    words = mark.words
    if follower in words.companies or (word in words.times and follower in words.time_followers):
        return True
    return word in words.times and _has_said_when(mark, word, follower)


def _has_said_when(mark: Mark, word: str, follower: str) -> bool:
    """At 5 a.m. Mr. Smith went, в 1941 г. Германия напала: nothing but the time was said so far."""
    words, begin = mark.words, max(mark.begin, mark.start - _OPENING_WIDTH)
    said = mark.text[begin : mark.start - len(mark.word)]
    if word in words.years:
        if _BARE_YEAR.search(said):
            return True  # the caption of a picture: the house, 1898 г. Sold in 1920
        for clause in _CLAUSE.finditer(said):
            begin, said = mark.begin, said[clause.end() :]
    if begin > mark.begin or (_is_starter(mark, follower) and not words.is_title(follower)):
        return False
    spoken = _WORD.findall(said)
    if not spoken or said.lstrip('«“"(— ')[:1].isdigit():
        return word in words.years and len(spoken) <= _MOST_OPENING_WORDS
    return spoken[0] in words.openers and len(spoken) <= _MOST_OPENING_WORDS


def _is_ordinal(mark: Mark) -> bool:
    """auf der 35. Tagung, im II. Weltkrieg"""
    if not _NUMERAL.fullmatch(mark.word) or _before(mark) not in mark.words.before_ordinals:
        return False
    return not mark.text.endswith("I am ", mark.begin, mark.start - len(mark.word))


def _begins_sentence(mark: Mark, word: str, follower: str) -> bool:
    """Whether `follower`, in capitals, begins a sentence after the doubtful `word` and its stop."""
    words = mark.words
    if _NUMERAL.fullmatch(word):
        ordinal = _is_ordinal(mark) or (mark.language == "de" and mark.text[mark.start - len(word) - 1].isspace())
        return follower not in words.ordinal_followers and (not ordinal or _is_starter(mark, follower))
    if len(word) == 1 and _is_unit(mark, word):
        return len(follower) != 1
    return _is_starter(mark, follower)


def _is_starter(mark: Mark, follower: str) -> bool:
    """Whether `follower`, which may be what C'est begins with, begins sentences: A. V. Le Blanc is a name."""
    if follower in _PARTICLES and _before(mark).endswith("."):
        return False
    behind = mark.end + len(follower)
    elided = follower + "'" if mark.text[behind : behind + 1] in ("'", "’") else follower
    return follower in mark.words.starters or elided in mark.words.starters


def _is_unit(mark: Mark, word: str) -> bool:
    """5 °C, 98.6 F, 350 degrees F, 20 h; but 300 v. Chr. Words of one letter are none either."""
    before, words = _before(mark), mark.words
    if word.islower():
        if _ACCENTED.match(word):
            return True  # words of one letter: đắc ý. сказал я.
        return before[-1:].isdigit() and not (word in words.sometimes or word in words.years)
    return before.endswith(("°", "º")) or before in words.degrees or _DECIMAL.search(before) is not None
