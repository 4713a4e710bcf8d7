"""Reading, splitting, mending and comparing SSML: seconds for a megabyte.

Run ``python tests/benchmarks/ssml.py``.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from ttsprep.ssml.comparing import diff
from ttsprep.ssml.fixing import fix
from ttsprep.ssml.hearing import heard
from ttsprep.ssml.splitting import split
from ttsprep.ssml.spoken import text

MIXED = (
    '今天天气很好。<break time="500ms"/>我们去<sub alias="World Wide Web">WWW</sub>看看，Hello &amp; welcome. '
    '<say-as interpret-as="date">2026-11-22</say-as>。'
)
DOCUMENTS = {
    "usual": f'<speak rate="1.2">{MIXED * 5_000}</speak>',
    "many roots": "<speak>你好。</speak>" * 40_000,
    "commas only": f"<speak>{'一句话，' * 80_000}</speak>",
    "no marks at all": f"<speak>{'字' * 330_000}</speak>",
    "references": f"<speak>{'&amp;' * 200_000}</speak>",
    "breaks": f"<speak>{'a<break/>' * 100_000}</speak>",
}


def reading() -> None:
    """What reads a document for the listener, over documents of about a megabyte."""
    parts: dict[str, Callable[[str], object]] = {
        "heard": heard,
        "text": text,
        "split": split,
        "split at 1,000": lambda ssml: split(ssml, 1_000),
        "fix": fix,
        "diff": lambda ssml: diff(ssml, ssml.replace("好", "坏", 3)),
    }
    print(f"{'s/MB':16}" + "".join(f"{name:>16}" for name in parts))
    for name, ssml in DOCUMENTS.items():
        size = len(ssml.encode()) / 1e6
        figures = [seconds(part, ssml) / size for part in parts.values()]
        print(f"{name:16}" + "".join(f"{figure:16.2f}" for figure in figures))


def seconds(part: Callable[[str], object], ssml: str) -> float:
    """The better time of two."""
    best = float("inf")
    for _ in range(2):
        begun = time.perf_counter()
        part(ssml)
        best = min(best, time.perf_counter() - begun)
    return best


def main() -> None:
    """Print all figures."""
    reading()


if __name__ == "__main__":
    main()
