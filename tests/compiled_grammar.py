"""The grammar in its XML form: ``python -m tests.compiled_grammar`` compiles it anew."""

from __future__ import annotations

from pathlib import Path

import rnc2rng

GRAMMAR = Path(__file__).resolve().parent.parent / "grammars" / "cosyvoice-ssml.rnc"


def compiled() -> str:
    """What the compact form compiles to."""
    return str(rnc2rng.dumps(rnc2rng.loads(GRAMMAR.read_text("utf-8")))).rstrip() + "\n"


def main() -> None:
    """Write the XML form beside the compact one."""
    GRAMMAR.with_suffix(".rng").write_text(compiled(), "utf-8")


if __name__ == "__main__":
    main()
