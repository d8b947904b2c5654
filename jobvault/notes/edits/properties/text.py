"""Values as YAML, and where the lines of a note stand in its text: what edits of properties are made of."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from jobvault.notes.edits.insertion import newline_of
from jobvault.notes.frontmatter import Value, vault_handler
from jobvault.notes.note import Note

BOM = "\ufeff"
FENCE = "---"
_PLACEHOLDER = re.compile(r"\{\{|<%")
_NOT_IN_BRACKETS = re.compile(r"[,\[\]{}:?#]")
_COMMENT = re.compile(r"(?:^|\s)#", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Edit:
    """What to put in the place of the note's text from one offset to another."""

    start: int
    end: int
    text: str

    def apply(self, text: str) -> str:
        """Return the text with it made."""
        return text[: self.start] + self.text + text[self.end :]


@dataclass(frozen=True, slots=True)
class Written:
    """A value as YAML: on the line of its name, or as items, one a line."""

    scalar: str
    items: tuple[str, ...] = ()

    def behind_colon(self, indent: str, newline: str) -> str:
        """Return it as it stands behind a name's colon."""
        if self.items:
            return "".join(f"{newline}{indent}  - {item}" for item in self.items)
        return f" {self.scalar}" if self.scalar else ""


def written(value: Value) -> Written | None:
    """Write a value as YAML; None where that takes more than one line."""
    if isinstance(value, list) and value:
        items = [scalar(item) for item in value]
        return Written("", tuple(str(item) for item in items)) if None not in items else None
    text = scalar(value)
    return None if text is None else Written(text)


def in_brackets(value: list[Value]) -> str | None:
    """Write a list as it stands between brackets; None where that takes more than one line."""
    items = [_in_brackets(item) for item in value]
    return ", ".join(str(item) for item in items) if None not in items else None


def _in_brackets(value: Value) -> str | None:
    text = scalar(value)
    if isinstance(value, str) and text == value and _NOT_IN_BRACKETS.search(text):
        return json.dumps(value, ensure_ascii=False)
    return "null" if value is None else text


def scalar(value: Value) -> str | None:
    """Write one value as YAML; None where that takes more than one line."""
    if isinstance(value, str) and _PLACEHOLDER.search(value):
        # Written out, it would make the note a template to be filled in.
        return json.dumps(value, ensure_ascii=False).replace("{{", "{\\x7B").replace("<%", "<\\x25")
    text = vault_handler().export({"k": value}).removeprefix("k:").strip(" ")
    return None if "\n" in text or "\r" in text else text


def has_comment(text: str) -> bool:
    """Whether a comment may stand in a part of a block: one that is only in quotes counts too."""
    return _COMMENT.search(text) is not None


def offset(note: Note, line: int) -> int:
    """Return the offset right behind a line of the note."""
    return sum(map(len, note.lines[:line]))


def line_end(note: Note, line: int) -> int:
    """Return the offset behind the words of a line, before its line ending."""
    return offset(note, line) - len(newline_at(note, line))


def newline_at(note: Note, line: int) -> str:
    """Return how a line ends; as the note's first one does where it has no ending."""
    text = note.lines[line - 1]
    return text[len(text.rstrip("\r\n")) :] or newline_of(note)


def indent_of(note: Note, line: int) -> str:
    """Return the blanks that a line begins with."""
    text = note.lines[line - 1]
    return text[: len(text) - len(text.lstrip(" "))]
