"""`rule`: what a rule of ttsprep's own means, with its examples.

Exit codes: 0 the rule was found, 2 there is none of that code, or the call is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ttsprep.cli.options import output_format
from ttsprep.cli.printing import as_plain, print_json

if TYPE_CHECKING:
    from ttsprep.diagnostics import Rule

__all__ = ["COMMANDS"]


@click.command("rule")
@click.argument("code", required=False)
@click.option("--all", "every", is_flag=True, help="All rules: a line for each, or their pages as JSON.")
@output_format
def rule(code: str | None, every: bool, output_format: str) -> None:
    """Show the page of a rule: what, why, examples, fix, and what the service answers.

    CODE is a code such as PAR006 or a name such as invalid-rate.
    """
    from ttsprep.rules import all_rules

    if every is (code is not None):
        raise click.UsageError("name a rule, or give --all")
    chosen = [_named(code)] if code is not None else list(all_rules().values())
    if output_format == "json":
        pages = [_as_dict(known) for known in chosen]
        print_json(pages if every else pages[0], indent=2)
    elif every:
        for line in _table(chosen):
            click.echo(line)
    else:
        from ttsprep.rules import markdown_page

        click.echo(markdown_page(chosen[0], _answer(chosen[0])).rstrip())


def _named(said: str) -> Rule:
    from ttsprep.likeness import suggest
    from ttsprep.rules import all_rules

    rules = all_rules()
    by_name = {known.name: known for known in rules.values()}
    found = rules.get(said.upper()) or by_name.get(said.lower())
    if found is None:
        near = suggest(said.upper(), rules) or suggest(said.lower(), by_name)
        raise click.UsageError(f"there is no rule {said!r}{f' (did you mean {near}?)' if near else ''}")
    return found


def _answer(known: Rule) -> str:
    """What the service says where the rule is broken; empty where that is not known."""
    from ttsprep import catalog

    return catalog.error(known.error).says if known.error else ""


def _table(rules: list[Rule]) -> list[str]:
    from ttsprep.cli.tables import aligned
    from ttsprep.rules import documentation

    head = ["code", "name", "severity", "fix", "what"]
    rows = [[r.code, r.name, str(r.severity), r.fix, documentation(r.code).splitlines()[0]] for r in rules]
    return list(aligned(head, rows))


def _as_dict(known: Rule) -> dict[str, Any]:
    from ttsprep.rules import page

    about = {"code": known.code, "name": known.name, "severity": str(known.severity), "fix": known.fix}
    more = {"since": known.since, "api": list(known.api), "service_answers": _answer(known) or None}
    return {**about, **more, **as_plain(page(known.code))}


COMMANDS = [rule]
