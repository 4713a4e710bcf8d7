"""`strip` beside renderers and strippers of Markdown: megabytes of UTF-8 a second, and the ratio to mistune.

Run ``python -m tests.benchmarks.markdown [FILE or FOLDER…]``. Times are of the processor, the best of several rounds in
turns. The others make HTML or text and keep no positions; `strip` maps every character to its source. Measured over
model answers and notes made here (words are drawn, so that no cache of sentences helps), those of the stream benchmark,
the examples of the folder TTSPREP_CASES or ../shared/cases where there is one, and what is named.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.benchmarks import stream
from ttsprep import MarkdownOptions, strip
from ttsprep.markdown import Formulas

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("TTSPREP_CASES") or ROOT.parent / "shared" / "cases")
ROUNDS = 7
SIZE = 250_000
"""How many bytes of each kind of text are made."""

ENGLISH_WORDS = """
a able about above across action add after again against age all almost along also always amount and another any
application area around ask back base be become before begin behind below between block both bring browser build
but by cache call can case cause change check choose class clear client close code column come common compare
connection consider container control copy cost could count create current data database deal default depend
design detail different do down during each early easy edge effect either end enough error even every example
expect explain fail fast feature few field file find first fit follow for form free from full function general
get give go good great group grow hand happen hard have help here high hold how however if important in increase
input instead into issue it item job just keep key kind know large last later layer lead learn leave less let
level library like limit line list little load local log long look loop low machine main make many match mean
measure memory message method might model more most move much must name need network never new next node not
note now number object of off often old on once one only open option or order other our out over own page part
pass path pattern people perform place plan point pool possible power problem process product provide put query
question queue quick rather read real reason record reduce request require response rest result return right
rule run same save scale schedule second see send server service set several share short should show side simple
since single size small so some source space speed stage start state step still stop store such support system
table take task team term test than that the their them then there these they thing think this thread through
time to together tool total track traffic true try turn type under unit until up update use user usually value
version view wait want way we well what when where which while who why will with without word work worker would
write year you your
"""
CHINESE_WORDS = """
我们 可以 需要 如果 因此 所以 但是 并且 或者 首先 其次 最后 同时 例如 比如 通常 一般 可能 必须
应该 数据 系统 问题 方法 结果 过程 用户 服务 请求 响应 时间 内存 文件 函数 变量 参数 代码 程序
线程 进程 网络 接口 数据库 查询 索引 缓存 消息 队列 任务 状态 配置 版本 测试 部署 环境 性能
优化 设计 结构 模型 训练 学习 分析 处理 计算 存储 读取 写入 更新 删除 创建 使用 选择 比较 判断
考虑 解决 实现 提高 降低 增加 减少 保证 支持 影响 导致 包括 属于 成为 存在 出现 发生 进行 完成
开始 结束 继续 停止 简单 复杂 重要 主要 常见 不同 相同 正确 错误 有效 安全 稳定 快速 准确 完整
直接 一个 两种 这个 那些 每次 所有 部分 其他 自己 大家 今天 明天 历史 文化 经济 社会 生活 工作
健康 教育 科学 技术 发展 变化 原因 目标 条件 关系 特点 优势 步骤 建议 说明 内容 方式 情况 能力
机会 经验 知识 理论 实际
"""
NOTES_WORDS = """
函数 区间 连续 可导 极限 收敛 级数 积分 导数 向量 矩阵 特征值 行列式 线性 空间 子空间 基 维数
映射 定理 引理 证明 推论 假设 由此 因为 所以 于是 满足 存在 任意 使得 其中 记作 定义 性质 条件
充分 必要 当且仅当 唯一 有界 单调 递增 递减 最大值 最小值 概率 随机变量 期望 方差 独立 分布 样本
估计 方程 解 根 多项式 系数 次数 整除 质数 集合 元素 映到 等价 归纳 反证 不妨设 容易 验证 注意
可知 同理
"""


ENGLISH, CHINESE, NOTES = ENGLISH_WORDS.split(), CHINESE_WORDS.split(), NOTES_WORDS.split()


class Script:
    """How one language writes its sentences."""

    def __init__(self, words: list[str], gap: str, comma: str, stop: str) -> None:
        self.words, self.gap, self.comma, self.stop = words, gap, comma, stop

    def phrase(self, pick: random.Random, least: int = 2, most: int = 9) -> str:
        return self.gap.join(pick.choices(self.words, k=pick.randint(least, most)))

    def sentence(self, pick: random.Random, marks: float) -> str:
        """One to three clauses; so many of them end in something marked up."""
        clauses = [self.phrase(pick, 4, 12) for _ in range(pick.randint(1, 3))]
        clauses = [f"{c}{self.gap}{self._mark(pick)}" if pick.random() < marks else c for c in clauses]
        return self.comma.join(clauses).capitalize() + self.stop

    def _mark(self, pick: random.Random) -> str:
        text = self.phrase(pick, 1, 3)
        address = f"https://example.com/{pick.choice(ENGLISH)}/{pick.randrange(1000)}"
        kinds = (f"**{text}**", f"**{text}**", f"`{pick.choice(ENGLISH)}_{pick.choice(ENGLISH)}()`", f"*{text}*")
        return pick.choice((*kinds, f"`{pick.choice(ENGLISH)}`", f"[{text}]({address})", str(pick.randrange(5000))))

    def paragraph(self, pick: random.Random, sentences: int, marks: float) -> str:
        end = "" if self.gap else "\n" * (pick.random() < 0.1)
        return (self.gap + end).join(self.sentence(pick, marks) for _ in range(sentences))


SCRIPTS = Script(ENGLISH, " ", ", ", "."), Script(CHINESE, "", "，", "。")
IN_NOTES = Script(NOTES, "", "，", "。")


def answer(pick: random.Random, script: Script, marks: float = 0.25) -> str:
    """A model's answer: an opening, then sections of paragraphs and of lists, tables or code."""
    blocks = [script.paragraph(pick, pick.randint(1, 3), marks)]
    for number in range(1, pick.randint(3, 6)):
        blocks += [f"## {number}. {script.phrase(pick, 2, 5)}", script.paragraph(pick, pick.randint(2, 4), marks)]
        kind = pick.random()
        if kind < 0.55:
            blocks.append(_list(pick, script, marks, ordered=kind < 0.25))
        elif kind < 0.65:
            rows = [[script.phrase(pick, 1, 3) for _ in range(3)] for _ in range(pick.randint(3, 6))]
            rows.insert(1, ["---"] * 3)
            blocks.append("\n".join(f"| {' | '.join(row)} |" for row in rows))
        elif kind < 0.75:
            lines = [
                f"    {pick.choice(ENGLISH)} = {pick.choice(ENGLISH)}({number})" for _ in range(pick.randint(2, 8))
            ]
            blocks.append("\n".join(("```python", f"def {pick.choice(ENGLISH)}():", *lines, "```")))
        else:
            blocks.append(script.paragraph(pick, pick.randint(1, 4), marks))
    return "\n\n".join(blocks)


