"""How a view's answer looks: the same template, shown in a note or on a terminal."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from jobvault.notes.inline import find_links
from jobvault.render.inert import cell, inert, inert_code, strong
from jobvault.render.item import BOXES, SEPARATOR, apart, told, who
from jobvault.render.pieces import clean
from jobvault.render.table import table
from jobvault.search.names import NoteNames, stem_of
from jobvault.words import Words, fold

_NOT_IN_WIKILINK = re.compile(r"[#^\[\]|]")
_ENCODED = frozenset(" \t%#?:&()<>\"'[]\\^|`{}*$")
_MOST_TABLE = 20_000_000
_PLAIN = str.maketrans({"[": "(", "]": ")", "<": " ", "\\": " ", "`": " "})


@dataclass(frozen=True)
class Face:
    """What templates write with.

    ``source`` is the path of the note that the text will stand in, ``level`` the heading level above it. On the
    terminal, ids and distances in time are shown and links are bare names; ``ids`` maps an id to its shown prefix.
    """

    words: Words
    names: NoteNames
    today: dt.date
    links: Literal["wiki", "markdown"] = "wiki"
    boxes: bool = True
    source: str = ""
    level: int = 1
    terminal: bool = False
    ids: Mapping[str, str] = field(default_factory=dict)

    def globals(self) -> dict[str, Callable[..., Any]]:
        """Return the functions that templates may call."""
        return {
            "t": self.words.text,
            "say": self.words.say,
            "h": self.heading,
            "dots": self.dots,
            "table": self.table,
            "empty": self.empty,
            "on_terminal": lambda: self.terminal,
        }

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filters that templates may use."""
        return {
            "inert": inert,
            "strong": strong,
            "code": inert_code,
            "link": self.link,
            "date": self.date,
            "day": self.day,
            "clock": clock,
            "task": self.task,
            "problem": problem,
            "theme": theme_title,
            "sources": self.sources,
        }

    def heading(self, depth: int, text: str) -> str:
        """Return a heading ``depth`` levels below the one above the block, at level two or deeper."""
        level = min(max(self.level, 1) + depth, 6)
        return f"{'#' * level} {inert(text)}"

    def dots(self, *parts: str | None) -> str:
        """Join what is not empty with middle dots."""
        return SEPARATOR.join(part for part in parts if part)

    def empty(self, text: str) -> str:
        """Return what an empty view says."""
        return f"_{text}_"

    def link(self, path: str, text: str = "") -> str:
        """Return a link to a note, in the vault's style; on the terminal its name.

        A wikilink is written where it is read as one and means this note alone, as seen from the one it stands in.
        """
        if self.terminal:
            return clean(text or stem_of(path))
        if self.links == "wiki":
            name = self.names.shortest(path)
            for alias in dict.fromkeys(("" if text == name else text, "")):
                link = f"[[{name}|{alias}]]" if alias else f"[[{name}]]"
                if not _NOT_IN_WIKILINK.search(name + alias) and self._means(link, name, path):
                    return link
        return inert(f"[{_label(text or stem_of(path))}]({self._target(path)})")

    def _means(self, link: str, name: str, path: str) -> bool:
        """Whether a wikilink is read as one, and as one to this note."""
        read = [found.target for found in find_links(link, 0)]
        return inert(link) == link and read == [name] and self.names.resolve(name, self.source) in (path, None)

    def _target(self, path: str) -> str:
        """The path of a note as a Markdown link needs it: a bare name that means another note gets its folder."""
        target = relative(self.source, path)
        if "/" in target or "/" not in self.source or self.names.resolve(stem_of(path), self.source) in (path, None):
            return target
        return f"../{encoded(self.source.split('/')[-2])}/{target}"

    def date(self, day: dt.date | None) -> str:
        """Return an absolute date; on the terminal with its distance from today."""
        if day is None:
            return self.words.text("no-date")
        shown = self.words.date(day)
        return f"{shown} ({self.words.ago(day, self.today)})" if self.terminal else shown

    def day(self, day: dt.date | None) -> str:
        """Return a short date: ``23 Nov``."""
        return self.words.text("no-date") if day is None else self.words.date(day, "short")

    def sources(self, sources: Sequence[Mapping[str, Any]]) -> str:
        """Return links to several notes, the first one set apart: ``[[a]]; also [[b]], [[c]]``."""
        first, *others = dict.fromkeys(self.link(source["path"]) for source in sources)
        return f"{first}; {self.words.text('takeaways.also')} {', '.join(others)}" if others else first

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        """Return a table; cells are Markdown already. Raises ValueError where it would be huge."""
        lines = [[cell(text) for text in row] for row in (head, *rows)]
        if len(lines) * sum(max(map(len, column)) for column in zip(*lines, strict=True)) > _MOST_TABLE:
            raise ValueError("the table is too large")
        return "\n".join(table(lines[0], lines[1:]))

    def task(self, item: Mapping[str, Any], *, source: bool = True) -> str:
        """Return the line of a follow-up. ``render/ticks.py`` reads it back, so its shape is fixed here.

        Text, who, state or due date, command, source, parted by middle dots. Only an item with a source line that can
        be ticked has a box. Without its source, for a terminal that has the id, a line could not be read back.
        """
        people = item["people"] if item["form"] else ()
        whose = who(item["text"], people, item["company"], self.words)
        said = [whose, *self._state(item), apart(inert(item["why"]), self.words)]
        if item["recurring"]:
            said.append(self.words.text("follow-ups.recurring"))
        elif item["form"] == "paragraph":
            said.append(self.words.text("follow-ups.paragraph"))
        said.append(inert_code(item["command"]))
        where = self.link(item["path"]) if source or not self.terminal else ""
        line = self.dots(told(item["text"], self.words), *said, where)
        shown_id = self.ids.get(item["id"], "") if self.terminal else ""
        return " ".join(part for part in ("-", shown_id, self._box(item), line) if part)

    def _box(self, item: Mapping[str, Any]) -> str:
        boxed = item["form"] in ("task", "bullet") and not item["recurring"] and (self.boxes or self.terminal)
        return f"[{BOXES[item['status']]}]" if boxed else ""

    def _state(self, item: Mapping[str, Any]) -> list[str]:
        status, done, due = item["status"], item["done"], item["due"]
        if status in ("done", "cancelled"):
            word = self.words.text(f"states.{status}")
            return [self.words.text("done-on", state=word, date=self.date(done)) if done else word]
        started = [self.words.text("states.started")] if status == "in-progress" else []
        if due is None:
            return started
        return [
            *started,
            self.words.text(f"follow-ups.{'was-due' if due < self.today else 'due'}", date=self.date(due)),
        ]


