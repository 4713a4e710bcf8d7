"""What a file is to the linter: by the ending of its name, of JSON by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

from ttsprep.lint.model import Kind
from ttsprep.markup import speak_tag
from ttsprep.source import Source

__all__ = ["BY_SUFFIX", "FOUND_IN_FOLDERS", "kind_of"]

BY_SUFFIX: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        ".md": Kind.MARKDOWN,
        ".markdown": Kind.MARKDOWN,
        ".txt": Kind.TEXT,
        ".ssml": Kind.SSML,
        ".xml": Kind.SSML,
        ".toml": Kind.SETTINGS,
        ".json": Kind.SETTINGS,
        ".pls": Kind.LEXICON,
        ".jsonl": Kind.RECORDING,
    }
)
"""Ending of a file's name → its kind."""

FOUND_IN_FOLDERS: Final = frozenset({".md", ".markdown", ".txt", ".ssml"})
"""The endings that are looked for in folders: files that end otherwise are mostly something else."""


_INSTRUCTION: Final = re.compile(r'\s*+\[?\s*+\{\s*+"(?:header|payload|instruction)"\s*+:')


def kind_of(source: Source) -> Kind:
    """The kind of a file: by its ending, else SSML where it begins with ``<speak>``, else Markdown.

    JSON is settings, but instructions where its first key, or that of its first element, is one of theirs.

    >>> kind_of(Source("x", "voice.toml")), kind_of(Source("<speak>你好</speak>", "<stdin>"))
    (<Kind.SETTINGS: 'settings'>, <Kind.SSML: 'ssml'>)
    >>> kind_of(Source('{"header": {"action": "run-task"}}', "run-task.json"))
    <Kind.RECORDING: 'recording'>
    """
    known = BY_SUFFIX.get(PurePath(source.name).suffix.lower())
    if known is Kind.SETTINGS and _INSTRUCTION.match(source.text):
        return Kind.RECORDING
    return known or (Kind.SSML if speak_tag(source.text) else Kind.MARKDOWN)
