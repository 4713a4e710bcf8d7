"""The configuration of each folder, read again when a file that it comes from has changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ttsprep.lint.configuration import Configuration, Loaded, load
from ttsprep.lint.configuration.reading import find_file
from ttsprep.lint.linting import default_configuration

__all__ = ["Configurations"]

_Stamp = tuple[int, int] | None


@dataclass
class _Known:
    loaded: Loaded
    stamps: dict[Path, _Stamp]


@dataclass
class Configurations:
    """The configurations in use. `faults` has those with errors, in words, by their files."""

    faults: dict[Path, str] = field(default_factory=dict)
    _known: dict[Path, _Known] = field(default_factory=dict)

    def of(self, folder: Path | None) -> Configuration:
        """The configuration of a folder; where it has errors, or there is no folder, the defaults."""
        try:
            file = find_file(folder.resolve()) if folder is not None else None
            return default_configuration() if file is None else self._read(file)
        except (OSError, RuntimeError):  # a folder that cannot be looked into, a loop of links
            return default_configuration()

    def forget(self) -> None:
        """Read everything again."""
        self._known.clear()

    def _read(self, file: Path) -> Configuration:
        known = self._known.get(file)
        if known is None or any(_stamp(path) != stamp for path, stamp in known.stamps.items()):
            loaded = load(file.parent, file=file)
            named = loaded.configuration.project_files if loaded.configuration else ()
            paths = (file, *(path for path, _ in named))
            known = self._known[file] = _Known(loaded, {path: _stamp(path) for path in paths})
        configuration = known.loaded.configuration
        if configuration is None:
            self.faults[file] = "; ".join(map(str, known.loaded.diagnostics))
            return default_configuration()
        self.faults.pop(file, None)
        return configuration


def _stamp(path: Path) -> _Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
