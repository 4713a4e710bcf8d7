"""Standard input that is spoken while it comes: the answer of a language model, or what somebody types."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ttsprep.cli.incoming import Incoming
from ttsprep.cli.inputs import Refused, Script, Scripts
from ttsprep.diagnostics import Diagnostic, has_errors
from ttsprep.markup import speak_tag
from ttsprep.source import BOM, Source

if TYPE_CHECKING:
    from ttsprep.payloads import TextPart
    from ttsprep.settings import TaskSettings

__all__ = ["LiveText", "live_text"]

_TAG: Final = len("<speak>")
_HEAD: Final = 256
"""By so many characters it is seen whether a text that begins with a tag is SSML."""


def live_text(scripts: Scripts, settings: TaskSettings) -> LiveText | None:
    """Standard input as it comes. None where the whole is wanted: beside other scripts, as SSML, or out of a file."""
    if scripts.files != ("-",) or scripts.syntax == "ssml" or settings.enable_ssml or not _comes_bit_by_bit():
        return None
    text = LiveText(scripts, settings)
    if scripts.syntax is None and speak_tag(text.head()):
        scripts.ahead = text.read
        return None
    return text


def _comes_bit_by_bit() -> bool:
    try:
        return not stat.S_ISREG(os.fstat(sys.stdin.fileno()).st_mode)
    except (OSError, io.UnsupportedOperation):
        return False


def _tells(text: str) -> bool:
    """Whether the beginning of a text tells what it is: an XML declaration or a comment does not."""
    text = text.lstrip()
    return speak_tag(text) is not None or len(text) >= (_HEAD if text.startswith(("<?", "<!")) else _TAG)


class LiveText:
    """The parts of a text as their sentences complete. Diagnostics are printed when they are found; an error raises
    Refused where it stands.
    """

    def __init__(self, scripts: Scripts, settings: TaskSettings) -> None:
        from ttsprep.pipeline import PrepareStream

        self._stream = PrepareStream(
            settings, syntax=scripts.syntax or "markdown", markdown=scripts.markdown, lexicon=scripts.lexicon
        )
        self.settings = self._stream.settings
        self._incoming = Incoming(scripts.stdin_name, scripts.encoding)
        self._script = Script(Source("", scripts.stdin_name), scripts.syntax)
        self._seen = set(settings.diagnostics)
        self._text: list[str] = []

    @property
    def read(self) -> bytes:
        """Everything that was read."""
        return bytes(self._incoming.data)

    def head(self) -> str:
        """The first characters, read ahead."""
        while not (self._incoming.ended or _tells(self._so_far())):
            self._more()
        return self._so_far()

    def __iter__(self) -> Iterator[TextPart]:
        at = 0
        while True:
            for chunk in self._text[at:]:
                yield from self._checked(self._stream.feed(chunk))
            at = len(self._text)
            if self._incoming.ended:
                break
            self._more()
        yield from self._checked(self._stream.close())

    def _so_far(self) -> str:
        return "".join(self._text).removeprefix(BOM)

    def _more(self) -> None:
        try:
            self._text.append(self._incoming.more())
        except UnicodeError:
            self._report(*self._incoming.undecodable())

    def _checked(self, parts: list[TextPart]) -> list[TextPart]:
        """Print what is new among the diagnostics."""
        new = [found for found in self._stream.diagnostics if found not in self._seen]
        if new:
            self._seen.update(new)
            self._report(Source(self._so_far(), self._script.source.name), new)
        return parts

    def _report(self, source: Source, found: list[Diagnostic] | tuple[Diagnostic, ...]) -> None:
        script = Script(source, self._script.syntax)
        script.report(found)
        if has_errors(found):
            raise Refused([script])
