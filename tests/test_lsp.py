"""The language server: its answers as data, and a session of a real client over standard input and output."""

from __future__ import annotations

import asyncio
import json
import re
import sys
import tomllib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from tests.conftest import CASES, ROOT
from ttsprep import catalog
from ttsprep.cli import main
from ttsprep.lsp import Script, diagnostics
from ttsprep.lsp.actions import FIX_ALL, actions
from ttsprep.lsp.completing import complete
from ttsprep.lsp.hovering import hover
from ttsprep.lsp.lenses import lenses
from ttsprep.lsp.positions import Places, Unit
from ttsprep.lsp.scripts import path_of
from ttsprep.ssml.fixing import heard
from ttsprep.ssml.formatting import formatted


def cases(name: str) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = tomllib.loads((CASES / "lsp" / f"{name}.toml").read_text("utf-8"))["case"]
    return read


def opened(case: dict[str, Any], folder: Path) -> tuple[Script, int]:
    """The document of a case, and where its bar stands."""
    offset = case["text"].index("|")
    text = case["text"].replace("|", "", 1)
    return Script((folder / case["name"]).as_uri(), text), offset


@pytest.mark.parametrize("case", cases("completions"), ids=lambda case: case["text"])
def test_what_can_be_written_next(case: dict[str, Any], tmp_path: Path) -> None:
    labels = [item.label for item in complete(*opened(case, tmp_path))]
    assert labels == case.get("offered", labels)
    assert set(case.get("among", ())) <= set(labels)
    assert not set(case.get("never", ())) & set(labels)


@pytest.mark.parametrize("case", cases("hovers"), ids=lambda case: case["text"])
def test_what_is_told_of_a_place(case: dict[str, Any], tmp_path: Path) -> None:
    told = hover(*opened(case, tmp_path))
    assert (told is not None) == bool(case["told"])
    if told is not None:
        assert isinstance(told.contents, types.MarkupContent)
        assert [part for part in case["told"] if part not in told.contents.value] == []


def applied(text: str, edits: list[types.TextEdit], unit: Unit) -> str:
    """The text with edits in, as a client puts them in: from the last to the first."""
    places = Places(text, unit)
    for edit in sorted(
        edits, key=lambda edit: edit.range.start.line * 10**6 + edit.range.start.character, reverse=True
    ):
        start, end = (places.offset(at.line, at.character) for at in (edit.range.start, edit.range.end))
        text = text[:start] + edit.new_text + text[end:]
    return text


@pytest.mark.parametrize("case", cases("actions"), ids=lambda case: case["text"])
def test_what_can_be_done(case: dict[str, Any], tmp_path: Path) -> None:
    script, offset = opened(case, tmp_path)
    offered = actions(script, offset, offset)
    if case.get("none"):
        assert offered == []
        return
    chosen = next(action for action in offered if case["chosen"] in action.title)
    assert chosen.edit and chosen.edit.changes
    assert applied(script.text, list(chosen.edit.changes[script.uri]), script.unit) == case["after"]


def test_an_action_of_a_kind_that_is_not_asked_for_is_not_offered() -> None:
    script = Script("file:///a.ssml", "<speak>Q&A</speak>")
    assert {action.kind for action in actions(script, 8, 8, ["source.fixAll"])} == {FIX_ALL}
    assert {action.kind for action in actions(script, 8, 8, ["quickfix"])} == {"quickfix"}
    assert actions(script, 8, 8, ["refactor"]) == []


@pytest.mark.parametrize(("unit", "character"), [(Unit.UTF8, 18), (Unit.UTF16, 11), (Unit.UTF32, 10)])
def test_characters_are_counted_as_the_client_does(unit: Unit, character: int) -> None:
    """é with a combining accent is two code points, 𠮷 two units of UTF-16 and four bytes."""
    found = diagnostics(Script("file:///a.ssml", "<speak>e\u0301𠮷& b</speak>", unit=unit))
    at = [each.range.start.character for each in found if each.code == "SSM015"]
    assert at == [character if unit is not Unit.UTF8 else len("<speak>e\u0301𠮷".encode())]


@given(st.text(alphabet="a😀é\u0301\r\n中"), st.sampled_from(list(Unit)), st.integers(0, 40))
def test_places_and_offsets_are_each_others_reverse(text: str, unit: Unit, offset: int) -> None:
    offset = min(offset, len(text))
    inside_ending = text[offset - 1 : offset + 1] == "\r\n"
    places = Places(text, unit)
    assert places.offset(*places.position(offset)) == offset - inside_ending or inside_ending


