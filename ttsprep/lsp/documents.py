"""A document of an editor, and everything the linter knows about it: the one value that all answers are made from."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Final

from ttsprep.diagnostics import Diagnostic, Edit, Span
from ttsprep.lint.configuration import Configuration, check_configuration
from ttsprep.lint.configuration.reading import NAMES
from ttsprep.lint.finding_files import relative
from ttsprep.lint.kinds import BY_SUFFIX, kind_of
from ttsprep.lint.linting import lint_file, lint_source
from ttsprep.lint.model import Kind, LintFile, Result
from ttsprep.lint.patterns import matches
from ttsprep.lsp.places import Text, Units
from ttsprep.mapped import MappedText
from ttsprep.markup import speak_tag
from ttsprep.sentences import Segments, split
from ttsprep.settings import SettingsFile
from ttsprep.source import BOM, Source

__all__ = ["SUFFIX_OF_LANGUAGE", "Analysis", "Document", "analyse"]

SUFFIX_OF_LANGUAGE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "markdown": ".md",
        "plaintext": ".txt",
        "text": ".txt",
        "ssml": ".ssml",
        "xml": ".ssml",
        "toml": ".toml",
        "json": ".json",
        "jsonc": ".json",
        "jsonl": ".jsonl",
    }
)
"""What an editor calls a language → the ending of a file in it: for documents whose names do not tell."""

_HEAD: Final = 20_000
"""So many characters tell whether lines of JSON are ours."""


@dataclass(frozen=True, eq=False)
class Document:
    """What an editor shows: its address, its version, its text as it stands there, and its language."""

    uri: str
    version: int
    text: Text
    language: str = ""
    path: Path | None = None
    """Its file; ``None`` where it has none."""

    @classmethod
    def of(cls, words: str, name: str = "script.md", units: Units = Units.UTF16) -> Document:
        """A document that no editor has opened."""
        return cls(Path(name).absolute().as_uri(), 0, Text(words, units), path=Path(name).absolute())

    @cached_property
    def source(self) -> Source:
        """Its text for the linter, under a name whose ending tells what it is."""
        name = str(self.path or self.uri)
        if PurePath(name).suffix.lower() not in BY_SUFFIX and self.path is None:
            name += SUFFIX_OF_LANGUAGE.get(self.language, "")
        return Source(self.text.text, name)

    @property
    def _shift(self) -> int:
        """A byte order mark, which a source drops, is a character to an editor."""
        return int(self.text.text.startswith(BOM))

    def offset(self, line: int, column: int) -> int:
        """The code point of the source at a place of the editor."""
        return max(0, self.text.offset(line, column) - self._shift)

    def place(self, offset: int) -> tuple[int, int]:
        """The place in the editor of a code point of the source."""
        return self.text.place(offset + self._shift)

    def replaced(self, words: str) -> Edit | None:
        """The one edit that makes other words of the source; ``None`` where nothing changes."""
        old = self.source.text
        if words == old:
            return None
        start = _common(old, words)
        end = _common(old[start:][::-1], words[start:][::-1])
        return Edit(Span(start, len(old) - end), words[start : len(words) - end])


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    return min(len(one), len(other)) if at is None else at


@dataclass(frozen=True, eq=False)
class Analysis:
    """What is known of a document: its kind (``None`` where it is none of ours), and what was found in it."""

    document: Document
    configuration: Configuration
    kind: Kind | None
    found: tuple[Diagnostic, ...] = ()

    @property
    def source(self) -> Source:
        """The text that all spans point into."""
        return self.document.source

    @property
    def is_configuration(self) -> bool:
        """Whether it configures the linter."""
        return PurePath(self.source.name).name in NAMES

    @cached_property
    def file(self) -> LintFile:
        """The document as checks see it."""
        return lint_file(self.source, self.configuration, self.kind)

    @cached_property
    def heard(self) -> MappedText:
        """What is spoken of a script."""
        if self.kind is not Kind.SSML:
            return self.file.spoken
        from ttsprep.ssml import text

        return text(self.source)

    @cached_property
    def sentences(self) -> Segments:
        """The sentences of a script."""
        return split(self.heard) if self.kind is Kind.SSML else self.file.segments

    def at(self, start: int, end: int) -> Iterator[Diagnostic]:
        """What was found in a range: at its edges too. What has no place is found at the beginning."""
        for each in self.found:
            span = each.span or Span(0, 0)
            if span.start <= end and start <= span.end:
                yield each


def analyse(document: Document, configuration: Configuration, sidecar: Source | None = None) -> Analysis:
    """Lint a document.

    >>> [str(each) for each in analyse(Document.of("<speak>Q&A</speak>", "a.ssml"), _defaults()).found]
    ["SSM015 error: '&' has to be written '&amp;'"]
    """
    source = document.source
    if PurePath(source.name).name in NAMES:
        found = check_configuration(source) if _configures(source) else ()
        return Analysis(document, configuration, Kind.SETTINGS, tuple(found))
    kind = _kind(document, configuration)
    if kind is None:
        return Analysis(document, configuration, None)
    result, _ = lint_source(source, configuration, sidecar=sidecar, kind=kind)
    return Analysis(document, configuration, kind, tuple(_own(result)))


def _defaults() -> Configuration:
    from ttsprep.lint.linting import default_configuration

    return default_configuration()


def _own(result: Result) -> Iterator[Diagnostic]:
    """What was found; that of other files is told without a place."""
    for finding in result.findings:
        elsewhere = finding.file != result.file
        yield dataclasses.replace(finding.diagnostic, span=None) if elsewhere else finding.diagnostic


def _configures(source: Source) -> bool:
    return PurePath(source.name).name != "pyproject.toml" or "tool.ttsprep" in source.text


def _kind(document: Document, configuration: Configuration) -> Kind | None:
    """What a document is; ``None`` where it is excluded, or only its name is like that of one of ours."""
    source = document.source
    path = relative(Path(source.name), configuration.base) if document.path else source.name
    if any(matches(path, pattern) for pattern in configuration["exclude"]):
        return None
    if document.path is not None:
        for named, kind in configuration.project_files:
            if _same(named, document.path):
                return kind
    said = [Kind(kind) for pattern, kind in configuration.table("kinds").items() if matches(path, pattern)]
    return said[-1] if said else _by_name(document)


def _same(one: Path, other: Path) -> bool:
    return one == other or one.resolve() == other.resolve()


def _by_name(document: Document) -> Kind | None:
    source = document.source
    suffix = PurePath(source.name).suffix.lower()
    if suffix not in BY_SUFFIX:
        suffix = SUFFIX_OF_LANGUAGE.get(document.language, "")
    kind = BY_SUFFIX.get(suffix) or (kind_of(source) if speak_tag(source.text) else None)
    if kind is Kind.SETTINGS:
        return kind if _are_settings(source) else None
    if kind is Kind.RECORDING:
        return kind if '"header"' in source.text[:_HEAD] else None
    if suffix == ".xml":
        return kind if speak_tag(source.text) else None
    return kind


def _are_settings(source: Source) -> bool:
    """Whether a TOML or JSON file says anything under a name of the API: an editor shows many that do not."""
    from ttsprep import catalog
    from ttsprep.settings.places import SCANNERS

    values = SettingsFile.parse(source)[0]
    suffix = PurePath(source.name).suffix.lower().removeprefix(".")
    names = set(values.values) if values else {path[0] for path in SCANNERS[suffix](source.text).at if path}
    return any(name in catalog.parameters() or name == "region" for name in names) and "$schema" not in names
