"""Sounds that other services play and this one does not, told by the ending of their address.

>>> unplayable("https://example.com/bell.mp3"), unplayable("https://example.com/bell.wav")
("the service plays WAV files only (16 kHz, mono, 16 bit), so '.mp3' will not be heard: convert the file", '')
"""

from __future__ import annotations

import re

__all__ = ["unplayable"]

_PATH = re.compile(r"https?://[^/?#]*([^?#]*)", re.IGNORECASE)
_OTHERS = re.compile(
    r"\.(?:3gp|aac|ac3|aif[cf]?|amr|ape|au|caf|flac|m3u8|m4[abpv]|midi?|mka|mov|mp[234]|mpe?ga?|og[agvx]|opus|pcm|raw"
    r"|snd|spx|weba|webm|wma)\Z",
    re.IGNORECASE,
)
"""Endings of sounds that are no WAV files. An address with none of them may lead to one."""


def unplayable(address: str) -> str:
    """Why the sound at an address will not be heard; "" where the address does not tell."""
    path = _PATH.match(address)
    ending = _OTHERS.search(path[1]) if path else None
    if not ending:
        return ""
    return (
        f"the service plays WAV files only (16 kHz, mono, 16 bit), so {ending[0]!r} will not be heard: convert the file"
    )
