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

from collections.abc import AsyncIterable, AsyncIterator, Iterator

from ttsprep.diagnostics import Diagnostic, Span
from ttsprep.mapped import MappedText
from ttsprep.markdown import MarkdownOptions, MarkdownStream
from ttsprep.markup import formulas, is_ssml
from ttsprep.payloads import PartStream, Plan, TextPart, build, build_document
from ttsprep.rules import plain_text_under_ssml, ssml_not_enabled
from ttsprep.sentences import split
from ttsprep.settings import TaskSettings
from ttsprep.source import Source
from ttsprep.syntax import Syntax, spoken_text, syntax_of

__all__ = ["PrepareStream", "prepare"]


def prepare(
    text: Source | str,
    settings: TaskSettings | None = None,
    *,
    syntax: Syntax | str | None = None,
    markdown: MarkdownOptions | None = None,
) -> Plan:
    """The plan for a script: what will be sent, what it counts and costs, and everything that is wrong with it.

    `syntax` overrides `syntax_of`. Bad input never raises: the plan has the diagnostics, and `Plan.ok` is false
    where one is an error. Raises ValueError for a `syntax` that is none.
    """
    source, settings = Source.of(text), settings or TaskSettings()
    syntax = Syntax(syntax or syntax_of(source))
    spoken, found = spoken_text(source, syntax, markdown)
    before = [*settings.diagnostics, *source.faults(), *found]
    before += [*_ssml_findings(source, syntax, settings), *_formula_findings(spoken, settings)]
    if syntax is Syntax.SSML:
        return build_document(spoken, settings, before)
    return build(split(spoken), settings, before)


def _ssml_findings(source: Source, syntax: Syntax, settings: TaskSettings) -> Iterator[Diagnostic]:
    """SSM-03: SSML wants enable_ssml, and enable_ssml wants SSML."""
    speaks = is_ssml(source.text)
    if speaks and not settings.enable_ssml:
        start = source.text.index("<speak")
        what = "the text is SSML but enable_ssml is not set: the tags would be read aloud"
        yield ssml_not_enabled.RULE.at(Span(start, start + len("<speak")), what, field="enable_ssml")
    elif settings.enable_ssml and not speaks:
        what = f"enable_ssml is set but the {syntax.value} is not SSML: it is spoken as it is"
        yield plain_text_under_ssml.RULE.at(None, what, field="enable_ssml")


def _formula_findings(spoken: MappedText, settings: TaskSettings) -> Iterator[Diagnostic]:
    """TXT-07: formulas want a model that reads them, and Chinese speech."""
    for start, end in formulas(spoken.text):
        yield from settings.formula_findings(spoken.source_span(start, end))


class PrepareStream:
    """The streaming twin of `prepare`: text comes in chunks, instructions' texts go out as sentences complete.

        >>> stream = PrepareStream()
        >>> [part.text for part in stream.feed("你好！How ar")]
        []
        >>> [part.text for part in stream.feed("e you?\\n\\nI")]
        ['你好！How are you?']
        >>> [part.text for part in stream.close()]
        ['\\nI']

    The texts of all parts joined are the text that `prepare` would have made of the whole, but for link and
    footnote definitions that come after their use. Give the parts to `ttsprep.Sender.speak`.
    """

    def __init__(
        self,
        settings: TaskSettings | None = None,
        *,
        syntax: Syntax | str = Syntax.MARKDOWN,
        markdown: MarkdownOptions | None = None,
    ) -> None:
        if Syntax(syntax) is Syntax.SSML:
            raise ValueError("SSML is one document in one instruction and cannot be streamed (SSM-04)")
        self.settings = settings or TaskSettings()
        self._parts = PartStream()
        self._markdown = MarkdownStream(markdown or MarkdownOptions()) if syntax == Syntax.MARKDOWN else None
        self._at = 0

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found so far."""
        markdown = self._markdown.diagnostics if self._markdown else ()
        return (*self.settings.diagnostics, *markdown, *self._parts.diagnostics)

    def feed(self, chunk: str) -> list[TextPart]:
        """The parts that this chunk completes."""
        if self._markdown is None:
            return self._parts.feed(self._verbatim(chunk))
        spoken = self._markdown.feed(chunk)
        return self._parts.feed(spoken, ends_line=bool(spoken))

    def close(self) -> list[TextPart]:
        """The rest: the text is at its end."""
        tail = self._parts.feed(self._markdown.close()) if self._markdown else []
        return [*tail, *self._parts.close()]

    def _verbatim(self, chunk: str) -> MappedText:
        self._at += len(chunk)
        return MappedText.verbatim(chunk, self._at - len(chunk))

    async def parts(self, chunks: AsyncIterable[str]) -> AsyncIterator[TextPart]:
        """The parts of a whole stream of chunks, each as soon as it is complete."""
        async for chunk in chunks:
            for part in self.feed(chunk):
                yield part
        for part in self.close():
            yield part
