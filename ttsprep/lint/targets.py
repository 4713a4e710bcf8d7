"""From paths to jobs: which files, and which configuration acts on each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ttsprep.lint.configuration import Configuration, Loaded, load
from ttsprep.lint.finding_files import Walk
from ttsprep.lint.model import Kind, Result
from ttsprep.lint.running import Job

__all__ = ["Targets"]


@dataclass
class Targets:
    """What is to be linted. `options` are those of the command line, as `load` takes them.

    After `jobs` have been asked for, `loaded` has every configuration that was read, faulty ones too, and `unreadable`
    a result for each folder or pattern that gave nothing.
    """

    options: Mapping[str, tuple[str, Any]]
    file: Path | None = None
    isolated: bool = False
    forced: bool = False
    """Whether what is excluded is left out also where it is named."""
    loaded: list[Loaded] = field(default_factory=list)
    unreadable: list[Result] = field(default_factory=list)
    _by_file: dict[Path | None, Loaded] = field(default_factory=dict)
    _by_folder: dict[Path, Loaded] = field(default_factory=dict)

    def configuration(self, folder: Path) -> Configuration | None:
        """The configuration for files in a folder; ``None`` if it has errors. Raises OSError."""
        if folder not in self._by_folder:
            from ttsprep.lint.configuration.reading import find_file

            file = None if self.isolated else self.file or find_file(folder.resolve())
            if file not in self._by_file:
                self._by_file[file] = load(folder, self.options, file=file, isolated=file is None)
                self.loaded.append(self._by_file[file])
            self._by_folder[folder] = self._by_file[file]
        return self._by_folder[folder].configuration

    def jobs(self, paths: Sequence[str]) -> list[Job]:
        """A job for each file once, in the order of the paths, and for the files that configurations name."""
        found: dict[Path, Job] = {}
        for job in (*self._named(paths), *self._of_projects()):
            found.setdefault(_same(Path(job.path)), job)
        return list(found.values())

    def _named(self, paths: Sequence[str]) -> Iterator[Job]:
        for name in paths:
            path = Path(name)
            if path.is_dir():
                yield from self._in_folder(path)
            elif not path.exists() and any(sign in name for sign in "*?["):
                yield from self._matching(name)
            elif not self._excluded(path):
                yield from self._job(path)

    def _excluded(self, path: Path) -> bool:
        """Whether a file that was named is left out all the same."""
        configuration = self.configuration(path.parent) if self.forced else None
        return configuration is not None and _walk(configuration).leaves_out(path)

    def _matching(self, pattern: str) -> Iterator[Job]:
        """The files that a pattern means which no shell has replaced."""
        path = Path(pattern)
        start = Path(path.anchor)
        found = sorted(each for each in start.glob(str(path.relative_to(start))) if each.is_file())
        if not found:
            self.unreadable.append(Result(pattern, error="no file matches"))
        for each in found:
            if not self._excluded(each):
                yield from self._job(each)

    def _in_folder(self, folder: Path) -> Iterator[Job]:
        configuration = self.configuration(folder)
        if configuration is None:
            return
        walk = _walk(configuration)
        for path in walk.files(folder):
            yield from self._job(path)
        for name, why in walk.unreadable:
            self.unreadable.append(Result(name, error=f"cannot be read: {why}"))

    def _job(self, path: Path, kind: Kind | None = None) -> Iterator[Job]:
        configuration = self.configuration(path.parent)
        if configuration is not None:
            yield Job(str(path), configuration, kind=kind)

    def _of_projects(self) -> Iterator[Job]:
        """The settings and lexicons of each configuration in use."""
        for configuration in [each.configuration for each in self.loaded if each.configuration is not None]:
            for path, kind in configuration.project_files:
                yield Job(str(_relative_to_here(path)), configuration, kind=kind)


def _walk(configuration: Configuration) -> Walk:
    return Walk(
        configuration["include"], configuration["exclude"], configuration.base, configuration["respect-gitignore"]
    )


def _same(path: Path) -> Path:
    """One path for all ways to write it."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a loop of links
        return path.absolute()


def _relative_to_here(path: Path) -> Path:
    try:
        return path.resolve().relative_to(Path.cwd())
    except ValueError:
        return path