def _list(pick: random.Random, script: Script, marks: float, *, ordered: bool) -> str:
    items = []
    for number in range(1, pick.randint(4, 8)):
        items.append(f"{number}." if ordered else "-")
        items[-1] += f" **{script.phrase(pick, 1, 3)}**: {script.paragraph(pick, pick.randint(1, 2), marks)}"
        items += [f"   - {script.sentence(pick, marks)}" for _ in range(pick.randint(1, 3)) if pick.random() < 0.2]
    return "\n".join(items)


def formula(pick: random.Random) -> str:
    letter = partial(pick.choice, "abcfghknpqrstuvxyz")
    return pick.choice(
        (
            f"{letter()} = {letter()}^2 + {pick.randrange(2, 99)}",
            rf"\{pick.choice(('alpha', 'xi', 'lambda', 'varepsilon'))} > 0",
            f"{letter()}_{{{letter()}}}",
            rf"{letter()}({letter()}) \le \frac{{{letter()}}}{{{pick.randrange(2, 9)}}}",
            rf"\lim_{{n\to\infty}} {letter()}_n",
            rf"{letter()} \in [a, b]",
        )
    )


def notes(pick: random.Random) -> str:
    """A page of mathematics: an inline formula for about 150 bytes, a display formula for about 820."""
    blocks = [f"## {pick.randint(1, 9)}.{pick.randint(1, 9)} {IN_NOTES.phrase(pick, 2, 4)}"]
    for _ in range(pick.randint(3, 6)):
        texts = [IN_NOTES.sentence(pick, 0.04) for _ in range(6)]
        texts[1:] = [f"{text[:-1]} ${formula(pick)}$ {text[-1]}" for text in texts[1:]]
        display = f"$$\n{formula(pick)} = \\int_a^b {formula(pick)}\\,dx\n$$"
        blocks += ["".join(texts[:3]), display, f"**{pick.choice(('证明', '例', '注意'))}：**" + "".join(texts[3:])]
    return "\n\n".join(blocks)


