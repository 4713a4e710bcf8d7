"""What several forms of output say of a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from urllib.parse import quote

from ttsprep.diagnostics import Diagnostic, Edit, Severity
from ttsprep.lint.model import Finding, Position, Result, position

__all__ = ["answer", "edits", "findings", "plain", "uri"]


def findings(results: Sequence[Result]) -> Iterator[tuple[Result, Finding]]:
    """Every finding with the result it belongs to."""
    for result in results:
        for found in result.findings:
            yield result, found


def answer(found: Diagnostic) -> str:
    """What the service says to it; empty where that is not known, or where the message says it already.

    >>> from ttsprep.rules import nothing_to_speak
    >>> answer(nothing_to_speak.RULE.at(None, "nothing to speak"))
    'the service would answer: Please ensure input text is valid.'
    """
    from ttsprep import catalog

    if not found.rule.error:
        return ""
    says = catalog.error(found.rule.error).says
    if says in found.message:
        return ""
    return f"the service {'would' if found.severity is Severity.ERROR else 'may'} answer: {says}"


def edits(result: Result, found: Diagnostic) -> list[tuple[Edit, Position, Position]]:
    """The edits of the fix with their places; none where there is no fix, or no source to mend."""
    if found.fix is None or result.source is None:
        return []
    places = [(edit, position(result.source, edit.span.start)) for edit in found.fix.edits]
    return [(edit, start, position(result.source, edit.span.end)) for edit, start in places]


def uri(path: str) -> str:
    """The path of a file as a URI: absolute with its scheme, relative without.

    >>> uri("docs/第一 章.md"), uri("/a/b.md")
    ('docs/%E7%AC%AC%E4%B8%80%20%E7%AB%A0.md', 'file:///a/b.md')
    """
    posix = PurePath(path).as_posix()
    return ("file://" if posix.startswith("/") else "") + quote(posix.encode("utf-8", "surrogatepass"))


def plain(text: str) -> str:
    """The text with U+FFFD for every character that XML and UTF-8 do not have.

    >>> plain("a\\x07b")
    'a�b'
    """
    return "".join(one if one in "\t\n\r" or _allowed(ord(one)) else "\ufffd" for one in text)


def _allowed(code: int) -> bool:
    return 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF
