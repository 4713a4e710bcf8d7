"""Documents that no author would write: every function ends soon and raises nothing.

A step that is quadratic in the size of the document takes minutes here.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.ssml_documents import HOSTILE, hostile
from ttsprep.ssml import convert, diff, fix, from_speech_markdown, heard, split, text

SIZE = 20_000
every_document = pytest.mark.parametrize("name", HOSTILE)


@contextmanager
def soon() -> Iterator[None]:
    """Milliseconds of this thread as a rule; the limit leaves room for a busy machine."""
    begun = time.thread_time()
    yield
    assert time.thread_time() - begun < 5


@every_document
def test_heard(name: str) -> None:
    document = hostile(name, SIZE)
    with soon():
        found = heard(document)
    assert all(item.span.end <= len(document) for item in found)


@every_document
def test_text(name: str) -> None:
    document = hostile(name, SIZE)
    with soon():
        found = text(document)
    assert found.replay(document) == found.text


@every_document
@pytest.mark.parametrize(("limit", "size"), [(2, SIZE // 40), (100, SIZE // 2)])
def test_split(name: str, limit: int, size: int) -> None:
    document = hostile(name, size)
    with soon():
        found = split(document, limit)
    assert "".join(part.text.text for part in found.documents).count("x") == document.count("x")


@every_document
@pytest.mark.parametrize("unsafe", [False, True])
def test_fix(name: str, unsafe: bool) -> None:
    document = hostile(name, SIZE // 20)
    with soon():
        found = fix(document, unsafe=unsafe)
    assert found.mapped.replay(document) == found.text


@every_document
def test_diff(name: str) -> None:
    document = hostile(name, SIZE)
    middle = len(document) // 2
    with soon():
        found = diff(document, document[:middle] + "x" + document[middle:])
    assert all(len(one.words) < 1000 for one in found)


@every_document
def test_convert(name: str) -> None:
    with soon():
        found = convert(hostile(name, SIZE))
    assert found.diagnostics or found.text


@every_document
def test_from_speech_markdown(name: str) -> None:
    with soon():
        found = from_speech_markdown(hostile(name, SIZE // 2))
    assert str(found).startswith("<speak>")
