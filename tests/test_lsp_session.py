"""The language server as an editor meets it: a real client over standard input and output of ``ttsprep lsp``."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

PATIENCE = 30.0


class Editor:
    """An editor: sends what it is told, and keeps what it gets."""

    def __init__(self) -> None:
        self.client = LanguageClient("editor", "1")
        self.published: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.messages: list[str] = []
        self.registered: list[types.Registration] = []
        self._listen()

    def _listen(self) -> None:
        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            self.published.put_nowait(params)

        @self.client.feature(types.WINDOW_SHOW_MESSAGE)
        def shown(params: types.ShowMessageParams) -> None:
            self.messages.append(params.message)

        @self.client.feature(types.WINDOW_LOG_MESSAGE)
        def logged(params: types.LogMessageParams) -> None:
            self.messages.append(params.message)

        @self.client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def register(params: types.RegistrationParams) -> None:
            self.registered += params.registrations

    def open(self, uri: str, text: str, language: str = "markdown") -> None:
        item = types.TextDocumentItem(uri, language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, uri: str, version: int, *changes: tuple[tuple[int, int], tuple[int, int], str] | str) -> None:
        made: list[types.TextDocumentContentChangeEvent] = []
        for each in changes:
            if isinstance(each, str):
                made.append(types.TextDocumentContentChangeWholeDocument(each))
            else:
                where = types.Range(types.Position(*each[0]), types.Position(*each[1]))
                made.append(types.TextDocumentContentChangePartial(where, each[2]))
        named = types.VersionedTextDocumentIdentifier(version, uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(named, made))

    async def found(self, uri: str, version: int | None = 1) -> list[types.Diagnostic]:
        """What is published of a version of a document; older versions may come before."""
        async with asyncio.timeout(PATIENCE):
            while True:
                params = await self.published.get()
                if params.uri == uri and params.version == version:
                    return list(params.diagnostics)

    async def actions(self, uri: str, where: types.Range, *only: str) -> list[types.CodeAction]:
        context = types.CodeActionContext([], only=list(only) or None)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), where, context)
        found = await self.client.text_document_code_action_async(params)
        return [each for each in found or [] if isinstance(each, types.CodeAction)]

    async def hover(self, uri: str, line: int, column: int) -> str:
        params = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(line, column))
        found = await self.client.text_document_hover_async(params)
        return found.contents.value if found and isinstance(found.contents, types.MarkupContent) else ""


@asynccontextmanager
async def editing(folder: Path, *encodings: str, pages: str = "") -> AsyncIterator[Editor]:
    """A server for an editor, which says goodbye to it in the end."""
    editor = Editor()
    client = editor.client
    await client.start_io(sys.executable, "-m", "ttsprep", "lsp", cwd=folder)
    watching = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
    capabilities = types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=list(encodings) or None),
        workspace=types.WorkspaceClientCapabilities(did_change_watched_files=watching),
    )
    options = {"rulePages": pages} if pages else None
    params = types.InitializeParams(capabilities, root_uri=folder.as_uri(), initialization_options=options)
    async with asyncio.timeout(PATIENCE):
        begun = await client.initialize_async(params)
        client.initialized(types.InitializedParams())
        assert begun.server_info is not None and begun.server_info.name == "ttsprep"
        assert begun.capabilities.position_encoding == (encodings[0] if encodings else "utf-16")
        try:
            yield editor
        finally:
            await client.shutdown_async(None)
            client.exit(None)
            assert client._server is not None
            assert await client._server.wait() == 0
            await client.stop()


def run(session: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(session())


def applied(text: str, edits: list[types.TextEdit]) -> str:
    """A text of one encoding, UTF-32, with edits applied."""
    lines = [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]

    def offset(place: types.Position) -> int:
        return lines[place.line] + place.character

    for start, end, new in sorted(
        ((offset(e.range.start), offset(e.range.end), e.new_text) for e in edits), reverse=True
    ):
        text = text[:start] + new + text[end:]
    return text


def edits_of(action: types.CodeAction) -> list[types.TextEdit]:
    assert action.edit is not None and action.edit.document_changes is not None
    (change,) = action.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    return [each for each in change.edits if isinstance(each, types.TextEdit)]


def test_a_day_in_an_editor(tmp_path: Path) -> None:
    """Findings, fixes, hover, completion, form, bill; a configuration that changes; documents of no file."""
    text = "<speak>😀好 Q&A。<break time='1s' /></speak>"
    uri = (tmp_path / "a.ssml").as_uri()

    async def session() -> None:
        async with editing(tmp_path, "utf-32", pages="https://docs.example/{code}.html") as editor:
            client = editor.client
            named = types.TextDocumentIdentifier(uri)
            editor.open(uri, text, "ssml")
            (found,) = [each for each in await editor.found(uri) if each.severity == types.DiagnosticSeverity.Error]
            assert (found.code, found.source) == ("SSM015", "ttsprep")
            assert (found.range.start, found.range.end) == (types.Position(0, 11), types.Position(0, 12))
            assert found.code_description == types.CodeDescription("https://docs.example/SSM015.html")

            mending, *_ = await editor.actions(uri, found.range, "quickfix")
            assert applied(text, edits_of(mending)) == text.replace("&", "&amp;")
            (everything,) = await editor.actions(uri, found.range, "source.fixAll")
            assert everything.kind == "source.fixAll.ttsprep"
            assert applied(text, edits_of(everything)) == text.replace("&", "&amp;")

            assert "SSM015" in await editor.hover(uri, 0, 11)
            assert "A pause" in await editor.hover(uri, 0, text.index("break"))
            edits = await client.text_document_formatting_async(
                types.DocumentFormattingParams(named, types.FormattingOptions(2, True))
            )
            assert applied(text, list(edits or [])) == text.replace("'1s' /", '"1s"/')
            (lens,) = await client.text_document_code_lens_async(types.CodeLensParams(named)) or []
            assert lens.command is not None and "characters counted" in lens.command.title

            at = types.Position(0, len(text) - len("</speak>"))
            editor.change(uri, 2, ((0, at.character), (0, at.character), "<s"))
            place = types.CompletionParams(named, types.Position(0, at.character + 2))
            offered = await client.text_document_completion_async(place)
            assert isinstance(offered, list)
            assert [each.label for each in offered] == ["break", "phoneme", "say-as", "soundEvent", "sub"]

            editor.change(uri, 3, "<speak>好。</speak>")
            assert await editor.found(uri, 3) == []
            assert editor.registered and editor.registered[0].method == "workspace/didChangeWatchedFiles"

            script = (tmp_path / "b.md").as_uri()
            editor.open(script, "你好 \u200b世界。\n")
            before = await editor.found(script)
            assert before
            codes = sorted({str(each.code) for each in before})
            (tmp_path / "ttsprep.toml").write_text(f"ignore = {codes!r}\n")
            client.workspace_did_change_watched_files(
                types.DidChangeWatchedFilesParams([types.FileEvent(uri, types.FileChangeType.Created)])
            )
            assert await editor.found(script) == []
            (tmp_path / "ttsprep.toml").write_text("ignroe = []\n")
            editor.change(script, 2, ((0, 0), (0, 0), "啊"))
            assert await editor.found(script, 2)
            for _ in range(100):
                if editor.messages:
                    break
                await asyncio.sleep(0.05)
            assert any("ignroe" in each for each in editor.messages)

            loose = "untitled:Untitled-1"
            editor.open(loose, "<speak>", "ssml")
            assert await editor.found(loose)
            client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(loose)))
            assert await editor.found(loose, None) == []

    run(session)


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 10), ("utf-16", 5), ("utf-32", 4)])
def test_columns_count_what_was_agreed(tmp_path: Path, encoding: str, column: int) -> None:
    """Before the fault: an emoji, a letter with a combining mark, a character that Python takes for a line's end."""
    text = "<speak>\n😀e\u0301\u2028&</speak>"

    async def session() -> None:
        uri = (tmp_path / "a.ssml").as_uri()
        async with editing(tmp_path, encoding) as editor:
            editor.open(uri, "<speak>\n😀e\u0301\u2028</speak>", "ssml")
            editor.change(uri, 2, ((1, column), (1, column), "&"))
            found = [each for each in await editor.found(uri, 2) if each.code == "SSM015"]
            assert [(each.range.start.line, each.range.start.character) for each in found] == [(1, column)], text

    run(session)


