"""Markdown tables as Prettier writes them: every column padded to the width at which its cells are shown.

Widths are those of Prettier's ``getStringWidth``: East Asian wide and fullwidth characters and emoji take two
columns, combining marks none (Unicode's UAX 11 and UTS 51), so that a formatter has nothing left to do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_SHORTEST = 3
"""Prettier draws at least three dashes."""

_PEOPLE = (
    "☝⛹✊-✍🎅🏂-🏄🏇🏊-🏌👂👃👆-👐👦-👩👫-👸👼💁-💃💅-💇💏💑💪🕴🕵🕺🖐🖕🖖🙅-🙇🙋-🙏🚣🚴-🚶🛀🛌"
    "🤌🤏🤘-🤟🤦🤰-🤹🤼-🤾🥷🦵🦶🦸🦹🦻🧍-🧏🧑-🧝🫃-🫅🫰-🫺"
)
"""Emoji that take a skin tone (Emoji_Modifier_Base)."""

_TWO_WIDE = re.compile(rf"[{_PEOPLE}][🏻-🏿]?|[0-9#*]\ufe0f\u20e3")
_WIDE_LATER = re.compile(
    "[☰-☷⚊-⚏䷀-䷿\U0001d300-\U0001d356\U0001d360-\U0001d376\U0001f6d8\U0001f6d9\U0001f6dc\U0001fa75-\U0001fa77"
    "\U0001fa87-\U0001fa8f\U0001faad-\U0001faaf\U0001fabb-\U0001fabf\U0001fac6\U0001fac8\U0001facc-\U0001facf"
    "\U0001fada-\U0001fadd\U0001fadf\U0001fae8-\U0001faeb\U0001faef\U0001faf7-\U0001fafa]"
)
"""Wide since Unicode 15 to 17, which the ``unicodedata`` of older Pythons does not know."""


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the lines of a GFM table; the cells come as ``inert.cell`` leaves them.

    Raises ValueError where a row has not as many cells as the head.
    """
    lines = [head, *rows]
    if any(len(line) != len(head) for line in lines):
        raise ValueError("a row has not as many cells as the head")
    widths = [max(_SHORTEST, *map(width, column)) for column in zip(*lines, strict=True)]
    dashes = _row(["-" * columns for columns in widths], widths)
    return (_row(head, widths), dashes, *(_row(row, widths) for row in rows))


def width(text: str) -> int:
    """Return how many columns a text takes where wide characters take two."""
    if text.isascii():
        return len(text)
    rest, pairs = _TWO_WIDE.subn("", text)
    return 2 * pairs + sum(map(_char_width, rest))


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (text + " " * (columns - width(text)) for text, columns in zip(cells, widths, strict=True))
    return f"| {' | '.join(padded)} |"


def _char_width(char: str) -> int:
    kind = unicodedata.category(char)
    if kind in ("Mn", "Me", "Cc"):
        return 0
    asian = unicodedata.east_asian_width(char)
    known = kind != "Cn" or "\U00020000" <= char <= "\U0003fffd"  # some Pythons call all that is unassigned fullwidth
    wide = (known and asian in ("W", "F")) or _WIDE_LATER.match(char)
    return 2 if wide else 1
