"""Which dialect a document is in, by what only that dialect has.

>>> from ttsprep.ssml.conversion.reading import read
>>> sources = '<speak rate="200">你</speak>', "<speak><p>你</p></speak>", "<speak>你</speak>"
>>> [detect(read(source).roots) for source in sources]
['nls', 'w3c', 'cosyvoice']
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ttsprep.ssml.conversion.reading import Node
from ttsprep.ssml.conversion.tables import data
from ttsprep.ssml.datatypes import BLANK

__all__ = ["detect"]


def detect(roots: Iterable[Node]) -> str:
    """The name of the dialect."""
    nodes = [node for root in roots for node in root.descendants()]
    names = {node.name for node in nodes}
    prefixes = {name.partition(":")[0] for name in names if ":" in name} | _declared(nodes)
    values: dict[str, set[str]] = {}
    for node in nodes:
        for attribute, value in node.tag.attributes.items():
            values.setdefault(f"{node.name}.{attribute}", set()).add(value.strip(BLANK))
    for row in data()["dialects"]:
        if prefixes & set(row.get("prefixes", ())) or names & set(row.get("elements", ())):
            return str(row["name"])
        signs = row.get("values", {}).items()
        if any(re.fullmatch(pattern, value) for place, pattern in signs for value in values.get(place, ())):
            return str(row["name"])
        if not (row.keys() - {"name", "title"}):
            return str(row["name"])
    raise AssertionError("the last dialect of the table takes every document")


def _declared(nodes: Iterable[Node]) -> set[str]:
    """The usual prefixes of the namespaces that are declared."""
    known = data()["namespaces"]
    written = (item for node in nodes for item in node.tag.attributes.items())
    return {known[value] for name, value in written if name.startswith("xmlns") and known.get(value)}
