"""Names of models, voices, regions and languages as people write them, for commands that list what there is.

Case, blanks, hyphens and underscores make no difference. A name that is none ends the command with exit code 1 and
says what was probably meant, or what there is.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn, TypeVar

import click

__all__ = ["named_option", "nothing"]


def nothing(message: str) -> NoReturn:
    """End the command: nothing was found."""
    click.echo(message, err=True)
    sys.exit(1)


def _named(what: str, given: str, known: Iterable[str], others: Mapping[str, str], elsewhere: str = "") -> str:
    """The known name that was given; `others` are only suggested, `elsewhere` says where a long list is."""
    from ttsprep.likeness import folded, suggest

    names = {folded(name): name for name in known}
    if folded(given) in names:
        return names[folded(given)]
    meant = suggest(given, names.values(), others)
    there_are = elsewhere or f"there are: {', '.join(names.values())}"
    nothing(f"no {what} {given!r} in the catalog" + (f" (did you mean {meant}?)" if meant else f"; {there_are}"))


def _region(given: str) -> str:
    from ttsprep import catalog

    aliases = {alias: known.id for known in catalog.regions() for alias in known.aliases}
    return _named("region", given, [known.id for known in catalog.regions()], aliases)


def _model(given: str) -> str:
    """Also without the family, as the table of models prints it."""
    from ttsprep import catalog

    ids = {known.id.partition("-")[2]: known.id for known in catalog.models()}
    return _named("model", ids.get(given.casefold(), given), ids.values(), ids)


def _voice(given: str) -> str:
    """A voice without the suffix of its model is suggested with one."""
    from ttsprep import catalog

    ids = [known.id for known in reversed(catalog.voices())]
    return _named("system voice", given, ids, {known.rsplit("_v", 1)[0]: known for known in ids}, "see: ttsprep voices")


def _language(given: str) -> str:
    from ttsprep import catalog
    from ttsprep.likeness import suggest

    code = catalog.language_code(given)
    spoken = {language for voice in catalog.voices() for language in voice.languages}
    if code in spoken:
        return code
    there_are = [f"{known.code} ({known.name})" for known in catalog.languages() if known.code in spoken]
    meant = None if code else suggest(given, [known.name for known in catalog.languages()])
    hint = f" (did you mean {meant}?)" if meant else f"; they speak: {', '.join(there_are)}"
    nothing(f"no system voice speaks {given!r}{hint}")


_Command = TypeVar("_Command", bound=Callable[..., Any])

_KINDS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "region": ("REGION", _region),
    "model": ("ID", _model),
    "voice": ("ID", _voice),
    "language": ("CODE|NAME", _language),
}


def named_option(kind: str, words: str) -> Callable[[_Command], _Command]:
    """The option `--model` or another of `_KINDS`, whose command gets the name as the catalog has it."""
    metavar, resolve = _KINDS[kind]

    def resolved(ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
        return value if value is None or ctx.resilient_parsing else resolve(value)

    return click.option(f"--{kind}", metavar=metavar, callback=resolved, help=words)
