"""One task, from its sentences to the bytes of its format. Everything here is plain calls, no process, no waiting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ttsprep.emulator.voice.encoders import encoder
from ttsprep.emulator.voice.model import Block, TaskAudio, Word
from ttsprep.emulator.voice.music import Backing
from ttsprep.emulator.voice.pieces import Beep, Music, Piece, Silence, pieces
from ttsprep.emulator.voice.sound import SAMPLE_BYTES, Sound, Timed, Voice, ladder
from ttsprep.emulator.voice.tone import beep
from ttsprep.emulator.voice.utterances import Insertions, Utterance, utterances

__all__ = ["Synthesis"]


class Synthesis:
    """Speaks one task with the voice of a `kind`: ``"speech"`` or ``"tone"``."""

    def __init__(self, audio: TaskAudio, kind: str) -> None:
        self._audio = audio
        self._encoder = encoder(audio)
        self._sample_rate = self._encoder.sample_rate
        self._voice = _voice(kind, audio, self._sample_rate)
        self._backing = Backing(self._sample_rate)
        self._samples = 0

    def say(self, sentence: str | Iterable[Piece]) -> Iterator[Block]:
        """The audio of one sentence; the last block has its words and length."""
        begin, at, words = self._samples, 0, list[Word]()
        for item in utterances(pieces(sentence)):
            if isinstance(item, Music):
                self._backing.volume = item.volume
                continue
            starts, text = self._samples, item.text
            for sound in self._utter(item):
                self._samples += len(sound.samples) // SAMPLE_BYTES
                words += [self._word(text, word, starts, at) for word in sound.words]
                if sound.samples and (data := self._encoder.encode(self._backing.under(sound.samples))):
                    yield Block(data)
            at += len(text)
        length = self._milliseconds(self._samples) - self._milliseconds(begin)
        yield Block(words=tuple(words), milliseconds=length, last=True)

    def _utter(self, utterance: Utterance) -> Iterator[Sound]:
        insertions = Insertions(utterance.inserted, self._sample_rate)
        if utterance.parts:
            self._voice.use(utterance.parts[0].manner(self._audio))
            for sound in self._voice.speak(utterance.parts):
                yield Sound(b"", insertions.place(sound.words))
                for item in insertions.into(sound.samples):
                    yield from (Sound(item, []),) if isinstance(item, bytes) else self._inserted(item)
        for piece in insertions.rest():
            yield from self._inserted(piece)

    def _inserted(self, piece: Silence | Beep) -> Iterator[Sound]:
        samples = round(piece.milliseconds * self._sample_rate / 1000)
        if isinstance(piece, Beep):
            volume = self._audio.volume if piece.volume is None else piece.volume
            yield from (Sound(data, []) for data in beep(samples, self._sample_rate, volume))
            return
        for begin, end in ladder(samples, self._sample_rate):
            yield Sound(bytes((end - begin) * SAMPLE_BYTES), [])

    def _milliseconds(self, samples: float) -> int:
        return round(samples * 1000 / self._sample_rate)

    def _word(self, text: str, word: Timed, begin: int, at: int) -> Word:
        """A word of a text that begins at this sample of the task, and at this code point of its sentence."""
        (start, end), first, last = word
        offset = self._milliseconds
        return Word(
            text[start:end],
            at + start,
            at + end,
            offset(begin + first * self._sample_rate),
            offset(begin + last * self._sample_rate),
        )

    def finish(self) -> bytes:
        """What the encoder still holds; nothing for a task without sound."""
        ending = self._encoder.finish()
        return ending if self._samples else b""

    def close(self) -> bool:
        """Free the voice; False if this process should not make another."""
        return self._voice.close()


def _voice(kind: str, audio: TaskAudio, sample_rate: int) -> Voice:
    if kind == "tone":
        from ttsprep.emulator.voice.tone import Tone

        return Tone(audio, sample_rate)
    if kind == "speech":
        from ttsprep.emulator.voice.speech import Speech

        return Speech(audio, sample_rate)
    raise ValueError(f"a voice is speech or tone, not {kind!r}")
