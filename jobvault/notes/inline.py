"""What stands inside a line of text: comments, code spans, links, emphasis, escapes.

The rules are those of CommonMark 0.31.2 (https://spec.commonmark.org/0.31.2/#inlines), GFM's ``~~``, and Obsidian's
``[[links]]``, ``%%comments%%`` and ``==highlights==``. Nothing here raises, whatever the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from jobvault.model import Link
from jobvault.notes.emphasis import Mark, mark_at, resolve_marks
from jobvault.notes.targets import ENTITY, ESCAPE, destination_end, entity, note_at, note_named, title_end, unescaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_ATTRIBUTE = r"""[ \t]+[A-Za-z_:][\w.:-]*(?:[ \t]*=[ \t]*(?:[^ \t"'=<>`]+|'[^']*'|"[^"]*"))?"""
TAG = re.compile(rf"<[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*[ \t]*/?>|</[A-Za-z][A-Za-z0-9-]*[ \t]*>", re.ASCII)
"""An opening or closing HTML tag within one line."""
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\x00-\x20<>]*|[^\x00-\x20<>@]+@[^\x00-\x20<>@]+)>")
_WIKILINK = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_OUTSIDE = re.compile(r"(?:https?://|(?P<mail>mailto:))(?P<bare>\S+)", re.IGNORECASE)
_SPECIAL = re.compile(r"[\\`<%&!\[\]*_~=]")
_BACKTICKS = re.compile(r"`+")
_BLANKS = " \t"

LONGEST = 20_000
"""Characters of a paragraph that are looked into; a longer one is taken as it is, so that no note costs minutes."""


def strip_comments(text: str) -> str:
    """Give a text without its ``<!-- … -->`` and ``%% … %%``, of the blanks around each at most one.

    What looks like a comment inside a code span, or never ends, stays.
    """
    if ("<!--" not in text and "%%" not in text) or len(text) > LONGEST:
        return text
    return _joined((piece.source, piece.hidden) for piece in _Reader(text).read())


def find_links(text: str, line: int) -> tuple[Link, ...]:
    """Find the links to notes in a text that stands on ``line``, from left to right.

    ``[[target#part|text]]`` and ``[text](target.md#part)``, this only with a relative target that ends in ``.md`` or
    in no file extension; its target is given decoded and without ``.md``. Without a text of its own, a link's text
    is the last part of its target's path. Embeds, images, comments and code spans hold no links.
    """
    if ("[[" not in text and "](" not in text) or len(text) > LONGEST:
        return ()
    return tuple(Link(piece.target, piece.shown, line) for piece in _Reader(text).read() if piece.target)


def plain(text: str) -> str:
    """Give the words of a text as a reader sees them: links by their text, without comments, marks and tags.

    Backslash escapes and entities are resolved; what opens and never ends is shown as it stands.
    """
    if not _SPECIAL.search(text) or len(text) > LONGEST:
        return text
    return _shown(_Reader(text).read())


def plain_with_urls(text: str) -> str:
    """Give the words of a text as :func:`plain` does; a link that leads out of the vault has its address behind it."""
    if not _SPECIAL.search(text) or len(text) > LONGEST:
        return text
    return _shown(_Reader(text, urls=True).read())


@dataclass(slots=True)
class _Piece:
    """A part of a text: its source less comments, and what a reader sees of it, until marks are resolved."""

    source: str
    shown: str
    hidden: bool = False
    target: str = ""
    mark: Mark | None = None


def _joined(parts: Iterable[tuple[str, bool]]) -> str:
    """Join texts; where a hidden one was taken out, one blank remains of those around it, at the ends none."""
    kept: list[str] = []
    cut = False
    for text, hidden in parts:
        if hidden:
            cut = True
            continue
        rest = text.lstrip(_BLANKS) if cut and (not kept or kept[-1][-1] in _BLANKS) else text
        if rest:
            kept.append(rest)
            cut = False
    if cut and kept:
        kept[-1] = kept[-1].rstrip(_BLANKS)
    return "".join(kept)


def _shown(pieces: Sequence[_Piece]) -> str:
    resolve_marks(piece.mark for piece in pieces if piece.mark)
    return _joined((piece.mark.shown if piece.mark else piece.shown, piece.hidden) for piece in pieces)


class _Reader:
    """Cuts a text into pieces, from left to right.

    ``openers`` are the places of the brackets, among the pieces, that may turn out to begin a link or an image; below
    ``stale`` of them, they cannot begin a link, since one stands behind them and links do not nest.
    """

    __slots__ = ("last", "openers", "pieces", "stale", "text", "ticks", "urls")

    def __init__(self, text: str, *, urls: bool = False) -> None:
        self.text = text
        self.urls = urls
        self.pieces: list[_Piece] = []
        self.openers: list[int] = []
        self.stale = 0
        self.ticks: dict[int, list[int]] | None = None
        # Where a search for an end must fail is known beforehand, so that many beginnings cost no more than one.
        self.last = {"-->": text.rfind("-->"), "%%": text.rfind("%%")}

    def read(self) -> list[_Piece]:
        """Read the whole text."""
        text, pieces, at = self.text, self.pieces, 0
        while special := _SPECIAL.search(text, at):
            begin = special.start()
            if begin > at:
                pieces.append(_Piece(text[at:begin], text[at:begin]))
            at = self.readers[special[0]](self, begin)
            if at == begin:
                pieces.append(_Piece(special[0], special[0]))
                at += 1
        if at < len(text):
            pieces.append(_Piece(text[at:], text[at:]))
        return pieces

    # Each of these appends what starts at a place and gives the place behind it, or that place if nothing does.

    def _add(self, begin: int, end: int, shown: str) -> int:
        self.pieces.append(_Piece(self.text[begin:end], shown))
        return end

    def _hide(self, begin: int, end: int) -> int:
        self.pieces.append(_Piece("", "", hidden=True))
        return max(begin, end)

    def _escape(self, at: int) -> int:
        match = ESCAPE.match(self.text, at)
        return self._add(at, match.end(), match[1]) if match else at

    def _entity(self, at: int) -> int:
        match = ENTITY.match(self.text, at)
        return self._add(at, match.end(), entity(match[0])) if match else at

    def _mark(self, at: int) -> int:
        mark = mark_at(self.text, at)
        self.pieces.append(_Piece(mark.run, mark.run, mark=mark))
        return at + len(mark.run)

    def _percent(self, at: int) -> int:
        text = self.text
        if not text.startswith("%%", at) or self.last["%%"] < at + 2:
            return at
        return self._hide(at, text.index("%%", at + 2) + 2)

    def _angle(self, at: int) -> int:
        text = self.text
        # The end may share dashes with the beginning: <!--> and <!---> are whole comments.
        if text.startswith("<!--", at) and self.last["-->"] >= at + 2:
            return self._hide(at, text.index("-->", at + 2) + 3)
        if match := _AUTOLINK.match(text, at):
            return self._add(at, match.end(), match[1])
        if match := TAG.match(text, at):
            return self._add(at, match.end(), "")
        return at

    def _code(self, at: int) -> int:
        """Read a code span, or backticks that none closes."""
        text = self.text
        if self.ticks is None:
            self.ticks = {}
            for run in _BACKTICKS.finditer(text):
                self.ticks.setdefault(len(run[0]), []).append(run.start())
        begin = at
        while begin < len(text) and text[begin] == "`":
            begin += 1
        length = begin - at
        ends = self.ticks.get(length, [])
        place = bisect_right(ends, at)
        if place == len(ends):
            return self._add(at, begin, text[at:begin])
        code = text[begin : ends[place]]
        if code.startswith(" ") and code.endswith(" ") and code.strip(" "):
            code = code[1:-1]
        return self._add(at, ends[place] + length, code)

    def _bang(self, at: int) -> int:
        """Read an embed, or the beginning of an image."""
        text = self.text
        if match := _WIKILINK.match(text, at + 1):
            return self._add(at, match.end(), _wikilink(match[1])[1])
        if text.startswith("[", at + 1):
            self.openers.append(len(self.pieces))
            return self._add(at, at + 2, "![")
        return at

    def _bracket(self, at: int) -> int:
        """Read a wikilink, or the beginning of a link."""
        if match := _WIKILINK.match(self.text, at):
            target, shown = _wikilink(match[1])
            self.pieces.append(_Piece(match[0], shown, target=target))
            self.stale = len(self.openers)
            return match.end()
        self.openers.append(len(self.pieces))
        return self._add(at, at + 1, "[")

    def _close(self, at: int) -> int:
        """Make all since the last opening bracket a link or an image, if a destination follows."""
        if not self.openers:
            return at
        place = self.openers.pop()
        stale = len(self.openers) < self.stale
        self.stale = min(self.stale, len(self.openers))
        image = self.pieces[place].source == "!["
        end, destination = _behind_brackets(self.text, at + 1)
        if not end or (stale and not image):
            return at
        inner = self.pieces[place + 1 :]
        source = self.pieces[place].source + _joined((piece.source, piece.hidden) for piece in inner)
        target = "" if image else note_at(destination)
        shown = _shown(inner) or _name(target)
        if self.urls and not image:
            shown = _with_url(shown, destination)
        self.pieces[place:] = [_Piece(source + self.text[at:end], shown, target=target)]
        if not image:
            self.stale = len(self.openers)
        return end

    readers: ClassVar[dict[str, Callable[[_Reader, int], int]]] = {
        "\\": _escape,
        "&": _entity,
        "`": _code,
        "<": _angle,
        "%": _percent,
        "!": _bang,
        "[": _bracket,
        "]": _close,
        **dict.fromkeys("*_~=", _mark),
    }


def _behind_brackets(text: str, at: int) -> tuple[int, str]:
    """Give the end of ``(destination "title")`` at ``at``, 0 if there is none, and the destination's source."""
    if not text.startswith("(", at):
        return 0, ""
    begin = _skip_blanks(text, at + 1)
    end = destination_end(text, begin)
    behind = _skip_blanks(text, title_end(text, end) or end)
    return (behind + 1, text[begin:end]) if text.startswith(")", behind) else (0, "")


def _with_url(shown: str, destination: str) -> str:
    """Give a link's text with the address that it leads to, unless that is no page or mailbox, or is the text."""
    found = _OUTSIDE.fullmatch(unescaped(destination.removeprefix("<").removesuffix(">")))
    if found is None or found["bare"].rstrip("/") in shown:
        return shown
    url = found["bare"] if found["mail"] else found[0]
    return f"{shown} ({url})" if shown else url


def _skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\n":
        at += 1
    return at


def _wikilink(inner: str) -> tuple[str, str]:
    """Give the target of a wikilink, empty if that is no note, and its shown text, from what its brackets hold."""
    name, _, alias = inner.partition("|")
    # Inside a table the bar is escaped.
    name = name.removesuffix("\\").strip()
    target = note_named(name)
    return target, alias.strip() or _name(target) or name.removeprefix("#")


def _name(target: str) -> str:
    return target.rpartition("/")[2]
