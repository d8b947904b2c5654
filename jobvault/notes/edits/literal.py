"""A line that somebody typed, as Markdown that stays one line of words.

The user's own Markdown goes on to mean what it means: links, emphasis, code, tags, marks such as ``(rough)``, task
fields. What would hide words, or make another block of them (https://spec.commonmark.org/0.31.2/#leaf-blocks), gets a
backslash.
"""

from __future__ import annotations

import re

from jobvault.notes.note import shown

_LONGEST = 20_000
"""Characters of a line that are looked into, as in ``inline.py``; what follows is cut off."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_BLANKS = re.compile(r"(?!(?<=\S)  \[\w+:: )\s+")
_PUNCTUATION = r"!-/:-@\[-`{-~"

_MEANINGFUL = re.compile(
    rf"""
    (?P<kept> \\[{_PUNCTUATION}]
        | (?P<ticks>(?<!`)`+(?!`)).+?(?<!`)(?P=ticks)(?!`)
        | \[\[[^\[\]]+\]\]
        | <(?:[A-Za-z][A-Za-z0-9+.-]{{1,31}}:[^\x00-\x20<>]*|[^\x00-\x20<>@]+@[^\x00-\x20<>@]+)>
        | \]\(<[^<>]*> )
    | <(?=[A-Za-z/!?])
    | (?<=%)%
    """,
    re.VERBOSE,
)
"""What stays as it is (escapes, code, wikilinks, links in angle brackets), then what gets a backslash."""
_AT_START = re.compile(
    r"""
    [-+*](?=[ ]|\Z) | \#(?=\#{0,5}(?:[ ]|\Z)) | >
    | (?P<rule>[-*_])(?=(?:[ ]*(?P=rule)){2}[ ]*(?:(?P=rule)[ ]*)*\Z) | [=-](?=[=-]*\Z)
    | `(?=``+[^`]*\Z) | ~(?=~~)
    | \[(?=.\](?:[ ]|\Z)) | \[(?=[^\[\]]*\]:)
    | [|:-](?=[|:\- ]*\Z)
    """,
    re.VERBOSE,
)
"""Items, headings, quotes; rules and the lines that make headings; fences; boxes and definitions; table rows.

A fence has three marks or more, and no backtick may stand behind one of backticks (CommonMark 0.31.2, 4.5).
"""
_NUMBER_AT_START = re.compile(r"\A(\d{1,9})(?=[.)](?:[ ]|\Z))")
_BLOCK_ID_AT_END = re.compile(r"(?:(?<= )|\A)\^(?=[A-Za-z0-9-]+\Z)")
_BACKSLASHES_AT_END = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")


def literal(text: str, *, at_start: bool = True) -> str:
    r"""Return typed words as one line of Markdown; ``at_start`` says that nothing but a list's marker precedes it.

    Applied twice it changes nothing more. Empty where there is nothing to be seen.

    >>> literal("# 1 priority: <b>speed</b>"), literal("1. x"), literal("see [[Acme]] #sre")
    ('\\# 1 priority: \\<b>speed\\</b>', '1\\. x', 'see [[Acme]] #sre')
    """
    line = one_line(text)[:_LONGEST].rstrip()
    line = _MEANINGFUL.sub(lambda match: match[0] if match["kept"] else f"\\{match[0]}", line)
    if at_start:
        line = f"\\{line}" if _AT_START.match(line) else _NUMBER_AT_START.sub(r"\1\\", line)
    line = _BLOCK_ID_AT_END.sub(r"\\^", line)
    return f"{line}\\" if _BACKSLASHES_AT_END.search(line) else line


def one_line(text: str) -> str:
    """Return a text as one line: blanks collapsed, controls left out, what is no UTF-8 replaced.

    The two blanks that Obsidian Tasks writes before a field in brackets stay.
    """
    whole = shown(text).encode("utf-8", "replace").decode("utf-8")
    return _BLANKS.sub(" ", _CONTROLS.sub("", _BLANKS.sub(" ", whole))).strip()