def test_a_place_behind_its_line_or_text_is_the_end_of_it() -> None:
    places = Places("ab\r\nc")
    assert [places.offset(0, 9), places.offset(1, 9), places.offset(7, 0), places.offset(-1, 3)] == [2, 5, 5, 0]


@pytest.mark.parametrize(
    ("uri", "path"),
    [("file:///a/%E4%BD%A0%20b.md", "/a/你 b.md"), ("untitled:Untitled-1", None), ("vscode-notebook:/a.md", None)],
)
def test_where_a_document_lies(uri: str, path: str | None) -> None:
    found = path_of(uri)
    assert (found.as_posix() if found else None) == path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("package.json", '{"name": "x", "format": "mp9"}'),
        ("Cargo.toml", "[package]\nseed = 1"),
        ("pom.xml", "<project><a></project>"),
        ("broken.json", "{"),
    ],
)
def test_files_of_others_are_left_alone(name: str, text: str) -> None:
    script = Script(f"file:///{name}", text)
    assert diagnostics(script) == [] and lenses(script) == [] and actions(script, 0, 1) == []


def test_a_document_without_a_name_is_what_the_editor_calls_it() -> None:
    found = diagnostics(Script("untitled:Untitled-1", "<speak>a</sub></speak>", "ssml"))
    assert [each.code for each in found] == ["SSM014"]


def test_the_configuration_of_the_folder_acts(tmp_path: Path) -> None:
    (tmp_path / "ttsprep.toml").write_text('ignore = ["SSM014"]', "utf-8")
    (tmp_path / "b.txt.ttsprep").write_text("1: ignore[TXT] it has to stand here", "utf-8")
    assert diagnostics(Script((tmp_path / "a.ssml").as_uri(), "<speak>a</sub></speak>")) == []
    assert diagnostics(Script((tmp_path / "b.txt").as_uri(), "Look: \u200b here.")) == []


def test_a_faulty_configuration_is_named_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "ttsprep.toml").write_text('slect = ["SSM"]', "utf-8")
    found = diagnostics(Script((tmp_path / "ttsprep.toml").as_uri(), 'slect = ["SSM"]'))
    assert [each.code for each in found] == ["CFG001"]
    assert [each.code for each in diagnostics(Script((tmp_path / "a.ssml").as_uri(), "<speak>a</sub></speak>"))]


# --- formatting


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("<speak  pitch='1'   rate=\"2\">a</speak >", '<speak rate="2" pitch="1">a</speak>'),
        ('<speak>a<break time="1s"></break>b</speak>', '<speak>a<break time="1s"/>b</speak>'),
        ("<speak>a  \nb</speak>\n", "<speak>a\nb</speak>\n"),
        ("<speak>\r\na \r\n</speak>", "<speak>\r\na\r\n</speak>"),
        ("<speak><sub alias='a\"b'>c</sub></speak>", '<speak><sub alias="a&quot;b">c</sub></speak>'),
        ("<speak rate=2>a</speak>", "<speak rate=2>a</speak>"),
        ("<speak>a <!-- b  c --> d</speak>", "<speak>a <!-- b  c --> d</speak>"),
        ("<speak>a < b</speak", "<speak>a < b</speak"),
        ("", ""),
    ],
)
def test_ssml_is_written_in_one_way(text: str, after: str) -> None:
    assert formatted(text) == after
    assert formatted(after) == after


TAGS = (
    '<speak rate="1" >', "</speak>", "<break  time='1s' />", "<break></break>", "<sub alias='b' >", "</sub >",
    "<!-- c -->", "&amp;", "<", "'", "a ", " \n",
)  # fmt: skip


@given(st.lists(st.sampled_from(TAGS), max_size=12).map("".join))
def test_writing_in_one_way_changes_nothing_that_is_heard(text: str) -> None:
    assert heard(formatted(text)) == heard(text)
    assert formatted(formatted(text)) == formatted(text)


# --- what the page says


def test_the_page_starts_the_server_as_it_is_started() -> None:
    page = (ROOT / "docs" / "editors.md").read_text("utf-8")
    blocks = dict(re.findall(r"^```(json|toml|lua)\n(.*?)^```", page, re.MULTILINE | re.DOTALL))
    code = json.loads(blocks["json"])
    helix = tomllib.loads(blocks["toml"])["language-server"]["ttsprep"]
    lua = re.findall(r'"([^"]+)"', re.findall(r"cmd = \{(.*?)\}", blocks["lua"])[0])
    calls = [
        [code["glspc.server.command"], *code["glspc.server.commandArguments"]],
        [helix["command"], *helix["args"]],
        lua,
    ]
    for program, *arguments in calls:
        assert program == "ttsprep"
        context = main.make_context(program, list(arguments), resilient_parsing=False)
        name, command, rest = main.resolve_command(context, arguments)
        assert name == "lsp" and command and command.make_context(name, rest).params["tcp"] is None


