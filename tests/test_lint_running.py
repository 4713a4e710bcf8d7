"""Many files: which ones, what is wrong with some, several processes, the cache, the command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ttsprep.cli import main
from ttsprep.cli.linting.common import wants_colour
from ttsprep.lint.cache import Cache
from ttsprep.lint.files import read_bytes
from ttsprep.lint.linting import default_configuration
from ttsprep.lint.running import Job, Outcome, run
from ttsprep.lint.watching import changes

BAD = "<speak>你好。</sub></speak>"
GOOD = "<speak>你好。</speak>"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TTSPREP_CACHE_DIR", str(tmp_path / ".cache"))
    for name in ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def put(path: str, text: str | bytes = BAD) -> Path:
    place = Path(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return place


def lint(*args: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["lint", "--output-format", "concise", *args], input=given)


def named(result: Result) -> list[str]:
    """The files in which SSM014 was found, in order."""
    return [line.split(":")[0] for line in result.stdout.splitlines() if "SSM014" in line]


# --- exit codes


def test_nothing_found_is_0(here: Path) -> None:
    put("a.ssml", GOOD)
    done = lint("a.ssml")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "0 findings in 0 of 1 file\n"


def test_findings_are_1_and_notes_as_one_likes(here: Path) -> None:
    put("a.ssml")
    put("b.ssml", "<speak>你好。<!-- ttsprep: ignore-file[SSM014] --></sub></speak>")
    assert lint("a.ssml").exit_code == 1
    assert lint("a.ssml", "--exit-zero").exit_code == 0
    assert lint("b.ssml").exit_code == 0
    assert lint("b.ssml", "--fail-on", "note").exit_code == 1


@pytest.mark.parametrize(
    "args",
    [("no-such-file.md",), ("--fix", "--diff"), ("--unsafe-fixes",), ("-", "-"), ("--output-format", "nonsense", "."),
     ("--watch", "-"), ("--stdin-filename", "a.md", "."), ("--select", "NON999"), ("--voice", "x\0"), ("no*.md",),
     ("",), ("--encoding", "klingon")],
)  # fmt: skip
def test_what_cannot_be_done_is_2(here: Path, args: tuple[str, ...]) -> None:
    put("a.ssml", GOOD)
    assert lint(*args).exit_code == 2


def test_faulty_configuration_is_2_and_shown(here: Path) -> None:
    put("a.ssml")
    put("ttsprep.toml", "slect = ['SSM']\n")
    done = lint()
    assert done.exit_code == 2
    assert "ttsprep.toml:1:1: CFG001 error: there is no key slect; did you mean 'select'?" in done.stderr


# --- which files


def test_a_folder_is_searched_and_gitignore_honoured(here: Path) -> None:
    for path in ("a.ssml", "b/c.ssml", "b/skipped.ssml", "out/x.ssml", "node_modules/x.ssml", "b/d.json", "e.xml"):
        put(path)
    put(".gitignore", "skipped.*\n/out/\n")
    assert named(lint()) == ["a.ssml", "b/c.ssml"]
    assert named(lint("--no-gitignore")) == ["a.ssml", "b/c.ssml", "b/skipped.ssml", "out/x.ssml"]
    assert named(lint("b/skipped.ssml")) == ["b/skipped.ssml"]
    assert named(lint("--exclude", "b")) == ["a.ssml"]
    assert named(lint("**/*.ssml", "--isolated")) == [
        "a.ssml",
        "b/c.ssml",
        "b/skipped.ssml",
        "node_modules/x.ssml",
        "out/x.ssml",
    ]
    assert named(lint("a.ssml", "./a.ssml", ".")) == ["a.ssml", "b/c.ssml"]


def test_text_that_is_for_programs_is_no_script(here: Path) -> None:
    names = [
        "CMakeLists.txt",
        "dev-requirements.txt",
        "requirements.txt",
        "robots.txt",
        "requirements/constraints-3.txt",
    ]
    for name in (*names, "my requirements.txt", "robots.md"):
        put(name, "(laughs)\n")
    found = re.findall(r"^(.+?):1:1: TXT016", lint().stdout, re.MULTILINE)
    assert found == ["my requirements.txt", "robots.md"]
    assert "TXT016" in lint("requirements.txt").stdout


def test_what_is_excluded_is_left_out_also_where_it_is_named(here: Path) -> None:
    """As commit hooks name files."""
    put("ttsprep.toml", 'exclude = ["b", "*.tmp.ssml"]\n')
    put(".gitignore", "/out/\n")
    paths = ("a.ssml", "a.tmp.ssml", "b/c.ssml", "out/x.ssml", "node_modules/x.ssml", "e.xml")
    for path in paths:
        put(path)
    assert named(lint(*paths)) == list(paths)
    assert named(lint("--force-exclude", *paths)) == ["a.ssml", "e.xml"]
    done = lint("--force-exclude", "b/c.ssml")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "nothing to lint" in done.stderr


def test_links_that_go_round_end(here: Path) -> None:
    put("a/b.ssml")
    Path("a/again").symlink_to("..")
    Path("a/self.ssml").symlink_to("self.ssml")
    done = lint()
    assert named(done) == ["a/b.ssml"]
    assert "Error: a/self.ssml: cannot be read: " in done.stderr
    assert done.exit_code == 2


@pytest.mark.skipif(sys.platform == "darwin", reason="its file names are always UTF-8")
def test_names_that_are_no_text_do_no_harm(here: Path) -> None:
    for name in (b"\xff.ssml", "中文 稿.ssml".encode()):
        Path(os.fsdecode(name)).write_text(BAD, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "ttsprep", "lint", "--output-format", "concise"],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout.count(b"SSM014") == 2


def test_kinds_and_per_file_ignores_come_from_the_nearest_configuration(here: Path) -> None:
    put(
        "ttsprep.toml",
        'include = ["*.say", "*.ssml"]\n[kinds]\n"*.say" = "ssml"\n[per-file-ignores]\n"old/" = ["SSM014"]\n',
    )
    put("a.say")
    put("old/b.say")
    put("deep/pyproject.toml", '[tool.ttsprep]\nignore = ["SSM"]\n')
    put("deep/c.ssml")
    assert named(lint()) == ["a.say"]


def test_the_settings_of_the_configuration_are_checked_once(here: Path) -> None:
    put("ttsprep.toml", 'settings = "voice.toml"\n')
    put("voice.toml", "rate = 9\n")
    put("a.ssml", GOOD)
    put("b.ssml", GOOD)
    done = lint()
    assert [line for line in done.stdout.splitlines() if "PAR006" in line] == [
        "voice.toml:1:8: PAR006 error: rate is 9, above 2.0 (allowed: 0.5 to 2.0)"
    ]


def test_severities_are_as_configured(here: Path) -> None:
    put("ttsprep.toml", '[severity]\nSSM = "warning"\nSSM014 = "note"\n')
    put("a.ssml")
    done = lint()
    assert "SSM014 note" in done.stdout
    assert done.exit_code == 0


# --- standard input


def test_standard_input_is_what_its_name_says(here: Path) -> None:
    assert "x.ssml:1:" in lint("-", "--stdin-filename", "x.ssml", given=BAD.encode()).stdout
    assert lint("-", "--stdin-filename", "x.txt", given=b"Good.").exit_code == 0
    done = lint("-", "--stdin-filename", "x.ssml", "--fix", given=b"<speak>Q&A</speak>")
    assert done.stdout == "<speak>Q&amp;A</speak>"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (b"\xef\xbb\xbfDeep\xe2\x80\x8bSeek\r\n", b"\xef\xbb\xbfDeepSeek\r\n"),
        (b"\xef\xbb\xbfDeepSeek\r\n", b"\xef\xbb\xbfDeepSeek\r\n"),
        (b"Deep\xe2\x80\x8bSeek \xff\n", b"Deep\xe2\x80\x8bSeek \xff\n"),
        (bytes(range(32)) * 9, bytes(range(32)) * 9),
    ],
    ids=["mended", "clean", "not UTF-8", "binary"],
)
def test_standard_input_keeps_its_bytes(here: Path, given: bytes, expected: bytes) -> None:
    done = CliRunner().invoke(
        main, ["lint", "-", "--fix", "--stdin-filename", "a.txt", "--output-file", "found.txt"], input=given
    )
    assert done.stdout_bytes == expected


def test_a_diff_goes_into_a_file(here: Path) -> None:
    put("a.ssml", "<speak>Q&A</speak>")
    done = lint("--diff", "a.ssml", "--output-file", "a.patch")
    assert (done.exit_code, done.stdout) == (1, "")
    assert Path("a.patch").read_text("utf-8").startswith("--- a.ssml\n+++ a.ssml (fixed)\n")


def test_a_diff_that_patch_takes(here: Path) -> None:
    put("a.ssml", "<speak>\nQ&A</speak>")
    done = lint("--diff", "a.ssml")
    assert done.exit_code == 1
    assert subprocess.run(["patch", "-s", "a.ssml"], input=done.stdout.encode(), check=True, timeout=30).returncode == 0
    assert Path("a.ssml").read_text("utf-8") == "<speak>\nQ&amp;A</speak>"
    assert lint("--diff", "a.ssml").exit_code == 0


# --- hostile files


HOSTILE: dict[str, tuple[bytes, str]] = {
    "binary": (bytes(range(256)) * 30, "a binary file, not text: byte 0x00 at offset 0"),
    "image": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0", "a binary file, not text"),
    "large": (b"a" * 10_000_001, "too large: 10,000,001 bytes, the limit is 10,000,000 (max-file-size = 10)"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_named_and_the_rest_is_linted(here: Path, what: str) -> None:
    data, words = HOSTILE[what]
    put("a.txt", data)
    put("b.ssml")
    done = lint()
    assert f"Error: a.txt: {words}" in done.stderr
    assert named(done) == ["b.ssml"]
    assert done.exit_code == 2


def test_what_is_no_file_does_not_hang(here: Path) -> None:
    os.mkfifo("a.md")
    assert "Error: a.md: not a regular file" in lint("a.md").stderr


def test_files_that_go_and_change_underfoot_are_named(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One goes when all are known; one is written anew while it is being mended."""
    for name in ("a.ssml", "b.ssml", "c.ssml"):
        put(name, "<speak>Q&A</speak>")

    def reading(path: Path, most: int) -> bytes:
        if path.name == "a.ssml":
            path.unlink()
        data = read_bytes(path, most)
        if path.name == "b.ssml":
            put("b.ssml", "<speak>new & other</speak>")
        return data

    monkeypatch.setattr("ttsprep.lint.running.read_bytes", reading)
    done = lint("--fix")
    assert done.exit_code == 2
    assert "Error: a.ssml: cannot be read: No such file or directory" in done.stderr
    assert "Error: b.ssml: changed while it was being mended: nothing was written" in done.stderr
    assert Path("b.ssml").read_text("utf-8") == "<speak>new & other</speak>"
    assert Path("c.ssml").read_text("utf-8") == "<speak>Q&amp;A</speak>"


