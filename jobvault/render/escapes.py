"""Words into Markdown that shows them: what could mean something goes or gets its backslash.

The words hold what is Markdown already (links, code, the marks of emphasis) as one lone surrogate each, for a
cleaned text has none of its own; every rule sees its neighbours. An ordinary note needs hardly a backslash.

To mean something: to CommonMark and GFM; to Obsidian (tags, comments, embeds, math, block ids, footnotes); to Tasks
(its emoji and tags) and Dataview (``key:: value``, tags), which look at the raw line; to Templater (``<%``). What
is written is also what Prettier prints and what markdownlint accepts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

LINK, SPAN, OPEN, CLOSE = "\ud800", "\ud801", "\ud802", "\ud803"
"""A link in brackets; a code span or a link in angle brackets; the marks around emphasised words."""

TASK_SIGNS = "📅📆🗓⏳⌛🛫➕✅❌🔁🏁⛔🆔🔺⏫🔼🔽⏬"
"""Tasks' emoji (``DefaultTaskSerializer.ts``)."""

PUNCTUATION = r"!-/:-@\[-`{-~"
"""What a backslash can stand before (CommonMark 0.31, 2.4), as the inside of a character class."""

_ATOM = re.compile("[\ud800-\ud803]")
_TASK_SIGN = re.compile(rf"[{TASK_SIGNS}][\ufe0e\ufe0f]*")

# Tasks takes nearly every character for a tag's; digits alone are no tag in Obsidian, and `C#` is none anywhere.
_TAG = re.compile(
    rf"""(?<![\w#/&])#+(?=[^\s!@#$%^&*(),.?":{{}}|<>\ufe0f\u20e3{CLOSE}])(?!\d+(?![\w/\-{LINK}{SPAN}]))"""
)
_BEFORE_LINK = re.compile(rf"(?<![!#])[!#]+(?={LINK})")
_TOUCHING = re.compile(rf"(?<=[)^{LINK}])(?={LINK})|(?<={SPAN})(?={SPAN})")
_FIELD_COLONS = re.compile(r"(?<!\w)::+|::+(?!\w)|:::+")
_BLOCK_ID = re.compile(r"\^[A-Za-z0-9-]+")

# The alternatives, in their order: HTML, Templater and entities; delimiters (an underscore within a word is none);
# backslashes; brackets, but for a plain `[sic]`; what would make a link's text of a wikilink; math; comments and
# templates; `std::move`; a lone `#` before what gets a backslash; what GFM would link; a directive before a link.
_MEANINGFUL = re.compile(
    rf"""
    (?=[<&\\_~*`\[($%{{:#@.]) (?:
    (?P<entity> <(?=[A-Za-z/!?%]) | &(?=\#?[A-Za-z0-9]+;) | (?<=[*_])\\+(?=[*_]) )
  | (?P<run> __+ | ~~+ ) | (?<!\w)_ | _(?!\w) | [*`]
  | \\(?=[{PUNCTUATION}\ud800-\ud803]|\Z)
  | (?<![)\[\]!^{LINK}])\[(?![^\[\]!^{LINK}][^\[\]]*\](?![\[({LINK}])) | (?<=[)\[\]!^{LINK}])\[
  | (?<={LINK})\(
  | \$(?=\$) | (?<=\$)\$ | (?<![ ])\$(?!\d)
  | (?<=%)% | (?<=\{{)[{{%] | (?<=:):
  | (?<!\S)\#(?=[$%^*@{{{CLOSE}])
  | (?<=[A-Za-z0-9.+_-])@(?=[A-Za-z0-9_-]+\.) | (?<=[PpSs]):(?=//) | (?<=[Ww]{{3}})\.
  | :(?=[A-Za-z][\w-]*{LINK})
    )
    """,
    re.VERBOSE,
)

# A backslash between delimiters: `\_\\\_` in strong is too much for Prettier 3.10.
_ENTITIES = {"<": "&lt;", "&": "&amp;", "\\": "&bsol;"}

_AT_START = re.compile(
    r"""
    \A(?: [-+](?=[ ]|\Z) | -(?=[- ]*\Z) | [>|] | :(?=[ -]) | =(?==*\Z) | \#(?=\#{0,5}(?:[ ]|\Z))
        | \[(?=.\]|[^\[\]]*\](?::|\Z)) | \^(?=[A-Za-z0-9-]+\Z) )
    """,
    re.VERBOSE,
)
_NUMBER_AT_START = re.compile(r"\A(\d{1,9})(?=[.)](?: |\Z))")
_CLOSING_HASHES = re.compile(r"(?<= )#(?=#*\Z)")


def without_signs(text: str) -> str:
    """Take out Tasks' emoji; the dates behind them stay as words."""
    return _TASK_SIGN.sub(" ", text)


def tidy(words: str) -> str:
    """Collapse blanks, and take out what no backslash would help: tags' ``#``, embeds' ``!``, ``::``, block ids."""
    words = _BEFORE_LINK.sub("", _TAG.sub("", " ".join(words.split())))
    words = _FIELD_COLONS.sub(":", _TOUCHING.sub(" ", words))
    rest, blank, last = words.rpartition(" ")
    while blank and _BLOCK_ID.fullmatch(last):
        words = rest
        rest, blank, last = words.rpartition(" ")
    return words


def escaped(words: str) -> str:
    """Escape what would mean something in the midst of a line. Twice is once too often."""
    return _MEANINGFUL.sub(_harmless, words)


def escaped_at_edges(line: str) -> str:
    """Escape what would mean something where a line, or a heading, begins or ends."""
    line = _NUMBER_AT_START.sub(r"\1\\", _AT_START.sub(r"\\\g<0>", line))
    return _CLOSING_HASHES.sub(r"\\#", line)


def filled(line: str, atoms: Sequence[str]) -> str:
    """Put the atoms back, in their order, where their surrogates stand."""
    rest = iter(atoms)
    return _ATOM.sub(lambda _: next(rest), line)


def _harmless(match: re.Match[str]) -> str:
    if match.lastgroup == "entity":
        return _ENTITIES[match[0][0]] * len(match[0])
    return "".join(f"\\{char}" for char in match[0])
