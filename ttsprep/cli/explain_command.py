"""`explain`: what a code, a message, a log or an event means, and what to do.

Exit codes: 0 something was known, 1 nothing was, 2 the call is wrong.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from ttsprep.cli.options import output_format
from ttsprep.cli.printing import as_plain, print_json

if TYPE_CHECKING:
    from ttsprep.catalog import ApiRule, ServiceError
    from ttsprep.diagnostics import Rule
    from ttsprep.explaining import Fact

__all__ = ["COMMANDS"]


@click.command()
@click.argument("said", nargs=-1, required=True, metavar="TEXT|CODE...")
@output_format
def explain(said: tuple[str, ...], output_format: str) -> None:
    """Say what a code or message means, and what to do.

    TEXT is a message, a code (418, 401, 1007), a log, a traceback or an event as JSON; "-" reads it from standard
    input. The codes of ttsprep's own diagnostics (PAR006) and the numbered rules of the API page (FLW-02) are known
    too. Everything that is known of the text is explained, in the order in which it stands there.
    """
    from ttsprep.explaining import facts

    text = sys.stdin.read() if said == ("-",) else " ".join(said)
    found = facts(text)
    if output_format == "json":
        print_json([_as_dict(fact) for fact in found], indent=2)
    else:
        click.echo("\n\n".join(map(_as_text, found)), nl=bool(found))
    if not found:
        click.echo(f"nothing is known about this{_hint(text)}", err=True)
        sys.exit(1)


def _hint(text: str) -> str:
    """What is like it. The text itself is not repeated: it may hold a key."""
    from ttsprep.explaining import nearest, nearest_code

    code = nearest_code(text)
    if code:
        return f" (did you mean {code}?)"
    alike = "".join(f"\n    {error.says}" for error in nearest(text))
    return f"; what is most like it:{alike}" if alike else ""


def _as_text(fact: Fact) -> str:
    from ttsprep.catalog import ApiRule
    from ttsprep.diagnostics import Rule

    if isinstance(fact, Rule):
        return _diagnostic(fact)
    return _api_rule(fact) if isinstance(fact, ApiRule) else _failure(fact)


def _as_dict(fact: Fact) -> dict[str, Any]:
    from ttsprep.catalog import ApiRule
    from ttsprep.diagnostics import Rule
    from ttsprep.rules import page

    if isinstance(fact, Rule):
        about = {"name": fact.name, "severity": str(fact.severity), "api": list(fact.api)}
        return {"kind": "diagnostic", "id": fact.code, **about, **as_plain(page(fact.code))}
    return {"kind": "api-rule" if isinstance(fact, ApiRule) else "failure", **as_plain(fact)}


def _failure(error: ServiceError) -> str:
    rules = f"{', '.join(error.rules)}; " if error.rules else ""
    return _entry(
        error.says,
        ("what", error.title),
        ("cause", error.cause),
        ("remedy", error.remedy),
        ("again", "may succeed when sent again" if error.retry else "fails again unless changed"),
        ("source", f"{rules}{error.source} ({error.sure}), checked {error.checked}"),
    )


def _api_rule(rule: ApiRule) -> str:
    from ttsprep import catalog
    from ttsprep.rules import all_rules

    failures = [error.says for error in catalog.errors() if rule.id in error.rules]
    found_by = [f"{code} ({known.name})" for code, known in all_rules().items() if rule.id in known.api]
    return _entry(
        f"{rule.id}: a rule of the service's interface",
        ("rule", rule.text),
        ("binds", ", ".join(rule.where)),
        *(("broken", f"the service may answer: {said}") for said in failures),
        *([("found", "by the diagnostics " + ", ".join(found_by))] if found_by else []),
        ("source", f"{rule.source} ({', '.join(rule.basis)}), checked {rule.checked}"),
    )


def _diagnostic(rule: Rule) -> str:
    from ttsprep.rules import page

    about = page(rule.code)
    return _entry(
        f"{rule.code} {rule.name} ({rule.severity}): {about.title}",
        ("meaning", about.what),
        ("why", about.why),
        *(("example", example) for example in about.bad),
        *(("fix", example) for example in about.good),
        ("source", "; ".join(filter(None, (", ".join(rule.api), about.source)))),
    )


_INDENT = " " * 4
_LABEL = 9


def _entry(head: str, *lines: tuple[str, str]) -> str:
    return "\n".join([head, *_labelled(lines)])


def _labelled(lines: Iterable[tuple[str, str]]) -> Iterable[str]:
    for label, text in lines:
        first = f"{_INDENT}{label + ':':{_LABEL}}"
        yield first + textwrap.indent(text, " " * len(first)).lstrip()


COMMANDS = [explain]
