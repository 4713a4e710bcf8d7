"""The API key: found, checked, and never shown (HDR-06)."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path
from typing import Final, NoReturn

__all__ = ["ENVIRONMENT_VARIABLE", "Key", "KeyFault", "NoKey", "find_key"]

ENVIRONMENT_VARIABLE: Final = "DASHSCOPE_API_KEY"
_MASK: Final = "[key]"
_LONGEST: Final = 4096
_ESCAPED: Final = '"/'


class KeyFault(ValueError):
    """There is no key, or it cannot be one. The message does not show it."""


class NoKey(KeyFault):
    """No key was given, where one is needed."""

    def __init__(self) -> None:
        super().__init__(f"no API key: set {ENVIRONMENT_VARIABLE} or name a file that holds it (HDR-01)")


class Key:
    """An API key that shows itself nowhere but in the handshake.

        >>> key = Key("sk-0123456789")
        >>> print(key, [key], f"{key:>5}")
        [key] [Key([key])] [key]
        >>> key.redact("401: no such key sk-0123456789")
        '401: no such key [key]'

    Raises KeyFault for a text with spaces, line ends or other characters than visible ASCII (HDR-01); for such a
    text the likely cause is a copying mistake. Raises TypeError for what is no text.
    """

    __slots__ = ("__escaped", "__text", "is_stand_in")

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):
            raise TypeError(f"the API key is a str, not {type(text).__name__}")
        if problem := _problem(text):
            raise KeyFault(f"the API key {problem}")
        self.is_stand_in = False
        """Whether nobody gave a key, and this one is random."""
        self.__text = text
        self.__escaped = re.compile("".join(map(_escaped, re.findall(r"\\+|[^\\]", text))))

    @classmethod
    def stand_in(cls) -> Key:
        """A key for an emulator, which takes any: a random one, for a word would be masked wherever it stands.

        >>> Key.stand_in().redact("the local emulator")
        'the local emulator'
        """
        key = cls(secrets.token_hex())
        key.is_stand_in = True
        return key

    @property
    def authorization(self) -> str:
        """The value of the Authorization header (HDR-01)."""
        return f"Bearer {self.__text}"

    def redact(self, text: str) -> str:
        """The text without the key, should a peer have repeated it: as it is, or escaped in JSON, however deep."""
        return self.__escaped.sub(_MASK, text) if "\\" in text else text.replace(self.__text, _MASK)

    def __repr__(self) -> str:
        return f"Key({_MASK})"

    def __str__(self) -> str:
        return _MASK

    def __format__(self, _spec: str) -> str:
        return _MASK

    def __copy__(self) -> Key:
        return self

    def __deepcopy__(self, _memo: object) -> Key:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("an API key is not written anywhere: it cannot be pickled")


def _escaped(run: str) -> str:
    """A pattern for a character, or a run of backslashes, as JSON, or JSON in JSON, may write it."""
    if run[0] == "\\":
        return rf"(?:\\|\\+u005[cC]){{{len(run)},}}"
    unicode = rf"\\+u(?i:{ord(run):04x})"
    return rf"(?:\\*{re.escape(run)}|{unicode})" if run in _ESCAPED else rf"(?:{re.escape(run)}|{unicode})"


def _problem(text: str) -> str:
    if not text:
        return "is empty"
    if len(text) > _LONGEST:
        return f"has {len(text)} characters: that is no key"
    if any(character.isspace() for character in text):
        return "has a space or a line end in it"
    if not all("!" <= character <= "~" for character in text):
        return "has a character that is not visible ASCII"
    return ""


def find_key(api_key: str | Key | None = None, api_key_file: str | os.PathLike[str] | None = None) -> Key | None:
    """The key that was given, else the one in the file, else that of DASHSCOPE_API_KEY; None if there is none.

    A file holds the key in its only line. Raises KeyFault for a key that cannot be one and for a file that cannot be
    read, which it does not name: the key itself is easily given in its place.
    """
    if isinstance(api_key, Key):
        return api_key
    if api_key is not None:
        return Key(api_key)
    if api_key_file is not None:
        return _key_in(Path(api_key_file))
    given = os.environ.get(ENVIRONMENT_VARIABLE, "")
    return Key(given.strip()) if given.strip() else None


def _key_in(path: Path) -> Key:
    problem = ""
    try:
        return Key(path.read_text(encoding="utf-8-sig").strip())
    except UnicodeDecodeError:
        problem = f"{path}: is not in UTF-8"
    except OSError as error:
        problem = f"the file of the API key cannot be read: {error.strerror or 'it is no file'}"
    except KeyFault as fault:
        problem = f"{path}: {fault}"
    raise KeyFault(problem)
