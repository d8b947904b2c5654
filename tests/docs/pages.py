"""The examples of the documentation, and what the program says to them now.

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
``docs:help COMMAND``
    the next block is that command's help
``docs:exit CODE``
    the last command of the next block ends with this exit code, not with 0

Every ``console`` block is run: a line that starts with ``$`` is typed, what follows is its output. Every ``pycon`` block
is a doctest. A line ``…`` stands for any lines, a ``…`` in a line for any words.
"""

from __future__ import annotations

import contextlib
import doctest
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Any

from jobvault.actions.demo import lay_out
from jobvault.actions.vault import open_vault
from jobvault.notes.reading import read_note
from jobvault.render.table import table
from jobvault.render.view import to_json
from jobvault.vault.shipped import read_template
from tests.small_vault import REPOSITORY

SHOWN_HOME = "/home/robin"
DEMO = "jobvault-demo"
BROKEN = "Debriefs/2026-08-06 Corvo recruiter-screen.md"
_DIRECTIVE = re.compile(r"<!-- docs:([a-z]+)(?: (.*?))? -->")
_FENCE = re.compile(r"(`{3,})([a-z]*)")
_SCRIPT = """\
#!/bin/sh
case " $* " in
  *" --today "*) exec {python} -m jobvault "$@" ;;
  *) exec {python} -m jobvault "$@" --today "$DOCS_DAY" ;;
esac
"""


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
        elif waiting is not None and waiting.name == "fields" and lines[number - 1].startswith("|"):
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


@dataclass
class Session:
    """A home folder of its own, where a page's commands are run one after the other."""

    home: Path
    day: str = "2026-11-25"
    place: str = "."
    names: dict[str, object] = field(default_factory=dict)

    @property
    def here(self) -> Path:
        """The folder that commands are run in."""
        return self.home / self.place

    def begin(self, kind: str, day: str) -> None:
        """Start anew."""
        self.day, self.place, self.names = day, ".", {}
        (self.home / ".bin").mkdir(parents=True, exist_ok=True)
        program = self.home / ".bin" / "jobvault"
        program.write_text(_SCRIPT.format(python=shlex.quote(sys.executable)), encoding="utf-8")
        program.chmod(0o755)
        if kind != "empty":
            lay_out(self.home / DEMO, date.fromisoformat(day))
            if kind == "tidy":
                (self.home / DEMO / BROKEN).unlink()
            open_vault(self.home / DEMO, today=date.fromisoformat(day)).summarize()
            self.place = DEMO

    def run(self, command: str) -> tuple[int, list[str]]:
        """Run a command line as a person types it: its exit code and what is seen, in order."""
        told = self.home / ".bin" / "place"
        done = subprocess.run(
            ["sh", "-c", f'{command}\ncode=$?; pwd > "$DOCS_TOLD"; exit $code'],
            cwd=self.here,
            env=self._environ() | {"DOCS_TOLD": str(told), "DOCS_DAY": self.day},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        if told.exists():
            self.place = os.path.relpath(told.read_text(encoding="utf-8").strip(), self.home)
        shown = done.stdout.replace(str(self.home), SHOWN_HOME).rstrip("\n")
        return done.returncode, [
            line.rstrip() for line in shown.split("\n")
        ]  # formatters take blanks at line ends away

    def _environ(self) -> dict[str, str]:
        return {
            "PATH": f"{self.home / '.bin'}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.home),
            "PYTHONPATH": str(REPOSITORY),
            "PYTHONUTF8": "1",
            "LANG": "C.UTF-8",
            "COLUMNS": "80",
        }

    def take(self, step: Step) -> Outcome | None:
        """Do what a step says; what it should show, where it shows anything."""
        if step.name not in _TAKE:
            raise AssertionError(f"there is no docs:{step.name}")
        body = _TAKE[step.name](self, step)
        return None if body is None else Outcome(step, tuple(body))


def _session(session: Session, step: Step) -> None:
    kind, day = step.argument.split()
    session.begin(kind, day)


def _day(session: Session, step: Step) -> None:
    session.day = step.argument


def _write(session: Session, step: Step) -> None:
    place = session.here / step.argument
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes("".join(f"{line}\n" for line in step.body).encode())


def _tick(session: Session, step: Step) -> None:
    path, words = step.argument.split(": ", 1)
    place = session.here / path
    lines = place.read_bytes().decode().split("\n")
    [index] = [i for i, line in enumerate(lines) if words in line and "[ ]" in line]
    lines[index] = lines[index].replace("[ ]", "[x]", 1)
    place.write_bytes("\n".join(lines).encode())


def _replace(session: Session, step: Step) -> None:
    path, words = step.argument.split(": ", 1)
    old, new = words.split(" => ")
    place = session.here / path
    data = place.read_bytes()
    assert data.count(old.encode()) == 1, f"{old!r} does not stand once in {path}"
    place.write_bytes(data.replace(old.encode(), new.encode()))


def _block(session: Session, step: Step) -> list[str]:
    note = session.here / "Docs example.md"
    note.write_text(
        f"# Example\n\n<!-- jobvault:begin {step.argument} -->\n\n<!-- jobvault:end -->\n", encoding="utf-8"
    )
    try:
        open_vault(session.here, today=date.fromisoformat(session.day)).summarize()
        return note.read_text(encoding="utf-8").rstrip("\n").split("\n")[2:]
    finally:
        note.unlink()


def _reads(session: Session, step: Step) -> list[str]:
    rules = open_vault(session.here, today=date.fromisoformat(session.day)).rules
    reading = read_note(step.argument, (session.here / step.argument).read_bytes(), rules)
    noun = to_json(reading.noun)
    wanted = json.loads("\n".join(step.body))
    found = {key: _part(noun[key], value) for key, value in wanted.items()}
    return list(step.body) if found == wanted else json.dumps(found, ensure_ascii=False, indent=2).split("\n")


def _part(value: object, like: object) -> object:
    """Reduce a value to the keys that the page shows; the rest is true as well, but would be long to read."""
    if isinstance(value, dict) and isinstance(like, dict):
        return {key: _part(value[key], like[key]) for key in like}
    if isinstance(value, list) and isinstance(like, list) and like:
        return [_part(item, like[min(index, len(like) - 1)]) for index, item in enumerate(value)]
    return value


def _fields(_session: Session, step: Step) -> list[str]:
    name, _, part = step.argument.partition(" ")
    rows = list(schema_rows(json.loads(read_template(f"schemas/{name}.json"))))
    if part == "*":
        rows = [row for row in rows if "[]" not in row[0]]
    elif part:
        rows = [(row[0].removeprefix(f"{part}."), *row[1:]) for row in rows if row[0].startswith(f"{part}.")]
    return list(table(["field", "holds", "which is"], [[f"`{row[0]}`", *row[1:]] for row in rows]))


def schema_rows(schema: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str, str]]:
    """Name the fields of a JSON Schema, each with what it holds and what that is; ``a[].b`` is in the items of ``a``."""
    for name, field_ in schema.get("properties", {}).items():
        about = field_["description"].replace(" ISO 8601, as 2026-11-23; null where there is none.", "")
        yield before + name, _holds(field_), about.replace(" ISO 8601, as 2026-11-23.", "").replace("|", r"\|")
        yield from schema_rows(field_.get("items", {}), f"{before}{name}[].")
        yield from schema_rows(field_, f"{before}{name}.")


