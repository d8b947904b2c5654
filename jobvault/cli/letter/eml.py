"""``jobvault letter eml``: a letter as a draft for the user's own mail program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from jobvault.cli.candidates import files
from jobvault.cli.command import command as make
from jobvault.cli.letter.which import letter_asked_for, letters
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
    from pathlib import Path

    from jobvault.actions.letters.mailing import MailDraft
    from jobvault.actions.vault import Vault

EXAMPLES = """
jobvault letter eml acme dana --open
jobvault letter eml "2026-11-20 Thank-you Dana Reyes" -o dana.eml
jobvault letter eml dana > dana.eml
"""


@make("eml", examples=EXAMPLES)
@click.argument("note", nargs=-1, required=True, shell_complete=letters)
@click.option("-o", "--output", metavar="FILE", shell_complete=files, help="Write this file, not standard output.")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@click.option("--open", "open_it", is_flag=True, help="Open it in your mail program.")
@pass_session
def command(session: Session, note: tuple[str, ...], output: str | None, force: bool, open_it: bool) -> None:
    """Make a letter a draft for your mail program.

    NOTE is whom it is to, the company, or a part of the note's name or path; of several, the one that is not sent. The
    draft has the address, the subject and the text, and nothing is sent: you look it over in your mail program, and
    send it from there.
    """
    from jobvault.actions.letters.mailing import draft_mail, save_mail
    from jobvault.vault.places import expanded

    vault = session.open()
    draft = draft_mail(vault, letter_asked_for(session, vault, note))
    for line in _lacking(session, vault, draft):
        session.screen.note(line)
    if output not in (None, "-"):
        file = expanded(output)
        written = save_mail(vault, draft, file, force=force)
        session.screen.say(f"Wrote {file}: {_contents(draft)}" if written else f"{file} is up to date.")
        _open(session, draft, file.absolute() if open_it else None)
    elif open_it:
        _open(session, draft, _private_file(draft))
    else:
        click.echo(draft.data, nl=False)


def _contents(draft: MailDraft) -> str:
    to = f"to {draft.to} <{draft.address}>" if draft.address else "to nobody yet"
    return f"{to} · {draft.subject}" if draft.subject else to


def _lacking(session: Session, vault: Vault, draft: MailDraft) -> Iterator[str]:
    """Say what is left to do before it can be sent, a sentence a line."""
    from jobvault.actions.letters.checking import check_letters
    from jobvault.actions.letters.sending import told
    from jobvault.cli.runnable import quoted
    from jobvault.search.letters import is_sent

    letter, run = draft.letter, session.runnable
    if is_sent(letter):
        yield f"{letter.path} was sent already{f', on {told(letter.sent)}' if letter.sent else ''}."
    for gap in draft.gaps:
        yield f"{letter.path}:{gap.line}: still to be written: {gap.text}"
    yield from _address(draft)
    if not draft.subject:
        yield f"It has no subject. Say it with {run(f'jobvault set {quoted(letter.path)} subject TEXT')}"
    if not draft.words:
        yield f"{letter.path}: nothing is written in it yet."
    [checked] = check_letters(vault, [letter])
    errors = sum(finding.severity == "error" for finding in checked.findings)
    if errors and not is_sent(letter):
        many = "1 error" if errors == 1 else f"{errors} errors"
        yield f"The letter check finds {many}: {run(f'jobvault letter check {quoted(letter.path)}')}"


def _address(draft: MailDraft) -> Iterator[str]:
    for text in draft.refused:
        yield f"“{text}” is no mail address, so it was left out."
    if draft.address:
        return
    to = draft.to or "whoever it is to"
    where = "Write it below their name in the debrief, as “- Email: …”"
    if draft.through:
        through = f"{draft.through.name} <{draft.through.address}>"
        yield f"There is no address of {to}. It could go through {through}. {where}."
    else:
        at = f"at {draft.company}" if draft.company else "there"
        yield f"There is no address of {to}, nor of anybody else {at}. {where}, or type it in your mail program."


# --- opening it -------------------------------------------------------------------------------------------------------


def _private_file(draft: MailDraft) -> Path:
    """Put the draft into a folder of its own that only the user can look into; the system tidies it away some day."""
    import tempfile
    from pathlib import Path

    from jobvault.search.names import stem_of
    from jobvault.vault.names import safe_name

    file = Path(tempfile.mkdtemp(prefix="jobvault-")) / f"{safe_name(stem_of(draft.letter.path))}.eml"
    file.write_bytes(draft.data)
    return file


def _open(session: Session, draft: MailDraft, file: Path | None) -> None:
    """Open the draft with the program that the system has for mail, and say what is left to do then."""
    from jobvault.cli.open import launch
    from jobvault.cli.runnable import quoted
    from jobvault.errors import JobvaultError
    from jobvault.search.letters import is_sent

    if file is not None:
        if not launch(str(file)):
            raise JobvaultError(f"Nothing on this computer opens {file}. Open it from your mail program.")
        session.screen.say(f"Opened {file}: {_contents(draft)}")
    if not is_sent(draft.letter):
        todo = session.runnable(f"jobvault letter sent {quoted(draft.letter.path)}")
        session.screen.say(f"Nothing is sent. Once you have sent it: {todo}", dim=True)
