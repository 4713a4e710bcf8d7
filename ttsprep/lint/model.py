"""What passes between the parts of the linter: a file as checks see it, a finding with its lines and columns, a result.

A check is a function from a `LintFile` to diagnostics. `ttsprep.lint.checks.CHECKS` lists those that only a linter
makes, `ttsprep.lint.stages.STAGES` those of the stages that prepare a script:

    >>> def shouting(file: LintFile) -> Iterable[Diagnostic]:
    ...     return () if not file.source.text.isupper() else [shout.at(Span(0, 1), "all in capitals")]
    >>> from ttsprep.diagnostics import Rule, Severity, Span
    >>> shout = Rule("DEM001", "shouting", Severity.WARNING)
    >>> check = Registered("DEM", frozenset({Kind.TEXT}), shouting)
    >>> [str(found) for found in check.function(LintFile("a.txt", Source("HEY"), Kind.TEXT))]
    ['DEM001 warning: all in capitals']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

from ttsprep.diagnostics import Diagnostic, Severity
from ttsprep.markup import speak_tag
from ttsprep.source import Source

if TYPE_CHECKING:
    from ttsprep.mapped import MappedText
    from ttsprep.markdown import MarkdownOptions
    from ttsprep.markdown._document import Document
    from ttsprep.markdown._outline import Part
    from ttsprep.payloads import Plan
    from ttsprep.pipeline import Script
    from ttsprep.sentences import Segments
    from ttsprep.settings import TaskSettings

__all__ = [
    "SCRIPTS",
    "Check",
    "CheckOptions",
    "Finding",
    "Kind",
    "LintFile",
    "Position",
    "Registered",
    "Result",
    "position",
]


class Kind(StrEnum):
    """What a file is to the linter."""

    MARKDOWN = "markdown"
    TEXT = "text"
    SSML = "ssml"
    SETTINGS = "settings"
    LEXICON = "lexicon"
    RECORDING = "recording"


SCRIPTS = frozenset({Kind.MARKDOWN, Kind.TEXT, Kind.SSML})
"""The kinds that are spoken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """Limits of one's own that checks know. Each field is a key of the table ``[tool.ttsprep.checks]``."""

    max_sentence: int | None = None
    """The most counted characters of a sentence; ``None``: the check's own limit."""
    max_characters: int | None = None
    """The most counted characters of a script; ``None``: no limit but those of the service."""


_Made = TypeVar("_Made")


@dataclass(frozen=True, eq=False)
class LintFile:
    """A file as checks see it. What takes time is made when it is first asked for, once for all checks.

    `settings` are those of the request, ``None`` where nothing is said of it: then model and voice are not judged.
    """

    path: str
    """As it is shown to people."""
    source: Source
    kind: Kind
    settings: TaskSettings | None = None
    markdown: MarkdownOptions | None = None
    options: CheckOptions = field(default_factory=CheckOptions)
    _made: dict[Callable[[LintFile], Any], Any] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def alphabet(self) -> str:
        """Every character of the file once: what is searched to know which checks may find anything."""
        return "".join(set(self.source.text))

    @cached_property
    def request(self) -> TaskSettings:
        """The settings the script would be sent with: those given, else the defaults.

        SSML is sent with enable_ssml where nothing else is said, and what stands against that combination is said only
        of settings that were given.
        """
        from ttsprep.settings import TaskSettings

        settings = self.settings or TaskSettings()
        if speak_tag(self.source.text) is None or self.kind is not Kind.SSML or settings.enable_ssml is not None:
            return settings
        return _with_ssml(settings) or settings

    @cached_property
    def plan(self) -> Plan:
        """What `ttsprep.prepare` makes of a script. Raises ValueError for a file that is none."""
        from ttsprep.pipeline import plan

        return plan(self._script, self.request)

    @property
    def spoken(self) -> MappedText:
        """What will be sent of a script, with its places in the source: for SSML the document itself."""
        return self._script.text

    @property
    def segments(self) -> Segments:
        """The sentences of what is spoken."""
        return self._script.segments

    @cached_property
    def outline(self) -> list[Part]:
        """What stands where in a Markdown script; empty for all others."""
        return self._document.outline() if self.kind is Kind.MARKDOWN else []

    def once(self, makes: Callable[[LintFile], _Made]) -> _Made:
        """What a function makes of this file, made once for all checks, and gone with the file.

        >>> file = LintFile("a.txt", Source("hey"), Kind.TEXT)
        >>> file.once(lambda file: len(file.source.text))
        3
        """
        if makes not in self._made:
            self._made[makes] = makes(self)
        made: _Made = self._made[makes]
        return made

    @cached_property
    def _document(self) -> Document:
        from ttsprep.markdown._document import Document

        return Document(self.source)

    @cached_property
    def _script(self) -> Script:
        from ttsprep.pipeline import Script
        from ttsprep.syntax import Syntax, spoken_text

        if self.kind not in SCRIPTS:
            raise ValueError(f"{self.path} is no script but {self.kind.value}")
        if self.kind is Kind.MARKDOWN:
            return Script(self.source, Syntax.MARKDOWN, *self._document.heard(self.markdown, self.request))
        return Script(self.source, Syntax(self.kind), *spoken_text(self.source, Syntax(self.kind)))


