"""Code actions: mend one finding, mend all that can safely be mended, keep a finding on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from lsprotocol import types

from ttsprep.diagnostics import Diagnostic, Edit, Span
from ttsprep.lint.fixing import fix
from ttsprep.lint.kinds import kind_of
from ttsprep.lint.model import Kind
from ttsprep.lsp.answers import diagnostic, workspace_edit
from ttsprep.lsp.documents import Analysis, Document, analyse
from ttsprep.lsp.places import Text
from ttsprep.source import Source

__all__ = ["FIX_ALL", "code_actions", "fix_all", "suppression"]

FIX_ALL: Final = "source.fixAll.ttsprep"
_QUICK: Final = types.CodeActionKind.QuickFix.value
_MOST_RULES: Final = 5
"""For so many rules at a place it is offered to keep what they found: each offer is tried."""


def code_actions(
    analysis: Analysis, start: int, end: int, only: Iterable[str] | None = None, *, sidecar: Source | None = None
) -> Iterator[types.CodeAction]:
    """What can be done about a range; `only` are the kinds that are asked for, all where it is ``None``."""
    wanted = _wanted(only)
    here = list(analysis.at(start, end))
    if wanted(_QUICK):
        yield from _fixes(analysis.document, here)
        yield from _suppressions(analysis, here, sidecar)
    if wanted(FIX_ALL) and (here or only is not None):
        yield from _everything(analysis, sidecar)


def _wanted(only: Iterable[str] | None) -> Callable[[str], bool]:
    kinds = None if only is None else [str(getattr(each, "value", each)) for each in only]
    return lambda kind: kinds is None or any(not each or f"{kind}.".startswith(f"{each}.") for each in kinds)


def _fixes(document: Document, here: Iterable[Diagnostic]) -> Iterator[types.CodeAction]:
    for found in here:
        if found.fix is None or not found.fix.edits or found.file not in ("", document.source.name):
            continue
        unsafe = "" if found.fix.safe else " (unsafe: look at what is said)"
        yield types.CodeAction(
            title=f"{found.rule.code}: {found.fix.title}{unsafe}",
            kind=_QUICK,
            diagnostics=[diagnostic(document, found)],
            is_preferred=found.fix.safe,
            edit=workspace_edit(document, found.fix.edits),
        )


def _everything(analysis: Analysis, sidecar: Source | None) -> Iterator[types.CodeAction]:
    edit = fix_all(analysis, sidecar)
    if edit is not None:
        yield types.CodeAction(
            title="Mend everything that can safely be mended",
            kind=FIX_ALL,
            edit=workspace_edit(analysis.document, [edit]),
        )


def fix_all(analysis: Analysis, sidecar: Source | None = None) -> Edit | None:
    """The edit that applies every safe fix; ``None`` where there is none."""
    safe = any(each.fix and each.fix.safe and each.fix.edits for each in analysis.found)
    if not safe or analysis.is_configuration or analysis.file.kind is not _kind_to_fixing(analysis):
        return None
    return analysis.document.replaced(fix(analysis.source, analysis.configuration, sidecar=sidecar).text)


def _kind_to_fixing(analysis: Analysis) -> Kind:
    from ttsprep.lint.linting import lint_file

    return lint_file(analysis.source, analysis.configuration).kind if analysis.kind else kind_of(analysis.source)


def _suppressions(analysis: Analysis, here: Iterable[Diagnostic], sidecar: Source | None) -> Iterator[types.CodeAction]:
    by_rule = {found.rule.code: found for found in here if found.span is not None}
    for found in list(by_rule.values())[:_MOST_RULES]:
        edit = suppression(analysis, found, sidecar)
        if edit is not None:
            yield types.CodeAction(
                title=f"{found.rule.code}: ignore it here",
                kind=_QUICK,
                diagnostics=[diagnostic(analysis.document, found)],
                edit=workspace_edit(analysis.document, [edit]),
            )


def suppression(analysis: Analysis, found: Diagnostic, sidecar: Source | None = None) -> Edit | None:
    """The comment that keeps a finding: at the end of its line or before it, wherever it works and harms nothing.

    ``None`` where no comment does, and for files that have none.
    """
    if found.span is None or analysis.is_configuration or found.rule.code.startswith("LNT"):
        return None
    before = _codes(analysis.found)
    before.remove(found.rule.code)
    for edit in _comments(analysis, found.span, found.rule.code):
        text = analysis.source.text
        changed = text[: edit.span.start] + edit.text + text[edit.span.end :]
        document = analysis.document
        tried = Document(document.uri, 0, Text(changed), document.language, document.path)
        left = _codes(analyse(tried, analysis.configuration, sidecar).found)
        if len(left) <= len(before) and set(left) <= set(before):
            return edit
    return None


def _codes(found: Iterable[Diagnostic]) -> list[str]:
    return sorted(each.rule.code for each in found)


def _comments(analysis: Analysis, span: Span, code: str) -> Iterator[Edit]:
    """The comment at each place where it may stand."""
    said = f"ttsprep: ignore[{code}] kept on purpose"
    source = analysis.source
    line, column = source.position(min(span.start, len(source.text)))
    begin = min(span.start, len(source.text)) - column + 1
    end = begin + len(source.line(line))
    indent = source.line(line)[: len(source.line(line)) - len(source.line(line).lstrip())]
    if analysis.kind in (Kind.MARKDOWN, Kind.SSML):
        yield Edit(Span(end, end), f" <!-- {said} -->")
        yield Edit(Span(begin, begin), f"{indent}<!-- {said} -->\n")
        yield Edit(Span(span.start, span.start), f"<!-- {said} -->")
    elif analysis.kind in (Kind.SETTINGS, Kind.LEXICON) and source.name.lower().endswith(".toml"):
        yield Edit(Span(end, end), f"  # {said}")
