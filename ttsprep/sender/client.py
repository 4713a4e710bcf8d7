"""`Sender`: connections to the service, and what is spoken over them."""

from __future__ import annotations

import asyncio
import time
import weakref
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from ttsprep import catalog
from ttsprep.protocol import HandshakeError, Role, SpeechError, Timeouts, WireLimits
from ttsprep.recording import Channel, Opened, Recorder, Refused
from ttsprep.sender.endpoint import Endpoint
from ttsprep.sender.errors import key_remedy
from ttsprep.sender.events import Audio, SpeechEvent, Summary
from ttsprep.sender.key import Key, NoKey, find_key
from ttsprep.sender.pool import Pool, StartRate
from ttsprep.sender.session import Backoff
from ttsprep.sender.sources import Speakable, check_together, for_file, plans_of, settings_of
from ttsprep.sender.speech import Speech
from ttsprep.settings import TaskSettings

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Callable
    from os import PathLike

    from ttsprep.sender.wire import Wire

__all__ = ["Sender"]

_SHORTEST_WAIT: Final = 2.0
_MEMORY: Final = 8 << 20
_CONNECTIONS: Final = 4
_WAITS: Final = ("opening", "task_started", "first_audio", "next_audio", "closing", "sending")


class Sender:
    """Speaks texts through the service; connections are opened when needed and kept for reuse.

        async with Sender() as sender:
            async for event in sender.speak("Hello, 世界！"):
                if isinstance(event, Audio):
                    player.write(event.data)

    `url`: the endpoint; default: that of the settings' region. `api_key`: the key, else `api_key_file`, else the
    environment variable DASHSCOPE_API_KEY; an endpoint on this machine (an emulator) needs none. `settings`: the
    defaults of `speak`. `timeouts`: how long to wait for what, in seconds. `max_connections` and `task_starts` (per
    second; 0: without limit): beyond them requests wait. `attempts`: how often a task is tried while nothing of it
    was heard. `memory`: bytes of audio that may wait for a slow listener in memory; more waits in a temporary file.
    `record`: a file to which what goes over the wire is appended (`ttsprep.recording`). `time_scale`: for an
    emulator with the same scale, where the service's 23 and 60 seconds pass faster; default timeouts shrink too,
    but not below 2 s, explicit ones stay. `workspace`, `data_inspection`, `user_agent`: optional headers (HDR-03 to
    HDR-05). `proxy`: True (from the environment), a URL, or False. `ssl_context`: TLS 1.2 or later.

    Raises EndpointFault for a URL that is not used (URL-01 to URL-03), KeyFault where there is no key or it cannot be
    one, ValueError for headers and numbers that make no sense, OSError for files that cannot be opened.
    """

    def __init__(
        self,
        url: str | None = None,
        *,
        api_key: str | Key | None = None,
        api_key_file: str | PathLike[str] | None = None,
        settings: TaskSettings | None = None,
        timeouts: Timeouts | None = None,
        max_connections: int = _CONNECTIONS,
        task_starts: float | None = None,
        attempts: int = Backoff.attempts,
        memory: int = _MEMORY,
        record: str | PathLike[str] | None = None,
        time_scale: float = 1.0,
        workspace: str = "",
        data_inspection: str = "",
        user_agent: str = "",
        proxy: str | bool = True,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        _check_headers(workspace=workspace, data_inspection=data_inspection, user_agent=user_agent)
        _check_numbers(max_connections=max_connections, attempts=attempts, time_scale=time_scale)
        self.settings = settings or TaskSettings()
        self.endpoint = Endpoint.parse(self.settings.url if url is None else url)
        self._any_region = url is not None
        self._key = _key(api_key, api_key_file, self.endpoint)
        self.key_remedy = key_remedy(self._key, self.endpoint)
        self.timeouts = timeouts or _scaled(Timeouts(), time_scale)
        self.memory = memory
        self._limits = WireLimits.of_service().scaled(time_scale)
        self.backoff = Backoff(attempts, Backoff.first * time_scale, Backoff.longest * time_scale)
        per_second = catalog.limits().task_starts if task_starts is None else task_starts
        self.starts = StartRate(per_second, time_scale=time_scale)
        self.pool = Pool(self._open, max_connections)
        self._options = (workspace, data_inspection, user_agent, proxy, ssl_context)
        self._recorder = _recorder(record) if record is not None else None
        self._connections = 0
        self._running: set[asyncio.Task[None]] = set()
        self._speeches: weakref.WeakSet[Speech] = weakref.WeakSet()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    # --- speaking

    def speak(self, source: Speakable, settings: TaskSettings | None = None, *, joined: bool = True) -> Speech:
        """Speak a plan or several, a text, or a stream of texts (str, MappedText, TextPart); the events as they come.

        Nothing is sent before the first event is asked for. The audio events of all tasks, joined, play as one
        stream; with `joined` false they hold the binary frames of the service unchanged. A text is sent as it is:
        Markdown is prepared first (`ttsprep.prepare`, `ttsprep.PrepareStream`). A plan, and the parts of a
        `PrepareStream`, bring their settings with them.

        Raises DiagnosticError for a plan with errors, TypeError for what cannot be spoken, RuntimeError after
        `aclose`, ValueError for settings beside a source's own or of another region than the sender's. The events
        raise SpeechError (see `ttsprep.protocol.errors`), and whatever the source raises; what was received before
        comes first.
        """
        return self._speech(source, settings_of(source, settings) or self.settings, joined=joined)

    def speech_for(self, path: str | PathLike[str], source: Speakable, settings: TaskSettings | None) -> Speech:
        """As `speak`, for a file: its name may choose the format, and its header will be put right at the end."""
        source, chosen = for_file(path, source, settings_of(source, settings) or self.settings)
        return self._speech(source, chosen, patchable=True)

    def _speech(
        self, source: Speakable, settings: TaskSettings, *, joined: bool = True, patchable: bool = False
    ) -> Speech:
        if self._closed:
            raise RuntimeError("the sender is closed")
        plans = plans_of(source)
        check_together(plans)
        for url in (settings.url, *(plan.settings.url for plan in plans)):
            if not self._any_region and url != self.endpoint.url:
                raise ValueError(f"the sender speaks to {self.endpoint.url}, the settings are for {url}")
        speech = Speech(self, source, settings, joined=joined, patchable=patchable)
        self._speeches.add(speech)
        return speech

    async def stream(self, source: Speakable, settings: TaskSettings | None = None) -> AsyncIterator[bytes]:
        """Only the audio of `speak`, as bytes for a player."""
        async with self.speak(source, settings) as speech:
            async for event in speech:
                if isinstance(event, Audio):
                    yield event.data

    async def speak_to_file(
        self,
        source: Speakable,
        path: str | PathLike[str],
        settings: TaskSettings | None = None,
        *,
        on_event: Callable[[SpeechEvent, float], None] | None = None,
    ) -> Summary:
        """Speak into a file that is whole or does not exist, and return the summary; see `ttsprep.sender.files`.

        The suffix of the name chooses the audio format where the settings choose none. `on_event` is called with
        every event and the seconds of audio so far, to show progress.

        Raises as `speak` and its events; ValueError for a suffix that is no audio format of the service, or another
        than the settings ask for; OSError for a file that cannot be written, or that is no audio and would be lost.
        """
        from ttsprep.sender.files import SpeechFile, in_thread

        speech = self.speech_for(path, source, settings)
        file = SpeechFile(path, speech.joiner)
        try:
            async with speech:
                async for event in speech:
                    if file.add(event):
                        await in_thread(file.flush)
                    if on_event is not None:
                        on_event(event, speech.seconds)
            return await in_thread(file.complete)
        except BaseException as error:
            file.keep(error)
            raise

    async def stop(self) -> None:
        """End everything that is being spoken gracefully: see `Speech.stop`."""
        for speech in list(self._speeches):
            await speech.stop()

    async def interrupt(self) -> None:
        """End everything that is being spoken at once: see `Speech.interrupt`."""
        for speech in list(self._speeches):
            await speech.interrupt()

    # --- opening and closing

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections at once; what is still being spoken ends."""
        self._closed = True
        running = list(self._running)
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running)
        await self.pool.close()
        if self._recorder:
            self._recorder.close()

    def run(self, speech: Speech) -> asyncio.Task[None]:
        """Start the task behind a speech (called by the speech itself)."""
        loop = asyncio.get_running_loop()
        self._loop = self._loop or loop
        if self._closed or self._loop is not loop:
            raise RuntimeError("the sender is closed" if self._closed else "the sender belongs to another event loop")
        task = asyncio.create_task(speech.session().run(), name="ttsprep speech")
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _open(self) -> Wire:
        from ttsprep.sender.websocket import OpenOptions, open_socket
        from ttsprep.sender.wire import Wire

        loop = asyncio.get_running_loop()
        begun = loop.time()
        options = OpenOptions(*self._options)
        self._connections += 1
        channel = Channel(self._recorder, self._connections, self._key.redact)
        channel.note(Role.CLIENT, Opened(self.endpoint.url))
        try:
            socket = await open_socket(self.endpoint, self._key, options, self.timeouts)
        except SpeechError as error:
            status = error.status if isinstance(error, HandshakeError) else 0
            channel.note(Role.SERVER, Refused(status, error.what()))
            raise
        return Wire(
            socket,
            limits=self._limits,
            timeouts=self.timeouts,
            key=self._key,
            channel=channel,
            connect_seconds=loop.time() - begun,
        )

    def __repr__(self) -> str:
        return f"<Sender to {self.endpoint.url}>"


def _recorder(path: str | PathLike[str]) -> Recorder:
    return Recorder(Recorder.opened(path), Role.CLIENT, began=datetime.now(UTC), clock=time.monotonic)


def _key(api_key: str | Key | None, api_key_file: str | PathLike[str] | None, endpoint: Endpoint) -> Key:
    key = find_key(api_key, api_key_file)
    if key is not None:
        return key
    if endpoint.is_local:
        return Key.stand_in()
    raise NoKey


def _scaled(timeouts: Timeouts, factor: float) -> Timeouts:
    """Waits of the service's time, but never so short that this machine's own pace decides."""
    if factor >= 1:
        return timeouts.scaled(factor)
    scaled = timeouts.scaled(factor)
    return replace(scaled, **{name: max(_SHORTEST_WAIT, getattr(scaled, name)) for name in _WAITS})


def _check_numbers(**given: float) -> None:
    for name, value in given.items():
        if not 0 < value < float("inf"):
            raise ValueError(f"{name} is a positive number, not {value!r}")


def _check_headers(**given: str) -> None:
    for name, value in given.items():
        if not (value.isascii() and (value.isprintable() and value == value.strip())):
            raise ValueError(f"{name} goes into a header: printable ASCII, not {value!r}")
