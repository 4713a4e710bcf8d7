"""The sender for plain code: the asynchronous one in a thread of its own."""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from os import PathLike
from types import TracebackType
from typing import Any, Final, Generic, ParamSpec, Self, TypeVar

from ttsprep.sender.client import Sender
from ttsprep.sender.events import Audio, SpeechEvent, Summary
from ttsprep.sender.sources import Speakable
from ttsprep.sender.speech import Speech
from ttsprep.settings import TaskSettings

__all__ = ["LoopThread", "SyncSender", "SyncSpeech"]

_LOOK_UP: Final = 0.2  # seconds between looks at the thread; waiting stays open for Ctrl-C on every system
_END_SECONDS: Final = 10.0
_BATCH: Final = 64

P = ParamSpec("P")
T = TypeVar("T")


class LoopThread:
    """An event loop in a thread, to which plain code hands coroutines."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="ttsprep loop", daemon=True)
        self._thread.start()

    @property
    def is_alive(self) -> bool:
        """Whether it takes coroutines."""
        return self._thread.is_alive()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        try:
            self.loop.run_forever()
        finally:
            self.loop.run_until_complete(self.loop.shutdown_asyncgens())
            self.loop.close()

    def call(self, function: Callable[P, Coroutine[Any, Any, T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a coroutine function gives. An interrupt from the keyboard cancels it, and lets it clean up."""
        if not self.is_alive:
            raise RuntimeError("the sender is closed")
        work = _Call(partial(function, *args, **kwargs))
        try:
            self.loop.call_soon_threadsafe(work.start)
            while not work.done.wait(_LOOK_UP):
                if not self.is_alive:
                    raise RuntimeError("the thread of the sender has ended")
            return work.result()
        except BaseException:
            self._abandon(work)
            raise

    def _abandon(self, work: _Call[Any]) -> None:
        if self.is_alive and not work.done.is_set():
            self.loop.call_soon_threadsafe(work.cancel)
            work.done.wait(_LOOK_UP)

    def close(self) -> None:
        """End the thread. Closing again does nothing."""
        if self.is_alive:
            self.loop.call_soon_threadsafe(self.loop.stop)
            self._thread.join(_END_SECONDS)


class _Call(Generic[T]):
    """One coroutine in the other thread. It is made there: between making it and running it no interrupt can come."""

    def __init__(self, function: Callable[[], Coroutine[Any, Any, T]]) -> None:
        self._function = function
        self._task: asyncio.Task[T] | None = None
        self.done = threading.Event()

    def start(self) -> None:
        """Begin; called in the thread of the loop."""
        self._task = asyncio.get_running_loop().create_task(self._function())
        self._task.add_done_callback(self._ended)

    def cancel(self) -> None:
        """Cancel it; called in the thread of the loop, after `start`."""
        if self._task is not None:
            self._task.cancel()

    def _ended(self, task: asyncio.Task[T]) -> None:
        if not task.cancelled():
            task.exception()  # perhaps nobody waits for it any more
        self.done.set()

    def result(self) -> T:
        """What it gave, once it is done; raises what it raised."""
        assert self._task is not None, "it is done"
        if self._task.cancelled():
            raise concurrent.futures.CancelledError
        return self._task.result()


class SyncSpeech:
    """One text being spoken, for plain code: an iterator of events that ends with a `Summary`; see `Speech`.

    Close it, or leave its ``with`` block, to end early.
    """

    def __init__(self, speech: Speech, thread: LoopThread) -> None:
        self._speech, self._thread = speech, thread
        self._ready: deque[SpeechEvent] = deque()
        self._over = False

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> SpeechEvent:
        if not self._ready and not self._over:
            self._ready.extend(self._thread.call(_batch, self._speech))
            self._over = not self._ready
        if not self._ready:
            raise StopIteration
        return self._ready.popleft()

    @property
    def summary(self) -> Summary | None:
        """How it ended; None before the end, and after an error."""
        return self._speech.summary

    @property
    def seconds(self) -> float:
        """How long the audio plays that has come out so far."""
        return self._speech.seconds

    def stop(self) -> None:
        """End gracefully; see `Speech.stop`. May be called from any thread."""
        self._thread.call(self._speech.stop)

    def interrupt(self) -> None:
        """End at once; see `Speech.interrupt`. May be called from any thread."""
        self._ready.clear()
        self._thread.call(self._speech.interrupt)

    def close(self) -> None:
        """Let go of everything."""
        self._over = True
        self._ready.clear()
        if self._thread.is_alive:
            self._thread.call(self._speech.aclose)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


async def _batch(speech: Speech) -> list[SpeechEvent]:
    """Some events, at least one; none at the end. One visit to the other thread then serves for many."""
    try:
        events = [await anext(speech)]
    except StopAsyncIteration:
        return []
    while len(events) < _BATCH and (event := speech.next_ready()) is not None:
        events.append(event)
    return events


class SyncSender:
    """`Sender` for plain code, with the same arguments and names.

    with SyncSender() as sender:
        sender.speak_to_file(plan, "speech.mp3")
    """

    def __init__(self, url: str | None = None, **options: Any) -> None:
        self._sender = Sender(url, **options)
        self._thread = LoopThread()

    def speak(self, source: Speakable, settings: TaskSettings | None = None, *, joined: bool = True) -> SyncSpeech:
        """As `Sender.speak`; a plain iterator of texts runs in a thread of its own."""
        return SyncSpeech(self._sender.speak(source, settings, joined=joined), self._thread)

    def stream(self, source: Speakable, settings: TaskSettings | None = None) -> Iterator[bytes]:
        """As `Sender.stream`."""
        with self.speak(source, settings) as speech:
            for event in speech:
                if isinstance(event, Audio):
                    yield event.data

    def speak_to_file(
        self,
        source: Speakable,
        path: str | PathLike[str],
        settings: TaskSettings | None = None,
        *,
        on_event: Callable[[SpeechEvent, float], None] | None = None,
    ) -> Summary:
        """As `Sender.speak_to_file`. File and `on_event` are this thread's: neither keeps the connection waiting."""
        from ttsprep.sender.files import SpeechFile

        speech = self._sender.speech_for(path, source, settings)
        file = SpeechFile(path, speech.joiner)
        try:
            with SyncSpeech(speech, self._thread) as events:
                for event in events:
                    if file.add(event):
                        file.flush()
                    if on_event is not None:
                        on_event(event, speech.seconds)
            return file.complete()
        except BaseException as error:
            file.keep(error)
            raise

    def stop(self) -> None:
        """As `Sender.stop`. May be called from any thread."""
        self._thread.call(self._sender.stop)

    def interrupt(self) -> None:
        """As `Sender.interrupt`. May be called from any thread."""
        self._thread.call(self._sender.interrupt)

    def close(self) -> None:
        """As `Sender.aclose`. Closing again does nothing."""
        if self._thread.is_alive:
            try:
                self._thread.call(self._sender.aclose)
            finally:
                self._thread.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return repr(self._sender).replace("<Sender", "<SyncSender")
