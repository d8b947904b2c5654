"""``jobvault check``: all problems, with file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jobvault.cli.command import command as make
from jobvault.cli.command import json_option
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
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

    problems = session.open().summarize(dry_run=True).problems
    if as_json:
        session.screen.json({"problems": [problem_json(problem) for problem in problems]})
    else:
        _show(session.screen, problems)
    if any(problem.severity == "error" for problem in problems):
        click.get_current_context().exit(1)


def _show(screen: Screen, problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        place = problem.path if problem.line is None else f"{problem.path}:{problem.line}"
        severity = screen.style(problem.severity, fg=_COLOUR[problem.severity], bold=True)
        quote = f"“{problem.quote}”: " if problem.quote else ""
        screen.say(f"{place}: ", severity, f": {quote}{problem.message}")
        if problem.hint:
            screen.say(f"    {problem.hint}", dim=True)
    counts = [
        f"{number} {name if number == 1 else name + 's'}"
        for name in _COLOUR
        if (number := sum(1 for problem in problems if problem.severity == name))
    ]
    screen.say(", ".join(counts) + "." if counts else "No problems found.", bold=bool(counts))
