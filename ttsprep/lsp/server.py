"""The shell around it all: pygls hands messages over, the functions of this package answer them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from ttsprep.lint.configuration.reading import NAMES
from ttsprep.lint.model import Kind
from ttsprep.lint.suppression import SIDECAR
from ttsprep.lsp.actions import FIX_ALL, code_actions
from ttsprep.lsp.answers import NAME, as_range, diagnostics, text_edits
from ttsprep.lsp.bills import bill
from ttsprep.lsp.completions import Completion, completions
from ttsprep.lsp.documents import Analysis, Document
from ttsprep.lsp.hovers import hover
from ttsprep.lsp.layout import formatted
from ttsprep.lsp.places import Text, Units
from ttsprep.lsp.session import Session

__all__ = ["Server", "make_server"]

_TRIGGERS: Final = ["<", "/", " ", '"', "=", "'"]
_KINDS: Final = {
    "element": types.CompletionItemKind.Class,
    "attribute": types.CompletionItemKind.Property,
    "value": types.CompletionItemKind.Value,
    "voice": types.CompletionItemKind.EnumMember,
    "key": types.CompletionItemKind.Property,
}
_Made = TypeVar("_Made")


class Server(LanguageServer):
    """One editor's server."""

    def __init__(self) -> None:
        from ttsprep import __version__

        super().__init__(NAME, __version__)
        self.session = Session(self._publish, self._report)
        self.rule_pages = ""
        """The address of the rules' pages, with ``{code}``; an editor gives it as the option ``rulePages``."""

    @property
    def units(self) -> Units:
        """What the columns of this editor count."""
        encoding = self.workspace.position_encoding
        return Units(getattr(encoding, "value", encoding) or Units.UTF16)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """An error of ours is written down; nobody is interrupted by it."""
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, f"{source.__name__}: {error}"))

    def shutdown(self) -> None:
        """Stop, without waiting for what nobody will read."""
        self.session.close()
        super().shutdown()  # type: ignore[no-untyped-call]  # pygls does not annotate it

    async def ask(
        self, uri: str, function: Callable[..., _Made], *places: types.Position, **named: Any
    ) -> tuple[Document, _Made] | None:
        """What a function says of the newest analysis of a document and the offsets of places in it."""
        analysis = await self.session.analysis(uri)
        if analysis is None:
            return None
        offsets = [analysis.document.offset(place.line, place.character) for place in places]
        return analysis.document, await self.session.work(function, analysis, *offsets, **named)

    def _publish(self, analysis: Analysis) -> None:
        self.text_document_publish_diagnostics(diagnostics(analysis, self.rule_pages))

    def _report(self, words: str) -> None:
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, words))


def make_server() -> Server:
    """A server that answers everything it knows to answer."""
    server = Server()
    for method, handler, *options in _HANDLERS:
        server.feature(method, *options)(handler)
    return server


# --- what is open


def _initialize(server: Server, params: types.InitializeParams) -> None:
    options = params.initialization_options
    pages = options.get("rulePages") if isinstance(options, dict) else getattr(options, "rulePages", None)
    server.rule_pages = pages if isinstance(pages, str) else ""


async def _initialized(server: Server, _params: types.InitializedParams) -> None:
    """Ask to be told when a configuration, or a sidecar, changes."""
    workspace = server.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if not (watching and watching.dynamic_registration):
        return
    patterns = [f"**/{name}" for name in (*NAMES, f"*{SIDECAR}")]
    options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(each) for each in patterns])
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    await server.client_register_capability_async(
        types.RegistrationParams([types.Registration(f"{NAME}-files", method, options)])
    )


def _did_open(server: Server, params: types.DidOpenTextDocumentParams) -> None:
    opened = params.text_document
    text = Text(opened.text, server.units)
    server.session.put(Document(opened.uri, opened.version, text, opened.language_id, _path(opened.uri)), pause=0)


def _path(uri: str) -> Path | None:
    """The file of an address; ``None`` where it has none."""
    try:
        path = to_fs_path(uri)
        if not path or "\0" in path:
            return None
        return Path(path)
    except ValueError:
        return None


