"""What every form of the linter's output makes of the same results: ``python -m tests.lint_outputs`` writes it anew."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from ttsprep import __version__
from ttsprep.diagnostics import Fix, Rule, Severity, Span
from ttsprep.lint import Finding, LintFile, Result, check, kind_of
from ttsprep.lint.output import FORMATS, OutputOptions
from ttsprep.source import Source

FOLDER = Path(__file__).resolve().parent / "cases" / "lint" / "outputs"
ENDINGS = {
    "full": "full.txt",
    "concise": "concise.txt",
    "json": "json",
    "json-lines": "jsonl",
    "sarif": "sarif",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "junit": "junit.xml",
    "checkstyle": "checkstyle.xml",
    "rdjson": "rdjson",
}
"""Format → file in the folder."""

SCRIPTS = {
    # wide, combining and invisible characters, an emoji beyond 16 bits before the fault
    "第一 章.md": "# 你好\n\n😀 cafe\u0301 龙\u200b安 and and more.\r\nDear {{name}}: 100%, a, b.\n",
    "one.ssml": '<speak>你好<break time="12s"/>再见 & 好</speak>\n',
    "voice.toml": 'voice = "longanyang"\nformat = "ogg"\n',
    "clean.txt": "All is well.\n",
}


def results() -> list[Result]:
    """Findings with and without places and fixes, a suppressed one, a file without any, one that was not read."""
    found = [_linted(name, text) for name, text in SCRIPTS.items()]
    rule = Rule("PAY001", "nothing-to-speak", Severity.ERROR, error="text-not-speakable")
    nowhere = Finding(
        rule.at(None, "nothing to speak: <empty>", field="text", fix=Fix.advice("write something")), "e.md"
    )
    old = Finding.of(rule.at(Span(0, 1), "known"), "e.md", Source("x", "e.md"), suppressed="agreed on")
    return [
        *found,
        Result("e.md", findings=(nowhere,), suppressed=(old,), source=Source("", "e.md")),
        Result("gone.md", error="cannot be read: no such file"),
    ]


def _linted(name: str, text: str) -> Result:
    source = Source(text, name)
    file = LintFile(name, source, kind_of(source))
    findings = tuple(Finding.of(dataclasses.replace(one, file=""), name, source) for one in check(file))
    return Result(name, file.kind, findings, source=source)


def written(form: str, *, colour: bool = False, columns: int = 100) -> str:
    """The report in one form."""
    text = "".join(FORMATS[form](results(), OutputOptions(colour=colour, columns=columns)))
    return text.replace(f'"version": "{__version__}"', '"version": "VERSION"')


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(exist_ok=True)
    for form, ending in ENDINGS.items():
        (FOLDER / f"report.{ending}").write_text(written(form), "utf-8", newline="")
    (FOLDER / "report.colours.txt").write_text(written("full", colour=True, columns=40), "utf-8", newline="")


if __name__ == "__main__":
    main()
