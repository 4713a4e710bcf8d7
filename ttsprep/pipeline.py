"""The whole preparation: a script goes in, a `Plan` of validated instructions comes out.

    >>> plan = prepare("# 你好\\n\\n**Hello**, world!")
    >>> plan.text.text
    '你好。\\nHello, world!'
    >>> plan.ok, plan.counted, plan.sentences
    (True, 19, 2)

The stages, in order: the source's own faults, the text that is spoken (by syntax), findings on that text,
sentences, instructions. Each adds its diagnostics; none stops the others.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ttsprep.counting import count
from ttsprep.diagnostics import Diagnostic, Fix, Span, has_errors
from ttsprep.mapped import MappedText
from ttsprep.markdown import MarkdownOptions, MarkdownStream
from ttsprep.markup import formulas, is_ssml, speak_tag
from ttsprep.payloads import PartStream, Plan, TextPart, build, build_document
from ttsprep.rules import plain_text_under_ssml, ssml_not_enabled
from ttsprep.sentences import Segments, split
from ttsprep.settings import TaskSettings
from ttsprep.source import BOM, Source, unsendable
from ttsprep.syntax import Syntax, spoken_text, syntax_of

if TYPE_CHECKING:
    from ttsprep.hot_fix import StreamCorrections
    from ttsprep.lexicon import Lexicon

__all__ = ["PrepareStream", "Script", "plan", "prepare"]


def prepare(
    text: Source | str,
    settings: TaskSettings | None = None,
    *,
    syntax: Syntax | str | None = None,
    markdown: MarkdownOptions | None = None,
    lexicon: Lexicon | None = None,
) -> Plan:
    """The plan for a script: what will be sent, what it counts and costs, and everything that is wrong with it.

    `syntax` overrides `syntax_of`. What of a `lexicon` occurs is sent as hot_fix, or in the way that the model has
    (`ttsprep.hot_fix.correct`). Bad input never raises: the plan has the diagnostics, and `Plan.ok` is false where one
    is an error. Raises ValueError for a `syntax` that is none.
    """
    source, settings = Source.of(text), settings or TaskSettings()
    syntax = Syntax(syntax or syntax_of(source))
    return plan(Script(source, syntax, *spoken_text(source, syntax, markdown, settings)), settings, lexicon)


@dataclass(frozen=True, eq=False)
class Script:
    """A script that has been read: the text that is spoken, and what was found on the way."""

    source: Source
    syntax: Syntax
    text: MappedText
    diagnostics: tuple[Diagnostic, ...] = ()

    @cached_property
    def segments(self) -> Segments:
        """The sentences of what is spoken."""
        return split(self.text)


def plan(script: Script, settings: TaskSettings, lexicon: Lexicon | None = None) -> Plan:
    """The plan for a script that has been read, as `prepare` makes it."""
    source, spoken = script.source, script.text
    if script.syntax is Syntax.SSML:
        return _document(source, spoken, settings, lexicon)
    before = [*source.faults(), *script.diagnostics]
    before += [*_ssml_findings(source.text, script.syntax, settings), *_formula_findings(spoken, settings)]
    corrected = _corrected(spoken, lexicon, settings)
    before = [*corrected.settings.diagnostics, *before, *corrected.diagnostics]
    if corrected.became_ssml:
        return _judged(_document_plan(corrected.text, corrected.settings, before))
    segments = script.segments if corrected.text is spoken else split(corrected.text)
    return build(segments, corrected.settings, before)


class _Prepared(NamedTuple):
    """A text with its corrections, and the settings to send it with."""

    text: MappedText
    settings: TaskSettings
    diagnostics: tuple[Diagnostic, ...] = ()
    became_ssml: bool = False


def _corrected(spoken: MappedText, lexicon: Lexicon | None, settings: TaskSettings) -> _Prepared:
    if lexicon is None:
        return _Prepared(spoken, settings)
    from ttsprep.hot_fix import correct

    made = correct(spoken, lexicon, settings)
    became_ssml = is_ssml(made.text.text) and not is_ssml(spoken.text)
    return _Prepared(made.text, made.settings, made.diagnostics, became_ssml)


def _document(source: Source, spoken: MappedText, settings: TaskSettings, lexicon: Lexicon | None) -> Plan:
    """The plan for SSML: checked by us, and what we find good by the grammar's own validator."""
    from ttsprep.ssml.checker import validate

    found = validate(source, settings)
    before = [*settings.diagnostics, *found, *_ssml_findings(source.text, Syntax.SSML, settings)]
    before += _formula_findings(spoken, settings)
    corrected = _corrected(spoken, lexicon, settings)
    plan = _document_plan(corrected.text, corrected.settings, [*before, *corrected.diagnostics])
    return plan if has_errors(found) else _judged(plan)


