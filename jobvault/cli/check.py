"""``jobvault check``: all problems, with file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jobvault.cli.command import command as make
from jobvault.cli.command import json_option
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobvault.cli.screen import Screen
    from jobvault.model import Problem

EXAMPLES = """
jobvault check
jobvault check --json
"""
_COLOUR = {"error": "red", "warning": "yellow", "hint": "blue"}


@make("check", examples=EXAMPLES)
@json_option
@pass_session
def command(session: Session, as_json: bool) -> None:
    """Say what cannot be read, and what was probably meant otherwise.

    Three severities: error (something is not read), warning (a near miss), hint. What a tired person may leave out is
    no problem. Exit 1 only on errors.
    """
    from jobvault.cli.summarize import problem_json

    problems = _problems(session)
    if as_json:
        session.screen.json({"problems": [problem_json(problem) for problem in problems]})
    else:
        _show(session, problems)
    if any(problem.severity == "error" for problem in problems):
        click.get_current_context().exit(1)


def _problems(session: Session) -> tuple[Problem, ...]:
    """Return all problems; a mistake in the settings is the only one, since nothing is read until it is mended."""
    from jobvault.errors import SettingsError
    from jobvault.model import Problem
    from jobvault.words.severity import SEVERITY

    try:
        return session.open().summarize(dry_run=True).problems
    except SettingsError as error:
        name = error.path.replace("\\", "/").rsplit("/", 1)[-1]
        return (Problem(name, error.line, SEVERITY["settings"], "settings", error.what, error.hint),)


def _show(session: Session, problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        show_problem(session, problem)
    session.screen.say(counted(problems) or "No problems found.", bold=bool(problems))


def show_problem(session: Session, problem: Problem) -> None:
    """Show a problem: where, how bad, what, and what to do."""
    screen = session.screen
    place = problem.path if problem.line is None else f"{problem.path}:{problem.line}"
    severity = screen.style(problem.severity, fg=_COLOUR[problem.severity], bold=True)
    rows = set_in(screen, _sentence(problem))
    if screen.terminal:
        screen.say(f"{place}: ", severity)
    else:
        screen.say(f"{place}: ", severity, f": {rows.pop().strip()}")
    for row in rows:
        screen.say(row)
    for row in set_in(screen, session.led_back(problem.hint)):
        screen.say(row, dim=True)


def counted(problems: Sequence[Problem]) -> str:
    """Say how many problems there are of each severity; nothing where there are none."""
    counts = [
        f"{number} {name if number == 1 else name + 's'}"
        for name in _COLOUR
        if (number := sum(1 for problem in problems if problem.severity == name))
    ]
    return ", ".join(counts) + "." if counts else ""


def _sentence(problem: Problem) -> str:
    """Say what is wrong, with the words of the note that it is about where the message does not hold them."""
    from jobvault.words import fold

    quoted = fold(problem.quote.partition(": ")[2] or problem.quote)
    known = not quoted or f" {quoted} " in f" {fold(problem.message)} "
    return problem.message if known else f"“{problem.quote}”: {problem.message}"


def set_in(screen: Screen, text: str) -> list[str]:
    """Set a text in, wrapped where a person looks; one row for a pipe."""
    if not text or not screen.terminal:
        return [f"    {text}"] if text else []
    from jobvault.cli.page import wrapped

    return wrapped(f"    {text}", screen.width, hang=4)
