"""The listener's side of a call: audio of all tasks joined into one stream, and measured (AUD-05)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ttsprep.audio import AudioError, Joiner
from ttsprep.sender.errors import BadAudio
from ttsprep.sender.events import Audio, Finished, SpeechEvent, Started, Summary

__all__ = ["Output"]


class Output:
    """Turns events as they came into events as the listener gets them. `joined` false leaves the audio as it came."""

    def __init__(self, joiner: Joiner, *, joined: bool) -> None:
        self._joiner, self._joined = joiner, joined
        self._task = 0
        self._task_id = ""
        self._open = False
        self._seconds = 0.0
        self.finished: list[Finished] = []

    def pass_on(self, event: SpeechEvent) -> Sequence[SpeechEvent]:
        """What the listener gets for an event. Raises BadAudio."""
        try:
            return self._audio(event) if isinstance(event, Audio) else self._other(event)
        except AudioError as error:
            failure = BadAudio(str(error), task_id=self._task_id)
        raise failure

    def _audio(self, event: Audio) -> Sequence[SpeechEvent]:
        if not self._open:
            self._joiner.begin_task()
            self._open = True
        data = self._joiner.feed(event.data)
        if not self._joined or data is event.data:
            return (event,)
        return (Audio(event.task, data),) if data else ()

    def _other(self, event: SpeechEvent) -> Sequence[SpeechEvent]:
        if isinstance(event, Started):
            self._task, self._task_id = event.task, event.task_id
        elif isinstance(event, Finished):
            return self._end_task(event)
        elif isinstance(event, Summary):
            return (*self.close(), replace(event, tasks=tuple(self.finished)))
        return (event,)

    def _end_task(self, event: Finished) -> Sequence[SpeechEvent]:
        rest = self._joiner.end_task() if self._open else b""
        self._open = False
        event = replace(event, audio_seconds=self._joiner.seconds - self._seconds)
        self._seconds = self._joiner.seconds
        self.finished.append(event)
        return (*self._more(rest), event)

    def close(self) -> Sequence[Audio]:
        """The end of the joined audio, also after an error."""
        self._open = False
        return self._more(self._joiner.close())

    def _more(self, data: bytes) -> Sequence[Audio]:
        return (Audio(self._task, data),) if data and self._joined else ()
