"""From plain text to SSML.

>>> print(from_text("Q&A: 1 < 2", speak(rate=0.9)))
<speak rate="0.9">Q&amp;A: 1 &lt; 2</speak>
"""

from __future__ import annotations

from ttsprep.diagnostics import Diagnostic
from ttsprep.mapped import MappedText
from ttsprep.source import Source
from ttsprep.ssml.authoring import Authored
from ttsprep.ssml.authoring.escaping import character_data
from ttsprep.ssml.authoring.speakable import silence
from ttsprep.ssml.build import Speak, speak

__all__ = ["from_text"]


def from_text(source: Source | str, root: Speak = speak) -> Authored:
    """The SSML document that says a text as it stands; `root` brings the attributes.

    A character that SSML cannot hold is left out (SSM061); where nothing is left to speak PAY001
    says so. Raises ValueError for a root with children.
    """
    if root.children:
        raise ValueError(f"the root brings its attributes only, not {root.text!r:.60}")
    found: list[Diagnostic] = []
    text = character_data(MappedText.verbatim(Source.of(source).text), found)
    document = text.edit([(0, 0, root.start_tag), (len(text), len(text), root.end_tag)])
    return Authored(document, (*silence(document), *found))