def made(make: Callable[[random.Random], str]) -> str:
    """As much of it as `SIZE` says, always the same."""
    pick, texts, size = random.Random(1), [], 0
    while size < SIZE:
        texts.append(make(pick))
        size += len(texts[-1].encode())
    return "\n\n".join(texts)


def corpora(named: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for name, script in zip(("English", "Chinese"), SCRIPTS, strict=True):
        yield f"{name} answers", made(partial(answer, script=script))
    yield "Chinese mathematics", made(notes)
    for name, sentences in (("English", stream.ENGLISH), ("Chinese", stream.CHINESE)):
        answers = [stream.answer(seed, sentences) for seed in range(150)]
        yield f"{name}, as for streams", "\n\n".join(answers)
    specification = SHARED / "markdown" / "commonmark-spec.json"
    if specification.exists():
        cases = json.loads(specification.read_text("utf-8"))
        yield "CommonMark examples", "\n\n".join(case["markdown"] for case in cases) * 10
    for path in named:
        paths = sorted(path.rglob("*.md")) if path.is_dir() else [path]
        yield path.name, "\n\n".join(path.read_text("utf-8") for path in paths)


def readers() -> Iterator[tuple[str, Callable[[str], Any]]]:
    """`strip` and whatever else is installed."""
    yield "strip, formulas as they stand", partial(strip, options=MarkdownOptions(formulas=Formulas.SERVICE))
    yield "strip", strip
    makes: dict[str, Callable[[Any], Callable[[str], Any]]] = {
        "mistune": lambda module: module.create_markdown(plugins=["table", "strikethrough"]),
        "markdown_it": lambda module: module.MarkdownIt().enable(["table", "strikethrough"]).render,
        "markdown": lambda module: partial(module.markdown, extensions=["tables"]),
        "pyromark": lambda module: module.html,
        "strip_markdown": lambda module: module.strip_markdown,
    }
    for name, make in makes.items():
        try:
            yield name, make(import_module(name))
        except ImportError:
            continue
    try:
        render, to_text = makes["mistune"](import_module("mistune")), import_module("html2text").html2text
        yield "mistune + html2text", lambda text: to_text(render(text))
    except ImportError:
        return


def best(runs: dict[str, Callable[[], Any]]) -> dict[str, float]:
    """Seconds of the fastest round of each, in turns."""
    found = dict.fromkeys(runs, float("inf"))
    for _ in range(ROUNDS):
        for name, run in runs.items():
            begun = time.thread_time()
            run()
            found[name] = min(found[name], time.thread_time() - begun)
    return found


def main() -> None:
    others = dict(readers())
    for name, text in corpora(map(Path, sys.argv[1:])):
        size = len(text.encode())
        print(f"{name}, {size / 1000:.0f} kB{'':20} MB/s   x mistune")
        seconds = best({reader: partial(read, text) for reader, read in others.items()})
        for reader, time_taken in seconds.items():
            ratio = f"{seconds['mistune'] / time_taken:8.2f}" if "mistune" in seconds else ""
            print(f"    {reader:30} {size / time_taken / 1e6:8.2f} {ratio}")


if __name__ == "__main__":
    main()
