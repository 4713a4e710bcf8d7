"""From sentences to instructions: a `Plan` of tasks, each run-task, continue-task…, finish-task, within every limit.

A continue-task holds as many whole sentences as fit (TXT-01); the service speaks each as soon as it is complete, so
larger instructions cost no time. A task holds as many as fit together (TXT-02), and one instruction only where SSML is
enabled (SSM-04). A sentence is cut only where it is longer than an instruction can be. The texts joined are the
prepared text, character for character.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ttsprep import catalog
from ttsprep.counting import count, count_plain, counts, counts_spoken
from ttsprep.diagnostics import Diagnostic, DiagnosticError, Span, has_errors
from ttsprep.mapped import MappedText
from ttsprep.markup import is_speakable, is_ssml
from ttsprep.rules import nothing_to_speak, sentence_cut, several_tasks
from ttsprep.sentences import Reason, Segment, Segments, SentenceStream, cut
from ttsprep.settings import TaskSettings

if TYPE_CHECKING:
    from ttsprep.protocol import Instruction

__all__ = ["PartStream", "Plan", "TaskPlan", "TextPart", "build", "build_document"]


@dataclass(frozen=True, slots=True)
class TextPart:
    """The text of one continue-task: where it comes from in the source, its counted characters, how many
    sentences end in it, and whether it ends with a complete sentence (so that the service speaks all of it at once).
    """

    text: str
    span: Span | None
    counted: int
    sentences: int
    complete: bool


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """One task: the settings of its run-task and the texts of its continue-tasks."""

    settings: TaskSettings
    parts: tuple[TextPart, ...]

    def instructions(self, task_id: str) -> Iterator[Instruction]:
        """The task's instructions in order, all with this id (FLW-01, FLW-06).

        A plan has no ids of its own: make a new one (``uuid.uuid4()``) each time a task is sent (FLW-07).
        """
        from ttsprep.protocol import ContinueTask, FinishTask, RunTask

        yield RunTask(task_id, self.settings.model, self.settings.parameters())
        for part in self.parts:
            yield ContinueTask(task_id, part.text)
        yield FinishTask(task_id)

    @property
    def counted(self) -> int:
        """Counted characters of all texts."""
        return sum(part.counted for part in self.parts)

    @property
    def sentences(self) -> int:
        """How many sentences the texts hold."""
        return sum(part.sentences for part in self.parts)


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be sent, and all that was found on the way. Made by `ttsprep.prepare`.

    `text` is the whole prepared text. Where `diagnostics` has errors, `ok` is false and the sender refuses the
    plan.
    """

    settings: TaskSettings
    text: MappedText
    tasks: tuple[TaskPlan, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        """Whether the plan may be sent: it has no errors."""
        return not has_errors(self.diagnostics)

    def raise_for_errors(self) -> None:
        """Raise DiagnosticError with all findings if there is an error among them."""
        if not self.ok:
            raise DiagnosticError(self.diagnostics)

    @property
    def parts(self) -> tuple[TextPart, ...]:
        """The parts of all tasks in order."""
        return tuple(part for task in self.tasks for part in task.parts)

    @property
    def counted(self) -> int:
        """Counted characters of the whole text: what the service will bill."""
        return sum(task.counted for task in self.tasks)

    @property
    def sentences(self) -> int:
        """How many sentences the service is expected to speak; it cuts them itself and may differ."""
        return sum(task.sentences for task in self.tasks)

    @property
    def price(self) -> catalog.Price | None:
        """The price of 10,000 characters for this model and region; None where the catalog has none."""
        model = catalog.model(self.settings.model)
        return model.price(self.settings.region) if model else None

    @property
    def cost(self) -> Decimal | None:
        """What the plan will probably cost, in the currency of `price`; None where that is unknown."""
        return self.price.of(self.counted) if self.price else None


class _Atom(NamedTuple):
    """A stretch that stays in one instruction: a sentence, or a piece of an over-long one."""

    start: int
    end: int
    counted: int
    speakable: bool
    ends: bool
    complete: bool


def build(segments: Segments, settings: TaskSettings, diagnostics: Iterable[Diagnostic] = ()) -> Plan:
    """The plan for these sentences; `diagnostics` of earlier stages come first in it."""
    limits = catalog.limits()
    found = list(diagnostics)
    text = segments.mapped
    atoms = _atoms(segments, limits.instruction_text, found)
    capacity = limits.instruction_text if settings.enable_ssml else limits.task_text
    layout = list(_tasks(_units(atoms), limits.instruction_text, capacity))
    cuts = [0, *(part[-1].end for task in layout for part in task)]
    places = zip(text.source_spans(cuts), counts_spoken(text.text, cuts), strict=True)
    tasks = tuple(TaskPlan(settings, tuple(_part(text, part, *next(places)) for part in task)) for task in layout)
    found += _layout_findings(text, layout, settings, limits.task_text)
    return Plan(settings, text, tasks, tuple(found))


def build_document(text: MappedText, settings: TaskSettings, diagnostics: Iterable[Diagnostic] = ()) -> Plan:
    """The plan for SSML, which is its own source: one task with one instruction (SSM-04), or several complete
    documents, each a task, where it is too long for that. The service, not we, finds the sentences in it.
    """
    from ttsprep.ssml.splitting import split

    cut = split(text.text)
    found = [*diagnostics, *cut.diagnostics]
    parts = [_document_part(document.text) for document in cut.documents if document.text]
    for part in parts:
        if not is_speakable(part.text):
            what = "nothing to speak: the document has no letter, digit or ideograph"
            found.append(nothing_to_speak.RULE.at(part.span, what))
    if not parts:
        found.append(nothing_to_speak.RULE.at(Span(0, 0), "nothing to speak: the document is empty"))
    if len(parts) > 1:
        total, limit = sum(part.counted for part in parts), catalog.limits().instruction_text
        what = f"{total:,} counted characters of SSML, over the {limit:,} of one instruction, need {len(parts)} tasks"
        found.append(several_tasks.RULE.at(None, what))
    return Plan(settings, text, tuple(TaskPlan(settings, (part,)) for part in parts), tuple(found))


def _document_part(text: MappedText) -> TextPart:
    return TextPart(text.text, text.source_span(0, len(text)), count(text.text), 1, complete=True)


def _atoms(segments: Segments, limit: int, found: list[Diagnostic]) -> list[_Atom]:
    """The sentences, the over-long ones cut (with a warning each)."""
    atoms: list[_Atom] = []
    text, cuts = segments.mapped.text, segments.cuts
    sizes = counts(text, cuts)
    for (start, end), size, reason in zip(pairwise(cuts), sizes, segments.reasons, strict=True):
        sentence, complete = text[start:end], reason == Reason.TERMINATOR
        if size > limit:
            atoms += _pieces(sentence, start, limit, complete)
            found.append(_cut_warning(segments.mapped.source_span(start, end), size, limit))
        else:
            speakable = is_speakable(sentence)
            atoms.append(_Atom(start, end, size, speakable, speakable, complete))
    return atoms


def _cut_warning(span: Span, size: int, limit: int) -> Diagnostic:
    what = f"sentence of {size:,} counted characters, over the {limit:,} of one continue-task: it is cut inside"
    return sentence_cut.RULE.at(span, what)


def _pieces(sentence: str, start: int, limit: int, complete: bool) -> Iterator[_Atom]:
    edges = [0, *cut(sentence, limit), len(sentence)]
    for (begin, end), size in zip(pairwise(edges), counts(sentence, edges), strict=True):
        last = end == len(sentence)
        speakable = is_speakable(sentence[begin:end])
        yield _Atom(start + begin, start + end, size, speakable, last, last and complete)


def _units(atoms: Sequence[_Atom]) -> Iterator[list[_Atom]]:
    """A task must have something to speak (FLW-12), so what cannot be spoken stays with what goes before it, and
    at the beginning with what follows.
    """
    unit: list[_Atom] = []
    speakable = False
    for atom in atoms:
        if atom.speakable and speakable:
            yield unit
            unit = []
        unit.append(atom)
        speakable = speakable or atom.speakable
    if unit:
        yield unit


def _tasks(units: Iterable[list[_Atom]], instruction: int, capacity: int) -> Iterator[list[list[_Atom]]]:
    """Tasks of parts of atoms, each filled as far as its limit allows."""
    task: list[list[_Atom]] = []
    task_size = part_size = 0
    for unit in units:
        size = _size(unit)
        fresh = task_size + size > capacity and bool(task)
        for atom in unit:
            if fresh or task_size + atom.counted > capacity:
                yield task
                task, task_size, part_size, fresh = [], 0, 0, False
            if not task or part_size + atom.counted > instruction:
                task.append([])
                part_size = 0
            task[-1].append(atom)
            task_size += atom.counted
            part_size += atom.counted
    if task:
        yield task


def _size(atoms: Iterable[_Atom]) -> int:
    return sum(atom.counted for atom in atoms)


def _part(text: MappedText, atoms: Sequence[_Atom], span: Span, counted: int) -> TextPart:
    return TextPart(
        text.text[atoms[0].start : atoms[-1].end],
        span,
        counted,
        sum(atom.ends for atom in atoms),
        atoms[-1].complete,
    )


def _streamed(text: MappedText, atoms: Sequence[_Atom], span: Span) -> TextPart:
    """A part of a text of which more may come: where it begins with ``<speak>``, its tags count 0 (TXT-04)."""
    part = _part(text, atoms, span, _size(atoms))
    return replace(part, counted=count(part.text)) if is_ssml(part.text) else part


def _layout_findings(
    text: MappedText, layout: Sequence[list[list[_Atom]]], settings: TaskSettings, limit: int
) -> Iterator[Diagnostic]:
    for task in layout:
        if not any(atom.speakable for part in task for atom in part):
            start, end = task[0][0].start, task[-1][-1].end
            what = "nothing to speak: no letter, digit or ideograph in the whole task"
            yield nothing_to_speak.RULE.at(text.source_span(start, end), what)
    if not layout:
        yield nothing_to_speak.RULE.at(Span(0, 0), "nothing to speak: the prepared text is empty")
    if len(layout) > 1:
        why = "one continue-task each, as enable_ssml asks" if settings.enable_ssml else f"over {limit:,} in one"
        total = sum(atom.counted for task in layout for part in task for atom in part)
        yield several_tasks.RULE.at(None, f"{total:,} counted characters need {len(layout)} tasks ({why})")


class PartStream:
    """The streaming twin of `build`: sentences go out as parts as soon as they are complete (FLW-09).

        >>> stream = PartStream()
        >>> [part.text for chunk in ("Hi! I", "t is 3.", "14 now. ") for part in stream.feed(chunk)]
        ['Hi! ']
        >>> [(part.text, part.complete) for part in stream.close()]
        [('It is 3.14 now. ', True)]

    Parts joined are the text that was fed. What cannot be spoken waits for the next sentence and goes with it, so
    that a task may be opened with any part but the last (FLW-12). `diagnostics` gathers what was found so far.
    """

    def __init__(self) -> None:
        self._limit = catalog.limits().instruction_text
        self._sentences = SentenceStream()
        self._held: list[Segment] = []
        self._mute = 0  # what the held segments count
        self._fed = 0
        self._pending = 0
        self._found: list[Diagnostic] = []

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found so far: sentences that had to be cut."""
        return tuple(self._found)

    def feed(self, text: MappedText | str, *, ends_line: bool = False) -> list[TextPart]:
        """The parts that `text` completes; all of it where `ends_line` promises that a line ending comes next.

        >>> stream = PartStream()
        >>> [part.text for part in [*stream.feed("A title.", ends_line=True), *stream.feed("\\nMore")]]
        ['A title.']
        """
        if isinstance(text, str):
            text = MappedText.verbatim(text, self._fed)
        self._fed += len(text)
        self._pending += count_plain(text.text)
        segments = self._sentences.feed(text)
        if ends_line:
            segments += self._sentences.close()
            self._sentences = SentenceStream()
        parts = self._parts(segments)
        return parts + self._overflow() if self._pending > self._limit else parts

    def close(self) -> list[TextPart]:
        """The rest; a stream that is closed gives nothing more."""
        return self._parts(self._sentences.close(), final=True)

    def _parts(self, segments: Sequence[Segment], *, final: bool = False) -> list[TextPart]:
        self._pending -= sum(count_plain(segment.text) for segment in segments)
        at = _mute_tail(segments)
        mute = sum(count_plain(segment.text) for segment in segments[at:])
        mute = mute if at else self._mute + mute
        if final or mute > self._limit:
            at, mute = len(segments), 0
        elif not at:  # nothing to speak yet: it waits, and is not looked at again
            self._held += segments
            self._mute = mute
            return []
        waiting, self._held, self._mute = [*self._held, *segments[:at]], list(segments[at:]), mute
        return self._built(waiting)

    def _built(self, segments: Sequence[Segment]) -> list[TextPart]:
        if not segments:
            return []
        text = MappedText.concat(segment.mapped for segment in segments)
        cuts, reasons = array("q", [0]), bytes(segment.reason for segment in segments)
        for segment in segments:
            cuts.append(cuts[-1] + len(segment.mapped))
        atoms = _atoms(Segments(text, cuts, reasons), self._limit, self._found)
        parts = next(_tasks([atoms], self._limit, sys.maxsize))
        spans = (text.source_span(part[0].start, part[-1].end) for part in parts)
        return [_streamed(text, part, span) for part, span in zip(parts, spans, strict=True)]

    def _overflow(self) -> list[TextPart]:
        """A sentence that is already longer than an instruction and has no end yet: all of it but the last piece."""
        text = MappedText.concat(segment.mapped for segment in self._sentences.close())
        at = cut(text.text, self._limit)[-1]
        self._sentences = SentenceStream()
        self._pending = count_plain(text.text[at:])
        waiting, self._held, self._mute = [*self._held, Segment(text[:at], 0, Reason.LENGTH)], [], 0
        # Read anew, what is left may hold an end: what begins with a small letter may end before one.
        return self._built(waiting) + self._parts(self._sentences.feed(text[at:]))


def _mute_tail(segments: Sequence[Segment]) -> int:
    """Where the segments begin behind the last one that can be spoken."""
    at = len(segments)
    while at and not is_speakable(segments[at - 1].text):
        at -= 1
    return at
