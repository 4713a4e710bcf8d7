"""Files → a lexicon: what they include, what stands twice, and the verdict."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ttsprep.diagnostics import Diagnostic, Severity, Span, has_errors
from ttsprep.lexicon.checking import judged
from ttsprep.lexicon.draft import Broken, Draft, Raw, quoted
from ttsprep.lexicon.entries import Entry, Kind, Lexicon
from ttsprep.lexicon.formats import Format, format_named, format_of
from ttsprep.lexicon.names import limit
from ttsprep.rules import lexicon_contradiction, lexicon_duplicate, lexicon_include
from ttsprep.source import Source

__all__ = ["LexiconFiles", "load_lexicon", "read_lexicon"]


_REMEDY = "save it as UTF-8, or read it as {encoding}"


@dataclass(frozen=True, slots=True)
class LexiconFiles:
    """What was read: the lexicon, None where there is an error; what was found; every file, for reports."""

    lexicon: Lexicon | None
    diagnostics: tuple[Diagnostic, ...]
    sources: tuple[Source, ...]


def read_lexicon(
    *files: str | Path | Source, form: str = "", encoding: str = "utf-8"
) -> tuple[Lexicon | None, tuple[Diagnostic, ...]]:
    r"""The entries of all `files`, and what is wrong with them; None with errors: nothing is half loaded.

    Of two entries with one key and one context the later stands, so a later file wins over an earlier one, and a file
    over those that it includes. `form` is one of the names in `FORMATS`; without it the name of each file tells it.

        >>> read_lexicon(Source("行长 hang2 zhnag3", "names.txt"))[1][0].message
        "'zhnag3' for '行长' is no syllable of Mandarin with a tone (did you mean zhang3?)"

    Raises OSError if a file cannot be read (one that is included is a diagnostic), ValueError for an unknown format,
    LookupError for an unknown encoding, ImportError for YAML without PyYAML.
    """
    found = load_lexicon(*files, form=form, encoding=encoding)
    return found.lexicon, found.diagnostics


def load_lexicon(*files: str | Path | Source, form: str = "", encoding: str = "utf-8") -> LexiconFiles:
    """As `read_lexicon`, with the sources that the diagnostics point into."""
    reader = _Reader(form, encoding)
    for file in files:
        reader.file(file)
    found = tuple(reader.found)
    lexicon = None if has_errors(found) else Lexicon(tuple(reader.entries.values()))
    return LexiconFiles(lexicon, found, tuple(reader.sources))


@dataclass(slots=True)
class _Reader:
    """The reading of several files. `open`: the files that include each other at the moment, `seen`: all so far."""

    form: str
    encoding: str
    entries: dict[tuple[str, str, str], Entry] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def file(self, file: str | Path | Source) -> None:
        source, found = (file, file.faults()) if isinstance(file, Source) else self.read(Path(file))
        self.sources.append(source)
        self.found += [dataclasses.replace(one, file=source.name) for one in found]
        if not has_errors(found):
            self.load(source)

    def read(self, path: Path) -> tuple[Source, tuple[Diagnostic, ...]]:
        source, found = Source.read(path, encoding=self.encoding, remedy=_REMEDY)
        return source, found or source.faults()

    def load(self, source: Source) -> None:
        """The entries of one file, behind those of the files that it includes."""
        form = format_named(self.form) if self.form else format_of(source.name)
        draft = Draft(source)
        self.open.append(_real(source.name))
        self.seen.add(_real(source.name))
        entries = list(_entries(draft, form))
        for path, span in draft.includes:
            self.include(draft, path, span)
        self.put(draft, entries)
        self.found += sorted(draft.found, key=lambda one: one.span.start if one.span else 0)
        self.open.pop()

    def include(self, draft: Draft, written: str, span: Span) -> None:
        path = Path(draft.source.name).parent / written
        real = _real(path)
        fault = self.fault(written, real)
        if not fault and real in self.seen:
            return
        if not fault:
            try:
                self.file(path)
                return
            except (OSError, ValueError) as error:
                fault = getattr(error, "strerror", None) or str(error)
        draft.report(lexicon_include.RULE, span.start, span.end, f"{quoted(written)} is not included: {fault}")

    def fault(self, written: str, real: str) -> str:
        if not written:
            return "no path"
        if "://" in written:
            return "files are included, not addresses"
        if real in self.open:
            names = [Path(name).name for name in [*self.open[self.open.index(real) :], real]]
            return f"it includes itself ({' → '.join(names)})"
        if len(self.open) > limit("include_depth"):
            return f"files include each other more than {limit('include_depth')} deep"
        return ""

    def put(self, draft: Draft, entries: Iterable[Entry]) -> None:
        known = self.entries
        for entry in entries:
            identity = (entry.key, entry.before, entry.after)
            if identity in known:
                _compare(draft, entry, known.pop(identity))
            known[identity] = entry


def _real(path: str | Path) -> str:
    return os.path.realpath(path)


def _entries(draft: Draft, form: Format) -> Iterator[Entry]:
    """The entries that have no fault, in canonical form."""
    try:
        for raw in form.read(draft):
            value = judged(draft, raw)
            if value is not None:
                yield _entry(draft.source, raw, value)
    except Broken as error:
        draft.broken(error)


def _entry(source: Source, raw: Raw, value: str) -> Entry:
    key, kind, _, at, end, _, value_end, before, after, note = raw
    end = value_end if value_end > at else end
    note = " ".join(note.split()) if note else ""
    return Entry(key, kind or Kind.REPLACE, value, before, after, note, source, at, end)


def _compare(draft: Draft, entry: Entry, other: Entry) -> None:
    """The same twice, or two that contradict each other: between files that is how one corrects the other."""
    if (entry.kind, entry.value) == (other.kind, other.value):
        message = f"{quoted(entry.key)} stands in {other.place} already, with the same value"
        rule, severity = lexicon_duplicate.RULE, lexicon_duplicate.RULE.severity
    else:
        stood = quoted(other.value) if entry.kind is other.kind else f"the {other.kind} {quoted(other.value)}"
        message = f"{quoted(entry.key)} stands in {other.place} already, with {stood}; {quoted(entry.value)} wins here"
        rule, severity = lexicon_contradiction.RULE, lexicon_contradiction.RULE.severity
    severity = severity if other.source is draft.source else Severity.NOTE
    draft.report(rule, entry.start, entry.end, message, severity=severity)
