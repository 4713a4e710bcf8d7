"""What was found in a file, kept until the file, the configuration or ttsprep changes.

A folder holds one small file for each that was linted. What cannot be read in it, or was written for
another content, counts as not there.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from ttsprep.diagnostics import Diagnostic, Edit, Fix, Rule, Severity, Span
from ttsprep.lint.configuration import Configuration
from ttsprep.lint.model import Finding, Kind, Position, Result
from ttsprep.source import Source
from ttsprep.writing import write_file

__all__ = ["FOLDER", "Cache", "key"]

FOLDER: Final = ".ttsprep_cache"
_VERSION: Final = 1


def key(name: str, data: bytes, sidecar: bytes, configuration: Configuration) -> str:
    """What the findings of a file depend on: its name, its content, its sidecar's, the configuration, ttsprep."""
    import hashlib  # takes a while to import

    digest = hashlib.sha256()
    for part in (_package(), name, configuration.fingerprint, configuration.base):
        digest.update(hashlib.sha256(str(part).encode("utf-8", "surrogateescape")).digest())
    for content in (data, sidecar):
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


@functools.cache
def _package() -> str:
    """Which ttsprep this is: its version, and when each of its files was written, for one that is worked on."""
    import hashlib

    from ttsprep import __version__

    digest = hashlib.sha256(f"{_VERSION} {__version__}".encode())
    for entry in _package_files(Path(__file__).parents[1]):
        about = entry.stat()
        digest.update(f"{entry.name} {about.st_mtime_ns} {about.st_size}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _package_files(folder: str | Path) -> Iterator[os.DirEntry[str]]:
    for entry in sorted(os.scandir(folder), key=lambda each: each.name):
        if not entry.is_dir():
            yield entry
        elif entry.name != "__pycache__":
            yield from _package_files(entry.path)


class Cache:
    """A cache in a folder; without one nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, name: str, known: str, source: Source) -> tuple[Result, ...] | None:
        """The results that were kept for a file and a `key`; findings in it point into `source`."""
        if self._folder is None:
            return None
        try:
            kept = json.loads(self._path(name).read_bytes())
            if kept["key"] != known:
                return None
            return tuple(_unpacked(each, source) for each in kept["results"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, name: str, known: str, results: tuple[Result, ...]) -> None:
        """Keep results. A cache that cannot be written keeps nothing."""
        if self._folder is None or len(results) != 1:
            return
        try:
            if not self._folder.is_dir():
                self._folder.mkdir(parents=True, exist_ok=True)
                (self._folder / ".gitignore").write_text("*\n", "utf-8")
            text = json.dumps({"key": known, "results": [_packed(each) for each in results]}, ensure_ascii=True)
            write_file(self._path(name), text.encode())
        except OSError:
            return

    def _path(self, name: str) -> Path:
        assert self._folder is not None, "asked only with a folder"
        import hashlib

        place = str(Path(name).absolute()).encode("utf-8", "surrogateescape")
        return self._folder / f"{hashlib.sha256(place).hexdigest()[:32]}.json"


def _packed(result: Result) -> dict[str, Any]:
    return {
        "file": result.file,
        "kind": result.kind,
        "findings": [_packed_finding(each) for each in result.findings],
        "suppressed": [_packed_finding(each) for each in result.suppressed],
    }


def _unpacked(kept: Mapping[str, Any], source: Source) -> Result:
    findings = tuple(_unpacked_finding(each) for each in kept["findings"])
    suppressed = tuple(_unpacked_finding(each) for each in kept["suppressed"])
    kind = Kind(kept["kind"]) if kept["kind"] else None
    return Result(kept["file"], kind, findings, suppressed, source if findings else None)


def _packed_finding(finding: Finding) -> dict[str, Any]:
    found = finding.diagnostic
    rule = {name: getattr(found.rule, name) for name in Rule.__slots__}
    fix = found.fix and [found.fix.title, found.fix.safe, [[*_pair(each.span), each.text] for each in found.fix.edits]]
    said = {"span": found.span and _pair(found.span), "message": found.message, "severity": found.severity}
    rest = {"fix": fix, "field": found.field, "file": found.file}
    where = {"in": finding.file, "start": finding.start, "end": finding.end, "suppressed": finding.suppressed}
    return {"rule": rule, **said, **rest, **where}


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _unpacked_finding(kept: Mapping[str, Any]) -> Finding:
    rule = dict(kept["rule"])
    rule |= {"severity": Severity(rule["severity"]), "api": tuple(rule["api"])}
    fix = kept["fix"]
    found = Diagnostic(
        span=Span(*kept["span"]) if kept["span"] else None,
        rule=Rule(**rule),
        message=kept["message"],
        severity=Severity(kept["severity"]),
        fix=Fix(fix[0], tuple(Edit(Span(a, b), text) for a, b, text in fix[2]), fix[1]) if fix else None,
        field=kept["field"],
        file=kept["file"],
    )
    start, end = (Position(*kept[name]) if kept[name] else None for name in ("start", "end"))
    return Finding(found, kept["in"], start, end, kept["suppressed"])
