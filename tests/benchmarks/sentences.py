"""Where sentences end: how often right, how fast, how soon; beside other splitters where they are installed.

Run ``python tests/benchmarks/sentences.py``. Development sets, golden and hard cases are read from the folder that
TTSPREP_CASES names, or ../shared/cases. Peers: pysbd, sentencex, blingfire, syntok, stream2sentence and the
sentencizer of spaCy. A boundary is the number of visible characters before it, the last of a document does not count.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import re
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from ttsprep.sentences import Options, SentenceStream, _signs, split

ROOT = Path(__file__).resolve().parents[2]
CASES = Path(os.environ.get("TTSPREP_CASES") or ROOT.parent / "shared" / "cases") / "sentences"
ROUNDS = 5
SETS = (
    "en_ewt", "zh_gsdsimp", "ja_gsd", "ko_gsd", "fr_gsd", "de_gsd", "ru_gsd", "pt_gsd", "id_gsd", "vi_vtbdetok",
    "th_tud",
)  # fmt: skip

Splitter: TypeAlias = Callable[[str, str], Iterable[str]]
"""A text and its language → its sentences."""


# --- peers


def _pysbd() -> Splitter:
    pysbd = importlib.import_module("pysbd")
    known = set(importlib.import_module("pysbd.languages").LANGUAGE_CODES)
    segmenter = functools.cache(lambda language: pysbd.Segmenter(language=language, clean=False))
    return lambda text, language: segmenter(language if language in known else "en").segment(text)


def _sentencex() -> Splitter:
    sentencex = importlib.import_module("sentencex")
    return lambda text, language: sentencex.segment(language, text)


def _blingfire() -> Splitter:
    blingfire = importlib.import_module("blingfire")
    return lambda text, _: blingfire.text_to_sentences(text).split("\n")


def _syntok() -> Splitter:
    segmenter = importlib.import_module("syntok.segmenter")

    def sentences(text: str, _: str) -> Iterator[str]:
        for paragraph in segmenter.analyze(text):
            yield from ("".join(token.spacing + token.value for token in sentence) for sentence in paragraph)

    return sentences


def _stream2sentence() -> Splitter:
    peer = importlib.import_module("stream2sentence")
    given = {"minimum_sentence_length": 1, "minimum_first_fragment_length": 1, "cleanup_text_links": False}
    return lambda text, _: peer.generate_sentences([text], **given)


def _spacy() -> Splitter:
    spacy = importlib.import_module("spacy")

    @functools.cache
    def pipeline(language: str) -> Any:
        made = spacy.blank(language if language in ("en", "fr", "de", "ru", "pt", "id") else "xx")
        made.add_pipe("sentencizer")
        return made

    return lambda text, language: (sentence.text for sentence in pipeline(language)(text).sents)


PEERS: dict[str, Callable[[], Splitter]] = {
    "pysbd": _pysbd,
    "sentencex": _sentencex,
    "blingfire": _blingfire,
    "syntok": _syntok,
    "stream2sentence": _stream2sentence,
    "spacy": _spacy,
}


def splitters() -> dict[str, Splitter]:
    """Ours without and with the language, and every peer that is installed."""
    found: dict[str, Splitter] = {
        "ttsprep": lambda text, _: split(text).texts(),
        "ttsprep, language": lambda text, language: split(text, language=language).texts(),
    }
    for name, load in PEERS.items():
        try:
            found[name] = load()
        except ImportError:
            print(f"({name} is not installed)")
    return found


# --- accuracy


def boundaries(sentences: Iterable[str]) -> set[int]:
    ends, at = set(), 0
    for sentence in sentences:
        at += len("".join(sentence.split()))
        ends.add(at)
    return ends - {0, at}


def scores(splitter: Splitter, name: str) -> tuple[float, float]:
    """F1 and precision in percent."""
    right = found = gold = 0
    for document in json.loads((CASES / f"{name}-dev.json").read_text("utf-8"))["docs"]:
        text = document["text"]
        want = boundaries(text[start:end] for start, end in document["spans"])
        have = boundaries(splitter(text, name[:2]))
        right, found, gold = right + len(want & have), found + len(have), gold + len(want)
    return 200 * right / (found + gold), 100 * right / max(found, 1)


def accuracy(candidates: dict[str, Splitter]) -> None:
    names = [name for name in SETS if (CASES / f"{name}-dev.json").exists()]
    print(f"{'F1 / precision':19}" + "".join(f"{name[:2]:>11}" for name in names) + f"{'mean (no th)':>14}")
    for label, splitter in candidates.items():
        row = [scores(splitter, name) for name in names]
        mean = statistics.mean(f1 for name, (f1, _) in zip(names, row, strict=True) if name != "th_tud")
        print(f"{label:19}" + "".join(f"{f1:6.1f}/{right:4.0f}" for f1, right in row) + f"{mean:14.2f}")


def passed(splitter: Splitter, cases: Iterable[dict[str, Any]]) -> str:
    done = [
        list(filter(None, map(visible, splitter(case["text"], case["language"]))))
        == list(map(visible, case["expected"]))
        for case in cases
    ]
    return f"{sum(done)}/{len(done)} {100 * sum(done) / len(done):3.0f} %"


def visible(text: str) -> str:
    return "".join(text.split())


def judgements(candidates: dict[str, Splitter]) -> None:
    golden = [case for case in json.loads((CASES / "golden.json").read_text("utf-8")) if not case["rewrites"]]
    hard = json.loads((CASES / "hard.json").read_text("utf-8"))
    groups = {
        code: [case for case in golden if case["language"] == code] for code in ("en", "de", "ru", "ja", "fr", "zh")
    }
    groups["hard"] = hard
    print(f"\n{'golden, hard cases':19}" + "".join(f"{name:>15}" for name in groups))
    for label, splitter in candidates.items():
        print(f"{label:19}" + "".join(f"{passed(splitter, cases):>15}" for cases in groups.values()))


# --- speed


def seconds(call: Callable[[], object], rounds: int = ROUNDS) -> float:
    def once() -> float:
        begun = time.perf_counter()
        call()
        return time.perf_counter() - begun

    return min(once() for _ in range(rounds))


def each(call: Callable[[str], object], texts: Iterable[str]) -> None:
    for text in texts:
        call(text)


def _in(run: Callable[[str, str], object], language: str, text: str) -> object:
    return run(text, language)


def _all(splitter: Splitter, text: str, language: str) -> list[str]:
    return list(splitter(text, language))


def corpus(name: str, size: int) -> list[str]:
    """Documents of a few thousand characters, `size` bytes of them."""
    whole = [document["text"] for document in json.loads((CASES / f"{name}-dev.json").read_text("utf-8"))["docs"]]
    some, text, found, total = iter(whole * 1000), "", list[str](), 0
    while total < size:
        text += next(some) + "\n"
        if len(text) > 4000:
            found.append(text)
            total, text = total + len(text.encode()), ""
    return found


def speed(candidates: dict[str, Splitter]) -> None:
    print("\nMB/s               " + "".join(f"{name[:2]:>8}" for name in SETS))
    rows: dict[str, Callable[[str, str], object]] = {
        "candidates only": lambda text, _: _signs.candidates().findall(text),
        "ttsprep, sequence": lambda text, _: split(text),
        "ttsprep, texts": lambda text, _: split(text).texts(),
    }
    for label, splitter in candidates.items():
        if not label.startswith("ttsprep"):
            rows[label] = partial(_all, splitter)
    texts = {name: corpus(name, 200_000) for name in SETS}
    for label, run in rows.items():
        shown = []
        for name, documents in texts.items():
            rounds = 1 if label in ("pysbd", "stream2sentence") else ROUNDS
            used = documents[:4] if rounds == 1 else documents
            took = seconds(partial(each, partial(_in, run, name[:2]), used), rounds)
            shown.append(sum(len(text.encode()) for text in used) / took / 1e6)
        print(f"{label:19}" + "".join(f"{rate:8.2f}" for rate in shown))
    for sentence in (
        "This is one short sentence of about sixty characters, I think.",
        "今天天气很好，我们一起去公园散步吧。",
    ):
        bare = seconds(partial(each, _signs.candidates().findall, [sentence] * 1000))
        whole = seconds(partial(each, split, [sentence] * 1000))
        print(f"one short sentence: {whole * 1e3:.1f} µs, {whole / bare:.1f} times a bare findall")


ADVERSARIAL = {"dots": ".", "!?": "!?", "5. ": "5. ", "quotes": '"', "Mr. ": "Mr. ", "。”": "。”", "<": "<a", "$": "$a"}


def linear() -> None:
    print("\nadversarial, 250,000 and 1,000,000 characters: seconds, ratio")
    for name, unit in ADVERSARIAL.items():
        short, long = (seconds(partial(split, (unit * size)[:size]), 2) for size in (250_000, 1_000_000))
        print(f"{name:10}{short:8.3f}{long:8.3f}{long / short:6.1f}")


# --- streams

TOKEN = re.compile(r" ?[A-Za-zÀ-ɏЀ-ӿ]{1,8}|[\u0e00-\u0e7f]{1,4}|[\u3040-\u30ff\u4e00-\u9fff]{1,2}|\s?.|\s", re.DOTALL)


def delays(text: str, options: Options) -> Iterator[int]:
    """For each segment, how many tokens came behind the one that held its last visible character."""
    stream, ends, at = SentenceStream(options), list[int](), 0
    for token in TOKEN.findall(text):
        at += len(token)
        ends.append(at)
        for segment in stream.feed(token):
            done = segment.start + len(segment.text.rstrip())
            yield sum(1 for end in reversed(ends[-400:]) if end >= done) - 1


def fed(options: Options, text: str) -> None:
    stream = SentenceStream(options)
    for token in TOKEN.findall(text):
        stream.feed(token)
    stream.close()


def streams() -> None:
    print("\nfed token by token    mean delay   p95   MB/s")
    eager = Options(eager=True)
    ways = [(name, Options()) for name in ("en_ewt", "de_gsd", "zh_gsdsimp", "ja_gsd")]
    for name, options in [*ways, ("zh_gsdsimp", eager), ("ja_gsd", eager)]:
        texts = corpus(name, 150_000)
        found = sorted(delay for text in texts for delay in delays(text, options))
        took = seconds(partial(each, partial(fed, options), texts), 3) - seconds(partial(each, TOKEN.findall, texts), 3)
        rate = sum(len(text.encode()) for text in texts) / took / 1e6
        label = name + (", eager" if options.eager else "")
        print(f"{label:20}{statistics.mean(found):12.2f}{found[len(found) * 95 // 100]:6}{rate:7.2f}")


def main() -> None:
    candidates = splitters()
    accuracy(candidates)
    judgements(candidates)
    speed(candidates)
    linear()
    streams()


if __name__ == "__main__":
    main()
