"""The examples of the documentation: where they stand, and whether they tell the truth.

An example is a fenced block or a table. Comments before it, which no reader sees, say what is to be done with it:

``docs:session KIND DATE``
    a home of its own on that day: with the sample vault (``demo``), with the sample vault without the note that holds an
    error (``tidy``), or with nothing in it (``empty``)
``docs:day DATE``
    the day of what follows
``docs:write NOTE``
    the next block is written to that file
``docs:tick NOTE: WORDS``
    the open box of the only line with these words is ticked, as an editor would
``docs:replace NOTE: OLD => NEW``
    the only place with the old words gets the new ones
``docs:block VIEW ARGUMENTS``
    the next block is that generated block, in a note of the vault
``docs:reads NOTE``
    the next block (JSON) is part of what is read in that note
``docs:fields SCHEMA PART``
    the next table lists the fields of that JSON Schema, or of a part (``items[]``; ``*`` is the outermost object alone)
``docs:words GROUP LANGUAGE``
    the next table lists the words of that group (``sections``, ``values.round``) that are understood; English ones
    where no language is named
``docs:help COMMAND``
    the next block is that command's help
``docs:exit CODE``
    the last command of the next block ends with this exit code, not with 0

Every ``console`` block is run: a line that starts with ``$`` is typed, what follows is its output. Every ``pycon`` block
is a doctest. A line ``…`` stands for any lines, a ``…`` in a line for any words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

_DIRECTIVE = re.compile(r"<!-- docs:([a-z]+)(?: (.*?))? -->")
_FENCE = re.compile(r"(`{3,})([a-z]*)")


@dataclass(frozen=True)
class Step:
    """A directive, with the fenced block behind it where it takes one; ``line`` is the block's first, from 0."""

    name: str
    argument: str = ""
    language: str = ""
    body: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class Outcome:
    """A step and the body that it should have."""

    step: Step
    body: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Whether the page tells the truth."""
        return alike(self.step.body, self.body)


def steps(text: str) -> Iterator[Step]:
    """Find the steps of a page."""
    waiting: Step | None = None
    code = "0"
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        directive, fence = _DIRECTIVE.fullmatch(lines[number]), _FENCE.fullmatch(lines[number])
        number += 1
        if directive:
            found = Step(directive[1], directive[2] or "")
            if found.name in ("session", "day", "tick", "replace"):
                yield found
            elif found.name == "exit":
                code = found.argument
            else:
                waiting = found
        elif fence:
            end = lines.index(fence[1], number)
            body = tuple(lines[number:end])
            if waiting is not None:
                yield replace(waiting, language=fence[2], body=body, line=number)
            elif fence[2] in ("console", "pycon"):
                yield Step(fence[2], code, fence[2], body, number)
            waiting, code, number = None, "0", end + 1
        elif waiting is not None and waiting.name in ("fields", "words") and lines[number - 1].startswith("|"):
            body = tuple(takewhile(lambda line: line.startswith("|"), lines[number - 1 :]))
            yield replace(waiting, body=body, line=number - 1)
            waiting, number = None, number - 1 + len(body)


def alike(expected: tuple[str, ...], actual: tuple[str, ...]) -> bool:
    """Whether a shown text is the real one; ``…`` stands for what was left out."""
    return (
        re.fullmatch("".join(_pattern(line) for line in expected), "".join(f"{line}\n" for line in actual)) is not None
    )


def _pattern(line: str) -> str:
    if line.strip() == "…":
        return r"(?:[^\n]*\n)*"
    return "[^\n]*".join(re.escape(part) for part in line.split("…")) + r"\n"


def renewed(text: str, found: list[Outcome]) -> str:
    """Return a page with each body as it should be."""
    lines = text.split("\n")
    for outcome in reversed(found):
        if not outcome.good:
            lines[outcome.step.line : outcome.step.line + len(outcome.step.body)] = outcome.body
    return "\n".join(lines)
