"""``jobvault add``: lines into a debrief without opening it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from jobvault.cli.candidates import coming_days, people, tags
from jobvault.cli.command import VaultCommand, dry_run_option, json_option
from jobvault.cli.session import Session, pass_session
from jobvault.cli.which import query_candidates

if TYPE_CHECKING:
    from jobvault.actions.addition import Added
    from jobvault.actions.vault import Vault
    from jobvault.cli.said import Said
    from jobvault.cli.screen import Screen
    from jobvault.model import Debrief

EXAMPLES = """
jobvault add "Send the portfolio"
jobvault add acme "Send the portfolio" --due fri
jobvault add --takeaway "Draw first, then talk" --tag system-design
jobvault add acme --concern Dana "Nobody on call has run Postgres"
jobvault add acme --weak - < notes.txt
"""
_FLAGS = ("takeaway", "weak", "strong", "question", "observation")
_DASHED = re.compile(r"-(?!-[\w-]+=)\S*\s")
"""A text that begins with a dash: it holds a blank, and is no option with its value."""
_MARK = "\0"
"""Set before such a text, so that it is not taken for an option; no argument of a program can hold it."""


class _Add(VaultCommand):
    """Takes a text that begins with a dash for a text: ``- [ ] Send the CV``, as it was pasted."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the line; what follows an option that takes a value is that."""
        valued = {name for one in self.params if isinstance(one, click.Option) and not one.is_flag for name in one.opts}
        before = ["", *args]
        marked = [
            f"{_MARK}{arg}" if _DASHED.match(arg) and last not in valued else arg
            for last, arg in zip(before, args, strict=False)
        ]
        return super().parse_args(ctx, marked)


@click.command("add", cls=_Add, examples=EXAMPLES)
@click.argument("words", nargs=-1, metavar="[QUERY] TEXT...", shell_complete=query_candidates)
@click.option(
    "--to", "query", metavar="QUERY", shell_complete=query_candidates, help="The note; then all else is TEXT."
)
@click.option("--due", metavar="DATE", shell_complete=coming_days, help="When the follow-up is due: fri, 28 Nov.")
@click.option("--takeaway", is_flag=True, help="A takeaway, in place of a follow-up.")
@click.option("--weak", is_flag=True, help="Where you were weak.")
@click.option("--strong", is_flag=True, help="Where you were strong.")
@click.option("--question", is_flag=True, help="What you still want to ask.")
@click.option("--observation", is_flag=True, help="What you noticed.")
@click.option("--concern", metavar="NAME", shell_complete=people, help="A concern that this person voiced.")
@click.option("--tag", "tags_", multiple=True, metavar="TAG", shell_complete=tags, help="A tag; repeat it for each.")
@dry_run_option
@json_option
@pass_session
def command(
    session: Session,
    /,
    words: tuple[str, ...],
    query: str | None,
    due: str | None,
    concern: str | None,
    tags_: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
    **flags: bool,
) -> None:
    """Add a line to a debrief without opening it.

    The line is a follow-up, unless an option says what else. QUERY is a company (its latest debrief), a person, a round
    or a day, before a TEXT in quotes; without it, the last debrief is meant. TEXT `-` is read from standard input, a
    line for each. The summaries are brought up to date.
    """
    from jobvault.actions.add import add
    from jobvault.actions.addition import Addition
    from jobvault.cli.dates import read_date
    from jobvault.cli.said import told_apart
    from jobvault.cli.summarize import complain

    kind = _kind(flags, concern, due)
    vault = session.open()
    day = read_date(due, vault.today.date, "--due") if due else None
    said = told_apart(session, vault, [word.removeprefix(_MARK) for word in words], query)
    debrief = _debrief(session, vault, said.query, concern)
    added = add(vault, debrief, Addition(kind, said.texts, concern or "", day, tags_), dry_run=dry_run)
    if as_json:
        session.screen.json({"added": [_json(one) for one in added]})
    else:
        _show(session, added, dry_run=dry_run)
    _hint(session, vault, debrief, said, added)
    if not dry_run and any(one.changed for one in added):
        complain(session, vault.summarize().troubles)


