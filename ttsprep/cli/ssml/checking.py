"""``ssml check``: every fault of each document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import click

from ttsprep.cli.inputs import Refused, Scripts, settings_or_exit
from ttsprep.cli.options import Chosen, ssml_settings_options
from ttsprep.cli.ssml.common import Report, document_options, many
from ttsprep.diagnostics import Diagnostic, Severity

__all__ = ["COMMANDS"]


@click.command()
@document_options(is_result=True)
@ssml_settings_options
def check(scripts: Scripts, settings: Chosen, report: Report) -> None:
    """Find every fault of each FILE, and say how to mend it.

    Whether the model has the voices and reads SSML, and the sample rate the filters, is asked only where something is
    said of the request: with --settings, --region, --model, --voice or --sample-rate. What is not said of it then has
    its default (see `ttsprep prepare --help`).

    \b
    Output formats:
      full     the line of the source with a mark under the place, the fix,
               and where the rule is explained
      concise  file:line:column: CODE severity: message
      json     a JSON object on a line for each: file, line, column,
               end_line, end_column, code, severity, message, span, fix

    Columns and spans count code points; lines and columns from 1, spans from 0.

    \b
    Exit codes:
      0  no errors; there may be warnings
      1  errors
      2  usage: options, a file that cannot be read
    """
    from ttsprep.ssml import validate

    request, refused = None, None
    try:
        request = settings_or_exit(settings, report) if settings.given else None
    except Refused as error:  # the documents are checked all the same
        refused = error
    scripts.at_end = lambda: report.note(_summary(scripts, report.found))
    for script in scripts:
        script.report(validate(script.source, request))
    if refused is not None:
        raise refused


def _summary(scripts: Scripts, found: Sequence[Diagnostic]) -> str:
    by_severity = Counter(each.severity for each in found)
    counts = [many(by_severity[severity], str(severity)) for severity in reversed(Severity) if by_severity[severity]]
    fixable = sum(map(_is_safe, found))
    hint = f"; `ttsprep ssml fix` mends {fixable:,}" if fixable else ""
    unread = f"; {many(len(scripts.unread), 'file')} could not be read" if scripts.unread else ""
    checked = many(len(scripts.files) - len(scripts.unread), "file")
    return f"{checked} checked: {', '.join(counts) or 'no faults'}{hint}{_convertible(found)}{unread}"


def _convertible(found: Sequence[Diagnostic]) -> str:
    from ttsprep.rules import ssml_nls_element, ssml_other_dialect

    foreign = sum(each.rule in (ssml_nls_element.RULE, ssml_other_dialect.RULE) for each in found)
    what = many(foreign, "element")
    return f"; `ttsprep ssml convert` can bring {what} of other vendors' SSML into this one" if foreign else ""


def _is_safe(found: Diagnostic) -> bool:
    return found.fix is not None and found.fix.safe and bool(found.fix.edits)


COMMANDS = [check]
