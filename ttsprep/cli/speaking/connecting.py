"""How the service is reached: the options of ``speak`` that are not the text's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from ttsprep.sender import SyncSender
    from ttsprep.settings import TaskSettings

__all__ = ["Connecting", "connecting_options"]

_NO_KEY: Final = (
    "no API key. Two ways: set DASHSCOPE_API_KEY (or --api-key-file FILE) to speak through the service, "
    "or --emulator to speak through a local one without a key."
)

_OPTIONS = (
    click.option("--emulator", is_flag=True, help="Speak through a local emulator of the service: no key needed."),
    click.option("--url", help="Endpoint of the service.  [default: that of the region]"),
    click.option(
        "--api-key-file",
        metavar="FILE",
        help="File that holds the API key, instead of the environment variable DASHSCOPE_API_KEY.",
    ),
    click.option("--workspace", default="", metavar="ID", help="Workspace of the service."),
    click.option(
        "--opening-timeout",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="How long opening a connection may take.  [default: 30]",
    ),
    click.option(
        "--time-scale",
        type=click.FloatRange(min=0, min_open=True, max=1),
        default=1.0,
        help="For an emulator with the same scale: 0.01 makes the service's 23 seconds 0.23.",
    ),
    click.option(
        "--record", type=click.Path(dir_okay=False), help="Append all frames to a file as JSON lines, no key."
    ),
)


def connecting_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options; the command gets them under the names of `Connecting`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True)
class Connecting:
    """What the options say."""

    emulator: bool
    url: str | None
    api_key_file: str | None
    workspace: str
    time_scale: float
    record: str | None
    opening_timeout: float | None

    def check(self, settings: TaskSettings) -> None:
        """Everything but the key. Raises UsageError."""
        from ttsprep.sender import Key, Sender

        if self.emulator and self.url is not None:
            raise click.UsageError("--emulator is a service of its own: leave out --url")
        if self.record is not None and not (folder := Path(self.record).resolve().parent).is_dir():
            raise click.UsageError(f"--record: {self.record} cannot be written: the folder {folder} does not exist")
        with _as_usage_errors():
            Sender(self.url, api_key=Key.stand_in(), **self._options(settings))

    def open(self, settings: TaskSettings, stack: ExitStack) -> SyncSender:
        """The sender, closed with the stack. Raises UsageError, also where there is no key, and OSError."""
        from ttsprep.sender import Key, SyncSender

        options = {**self._options(settings), "record": self.record}
        with _as_usage_errors():
            if self.emulator:
                url = self._emulator(settings, stack)
                return stack.enter_context(SyncSender(url, api_key=Key.stand_in(), task_starts=0, **options))
            return stack.enter_context(SyncSender(self.url, api_key_file=self.api_key_file, **options))

    def _options(self, settings: TaskSettings) -> dict[str, Any]:
        from ttsprep.protocol import Timeouts

        timeouts = Timeouts(opening=self.opening_timeout) if self.opening_timeout else None
        return {
            "settings": settings,
            "time_scale": self.time_scale,
            "workspace": self.workspace,
            "timeouts": timeouts,
        }

    def _emulator(self, settings: TaskSettings, stack: ExitStack) -> str:
        from ttsprep.emulator import ThreadedEmulator

        return stack.enter_context(ThreadedEmulator(time_scale=self.time_scale, region=settings.region)).url


@contextmanager
def _as_usage_errors() -> Iterator[None]:
    from ttsprep.sender import EndpointFault
    from ttsprep.sender.key import NoKey

    try:
        yield
    except NoKey:
        raise click.UsageError(_NO_KEY) from None
    except EndpointFault as fault:
        raise click.UsageError(f"--url: {fault}") from None
    except ValueError as fault:
        raise click.UsageError(str(fault)) from None
