"""API keys that got among the settings: found, refused, and never shown (HDR-06)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from ttsprep.rules import key_in_settings
from ttsprep.settings.draft import Draft
from ttsprep.settings.masking import like_a_key
from ttsprep.settings.paths import Path, field_name

__all__ = ["check_keys", "is_key_name", "refusing_keys"]

_NOT_HERE = (
    "an API key does not belong in settings; put it into the environment variable DASHSCOPE_API_KEY "
    "or into a file of its own"
)

_NAMES = re.compile(
    r"(?:x|my|the)?(?:dashscope|aliyun|bailian|qwen)?(?:api)?(?:access)?(?:key|token|secret|keysecret)(?:id)?"
    r"|(?:proxy)?authori[sz]ation|auth|bearer|credentials?|password"
)

_DEEPEST = 16
_TEXTS = "hot_fix"  # its names are words of the text


def is_key_name(name: Any) -> bool:
    """Whether a setting of this name would hold an API key.

    >>> is_key_name("api_key"), is_key_name("Authorization"), is_key_name("DASHSCOPE_API_KEY"), is_key_name("rate")
    (True, True, True, False)
    """
    return isinstance(name, str) and _NAMES.fullmatch(re.sub(r"[\W_]+", "", name.casefold())) is not None


_Class = TypeVar("_Class", bound=type)


def refusing_keys(settings: _Class) -> _Class:
    """A class whose constructor says where a key belongs: Python's own TypeError would only say that it takes none."""
    init = vars(settings)["__init__"]

    @functools.wraps(init)
    def checked(self: Any, **given: Any) -> None:
        for name in filter(is_key_name, given):
            raise TypeError(f"{name} is no setting: {_NOT_HERE}") from None
        init(self, **given)

    setattr(settings, "__init__", checked)  # noqa: B010 (an assignment is what mypy refuses)
    return settings


def check_keys(draft: Draft) -> set[Any]:
    """Report every key among the settings; which of them are not looked at any further."""
    refused = set()
    for path, what in _keys(draft.given, ()):
        draft.report(key_in_settings.RULE, path, f"{field_name(path)} {what}: {_NOT_HERE}")
        refused.add(path[0])
    return refused


def _keys(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str) and like_a_key(value):
        yield path, "looks like an API key"
    elif isinstance(value, Mapping) and len(path) < _DEEPEST:
        for name, inner in value.items():
            if is_key_name(name) and path[:1] != (_TEXTS,):
                yield (*path, name), "is no setting"
            else:
                yield from _keys(inner, (*path, name))
    elif isinstance(value, list | tuple) and len(path) < _DEEPEST:
        for at, inner in enumerate(value):
            yield from _keys(inner, (*path, at))
