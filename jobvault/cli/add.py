"""``jobvault add``: lines into a debrief without opening it."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from jobvault.cli.candidates import coming_days, people, tags
from jobvault.cli.command import command as make
from jobvault.cli.command import dry_run_option, json_option
from jobvault.cli.session import Session, pass_session
from jobvault.cli.which import query_candidates

if TYPE_CHECKING:
    from jobvault.actions.add import Added
    from jobvault.actions.vault import Vault
    from jobvault.model import Debrief

EXAMPLES = """
jobvault add "Send the portfolio"
jobvault add acme "Send the portfolio" --due fri
jobvault add --takeaway "Draw first, then talk" --tag system-design
jobvault add acme --concern Dana "Nobody on call has run Postgres"
jobvault add acme --weak - < notes.txt
"""
_FLAGS = ("takeaway", "weak", "strong", "question", "observation")
_STDIN = "-"
_RULE = re.compile(r"[-=*_#~ ]+")
_BOX = re.compile(r"\[[ xX/-]?\] ")


@make("add", examples=EXAMPLES)
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
    from jobvault.actions.add import Addition, add
    from jobvault.cli.dates import read_date
    from jobvault.cli.summarize import complain

    kind = _kind(flags, concern, due)
    vault = session.open()
    day = read_date(due, vault.today.date, "--due") if due else None
    said = _said(session, vault, words, query)
    debrief = _debrief(session, vault, said.query, concern)
    added = add(vault, debrief, Addition(kind, said.texts, concern or "", day, tags_), dry_run=dry_run)
    if as_json:
        session.screen.json({"added": [_json(one) for one in added]})
    else:
        _show(session, added, dry_run=dry_run)
    _hint(session, vault, debrief, said, added)
    if not dry_run and any(one.changed for one in added):
        complain(session.screen, vault.summarize().troubles)


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


# --- which words are the QUERY --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of the line, told apart; no QUERY means the last debrief."""

    query: str
    texts: tuple[str, ...]


def _said(session: Session, vault: Vault, words: Sequence[str], query: str | None) -> _Said:
    """Tell QUERY and TEXT apart. A QUERY stands before a text in quotes; words without quotes are all text.

    Raises ``UsageError`` where the first of them could be a QUERY, and nobody can be asked.
    """
    from jobvault.actions.which import names_something
    from jobvault.errors import UsageError

    if not words and sys.stdin.isatty():
        raise UsageError('What is to be added? As in: jobvault add acme "Send the portfolio"')
    if not words or words[-1] == _STDIN:
        return _Said(query or " ".join(words[:-1]), _lines(sys.stdin.read()))
    whole = " ".join(words)
    if query is not None:
        return _Said(query, _lines(whole))
    quoted = len(words[-1].split()) > 1
    if len(words) > 1 and quoted:
        return _Said(" ".join(words[:-1]), _lines(words[-1]))
    if not quoted and names_something(vault, words[0]):
        return _unclear(session, words)
    return _Said("", _lines(whole))


def _unclear(session: Session, words: Sequence[str]) -> _Said:
    """Ask whether the first word is the note or a part of the text. Raises ``UsageError`` where nobody is there."""
    from jobvault.errors import UsageError

    first, rest, whole = words[0], " ".join(words[1:]), " ".join(words)
    if not rest:
        raise UsageError(f'“{first}” could be the note, and then the text is missing: jobvault add {first} "TEXT"')
    if session.may_ask:
        session.screen.note(f"“{first}” could be the note, or a part of the text.")
        if session.choose("Which is it?", ("note", "text")) == "note":
            return _Said(first, _lines(rest))
        return _Said("", _lines(whole))
    raise UsageError(
        f"“{first}” could be the note, or a part of the text, so nothing was added. Put the text in quotes:\n"
        f"  jobvault add {first} {_quoted(rest)}\n  jobvault add {_quoted(whole)}"
    )


def _quoted(text: str) -> str:
    """Quote a text for a command line."""
    import shlex

    return shlex.quote(text) if set('"$`\\!') & set(text) else f'"{text}"'


def _lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text, without the bullets, boxes and rules of a list that was pasted."""
    from jobvault.actions.thoughts import thoughts

    lines = thoughts([text])
    return tuple(_BOX.sub("", line) for line in lines if not _RULE.fullmatch(line)) if len(lines) > 1 else lines


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
    screen = session.screen
    for one in added:
        place = f"{one.path}:{one.line}"
        if not one.changed:
            screen.say(f"There already: {one.text} · {place}")
        elif dry_run:
            screen.say(place)
            for row in one.rows:
                screen.say(f"+ {row}".rstrip(), fg="green")
        else:
            new = " (new)" if len(one.rows) > 1 else ""
            where = f"{one.heading}, {one.person}{new}" if one.person else one.heading
            due = f" · due {one.due.isoformat()}" if one.due else ""
            screen.say(f"Added to {where}: {one.text}{due} · {place}")


def _hint(session: Session, vault: Vault, debrief: Debrief, said: _Said, added: Sequence[Added]) -> None:
    """Say what is not read as it was probably meant."""
    from jobvault.actions.add import other_company

    for one in added:
        for problem in one.problems:
            session.screen.note(f"{one.path}:{one.line}: {problem.message}. {problem.hint}".rstrip())
    other = None if said.query else other_company(vault, debrief, said.texts)
    if other is not None:
        session.screen.note(
            f"It names {other}, and this is the last debrief, of {debrief.company}. To add to another one, name it: "
            f'jobvault add --to "{other}" …'
        )


def _json(one: Added) -> dict[str, object]:
    from jobvault.render.view import to_json

    names = ("kind", "text", "person", "due", "tags", "company", "path", "line", "changed")
    return {name: to_json(getattr(one, name)) for name in names}
