"""Notes as people's vaults hold them: what sites, plugins, other programs and hands leave at the top of a note.

The shapes are the world's, the words are ours. ``«`` and ``»`` stand around the value that a test sets, so the bytes
around it are known without reading anything.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

Value = str | list[str]


@dataclass(frozen=True)
class RealNote:
    """A note's text with ``«`` and ``»`` in it, and the property that stands between them, by any of its spellings."""

    key: str
    text: str
    newline: str
    bom: bool

    @property
    def is_list(self) -> bool:
        """Whether the value is a list in the note."""
        value = self.value.strip()
        return value.startswith(("[", "- ")) and not value.startswith("[[")

    @property
    def value(self) -> str:
        return self.text.partition("«")[2].partition("»")[0]

    def with_value(self, value: str) -> bytes:
        """Return the note's bytes with a value written in."""
        head, _, rest = self.text.partition("«")
        text = head + value + rest.partition("»")[2]
        data = text.replace("\n", self.newline).encode("utf-8", "surrogateescape")
        return b"\xef\xbb\xbf" + data if self.bom else data

    def data(self) -> bytes:
        return self.with_value(self.value)

    def written(self, said: list[str]) -> str:
        """Return how words are written here: in the form of the list that is there, or as they are."""
        if not self.is_list:
            return said[0]
        if self.value.startswith("["):
            return f"[{', '.join(said)}]"
        lead = re.match(r"\n *- +", self.value)
        return "".join(f"{lead[0] if lead else ''}{one}" for one in said)


_FAMILIES: tuple[tuple[str, str], ...] = (
    ("status", "title: 'It''s a long # way: part 2'\nstatus: «to read» # {word}\nrating: \ncreated: 2024-03-0{n}T09:1{n}\n"),
    ("date modified", "date created: Tuesday, March {n}th 2025, 8:42:34 pm\ndate modified: «Tuesday, March {n}th 2025, 9:00:00 pm»\n"),
    ("kanban-plugin", "\nkanban-plugin: «basic»\n\n"),
    ("tags", "alias: [{word}, 'Second, name']\ntags: «[{word}, area/{word}, \"2024\"]»   # keep short\npublish: true\n"),
    ("tags", "aliases:\n- {word}\n- \ntags:«\n- {word}\n-   topic/{word}\n- 3d»\ncssclasses:\n  - wide\n  - table-small\n"),
    ("Authors", "CiteKey: {word}2019\nTitle: \"On {word}: a \\\"study\\\" of 1 # thing\"\nAuthors:«\n  - \"Okafor, S.\"\n  - 'O''Neill, B.'»\nYear: 2019\n"),
    ("abstract", 'layout: post\ntitle:  "{word}"\nabstract: «>-\n  First line, with: a colon.\n  # this is no comment\n\n  - nor this an item»\ndate:   2020-0{n}-11 10:00:00 +0100\n'),
    ("summary", "summary: «|\n    keeps\n      its shape\n\n    to the end»\n# by hand\nsource: https://example.org/{word}?a=1#top\n"),
    ("description", 'description: «"two lines of\n  {word}, and more"»  # shown in search\nweight: 0{n}\ndraft: False\n'),
    ("company", "type: person\ncompany:   «Birch & Lowe»\t# was: {word}\nemail: <someone@example.org>\nphone: '0049 30 123456'\n"),
    ("up", "up: «[[{word} MOC]]»\nrelated:\n  - \"[[{word}]]\"\n  - '[[Other|o]]'\n"),
    ("mood", "mood:«»   \nweather: {word} ☀️\nslept: 7.50\nwoke: 06:3{n}\nsteps: 10_000\n"),
    ("due", "project: {word}   \ndue: «2024-11-3{n}»\ndone: no\npriority: !!int 3\nx: ~\ny: null\n"),
    ("state", '# the state is set by a script\n#state: old\nstate: «"open"»\n\n\n# end of it\n'),
    ("rating", "author: Ähnlich Größer 東京\nrating: «★★★☆☆»\ncover: 'C:\\books\\{word}.png'\n"),
    ("type", "type: «application»\ncompany: {word} GmbH & Co. KG\npay: '120,000'\nlink: <https://example.org/jobs/{n}>\n"),
    ("outcome", 'type: debrief\ncompany: {word}\ndate: 2026-11-0{n}\npeople:\n    - "[[Dana Reyes]]"\n    - Tom Ode, CTO\nOutcome : «waiting» # call on Monday\nfelt: {n}\n'),
    ("excalidraw-plugin", "excalidraw-plugin: «parsed»\ntags: [excalidraw]\n\n"),
    ("keywords", 'keywords: «[\n  {word},\n  "two, three"\n]» # from the site\nslug: /{word}-{n}/\n'),
    ("position", "location: {{lat: 1.{n}, lon: -2}}\nposition:«\n  x: 1\n  y:\n    - {n}»\nlast: ok\n"),
)  # fmt: skip
_WORDS = ("Corvo", "platform", "Jackdaw", "retro", "Rust", "notes", "interview", "Büro", "été", "job-search")
_BODIES = (
    "\n# Heading\n\nWords — with dashes, and a rule:\n\n---\n\nmore\n", "no blank line above\n- [ ] a task 📅 2026-11-20", "",
    "\n```yaml\n---\nstatus: not this one\n---\n```\n", "caf\udce9 from an old editor\n\x00\n", '\n%% kanban:settings\n```\n{"a":1}\n```\n%%\n',
    "\u2028odd\x0c line ends\u2029\n", "  \n\t\nblank lines with blanks\n   ", "\n| a | b |\n| - | - |\n| {{x}} | <% y %> |\n",
)  # fmt: skip


def real_note(choose: random.Random, number: int) -> RealNote:
    """Make one; every family has its turn."""
    key, front = _FAMILIES[number % len(_FAMILIES)]
    front = front.replace("{{", "\0").replace("}}", "\1")
    front = front.replace("{word}", choose.choice(_WORDS)).replace(
        "{n}", str(choose.randrange(1, 10) if key != "due" else 0)
    )
    front = front.replace("\0", "{").replace("\1", "}")
    fence = choose.choice(["---", "---", "---", "--- ", "---\t"])
    text = f"{fence}\n{front}---\n{choose.choice(_BODIES)}"
    return RealNote(key, text, choose.choices(["\n", "\r\n", "\r"], [6, 4, 1])[0], choose.random() < 0.25)
