"""The keyword arguments of the SSML builder, made from the grammar: ``python -m tests.generated_ssml_types``."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable
from pathlib import Path

from ttsprep.ssml.datatypes import Choice, Datatype, ListOf, Number, Pattern, words
from ttsprep.ssml.grammar import grammar

PAGE = Path(__file__).resolve().parent.parent / "ttsprep" / "ssml" / "_keywords.py"

HEAD = '''"""What the builder's elements take: made from the grammar by ``python -m tests.generated_ssml_types``."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypedDict

__all__ = {names}

Numeric = int | float | Decimal | Fraction
"""What a number is written as; a bool is none."""
'''


def class_name(name: str) -> str:
    """``soundEvent`` → ``SoundEvent``, ``say-as`` → ``SayAs``."""
    return "".join(part[:1].upper() + part[1:] for part in re.split("[-_]", name))


def python_name(name: str) -> str:
    """``effectValue`` → ``effect_value``."""
    return re.sub("(?<=[a-z])(?=[A-Z])", "_", name).replace("-", "_").lower()


def flat(datatype: Datatype) -> tuple[Datatype, ...]:
    return datatype.alternatives if isinstance(datatype, Choice) else (datatype,)


def literal(values: Iterable[str]) -> str:
    return "Literal[\n" + "".join(f"    {json.dumps(value)},\n" for value in values) + "]"


def annotation(name: str, datatype: Datatype) -> str:
    """The Python types that a value of the datatype may be written as."""
    fixed = words(datatype)
    kinds = [class_name(name)] if fixed else []
    for item in flat(datatype):
        if isinstance(item, Number):
            kinds.append("Numeric")
        if isinstance(item, ListOf):
            kinds.append("Iterable[Numeric]" if isinstance(item.items[0], Number) else "Iterable[str]")
    return " | ".join(dict.fromkeys([*kinds, *([] if fixed else ["str"])]))


def typed_dict(name: str, documentation: str, fields: Iterable[tuple[str, str, str]]) -> str:
    lines = [f"class {name}(TypedDict, total=False):", f'    """{documentation}"""', ""]
    for field, kind, text in fields:
        lines.append(f"    {field}: {kind} | None")
        if text:
            lines += textwrap.wrap(f'"""{text}"""', 116, initial_indent="    ", subsequent_indent="    ")
    return "\n".join(lines)


def generated() -> str:
    """The text of the module."""
    parts, names = [], ["Numeric"]
    elements = grammar().elements
    for element in elements.values():
        for attribute in element.attributes.values():
            if found := words(attribute.datatype):
                name = class_name(attribute.name)
                parts.append(f'{name} = {literal(found)}\n"""{attribute.documentation}"""')
                names.append(name)
    speak = elements["speak"]
    fields = [(python_name(a.name), annotation(a.name, a.datatype), a.documentation) for a in speak.attributes.values()]
    parts.append(typed_dict("SpeakKeywords", speak.documentation, fields))
    units = [
        (item.unit, "Numeric", f"From {item.low} to {item.high}.")
        for item in flat(elements["break"].attributes["time"].datatype)
        if isinstance(item, Pattern)
    ]
    parts.append(typed_dict("BreakKeywords", elements["break"].attributes["time"].documentation, units))
    readings = {}
    for branch in elements["phoneme"].branches:
        for word in words(branch["alphabet"].datatype):
            readings[word] = annotation("ph", branch["ph"].datatype)
    documentation = elements["phoneme"].attributes["ph"].documentation
    parts.append(typed_dict("PhonemeKeywords", documentation, [(w, kind, "") for w, kind in readings.items()]))
    names += ["SpeakKeywords", "BreakKeywords", "PhonemeKeywords"]
    listed = "[\n" + "".join(f'    "{name}",\n' for name in sorted(names)) + "]"
    return "\n\n\n".join([HEAD.format(names=listed).rstrip("\n"), *parts]) + "\n"


if __name__ == "__main__":
    PAGE.write_text(generated(), "utf-8")