def test_without_the_extra_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("ttsprep.lsp", "pygls", "lsprotocol"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "lsprotocol", None)
    result = CliRunner().invoke(main, ["lsp"])
    assert result.exit_code == 2
    assert "pip install 'ttsprep[lsp]'" in result.stderr


# --- a session


class Editor(LanguageClient):
    """A client that keeps what it is told."""

    def __init__(self) -> None:
        super().__init__("editor", "1")
        self.published: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.shown: list[str] = []

        self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda given: self.published.put_nowait(given))
        self.feature(types.WINDOW_SHOW_MESSAGE)(lambda given: self.shown.append(given.message))

    async def codes(self, uri: str, version: int | None) -> list[object]:
        """The codes found in a version of a document, once they come."""
        while True:
            told = await asyncio.wait_for(self.published.get(), 30)
            if told.uri == uri and told.version == version:
                return [each.code for each in told.diagnostics]


def session(
    talk: Callable[[Editor], Awaitable[None]],
    encodings: list[str] | None = None,
    *,
    pages: str = "",
    shown: int = 0,
    versioned: bool = False,
) -> None:
    """One editor with one server, from initialize to exit; so many messages are shown meanwhile."""

    async def run() -> None:
        editor = Editor()
        await editor.start_io(sys.executable, "-W", "ignore", "-m", "ttsprep", "lsp")
        general = types.GeneralClientCapabilities(position_encodings=encodings) if encodings else None
        edits = types.WorkspaceEditClientCapabilities(document_changes=versioned)
        workspace = types.WorkspaceClientCapabilities(workspace_edit=edits)
        can = types.ClientCapabilities(general=general, workspace=workspace)
        options = {"rulePages": pages} if pages else None
        await editor.initialize_async(types.InitializeParams(can, initialization_options=options))
        editor.initialized(types.InitializedParams())
        await talk(editor)
        await editor.shutdown_async(None)
        editor.exit(None)
        server = editor._server
        assert server is not None
        assert await asyncio.wait_for(server.wait(), 30) == 0
        assert len(editor.shown) == shown
        await editor.stop()  # type: ignore[no-untyped-call]  # pygls leaves it so

    asyncio.run(asyncio.wait_for(run(), 120))


def test_a_session(tmp_path: Path) -> None:
    uri = (tmp_path / "a.ssml").as_uri()
    document = types.TextDocumentIdentifier(uri)
    text = "<speak  rate='1'>😀 Q&A。</speak>"

    async def talk(editor: Editor) -> None:
        item = types.TextDocumentItem(uri, "xml", 1, text)
        editor.text_document_did_open(types.DidOpenTextDocumentParams(item))
        assert "SSM015" in await editor.codes(uri, 1)
        at = types.Position(0, text.index("&") + 1)  # one more: the emoji has two units
        asked = types.CodeActionParams(document, types.Range(at, at), types.CodeActionContext([]))
        offered = await editor.text_document_code_action_async(asked)
        fix = next(each for each in offered or () if isinstance(each, types.CodeAction) and "&amp;" in each.title)
        assert fix.edit and fix.edit.changes
        edits = list(fix.edit.changes[uri])
        told = await editor.text_document_hover_async(types.HoverParams(document, types.Position(0, 9)))
        assert told and "rate" in str(told.contents)
        changes = [types.TextDocumentContentChangePartial(edit.range, edit.new_text) for edit in edits]
        newer = types.VersionedTextDocumentIdentifier(2, uri)
        editor.text_document_did_change(types.DidChangeTextDocumentParams(newer, list(changes)))
        assert "SSM015" not in await editor.codes(uri, 2)
        lens = await editor.text_document_code_lens_async(types.CodeLensParams(document))
        assert lens and lens[0].command and "counted characters" in lens[0].command.title
        form = types.DocumentFormattingParams(document, types.FormattingOptions(2, True))
        tidy = await editor.text_document_formatting_async(form)
        assert tidy and tidy[0].new_text == '<speak rate="1">😀 Q&amp;A。</speak>'
        end = types.VersionedTextDocumentIdentifier(3, uri)
        whole = types.TextDocumentContentChangeWholeDocument("<speak eff")
        editor.text_document_did_change(types.DidChangeTextDocumentParams(end, [whole]))
        asked_for = types.CompletionParams(document, types.Position(0, 10))
        listed = await editor.text_document_completion_async(asked_for)
        assert isinstance(listed, types.CompletionList)
        assert [each.label for each in listed.items] == ["effect", "effectValue"]
        editor.text_document_did_close(types.DidCloseTextDocumentParams(document))
        assert await editor.codes(uri, None) == []

    session(talk)


