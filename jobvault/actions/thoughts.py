"""What was typed or pasted, as thoughts: clean lines, one thought each, all words kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from jobvault.notes.edits.literal import one_line

_LINE_END = re.compile(r"\r\n|\r|\n")
_STRAY_BYTE = re.compile("[\udc80-\udcff]")
_UNSEEN = re.compile("[\ufeff\ufffe\uffff]")
_BULLETS = re.compile(r"\A(?:[-*+•‣◦▪–—](?: |\Z))+")
_NUMBER = re.compile(r"(\d{1,2})[.)] (?=\S)")


def thoughts(texts: Iterable[str]) -> tuple[str, ...]:
    """Return clean lines, empty ones left out, without the marks of a list that was pasted.

    Lines end at LF, CRLF and CR. A lone number before a line stays, since ``10. December`` is a date.
    """
    cleaned = [_clean(raw) for text in texts for raw in _LINE_END.split(text)]
    lines = [bare for line in cleaned if (bare := _BULLETS.sub("", line))]
    if _is_numbered(lines):
        lines = [_NUMBER.sub("", line, count=1) for line in lines]
    return tuple(lines)


def _clean(text: str) -> str:
    """Return one line without what nobody sees.

    A byte that is no UTF-8 (a lone surrogate, as a terminal of another encoding leaves) is the letter that it is in
    Windows-1252.
    """
    return one_line(_UNSEEN.sub("", _STRAY_BYTE.sub(_as_letter, text)))


def _as_letter(found: re.Match[str]) -> str:
    return bytes([ord(found[0]) - 0xDC00]).decode("cp1252", "replace")


def _is_numbered(lines: Sequence[str]) -> bool:
    """Whether the lines are numbered from 1."""
    numbers = [found[1] for line in lines if (found := _NUMBER.match(line))]
    return len(lines) > 1 and numbers == [str(place) for place in range(1, len(lines) + 1)]
