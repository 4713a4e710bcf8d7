"""What an editor offers to do about findings: their fixes, all safe fixes at once, and to keep a finding."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Final

from lsprotocol import types

from ttsprep.diagnostics import Diagnostic, Edit, Span
from ttsprep.lint.model import Kind
from ttsprep.lsp.diagnosing import range_of, to_client
from ttsprep.lsp.scripts import Script

__all__ = ["FIX_ALL", "actions"]

FIX_ALL: Final = "source.fixAll.ttsprep"
_REASON: Final = "as intended"
_COMMENTS: Final = {
    Kind.MARKDOWN: ("<!-- ", " -->"),
    Kind.SSML: ("<!-- ", " -->"),
    Kind.SETTINGS: ("# ", ""),
}
_LONGEST_TO_MEND: Final = 50_000
"""Characters of a document up to which all its fixes are worked out without being asked for by name."""


def actions(script: Script, start: int, end: int, only: Iterable[str] | None = None) -> list[types.CodeAction]:
    """What can be done between two offsets; `only` are the kinds the client wants."""
    wanted = None if only is None else tuple(only)
    found = [each for each in _here(script, start, end) if _is_wanted(wanted, "quickfix")]
    offered = [action for each in found for action in _of(script, each)]
    asked = wanted is not None and _is_wanted(wanted, FIX_ALL)
    if asked or (wanted is None and len(script.source.text) <= _LONGEST_TO_MEND and any(map(_is_safe, found))):
        offered += _fix_all(script)
    return offered


def _is_wanted(wanted: tuple[str, ...] | None, kind: str) -> bool:
    """Kinds are a hierarchy: ``source`` asks for ``source.fixAll`` too."""
    return wanted is None or any(kind == each or kind.startswith(f"{each}.") or not each for each in wanted)


def _here(script: Script, start: int, end: int) -> list[Diagnostic]:
    found = (finding.diagnostic for finding in script.findings)
    return [
        each
        for each in found
        if each.file in ("", script.source.name)
        and (span := each.span or Span(0, 0)).start <= end
        and start <= span.end
    ]


def _is_safe(found: Diagnostic) -> bool:
    return bool(found.fix and found.fix.edits and found.fix.safe)


def _of(script: Script, found: Diagnostic) -> Iterator[types.CodeAction]:
    if found.fix and found.fix.edits:
        title = found.fix.title[:1].upper() + found.fix.title[1:]
        remark = "" if found.fix.safe else " (may change what is heard)"
        yield _action(script, found, f"{title}{remark}", found.fix.edits, preferred=found.fix.safe)
    if edit := _kept(script, found):
        yield _action(script, found, f"Keep it: ignore {found.rule.code} here", (edit,), preferred=False)


def _action(
    script: Script, found: Diagnostic, title: str, edits: Iterable[Edit], *, preferred: bool
) -> types.CodeAction:
    return types.CodeAction(
        title=title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[to_client(script, found)],
        is_preferred=preferred or None,
        edit=_workspace_edit(script, edits),
    )


def _workspace_edit(script: Script, edits: Iterable[Edit]) -> types.WorkspaceEdit:
    changes = [types.TextEdit(range_of(script, each.span), each.text) for each in edits]
    return types.WorkspaceEdit(changes={script.uri: changes})


def _fix_all(script: Script) -> Iterator[types.CodeAction]:
    from ttsprep.lint.fixing import fix

    if script.kind is None:
        return
    fixed = fix(script.source, script.configuration, sidecar=script.sidecar)
    if fixed.applied:
        title = f"Mend all that is safe to mend ({fixed.applied})"
        yield types.CodeAction(title=title, kind=FIX_ALL, edit=_workspace_edit(script, [_smallest(script, fixed.text)]))


def _smallest(script: Script, new: str) -> Edit:
    """The edit that makes another text, without what both begin and end with: cursors and folds there stay."""
    old = script.source.text
    start = _in_common(old, new)
    end = _in_common(old[start:][::-1], new[start:][::-1])
    return Edit(Span(start, len(old) - end), new[start : len(new) - end])


def _in_common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


# --- keeping


def _kept(script: Script, found: Diagnostic) -> Edit | None:
    """A comment that keeps a finding: behind its line, else on a line before it; none where either is heard."""
    comment = _comment(script, found.rule.code)
    if not comment or found.span is None:
        return None
    line, _ = script.position(found.span.start)
    begin = script.offset(line, 0)
    end = begin + len(script.source.line(line + 1))
    for edit in (Edit(Span(end, end), f" {comment}"), Edit(Span(begin, begin), f"{comment}\n")):
        if _keeps(script, edit):
            return edit
    return None


def _comment(script: Script, code: str) -> str:
    if script.kind not in _COMMENTS or script.source.name.endswith(".json"):
        return ""
    opened, closed = _COMMENTS[script.kind]
    return f"{opened}ttsprep: ignore[{code}] {_REASON}{closed}"


def _keeps(script: Script, edit: Edit) -> bool:
    """Whether with the comment one finding less is left and the same is heard."""
    from ttsprep.lint.fixing import heard

    text = script.source.text[: edit.span.start] + edit.text + script.source.text[edit.span.end :]
    other = dataclasses.replace(script, text=text)
    before, after = len(script.findings), len(other.findings)
    return after < before and heard(other.file) == heard(script.file)
