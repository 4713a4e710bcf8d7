"""The Pronunciation Lexicon Specification of W3C, version 1.0.

```xml
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="x-pinyin" xml:lang="zh-CN">
  <lexeme><grapheme>重庆</grapheme><phoneme>chong2 qing4</phoneme></lexeme>
  <lexeme><grapheme>W3C</grapheme><grapheme>w3c</grapheme><alias>万维网联盟</alias></lexeme>
</lexicon>
```

Of several readings the one with ``prefer="true"`` counts, else the first, as the specification says. IPA and X-SAMPA
are converted where that is exact. What the specification has no words for stands in attributes of another namespace.

The document is read by expat, which knows the offset of every element, also beyond line 65,535, where libxml2 stops
counting. A DOCTYPE ends the reading before an entity can be declared; nothing is loaded, fetched or expanded.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from ttsprep.counting import HAN
from ttsprep.diagnostics import Span
from ttsprep.lexicon.draft import Broken, Draft, Raw, quoted
from ttsprep.lexicon.entries import Entry, Kind
from ttsprep.lexicon.guessing import reading_kind
from ttsprep.lexicon.names import alphabets
from ttsprep.rules import lexicon_field, lexicon_left_out, lexicon_phones

__all__ = ["NAMESPACE", "OURS", "read_pls", "write_pls"]

NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
OURS = "urn:ttsprep:lexicon"
_DEEPEST = 64
_CHUNK = 1 << 16
_ENCODING = "UTF-16LE"
_HAN = re.compile(f"[{HAN}]")
_CONTEXT = tuple(f"{OURS} {name}" for name in ("before", "after", "note"))
_SPACE = "http://www.w3.org/XML/1998/namespace space"
_KINDS: Mapping[str | None, Kind] = {str(kind): kind for kind in Kind}
_SPEAKING = frozenset({"grapheme", "phoneme", "alias"})
_CONTENT: Mapping[str, frozenset[str]] = {
    "": frozenset({"lexicon"}),
    "lexicon": frozenset({"meta", "metadata", "lexeme", "include"}),
    "lexeme": frozenset({"grapheme", "phoneme", "alias", "example"}),
}
_NAMES: Mapping[str, Mapping[str, str]] = {
    parent: {
        f"{space}{name}": name
        for name in names
        for space in (("", f"{NAMESPACE} ") if name != "include" else (f"{OURS} ",))
    }
    for parent, names in _CONTENT.items()
}
"""Element → what expat calls each of its children, without namespace too → its name."""
_LOCAL = {written: name for names in _NAMES.values() for written, name in names.items()}


@dataclass(slots=True)
class _Element:
    """An element of a lexeme, or the lexeme; `at` and `end` are the bytes where its text begins and ends."""

    name: str
    attributes: dict[str, str]
    at: int
    end: int = 0
    text: str = ""

    @property
    def words(self) -> str:
        return self.text if self.attributes.get(_SPACE) == "preserve" else " ".join(self.text.split())


class _Offsets:
    """Bytes of the document → characters: two bytes each, but for those beyond U+FFFF."""

    def __init__(self, text: str, data: bytes) -> None:
        longer = re.finditer("[\U00010000-\U0010ffff]", text) if len(data) > 2 * len(text) else ()
        self._longer = [found.start() + number for number, found in enumerate(longer, 1)]

    def of(self, byte: int) -> int:
        at = byte >> 1
        return at - bisect_right(self._longer, at) if self._longer else at


@dataclass(slots=True)
class _Reader:
    """The state of expat's callbacks. `names`: what may stand where it reads, none inside what says nothing of
    pronunciations; `skipped`: how deep it is in there.
    """

    draft: Draft
    parser: expat.XMLParserType
    offsets: _Offsets
    alphabet: str = ""
    path: list[str] = field(default_factory=lambda: [""])
    names: Mapping[str, str] = field(default_factory=lambda: _NAMES[""])
    lexeme: _Element | None = None
    parts: list[_Element] = field(default_factory=list)
    entries: list[Raw] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    skipped: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = self.names.get(name)
        if local is None:
            self.skip(name)
            return
        self.path.append(local)
        self.names = _NAMES.get(local, {})
        if local in _SPEAKING:
            self.parts.append(_Element(local, attributes, -1))
            self.text.clear()
            # Only here does text count: expat need not call for what stands between elements.
            self.parser.CharacterDataHandler = self.words
        elif local == "lexeme":
            self.lexeme, self.parts = _Element(local, attributes, self.parser.CurrentByteIndex), []
        elif local == "lexicon":
            self.alphabet = attributes.get("alphabet", "")
        elif local == "include":
            at = self.offsets.of(self.parser.CurrentByteIndex)
            self.draft.includes.append((attributes.get("href", ""), Span(at, at + 1)))

    def skip(self, name: str) -> None:
        """Leave out an element that lexicons do not have, unless it stands where it hides what they do have."""
        at, parent, local = self.parser.CurrentByteIndex, self.path[-1], name.rpartition(" ")[2]
        if not self.skipped:
            if not parent:
                raise Broken(self.offsets.of(at), f"<{local}> is no lexicon")
            if parent in _SPEAKING or (name in _LOCAL and parent in _CONTENT):
                raise Broken(self.offsets.of(at), f"<{local}> inside <{parent}>")
        self.names = {}
        self.skipped += 1
        if self.skipped > _DEEPEST:
            raise Broken(self.offsets.of(at), "nested too deeply")

    def words(self, words: str) -> None:
        element = self.parts[-1]
        if element.at < 0:
            element.at = self.parser.CurrentByteIndex
        self.text.append(words)

    def stop(self, _name: str) -> None:
        if self.skipped:
            self.skipped -= 1
        else:
            self.close(self.path.pop())
        if not self.skipped:
            self.names = _NAMES.get(self.path[-1], {})

    def close(self, name: str) -> None:
        if name in _SPEAKING:
            self.parser.CharacterDataHandler = None
            element, end = self.parts[-1], self.parser.CurrentByteIndex
            element.at, element.end = (end if element.at < 0 else element.at), end
            element.text = "".join(self.text)
        elif name == "lexeme" and self.lexeme:
            self.entries += _lexeme(self.draft, self.lexeme, self.parts, self.alphabet, self.offsets)


def read_pls(draft: Draft) -> Iterator[Raw]:
    """The entries of a document. Raises Broken where it is no lexicon, or no XML."""
    text = draft.source.text
    data = text.encode(_ENCODING)
    parser = expat.ParserCreate(_ENCODING, namespace_separator=" ")
    reader = _Reader(draft, parser, _Offsets(text, data))
    parser.StartDoctypeDeclHandler = lambda *_: _refuse_doctype(text, reader.offsets.of(parser.CurrentByteIndex))
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.stop
    for start in range(0, len(data) + 1, _CHUNK):
        _parse(parser, data, start, reader.offsets)
        yield from reader.entries
        reader.entries.clear()


def _parse(parser: expat.XMLParserType, data: bytes, start: int, offsets: _Offsets) -> None:
    try:
        parser.Parse(data[start : start + _CHUNK], start + _CHUNK > len(data))
    except expat.ExpatError as error:
        at = offsets.of(min(max(parser.ErrorByteIndex, 0), len(data)))
        raise Broken(at, f"not well-formed XML: {expat.ErrorString(error.code)}") from error


def _refuse_doctype(text: str, inside: int) -> None:
    raise Broken(text.rfind("<!", 0, inside + 2), "a DOCTYPE has no place in a lexicon")


# --- lexemes


def _lexeme(draft: Draft, lexeme: _Element, parts: list[_Element], alphabet: str, offsets: _Offsets) -> Iterator[Raw]:
    keys = [part for part in parts if part.name == "grapheme"]
    said = [part for part in parts if part.name != "grapheme"]
    if not keys or not said:
        at = offsets.of(lexeme.at)
        message = f"a lexeme needs {'a grapheme' if not keys else 'a phoneme or an alias'}"
        draft.report(lexicon_field.RULE, at, at + len("<lexeme"), message)
        return
    chosen = said[0]
    if len(said) > 1 or "role" in lexeme.attributes:
        chosen = next((part for part in said if part.attributes.get("prefer") == "true"), chosen)
        _tell_what_is_left_out(draft, lexeme, said, chosen, offsets)
    context = [lexeme.attributes.get(name, "") for name in _CONTEXT] if lexeme.attributes else ()
    for key in keys:
        place = (offsets.of(key.at), offsets.of(key.end), offsets.of(chosen.at), offsets.of(chosen.end))
        words = key.words
        kind, value = _value(draft, words, chosen, alphabet, place)
        if value is not None:
            yield Raw(words, kind, value, *place, *context)


def _tell_what_is_left_out(
    draft: Draft, lexeme: _Element, said: list[_Element], chosen: _Element, offsets: _Offsets
) -> None:
    at = offsets.of(lexeme.at)
    what = [f"the {part.name} {quoted(part.words)}" for part in said if part is not chosen]
    what += ["the role"] if "role" in lexeme.attributes else []
    message = f"{', '.join(what)} is left out: an entry has one value, for every role"
    draft.report(lexicon_left_out.RULE, at, at + len("<lexeme"), message)


def _value(
    draft: Draft, key: str, said: _Element, alphabet: str, place: tuple[int, int, int, int]
) -> tuple[Kind | None, str | None]:
    """The kind of a value and the value; None where that cannot be said, which is then reported."""
    if said.name == "alias":
        return Kind.REPLACE, said.words
    name = said.attributes.get("alphabet", alphabet)
    written = alphabets().get(name.casefold())
    if written in _KINDS:
        return _KINDS[written], said.words
    if not name:
        return reading_kind(key, said.words), said.words
    if written is None:
        draft.unknown("alphabet", name, place[2], place[3], tuple(alphabets()))
        return None, None
    return _converted(draft, key, said.words, written, place)


def _converted(
    draft: Draft, key: str, words: str, written: str, place: tuple[int, int, int, int]
) -> tuple[Kind, str | None]:
    from ttsprep.ssml.phones import ipa_to_cmu, ipa_to_pinyin, xsampa_to_ipa

    kind = Kind.PRONUNCIATION if _HAN.search(key) else Kind.PHONES
    ipa = words if written == "ipa" else xsampa_to_ipa(words)
    value = None if ipa is None else ipa_to_pinyin(ipa) if kind is Kind.PRONUNCIATION else ipa_to_cmu(ipa)
    if value is None:
        wanted = "pinyin" if kind is Kind.PRONUNCIATION else "ARPAbet"
        draft.report(lexicon_phones.RULE, *place[2:], f"{quoted(words)} cannot be written in {wanted} without loss")
    return kind, value


# --- writing

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_pls(entries: Iterable[Entry]) -> str:
    """A document. Raises ValueError for a character that XML does not have."""
    lines = "".join(map(_written, entries))
    forbidden = _FORBIDDEN.search(lines)
    if forbidden:
        raise ValueError(f"XML has no character U+{ord(forbidden[0]):04X}")
    head = f'<lexicon version="1.0" xmlns="{NAMESPACE}" xmlns:t="{OURS}" alphabet="x-pinyin" xml:lang="zh-CN">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{lines}</lexicon>\n'


def _written(entry: Entry) -> str:
    context = "".join(
        f" t:{name}={quoteattr(getattr(entry, name), _BREAKS)}"
        for name in ("before", "after", "note")
        if getattr(entry, name)
    )
    said = _ELEMENTS[entry.kind]
    return f"  <lexeme{context}>{_tagged('grapheme', entry.key)}{_tagged(said, entry.value)}</lexeme>\n"


_BREAKS = {"\r": "&#13;"}
_ELEMENTS = {Kind.PRONUNCIATION: "phoneme", Kind.REPLACE: "alias", Kind.PHONES: 'phoneme alphabet="x-cmu"'}


def _tagged(opening: str, text: str) -> str:
    space = "" if text == " ".join(text.split()) else ' xml:space="preserve"'
    return f"<{opening}{space}>{escape(text, _BREAKS)}</{opening.split(' ')[0]}>"
