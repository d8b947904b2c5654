"""What an unquoted YAML scalar means: version 1.2's core schema, with dates.

The schema is https://yaml.org/spec/1.2.2/#103-core-schema. Beyond it, an unquoted ISO date (``2026-11-23``) is a
date and ``2026-11-23T10:30:00`` a datetime, as in Obsidian's property editor; one that does not exist stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple, TypeAlias

Scalar: TypeAlias = str | int | float | bool | date | datetime | None
Value: TypeAlias = "Scalar | list[Value] | dict[Scalar, Value]"

_MAX_NUMBER = 300
"""Longest number in characters; a longer one stays text. Python refuses to print integers past 4,300 digits."""


class YamlError(ValueError):
    """A text cannot be used as YAML.

    ``code`` is one of ``yaml-syntax``, ``yaml-too-big``, ``yaml-too-deep``, ``yaml-aliases``, ``yaml-tag``,
    ``duplicate-key`` and ``front-matter-not-utf8``; ``line`` counts from 1 in the text that was read; ``what`` says
    in English what is wrong (for a duplicate key: its name, whose first line is ``first``).
    """

    def __init__(self, code: str, line: int, what: str, first: int | None = None) -> None:
        self.code, self.line, self.what, self.first = code, line, what, first
        super().__init__(f"line {line}: {what}")


class Entry(NamedTuple):
    """One key of a mapping: ``name`` as written, ``key`` as the schema reads it, lines counted from 1.

    ``line`` is the key's; ``end`` is the last line that belongs to the value.
    """

    name: str
    key: Scalar
    value: Value
    line: int
    end: int


_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_NUMBER = re.compile(
    r"(?P<int>[-+]?[0-9]+)|(?P<octal>0o[0-7]+)|(?P<hex>0x[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"|(?P<datetime>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    r"(?:\.[0-9]{1,6})?(?:Z|[-+][0-9]{2}:[0-9]{2})?)"
)
_NUMBER_READERS: dict[str, Callable[[str], Scalar]] = {
    "int": int,
    "octal": lambda text: int(text, 8),
    "hex": lambda text: int(text, 16),
    "float": float,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}


def core_scalar(text: str) -> Scalar:
    """Return what an unquoted scalar means.

    >>> [core_scalar(text) for text in ("no", "12:30", "01234", "0o14", "1e3", "~", "2026-02-30")]
    ['no', '12:30', 1234, 12, 1000.0, None, '2026-02-30']
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789" or len(text) > _MAX_NUMBER or (found := _NUMBER.fullmatch(text)) is None:
        return text
    try:
        return _NUMBER_READERS[str(found.lastgroup)](text)
    except ValueError:  # a date that does not exist
        return text