def _did_change(server: Server, params: types.DidChangeTextDocumentParams) -> None:
    known = server.session.document(params.text_document.uri)
    if known is None:
        return
    text = known.text
    for change in params.content_changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            start, end = change.range.start, change.range.end
            text = text.changed((start.line, start.character), (end.line, end.character), change.text)
        else:
            text = Text(change.text, server.units)
    server.session.put(Document(known.uri, params.text_document.version, text, known.language, known.path))


def _did_close(server: Server, params: types.DidCloseTextDocumentParams) -> None:
    uri = params.text_document.uri
    server.session.drop(uri)
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))


def _changed_outside(server: Server, _params: Any) -> None:
    """A configuration was saved, or changed by somebody else."""
    server.session.again()


def _did_save(server: Server, params: types.DidSaveTextDocumentParams) -> None:
    path = _path(params.text_document.uri)
    if path is not None and (path.suffix in (".toml", ".json", SIDECAR)):
        server.session.again()


# --- questions


async def _code_actions(server: Server, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    document = server.session.document(params.text_document.uri)
    if document is None:
        return None
    asked = await server.ask(
        document.uri,
        lambda *given, **named: list(code_actions(*given, **named)),
        params.range.start,
        params.range.end,
        only=params.context.only,
        sidecar=server.session.sidecar(document),
    )
    return asked[1] if asked else None


async def _hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    asked = await server.ask(params.text_document.uri, hover, params.position)
    if asked is None or asked[1] is None:
        return None
    document, found = asked[0], asked[1]
    words = types.MarkupContent(types.MarkupKind.Markdown, found.text)
    return types.Hover(words, as_range(document, found.span) if found.span else None)


async def _completion(server: Server, params: types.CompletionParams) -> list[types.CompletionItem] | None:
    asked = await server.ask(params.text_document.uri, completions, params.position)
    return list(_items(*asked)) if asked else None


def _items(document: Document, found: Iterable[Completion]) -> Iterable[types.CompletionItem]:
    for number, each in enumerate(found):
        yield types.CompletionItem(
            each.word,
            kind=_KINDS[each.kind],
            documentation=types.MarkupContent(types.MarkupKind.Markdown, each.about) if each.about else None,
            sort_text=f"{number:04}",
            filter_text=each.text,
            text_edit=types.TextEdit(as_range(document, each.span), each.text),
        )


async def _formatting(server: Server, params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
    asked = await server.ask(params.text_document.uri, _layout)
    return asked[1] if asked else None


def _layout(analysis: Analysis) -> list[types.TextEdit]:
    """The edit that makes the form of it; none for what is no SSML."""
    edit = analysis.document.replaced(formatted(analysis.source.text)) if analysis.kind is Kind.SSML else None
    return text_edits(analysis.document, [edit]) if edit else []


async def _code_lens(server: Server, params: types.CodeLensParams) -> list[types.CodeLens] | None:
    asked = await server.ask(params.text_document.uri, bill)
    if asked is None:
        return None
    top = types.Range(types.Position(0, 0), types.Position(0, 0))
    return [types.CodeLens(top, types.Command(asked[1], ""))] if asked[1] else []


_HANDLERS: Final[list[tuple[Any, ...]]] = [
    (types.INITIALIZE, _initialize),
    (types.INITIALIZED, _initialized),
    (types.TEXT_DOCUMENT_DID_OPEN, _did_open),
    (types.TEXT_DOCUMENT_DID_CHANGE, _did_change),
    (types.TEXT_DOCUMENT_DID_CLOSE, _did_close),
    (types.TEXT_DOCUMENT_DID_SAVE, _did_save),
    (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, _changed_outside),
    (types.WORKSPACE_DID_CHANGE_CONFIGURATION, _changed_outside),
    (
        types.TEXT_DOCUMENT_CODE_ACTION,
        _code_actions,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL]),
    ),
    (types.TEXT_DOCUMENT_HOVER, _hover),
    (types.TEXT_DOCUMENT_COMPLETION, _completion, types.CompletionOptions(trigger_characters=_TRIGGERS)),
    (types.TEXT_DOCUMENT_FORMATTING, _formatting),
    (types.TEXT_DOCUMENT_CODE_LENS, _code_lens),
]
"""Each message with what answers it."""
