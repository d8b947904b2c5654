"""Which delimiters in a line pair, so that they may stay emphasis.

A pair stands between blanks, punctuation or the line's edges, and its words touch it: then ``_``, ``**`` and ``~~``
mean the same to every reader (CommonMark 0.31, 6.2; GFM 6.5). All other delimiters are characters.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from jobvault.render.escapes import CLOSE, OPEN

_MARKS = {"*": "_", "_": "_", "**": "**", "__": "**", "***": "**", "___": "**", "~~": "~~"}
"""The delimiters that may pair, and how emphasis is written; Prettier prints these."""


class Piece(NamedTuple):
    """A part of a line.

    ``kind`` is ``words``, or ``delimiter``, or the surrogate of an atom, whose ``text`` is Markdown.
    """

    kind: str
    text: str


def paired(pieces: Sequence[Piece], *, nested: bool = False) -> list[Piece]:
    """Turn delimiters that pair into marks, the others into words.

    Inside of a pair, pairs are dropped: ``nested`` is for pieces that stand inside of one already.
    """
    closing: dict[str, list[int]] = {}
    for index, piece in enumerate(pieces):
        if piece.kind == "delimiter" and _closes(pieces, index, nested=nested):
            closing.setdefault(piece.text, []).append(index)
    out: list[Piece] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        end = _partner(pieces, index, closing.get(piece.text, ()), nested=nested)
        if end is None:
            out.append(Piece("words", piece.text) if piece.kind == "delimiter" else piece)
            index += 1
            continue
        inner = paired(pieces[index + 1 : end], nested=True)
        mark = _MARKS[piece.text]
        out += inner if nested else [Piece(OPEN, mark), *inner, Piece(CLOSE, mark)]
        index = end + 1
    return out


def _partner(pieces: Sequence[Piece], index: int, closing: Sequence[int], *, nested: bool) -> int | None:
    """Return the place of the next delimiter that closes the one at ``index``; None where it opens nothing."""
    piece = pieces[index]
    if piece.kind != "delimiter" or piece.text not in _MARKS:
        return None
    if index + 1 == len(pieces) or pieces[index + 1].text[:1] in ("", " "):
        return None
    if index and not _parts(pieces[index - 1], -1, nested=nested):
        return None
    later = bisect_right(closing, index + 1)
    return closing[later] if later < len(closing) else None


def _closes(pieces: Sequence[Piece], index: int, *, nested: bool) -> bool:
    if not index or pieces[index - 1].text[-1:] in ("", " "):
        return False
    return index + 1 == len(pieces) or _parts(pieces[index + 1], 0, nested=nested)


def _parts(piece: Piece, place: int, *, nested: bool) -> bool:
    """Whether the character of ``piece`` at its edge parts words for every reader: a blank or punctuation.

    A delimiter that may stay does not; nor does ``#``, which may go.
    """
    if piece.kind == "delimiter":
        return nested
    char = piece.text[place] if piece.text else "#"
    return piece.kind != "words" or char == " " or (char != "#" and _is_punctuation(char))


def _is_punctuation(char: str) -> bool:
    return char in "$+<=>^`|~" or unicodedata.category(char).startswith("P")
