"""``jobvault letter sent``: a letter has gone out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from jobvault.cli.candidates import past_days
from jobvault.cli.command import command as make
from jobvault.cli.command import dry_run_option, json_option
from jobvault.cli.letter.which import letter_asked_for, letters
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
    from jobvault.actions.letters.sending import Left, Moment, Sent
    from jobvault.actions.vault import Vault

EXAMPLES = """
jobvault letter sent acme dana
jobvault letter sent dana --on yesterday
jobvault letter sent "2026-11-20 Thank-you Dana Reyes" --on "2026-11-21 18:30"
"""
_TIMED = re.compile(r"(?P<day>.*?)[T ]?(?P<time>\d{1,2}:\d{2})(?::\d{2})?")


@make("sent", examples=EXAMPLES)
@click.argument("note", nargs=-1, required=True, shell_complete=letters)
@click.option("--on", metavar="DATE", shell_complete=past_days, help="When it was sent. [default: now]")
@dry_run_option
@json_option
@pass_session
def command(session: Session, note: tuple[str, ...], on: str | None, dry_run: bool, as_json: bool) -> None:
    """Mark a letter as sent, and tick what asked for it.

    NOTE is whom it is to, the company, or a part of the note's name or path; of several, the one that is not sent. The
    letter's status and day are set, and the follow-up that asked for it is ticked where it stands, if it is sure which
    one that is. Then the summaries are brought up to date.
    """
    from jobvault.actions.letters.sending import mark_sent
    from jobvault.cli.summarize import complain

    vault = session.open()
    moment = _moment(on, vault.today.date) if on else None
    sent = mark_sent(vault, letter_asked_for(session, vault, note), moment, dry_run=dry_run)
    if as_json:
        session.screen.json({"sent": _json(vault, sent)})
    else:
        _show(session, vault, sent, on=moment, dry_run=dry_run)
    if sent.changed and not dry_run:
        complain(session, vault.summarize().troubles)


def _moment(text: str, today: dt.date) -> Moment:
    """Read a day, a day and a time, or a time of today."""
    from jobvault.cli.dates import read_date, read_time

    timed = _TIMED.fullmatch(" ".join(text.split()))
    if timed is None:
        return read_date(text, today, "--on", prefer="past")
    day = read_date(timed["day"], today, "--on", prefer="past") if timed["day"].strip() else today
    return dt.datetime.combine(day, read_time(timed["time"], "--on"))


# --- what is shown ----------------------------------------------------------------------------------------------------


def _show(session: Session, vault: Vault, sent: Sent, *, on: Moment | None, dry_run: bool) -> None:
    from jobvault.cli.changed_lines import show_changed_lines

    screen = session.screen
    if sent.changed and dry_run:
        show_changed_lines(screen, sent.letter.path, sent.before, sent.after)
        for one in sent.ticked:
            screen.say(f"{one.item.path}:{one.item.line}")
            screen.say(f"- {one.old.rstrip()}", fg="red")
            screen.say(f"+ {one.new.rstrip()}", fg="green")
    else:
        screen.say(_sentence(vault, sent))
        for one in sent.ticked:
            screen.say(f"Done: {one.item.text} · {one.item.path}:{one.item.line}")
    if not sent.changed:
        for line in _already(session, sent, on):
            screen.say(line)
    for line in _left(session, vault, sent):
        screen.say(line)


def _sentence(vault: Vault, sent: Sent) -> str:
    from jobvault.actions.letters.sending import told

    letter = sent.letter
    name = ", ".join(filter(None, (_to(vault, sent), _company(vault, sent)))) or "the letter"
    place = letter.path if sent.line is None else f"{letter.path}:{sent.line}"
    when = told(letter.sent) if letter.sent else ""
    verb = "Sent" if sent.changed else "Sent already"
    return " · ".join(filter(None, (f"{verb}: {name}", letter.subject, when, place)))


def _already(session: Session, sent: Sent, on: Moment | None) -> Iterator[str]:
    from jobvault.actions.letters.sending import told
    from jobvault.cli.runnable import quoted

    letter = sent.letter
    path = quoted(letter.path)
    if letter.sent is None:
        yield f"It does not say when. To note it: {session.runnable(f'jobvault letter sent {path} --on DATE')}"
    elif on is not None and on != letter.sent:
        todo = session.runnable(f'jobvault set {path} sent "{told(on)}"')
        yield f"It stays so. If it was another day: {todo}"


def _left(session: Session, vault: Vault, sent: Sent) -> Iterator[str]:
    """Say which follow-ups were not ticked, and why."""
    short = vault.short_ids()
    unsure = [one for one in sent.left if one.why == "unsure"]
    if unsure:
        yield "Which of these asked for it is not sure, so none is ticked:"
    for one in unsure:
        todo = session.runnable(f"jobvault done {short.get(one.item.id, one.item.id)}")
        yield f"  {one.item.text} · {one.item.path}:{one.item.line} · {todo}"
    for one in sent.left:
        if one.why != "unsure":
            yield _why(session, one, short.get(one.item.id, one.item.id))


def _why(session: Session, one: Left, short: str) -> str:
    what = f"{one.item.text} · {one.item.path}:{one.item.line}"
    match one.why:
        case "open":
            return f"Still open: {what} · {session.runnable(f'jobvault done {short}')}"
        case "shared":
            return f"Not ticked yet: {what} · no letter is sent yet to {', '.join(one.waiting)}"
        case "repeats":
            return f"Not ticked, as it repeats: {what} · tick it there, where its next one is made"
        case "paragraph":
            return f"Not ticked, as it has no box: {what} · put `- ` before it"
        case _:
            return f"Not ticked: {what} · {one.said}"


def _to(vault: Vault, sent: Sent) -> str:
    person = vault.search.addressee(sent.letter)
    return person.name if person else sent.letter.to


def _company(vault: Vault, sent: Sent) -> str:
    about = vault.search.debrief_of(sent.letter.path)
    return about.company if about else ""


def _json(vault: Vault, sent: Sent) -> dict[str, object]:
    from jobvault.cli.done import ticked_item
    from jobvault.render.view import to_json

    names = ("path", "kind", "subject", "status", "sent", "answers")
    return {
        **{name: to_json(getattr(sent.letter, name)) for name in names},
        "to": _to(vault, sent),
        "company": _company(vault, sent),
        "line": sent.line,
        "changed": sent.changed,
        "done": [ticked_item(one) for one in sent.ticked],
        "left": [
            {
                **{name: to_json(getattr(one.item, name)) for name in ("id", "text", "path", "line")},
                "why": one.why,
                "waiting": list(one.waiting),
                "said": one.said,
            }
            for one in sent.left
        ],
    }
