"""The tables of docs/ssml-converting.md, from the data that the conversion uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fractions import Fraction

from ttsprep.ssml.conversion.prosody import written
from ttsprep.ssml.conversion.tables import data, dialects, milliseconds, row

__all__ = ["PARTS"]


_TAG = re.compile(r"(?<!`)<[\w:-]+>")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def ssml_dialects() -> str:
    """The dialects, and what tells them."""
    rows = []
    for found in data()["dialects"]:
        signs = [f"`{prefix}:`" for prefix in found.get("prefixes", ())]
        signs += [f"`<{name}>`" for name in found.get("elements", ())]
        signs += [f"`{place}` with `{text}`".replace("|", "\\|") for place, text in found.get("values", {}).items()]
        rows.append([f"`{found['name']}`", found["title"], ", ".join(signs) or "anything else"])
    return _table(["dialect", "whose", "told by"], rows)


def ssml_elements() -> str:
    """What becomes of each element."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for name in data()["elements"]:
        found = row(name)
        whys: dict[str, list[str]] = {}
        for attribute, why in found.loses.items():
            whys.setdefault(why, []).append(attribute)
        lost = [f"{_code(attributes)} ({why})" for why, attributes in whys.items()]
        remark = "; ".join(filter(None, [found.says, f"not kept: {'; '.join(lost)}" if lost else ""]))
        grouped.setdefault((found.becomes, _TAG.sub(r"`\g<0>`", remark)), []).append(name)
    rows = ([_code(names), becomes, remark] for (becomes, remark), names in grouped.items())
    return _table(["element", "becomes", "remarks"], rows)


def ssml_values() -> str:
    """What the forms of rate, pitch and volume mean in each dialect."""
    rows = []
    for name in ("rate", "pitch", "volume"):
        for form, meaning in data()[name]["forms"].items():
            others = {d: differs.get(name, {}).get(form) for d, differs in data()["differs"].items()}
            remark = ", ".join(f"`{dialect}`: {other}" for dialect, other in others.items() if other)
            rows.append([name, form, meaning, remark])
    return _table(["attribute", "form", "meaning", "elsewhere"], rows)


def ssml_words() -> str:
    """The words for rate, pitch and volume."""
    rows = (
        [name, ", ".join(f"`{word}` {written(name, Fraction(value))}" for word, value in data()[name]["words"].items())]
        for name in ("rate", "pitch", "volume")
    )
    return _table(["attribute", "words and what the service is told"], rows)


def ssml_emphasis() -> str:
    """The levels of emphasis."""
    rows = (
        [f"`{level}`", *(f"× {factors[name]}" if name in factors else "" for name in ("rate", "volume"))]
        for level, factors in data()["emphasis"].items()
    )
    return _table(["level", "rate", "volume"], rows)


def ssml_pauses() -> str:
    """The lengths of breaks."""
    strengths = [name for name in data()["pauses"] if name != "paragraph"]

    def length(strength: str, dialect: str) -> str:
        found = milliseconds(strength, dialect)
        return f"{found} ms" if found else "none"

    rows = ([f"`{dialect}`", *(length(strength, dialect) for strength in strengths)] for dialect in dialects())
    return _table(["dialect", *(f"`{strength}`" for strength in strengths)], rows)


def ssml_say_as() -> str:
    """The kinds of say-as."""
    ours: dict[str, list[str]] = {}
    for theirs, kind in data()["say-as"].items():
        ours.setdefault(kind, []).append(theirs)
    rows = [[_code(theirs), f"`{kind}`"] for kind, theirs in ours.items()]
    rows += [[f"`{theirs}`", what] for theirs, what in data()["say-as-lost"].items()]
    return _table(["interpret-as", "becomes"], rows)


def ssml_alphabets() -> str:
    """The alphabets of phonemes."""
    read_as: dict[str, list[str]] = {}
    for name, how in data()["alphabets"].items():
        read_as.setdefault(how, []).append(name)
    return _table(["alphabet", "read as"], ([_code(names), how] for how, names in read_as.items()))


PARTS: tuple[Callable[[], str], ...] = (
    ssml_dialects,
    ssml_elements,
    ssml_values,
    ssml_words,
    ssml_emphasis,
    ssml_pauses,
    ssml_say_as,
    ssml_alphabets,
)
