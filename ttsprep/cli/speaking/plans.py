"""Plans of all scripts, and how ``--dry-run`` prints them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from ttsprep.cli.inputs import Script
from ttsprep.cli.printing import print_json

if TYPE_CHECKING:
    from ttsprep.payloads import Plan, TextPart
    from ttsprep.settings import TaskSettings

__all__ = ["plans_of", "print_plans"]

_EXCERPT = 60


def plans_of(scripts: Iterable[Script], settings: TaskSettings) -> list[tuple[Script, Plan]]:
    """A plan for each script, diagnostics printed. Raises Refused where one has errors."""
    from ttsprep.cli.enabling import plan_of

    plans = ((script, plan_of(script, settings)) for script in scripts)
    return [(script, plan) for script, plan in plans if plan is not None]


def print_plans(plans: Iterable[tuple[Script, Plan]], output_format: str) -> None:
    """What would be sent: lines for people, or a JSON object for each script, its spans in code points."""
    for script, plan in plans:
        if output_format == "json":
            print_json(_as_dict(script.source.name, plan))
        else:
            for line in _lines(script, plan):
                click.echo(line)


def _lines(script: Script, plan: Plan) -> Iterator[str]:
    from ttsprep.cli.text_commands import summary

    yield f"{script.source.name}: {summary(plan)}"
    for number, task in enumerate(plan.tasks, 1):
        yield f"  task {number}: {task.counted:,} counted characters, {task.sentences:,} sentences"
        for part in task.parts:
            begin = " ".join(part.text.split())[:_EXCERPT]
            yield f"    continue-task {part.counted:>6,} counted  {_place(script, part):>9}  {begin}"


def _place(script: Script, part: TextPart) -> str:
    if part.span is None:
        return "?"
    line, column = script.source.position(part.span.start)
    return f"{line}:{column}"


def _as_dict(name: str, plan: Plan) -> dict[str, Any]:
    return {
        "file": name,
        "model": plan.settings.model,
        "parameters": plan.settings.parameters(),
        "counted": plan.counted,
        "sentences": plan.sentences,
        "cost": None if plan.cost is None else str(plan.cost),
        "currency": plan.price.currency if plan.price else None,
        "tasks": [
            {
                "counted": task.counted,
                "sentences": task.sentences,
                "parts": [
                    {"text": part.text, "span": part.span and [part.span.start, part.span.end], "counted": part.counted}
                    for part in task.parts
                ],
            }
            for task in plan.tasks
        ],
    }
