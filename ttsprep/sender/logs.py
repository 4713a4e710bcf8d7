"""What the websockets library logs of a connection: its steps, but no key and no content (HDR-06)."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any, Final

from websockets.frames import Frame

from ttsprep.sender.key import Key

__all__ = ["ConnectionLog"]

_LOGGER: Final = logging.getLogger("ttsprep.sender.websockets")

if TYPE_CHECKING:
    _Adapter = logging.LoggerAdapter[logging.Logger]
else:
    _Adapter = logging.LoggerAdapter


class ConnectionLog(_Adapter):
    """The logger of one connection. Of a frame it shows kind and size: an excerpt might hold half of the key, which
    nothing would recognise.
    """

    def __init__(self, key: Key) -> None:
        super().__init__(_LOGGER, {})
        self._redact = key.redact

    def log(self, level: int, msg: object, *args: object, exc_info: Any = None, **kwargs: Any) -> None:
        """Log a message without the key; of an exception its type and words, also without."""
        if not self.isEnabledFor(level):
            return
        text = str(msg) % tuple(map(_shown, args)) if args else str(msg)
        error = sys.exc_info()[1] if exc_info else None
        text += f": {type(error).__name__}: {error}" if error is not None else ""
        self.logger.log(level, "%s", self._redact(text), **kwargs)


def _shown(argument: object) -> object:
    return f"{argument.opcode.name} [{len(argument.data)} bytes]" if isinstance(argument, Frame) else argument
