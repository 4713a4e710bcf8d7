"""The language server: what the linter knows, in an editor, while somebody types.

`serve` speaks the protocol by means of pygls (the extra ``ttsprep[lsp]``); all else are functions of a document, to be
asked and tested without an editor.
"""

from __future__ import annotations

__all__ = ["serve"]


def serve(host: str | None = None, port: int = 0) -> None:
    """Serve one editor: over standard input and output, or the first that connects to a port.

    Raises ModuleNotFoundError without pygls, with what to install, and OSError where the port cannot be had.
    """
    try:
        from ttsprep.lsp.server import make_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        words = "the language server needs pygls: pip install 'ttsprep[lsp]'"
        raise ModuleNotFoundError(words, name="pygls") from error
    server = make_server()
    if host is not None:
        server.start_tcp(host, port)
        return
    import sys

    out, sys.stdout = sys.stdout.buffer, sys.stderr  # nothing but the protocol may stand on standard output
    server.start_io(sys.stdin.buffer, out)
