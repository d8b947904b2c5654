"""The words of a text in HTML, as Outlook and Google write descriptions, with the links in it. Nothing of it runs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_IS_HTML = re.compile(
    r"<(?:!doctype|html|head|style|script|body|br|p|div|span|a|b|i|u|ul|ol|li|table|font)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_LINES = frozenset({"br", "p", "div", "li", "tr", "table", "h1", "h2", "h3", "h4", "hr"})
_UNSEEN = frozenset({"script", "style", "head", "title", "template"})
_UNCLOSED = re.compile(r"<(?![^<>]{0,4000}>)")
"""What begins no tag; the library would look for its end to the end of the text, each time anew."""
_BLANKS = re.compile(r"[ \t\xa0]+")
LONGEST = 60_000
"""Characters that are looked at."""


def is_html(text: str) -> bool:
    """Whether a text is meant as HTML."""
    return _IS_HTML.search(text[:LONGEST]) is not None


def words_of_html(text: str) -> str:
    """Return the words that a reader would see, with each link's address in ``<>`` behind its words. Never raises."""
    reader = _Reader()
    try:
        reader.feed(_UNCLOSED.sub("&lt;", text[:LONGEST]))
        reader.close()
    except (AssertionError, ValueError):  # the library's own words for HTML that it cannot read
        pass
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    """Gathers words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, a link, or what is not seen."""
        if tag in _LINES:
            self.parts.append("\n")
        if tag in _UNSEEN:
            self._unseen += 1
        if tag == "a":
            self._links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        """End what was begun."""
        if tag in _LINES:
            self.parts.append("\n")
        if tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        if tag == "a" and self._links:
            link = self._links.pop()
            self.parts.append(f" <{link}> " if link.startswith(("http://", "https://")) else "")

    def handle_data(self, data: str) -> None:
        """Take words that are seen; line ends in them are blanks."""
        if not self._unseen:
            self.parts.append(data.replace("\n", " ").replace("\r", " "))