def test_nothing_that_an_editor_does_ends_the_server(tmp_path: Path) -> None:
    """Hostile documents, documents that are closed while they are linted, questions about what is not open."""

    async def session() -> None:
        async with editing(tmp_path) as editor:
            client = editor.client
            nowhere = (tmp_path / "nowhere.md").as_uri()
            assert await editor.hover(nowhere, 9, 9) == ""
            editor.change(nowhere, 2, "text")
            long = (tmp_path / "long.md").as_uri()
            editor.open(long, "*`[<" * 20_000)
            client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(long)))
            for number, text in enumerate(
                ["", "\0\ufeff", "<speak>" * 3_000, "[" * 3_000, "{" * 3_000, "\r\r\n\u2028"]
            ):
                for language in ("ssml", "toml", "json", "plaintext", "cobol"):
                    uri = f"untitled:{number}-{language}?\x00#%ff"
                    editor.open(uri, text, language)
                    await editor.found(uri)
                    await editor.hover(uri, 1_000, 1_000)
                    place = types.CompletionParams(types.TextDocumentIdentifier(uri), types.Position(0, 7))
                    await client.text_document_completion_async(place)
                    await editor.actions(uri, types.Range(types.Position(0, 0), types.Position(9, 0)), "quickfix")
            uri = (tmp_path / "fast.md").as_uri()
            editor.open(uri, "")
            for version in range(2, 40):
                editor.change(uri, version, ((0, version - 2), (0, version - 2), "字"))
            assert await editor.found(uri, 39) == []
            assert "**Sentence 1 of 1** · 76 characters" in await editor.hover(uri, 0, 3)

    run(session)