def theme_title(theme: str) -> str:
    """Return a theme's name from its tag: ``system-design`` → ``System design``."""
    words = " ".join(theme.replace("-", " ").replace("_", " ").replace("/", " / ").split())
    return words[:1].upper() + words[1:]


def problem(item: Mapping[str, Any]) -> str:
    """Return what is wrong, with the words of the note that it is about in front where it does not hold them."""
    message, quote = inert(item["message"]), item["quote"]
    words = fold(quote.partition(": ")[2] or quote)
    return message if not words or f" {words} " in f" {fold(message)} " else f'"{inert(quote)}": {message}'


def clock(time: dt.time) -> str:
    """Return a time of day: ``14:30``."""
    return time.isoformat("minutes")


def relative(source: str, path: str) -> str:
    """Return the path of a note as seen from another, percent-encoded as Markdown links need it."""
    here, there = source.split("/")[:-1], path.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return encoded("/".join([*[".."] * (len(here) - shared), *there[shared:]]))


def encoded(path: str) -> str:
    """Percent-encode what would end a Markdown link's destination, or be read as something else than a path in it."""
    return "".join(char if _is_plain(char) else _percent(char) for char in path)


def _is_plain(char: str) -> bool:
    return char not in _ENCODED and (char.isalnum() or clean(char) == char)


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogateescape"))


def _label(text: str) -> str:
    """Return the words of a Markdown link: no brackets, and nothing that could be more than words."""
    return " ".join(clean(text).translate(_PLAIN).split()) or "…"
