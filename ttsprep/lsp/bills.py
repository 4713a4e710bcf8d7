"""What a script counts and costs, in words.

>>> from ttsprep.lsp.documents import Document, analyse
>>> from ttsprep.lint.linting import default_configuration
>>> bill(analyse(Document.of("你好。"), default_configuration()))
'5 characters counted · 1 sentence · 1 task · 0.000477 CNY with cosyvoice-v3-flash (intl)'
"""

from __future__ import annotations

from collections.abc import Iterator

from ttsprep import catalog
from ttsprep.lint.model import SCRIPTS
from ttsprep.lsp.documents import Analysis

__all__ = ["bill", "many", "money", "prices"]


def bill(analysis: Analysis) -> str:
    """The bill of a script; empty for what is not spoken."""
    if analysis.kind not in SCRIPTS:
        return ""
    plan = analysis.file.plan
    words = [f"{many(plan.counted, 'character')} counted", many(plan.sentences, "sentence")]
    words.append(many(len(plan.tasks), "task"))
    settings = plan.settings
    cost = money(plan.price, plan.counted) if plan.price else "price unknown"
    return " · ".join([*words, f"{cost} with {settings.model} ({settings.region})"])


def prices(analysis: Analysis, counted: int) -> Iterator[tuple[str, str]]:
    """Each model of the region, and what so many characters cost with it."""
    region = analysis.file.request.region
    for model in catalog.models():
        price = model.price(region)
        if price is not None:
            yield model.id, money(price, counted)


def money(price: catalog.Price, counted: int) -> str:
    """What so many characters cost, to three digits that count."""
    amount = price.of(counted)
    shown = f"{amount:.2f}" if amount >= 1 else f"{float(amount):.3g}"
    return f"{shown} {price.currency}"


def many(number: int, what: str) -> str:
    """A number of things: ``1 task``, ``2 tasks``."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
