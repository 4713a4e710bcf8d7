"""Whole documents as people and models write them, each beside what is heard of it."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from typing import Any

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from tests.conftest import CASES
from tests.test_markdown import assert_map_is_right, definitions, seen
from ttsprep.markdown import MarkdownStream, strip
from ttsprep.source import Source

FOLDER = CASES / "markdown" / "documents"
NAMES = sorted(path.stem for path in FOLDER.glob("*.md"))
TABLES: dict[str, dict[str, Any]] = tomllib.loads((CASES / "markdown" / "documents.toml").read_text("utf-8"))
LITERAL: dict[str, list[str]] = TABLES["literal"]


def document(name: str) -> str:
    """The source with its own line endings."""
    return (FOLDER / f"{name}.md").read_bytes().decode("utf-8")


def speech(name: str) -> str:
    """What is heard; the file has a newline at its end."""
    return (FOLDER / f"{name}.txt").read_text("utf-8").removesuffix("\n")


def test_every_document_has_its_speech() -> None:
    assert len(NAMES) > 44
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == NAMES
    assert sum("\r\n" in document(name) for name in NAMES) == 2
    assert sum(document(name).startswith("\ufeff") for name in NAMES) == 1
    assert {*LITERAL, *TABLES["cut"]} <= {*NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_heard(name: str) -> None:
    text, found = strip(document(name))
    assert text.text == speech(name)
    assert not found
    assert_map_is_right(text, Source(document(name)).text)


@pytest.mark.parametrize("size", [1, 7, 50])
@pytest.mark.parametrize("name", NAMES)
def test_a_stream_gives_the_same(name: str, size: int) -> None:
    source = document(name)
    stream = MarkdownStream()
    stream._reader.references.update(definitions(source))  # one after its use is the declared exception
    parts = [stream.feed(source[at : at + size]).text for at in range(0, len(source), size)]
    assert "".join([*parts, stream.close().text]) == strip(source).text.text


@pytest.mark.parametrize("name", [name for name in NAMES if name not in LITERAL])
def test_speech_has_nothing_left_to_strip(name: str) -> None:
    """Each line by itself: two lines of speech may look like one list."""
    heard = strip(document(name)).text.text.split("\n")
    assert ["".join(strip(line).text.text.split()) for line in heard] == ["".join(line.split()) for line in heard]


_MARKS = re.compile(r"[*`|\\\[\]<>]+|_{2,}|~~+|\$(?!\d)|^(?:#{1,6}|[-+])(?= )", re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_no_marker_is_left(name: str) -> None:
    assert _MARKS.findall(strip(document(name)).text.text) == LITERAL.get(name, [])


_UNSEEN_IN_SOURCE = re.compile(
    r"""
    ^```math\n.*?^```$ | \$\$.*?\$\$ | \\\[.*?\\\] | \\\(.*?\\\) | \$(?=\S)[^$\n]*(?<=\S)\$(?!\d)  # formulas
  | (?<=[-*+.)]\ )\[[ xX]\]\s | \[!\w+\]$                                          # task boxes, alerts
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_UNSEEN_IN_HTML = re.compile(
    r'<pre>.*?</pre>|<sup class="footnote-ref">.*?</sup>|<a [^>]*footnote-backref.*?</a>', re.DOTALL
)
_ADDRESSES = re.compile(r"(?:https?://|www\.)[!-~]+|mailto:")
_WORDS = re.compile("[\u3040-\u9fff]|[^\\W\u3040-\u9fff_]+")


def visible_words(source: str) -> Counter[str]:
    """By a parser of the specification and one of HTML: without formulas, code blocks and addresses."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(front_matter_plugin).use(footnote_plugin).use(deflist_plugin)
    text = source.removeprefix("\ufeff").replace("\r\n", "\n")
    shown = seen(_UNSEEN_IN_HTML.sub(" ", parser.render(_UNSEEN_IN_SOURCE.sub(" ", text))))
    return Counter(_WORDS.findall(_ADDRESSES.sub(" ", shown)))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in TABLES["cut"]])
def test_every_visible_word_is_heard(name: str) -> None:
    lost = visible_words(document(name)) - Counter(_WORDS.findall(strip(document(name)).text.text))
    assert not lost
