"""SSML: the checker against lxml, and what reads, splits, mends and compares against the checker.

Run ``python tests/benchmarks/ssml.py``. Times are of the processor, medians where two things are compared; what is
compared runs in turns.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import partial
from statistics import median

from lxml import etree

from ttsprep.ssml import diff, fix, heard, split, text, validate
from ttsprep.ssml.grammar import rng_path

SIZE = 20_000
ROUNDS = 41
HAN = "今天的天气非常好我们一起去公园散步吧然后回家做饭吃完饭看一本书再睡觉"
LATIN = "The quick brown fox jumps over the lazy dog near the river bank. "
FAULTS = ("<brake/>", "&", '<break time="0.5s"/>', "<sub>x</sub>", '<prosody rate="1">x</prosody>')
MIXED = (
    '今天天气很好。<break time="500ms"/>我们去<sub alias="World Wide Web">WWW</sub>看看，Hello &amp; welcome. '
    '<say-as interpret-as="date">2026-11-22</say-as>。'
)


# --- the checker


def article(size: int, *, distinct: bool = False, faults: int = 0) -> str:
    """A document of so many characters, half Chinese, with a tag for about 65 of them; always the same one."""
    rng = random.Random(1)
    parts, length = ['<speak rate="1.1" volume="60">'], 0
    while length < size:
        chinese = "".join(rng.choices(HAN, k=34)) + "。"
        parts += [chinese, _element(rng, distinct), LATIN[:35]]
        length += sum(map(len, parts[-3:]))
    for _ in range(faults):
        parts.insert(rng.randrange(1, len(parts)), rng.choice(FAULTS))
    return "".join([*parts, "</speak>"])


def _element(rng: random.Random, distinct: bool) -> str:
    """One of five, with values of its own or with usual ones."""
    length, alias = (rng.randrange(50, 10_000), rng.randrange(1_000)) if distinct else (500, 3)
    return rng.choice(
        (
            f'<break time="{length}ms"/>',
            '<break time="1s"/>',
            '<phoneme alphabet="py" ph="dian3 dang4 hang2">典当行</phoneme>',
            f'<sub alias="第{alias}">W3C</sub>',
            f'<say-as interpret-as="digits">{rng.randrange(10_000)}</say-as>',
        )
    )


def checking() -> None:
    """The full report on a document against parsing it and validating it with lxml; the latter knows no faults."""
    schema = etree.RelaxNG(etree.parse(str(rng_path())))
    print(f"{f'{SIZE:,} characters':24}{'tags':>6}{'lxml ms':>10}{'check ms':>10}{'ratio':>8}")
    for faults in (0, 30):
        for name, distinct in (("repetitive", False), ("all tags different", True)):
            ours = article(SIZE, distinct=distinct, faults=faults)
            theirs = article(SIZE, distinct=distinct).encode()
            assert _with_lxml(schema, theirs)
            slow, fast = in_turns(partial(_with_lxml, schema, theirs), partial(validate, ours))
            label = f"{name}, {faults} faults" if faults else name
            print(f"{label:24}{ours.count('<'):6}{slow * 1e3:10.2f}{fast * 1e3:10.2f}{fast / slow:8.2f}")


def _with_lxml(schema: etree.RelaxNG, document: bytes) -> bool:
    return bool(schema.validate(etree.fromstring(document)))


def growing() -> None:
    """Seconds for a megabyte: the same for any size, if time is linear."""
    print(f"\n{'check, s/MB':24}" + "".join(f"{f'{size} MB':>10}" for size in (1, 2, 4, 10)))
    for name, distinct, faults in (("repetitive", False, 0), ("all tags different", True, 0), ("30 faults", False, 30)):
        figures = []
        for size in (1, 2, 4, 10):
            ssml = article(size * 500_000, distinct=distinct, faults=faults)
            figures.append(seconds(partial(validate, ssml)) / len(ssml.encode()) * 1e6)
        print(f"{name:24}" + "".join(f"{figure:10.3f}" for figure in figures))


# --- what reads a document for the listener

DOCUMENTS = {
    "usual": f'<speak rate="1.2">{MIXED * 5_000}</speak>',
    "many roots": "<speak>你好。</speak>" * 40_000,
    "commas only": f"<speak>{'一句话，' * 80_000}</speak>",
    "no marks at all": f"<speak>{'字' * 330_000}</speak>",
    "references": f"<speak>{'&amp;' * 200_000}</speak>",
    "breaks": f"<speak>{'a<break/>' * 100_000}</speak>",
}
PARTS: dict[str, Callable[[str], object]] = {
    "check": validate,
    "heard": heard,
    "text": text,
    "split": split,
    "split at 1,000": lambda ssml: split(ssml, 1_000),
    "fix": fix,
    "diff": lambda ssml: diff(ssml, ssml.replace("好", "坏", 3)),
}


def reading() -> None:
    """Seconds for a megabyte, over documents of about that size."""
    print(f"\n{'s/MB':16}" + "".join(f"{name:>16}" for name in PARTS))
    for name, ssml in DOCUMENTS.items():
        size = len(ssml.encode()) / 1e6
        figures = [seconds(partial(part, ssml)) / size for part in PARTS.values()]
        print(f"{name:16}" + "".join(f"{figure:16.3f}" for figure in figures))


# --- time


def timed(action: Callable[[], object]) -> float:
    begun = time.process_time()
    action()
    return time.process_time() - begun


def seconds(action: Callable[[], object]) -> float:
    """The better time of two."""
    return min(timed(action), timed(action))


def in_turns(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    """The median times of two actions."""
    pairs = [(timed(first), timed(second)) for _ in range(ROUNDS)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def main() -> None:
    """Print all figures."""
    checking()
    growing()
    reading()


if __name__ == "__main__":
    main()
