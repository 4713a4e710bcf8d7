"""Fixes: what is heard stays, files stay what they are."""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttsprep.lint.cache import Cache
from ttsprep.lint.fixing import fix, heard
from ttsprep.lint.linting import default_configuration, lint_file
from ttsprep.lint.model import Kind
from ttsprep.lint.running import Job, Mending, Outcome, work
from ttsprep.source import Source

NAMES = {Kind.MARKDOWN: "a.md", Kind.TEXT: "a.txt", Kind.SSML: "a.ssml"}
PIECES = (
    "你好", "Hello, world", "。", ". ", " ", "\n", "\r\n", "\n\n", "    ", "**", "`", "# ", "- ", "&", "<", ">",
    "</sub>", "<speak>", "</speak>", '<break time="0.5s">', "<break time='100ms'/>",
    "$a ≈ 3$", "\u200b", "\ufeff", "ＡＢ", "（", ")",
    "<!-- ttsprep: ignore[SSM014] why -->", "<!-- ttsprep: ignore[MDN004, SSM016] -->", "<!-- ttsprep: ignore-end -->",
    "| a | b |\n|---|---|\n", "[x](y)", "![](z)", "\t", "3.14", "😀", "「", "\x07", "...", "！！", "——",
)  # fmt: skip
DOCUMENTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@given(DOCUMENTS, st.sampled_from(sorted(NAMES)))
def test_safe_fixes_never_change_what_is_heard(text: str, kind: Kind) -> None:
    source = Source(text, NAMES[kind])
    configuration = default_configuration()
    fixed = Source(fix(source, configuration).text, NAMES[kind])
    assert heard(lint_file(fixed, configuration)) == heard(lint_file(source, configuration))


@given(DOCUMENTS, st.sampled_from(sorted(NAMES)), st.booleans())
def test_a_second_run_finds_nothing_to_mend(text: str, kind: Kind, unsafe: bool) -> None:
    once = fix(Source(text, NAMES[kind]), default_configuration(), unsafe=unsafe)
    if sum(once.by_rule.values()) < 20:  # a run ends after so many rounds
        again = fix(Source(once.text, NAMES[kind]), default_configuration(), unsafe=unsafe)
        assert again.text == once.text


def test_an_unused_suppression_goes_with_its_line() -> None:
    text = "One.\n\n<!-- ttsprep: ignore[SSM014] old -->\nTwo. <!-- ttsprep: ignore[SSM014] old -->\n"
    assert fix(Source(text, "a.md"), default_configuration()).text == "One.\n\nTwo. \n"


def test_a_suppression_that_parts_two_paragraphs_stays() -> None:
    text = "One\n<!-- ttsprep: ignore[SSM014] old -->\ntwo\n"
    fixed = fix(Source(text, "a.md"), default_configuration())
    assert (fixed.text, fixed.applied) == (text, 0)


def test_one_of_several_rules_goes_from_the_list() -> None:
    text = "<speak>你好。</sub><!-- ttsprep: ignore[SSM010, SSM014, SSM016] why --></speak>"
    fixed = fix(Source(text, "a.ssml"), default_configuration())
    assert fixed.text == "<speak>你好。</sub><!-- ttsprep: ignore[SSM014] why --></speak>"


def mend(path: Path, *, write: bool = True, unsafe: bool = False) -> Outcome:
    return work(Job(str(path), default_configuration(), Mending(unsafe, write)), Cache(None))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_mark_line_endings_and_permissions_stay(tmp_path: Path, ending: str, mark: bytes) -> None:
    path = tmp_path / "a.ssml"
    path.write_bytes(mark + f"<speak>{ending}Q&A{ending}</speak>{ending}".encode())
    path.chmod(0o640)
    outcome = mend(path)
    assert path.read_bytes() == mark + f"<speak>{ending}Q&amp;A{ending}</speak>{ending}".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert outcome.mended == {"SSM015": 1}


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.ssml").write_text("<speak>Q&A</speak>", "utf-8")
    link = tmp_path / "a.ssml"
    link.symlink_to("real.ssml")
    mend(link)
    assert link.is_symlink()
    assert (tmp_path / "real.ssml").read_text("utf-8") == "<speak>Q&amp;A</speak>"


def test_nothing_is_written_where_only_a_diff_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "a.ssml"
    path.write_text("<speak>Q&A</speak>", "utf-8")
    outcome = mend(path, write=False)
    assert path.read_text("utf-8") == "<speak>Q&A</speak>"
    assert outcome.after is not None and outcome.after.text == "<speak>Q&amp;A</speak>"


def test_a_file_that_changed_meanwhile_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ttsprep.lint import fixing

    path = tmp_path / "a.ssml"
    path.write_text("<speak>Q&A</speak>", "utf-8")
    real = fixing.fix

    def meanwhile(*args: object, **kwargs: object) -> fixing.Fixed:
        path.write_text("<speak>somebody was here</speak>", "utf-8")
        return real(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(fixing, "fix", meanwhile)
    outcome = mend(path)
    assert outcome.results[0].error == "changed while it was being mended: nothing was written"
    assert path.read_text("utf-8") == "<speak>somebody was here</speak>"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "a.ssml"
    path.write_text("<speak>Q&A</speak>", "utf-8")
    tmp_path.chmod(0o500)
    try:
        assert mend(path).results[0].error.startswith("cannot be written: ")
    finally:
        tmp_path.chmod(0o700)


def test_a_file_in_another_encoding_stays_in_it(tmp_path: Path) -> None:
    from ttsprep.lint.configuration import load

    path = tmp_path / "a.ssml"
    path.write_bytes("<speak>你好 Q&A</speak>".encode("utf-16"))
    configuration = load(tmp_path, {"encoding": ("--encoding", "utf-16")}, isolated=True).configuration
    assert configuration is not None
    work(Job(str(path), configuration, Mending()), Cache(None))
    assert path.read_bytes() == "<speak>你好 Q&amp;A</speak>".encode("utf-16")
