"""``emulate``: the local service on the command line."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ttsprep.emulator import Emulator, Fault

    _ParamType = click.ParamType[Any]
else:
    _ParamType = click.ParamType  # not generic in older versions of click

__all__ = ["COMMANDS"]


class _FaultType(_ParamType):
    """``NAME[:ARGUMENT][=STEP[:N]][xTIMES]``."""

    name = "fault"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fault:
        from ttsprep.emulator import Fault

        if isinstance(value, Fault):
            return value
        try:
            return Fault.parse(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


def _key(_ctx: click.Context, _param: click.Parameter, path: Path | None) -> str | None:
    """The key in a file; its text is in no message."""
    if path is None:
        return None
    key = path.read_text(encoding="utf-8-sig", errors="replace").strip()
    if not key or len(key.split()) != 1:
        raise click.BadParameter(f"{path} does not hold one key")
    return key


def _list_faults(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from ttsprep.emulator import FAULTS

    for name, kind in FAULTS.items():
        shown = f"{name}:{kind.argument}" if kind.argument else name
        click.echo(f"{shown:26} {kind.summary} (at {kind.default.value})")
    ctx.exit()


class _LimitsOption(click.Option):
    """An option whose help names the service's limits of time; the catalog is read when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        from ttsprep.catalog import limits

        text, idle, factor = limits().text_gap, limits().idle, 0.01
        shrunk = f"{factor:g} makes them {text * factor:g} and {idle * factor:g} s"
        self.help = f"Shrink the limits of {text:g} and {idle:g} s, and --timing: {shrunk}."
        return super().get_help_record(ctx)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option(
    "--strict/--observed",
    "strict",
    default=True,
    show_default=True,
    help="The API page's rules, or also what published clients send and the live service takes.",
)
@click.option("--voice", type=click.Choice(["speech", "tone"]), help="Default: speech where it is installed.")
@click.option(
    "--time-scale",
    cls=_LimitsOption,
    default=1.0,
    show_default=True,
    type=click.FloatRange(0, min_open=True),
)
@click.option("--seed", default=0, show_default=True, help="Of request ids and --timing.")
@click.option("--region", default=None, help="Whose models and voices are known. Default: intl.")
@click.option("--fault", "faults", multiple=True, type=_FaultType(), metavar="NAME[=WHEN]", help="Make a fault happen.")
@click.option(
    "--list-faults", is_flag=True, expose_value=False, is_eager=True, callback=_list_faults, help="List them and exit."
)
@click.option(
    "--require-key-file",
    "require_key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=_key,
    help="Let in only the API key in this file. Default: any key.",
)
@click.option("--quota", type=click.IntRange(1), help="Task starts a second; more fail with Throttling.RateQuota.")
@click.option("--max-tasks", type=click.IntRange(1), help="Tasks at once; more fail in the same way.")
@click.option("--null-closes", is_flag=True, help='Close with 1007 instead of answering "task can not be null".')
@click.option("--timing", is_flag=True, help="Imitate the service's delays.")
@click.option("--frame-size", type=click.IntRange(1), help="Bytes of audio in a frame.")
@click.option("--record", type=click.Path(dir_okay=False), help="Append all frames to a file as JSON lines, no key.")
def emulate(strict: bool, region: str | None, **options: Any) -> None:
    """Run a local twin of the CosyVoice service: no key, no network, nothing billed.

    The first line printed is the URL to connect to. It checks clients against the rules of the API page, logs
    every departure with the rule and the remedy, answers as the service would, and exits with 1 when a client
    broke a rule (0 otherwise, also for what --observed tolerates). Ctrl-C ends it.

    NOT real are the voices (espeak-ng or a tone), prosody, instructions and emotions, billing, moderation and
    timing. Texts marked [emulator] are not the service's words. Nothing is encrypted and any key is let in, so keep it
    on this machine.

    WHEN of a fault is STEP, or STEP:N for the Nth in a task: connect, run-task, started, continue-task, sentence,
    audio, finish-task, finished. A last x1 lets it happen once, so that a second try succeeds:
    --fault 503x1, --fault close-1011=continue-task:2, --fault task-failed:InternalError=sentence:3.
    """
    from ttsprep import catalog

    if region is not None:
        known = [row.id for row in catalog.regions()]
        if region not in known:
            raise click.BadParameter(f"{region!r} is not one of {', '.join(known)}", param_hint="--region")
        options["region"] = region
    with _record(options.pop("record")) as record:
        mode = "strict" if strict else "observed"
        refused = asyncio.run(_serve({"mode": mode, "keep_text": False, "record": record, **options}))
    click.get_current_context().exit(1 if refused else 0)


def _record(path: str | None) -> AbstractContextManager[IO[str] | None]:
    """The file for `--record`, open before anything listens."""
    from ttsprep.recording import Recorder

    try:
        return nullcontext() if path is None else Recorder.opened(path)
    except OSError as error:
        raise click.BadParameter(f"cannot write {path}: {error.strerror}", param_hint="--record") from None


async def _serve(options: Mapping[str, Any]) -> int:
    """Serve until a signal comes; how many departures were refused."""
    from ttsprep.emulator import Emulator
    from ttsprep.emulator.voice import VoiceError, available

    emulator = Emulator(on_departure=lambda finding: click.echo(str(finding), err=True), **options)
    stop = _stop_on_signals()
    try:
        async with emulator:
            click.echo(emulator.url)
            if available().notice:
                click.echo(available().notice, err=True)
            await _until(stop)
    except OSError as error:
        raise click.ClickException(f"cannot listen on port {options['port']} of {options['host']}: {error}") from error
    except VoiceError as error:
        raise click.ClickException(str(error)) from error
    _summarise(emulator)
    return emulator.findings.refused


def _stop_on_signals() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        try:
            if number is not None:
                loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows: Ctrl-C raises KeyboardInterrupt, which cancels `_until`
            break
    return stop


async def _until(stop: asyncio.Event) -> None:
    try:
        await stop.wait()
    except asyncio.CancelledError:
        pass


def _summarise(emulator: Emulator) -> None:
    tasks = ", ".join(f"{number} {state}" for state, number in sorted(emulator.ended.items())) or "none"
    click.echo(f"tasks: {tasks}; rules broken: {emulator.findings.refused}", err=True)


COMMANDS = [emulate]
