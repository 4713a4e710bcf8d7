"""The bill above a script."""

from __future__ import annotations

from decimal import Decimal

from lsprotocol import types

from ttsprep.catalog import Price
from ttsprep.lint.model import SCRIPTS
from ttsprep.lsp.scripts import Script
from ttsprep.payloads import Plan

__all__ = ["lenses", "money", "priced"]


def lenses(script: Script) -> list[types.CodeLens]:
    """What sending the script will count and cost, at its first line; nothing for other documents.

    >>> lenses(Script("file:///a.md", "# 你好\\n\\nHello."))[0].command.title
    '12 counted characters · 2 sentences · 1 task · about 0.0011 CNY (cosyvoice-v3-flash)'
    """
    if script.kind not in SCRIPTS:
        return []
    plan = script.file.plan
    tasks = f"{len(plan.tasks):,} task{'s' if len(plan.tasks) != 1 else ''}"
    sentences = f"{plan.sentences:,} sentence{'s' if plan.sentences != 1 else ''}"
    title = f"{plan.counted:,} counted characters · {sentences} · {tasks}"
    bill = money(plan, plan.cost).removeprefix(", ")
    title += f" · {bill}" if bill else ""
    start = types.Position(0, 0)
    return [types.CodeLens(types.Range(start, start), types.Command(f"{title} ({plan.settings.model})", ""))]


def money(plan: Plan, amount: Decimal | None) -> str:
    """``, about 0.0123 USD``; nothing where no price is known."""
    return "" if amount is None or plan.price is None else priced(plan.price, amount)


def priced(price: Price, amount: Decimal) -> str:
    """An amount in the currency of a price: ``, about 0.0123 USD``."""
    return f", about {_short(amount)} {price.currency}"


def _short(amount: Decimal) -> str:
    """With two digits that tell something."""
    places = max(2, 1 - amount.adjusted()) if amount else 2
    return f"{amount:.{places}f}"
