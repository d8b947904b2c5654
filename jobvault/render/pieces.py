"""One line of the user's words into pieces: words as they are shown, delimiters, and what stays Markdown.

Links and code stay, written in the one way in which Prettier prints them; a link that would run something, and code
that a plugin would run, are words like all else.
"""

from __future__ import annotations

import re
from html.entities import html5

from jobvault.render.emphasis import Piece, paired
from jobvault.render.escapes import (
    LINK,
    PUNCTUATION,
    SPAN,
    escaped,
    filled,
    tidy,
    without_signs,
)

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

_ENTITY = r"&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_DOMAIN_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = rf"(?:mailto:)?[A-Za-z0-9][A-Za-z0-9.+_-]{{0,63}}@{_DOMAIN_LABEL}(?:\.{_DOMAIN_LABEL}){{1,8}}"
_URL_CHARS = r"[^\s<>\[\]{}()|\\^`\"*]*"
_TOKEN = re.compile(
    rf"""
    (?P<words> (?:[^\W_]+[ ,]+)+ )
  | (?P<code> (?P<fence>`+)(?!`) (?P<coded>.+?) (?<!`)(?P=fence)(?!`) )
  | (?P<backticks> `+ )
  | (?P<wiki> (?<!!)!*\[\[ (?P<name>[^\[\]]+) \]\] )
  | (?P<link> !?\[ (?P<text>(?:[^\[\]\\`<]|<(?=[\s\d])|\\[^\[\]]|`[^`\[\]]*`)+) \]
      \([ ]? (?P<target> <[^<>]*> | (?:[^\s()<>]|\([^\s()<>]*\))+ )
      (?:[ ](?P<title> "[^"\\\[\]`<]*" | '[^'\\\[\]`<]*' ))? [ ]?\) )
  | (?P<auto> <(?P<within> [a-z][a-z0-9+.-]{{1,31}}:[^\s<>]* | {_EMAIL} )> )
  | (?P<url> (?:https?://|www\.)(?=[^\W_]){_URL_CHARS}(?:\({_URL_CHARS}\){_URL_CHARS})* )
  | (?P<email> {_EMAIL}(?![A-Za-z0-9_\-\ufe0f\u20e3]) )
  | (?P<escape> \\(?P<shown>[{PUNCTUATION}]) )
  | (?P<entity> {_ENTITY} )
  | (?P<delimiter> \*+(?!\ufe0f) | _+ | ~~+ )
  | (?P<characters> [^\W_]+ | .[\ufe0e\ufe0f]* )
    """,
    re.VERBOSE | re.IGNORECASE,
)

_PLUGIN_CODE = re.compile(r"\A\$?=|::|<%|<!--|\{[{%]|%%|(?<!\S)#\S|\s#\Z")
_ESCAPE = re.compile(rf"\\([{PUNCTUATION}])")
_UNSAFE_SCHEME = re.compile(r"\s*(?:javascript|vbscript|data|file):", re.IGNORECASE)
_NOT_IN_TARGET = re.compile(r"""[\s<>\[\]{}()|\\^`"*$]|%(?=%)|(?<=%)%|:(?=:)|(?<=:):|&(?=\#?[A-Za-z0-9]+;)""")
_NOT_IN_NAME = re.compile(r"[*`<\\]|__|~~|::|%%|\{[{%]|https?://|www\.|\w@\w", re.IGNORECASE)
_NOT_IN_ALIAS = re.compile(r"[*`<\\]|_(?=_)|~(?=~)|:(?=:)|%(?=%)|\{(?=[{%])|(?<!\w)#(?=\w)")
_VAGUE = frozenset({"here", "link", "more", "click here"})


def clean(text: str) -> str:
    """Make one line: blanks collapsed; no control, bidi or zero-width characters, but joiners inside of emoji."""
    line = _SURROGATE.sub("\ufffd", _LINE_END.sub(" ", text))
    return " ".join(_LOOSE_JOINER.sub("", _UNSEEN.sub("", line)).split())


def read_pieces(line: str, *, in_link: bool = False) -> list[Piece]:
    """Read a clean line; ``in_link`` is for a link's text, which holds no links."""
    pieces: list[Piece] = []
    place = 0
    while (match := _TOKEN.match(line, place)) is not None:
        piece, place = _read(match, in_link=in_link), match.end()
        if piece is None:
            place = match.start() + 1
            piece = _words(line[match.start()])
        elif match.lastgroup == "url":
            place = match.start() + len(_url(match[0]))
        pieces.append(piece)
    return pieces


