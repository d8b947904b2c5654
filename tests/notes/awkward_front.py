"""Notes with front matter as people and programs write it, made by a seed: each property with what must outlive an edit.

The shapes are those of real vaults: comments, odd quotes, CRLF, BOM, blank lines, multi-line values, lists in four
ways, half a property, another program's habits; and, now and then, what no edit can be made in.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

Part = tuple[str, str]
"""``v`` and a text that belongs to the value, or ``k`` and one that must be kept."""


@dataclass(frozen=True)
class Row:
    """One property: ``head`` ends with its colon; ``parts`` are what stands behind that, without the last line end."""

    key: str
    head: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        return self.head + "".join(text for _, text in self.parts)

    @property
    def kept(self) -> list[str]:
        """The comments, in order."""
        return [text.strip() for kind, text in self.parts if kind == "k" and text.strip()]


@dataclass(frozen=True)
class AwkwardNote:
    """A note: ``before`` is fence and all, the rows with the lines between them, ``after`` the closing fence and body.

    ``sound`` is False where something stands in it for which any edit of a property must be refused.
    """

    before: str
    rows: tuple[Row | str, ...]
    after: str
    newline: str
    sound: bool

    def data(self) -> bytes:
        return self.encoded("".join(f"{row if isinstance(row, str) else row.text}\n" for row in self.rows))

    def encoded(self, rows: str) -> bytes:
        return encoded(self.before + rows + self.after, self.newline)

    def row(self, key: str) -> Row | None:
        return next((row for row in self.rows if isinstance(row, Row) and row.key == key), None)

    def around(self, row: Row) -> tuple[bytes, bytes]:
        """Return the note's bytes before a property's value, its name included, and those behind its last line."""
        place = self.rows.index(row)
        texts = [f"{one if isinstance(one, str) else one.text}\n" for one in self.rows]
        head = self.before + "".join(texts[:place]) + row.head
        return encoded(head, self.newline), encoded("\n" + "".join(texts[place + 1 :]) + self.after, self.newline)


def encoded(text: str, newline: str) -> bytes:
    return text.replace("\n", newline).encode("utf-8", "surrogateescape")


KEYS = (
    "type", "company", "date", "role", "round", "people", "felt", "outcome", "hear_by", "tags", "aliases", "mine", "created",
    "cssclasses", "date created", "über", "note",
)  # fmt: skip
_SPELT = {
    "hear_by": ("hear_by", "Hear-By", "hear by", "HEAR_BY"), "company": ("company", "Company", '"company"', "'company'"),
    "date created": ("date created", "Date-Created"), "tags": ("tags", "Tags"), "felt": ("felt", "felt "),
}  # fmt: skip
_SCALARS = (
    "Acme", "Birch & Lowe", "3", "'3'", '"Acme"', "'it''s # not'", '"dq: \\"x\\" \\u00e9"', "~", "null", "2026-11-20", '"2026-11-20"',
    "2026-11-20T10:30:00", "14:30", "no", "true", "True", "1.50", "'120,000'", "01234", "https://example.org/a?b=c#d", "[[Dana Reyes]]",
    '"[[Dana Reyes]]"', "café", "東京 🎉", "a\u2028b", "a, b, c", "undefined", "x: y".replace(": ", ":"), "C++ -- and #sre".replace(" #", "#"),
    "-5", "!!str 3", "a   b", "'—'", "50 % of it", "{}", "[]", "a\tb",
)  # fmt: skip
_COMMENTS = ("", "", "", " ", "   ", " # who", "  # 1 bad: 5 good", "\t# tab", " #", " # 'odd \" quotes", " # [x] – é")
_ITEMS = (
    "a",
    "'b # c'",
    '"[[Dana Reyes]]"',
    "https://example.org",
    "3",
    "Tom Ode, CTO",
    "sre/on-call",
    "été",
    '"x: y"',
    "~",
    "",
)
_BODIES = (
    "", "body", "body\n", "\n# Title\n\n- [ ] task 📅 2026-11-20\n", "---\n\nrule above\n", "caf\udce9 latin-1\n", "nul \x00 here\n",
    "a\u2028b\x85c\x0bd\x0c\n", "> quote\n\n```yaml\nfelt: 1\n```\n", "felt: 9\n---\nmore", "\n\n\n", "| a | b |\n|---|---|\n", "{{x}} <% y %>\n",
    "<!-- jobvault:begin takeaways -->\n\n<!-- jobvault:end -->\n", "\ufeffbom in the middle\n", "trailing blanks   \n\t\n",
)  # fmt: skip
_BETWEEN = ("", "", "# mine", "  # indented", "#", "# felt: 1", "   ")


def awkward_note(choose: random.Random, *, unsound: float = 0.06) -> AwkwardNote:
    """Make a note; ``unsound`` is the share of those in which no property can be set."""
    newline = choose.choices(["\n", "\r\n", "\r"], [6, 3, 1])[0]
    bom = "\ufeff" if choose.random() < 0.15 else ""
    body = choose.choice(_BODIES)
    if choose.random() < 0.08:
        start = body if not body.startswith("---") else "text\n" + body
        return AwkwardNote(bom, (), start, newline, sound=True)
    keys = choose.sample(KEYS, choose.randrange(7))
    indent = "  " if choose.random() < 0.03 else ""
    rows: list[Row | str] = [_row(choose, key, indent) for key in keys]
    for _ in range(choose.choices([0, 1, 2, 3], [5, 2, 2, 1])[0]):
        place = choose.randrange(len(rows) + 1)
        rows.insert(place, "# mine" if _ends_in_text(rows[:place]) else choose.choice(_BETWEEN))
    if not any(isinstance(row, Row) for row in rows) and any(row.strip() for row in rows if isinstance(row, str)):
        rows = []  # comments alone between two rules are headings
    sound = choose.random() >= unsound
    if not sound:
        rows.insert(choose.randrange(len(rows) + 1), Row("bad", "", (("v", choose.choice(_UNSOUND)),)))
    fence = "---" + choose.choice(["", "", "", " ", "\t"])
    return AwkwardNote(f"{bom}{fence}\n", tuple(rows), f"---{choose.choice(['', '', '  '])}\n{body}", newline, sound)


def _ends_in_text(rows: list[Row | str]) -> bool:
    """Whether the last property is written as ``|`` or ``>``: what is blank or indented below it belongs to it."""
    last = next((row for row in reversed(rows) if isinstance(row, Row)), None)
    return last is not None and any(text.lstrip().startswith(("|", ">")) for _, text in last.parts[:1])


_UNSOUND = (
    "bad: &x 1\nworse: *x", "bad: 1\nBad: 2", "bad: [1", "bad: caf\udce9", "bad: 'open", "bad: 1\n<<: *nothing", "\tbad: tab", "bad: @x",
    "bad: {{date}}", "bad: <% tp.file.title %>", "<<<<<<< HEAD\nbad: 1\n=======\nbad: 2\n>>>>>>> other", "bad: *x", "bad: !!python/object:os.x {}",
)  # fmt: skip


def _row(choose: random.Random, key: str, indent: str) -> Row:
    head = f"{indent}{choose.choice(_SPELT.get(key, (key,)))}:"
    shape = choose.choices(_SHAPES, _WEIGHTS)[0]
    return Row(key, head, tuple(shape(choose, indent)))


def _comment(choose: random.Random) -> Part:
    return ("k", choose.choice(_COMMENTS))


def _scalar(choose: random.Random, _: str) -> list[Part]:
    return [("v", " " * choose.choice([1, 1, 1, 3]) + choose.choice(_SCALARS)), _comment(choose)]


def _nothing(choose: random.Random, _: str) -> list[Part]:
    return [_comment(choose)]


def _list(choose: random.Random, indent: str) -> list[Part]:
    deep = indent + choose.choice(["", "  ", "  ", "    "])
    gap = choose.choice([" ", " ", "   "])
    parts = [_comment(choose)]
    for _ in range(choose.randrange(1, 4)):
        parts.append(("v", f"\n{deep}-{gap}{choose.choice(_ITEMS)}"))
        if choose.random() < 0.1:
            parts.append(("k", " # item"))
        if choose.random() < 0.05:
            parts.append(("k", f"\n{deep}# between"))
            parts.append(("v", f"\n{deep}-{gap}last"))
    return parts


def _brackets(choose: random.Random, _: str) -> list[Part]:
    items = choose.sample(_ITEMS[:-1], choose.randrange(1, 4))
    comma = choose.choice([", ", ",", " , "])
    end = choose.choice(["", "", ",", " "])
    return [("v", f" [{comma.join(items)}{end}]"), _comment(choose)]


def _broken_brackets(choose: random.Random, indent: str) -> list[Part]:
    deep = indent + "  "
    comment = choose.choice([("v", ""), ("v", ""), ("k", " # item")])
    return [("v", f" [\n{deep}a,"), comment, ("v", f"\n{deep}'b'\n{deep}]"), _comment(choose)]


def _text(choose: random.Random, indent: str) -> list[Part]:
    header = choose.choice(["|", ">", "|-", ">-", "|+", ">+"])
    deep = indent + choose.choice(["  ", "    "])
    lines = choose.sample(["one line", "# no comment", "- no item", "key: no", "'quote", "", "  deeper", "é"], 3)
    body = "".join(f"\n{deep}{line}" if line else "\n" for line in ["first", *lines])
    return [("v", f" {header}"), ("k", choose.choice(["", "", " # why"])), ("v", body.rstrip("\n") or body)]


def _several_lines(choose: random.Random, indent: str) -> list[Part]:
    deep = indent + "  "
    text = choose.choice(
        [f" plain\n{deep}more words", f" 'quoted\n{deep}# no comment'", f' "dq\n\n{deep}x"', f"\n{deep}below"]
    )
    return [("v", text), _comment(choose)]


def _nested(choose: random.Random, indent: str) -> list[Part]:
    deep = indent + "  "
    return [_comment(choose), ("v", f"\n{deep}x: 1\n{deep}y:\n{deep}  - z")]


_SHAPES = (_scalar, _nothing, _list, _brackets, _broken_brackets, _text, _several_lines, _nested)
_WEIGHTS = (45, 12, 18, 9, 2, 5, 5, 2)
