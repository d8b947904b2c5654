"""The user's words inside of our own Markdown: one line that is read as words, by whatever reads the note.

What may stay what it is: links, code spans, emphasis, strong, strikethrough. All else is words. The text is read
into pieces (words; links and code as they will be written; delimiters); delimiters that pair become emphasis; then
whatever in the words could mean something is escaped, with an eye on its neighbours, so that ordinary notes need
hardly a backslash.

To mean something: to CommonMark and GFM; to Obsidian (tags, comments, embeds, math, block ids, footnotes); to Tasks
(its emoji) and Dataview (``key:: value``, tags, inline queries), which look at the raw line; to Templater (``<%``).
The result is also what Prettier prints and markdownlint accepts. All functions are pure, and none ever raises.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from html.entities import html5
from typing import NamedTuple

# In the words an atom stands as one lone surrogate: a cleaned text holds none of its own.
_LINK, _SPAN, _OPEN, _CLOSE = "\ud800", "\ud801", "\ud802", "\ud803"
_ATOM = re.compile("[\ud800-\ud803]")

_LINE_END = re.compile(r"\\?(?:\r\n?|\n)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0d\ufeff\ufff9-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_EMOJI = "\xa9\xae\u203c-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_LOOSE_JOINER = re.compile(
    rf"(?<![{_EMOJI}])(?<![0-9#*](?=.\u20e3))[\ufe0e\ufe0f]"
    rf"|(?<![{_EMOJI}])(?<![{_EMOJI}]\ufe0f)\u200d|\u200d(?![{_EMOJI}])"
)
_TASK_SIGN = re.compile("[📅📆🗓⏳⌛🛫➕✅❌🔁🏁⛔🆔🔺⏫🔼🔽⏬][\ufe0e\ufe0f]*")

_URL_CHAR = r"[^\s<>\[\]{}()|\\^`\"*]"
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = rf"(?:mailto:)?[A-Za-z0-9][A-Za-z0-9.+_-]*@{_LABEL}(?:\.{_LABEL})+"
_TOKEN = re.compile(
    rf"""
    (?P<code> (?P<ticks>`+)(?!`) (?P<coded>.+?) (?<!`)(?P=ticks)(?!`) )
  | (?P<ticks_alone> `+ )
  | (?P<wiki> !*\[\[ (?P<inside>[^\[\]]+) \]\] )
  | (?P<link> !?\[ (?P<text>(?:[^\[\]\\`<]|<(?=[\s\d])|\\[^\[\]]|`[^`\[\]]*`)+) \]
      \([ ]? (?P<target><[^<>]*>|(?:[^\s()<>]|\([^\s()<>]*\))+) (?:[ ](?P<title>"[^"\\\[\]`<]*"|'[^'\\\[\]`<]*'))? [ ]?\) )
  | (?P<auto> <(?P<within>[a-z][a-z0-9+.-]{{1,31}}:[^\s<>]*|{_EMAIL})> )
  | (?P<url> (?:https?://|www\.)(?=[^\W_]){_URL_CHAR}+(?:\({_URL_CHAR}*\){_URL_CHAR}*)* )
  | (?P<email> {_EMAIL}(?![A-Za-z0-9_\-\ufe0f\u20e3]) )
  | (?P<escape> \\(?P<escaped>[!-/:-@\[-`{{-~]) )
  | (?P<entity> &(?:\#[0-9]{{1,7}}|\#x[0-9a-f]{{1,6}}|[a-z][a-z0-9]{{1,31}}); )
  | (?P<delimiter> \*+(?!\ufe0f)|_+|~~+ )
  | (?P<words> [^\W_]+|. )
    """,
    re.VERBOSE | re.IGNORECASE,
)

_PLUGIN_CODE = re.compile(r"\A\$?=|::|<%|<!--|\{[{%]|%%|(?<!\S)#\S")
_UNSAFE_SCHEME = re.compile(r"\s*(?:javascript|vbscript|data|file):", re.IGNORECASE)
_NOT_IN_TARGET = re.compile(r"""[\s<>\[\]{}()|\\^`"*$]|%(?=%)|(?<=%)%|:(?=:)|(?<=:):|&(?=#?[A-Za-z0-9]+;)""")
_NOT_IN_NAME = re.compile(r"[*`<\\]|__|~~|::|%%|\{[{%]|https?://|www\.|\w@\w", re.IGNORECASE)
_NOT_IN_ALIAS = re.compile(r"[*`<\\]|_(?=_)|~(?=~)|:(?=:)|%(?=%)|\{(?=[{%])|(?<!\w)#(?=\w)")
_VAGUE = frozenset({"here", "link", "more", "click here"})

_TAG = re.compile(rf"""(?<![\w#/&])#+(?=[^\s!@#$%^&*(),.?":{{}}|<>\ufe0f\u20e3{_CLOSE}])(?!\d+(?![\w/-]))""")
_BLOCK_ID = re.compile(r"(?: \^[A-Za-z0-9-]+)+\Z")
_MEANINGFUL = re.compile(
    rf"""
    (?P<entity> <(?=[A-Za-z/!?%]) | &(?=\#?[A-Za-z0-9]+;) | (?<=[*_])\\+(?=[*_]) )
  | (?P<run> (?<!\w)_ | __+ | _(?!\w) | ~~+ )
  | [*`]
  | \\(?=[!-/:-@\[-`{{-~\ud800-\ud803]|\Z)
  | (?<![)\[\]!^{_LINK}])\[(?![^\[\]!^{_LINK}][^\[\]]*\](?![\[({_LINK}])) | (?<=[)\[\]!^{_LINK}])\[
  | (?<={_LINK})\(
  | \$(?=\$) | (?<=\$)\$ | (?<![ ])\$(?!\d)
  | (?<=%)% | (?<=\{{)[{{%] | (?<=:):
  | \#(?={_CLOSE})
  | (?<=[A-Za-z0-9.+_-])@(?=[A-Za-z0-9_-]+\.)
  | :(?=[A-Za-z][\w-]*{_LINK}) | (?<=[PpSs]):(?=//) | (?<=[Ww]{{3}})\.
    """,
    re.VERBOSE,
)
# A backslash between delimiters: `\\_\\\\\\_` in strong is too much for Prettier 3.10.
_ENTITIES = {"<": "&lt;", "&": "&amp;", "\\": "&bsol;"}
_AT_START = re.compile(
    r"""
    \A(?: [-+](?=[ ]|\Z) | -(?=[- ]*\Z) | [>|] | :(?=[ -]) | =(?==*\Z) | \#(?=\#{0,5}(?:[ ]|\Z)) | \[(?=.\]|[^\[\]]*\]:)
        | \^(?=[A-Za-z0-9-]+\Z) )
    """,
    re.VERBOSE,
)
_NUMBER_AT_START = re.compile(r"\A(\d{1,9})(?=[.)](?: |\Z))")
_CLOSING_HASHES = re.compile(r"(?<= )#(?=#*\Z)")


class _Piece(NamedTuple):
    """``kind`` is ``words``, ``delimiter``, or the surrogate of an atom, whose ``text`` is final Markdown."""

    kind: str
    text: str


def inert(text: str) -> str:
    """Return the user's words as one line of Markdown that is words and nothing else.

    Wikilinks, links, code spans, emphasis (written ``_…_``), strong and strikethrough stay; bare URLs become links.
    The line may stand after a list marker, a box, a heading's marks, a link, or between ``**``; in a table cell
    after ``cell``. Every letter and digit of ``text`` is in what is shown, but for a block id at its end and the
    emoji of Tasks. ``inert(inert(text)) == inert(text)``.
    """
    plain, atoms = _joined(_paired(_pieces(_clean(text))))
    return _filled(_at_edges(_escaped(plain)), atoms)


def inert_code(text: str) -> str:
    """Return words quoted as they are in a code span; plain inert words where a plugin would run that code."""
    words = _clean(text)
    span = _span(words)
    return span if span is not None else _at_edges(_escaped(_tidy(_TASK_SIGN.sub(" ", words))))


def strong(text: str) -> str:
    """Return the text, inert, between ``**``; without them where some of it is strong already, or it is empty.

    What stands before has to be a blank or nothing, what follows a blank, punctuation or nothing.
    """
    line = inert(text)
    return line if not line or "**" in line else f"**{line}**"


def cell(text: str) -> str:
    r"""Fit an inert text for a table cell: pipes escaped, in links and code too (``[[note\|alias]]``).

    Emoji lose their joiners and variation selectors: how wide such a sequence is depends on who shows it.
    """
    piped = re.sub(r"(\\*)\|", lambda match: match[0] if len(match[1]) % 2 else rf"{match[1]}\|", text)
    return re.sub("\u200d|(?<![0-9#*])[\ufe0e\ufe0f]", "", piped)


def _clean(text: str) -> str:
    """Make one line: blanks collapsed; no control, bidi or zero-width characters; joiners only inside of emoji."""
    line = _SURROGATE.sub("\ufffd", _LINE_END.sub(" ", text))
    return " ".join(_LOOSE_JOINER.sub("", _UNSEEN.sub("", line)).split())


def _pieces(line: str, *, in_link: bool = False) -> list[_Piece]:
    pieces: list[_Piece] = []
    place = 0
    while (match := _TOKEN.match(line, place)) is not None:
        piece = _piece(match, in_link=in_link)
        if piece is None:
            pieces.append(_words(line[place]))
            place += 1
            continue
        pieces.append(piece)
        place = match.end()
        if match.lastgroup == "url":
            place -= len(match[0]) - len(_url(match[0]))
    return pieces


def _piece(match: re.Match[str], *, in_link: bool) -> _Piece | None:
    """Return what was read as a piece; None where its first character is just a character."""
    kind = match.lastgroup
    if kind == "code":
        words = match["coded"].strip()
        span = _span(words)
        return _words(words) if span is None else _Piece(_SPAN, span)
    if kind == "entity":
        return _words(_decoded(match))
    if kind == "escape":
        return _words(match["escaped"])
    if kind == "delimiter":
        return _Piece("delimiter", match[0])
    if kind in ("words", "ticks_alone"):
        return _words(match[0])
    return None if in_link else _link(match)


def _words(text: str) -> _Piece:
    return _Piece("words", _TASK_SIGN.sub(" ", text))


def _link(match: re.Match[str]) -> _Piece | None:
    kind = match.lastgroup
    if kind == "wiki":
        return _wikilink(match["inside"].replace("\\|", "|"))
    if kind == "link":
        return _markdown_link(match["text"].strip(), match["target"], match["title"] or "")
    if kind == "auto":
        return _autolink(match["within"])
    return _autolink(_url(match[0]) if kind == "url" else match[0])


def _wikilink(inside: str) -> _Piece | None:
    target, _, alias = (part.strip() for part in inside.partition("|"))
    target = re.sub(r"\s*#\s*", "#", target)
    if not target or _NOT_IN_NAME.search(target):
        return None
    alias = _NOT_IN_ALIAS.sub("", alias).strip()
    return _Piece(_LINK, f"[[{target}|{alias}]]" if alias else f"[[{target}]]")


def _markdown_link(text: str, target: str, title: str) -> _Piece | None:
    url = _target(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", target.strip("<>")))
    if not url or url.startswith("#"):
        return None
    title = _tidy(title[1:-1])
    if title != _escaped(title):
        text, title = f"{text} ({title})", ""
    plain, atoms = _joined(_paired(_pieces(text, in_link=True), nested=True))
    if not plain:
        return None
    if _SPAN not in plain and " ".join(re.split(r"[^a-z0-9]+", plain.lower())).strip() in _VAGUE:
        plain, atoms = _SPAN, [f"`{plain}`"]  # what markdownlint (MD059) takes for descriptive
    return _Piece(_LINK, f"[{_filled(_escaped(plain), atoms)}]({url}" + (f' "{title}")' if title else ")"))


def _autolink(url: str) -> _Piece | None:
    target = _target(url).replace("%28", "(").replace("%29", ")")
    return _Piece(_SPAN, f"<{'https://' if target[:4].lower() == 'www.' else ''}{target}>") if target else None


def _url(text: str) -> str:
    """Take off what GFM takes for the sentence's, not the URL's (GFM spec, 6.9)."""
    return text.rstrip("?!.,:;'~_&#")


def _target(url: str) -> str:
    """Percent-encode what a target may not hold raw; empty where it would run something (as markdown-it has it)."""
    decoded = _clean(_TOKEN_ENTITY.sub(_decoded, url))
    if _UNSAFE_SCHEME.match(decoded):
        return ""
    return _NOT_IN_TARGET.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), decoded)


_TOKEN_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def _decoded(match: re.Match[str]) -> str:
    """Return what an entity shows (CommonMark 0.31, 2.5)."""
    name = match[0][1:]
    if name[0] != "#":
        char = html5.get(name, match[0])
    else:
        number = int(name[2:-1], 16) if name[1] in "xX" else int(name[1:-1])
        char = chr(number) if 0 < number <= 0x10FFFF else "\ufffd"  # noqa: PLR2004
    return " " if char.isspace() else _clean(char)


def _span(words: str) -> str | None:
    """Return a code span; None where there is nothing in it, or code that a plugin would run or read."""
    words = " ".join(_TASK_SIGN.sub(" ", words).split())
    if not words or _PLUGIN_CODE.search(words):
        return None
    runs = {len(run) for run in re.findall("`+", words)}
    fence = "`" * next(length for length in range(1, len(runs) + 2) if length not in runs)
    pad = " " if words[0] == "`" or words[-1] == "`" else ""
    return f"{fence}{pad}{words}{pad}{fence}"


def _paired(pieces: Sequence[_Piece], *, nested: bool = False) -> list[_Piece]:
    """Turn delimiters that pair into emphasis, strong and strikethrough, the others into words.

    A pair stands between blanks, punctuation or the edges, and its words touch it. Inside of a pair, pairs are
    dropped: ``nested`` is for what is inside already.
    """
    closing: dict[str, list[int]] = {}
    for index, piece in enumerate(pieces):
        if piece.kind == "delimiter" and _closes(pieces, index, nested=nested):
            closing.setdefault(piece.text, []).append(index)
    out: list[_Piece] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        end = _partner(pieces, index, closing.get(piece.text, []), nested=nested)
        if end is None:
            out.append(_Piece("words", piece.text) if piece.kind == "delimiter" else piece)
            index += 1
            continue
        mark = "_" if len(piece.text) == 1 else "~~" if piece.text == "~~" else "**"
        inner = _paired(pieces[index + 1 : end], nested=True)
        out += inner if nested else [_Piece(_OPEN, mark), *inner, _Piece(_CLOSE, mark)]
        index = end + 1
    return out


def _partner(pieces: Sequence[_Piece], index: int, closing: Sequence[int], *, nested: bool) -> int | None:
    piece = pieces[index]
    if piece.kind != "delimiter" or piece.text not in ("*", "**", "***", "_", "__", "___", "~~"):
        return None
    if index + 1 == len(pieces) or pieces[index + 1].text[:1] in ("", " "):
        return None
    if index and not _parts(pieces[index - 1], -1, nested=nested):
        return None
    later = bisect_right(closing, index + 1)
    return closing[later] if later < len(closing) else None


def _closes(pieces: Sequence[_Piece], index: int, *, nested: bool) -> bool:
    if not index or pieces[index - 1].text[-1:] in ("", " "):
        return False
    return index + 1 == len(pieces) or _parts(pieces[index + 1], 0, nested=nested)


def _parts(piece: _Piece, place: int, *, nested: bool) -> bool:
    """Whether the piece's first or last character parts words, to every reader: a blank or punctuation.

    ``#`` does not: it may go.
    """
    if piece.kind == "delimiter":
        return nested
    char = piece.text[place] if piece.text else "#"
    return piece.kind != "words" or char == " " or (char != "#" and _is_punctuation(char))


def _is_punctuation(char: str) -> bool:
    return char in "!\"$%&'()*+,-./:;<=>?@[\\]^_`{|}~" or unicodedata.category(char).startswith("P")


def _joined(pieces: Sequence[_Piece]) -> tuple[str, list[str]]:
    """Return the words, with a surrogate for each atom, and the atoms."""
    plain = "".join(piece.text if piece.kind == "words" else piece.kind for piece in pieces)
    return _tidy(plain), [piece.text for piece in pieces if piece.kind != "words"]


def _tidy(plain: str) -> str:
    """Take out of the words what cannot be escaped: embeds, tags, inline fields, a block id at the end."""
    plain = re.sub(rf"[!#]+(?={_LINK})", "", " ".join(plain.split()))
    plain = re.sub(rf"(?<=[)^{_LINK}])(?={_LINK})|(?<={_SPAN})(?={_SPAN})", " ", plain)
    plain = re.sub(r"(?<!\w)::+|::+(?!\w)|:::+", ":", _TAG.sub("", plain))
    return _BLOCK_ID.sub("", plain)


def _escaped(plain: str) -> str:
    return _MEANINGFUL.sub(_harmless, plain)


def _harmless(match: re.Match[str]) -> str:
    if match.lastgroup == "entity":
        return _ENTITIES[match[0][0]] * len(match[0])
    return "".join(f"\\{char}" for char in match[0])


def _at_edges(line: str) -> str:
    """Escape what would mean something only where a line or a heading begins or ends."""
    line = _NUMBER_AT_START.sub(r"\1\\", _AT_START.sub(r"\\\g<0>", line))
    return _CLOSING_HASHES.sub(r"\\#", line)


def _filled(line: str, atoms: Sequence[str]) -> str:
    rest = iter(atoms)
    return _ATOM.sub(lambda _: next(rest), line)
