"""`lsp`: the language server for editors.

Exit codes: 0 the client has ended the session, 2 the call is wrong or the extra is not installed.
"""

from __future__ import annotations

import sys

import click

__all__ = ["COMMANDS"]


@click.command("lsp")
@click.option("--stdio", is_flag=True, help="Serve on standard input and output, which is done anyway.")
@click.option("--tcp", type=click.IntRange(1, 65_535), metavar="PORT", help="Serve a client on this port of 127.0.0.1.")
def lsp(stdio: bool, tcp: int | None) -> None:
    """Serve an editor: findings while you type, fixes, what a tag does, the bill.

    Editors start it themselves; see the page on editors. It speaks the Language Server Protocol.
    """
    if stdio and tcp:
        raise click.UsageError("--stdio and --tcp exclude each other")
    try:
        from ttsprep.lsp.server import make_server
    except ModuleNotFoundError as error:
        if error.name not in ("pygls", "lsprotocol"):
            raise
        raise click.UsageError("the language server needs the extra: pip install 'ttsprep[lsp]'") from error
    server = make_server()
    if tcp:
        server.start_tcp("127.0.0.1", tcp)
    else:
        out, sys.stdout = sys.stdout.buffer, sys.stderr  # nothing but the protocol may stand there
        server.start_io(sys.stdin.buffer, out)


COMMANDS = [lsp]
