"""The espeak-ng library through ctypes: text of one language in, samples and word times out.

The library keeps state between calls that no call resets: the same text sounds differently the second time. So every
task loads it anew, and `Espeak.close` takes it out of the process again and says whether that worked.
"""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Any, NamedTuple

from ttsprep.emulator.voice.model import VoiceError

__all__ = ["Espeak", "Spoken"]

# From espeak-ng's speak_lib.h.
_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000
_UTF8 = 1
_PHONEMES = 0x100
_BY_CHARACTER = 1
_RATE, _VOLUME, _PITCH = 1, 2, 3
# The natural volume, 100, cuts off some peaks.
_UNCLIPPED = 75
_WORD_EVENT = 1
_GO_ON = 0


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class Spoken(NamedTuple):
    samples: bytes
    """16-bit mono at the engine's rate."""
    heard: list[tuple[int, int]]
    """(position in the text from 0, sample) where a word begins, as the engine reports it."""


class Espeak:
    """One freshly loaded engine. Raises `VoiceError` where it cannot be had."""

    def __init__(self) -> None:
        try:
            import espeakng_loader
        except ImportError as error:
            raise VoiceError("speech needs espeak-ng", 'pip install "ttsprep[emulator]"') from error
        self._path = espeakng_loader.get_library_path()
        data = espeakng_loader.get_data_path()
        try:
            self._library = ctypes.CDLL(self._path)
        except OSError as error:
            raise VoiceError("the espeak-ng library cannot be loaded", str(error)) from error
        self.sample_rate: int = self._library.espeak_Initialize(_SYNCHRONOUS, 0, os.fsencode(data), _DONT_EXIT)
        if self.sample_rate <= 0:
            raise VoiceError("espeak-ng does not start", f"its data should be in {data}")
        self._samples = bytearray()
        self._heard: list[tuple[int, int]] = []
        # The library keeps only the address: the object must live as long as the engine.
        self._callback = _Callback(self._take)
        self._library.espeak_SetSynthCallback(self._callback)

    def _take(self, wave: Any, count: int, events: Any) -> int:
        index = 0
        while events[index].type:
            event = events[index]
            if event.type == _WORD_EVENT:
                self._heard.append((event.text_position - 1, event.sample))
            index += 1
        if wave and count > 0:
            self._samples += ctypes.string_at(wave, count * 2)
        return _GO_ON

    def use(self, voice: str, words_per_minute: int, pitch: int) -> None:
        """Speak with this voice, speed (80 to 450) and pitch (0 to 100, natural 50) from now on."""
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise VoiceError(f"espeak-ng has no voice {voice!r}")
        self._library.espeak_SetParameter(_RATE, words_per_minute, 0)
        self._library.espeak_SetParameter(_PITCH, pitch, 0)
        self._library.espeak_SetParameter(_VOLUME, _UNCLIPPED, 0)

    def speak(self, text: str, *, phonemes: bool = False) -> Spoken:
        """The sound of a text of one language, in which ``[[…]]`` may hold mnemonics of phonemes."""
        # The engine takes text up to the first NUL.
        data = text.replace("\0", " ").encode("utf-8", "replace")
        self._samples.clear()
        self._heard.clear()
        flags = _UTF8 | _PHONEMES if phonemes else _UTF8
        status = self._library.espeak_Synth(data, len(data) + 1, 0, _BY_CHARACTER, 0, flags, None, None)
        if status != 0:
            raise VoiceError(f"espeak-ng refuses a text with status {status}", repr(text[:80]))
        return Spoken(bytes(self._samples), list(self._heard))

    def close(self) -> bool:
        """Stop, and take the library out of the process; False if it stays and keeps its state."""
        self._library.espeak_Terminate()
        handle = self._library._handle
        del self._library
        return _unload(handle, self._path)


def _unload(handle: int, path: str) -> bool:
    import _ctypes

    if sys.platform == "win32":
        _ctypes.FreeLibrary(handle)
        return not ctypes.windll.kernel32.GetModuleHandleW(path)
    _ctypes.dlclose(handle)
    try:
        ctypes.CDLL(path, mode=os.RTLD_NOLOAD)
    except OSError:
        return True
    return False
