"""What single values of other dialects stand for: times, addresses, languages.

>>> length_of("1.5s", "w3c"), length_of("500", "azure"), length_of("500", "w3c")
(Decimal('1500.0'), Decimal('500'), None)
>>> address_of("https://a.b/铃.wav"), address_of("soundbank://bell")
('https://a.b/%E9%93%83.wav', '')
"""

from __future__ import annotations

import re
from decimal import Decimal

from ttsprep.counting import HAN
from ttsprep.ssml.conversion.reading import Node
from ttsprep.ssml.datatypes import BLANK
from ttsprep.ssml.grammar import grammar

__all__ = ["address_of", "language_of", "legal", "length_of"]

_TIME = re.compile(r"\+?([0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})[ \t]*(ms|s)?", re.IGNORECASE)


def legal(attributes: dict[str, str]) -> bool:
    """Whether the grammar takes these attributes of a ``speak`` together."""
    return any(
        all(name in branch and branch[name].datatype.accepts(value) for name, value in attributes.items())
        and all(name in attributes for name, use in branch.items() if use.required)
        for branch in grammar().elements["speak"].branches
    )


def length_of(value: str, dialect: str) -> Decimal | None:
    """A time in milliseconds; without a unit it is one in milliseconds at Azure, and none elsewhere."""
    found = _TIME.fullmatch(value.strip(BLANK))
    if found is None or (not found[2] and dialect != "azure"):
        return None
    number = Decimal(found[1])
    return number * 1000 if (found[2] or "").lower() == "s" else number


_NO_URL_CHARACTER = re.compile("[^!-~]")


def address_of(value: str) -> str:
    """The address as the grammar takes it, other characters percent-encoded; "" if it is none."""

    def encoded(found: re.Match[str]) -> str:
        return "".join(f"%{byte:02X}" for byte in found[0].encode())

    address = _NO_URL_CHARACTER.sub(encoded, value.strip(BLANK))
    return address if grammar().elements["soundEvent"].attributes["src"].datatype.accepts(address) else ""


_HAN = re.compile(f"[{HAN}]")


def language_of(tag: str, node: Node) -> str:
    """The language without its country; of Chinese one code for all; without a tag Chinese if there is any."""
    language = tag.strip(BLANK).lower().replace("_", "-").partition("-")[0]
    if not language:
        return "zh" if _HAN.search(node.all_text()) else ""
    return "zh" if language in ("cmn", "zho", "chi") else language