def _with_ssml(settings: TaskSettings) -> TaskSettings | None:
    given = {"region": settings.region, "model": settings.model} | settings.parameters()
    return type(settings).check(given | {"enable_ssml": True})[0]


Check: TypeAlias = Callable[[LintFile], Iterable[Diagnostic]]
"""A check looks at a file and says what it finds, in any order. It never raises for bad input."""


class Registered(NamedTuple):
    """A check in a list of checks: the family of its codes, the kinds of files it looks at, and the function."""

    family: str
    kinds: frozenset[Kind]
    function: Check


class Position(NamedTuple):
    """A place for people and programs: all count from 1, in code points and in UTF-16 units."""

    line: int
    column: int
    utf16: int


def position(source: Source, offset: int) -> Position:
    """The position of the code point at `offset`; one behind the end is taken as the end.

    >>> position(Source("a\\n😀b"), 3)
    Position(line=2, column=2, utf16=3)
    """
    offset = min(offset, len(source.text))
    line, column = source.position(offset)
    before = source.text[offset - column + 1 : offset]
    wide = 0 if before.isascii() else sum(character > "\uffff" for character in before)
    return Position(line, column, column + wide)


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic with its file and its place in lines and columns; without positions it has no place in the text.

    `suppressed` is the reason why it does not count (perhaps an empty one), ``None`` where it does.
    """

    diagnostic: Diagnostic
    file: str
    start: Position | None = None
    end: Position | None = None
    suppressed: str | None = None

    @classmethod
    def of(cls, diagnostic: Diagnostic, file: str, source: Source, suppressed: str | None = None) -> Finding:
        """The finding for a diagnostic whose span points into `source`.

        >>> from ttsprep.diagnostics import Rule, Severity, Span
        >>> found = Rule("DEM001", "old", Severity.NOTE).at(Span(2, 4), "'is' is old")
        >>> Finding.of(found, "a.md", Source("it is")).start
        Position(line=1, column=3, utf16=3)
        """
        span = diagnostic.span
        if span is None:
            return cls(diagnostic, file, suppressed=suppressed)
        return cls(diagnostic, file, position(source, span.start), position(source, span.end), suppressed)

    @property
    def severity(self) -> Severity:
        """How bad: that of the diagnostic, which configuration may have changed."""
        return self.diagnostic.severity


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one file: its findings in order of place, or why it could not be read.

    `source` is what the findings point into; ``None`` where nothing was found or nothing could be read. Findings that
    are suppressed stand in `suppressed`.
    """

    file: str
    kind: Kind | None = None
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    source: Source | None = None
    error: str = ""
    """Why the file could not be read, in words; the file has no findings then."""
