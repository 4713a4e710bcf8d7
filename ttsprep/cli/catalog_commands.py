"""`models`, `voices`, `instructions`: what is known of the service, as tables or JSON.

Exit codes: 0 something was found, 1 nothing fits, 2 the call is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from ttsprep.cli.names import named_option, nothing
from ttsprep.cli.options import output_format
from ttsprep.cli.printing import as_plain, print_json
from ttsprep.cli.tables import aligned

if TYPE_CHECKING:
    from ttsprep import catalog
    from ttsprep.directions import Template

__all__ = ["COMMANDS"]

_region = named_option("region", "Only what this region has: intl or beijing.")
_model = named_option("model", "Only what this model has.")


# --- models


@click.command()
@_region
@output_format
def models(region: str | None, output_format: str) -> None:
    """List the models: voices, prices, and what each can do.

    A feature in brackets is one on which official pages are not clear. Without --region each model is judged in the
    first region that sells it.
    """
    from ttsprep import catalog

    found = [known for known in catalog.models() if region is None or region in known.regions]
    if output_format == "json":
        return print_json([_model_as_dict(known, region) for known in found], indent=2)
    rows = [
        ["system voices", *(str(len(catalog.voices(model=known.id, region=region))) for known in found)],
        *(
            [f"{where.currency} in {where.id}", *(_price(known, where.id) for known in found)]
            for where in catalog.regions()
            if region in (None, where.id)
        ),
        *([name, *(_can(known, name, region) for known in found)] for name in found[0].features),
    ]
    for line in aligned(["", *(known.id.removeprefix("cosyvoice-") for known in found)], rows):
        click.echo(line)
    click.echo(f"\nModel ids begin with cosyvoice-. Prices are for {catalog.PRICE_UNIT:,} counted characters.")
    click.echo("(yes): official pages are not clear.")
    return None


def _price(model: catalog.Model, region: str) -> str:
    price = model.price(region)
    return str(price.amount) if price else "-"


def _can(model: catalog.Model, feature: str, region: str | None) -> str:
    """``yes``, ``-``, or ``(yes)`` where official pages are not clear."""
    from ttsprep.catalog import Claim

    found = model.supports(feature, region or model.regions[0])
    if found.allowed:
        return "yes" if found.others is not Claim.UNSTATED else "-"
    return "-" if str(found.severity) == "error" or found.others is Claim.NO else "(yes)"


def _model_as_dict(model: catalog.Model, region: str | None) -> dict[str, Any]:
    from ttsprep.catalog import PRICE_UNIT

    where = region or model.regions[0]
    supports = {name: model.supports(name, where) for name in model.features}
    return {
        "id": model.id,
        "regions": list(model.regions),
        "system_voices": model.system_voices,
        "prices": {
            name: {"amount": str(price.amount), "currency": price.currency, "per_characters": PRICE_UNIT}
            for name, price in model.prices.items()
        },
        "features_in": where,
        "features": {
            name: {
                "objection": str(found.severity) if found.severity else None,
                "api_page": str(found.page),
                "other_official_pages": str(found.others),
            }
            for name, found in supports.items()
        },
        "source": model.source,
        "checked": model.checked.isoformat(),
    }


# --- voices


@click.command()
@_model
@named_option("voice", "Only this voice, with every model that has it.")
@named_option("language", "Only voices that speak it: zh, en-GB, Cantonese, 日本語 …")
@_region
@click.option("--ssml/--no-ssml", default=None, help="Only voices that read SSML (or do not).")
@click.option("--instruct/--no-instruct", default=None, help="Only voices that take an instruction (or do not).")
@click.option("--timestamps/--no-timestamps", default=None, help="Only voices with word timestamps (or without).")
@output_format
def voices(voice: str | None, output_format: str, **conditions: Any) -> None:
    """List the system voices that fit every option."""
    from ttsprep import catalog

    found = [known for known in catalog.voices(**conditions) if voice is None or known.id == voice]
    if not found:
        nothing("no system voice fits all of that")
    if output_format == "json":
        return print_json([as_plain(known) for known in found], indent=2)
    rows = [
        [known.id, known.model, *map(_mark, (known.ssml, known.instruct, known.timestamps)),
         ", ".join(known.regions), ", ".join(known.languages)]
        for known in found
    ]  # fmt: skip
    for line in aligned(["voice", "model", "ssml", "instruct", "timestamps", "regions", "languages"], rows):
        click.echo(line)
    return None


def _mark(has: bool) -> str:
    return "yes" if has else "-"


# --- instructions


@click.command()
@named_option("voice", "The sentences that this system voice takes.")
@_model
@click.option("--all", "every", is_flag=True, help="Write out every sentence instead of the patterns.")
@output_format
def instructions(voice: str | None, model: str | None, every: bool, output_format: str) -> None:
    """List what may stand in `instruction`.

    Without --voice: the phrases and dialects of the API page for cloned voices, which take free text. With it: the
    sentences that a system voice takes, which must be sent to the letter.
    """
    if voice is None:
        if model is not None:
            raise click.UsageError("--model narrows what --voice lists: name a voice too")
        return _print_phrases(every, output_format)
    from ttsprep.directions import templates

    found = templates(voice, model)
    if not found:
        nothing(f"{voice} takes no instruction" + (f" with {model}" if model else ""))
    return _print_templates(found, every, output_format)


def _print_phrases(every: bool, output_format: str) -> None:
    from ttsprep.directions import phrases

    known = phrases()
    if output_format == "json":
        return print_json(as_plain(known), indent=2)
    for sentence in known.written_out() if every else known.sentences:
        click.echo(sentence)
    if not every:
        click.echo(f"\n{{dialect}}: {', '.join(known.dialects)}")
    return None


def _print_templates(found: Iterable[Template], every: bool, output_format: str) -> None:
    if output_format == "json":
        return print_json([_template_as_dict(template, every) for template in found], indent=2)
    for template in found:
        if every:
            click.echo("\n".join(template.sentences()))
            continue
        click.echo(f"{template.pattern}  ({', '.join(template.models)})")
        for name, values in template.values.items():
            click.echo(f"    {{{name}}}: {', '.join(values)}")
        for name, values in template.disputed.items():
            click.echo(f"    {{{name}}}, disputed: {', '.join(values)}")
    return None


def _template_as_dict(template: Template, every: bool) -> dict[str, Any]:
    return {
        "voice": template.voice,
        "models": list(template.models),
        "pattern": template.pattern,
        "values": {name: list(values) for name, values in template.values.items()},
        "disputed": {name: list(values) for name, values in template.disputed.items()},
        **({"sentences": list(template.sentences())} if every else {}),
        "source": template.source,
        "checked": template.checked.isoformat(),
    }


COMMANDS = [models, voices, instructions]
