"""What a command was called with, as its words are shown again in `jobvault undo --list`."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

_WITH_VALUE = ("--vault", "--today")
_LONGEST = 200


def command_words(arguments: Sequence[str]) -> str:
    """Return a call as one would type it, without the options that say where and when and not what.

    >>> command_words(["--today", "2026-11-25", "done", "send the CV", "--vault=notes"])
    "jobvault done 'send the CV'"
    """
    text = " ".join(shlex.join(["jobvault", *_what(arguments)]).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _what(arguments: Sequence[str]) -> Iterator[str]:
    rest = iter(arguments)
    for word in rest:
        if word == "--":
            yield from (word, *rest)
        elif word in _WITH_VALUE:
            next(rest, None)
        elif word != "--no-input" and not word.startswith(tuple(f"{option}=" for option in _WITH_VALUE)):
            yield word
