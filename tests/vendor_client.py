"""What the vendor's client does and gets, as JSON: ``python vendor_client.py SCENARIO URL AUDIO-FILE``.

A program of its own: it warns when it is imported, keeps threads, and sets things that belong to the whole process.
"""

from __future__ import annotations

import json
import sys
import threading
import warnings
from pathlib import Path
from typing import Any

warnings.simplefilter("ignore")

import dashscope  # noqa: E402
from dashscope.audio.tts_v2 import AudioFormat, ResultCallback, SpeechSynthesizer  # noqa: E402

TEXT = "你好，世界。今天天气很好。Hello there, my friend."
MODEL, VOICE = "cosyvoice-v3-flash", "longanyang"


class Listener(ResultCallback):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.audio: list[bytes] = []
        self.events: list[Any] = []
        self.calls: list[str] = []
        self.done = threading.Event()

    def on_open(self) -> None:
        self.calls.append("open")

    def on_complete(self) -> None:
        self.calls.append("complete")
        self.done.set()

    def on_error(self, message: str) -> None:
        self.calls.append("error")
        self.events.append(json.loads(message))
        self.done.set()

    def on_close(self) -> None:
        self.calls.append("close")

    def on_event(self, message: str) -> None:
        self.events.append(json.loads(message))

    def on_data(self, data: bytes) -> None:
        self.audio.append(data)


def synthesizer(url: str, **options: Any) -> Any:
    return SpeechSynthesizer(**{"model": MODEL, "voice": VOICE, "url": url, **options})


def call(url: str) -> tuple[bytes, Any]:
    client = synthesizer(url)
    return client.call(TEXT), client.get_response()


def call_in_wav(url: str) -> tuple[bytes, Any]:
    client = synthesizer(url, format=AudioFormat.WAV_16000HZ_MONO_16BIT, speech_rate=1.5, volume=80)
    return client.call(TEXT), client.get_response()


def call_in_opus(url: str) -> tuple[bytes, Any]:
    client = synthesizer(url, format=AudioFormat.OGG_OPUS_24KHZ_MONO_32KBPS)
    return client.call(TEXT), client.get_response()


def streaming(url: str) -> tuple[bytes, Any]:
    listener = Listener()
    client = synthesizer(url, callback=listener)
    for piece in ("你好，世", "界。今天天气", "很好。Hello there, ", "my friend."):
        client.streaming_call(piece)
    client.streaming_complete()
    return b"".join(listener.audio), {"calls": listener.calls, "events": listener.events}


def callback(url: str) -> tuple[bytes, Any]:
    listener = Listener()
    synthesizer(url, callback=listener).call(TEXT)
    listener.done.wait(20)
    return b"".join(listener.audio), {"calls": listener.calls, "events": listener.events}


def flush_and_cancel(url: str) -> tuple[bytes, Any]:
    listener = Listener()
    client = synthesizer(url, callback=listener)
    client.streaming_call("没有句号的话")
    client.streaming_flush()
    for _ in range(200):
        if listener.audio:
            break
        threading.Event().wait(0.02)
    client.streaming_call("这句不要说了")
    client.streaming_cancel()
    return b"".join(listener.audio), {"calls": listener.calls, "events": listener.events}


def words(url: str) -> tuple[bytes, Any]:
    listener = Listener()
    client = synthesizer(url, callback=listener, additional_params={"word_timestamp_enabled": True})
    client.streaming_call(TEXT)
    client.streaming_complete()
    return b"".join(listener.audio), listener.events


def ssml(url: str) -> tuple[bytes, Any]:
    client = synthesizer(url)
    return client.call('<speak>你好，<break time="1s"/>世界。</speak>'), client.get_response()


def wrong_voice(url: str) -> tuple[bytes, Any]:
    try:
        synthesizer(url, voice="longxiaochun_v2").call(TEXT)
    except Exception as error:
        return b"", {"type": type(error).__name__, "text": str(error)}
    return b"", None


def main() -> None:
    scenario, url, file = sys.argv[1:]
    dashscope.api_key = "sk-0123456789abcdef"
    audio, facts = globals()[scenario](url)
    Path(file).write_bytes(audio)
    print(json.dumps(facts))


if __name__ == "__main__":
    main()