def test_a_cache_that_cannot_be_written_does_no_harm(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put("a.ssml")
    put("file", "no folder")
    monkeypatch.setenv("TTSPREP_CACHE_DIR", str(here / "file" / "cache"))
    assert named(lint("a.ssml")) == named(lint("a.ssml")) == ["a.ssml"]


def test_a_very_long_line_is_linted_and_shown_in_part(here: Path) -> None:
    put("a.ssml", "<speak>" + "你好，" * 100_000 + "</sub></speak>")
    done = CliRunner().invoke(main, ["lint", "--output-format", "full", "--select", "SSM014", "a.ssml"])
    assert done.exit_code == 1
    assert max(map(len, done.stdout.splitlines())) < 400


# --- processes and cache


def test_two_processes_find_what_one_does_in_the_same_order(here: Path) -> None:
    jobs = [
        Job(str(put(f"{number}.ssml", BAD if number % 3 else GOOD)), default_configuration()) for number in range(12)
    ]
    seen: list[tuple[int, int]] = []
    several = run(jobs, Cache(None), processes=2, progress=lambda done, every: seen.append((done, every)))
    assert several == run(jobs, Cache(None), processes=1)
    assert seen == [(number, 12) for number in range(1, 13)]


def test_unchanged_files_come_from_the_cache(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ttsprep.lint import running

    jobs = [Job(str(put("a.ssml")), default_configuration()), Job(str(put("b.md", "*hi*")), default_configuration())]
    first = run(jobs, Cache(here / "kept"))
    worked: list[str] = []
    real = running.work

    def noted(job: Job, cache: Cache) -> Outcome:
        worked.append(job.path)
        return real(job, cache)

    monkeypatch.setattr(running, "work", noted)
    again = run(jobs, Cache(here / "kept"))
    assert [outcome.results for outcome in again] == [outcome.results for outcome in first]
    assert worked == []
    put("a.ssml", GOOD)
    run(jobs, Cache(here / "kept"))
    assert worked == ["a.ssml"]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"key": 1}'])
def test_a_damaged_cache_is_no_cache(here: Path, damage: bytes) -> None:
    jobs = [Job(str(put("a.ssml")), default_configuration())]
    first = run(jobs, Cache(here / "kept"))
    for path in (here / "kept").glob("*.json"):
        path.write_bytes(damage)
    assert run(jobs, Cache(here / "kept"))[0].results == first[0].results


def test_a_changed_package_asks_again(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one of the same version: somebody works on it."""
    from ttsprep.lint import cache

    kept = cache.key("a.md", b"", b"", default_configuration())
    package = here / "package"
    put("package/data/words.toml", "one")
    put("package/__pycache__/x.pyc", "one")
    monkeypatch.setattr(cache, "__file__", str(package / "lint" / "cache.py"))

    def known() -> str:
        cache._package.cache_clear()
        return cache.key("a.md", b"", b"", default_configuration())

    try:
        first = known()
        put("package/__pycache__/y.pyc", "two")
        assert kept != first == known()
        put("package/data/words.toml", "two, longer")
        assert known() != first
    finally:
        cache._package.cache_clear()


def test_another_configuration_asks_again(here: Path) -> None:
    put("a.ssml")
    assert named(lint()) == named(lint()) == ["a.ssml"]
    assert named(lint("--ignore", "SSM014")) == []
    assert named(lint()) == ["a.ssml"]


# --- the rest


def test_statistics_count_rules(here: Path) -> None:
    put("a.ssml", "<speak>Q&A, R&D</sub></speak>")
    lines = lint("--statistics", "--select", "SSM014,SSM015").stdout.splitlines()
    assert lines == ["     2  * SSM015  ssml-unescaped-ampersand", "     1    SSM014  ssml-stray-end-tag"]
    given = lint("--statistics", "--select", "SSM015", "--output-format", "json").stdout
    assert json.loads(given) == [{"code": "SSM015", "name": "ssml-unescaped-ampersand", "count": 2, "fixable": 2}]


def test_findings_go_into_a_file(here: Path) -> None:
    put("a.ssml")
    done = lint("--output-file", "found.txt", "a.ssml")
    assert done.stdout == ""
    assert "a.ssml:1:" in Path("found.txt").read_text("utf-8")


class Terminal:
    """A stream that is a terminal or not."""

    def __init__(self, answer: bool) -> None:
        self.isatty: Callable[[], bool] = lambda: answer


@pytest.mark.parametrize(
    ("terminal", "environment", "expected"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": "0"}, False),
        (True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
    ],
)
def test_colours(terminal: bool, environment: dict[str, str], expected: bool) -> None:
    assert wants_colour(Terminal(terminal), environment) is expected  # type: ignore[arg-type]  # all that is asked of it


def test_watching_sees_what_changes_comes_and_goes(here: Path) -> None:
    doings: Iterator[Callable[[], object]] = iter(
        [lambda: put("a.md", "one"), lambda: None, lambda: put("a.md", "longer"), lambda: Path("a.md").unlink()]
    )
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        next(doings)()

    seen = changes(lambda: here.glob("*.md"), interval=0.1, wait=wait)
    assert [len(waits) for _, _ in zip(range(4), seen, strict=False)] == [0, 1, 3, 4]


def test_config_prints_values_with_their_origin(here: Path) -> None:
    put("ttsprep.toml", 'fail-on = "error"\n')
    done = CliRunner().invoke(main, ["config", "--output-format", "json", "--ignore", "SSM"])
    values = json.loads(done.stdout)
    assert values["fail-on"] == {"value": "error", "origin": "ttsprep.toml:1:1"}
    assert values["ignore"] == {"value": ["SSM"], "origin": "--ignore"}
    assert values["encoding"] == {"value": "utf-8", "origin": "default"}


def test_config_prints_what_it_reads(here: Path) -> None:
    put("ttsprep.toml", 'fail-on = "error"\n[checks]\nmax-sentence = 80\n[per-file-ignores]\n"a b.md" = ["SSM"]\n')
    printed = CliRunner().invoke(main, ["config"]).stdout
    put("again/ttsprep.toml", printed)
    again = CliRunner().invoke(main, ["config", "again"])
    assert again.exit_code == 0, again.stderr
    assert [line.split("#")[0].strip() for line in again.stdout.splitlines()] == [
        line.split("#")[0].strip() for line in printed.splitlines()
    ]


def test_a_run_on_cached_files_loads_no_heavy_library(here: Path) -> None:
    put("a.md", "Good.")
    lint("a.md")
    code = (
        "import sys; from ttsprep.cli import main\n"
        "try: main(['lint', 'a.md'])\n"
        "except SystemExit: print([name for name in ('markdown_it', 'lxml', 'websockets') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_the_lexicon_of_the_configuration_is_held_against_scripts(here: Path) -> None:
    """Also when only the lexicon has changed since the last run."""
    put("ttsprep.toml", 'lexicons = ["words.txt"]\nselect = ["HOT"]\n')
    put("words.txt", "好吃 = 好喝\n好吃吗 = 好吗\n")
    put("a.md", "饭好吃吗？")
    first = lint("a.md").stdout
    assert re.findall(r"^a\.md:(\d+:\d+): (HOT\d+)", first, re.MULTILINE) == [("1:2", "HOT032")]
    put("words.txt", "坏 = 好\n")
    assert lint("a.md").stdout == ""
    put("words.txt", "坏 zzz9\n")
    assert re.findall(r"^(.+?):1:\d+: HOT", lint("a.md").stdout, re.MULTILINE) == ["words.txt"]