def _kind(flags: dict[str, bool], concern: str | None, due: str | None) -> str:
    from jobvault.errors import UsageError

    chosen = [name for name in _FLAGS if flags[name]] + (["concern"] if concern is not None else [])
    if len(chosen) > 1:
        raise UsageError(f"{' and '.join(f'--{name}' for name in chosen)} exclude each other.")
    if chosen and due:
        raise UsageError(f"--due is for follow-ups, so it does not go with --{chosen[0]}.")
    if concern is not None and not concern.strip():
        raise UsageError("--concern: name the person whose concern it is.")
    return chosen[0] if chosen else "follow-up"


def _debrief(session: Session, vault: Vault, query: str, concern: str | None) -> Debrief:
    """Return the debrief that is meant; without a QUERY the last one, or the last one with the person."""
    from jobvault.actions.which import as_meant, debriefs_meant, last_debrief, only
    from jobvault.actions.whose import debrief_with, person_in
    from jobvault.cli.which import chosen, days_of

    if not query.strip():
        last = last_debrief(vault)
        return debrief_with(vault, last, concern) if concern else last
    theirs = [d for d in vault.debriefs if person_in(vault, d, concern) is not None] if concern else []
    found = debriefs_meant(vault, query, days_of(vault.today.date), theirs) if theirs else ()
    by_path = {debrief.path: debrief for debrief in found or debriefs_meant(vault, query, days_of(vault.today.date))}
    meant = [as_meant(vault, debrief) for debrief in by_path.values()]
    if len(meant) > 1 and session.may_ask:
        return by_path[chosen(session, meant).path]
    return by_path[only(vault, query, meant, "Nothing was added. Say more, or the name of the note.").path]


# --- what is shown --------------------------------------------------------------------------------------------------


def _show(session: Session, added: Sequence[Added], *, dry_run: bool) -> None:
    for one in added:
        if one.changed and dry_run:
            _preview(session.screen, one)
        else:
            session.screen.say(_sentence(one))
            for line in one.completed if one.person else ():
                session.screen.say(f"Named in full: {line.new.lstrip('#-*+ ')} · {one.path}:{line.line}")


def _preview(screen: Screen, one: Added) -> None:
    """Show the lines that would be written."""
    for line in one.completed:
        screen.say(f"{one.path}:{line.line}")
        screen.say(f"- {line.old}", fg="red")
        screen.say(f"+ {line.new}", fg="green")
    if one.rows:
        screen.say(f"{one.path}:{one.line}")
    for row in one.rows:
        screen.say(f"+ {row}".rstrip(), fg="green")


def _sentence(one: Added) -> str:
    due = f" · due {one.due.isoformat()}" if one.due and one.due.isoformat() not in one.text else ""
    what = f"{one.text}{due} · {one.path}:{one.line}"
    if one.rows:
        new = " (new)" if len(one.rows) > 1 else ""
        return f"Added to {one.heading}, {one.person}{new}: {what}" if one.person else f"Added to {one.heading}: {what}"
    return f"There already, now with its date: {what}" if one.completed and not one.person else f"There already: {what}"


def _hint(session: Session, vault: Vault, debrief: Debrief, said: Said, added: Sequence[Added]) -> None:
    """Say what is not read as it was probably meant."""
    from jobvault.actions.add import other_company
    from jobvault.cli.runnable import quoted

    for problem in dict.fromkeys(problem for one in added for problem in one.problems):
        lost = " What stands below it is not read." if problem.code == "near-heading" else ""
        session.screen.note(f"{debrief.path}:{problem.line}: {problem.message}.{lost} {problem.hint}".rstrip())
    for one in added:
        if one.title_said:
            session.screen.note(f"{one.person} has another title there, so “{one.title_said}” was not written.")
        if one.lacking:
            session.screen.note(f"It stands there without {' '.join(one.lacking)}, and was left as it is: {one.text}")
    other = None if said.query else other_company(vault, debrief, said.texts)
    if other is not None:
        session.screen.note(
            f"It names {other}, and this is the last debrief, of {debrief.company}. To add to another one, name it: "
            f"{session.runnable(f'jobvault add --to {quoted(other)}')} …"
        )


def _json(one: Added) -> dict[str, object]:
    from jobvault.render.view import to_json

    names = ("kind", "text", "person", "due", "tags", "company", "path", "line", "changed")
    return {name: to_json(getattr(one, name)) for name in names}