def _judged(plan: Plan) -> Plan:
    from ttsprep.ssml.gate import disagreement

    objections = filter(None, (disagreement(part.text) for part in plan.parts))
    return replace(plan, diagnostics=(*plan.diagnostics, *objections))


def _document_plan(text: MappedText, settings: TaskSettings, before: Sequence[Diagnostic]) -> Plan:
    """The plan for a document, whose places are those of its source."""
    plan = build_document(text, settings)
    tasks = tuple(replace(task, parts=tuple(_of_source(part, text) for part in task.parts)) for task in plan.tasks)
    return replace(plan, tasks=tasks, diagnostics=(*before, *(_of_source(each, text) for each in plan.diagnostics)))


_Placed = TypeVar("_Placed", Diagnostic, TextPart)


def _of_source(found: _Placed, text: MappedText) -> _Placed:
    span = found.span
    return replace(found, span=text.source_span(span.start, span.end)) if span else found


_HEARD_AS = {
    Syntax.MARKDOWN: "read as Markdown its tags are dropped",
    Syntax.TEXT: "read as text its tags would be spoken",
    Syntax.SSML: "without it its tags would be spoken",
}


def _ssml_findings(text: str, syntax: Syntax, settings: TaskSettings) -> Iterator[Diagnostic]:
    """SSM-03: SSML wants enable_ssml, and enable_ssml wants SSML."""
    tag = speak_tag(text)
    if tag and not settings.enable_ssml:
        what = f"the text is SSML but enable_ssml is not set: {_HEARD_AS[syntax]}"
        yield ssml_not_enabled.RULE.at(Span(*tag), what, fix=_enabling(syntax), field="enable_ssml")
    elif settings.enable_ssml and not tag:
        what = f"enable_ssml is set but the {syntax.value} is not SSML: it is spoken as it is"
        yield plain_text_under_ssml.RULE.at(None, what, field="enable_ssml")


def _enabling(syntax: Syntax) -> Fix:
    read_as = "" if syntax is Syntax.SSML else ", and read the text as SSML (syntax='ssml', --from ssml)"
    return Fix.advice(f"set enable_ssml to true in the settings (--enable-ssml){read_as}")


def _formula_findings(spoken: MappedText, settings: TaskSettings) -> Iterator[Diagnostic]:
    """TXT-07: formulas want a model that reads them, and Chinese speech."""
    for start, end in formulas(spoken.text):
        yield from settings.formula_findings(spoken.source_span(start, end))


_HEAD = 256
"""By so many characters of a stream it is seen whether it is SSML."""


