"""The listener's side of a call: audio of all tasks joined into one stream, and measured (AUD-05)."""

from __future__ import annotations

from collections.abc import Iterator
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

    def pass_on(self, event: SpeechEvent) -> Iterator[SpeechEvent]:
        """What the listener gets for an event. Raises BadAudio."""
        try:
            yield from self._pass_on(event)
        except AudioError as error:
            failure = BadAudio(str(error), task_id=self._task_id)
        else:
            return
        raise failure

    def _pass_on(self, event: SpeechEvent) -> Iterator[SpeechEvent]:
        if isinstance(event, Audio):
            yield from self._audio(event)
            return
        if isinstance(event, Started):
            self._task, self._task_id = event.task, event.task_id
        elif isinstance(event, Finished):
            yield from self._end_task()
            event = replace(event, audio_seconds=self._joiner.seconds - self._seconds)
            self._seconds = self._joiner.seconds
            self.finished.append(event)
        elif isinstance(event, Summary):
            yield from self.close()
            event = replace(event, tasks=tuple(self.finished))
        yield event

    def _audio(self, event: Audio) -> Iterator[Audio]:
        if not self._open:
            self._joiner.begin_task()
            self._open = True
        data = self._joiner.feed(event.data)
        if not self._joined:
            yield event
        elif data:
            yield event if data is event.data else Audio(event.task, data)

    def _end_task(self) -> Iterator[Audio]:
        if self._open:
            self._open = False
            yield from self._more(self._joiner.end_task())

    def close(self) -> Iterator[Audio]:
        """The end of the joined audio, also after an error."""
        self._open = False
        yield from self._more(self._joiner.close())

    def _more(self, data: bytes) -> Iterator[Audio]:
        if data and self._joined:
            yield Audio(self._task, data)
