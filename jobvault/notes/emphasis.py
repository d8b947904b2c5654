"""Which ``*``, ``_``, ``~~`` and ``==`` are marks of emphasis, and which are just characters.

Source: https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis and the delimiter stack of its appendix;
``~~`` (GFM) and ``==`` (Obsidian) go by the same rules, in twos.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_RUN = re.compile(r"\*+|_+|~+|=+|")
_PAIR = 2
_THREE = 3


@dataclass(slots=True)
class Mark:
    """A run of one such character, and how much of it is no mark of emphasis."""

    run: str
    opens: bool
    closes: bool
    left: int

    @property
    def shown(self) -> str:
        """The characters that are none."""
        return self.run[: self.left]


def mark_at(text: str, at: int) -> Mark:
    """Read the run of one of ``*_~=`` that starts at ``at``; all of it is left until marks are resolved."""
    run = text[at : _RUN.match(text, at).end()]  # type: ignore[union-attr]  # the pattern matches the empty string
    before = text[at - 1] if at else " "
    after = text[at + len(run)] if at + len(run) < len(text) else " "
    opens, closes = _flanks(before, after), _flanks(after, before)
    if run[0] == "_":
        opens, closes = opens and (not closes or _punctuates(before)), closes and (not opens or _punctuates(after))
    elif run[0] == "*":
        # For CommonMark the stars of 2*3*4 are marks; whoever writes it means a product.
        opens, closes = (opens, closes) if not (before.isdigit() and after.isdigit()) else (False, False)
    elif len(run) != _PAIR:
        opens = closes = False
    return Mark(run, opens, closes, len(run))


def _flanks(outside: str, inside: str) -> bool:
    """Whether a run between two characters flanks what stands on the inner side of it."""
    if inside.isspace():
        return False
    return not _punctuates(inside) or outside.isspace() or _punctuates(outside)


def _punctuates(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def resolve_marks(marks: Iterable[Mark]) -> None:
    """Pair the marks of one text, in their order: what remains of each in ``left`` is just characters."""
    stack: list[Mark] = []
    bottoms: dict[tuple[str, bool, int], int] = {}
    for mark in marks:
        key = (mark.run[0], mark.opens, len(mark.run) % _THREE)
        while mark.closes and mark.left:
            bottom = bottoms.get(key, 0)
            place = next((at for at in range(len(stack) - 1, bottom - 1, -1) if _pairs(stack[at], mark)), None)
            if place is None:
                # Nothing so far can open for marks of this sort; to search again each time would cost the square.
                bottoms[key] = len(stack)
                break
            opener = stack[place]
            count = _PAIR if opener.left >= _PAIR and mark.left >= _PAIR else 1
            opener.left -= count
            mark.left -= count
            del stack[place + (opener.left > 0) :]
            bottoms = {sort: min(bottom, len(stack)) for sort, bottom in bottoms.items()}
        if mark.opens and mark.left:
            stack.append(mark)


def _pairs(opener: Mark, closer: Mark) -> bool:
    if opener.run[0] != closer.run[0]:
        return False
    if opener.run[0] in "~=" or not (opener.closes or closer.opens):
        return True
    first, second = len(opener.run), len(closer.run)
    return bool((first + second) % _THREE) or not (first % _THREE or second % _THREE)
