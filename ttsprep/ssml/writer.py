"""Long documents, written in ``with`` blocks.

>>> with DocumentWriter() as doc:
...     with doc.speak(voice="longanyang", rate=0.9) as s:
...         for name in ("Tom", "Jerry"):
...             s("Hi ", name, ".")
...             s.break_(s=1)
...     with doc.speak() as s:
...         s("Bye.")
>>> print(doc)
<speak voice="longanyang" rate="0.9">Hi Tom.<break time="1s"/>Hi Jerry.<break time="1s"/></speak><speak>Bye.</speak>
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Self, Unpack

from ttsprep.ssml import build
from ttsprep.ssml.build import Child, Document, Leaf, Speak, fragment

if TYPE_CHECKING:
    from ttsprep.ssml._keywords import SpeakKeywords

__all__ = ["DocumentWriter", "SpeakWriter"]

P = ParamSpec("P")


def _adding(make: Callable[P, Leaf]) -> Callable[Concatenate[SpeakWriter, P], None]:
    """A method that makes an element and adds it."""

    def add(self: SpeakWriter, /, *args: P.args, **kwargs: P.kwargs) -> None:
        self(make(*args, **kwargs))

    add.__doc__ = f"Add what `ttsprep.ssml.build.{getattr(make, '__name__', 'break_')}` makes of the same arguments."
    return add


class SpeakWriter:
    """One ``speak`` while it is written: call it with texts and elements, or use the methods.

    Each call raises what the builder raises. What was written counts once the block is left without an exception.
    """

    def __init__(self, document: DocumentWriter, element: Speak) -> None:
        self._document, self._element = document, element
        self._children: list[Child] = []
        self._open = False

    def __call__(self, *children: Child) -> None:
        """Add children, in order. Raises RuntimeError outside of the block."""
        if not self._open:
            raise RuntimeError("this speak is not open: write in its with block")
        self._children.append(fragment[children])

    break_ = _adding(build.break_)
    sub = _adding(build.sub)
    phoneme = _adding(build.phoneme)
    say_as = _adding(build.say_as)
    sound_event = _adding(build.sound_event)

    def __enter__(self) -> Self:
        self._document._begin(self)
        self._open = True
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._open = False
        self._document._end(None if kind else self._element[self._children])


class DocumentWriter:
    """A document while it is written; `document` is what was written, ``str`` its markup."""

    def __init__(self) -> None:
        self._speaks: list[Speak] = []
        self._writing: SpeakWriter | None = None

    def speak(self, **attributes: Unpack[SpeakKeywords]) -> SpeakWriter:
        """A ``speak`` element, to be written in a ``with`` block."""
        return SpeakWriter(self, build.speak(**attributes))

    def add(self, *speaks: Speak | Document) -> None:
        """Add whole elements. Raises RuntimeError while another is written."""
        self._refuse_while_open()
        self._speaks.extend(Document(*speaks))

    @property
    def document(self) -> Document:
        """What was written. Raises RuntimeError while a ``speak`` is open, ValueError where there is none."""
        self._refuse_while_open()
        return Document(self._speaks)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        """Nothing is left to do: each ``speak`` is complete when its own block ends."""

    def __str__(self) -> str:
        return str(self.document)

    def __repr__(self) -> str:
        return f"<DocumentWriter, {len(self._speaks)} speak written>"

    def _refuse_while_open(self) -> None:
        if self._writing:
            raise RuntimeError("a speak is open: elements may not stand in one another, leave its block first")

    def _begin(self, writer: SpeakWriter) -> None:
        self._refuse_while_open()
        self._writing = writer

    def _end(self, written: Speak | None) -> None:
        self._writing = None
        if written is not None:
            self._speaks.append(written)
