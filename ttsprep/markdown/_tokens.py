"""The parser's tokens, made cheaply."""

from __future__ import annotations

from typing import Any, Literal

from markdown_it.token import Token

__all__ = ["LeanToken"]


class LeanToken(Token):
    """A token whose dictionaries are made when somebody asks for them: most have none, and a text has many tokens."""

    __slots__ = ()

    def __init__(
        self,
        type: str,  # noqa: A002 # the parser's own names
        tag: str,
        nesting: Literal[-1, 0, 1],
        map: list[int] | None = None,  # noqa: A002 # the same
        content: str = "",
        markup: str = "",
        level: int = 0,
        block: bool = False,  # once for each token: no keywords
    ) -> None:
        self.type = type
        self.tag = tag
        self.nesting = nesting
        self.map = map
        self.content = content
        self.markup = markup
        self.info = ""
        self.level = level
        self.children = None
        self.block = block
        self.hidden = False

    def __getattr__(self, name: str) -> Any:
        """``attrs`` and ``meta`` on first use; all else is set from the beginning."""
        if name not in ("attrs", "meta"):
            raise AttributeError(name)
        made: dict[str, Any] = {}
        setattr(self, name, made)
        return made
