"""Generated regions of the pages in docs: ``python -m tests.generated_docs`` writes them anew."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click

from tests import generated_ssml_conversion
from ttsprep import catalog
from ttsprep.cli import main as main_command
from ttsprep.emulator.faults import FAULTS, Step
from ttsprep.emulator.replies import ANSWERS, Close
from ttsprep.lint.configuration import KEYS, schema
from ttsprep.protocol.departures import Kind
from ttsprep.protocol.states import SENDER, TABLE, Role, State
from ttsprep.rules import all_rules, documentation, markdown_page
from ttsprep.ssml.datatypes import Word
from ttsprep.ssml.grammar import Attribute, Element, grammar

DOCS = Path(__file__).resolve().parent.parent / "docs"


def states() -> str:
    """The transition table as a Mermaid diagram; ``→`` is sent by the client, ``←`` by the service."""
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {State.IDLE.value}"]
    for state, row in TABLE.items():
        by_target: dict[State, list[str]] = {}
        for message, following in row.items():
            arrow = "→" if SENDER[message] is Role.CLIENT else "←"
            by_target.setdefault(following, []).append(f"{arrow} {message.value}")
        for following, messages in by_target.items():
            lines.append(f"    {state.value} --> {following.value}: {', '.join(messages)}")
    return "\n".join([*lines, f"    {State.FAILED.value} --> {State.CLOSED.value}", "```"])


def departures() -> str:
    """Every kind of departure."""
    rows = [f"| {kind.title} | {', '.join(kind.rules)} | {kind.says} | {kind.remedy} |" for kind in Kind]
    return "\n".join(["| departure | rules | what the rules say | remedy |", "|---|---|---|---|", *rows])


def answers() -> str:
    """What the emulator answers to each departure."""
    rows = []
    for kind, reply in ANSWERS.items():
        shown = f"close {reply.code}" if isinstance(reply, Close) else reply.error_message
        shown = re.sub(r"\{departure\}; \{remedy\}", "…", shown)
        rows.append(f"| {kind.title} | {shown} |")
    return "\n".join(["| departure | answer |", "|---|---|", *rows])


def faults() -> str:
    """Every fault."""
    rows = [
        f"| `{name}{':' + kind.argument if kind.argument else ''}` | {kind.summary} | `{kind.default.value}` |"
        for name, kind in FAULTS.items()
    ]
    return "\n".join(["| fault | what happens | unless told otherwise, at |", "|---|---|---|", *rows])


def steps() -> str:
    """Every step."""
    source = Path(__file__).resolve().parent.parent / "ttsprep" / "emulator" / "faults.py"
    said = dict(re.findall(r'    ([A-Z_]+) = "[a-z-]+"\n    """(.*?)"""', source.read_text("utf-8")))
    rows = [f"| `{step.value}` | {said[step.name]} |" for step in Step]
    return "\n".join(["| step | when |", "|---|---|", *rows])


def rules() -> str:
    """Every rule of our own."""
    rows = [
        f"| [{code}](rules/{code}.md) | {rule.name} | {rule.severity} | {documentation(code).splitlines()[0]} "
        f"| {', '.join(rule.api)} |"
        for code, rule in all_rules().items()
    ]
    return "\n".join(["| code | name | severity | what | API rules |", "|---|---|---|---|---|", *rows])


def rule_pages() -> Mapping[str, str]:
    """File name → page, for every rule of our own and their index."""
    pages = {}
    for code, rule in all_rules().items():
        answer = catalog.error(rule.error).says if rule.error else ""
        pages[f"{code}.md"] = markdown_page(rule, answer)
    return {"index.md": _rule_index(), **pages}


FAMILIES: Mapping[str, str] = {
    "CFG": "the configuration of the linter",
    "HOT": "hot_fix and lexicons",
    "LEN": "limits and bill",
    "LEX": "lexicons",
    "LNT": "the linter's own comments and configuration",
    "MDN": "Markdown that is not heard, or heard badly",
    "MTH": "formulas",
    "PAR": "settings",
    "PAY": "instructions",
    "SEQ": "the order of a recorded session",
    "SSM": "SSML",
    "TXT": "characters and words",
}


def _rule_index() -> str:
    lines = ["# Rules", "", "Each rule has a page; `ttsprep rule CODE` prints it, `ttsprep rule --all` lists them."]
    for family, about in FAMILIES.items():
        rules = [rule for code, rule in all_rules().items() if code.startswith(family)]
        if rules:
            lines += [
                "",
                f"## {family}: {about}",
                "",
                "| code | name | severity | fix | what |",
                "|---|---|---|---|---|",
            ]
        for rule in rules:
            what = documentation(rule.code).splitlines()[0]
            lines.append(f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity} | {rule.fix} | {what} |")
    return "\n".join([*lines, ""])


def commands() -> str:
    """The help of every command, as a person gets it."""
    return "\n\n".join(_help(*words) for words in _calls(main_command))


def _calls(command: click.Command, *words: str) -> Iterator[tuple[str, ...]]:
    """The words that call a command, and those of every command in a group."""
    yield words
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None, name
            yield from _calls(found, *words, name)


def _help(*words: str) -> str:
    command = [sys.executable, "-m", "ttsprep", *words, "--help"]
    environment = {**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1"}
    done = subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8", env=environment)
    return f"## {' '.join(['ttsprep', *words])}\n\n```text\n{done.stdout.rstrip()}\n```"


def elements() -> str:
    """Every element of the SSML grammar."""
    return "\n\n".join(_element(element) for element in grammar().elements.values())


def _element(element: Element) -> str:
    parents = ", ".join(f"`{name}`" for name in grammar().parents[element.name]) or "the document"
    inside = ["text"] * element.text + [f"`{name}`" for name in sorted(element.children)]
    lines = [f"## {element.name}", "", element.documentation, ""]
    lines += [f"Stands in {parents}. Holds {', '.join(inside) or 'nothing'}."]
    rows = [
        f"| `{a.name}`{' (required)' if a.required else ''} | {a.expected} | {a.default} | {a.documentation} |"
        for a in element.attributes.values()
    ]
    if rows:
        lines += ["", "| attribute | value | default | meaning |", "|---|---|---|---|", *rows]
    for attribute in element.attributes.values():
        lines += _values(attribute)
    return "\n".join(lines)


def _values(attribute: Attribute) -> list[str]:
    alternatives = getattr(attribute.datatype, "alternatives", ())
    rows = [f"| `{word.value}` | {word.documentation} |" for word in alternatives if isinstance(word, Word)]
    return ["", f"| `{attribute.name}` | meaning |", "|---|---|", *rows] if rows else []


def configuration_keys() -> str:
    """Every key of configuration."""
    rows = []
    for name, key in KEYS.items():
        default = "" if key.default in (None, {}) else f"`{json.dumps(key.default)}`"
        rows.append(f"| `{name}` | {key.documentation} | {default} |")
    return "\n".join(["| key | meaning | default |", "|---|---|---|", *rows])


PAGES: Mapping[str, tuple[Callable[[], str], ...]] = {
    "protocol.md": (states, departures),
    "emulator.md": (answers, faults, steps),
    "configuration.md": (configuration_keys,),
    "diagnostics.md": (rules,),
    "command-line.md": (commands,),
    "ssml-reference.md": (elements,),
    "ssml-converting.md": generated_ssml_conversion.PARTS,
}


def fresh(text: str, parts: tuple[Callable[[], str], ...]) -> str:
    """The page with its generated regions made anew."""
    for part in parts:
        begin, end = f"<!-- generated: {part.__name__} -->\n", "<!-- end -->"
        head, _, rest = text.partition(begin)
        _, found, tail = rest.partition(end)
        assert found, f"the page has no region {part.__name__}"
        text = f"{head}{begin}{part()}\n{end}{tail}"
    return text


def main() -> None:
    """Write the pages."""
    for name, parts in PAGES.items():
        path = DOCS / name
        path.write_text(fresh(path.read_text("utf-8"), parts), "utf-8")
    (DOCS / "rules").mkdir(exist_ok=True)
    for stale in {page.name for page in (DOCS / "rules").glob("*.md")} - rule_pages().keys():
        (DOCS / "rules" / stale).unlink()
    for name, text in rule_pages().items():
        (DOCS / "rules" / name).write_text(text, "utf-8")
    keys = json.dumps(schema(), indent=2, ensure_ascii=False)
    (DOCS / "configuration.schema.json").write_text(f"{keys}\n", "utf-8")


if __name__ == "__main__":
    main()
