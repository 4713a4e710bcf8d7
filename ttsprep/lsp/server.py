"""The shell: pygls calls, and what answers is in the other modules.

Every answer is worked out in a thread, so that a long document never holds up typing. A document is linted when it has
been left alone for a moment, and the findings of an old version are thrown away.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from ttsprep import __version__
from ttsprep.lsp.actions import FIX_ALL, actions
from ttsprep.lsp.completing import complete
from ttsprep.lsp.diagnosing import diagnostics
from ttsprep.lsp.formatting import format_document
from ttsprep.lsp.hovering import hover
from ttsprep.lsp.lenses import lenses
from ttsprep.lsp.positions import Places, Unit
from ttsprep.lsp.scripts import CONFIGURATIONS, Script

__all__ = ["Server", "make_server"]

_log = logging.getLogger(__name__)
_PAUSE: Final = 0.15
"""Seconds without a key pressed after which a document is linted."""
_LONGEST: Final = 5_000_000
"""Characters of a document that is looked at."""
_Change = types.TextDocumentContentChangePartial | types.TextDocumentContentChangeWholeDocument
Answer = TypeVar("Answer")


class _Protocol(LanguageServerProtocol):
    """The protocol of pygls, but for changes of texts: these are ours.

    pygls cuts lines where Python does, at U+2028 too, and the protocol does not; it would bend the ranges accordingly.
    """

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(
        self, params: types.DidChangeTextDocumentParams
    ) -> Generator[tuple[Any, tuple[Any, ...], None], Any, None]:
        """Hand the changes on as they came."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None


class Server(LanguageServer):
    """The server of one client."""

    def __init__(self) -> None:
        super().__init__("ttsprep", __version__, protocol_cls=_Protocol, max_workers=2)
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._open: dict[str, Script] = {}
        self._told: dict[Path, str] = {}
        self._pages = ""
        # One at a time: what is still waiting when its document changes again is never begun.
        self._linter = ThreadPoolExecutor(1, "ttsprep-lint")

    def report_server_error(self, error: Exception, source: Any) -> None:
        """What goes wrong stands in the log of the client; nobody is interrupted by it."""
        message = f"{getattr(source, '__name__', source)}: {error}"
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, message))

    def open(self, document: types.TextDocumentItem) -> None:
        """A document is open from now on; its text is what the client says, whatever lies on the disk."""
        unit, pages = self._unit, self._pages
        self._open[document.uri] = Script(
            document.uri, document.text, document.language_id, unit, document.version, pages
        )
        self.soon(document.uri, 0)

    def change(self, document: types.VersionedTextDocumentIdentifier, changes: Sequence[_Change]) -> None:
        """A document has another text."""
        known = self._open.get(document.uri)
        if known is None:
            return
        text = known.text
        for each in changes:
            if isinstance(each, types.TextDocumentContentChangePartial):
                start, end = each.range.start, each.range.end
                places = Places(text, known.unit)
                text = places.changed((start.line, start.character), (end.line, end.character), each.text)
            else:
                text = each.text
        self._open[document.uri] = dataclasses.replace(known, text=text, version=document.version)
        self.soon(document.uri)

    @property
    def _unit(self) -> Unit:
        return Unit(self.server_capabilities.position_encoding or Unit.UTF16)

    async def ask(
        self, function: Callable[..., Answer], uri: str, *given: Any, thread: Executor | None = None
    ) -> Answer | None:
        """What a function says of a document, worked out in a thread; places become offsets.

        None where it fails, or the document is huge, or not open.
        """
        script = self._open.get(uri)
        if script is None or len(script.text) > _LONGEST:
            return None
        given = tuple(_offset(script, each) if isinstance(each, types.Position) else each for each in given)
        try:
            return await asyncio.get_running_loop().run_in_executor(thread, function, script, *given)
        except Exception:  # one document that cannot be looked at must not end the server
            _log.exception("%s failed on a document of %d characters", function.__name__, len(script.text))
            return None

    def soon(self, uri: str, pause: float = _PAUSE) -> None:
        """Lint a document after a moment, unless it changes again."""
        self.stop(uri)
        self._waiting[uri] = asyncio.create_task(self._lint(uri, pause))

    def stop(self, uri: str) -> None:
        """What was to be linted is not any more."""
        waiting = self._waiting.pop(uri, None)
        if waiting is not None:
            waiting.cancel()

    async def _lint(self, uri: str, pause: float) -> None:
        await asyncio.sleep(pause)
        script = self._open.get(uri)
        found = await self.ask(diagnostics, uri, thread=self._linter) or []
        if script is not None and self._open.get(uri) is script:
            self._publish(uri, found, script.version)
            self._tell_faults(script)

    def _tell_faults(self, script: Script) -> None:
        """Say once that a configuration has errors: until they are mended the defaults act."""
        if len(script.text) > _LONGEST or script.is_configuration or not script.loaded.sources:
            return
        path = Path(script.loaded.sources[0].name).absolute()
        faulty = script.loaded.configuration is None
        words = "; ".join(map(str, script.loaded.diagnostics)) if faulty else ""
        if words and words != self._told.get(path):
            message = f"{path} does not act: {words}"
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, message))
        self._told[path] = words

    def close(self, uri: str) -> None:
        """Forget a document that is closed, and what was found in it."""
        self.stop(uri)
        self._open.pop(uri, None)
        self._publish(uri, [], None)

    def anew(self) -> None:
        """Lint every open document: a configuration has changed."""
        for uri, script in list(self._open.items()):
            self._open[uri] = dataclasses.replace(script)
            self.soon(uri)

    def take_options(self, options: Any) -> None:
        """What the client says at the beginning: ``rulePages``, the address of the pages of rules."""
        pages = options.get("rulePages") if isinstance(options, Mapping) else None
        self._pages = pages if isinstance(pages, str) else ""

    def version_of(self, uri: str) -> int | None:
        """The version of a document that is open now; None for one that is not."""
        return self._open[uri].version if uri in self._open else None

    def versioned(self, actions: list[types.CodeAction], version: int | None) -> list[types.CodeAction]:
        """The actions with edits of one version, for a client that then refuses them when it has gone on."""
        can = self.client_capabilities.workspace and self.client_capabilities.workspace.workspace_edit
        if not can or not can.document_changes:
            return actions
        for action in actions:
            if action.edit is not None:
                action.edit = _of_version(action.edit, version)
        return actions

    def _publish(self, uri: str, found: list[types.Diagnostic], version: int | None) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))