def test_only_the_last_of_quick_changes_is_told(tmp_path: Path) -> None:
    uri = (tmp_path / "a.ssml").as_uri()

    async def talk(editor: Editor) -> None:
        editor.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "xml", 1, "<speak>a</speak>"))
        )
        for version in range(2, 12):
            whole = types.TextDocumentContentChangeWholeDocument(f"<speak>{'a' * version}</sub></speak>")
            newer = types.VersionedTextDocumentIdentifier(version, uri)
            editor.text_document_did_change(types.DidChangeTextDocumentParams(newer, [whole]))
        assert await editor.codes(uri, 11) == ["SSM014"]
        assert editor.published.empty()

    session(talk)


def test_a_changed_configuration_acts_at_once(tmp_path: Path) -> None:
    uri, path = (tmp_path / "a.ssml").as_uri(), tmp_path / "ttsprep.toml"

    async def talk(editor: Editor) -> None:
        item = types.TextDocumentItem(uri, "xml", 1, "<speak>a</sub></speak>")
        editor.text_document_did_open(types.DidOpenTextDocumentParams(item))
        assert await editor.codes(uri, 1) == ["SSM014"]
        path.write_text('ignore = ["SSM014"]', "utf-8")
        change = types.FileEvent(path.as_uri(), types.FileChangeType.Created)
        editor.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([change]))
        assert await editor.codes(uri, 1) == []

    session(talk)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-32"])
def test_the_client_chooses_how_characters_are_counted(encoding: str, tmp_path: Path) -> None:
    uri, text = (tmp_path / "a.ssml").as_uri(), "<speak>中文&</speak>"

    async def talk(editor: Editor) -> None:
        editor.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "xml", 1, text)))
        told = await asyncio.wait_for(editor.published.get(), 30)
        want = len(text[: text.index("&")].encode(encoding.replace("32", "32-le")))
        assert told.diagnostics[0].range.start.character == (want if encoding == "utf-8" else want // 4)

    session(talk, [encoding])


def test_hostile_documents_do_not_end_the_session(tmp_path: Path) -> None:
    texts = ["<speak>" * 5000, "\x00\ud800", "<" * 20000, "[" * 20000, json.dumps({"a": "b" * 100000}), "\r\r\n\u2028"]

    async def talk(editor: Editor) -> None:
        for name in ("a.ssml", "a.md", "a.toml", "a.jsonl", "odd:name"):
            uri = (tmp_path / name).as_uri() if ":" not in name else name
            for number, text in enumerate(texts):
                item = types.TextDocumentItem(uri, "", number, text.encode("utf-8", "replace").decode())
                editor.text_document_did_open(types.DidOpenTextDocumentParams(item))
                place = types.Position(3, 4)
                await editor.text_document_hover_async(types.HoverParams(types.TextDocumentIdentifier(uri), place))
        item = types.TextDocumentItem((tmp_path / "z.ssml").as_uri(), "xml", 1, "<speak>a</sub></speak>")
        editor.text_document_did_open(types.DidOpenTextDocumentParams(item))
        assert await editor.codes(item.uri, 1) == ["SSM014"]

    session(talk)


def test_lines_end_where_the_protocol_says(tmp_path: Path) -> None:
    """Python ends lines at many more characters; what is typed behind one of them must not go astray."""
    uri, odd = (tmp_path / "a.ssml").as_uri(), "\u2028\x0b\x0c\x1c\x85\u2029"

    async def talk(editor: Editor) -> None:
        text = f"<speak>{odd}ab\rcd</speak>"
        editor.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "xml", 1, text)))
        newer = types.VersionedTextDocumentIdentifier(2, uri)
        changes = [
            types.TextDocumentContentChangePartial(types.Range(types.Position(*at), types.Position(*at)), new)
            for at, new in [((0, 7 + len(odd) + 1), "<sub/>"), ((1, 1), "</sub>")]
        ]
        editor.text_document_did_change(types.DidChangeTextDocumentParams(newer, changes))
        assert "SSM014" in await editor.codes(uri, 2)
        at = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 7 + len(odd) + 2))
        told = await editor.text_document_hover_async(at)
        assert told and "**<sub>**" in str(told.contents)

    session(talk)


