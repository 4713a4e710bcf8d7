"""``ssml fix``: documents with what can be mended mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ttsprep.cli.inputs import Script, Scripts, settings_or_exit
from ttsprep.cli.options import Chosen, ssml_settings_options
from ttsprep.cli.printing import print_json
from ttsprep.cli.ssml.common import Report, document_options, many, print_document, write_in_place, write_out
from ttsprep.lint.diffs import diff
from ttsprep.report import as_dict
from ttsprep.source import Source

if TYPE_CHECKING:
    from ttsprep.ssml import Fixed

__all__ = ["COMMANDS"]


@click.command()
@document_options()
@click.option("-i", "--in-place", is_flag=True, help="Write each file anew; encoding and line endings stay.")
@click.option("--diff", "as_diff", is_flag=True, help="Print what would change, as a unified diff.")
@click.option("--unsafe", is_flag=True, help="Also where the fix is a guess at what was meant: look at the result.")
@ssml_settings_options
def fix(scripts: Scripts, settings: Chosen, report: Report, in_place: bool, as_diff: bool, unsafe: bool) -> None:
    """Mend each FILE and print it.

    Without --unsafe nothing that is heard changes. What is left is reported, with its place in the mended document. Of
    very many faults a part is mended, and it is said that another run goes on. Whether voices and filters fit the
    request is asked only with --settings, --region, --model, --voice or --sample-rate.

    As JSON: an object for each diagnostic that is left, and one for each file with its text and what was mended.

    \b
    Exit codes:
      0  no errors are left; there may be warnings
      1  errors are left
      2  usage: options, a file that cannot be read or written
    """
    from ttsprep.ssml import fix as mended

    if in_place and as_diff:
        raise click.UsageError("--in-place and --diff exclude each other")
    if in_place and "-" in scripts.files:
        raise click.UsageError("--in-place needs files: standard input has no place")
    request = settings_or_exit(settings, report) if settings.given else None
    for script in scripts:
        fixed = mended(script.source, unsafe=unsafe, settings=request)
        report(fixed.left, Source(fixed.text, script.source.name))
        script.findings.extend(fixed.left)
        if in_place:
            write_in_place(script.source, fixed.text)
        if report.json:
            _print_json(script, fixed)
        elif as_diff:
            write_out("".join(diff(script.source, fixed.text)))
        elif not in_place:
            print_document(fixed.text)
        report.note(f"{script.source.name}: {_summary(fixed, unsafe)}")


def _print_json(script: Script, fixed: Fixed) -> None:
    applied = [as_dict(found, script.source) for found in fixed.applied]
    print_json({"file": script.source.name, "text": fixed.text, "applied": applied, "left": len(fixed.left)})


def _summary(fixed: Fixed, unsafe: bool) -> str:
    if not fixed.applied and not fixed.left:
        return "no faults"
    fixes = [found.fix for found in fixed.left if found.fix is not None and found.fix.edits]
    hint = f" (--unsafe mends {len(fixes):,} more)" if fixes and not unsafe else ""
    if _goes_on(fixed, any(unsafe or fix.safe for fix in fixes)):
        hint = ": there are too many for one run, mend what it gave once more"
    return f"{many(len(fixed.applied), 'fault')} mended, {len(fixed.left):,} left{hint}"


def _goes_on(fixed: Fixed, has_fixes: bool) -> bool:
    """Whether a run ended at its bound rather than with what can be mended: each round mends at least one fault."""
    from ttsprep.ssml.fixing import MOST_ROUNDS

    return has_fixes and len(fixed.applied) >= MOST_ROUNDS


COMMANDS = [fix]