def joined(pieces: list[Piece]) -> tuple[str, list[str]]:
    """Return the words, tidy, with a surrogate for each atom; and the atoms."""
    words = "".join(piece.text if piece.kind == "words" else piece.kind for piece in pieces)
    return tidy(words), [piece.text for piece in pieces if piece.kind != "words"]


def code_span(words: str) -> str | None:
    """Return a code span as Prettier fences it; None where there is nothing in it, or what a plugin would run."""
    words = " ".join(without_signs(words).split())
    if not words or _PLUGIN_CODE.search(words):
        return None
    runs = {len(run) for run in re.findall("`+", words)}
    fence = "`" * next(length for length in range(1, len(runs) + 2) if length not in runs)
    pad = " " if words[0] == "`" or words[-1] == "`" else ""
    return f"{fence}{pad}{words}{pad}{fence}"


def _words(text: str) -> Piece:
    return Piece("words", without_signs(text))


def _read(match: re.Match[str], *, in_link: bool) -> Piece | None:
    """Return what was read as a piece; None where its first character is just a character."""
    kind = match.lastgroup
    if kind in ("words", "backticks", "characters"):
        return _words(match[0])
    if kind == "delimiter":
        return Piece("delimiter", match[0])
    if kind == "escape":
        return _words(match["shown"])
    if kind == "entity":
        return _words(_decoded(match[0]))
    if kind == "code":
        span = code_span(match["coded"])
        return _words(match["coded"].strip()) if span is None else Piece(SPAN, span)
    return None if in_link else _read_link(match)


def _read_link(match: re.Match[str]) -> Piece | None:
    kind = match.lastgroup
    if kind == "wiki":
        return _wikilink(match["name"].replace("\\|", "|"))
    if kind == "link":
        return _link(match["text"].strip(), match["target"], (match["title"] or "")[1:-1])
    if kind == "auto":
        return _autolink(match["within"])
    return _autolink(_url(match[0]) if kind == "url" else match[0])


def _wikilink(inside: str) -> Piece | None:
    name, _, alias = (part.strip() for part in inside.partition("|"))
    name = re.sub(r"\s*#\s*", "#", name)
    if not name or _NOT_IN_NAME.search(name):
        return None
    alias = _NOT_IN_ALIAS.sub("", alias).strip()
    return Piece(LINK, f"[[{name}|{alias}]]" if alias else f"[[{name}]]")


def _link(text: str, target: str, title: str) -> Piece | None:
    url = _target(_ESCAPE.sub(r"\1", target.strip("<>")))
    if not url or url.startswith("#"):
        return None
    title = tidy(title)
    if '"' in title or title != escaped(title):
        text, title = f"{text} ({title})", ""
    words, atoms = joined(paired(read_pieces(text, in_link=True), nested=True))
    if not words:
        return None
    shown = filled(escaped(words), atoms)
    if not atoms and " ".join(re.split(r"[^a-z0-9]+", words.lower())).strip() in _VAGUE:
        shown = code_span(words) or shown  # in code, markdownlint (MD059) takes it for descriptive
    return Piece(LINK, f'[{shown}]({url} "{title}")' if title else f"[{shown}]({url})")


def _autolink(url: str) -> Piece | None:
    target = _target(url).replace("%28", "(").replace("%29", ")")
    scheme = "https://" if target[:4].lower() == "www." else ""
    return Piece(SPAN, f"<{scheme}{target}>") if target else None


def _url(text: str) -> str:
    """Take off what is the sentence's, not the URL's (GFM, 6.9)."""
    return text.rstrip("?!.,:;'~_&#")


def _target(url: str) -> str:
    """Percent-encode what a target may not hold raw; empty where it would run something (as markdown-it has it)."""
    decoded = clean(re.sub(_ENTITY, lambda match: _decoded(match[0]), url))
    if _UNSAFE_SCHEME.match(decoded):
        return ""
    return _NOT_IN_TARGET.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), decoded)


def _decoded(entity: str) -> str:
    """Return what an entity shows (CommonMark 0.31, 2.5)."""
    name = entity[1:]
    if name[0] != "#":
        char = html5.get(name, entity)
    else:
        number = int(name[2:-1], 16) if name[1] in "xX" else int(name[1:-1])
        char = chr(number) if 0 < number <= 0x10FFFF else "\ufffd"
    return " " if char.isspace() else clean(char)
