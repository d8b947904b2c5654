"""How a view's answer looks: the same template, shown in a note or on a terminal."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from jobvault.render.inert import cell, inert, strong
from jobvault.render.table import table
from jobvault.search.names import NoteNames, stem_of
from jobvault.words import Words, fold

_NO_WIKI = re.compile(r"[#^\[\]|]")
_BOX = {"open": " ", "in-progress": "/", "done": "x", "cancelled": "-"}
SEPARATOR = " · "


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
        }

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filters that templates may use."""
        return {
            "inert": inert,
            "strong": strong,
            "link": self.link,
            "date": self.date,
            "day": self.day,
            "task": self.task,
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
        """Return a link to a note, in the vault's style; on the terminal its name."""
        if self.terminal:
            return text or stem_of(path)
        name = self.names.shortest(path)
        if self.links == "wiki" and not _NO_WIKI.search(name):
            return f"[[{name}|{text}]]" if text and not _NO_WIKI.search(text) else f"[[{name}]]"
        label = inert(text or stem_of(path)).replace("[", "\\[").replace("]", "\\]")
        return f"[{label}]({relative(self.source, path)})"

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
        links = list(dict.fromkeys(self.link(source["path"]) for source in sources))
        rest = ", ".join(links[1:])
        return links[0] + (f"; {self.words.text('takeaways.also')} {rest}" if rest else "")

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        """Return a table; cells are Markdown already."""
        return "\n".join(table([cell(text) for text in head], [[cell(text) for text in row] for row in rows]))

    def task(self, item: Mapping[str, Any]) -> str:
        """Return the line of a follow-up. ``render/ticks.py`` reads it back, so its shape is fixed here.

        Text, who, state or due date, source, parted by middle dots. Only an item with a source line that can be
        ticked has a box.
        """
        parts = [inert(item["text"]), self._who(item), *self._state(item), inert(item["why"])]
        if item["recurring"]:
            parts.append(self.words.text("follow-ups.recurring"))
        elif item["form"] == "paragraph":
            parts.append(self.words.text("follow-ups.paragraph"))
        line = self.dots(*parts, self.link(item["path"]))
        if self.terminal:
            return f"- {self.ids.get(item['id'], '')}{self._box(item)} {line}".replace("-  ", "- ")
        return f"-{self._box(item)} {line}"

    def _box(self, item: Mapping[str, Any]) -> str:
        boxed = item["form"] in ("task", "bullet") and not item["recurring"] and (self.boxes or self.terminal)
        return f" [{_BOX[item['status']]}]" if boxed else ""

    def _who(self, item: Mapping[str, Any]) -> str:
        """People and company, as far as the text does not name them already."""
        text = f" {fold(item['text'])} "
        names = [*item["people"], item["company"]] if item["form"] else []
        return inert(", ".join(name for name in names if name and f" {fold(name)} " not in text))

    def _state(self, item: Mapping[str, Any]) -> list[str]:
        status, done, due = item["status"], item["done"], item["due"]
        if status in ("done", "cancelled"):
            word = self.words.text(f"states.{status}")
            return [f"{word} {self.date(done)}" if done else word]
        started = [self.words.text("states.started")] if status == "in-progress" else []
        if due is None:
            return started
        return [*started, self.words.text(f"follow-ups.{'was-due' if due < self.today else 'due'}", date=self.date(due))]


def theme_title(theme: str) -> str:
    """Return a theme's name from its tag: ``system-design`` → ``System design``."""
    words = theme.replace("-", " ").replace("_", " ").replace("/", " / ").strip()
    return words[:1].upper() + words[1:]


def relative(source: str, path: str) -> str:
    """Return the path of a note as seen from another, percent-encoded as Markdown links need it."""
    here, there = source.split("/")[:-1], path.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    text = "/".join([*[".."] * (len(here) - shared), *there[shared:]])
    for char in "%#()<>\"'[]\\^|`{}":
        text = text.replace(char, f"%{ord(char):02X}")
    return text.replace(" ", "%20")
