"""``jobvault heard``: the answer to an interview came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from jobvault.cli.candidates import past_days
from jobvault.cli.command import command as make
from jobvault.cli.command import dry_run_option, json_option
from jobvault.cli.session import Session, pass_session
from jobvault.cli.which import query_candidates

if TYPE_CHECKING:
    from jobvault.actions.heard import Heard
    from jobvault.actions.vault import Vault
    from jobvault.cli.candidates import Item
    from jobvault.model import Application, Debrief

EXAMPLES = """
jobvault heard acme advanced
jobvault heard acme rejected --on yesterday --feedback "They wanted more SQL"
jobvault heard "acme technical" no-reply
jobvault heard birch offer --dry-run
"""
_MOST_IDS = 20


def words_of_answer(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Item]:
    """Return what QUERY may be; behind its first word also what may have come."""
    from jobvault.actions.heard import ANSWERS
    from jobvault.cli.candidates import Item

    answers = [Item(name) for name in ANSWERS] if context.params.get(parameter.name or "") else []
    return [*answers, *query_candidates(context, parameter, incomplete)]


@make("heard", examples=EXAMPLES)
@click.argument("query", nargs=-1, required=True, metavar="QUERY OUTCOME", shell_complete=words_of_answer)
@click.option("--on", metavar="DATE", shell_complete=past_days, help="When the answer came. [default: today]")
@click.option("--feedback", multiple=True, metavar="TEXT", help="What they said; repeat it for each.")
@dry_run_option
@json_option
@pass_session
def command(
    session: Session, query: tuple[str, ...], on: str | None, feedback: tuple[str, ...], dry_run: bool, as_json: bool
) -> None:
    """Note the answer to an interview.

    QUERY is a company, a person, a role, a round or a day: the round that waits for an answer is meant. OUTCOME is
    advanced, offer, rejected, withdrawn, no-reply or cancelled, and stands last. Outcome, day and feedback are written
    into the debrief; then the summaries are brought up to date.
    """
    from jobvault.actions.heard import Answer, hear, told_apart
    from jobvault.cli.dates import read_date
    from jobvault.cli.summarize import complain

    vault = session.open()
    asked, outcome = told_apart(vault, query)
    day = read_date(on, vault.today.date, "--on", prefer="past") if on else None
    debrief = _meant(session, vault, asked, outcome)
    heard = hear(vault, debrief, Answer(outcome, day, feedback), dry_run=dry_run)
    if as_json:
        session.screen.json({"heard": _json(heard)})
    else:
        _show(session, vault, heard, dry_run=dry_run)
    if heard.changed and not dry_run:
        complain(session, vault.summarize().troubles)


def _meant(session: Session, vault: Vault, asked: str, outcome: str) -> Debrief:
    from jobvault.actions.awaited import as_candidate, rounds_meant
    from jobvault.actions.which import only
    from jobvault.cli.which import chosen, days_of
    from jobvault.errors import AmbiguousError, UsageError

    found = {one.path: one for one in rounds_meant(vault, asked, outcome, days_of(vault.today.date))}
    listed = [as_candidate(vault, one) for one in found.values()]
    if not asked and not listed:
        todo = session.runnable(f"jobvault heard COMPANY {outcome}")
        raise UsageError(f"Nothing waits for an answer. Name the company: {todo}")
    if session.may_ask and (len(listed) > 1 or not asked):
        session.screen.note("Whose answer is it?")
        return found[chosen(session, listed).path]
    if not asked:
        rows = tuple(one.row for one in listed)
        raise AmbiguousError("Whose answer is it? These wait for one:", rows, "Nothing was changed. Name the company.")
    if not listed:
        _refuse_application(session, vault, asked, outcome)
    return found[only(vault, asked, listed, "Nothing was changed. Say more, or the name of the note.").path]


def _refuse_application(session: Session, vault: Vault, asked: str, outcome: str) -> None:
    """Where there is an application and no interview yet, say how its answer is noted."""
    from jobvault.actions.awaited import application_meant
    from jobvault.errors import NotFoundError

    found = application_meant(vault, asked)
    if found is not None:
        todo = "\n".join(_for_application(session, found, outcome))
        raise NotFoundError(f"There is no interview at {found.company} yet. {todo}")


def _for_application(session: Session, application: Application, outcome: str) -> Iterator[str]:
    """Say what an answer is to an application, each with the command that notes it."""
    from jobvault.cli.runnable import quoted
    from jobvault.model import APPLICATION_OUTCOMES

    def set_to(outcome: str) -> str:
        return session.runnable(f"jobvault set {quoted(application.path)} outcome {outcome}")

    if outcome in APPLICATION_OUTCOMES:
        yield f"To note the answer to the application: {set_to(outcome)}"
    elif outcome == "advanced":
        new = session.runnable(f"jobvault new {quoted(application.company or 'COMPANY')} --on DATE")
        yield f"To lay down the one that they invite you to: {new}"
    else:
        yield "So there is none to be called off, and the application goes on. If it does not, say who ended it:"
        yield f"  they: {set_to('rejected')}"
        yield f"  you: {set_to('withdrawn')}"


# --- what is shown ----------------------------------------------------------------------------------------------------


def _show(session: Session, vault: Vault, heard: Heard, *, dry_run: bool) -> None:
    from jobvault.cli.changed_lines import show_changed_lines

    say = session.screen.say
    if dry_run and heard.changed:
        show_changed_lines(session.screen, heard.debrief.path, heard.before, heard.after)
    else:
        say(_sentence(vault, heard))
        for said in heard.feedback:
            verb = f"Added to {vault.words.heading('feedback')}" if said.changed else "There already"
            say(f"{verb}: {said.text} · {heard.debrief.path}:{said.line}")
    if heard.changed:
        for line in _consequences(session, vault, heard):
            say(line)
    if heard.changed and not dry_run:
        for line in _next(session, heard):
            say(line, dim=True)


def _sentence(vault: Vault, heard: Heard) -> str:
    debrief = heard.debrief
    name = ", ".join(filter(None, (debrief.company, vault.words.write("round", debrief.round)))) or debrief.path
    outcome = vault.words.say("outcome", debrief.outcome)
    was = f", was {vault.words.say('outcome', heard.replaced)}" if heard.replaced else ""
    already = "" if heard.changed else " already"
    on = f", heard {debrief.heard}" if debrief.heard else ""
    return f"{name}: {outcome}{already}{was}{on} · {debrief.path}:{heard.line}"


def _consequences(session: Session, vault: Vault, heard: Heard) -> Iterator[str]:
    """Say what the answer leaves to be done, each with the command that does it."""
    from jobvault.cli.runnable import quoted

    count = len(heard.needless)
    short = vault.short_ids()
    ids = [short.get(one.id, one.id) for one in heard.needless if one.form != "paragraph" and not one.recurring]
    if count:
        what = (
            "1 follow-up may not be needed any more" if count == 1 else f"{count} follow-ups may not be needed any more"
        )
        fits = 0 < len(ids) <= _MOST_IDS
        todo = f"jobvault done {' '.join(ids)} --cancel" if fits else "jobvault show follow-ups"
        yield f"{what}: {session.runnable(todo)}"
    if heard.application is not None:
        offered, outcome = heard.application.outcome == "offer", heard.debrief.outcome
        said = "has an offer" if offered else "is open"
        new = "declined" if offered and outcome == "withdrawn" else outcome
        todo = session.runnable(f"jobvault set {quoted(heard.application.path)} outcome {new}")
        yield f"The application still says that it {said}: {todo}"
    for other in heard.to_come:
        todo = session.runnable(f"jobvault heard {quoted(_stem(other.path))} cancelled")
        yield f"Still in your notes for {other.date}. If it is off: {todo}"


def _next(session: Session, heard: Heard) -> Iterator[str]:
    """Say what helps now, in a sentence."""
    from jobvault.cli.runnable import quoted

    debrief, run = heard.debrief, session.runnable
    company = f" --company {quoted(debrief.company)}" if debrief.company else ""
    match debrief.outcome:
        case "rejected":
            said = f"{run(f'jobvault show feedback{company}')}, " if debrief.feedback else ""
            yield "That was a hard line to write."
            yield f"What to take from it, when you want to: {said}{run('jobvault show weak-areas')}"
        case "no-reply":
            yield "You need not wait for them any longer."
        case "cancelled":
            yield "It owes nothing now, no debrief and no thanks."
        case "advanced":
            yield f"When you know the day of the next round: {run(f'jobvault new {quoted(debrief.company)} --on DATE')}"
        case "offer":
            yield f"What you told them about pay and start: {run(f'jobvault show said{company}')}"
    if heard.replaced:
        yield f"To have it back as it was: {run('jobvault undo')}"


def _stem(path: str) -> str:
    from jobvault.search.names import stem_of

    return stem_of(path)


def _json(heard: Heard) -> dict[str, object]:
    from jobvault.render.view import to_json

    names = ("path", "company", "role", "round", "date", "outcome", "heard")
    return {
        **{name: to_json(getattr(heard.debrief, name)) for name in names},
        "line": heard.line,
        "replaced": heard.replaced,
        "feedback": [{"text": one.text, "line": one.line, "changed": one.changed} for one in heard.feedback],
        "changed": heard.changed,
        "needless": [
            {name: to_json(getattr(one, name)) for name in ("id", "text", "due", "path", "line")}
            for one in heard.needless
        ],
        "application": heard.application.path if heard.application else None,
        "to_come": [one.path for one in heard.to_come],
    }
