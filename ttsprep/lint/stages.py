"""The checks of the stages that prepare and send: what they find is found here without sending."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec

from ttsprep.diagnostics import Diagnostic
from ttsprep.lint.files import Unreadable
from ttsprep.lint.model import SCRIPTS, Kind, LintFile, Registered
from ttsprep.rules import plain_text_under_ssml

__all__ = ["STAGES"]


def _preparing(file: LintFile) -> Iterator[Diagnostic]:
    """All that `ttsprep.prepare` says of a script; what it says of the settings is said of their own file."""
    if not file.plan.diagnostics:
        return iter(())
    known = {*file.request.diagnostics, *_of_the_request(file)}
    as_ssml = file.settings is None or file.settings.enable_ssml is None
    own_doing = {plain_text_under_ssml.RULE.code} if as_ssml and file.kind is Kind.SSML else set()
    return (each for each in file.plan.diagnostics if each not in known and each.rule.code not in own_doing)


def _of_the_request(file: LintFile) -> set[Diagnostic]:
    """What is said of a document only because of a model and voice that nobody named."""
    if file.kind is not Kind.SSML or file.settings is not None:
        return set()
    from ttsprep.ssml import validate

    found = set(validate(file.source, file.request))
    return found - set(validate(file.source)) if found else found


def _formulas(file: LintFile) -> Iterable[Diagnostic]:
    """Formulas that are left to the service: of Markdown those that were asked to be."""
    if file.kind is Kind.MARKDOWN and (file.markdown is None or file.markdown.formulas != "service"):
        return ()
    if "$" not in file.source.text and "\\" not in file.source.text:
        return ()  # nothing that could be a formula, and the part that reads them takes a while to import
    from ttsprep.latex import check

    return check(file.spoken, file.settings)


def _settings(file: LintFile) -> Iterable[Diagnostic]:
    from ttsprep.settings import SettingsFile, TaskSettings

    read, found = SettingsFile.parse(file.source)
    return TaskSettings.check(read.values, source=read)[1] if read else found


def _lexicon(file: LintFile) -> Iterable[Diagnostic]:
    """Lexicons, in packages that have the part that reads them. Raises Unreadable where it lacks a library."""
    if find_spec("ttsprep.lexicon") is None:
        return ()
    reader = import_module("ttsprep.lexicon")
    try:
        return tuple(reader.read_lexicon(file.source)[1])
    except (ImportError, ValueError) as error:
        raise Unreadable(f"cannot be read as a lexicon: {error}") from error


STAGES: tuple[Registered, ...] = (
    Registered("", SCRIPTS, _preparing),
    Registered("MTH", frozenset({Kind.TEXT, Kind.MARKDOWN}), _formulas),
    Registered("PAR", frozenset({Kind.SETTINGS}), _settings),
    Registered("LEX", frozenset({Kind.LEXICON}), _lexicon),
)