def test_what_is_not_open_is_not_looked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("Hello.", "utf-8")

    async def talk(editor: Editor) -> None:
        for uri in (path.as_uri(), (tmp_path / "none.md").as_uri(), "untitled:1"):
            newer = types.VersionedTextDocumentIdentifier(2, uri)
            whole = types.TextDocumentContentChangeWholeDocument("x")
            at = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 1))
            assert await editor.text_document_hover_async(at) is None
            editor.text_document_did_change(types.DidChangeTextDocumentParams(newer, [whole]))
        assert editor.published.empty()

    session(talk)


def test_an_edit_names_its_version_and_a_finding_its_page(tmp_path: Path) -> None:
    uri = (tmp_path / "a.ssml").as_uri()

    async def talk(editor: Editor) -> None:
        text = "<speak>a&b</speak><!-- ttsprep: ignore[SSM014] why -->"
        editor.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "xml", 7, text)))
        told = (await asyncio.wait_for(editor.published.get(), 30)).diagnostics
        pages = {each.code: each.code_description and each.code_description.href for each in told}
        assert pages == {code: f"https://docs.example/{code}.html" for code in pages} and "SSM015" in pages
        assert [each.code for each in told if types.DiagnosticTag.Unnecessary in (each.tags or ())] == ["LNT001"]
        context = types.CodeActionContext([], only=["source.fixAll"])
        asked = types.CodeActionParams(
            types.TextDocumentIdentifier(uri), types.Range(types.Position(0, 0), types.Position(0, 0)), context
        )
        (mend,) = await editor.text_document_code_action_async(asked) or []
        assert isinstance(mend, types.CodeAction) and mend.edit and mend.edit.document_changes
        (change,) = mend.edit.document_changes
        assert isinstance(change, types.TextDocumentEdit)
        assert change.text_document == types.OptionalVersionedTextDocumentIdentifier(uri, 7)

    session(talk, pages="https://docs.example/{code}.html", versioned=True)


def test_a_configuration_that_does_not_act_is_told_once(tmp_path: Path) -> None:
    uri = (tmp_path / "a.ssml").as_uri()
    (tmp_path / "ttsprep.toml").write_text("ignroe = []", "utf-8")

    async def talk(editor: Editor) -> None:
        for version in range(1, 4):
            item = types.TextDocumentItem(uri, "xml", version, "<speak>a</sub></speak>")
            editor.text_document_did_open(types.DidOpenTextDocumentParams(item))
            assert await editor.codes(uri, version) == ["SSM014"]
        await editor.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 0))
        )
        assert [("ttsprep.toml" in each, "ignroe" in each) for each in editor.shown] == [(True, True)]

    session(talk, shown=1)


def test_all_fixes_at_once_touch_only_what_changes_and_heed_the_sidecar(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    script = Script(path.as_uri(), "One.\nTw\u200bo.\nThree.\n")
    (mend,) = actions(script, 0, 0, [FIX_ALL])
    assert mend.edit and mend.edit.changes
    (edit,) = mend.edit.changes[script.uri]
    assert (edit.range, edit.new_text) == (types.Range(types.Position(1, 2), types.Position(1, 3)), "")
    (tmp_path / "a.txt.ttsprep").write_text("2: ignore[TXT005] as it is meant\n", "utf-8")
    assert actions(Script(path.as_uri(), script.text), 0, 0, [FIX_ALL]) == []


def test_a_sentence_is_priced_with_every_model_of_the_region() -> None:
    told = hover(Script("file:///a.md", "One. Two three."), 6)
    assert told is not None and isinstance(told.contents, types.MarkupContent)
    offered = [model.id for model in catalog.models() if model.price("intl")]
    assert len(offered) > 1
    assert [name for name in offered[:-1] if told.contents.value.count(f"- {name}, about") > 1] == []
    others = [line for line in told.contents.value.splitlines() if line.startswith("- ")]
    assert len(others) == len(offered) - 1


def test_a_byte_order_mark_is_a_character_to_the_client() -> None:
    script = Script("file:///a.ssml", "\ufeff<speak>\na&b</speak>")
    (found,) = diagnostics(script)
    assert found.range == types.Range(types.Position(1, 1), types.Position(1, 2))
    (mend,) = actions(script, 9, 9, [FIX_ALL])
    assert mend.edit and mend.edit.changes
    assert applied(script.text, list(mend.edit.changes[script.uri]), script.unit) == "\ufeff<speak>\na&amp;b</speak>"
    assert diagnostics(Script("file:///b.ssml", "\ufeff&"))[0].range.start.character == 1
