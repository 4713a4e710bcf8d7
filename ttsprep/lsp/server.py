"""The shell: pygls calls, and what answers is in the other modules.

Every answer is worked out in a thread, so that a long document never holds up typing. A document is linted when it has
been left alone for a moment, and the findings of an old version are thrown away.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any, Final, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.workspace import TextDocument

from ttsprep import __version__
from ttsprep.lsp.actions import FIX_ALL, actions
from ttsprep.lsp.completing import complete
from ttsprep.lsp.diagnosing import diagnostics
from ttsprep.lsp.formatting import format_document
from ttsprep.lsp.hovering import hover
from ttsprep.lsp.lenses import lenses
from ttsprep.lsp.positions import Unit
from ttsprep.lsp.scripts import CONFIGURATIONS, Script

__all__ = ["Server", "make_server"]

_log = logging.getLogger(__name__)
_PAUSE: Final = 0.15
"""Seconds without a key pressed after which a document is linted."""
_LONGEST: Final = 5_000_000
"""Characters of a document that is looked at."""
Answer = TypeVar("Answer")


class Server(LanguageServer):
    """The server of one client."""

    def __init__(self) -> None:
        super().__init__("ttsprep", __version__, max_workers=2)
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._known: dict[str, Script] = {}
        # One at a time: what is still waiting when its document changes again is never begun.
        self._linter = ThreadPoolExecutor(1, "ttsprep-lint")

    def script(self, uri: str) -> Script:
        """The version of a document that is open now, looked at once for all that is asked of it."""
        document = self.workspace.get_text_document(uri)
        known = self._known.get(uri)
        if known is None or known.version != document.version or known.text != document.source:
            known = self._known[uri] = _script(document, self._unit)
        return known

    @property
    def _unit(self) -> Unit:
        return Unit(self.server_capabilities.position_encoding or Unit.UTF16)

    async def ask(
        self, function: Callable[..., Answer], uri: str, *given: Any, thread: Executor | None = None
    ) -> Answer | None:
        """What a function says of a document, worked out in a thread; None where it fails, or the document is huge."""
        script = self.script(uri)
        if len(script.text) > _LONGEST:
            return None
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
        script = self.script(uri)
        found = await self.ask(diagnostics, uri, thread=self._linter) or []
        if uri in self.workspace.text_documents and self.script(uri) is script:
            self._publish(uri, found, script.version)

    def close(self, uri: str) -> None:
        """Forget a document that is closed, and what was found in it."""
        self.stop(uri)
        self._known.pop(uri, None)
        self._publish(uri, [], None)

    def anew(self) -> None:
        """Lint every open document: a configuration has changed."""
        self._known.clear()
        for uri in list(self.workspace.text_documents):
            self.soon(uri)

    def _publish(self, uri: str, found: list[types.Diagnostic], version: int | None) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))


def _script(document: TextDocument, unit: Unit) -> Script:
    return Script(document.uri, document.source, document.language_id or "", unit, document.version)


def make_server() -> Server:
    """A server with every feature; ``start_io()`` serves a client on standard input and output."""
    server = Server()
    _add_documents(server)
    _add_answers(server)
    return server


def _add_documents(server: Server) -> None:
    @server.feature(types.INITIALIZED)
    async def initialized(ls: Server, _given: types.InitializedParams) -> None:
        await _watch(ls)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(ls: Server, given: types.DidOpenTextDocumentParams) -> None:
        ls.soon(given.text_document.uri, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(ls: Server, given: types.DidChangeTextDocumentParams) -> None:
        ls.soon(given.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(ls: Server, given: types.DidSaveTextDocumentParams) -> None:
        if given.text_document.uri.endswith(CONFIGURATIONS):
            ls.anew()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(ls: Server, given: types.DidCloseTextDocumentParams) -> None:
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
        start, end = (_offset(ls.script(uri), place) for place in (given.range.start, given.range.end))
        return await ls.ask(actions, uri, start, end, only) or []

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hovered(ls: Server, given: types.HoverParams) -> types.Hover | None:
        uri = given.text_document.uri
        return await ls.ask(hover, uri, _offset(ls.script(uri), given.position))

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=list('<" /[')))
    async def completed(ls: Server, given: types.CompletionParams) -> types.CompletionList:
        uri = given.text_document.uri
        items = await ls.ask(complete, uri, _offset(ls.script(uri), given.position)) or []
        return types.CompletionList(is_incomplete=False, items=items)

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    async def formatted(ls: Server, given: types.DocumentFormattingParams) -> list[types.TextEdit]:
        return await ls.ask(format_document, given.text_document.uri) or []

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS)
    async def bill(ls: Server, given: types.CodeLensParams) -> list[types.CodeLens]:
        return await ls.ask(lenses, given.text_document.uri) or []


def _offset(script: Script, place: types.Position) -> int:
    return script.offset(place.line, place.character)