def _holds(field_: Mapping[str, Any]) -> str:
    """Say in words what a field of a JSON Schema holds."""
    values = [value for value in field_.get("enum", ()) if value]
    kinds = field_.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if values:
        empty = ["empty"] if "" in field_["enum"] else []
        words = [*(f"`{value}`" for value in values), *empty]
    elif "const" in field_:
        words = ["text"]
    elif field_.get("format") == "date":
        words = ["a date"]
    elif "array" in kinds:
        words = ["a list of texts" if field_["items"].get("type") == "string" else "a list"]
    else:
        words = [_KINDS[kind] for kind in kinds if kind != "null"] or ["any value"]
    if "null" in kinds or None in field_.get("enum", []):
        words.append("null")
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


_KINDS = {"string": "text", "integer": "a number", "boolean": "true or false", "object": "an object"}


def _help(session: Session, step: Step) -> list[str]:
    return session.run(f"jobvault {step.argument} --help")[1]


def _console(session: Session, step: Step) -> list[str]:
    body: list[str] = []
    commands = list(_commands(step.body))
    for index, (typed, shown) in enumerate(commands):
        code, said = session.run("\n".join(typed).removeprefix("$ ").replace("\n> ", "\n"))
        expected = int(step.argument) if index == len(commands) - 1 else 0
        assert code == expected, f"{typed} ended with {code}: {said}"
        said = said if said != [""] else []
        body += [*typed, *(shown if alike(shown, tuple(said)) else said)]
    return body


def _commands(body: tuple[str, ...]) -> Iterator[tuple[list[str], tuple[str, ...]]]:
    starts = [index for index, line in enumerate(body) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
        lines = list(body[start:end])
        typed = 1
        while typed < len(lines) and lines[typed].startswith("> ") and lines[typed - 1].endswith("\\"):
            typed += 1
        yield lines[:typed], tuple(lines[typed:])


def _pycon(session: Session, step: Step) -> list[str]:
    test = doctest.DocTestParser().get_doctest("\n".join(step.body) + "\n", session.names, "page", None, 0)
    said: list[str] = []
    with contextlib.chdir(session.here):
        doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=said.append, clear_globs=False)
    session.names.update(test.globs)
    assert not said, "".join(said)
    return list(step.body)


_TAKE = {
    "session": _session,
    "day": _day,
    "write": _write,
    "tick": _tick,
    "replace": _replace,
    "block": _block,
    "reads": _reads,
    "fields": _fields,
    "help": _help,
    "console": _console,
    "pycon": _pycon,
}


def outcomes(text: str, home: Path) -> Iterator[Outcome]:
    """Run a page from top to bottom."""
    session = Session(home)
    number = 0
    for step in steps(text):
        if step.name == "session":
            number += 1
            session.home = home / str(number)
        elif not number:
            number = 1
            session.home = home / "0"
            session.begin("empty", session.day)
        found = session.take(step)
        if found is not None:
            yield found


def renewed(text: str, found: list[Outcome]) -> str:
    """Return a page with each body as it should be."""
    lines = text.split("\n")
    for outcome in reversed(found):
        if not outcome.good:
            lines[outcome.step.line : outcome.step.line + len(outcome.step.body)] = outcome.body
    return "\n".join(lines)