class PrepareStream:
    """The streaming twin of `prepare`: text comes in chunks, instructions' texts go out as sentences complete,
    each as soon as the next has begun or its line has ended.

        >>> stream = PrepareStream()
        >>> [part.text for part in stream.feed("**你好**！Ho")]
        []
        >>> [part.text for part in stream.feed("w are you?\\n\\nI")]
        ['你好！How are you?']
        >>> [part.text for part in stream.feed(" see. And you")]
        ['\\nI see. ']
        >>> [part.text for part in stream.close()]
        ['And you']

    The texts of all parts joined are the text that `prepare` would have made of the whole, but for link and
    footnote definitions that come after their use. Give the parts to `ttsprep.Sender.speak`.

    A `lexicon` is sent whole, before the first word, for nobody knows what will occur; send the parts with the
    `settings` of the stream, which hold it. Where the model has no hot_fix, replacements are made in the parts.
    """

    def __init__(
        self,
        settings: TaskSettings | None = None,
        *,
        syntax: Syntax | str = Syntax.MARKDOWN,
        markdown: MarkdownOptions | None = None,
        lexicon: Lexicon | None = None,
    ) -> None:
        self._syntax = Syntax(syntax)
        if self._syntax is Syntax.SSML:
            raise ValueError("SSML is one document in one instruction and cannot be streamed (SSM-04)")
        self.settings = settings or TaskSettings()
        self._corrections = _corrections(lexicon, self.settings)
        if self._corrections:
            self.settings = self._corrections.settings
        self._parts = PartStream()
        self._markdown = MarkdownStream(markdown, self.settings) if self._syntax is Syntax.MARKDOWN else None
        self._found: list[Diagnostic] = list(self.settings.diagnostics)
        self._found += self._corrections.diagnostics if self._corrections else ()
        self._line: list[MappedText] = []  # what was released of the line that is open
        self._head: str | None = ""
        self._begun = False
        self._at = 0

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found so far: all that `prepare` finds, but for what only a whole plan has."""
        markdown = self._markdown.diagnostics if self._markdown else ()
        return (*self._found, *markdown, *self._parts.diagnostics)

    def feed(self, chunk: str) -> list[TextPart]:
        """The parts that this chunk completes."""
        return self._said(self._fed(chunk))

    def close(self) -> list[TextPart]:
        """The rest: the text is at its end."""
        self._look_at_head("", final=True)
        if self._markdown is None:
            return self._said(self._noted(self._parts.close()))
        return self._said([*self._read(self._markdown.close(), ends_line=True), *self._parts.close()])

    def _said(self, parts: list[TextPart]) -> list[TextPart]:
        """The parts with their corrections, where these stand in the text."""
        corrections = self._corrections
        if corrections is None:
            return parts
        texts = map(corrections.apply, (part.text for part in parts))
        return [
            part if text == part.text else replace(part, text=text, counted=count(text))
            for part, text in zip(parts, texts, strict=True)
        ]

    def _fed(self, chunk: str) -> list[TextPart]:
        text = chunk if self._begun else chunk.removeprefix(BOM)
        self._begun = self._begun or bool(chunk)
        self._found += unsendable(text, self._at)
        self._look_at_head(text)
        self._at += len(text)
        if self._markdown is None:
            return self._noted(self._parts.feed(text))
        spoken = self._markdown.feed(chunk)
        return self._read(spoken, ends_line=self._markdown.ends_line) if spoken or self._line else []

    def _read(self, spoken: MappedText, *, ends_line: bool) -> list[TextPart]:
        """Sentences go out when they end; formulas are looked for in whole lines."""
        self._line.append(spoken)
        if ends_line:
            self._found += _formula_findings(MappedText.concat(self._line), self.settings)
            self._line = []
        elif not spoken:
            return []
        return self._parts.feed(spoken, ends_line=ends_line)

    def _noted(self, parts: list[TextPart]) -> list[TextPart]:
        """Plain text comes in any pieces, so formulas are looked for in whole sentences."""
        for part in parts:
            start = part.span.start if part.span else 0
            self._found += _formula_findings(MappedText.verbatim(part.text, start), self.settings)
        return parts

    def _look_at_head(self, text: str, *, final: bool = False) -> None:
        """Whether the text is SSML is seen by its first characters."""
        if self._head is None:
            return
        self._head += text
        if final or len(self._head.lstrip()) >= _HEAD:
            self._found += _ssml_findings(self._head, self._syntax, self.settings)
            self._head = None

    def parts(self, chunks: AsyncIterable[str]) -> PreparedParts:
        """The parts of a whole stream of chunks, each as soon as it is complete, and the settings they are for."""
        return PreparedParts(self._each_part(chunks), self.settings)

    async def _each_part(self, chunks: AsyncIterable[str]) -> AsyncGenerator[TextPart, None]:
        async for chunk in chunks:
            for part in self.feed(chunk):
                yield part
        for part in self.close():
            yield part


def _corrections(lexicon: Lexicon | None, settings: TaskSettings) -> StreamCorrections | None:
    if lexicon is None:
        return None
    from ttsprep.hot_fix import StreamCorrections

    return StreamCorrections(lexicon, settings)


class PreparedParts(AsyncIterator[TextPart]):
    """What `PrepareStream.parts` gives: parts as they complete. The sender speaks them with their `settings`."""

    def __init__(self, parts: AsyncGenerator[TextPart, None], settings: TaskSettings) -> None:
        self._parts = parts
        self.settings = settings

    async def __anext__(self) -> TextPart:
        return await anext(self._parts)

    async def aclose(self) -> None:
        """Take no more chunks."""
        await self._parts.aclose()
