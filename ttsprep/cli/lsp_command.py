"""``lsp``: the language server, started by an editor."""

from __future__ import annotations

import click

__all__ = ["COMMANDS"]


@click.command()
@click.option("--stdio", is_flag=True, help="Speak over standard input and output, as by default.")
@click.option("--tcp", metavar="[HOST:]PORT", help="Wait for one editor on a port; the host is 127.0.0.1.")
def lsp(stdio: bool, tcp: str | None) -> None:
    """Serve an editor as a language server.

    Findings while you type, their fixes, what a tag or a sentence means and costs, completion and formatting of
    SSML. Needs the extra `lsp`: pip install 'ttsprep[lsp]'.

    \b
    Exit codes:
      0  the editor has said goodbye
      2  the call is wrong, pygls is missing, or the port cannot be had
    """
    from ttsprep.lsp import serve

    if stdio and tcp is not None:
        raise click.UsageError("--stdio and --tcp exclude each other")
    host, port = (None, 0) if tcp is None else _address(tcp)
    try:
        serve(host, port)
    except ModuleNotFoundError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.UsageError(f"cannot listen on {tcp}: {error.strerror or error}") from error


def _address(said: str) -> tuple[str, int]:
    """Host and port."""
    host, _, port = said.rpartition(":")
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise click.UsageError(f"--tcp is [HOST:]PORT with a port from 1 to 65535, not {said!r}")
    return host.strip("[]") or "127.0.0.1", int(port)


COMMANDS = [lsp]
