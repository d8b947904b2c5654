"""What a page's examples are run in: a home folder of its own, on a fixed day."""

from __future__ import annotations

import contextlib
import doctest
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from jobvault.actions.demo import lay_out
from jobvault.actions.vault import open_vault
from jobvault.notes.reading import read_note
from jobvault.render.view import to_json
from tests.docs.pages import Outcome, Step, alike, steps
from tests.docs.tables import fields_of, words_of
from tests.small_vault import REPOSITORY, forked_server

SHOWN_HOME = "/home/robin"
DEMO = "jobvault-demo"
BROKEN = "Debriefs/2026-08-06 Corvo recruiter-screen.md"
_SCRIPT = """\
#!/bin/sh
case " $* " in
  *" --today "*) exec {program} "$@" ;;
  *) exec {program} "$@" --today "$DOCS_DAY" ;;
esac
"""


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
        program.write_text(_SCRIPT.format(program=shlex.join(_program())), encoding="utf-8")
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


def _program() -> list[str]:
    """Return how the program is called by a shell."""
    if not hasattr(os, "fork"):
        return [sys.executable, "-m", "jobvault"]
    return [sys.executable, "-I", "-S", str(REPOSITORY / "tests" / "forked.py"), "call", forked_server()]


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
    "fields": lambda _session, step: fields_of(step.argument),
    "words": lambda _session, step: words_of(step.argument),
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
