"""The language server: what the linter knows, in an editor, while a script is written.

A document is looked at as `ttsprep.lint` looks at a file. Every feature is a function from a `Script` and a place to
the types of the Language Server Protocol, and `server` is the thin shell that pygls calls.

>>> script = Script("file:///a.ssml", "<speak>Q&A</speak>")
>>> [found.code for found in diagnostics(script)]
['SSM015']
"""

from __future__ import annotations

from ttsprep.lsp.diagnosing import diagnostics
from ttsprep.lsp.scripts import Script

__all__ = ["Script", "diagnostics"]
