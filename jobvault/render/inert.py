"""The user's words inside of our own Markdown: one line that is read as words, by whatever reads the note.

All functions are pure, and none ever raises, whatever the text.
"""

from __future__ import annotations

import re

from jobvault.render.emphasis import paired
from jobvault.render.escapes import TASK_SIGNS, escaped, escaped_at_edges, filled, tidy, without_signs
from jobvault.render.pieces import clean, code_span, joined, read_pieces

_OUT_OF_THE_ORDINARY = re.compile(rf"[\\`*_~\[<&$#%{{^@{TASK_SIGNS}]|:(?=\S)|(?<=[Ww]{{3}})\.")
_PIPE = re.compile(r"(\\*)\|")
_EMOJI_JOINER = re.compile("\u200d|(?<![0-9#*])[\ufe0e\ufe0f]")


LONGEST = 2_000
"""Characters of one quoted text; a longer one ends in an ellipsis."""


def inert(text: str) -> str:
    """Return the user's words as one line of Markdown that is words and nothing else.

    Wikilinks, links, code spans, emphasis (written ``_…_``), strong and strikethrough stay; bare URLs and addresses
    become links. All else is shown as it was typed, without doing anything: not HTML, tags, task fields, inline
    fields, comments, embeds or templates. The line may stand after a list marker, a box, a heading's ``#`` or our
    own words and a blank, between quotes, and, after ``cell``, in a table; what follows it begins with a blank or
    punctuation other than brackets.

    Every letter and digit of the first two thousand characters stays but for a block id at the end; entities are
    shown decoded, and what a link's target may not hold is percent-encoded. ``inert(inert(text)) == inert(text)``.
    """
    line = clean(_shortened(text))
    if not _OUT_OF_THE_ORDINARY.search(line):
        return escaped_at_edges(line)
    words, atoms = joined(paired(read_pieces(line)))
    return filled(escaped_at_edges(escaped(words)), atoms)


def _shortened(text: str) -> str:
    """Return a text of bounded length: nobody reads more in a summary, and its source is one click away."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def inert_code(text: str) -> str:
    """Return words exactly as they are, in a code span; without one where a plugin would run or read that code."""
    line = clean(text)
    span = code_span(line)
    return span if span is not None else escaped_at_edges(escaped(tidy(without_signs(line))))


def strong(text: str) -> str:
    """Return the text, inert, between ``**``; without them where some of it is strong already, or it is empty.

    Before it stands a blank or nothing, after it a blank, punctuation or nothing.
    """
    line = inert(text)
    return line if not line or "**" in line else f"**{line}**"


def cell(text: str) -> str:
    r"""Fit an inert text for a table cell: pipes escaped, in links and code too (``[[note\|alias]]``).

    Emoji lose their joiners and variation selectors: how wide such a sequence is depends on who shows it.
    """
    piped = _PIPE.sub(lambda match: match[0] if len(match[1]) % 2 else rf"{match[1]}\|", text)
    return _EMOJI_JOINER.sub("", piped)
