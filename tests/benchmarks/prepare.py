"""`prepare` and its stages on 200,000 counted characters of Markdown, beside plain markdown-it rendering to HTML.

Run ``python tests/benchmarks/prepare.py``.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial

from markdown_it import MarkdownIt

from ttsprep import MarkdownStream, Source, TaskSettings, prepare, split, strip
from ttsprep.counting import count
from ttsprep.payloads import build

ROUNDS = 7
SIZE = 200_000

CHINESE = """## 第{n}节 圆周率的历史

圆周率约等于 **3.14159**，古人用“周三径一”来估算。*刘徽*用割圆术算到 3.1416；[祖冲之](https://example.com/zu)更进一步……
他说：“精确到小数点后七位！”这在当时领先了 `900` 年。

1. 先画一个圆
2. 再作内接正六边形
   - 每次把边数加倍
   - 面积逐渐逼近

| 年代 | 人物 | 结果 |
|------|------|------|
| 263 | 刘徽 | 3.1416 |
| 480 | 祖冲之 | 3.1415926 |

> 割之弥细，所失弥少。割之又割，以至于不可割，则与圆周合体而无所失矣。

"""

ENGLISH = """## Step {n}: reading the answer

Sure! Here's a **short** summary of the paper by Dr. Smith et al. (2024): it costs $3.50 per run, *i.e.* 15.7% less.
See [the site](https://example.com/a) or run `pip install x==1.2.3` first.

- First, open the file
- Then, call `main()` — it returns 0
- Finally, check the output

```python
print("not spoken")
```

"""


def document(block: str) -> str:
    return "".join(block.replace("{n}", str(n)) for n in range(1, 1 + SIZE // count(block)))


def milliseconds(call: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def stream(text: str, size: int) -> None:
    stripper = MarkdownStream()
    for at in range(0, len(text), size):
        stripper.feed(text[at : at + size])
    stripper.close()


def main() -> None:
    settings, render = TaskSettings(), MarkdownIt("commonmark").enable("table").render
    for name, block in (("Chinese", CHINESE), ("English", ENGLISH)):
        text = document(block)
        source, megabytes = Source(text, "script.md"), len(text.encode()) / 1e6
        stripped = strip(source)[0]
        segments = split(stripped)
        html = milliseconds(partial(render, text))
        print(f"{name}: {count(text):,} counted characters, {megabytes:.2f} MB")
        stages: dict[str, Callable[[], object]] = {
            "markdown-it to HTML": partial(render, text),
            "prepare": partial(prepare, source, settings),
            "  strip": partial(strip, source),
            "  split": partial(split, stripped),
            "  build": partial(build, segments, settings),
            "strip, in chunks of 1,000": partial(stream, text, 1_000),
        }
        for stage, call in stages.items():
            took = milliseconds(call)
            print(f"  {stage:26} {took:7.1f} ms  {megabytes / took * 1000:6.1f} MB/s  {took / html:5.2f} x HTML")


if __name__ == "__main__":
    main()