def _of_version(edit: types.WorkspaceEdit, version: int | None) -> types.WorkspaceEdit:
    """An edit of one document as one of a version of it."""
    made = []
    for uri, edits in (edit.changes or {}).items():
        named = types.OptionalVersionedTextDocumentIdentifier(uri, version)
        made.append(types.TextDocumentEdit(named, list(edits)))
    return types.WorkspaceEdit(document_changes=made)


def make_server() -> Server:
    """A server with every feature; ``start_io()`` serves a client on standard input and output."""
    server = Server()
    _add_documents(server)
    _add_answers(server)
    return server


def _add_documents(server: Server) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(ls: Server, given: types.InitializeParams) -> None:
        ls.take_options(given.initialization_options)

    @server.feature(types.INITIALIZED)
    async def initialized(ls: Server, _given: types.InitializedParams) -> None:
        await _watch(ls)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: Server, given: types.DidOpenTextDocumentParams) -> None:
        ls.open(given.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(ls: Server, given: types.DidChangeTextDocumentParams) -> None:
        ls.change(given.text_document, given.content_changes)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(ls: Server, given: types.DidSaveTextDocumentParams) -> None:
        if given.text_document.uri.endswith(CONFIGURATIONS):
            ls.anew()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: Server, given: types.DidCloseTextDocumentParams) -> None:
        ls.close(given.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def files_changed(ls: Server, _given: types.DidChangeWatchedFilesParams) -> None:
        ls.anew()


async def _watch(server: Server) -> None:
    """Ask the client, if it can, to tell when a configuration or a sidecar changes on the disk."""
    files = server.client_capabilities.workspace and server.client_capabilities.workspace.did_change_watched_files
    if not files or not files.dynamic_registration:
        return
    watchers = [types.FileSystemWatcher(f"**/{name}") for name in (*CONFIGURATIONS, "*.ttsprep")]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    asked = types.Registration("ttsprep-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    await server.client_register_capability_async(types.RegistrationParams([asked]))


def _add_answers(server: Server) -> None:
    offers = types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL])

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, offers)
    async def code_actions(ls: Server, given: types.CodeActionParams) -> list[types.CodeAction]:
        uri, only = given.text_document.uri, given.context.only
        version = ls.version_of(uri)
        return ls.versioned(await ls.ask(actions, uri, given.range.start, given.range.end, only) or [], version)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hovered(ls: Server, given: types.HoverParams) -> types.Hover | None:
        uri = given.text_document.uri
        return await ls.ask(hover, uri, given.position)

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=list('<" /[')))
    async def completed(ls: Server, given: types.CompletionParams) -> types.CompletionList:
        uri = given.text_document.uri
        items = await ls.ask(complete, uri, given.position) or []
        return types.CompletionList(is_incomplete=False, items=items)

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    async def formatted(ls: Server, given: types.DocumentFormattingParams) -> list[types.TextEdit]:
        return await ls.ask(format_document, given.text_document.uri) or []

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS)
    async def bill(ls: Server, given: types.CodeLensParams) -> list[types.CodeLens]:
        return await ls.ask(lenses, given.text_document.uri) or []


def _offset(script: Script, place: types.Position) -> int:
    return script.offset(place.line, place.character)
