"""``jobvault letter check``: what a good adviser would say of a letter, with file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jobvault.cli.command import command as make
from jobvault.cli.command import json_option
from jobvault.cli.letter.which import letters
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobvault.actions.vault import Vault
    from jobvault.letters.check.bench import Checked

EXAMPLES = """
jobvault letter check
jobvault letter check acme dana
jobvault letter check "Letters/2026-11-20 Thank-you Dana Reyes.md"
jobvault letter check --json
"""


@make("check", examples=EXAMPLES)
@click.argument("note", nargs=-1, shell_complete=letters)
@json_option
@pass_session
def command(session: Session, note: tuple[str, ...], as_json: bool) -> None:
    """Say what a good adviser would say of a letter.

    NOTE is whom it is to, the company, or a part of the note's name or path; several are checked each. Without one, all
    letters that are not sent are. A letter is held against its debrief and against the other letters. Exit 1 only on
    errors: wrong names and dates, what is still to be filled in, far too long.
    """
    vault = session.open()
    checked = _check(vault, note)
    if as_json:
        session.screen.json({"letters": [_json(one) for one in checked]})
    else:
        _show(session, vault, checked)
    if any(finding.severity == "error" for one in checked for finding in one.findings):
        click.get_current_context().exit(1)


def _check(vault: Vault, note: tuple[str, ...]) -> tuple[Checked, ...]:
    from pathlib import Path

    from jobvault.actions.letters.checking import check_letters, drafts, letters_asked_for
    from jobvault.cli.which import days_of

    meant = letters_asked_for(vault, note, days_of(vault.today.date), Path.cwd()) if note else drafts(vault)
    return check_letters(vault, meant)


def _json(one: Checked) -> dict[str, object]:
    from jobvault.cli.summarize import problem_json

    return {
        "path": one.letter.path,
        "to": one.to,
        "company": one.company,
        "words": one.words,
        "lacks": list(one.lacks),
        "findings": [{**problem_json(finding), "quote": finding.quote} for finding in one.findings],
    }


def _show(session: Session, vault: Vault, checked: Sequence[Checked]) -> None:
    from jobvault.cli.check import counted, set_in, show_problem

    screen = session.screen
    if not checked:
        screen.say(session.led_back("No letter waits to be sent. `jobvault letter draft` begins one."))
        return
    for one in checked:
        for problem in one.findings:
            show_problem(session, problem)
        if not one.findings:
            screen.say(f"{one.letter.path}: {vault.words.text('letter-check.fine')}.")
        elif one.lacks:
            screen.say(f"{one.letter.path}:")
        for row in (row for sentence in one.lacks for row in set_in(screen, sentence)):
            screen.say(row, dim=True)
    findings = [finding for one in checked for finding in one.findings]
    if findings:
        screen.say(counted(findings), bold=True)
