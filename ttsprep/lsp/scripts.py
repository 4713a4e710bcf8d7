"""A document of an editor as the linter sees a file, with the configuration that acts on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.lint.configuration import Configuration, Loaded
from ttsprep.lint.model import Finding, Kind, LintFile
from ttsprep.lsp.positions import Places, Unit
from ttsprep.source import BOM, Source

if TYPE_CHECKING:
    from ttsprep.sentences import Segments

__all__ = ["CONFIGURATIONS", "Script", "path_of"]

CONFIGURATIONS: Final = ("ttsprep.toml", ".ttsprep.toml", "pyproject.toml")
_BY_LANGUAGE: Final[Mapping[str, Kind]] = {"markdown": Kind.MARKDOWN, "plaintext": Kind.TEXT, "ssml": Kind.SSML}
"""What editors call a document → what it is, for documents whose name does not tell."""
_SUFFIXES_OF_MANY: Final = (".toml", ".json", ".xml")
_SETTING = re.compile(
    r"""^[ \t]*\{?[ \t]*"?(?:voice|enable_ssml|hot_fix|sample_rate|bit_rate|word_timestamp_enabled|language_hints
    |model"?[ \t]*[=:][ \t]*"cosyvoice)""",
    re.MULTILINE | re.VERBOSE,
)
"""A key at the beginning of a line; a file that is being written cannot always be parsed."""


def path_of(uri: str) -> Path | None:
    """The path of a document on the disk; None for one that is not there, such as ``untitled:Untitled-1``.

    >>> path_of("file:///tmp/a%20b.md").as_posix(), path_of("untitled:Untitled-1")
    ('/tmp/a b.md', None)
    """
    parts = urlsplit(uri)
    if parts.scheme != "file":
        return None
    host = f"//{parts.netloc}" if parts.netloc and parts.netloc != "localhost" else ""
    return Path(url2pathname(host + unquote(parts.path) if host else parts.path))


@dataclass(frozen=True)
class Script:
    """One version of a document. What takes time is made when it is first asked for."""

    uri: str
    text: str
    language: str = ""
    """What the editor calls its language."""
    unit: Unit = Unit.UTF16
    version: int | None = None
    pages: str = ""
    """The address of the pages of rules, with ``{code}`` for the code; "" where they have none."""

    @cached_property
    def places(self) -> Places:
        """Its places in the unit of the client."""
        return Places(self.text, self.unit)

    @cached_property
    def path(self) -> Path | None:
        """Where it lies on the disk."""
        return path_of(self.uri)

    @cached_property
    def source(self) -> Source:
        """The text under the name by which the linter knows it."""
        return Source(self.text, str(self.path) if self.path else self.uri)

    @cached_property
    def loaded(self) -> Loaded:
        """The configuration of its folder, read anew for each version of the document: it may have changed too."""
        from ttsprep.lint.configuration import load

        return load(self.path.parent if self.path else Path(), isolated=self.path is None)

    @cached_property
    def configuration(self) -> Configuration:
        """What acts on the document; the defaults where its configuration has errors."""
        from ttsprep.lint.linting import default_configuration

        return self.loaded.configuration or default_configuration()

    @property
    def is_configuration(self) -> bool:
        """Whether it is no script but configures how scripts are linted."""
        return self.path is not None and self.path.name in CONFIGURATIONS

    @cached_property
    def kind(self) -> Kind | None:
        """What it is to the linter; None for a document that is not ours: many a TOML and JSON file has other uses."""
        if self.is_configuration:
            return None
        known = _BY_LANGUAGE.get(self.language) if self.path is None or not self.path.suffix else None
        if self.path is None or self.path.suffix.lower() not in _SUFFIXES_OF_MANY:
            return known or self._file.kind
        named = dict(self.configuration.project_files).get(self.path) or self._kind_by_pattern
        return named or (self._file.kind if _seems_ours(self._file) else None)

    @property
    def _kind_by_pattern(self) -> Kind | None:
        return self._file.kind if self.configuration.table("kinds") else None

    @cached_property
    def _file(self) -> LintFile:
        from ttsprep.lint.linting import lint_file

        return lint_file(self.source, self.configuration)

    @cached_property
    def file(self) -> LintFile:
        """The document as the checks see it. Raises ValueError for one that is not ours."""
        from ttsprep.lint.linting import lint_file

        if self.kind is None:
            raise ValueError(f"{self.uri} is no file of ours")
        return lint_file(self.source, self.configuration, self.kind)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the linter finds in it, in order of place."""
        from ttsprep.lint.configuration import check_configuration
        from ttsprep.lint.linting import lint_source

        if self.is_configuration:
            return tuple(Finding.of(each, self.source.name, self.source) for each in check_configuration(self.source))
        if self.kind is None:
            return ()
        result, _ = lint_source(self.source, self.configuration, sidecar=self.sidecar, kind=self.kind)
        return result.findings

    @cached_property
    def sentences(self) -> Segments:
        """The sentences of what is heard of a script."""
        from ttsprep import ssml
        from ttsprep.sentences import split

        return split(ssml.text(self.source)) if self.kind is Kind.SSML else self.file.segments

    @property
    def sidecar(self) -> Source | None:
        """The suppressions that lie beside the file."""
        from ttsprep.lint.suppression import SIDECAR

        try:
            return Source.read(f"{self.path}{SIDECAR}")[0] if self.path else None
        except OSError:
            return None

    def offset(self, line: int, character: int) -> int:
        """The code point of the source at a place of the protocol."""
        return max(0, self.places.offset(line, character) - self._mark)

    def position(self, offset: int) -> tuple[int, int]:
        """The place of the protocol of a code point of the source."""
        return self.places.position(offset + self._mark)

    @property
    def _mark(self) -> int:
        """A byte order mark, which the source drops, is a character to the client."""
        return int(self.text.startswith(BOM))

    def at(self, offset: int) -> list[Diagnostic]:
        """What was found at a code point: the shortest first."""
        here = [found.diagnostic for found in self.findings if _covers(found.diagnostic.span, offset)]
        return sorted(here, key=lambda found: len(found.span or ""))


def _covers(span: Span | None, offset: int) -> bool:
    return span is not None and span.start <= offset <= max(span.end - 1, span.start)


def _seems_ours(file: LintFile) -> bool:
    """Whether a file is SSML, or has a key that hardly anything but settings of a request has."""
    from ttsprep.markup import speak_tag

    if file.kind is not Kind.SETTINGS:
        return speak_tag(file.source.text) is not None or "<speak" in file.source.text
    return _SETTING.search(file.source.text) is not None
