"""``jobvault letter draft``: a letter to each person met, put together from the debrief."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from jobvault.cli.candidates import Item, from_vault
from jobvault.cli.command import command as make
from jobvault.cli.command import dry_run_option
from jobvault.cli.session import Session, pass_session
from jobvault.cli.which import query_candidates

if TYPE_CHECKING:
    from pathlib import Path

    from jobvault.actions.letters.draft_note import Drafted
    from jobvault.actions.letters.drafting import Drafting, Settled
    from jobvault.actions.vault import Vault
    from jobvault.model import Debrief

EXAMPLES = """
jobvault letter draft acme
jobvault letter draft acme --to dana
jobvault letter draft dana --kind check-in
jobvault letter draft acme panel --dry-run
jobvault letter draft acme --print-path --no-input
"""
_WHY = {
    "named": "",
    "rejected": ", since the answer was no",
    "promise-passed": ", since the promised day has passed",
    "thanked": ", since everybody has been thanked and no answer has come",
    "thanks": ", which comes first after an interview",
    "asked-lately": "",
    "asked-enough": "",
}


@from_vault
def _recipients(vault: Vault, context: click.Context, _: click.Parameter) -> Iterator[Item]:
    """Return the people of the interview that the line names; everybody who was met where it names none."""
    from jobvault.actions.letters.drafting import debriefs_asked_for
    from jobvault.cli.which import days_of

    query = " ".join(context.params.get("query") or ())
    found = debriefs_asked_for(vault, query, days_of(vault.today.date)) if query else ()
    paths = [one.path for one in found] or [debrief.path for debrief in reversed(vault.debriefs)]
    for person in dict.fromkeys(person for path in paths for person in vault.search.people_of(path)):
        yield Item(person.name, help=" · ".join(filter(None, (person.title, person.companies[-1]))))


@from_vault
def _kinds(vault: Vault, *_: object) -> Iterable[str]:
    """Return the kinds of letters, the vault's own too."""
    from jobvault.actions.letters.drafting import kind_words

    return kind_words(vault)


@make("draft", examples=EXAMPLES)
@click.argument("query", nargs=-1, shell_complete=query_candidates)
@click.option("--to", default="", metavar="NAME", shell_complete=_recipients, help="One of the people you met.")
@click.option(
    "--kind",
    default="",
    metavar="KIND",
    shell_complete=_kinds,
    help="thank-you, concern, promised, check-in, after-rejection or next-round. [default: what fits now]",
)
@click.option("--print-path", is_flag=True, help="Print the paths of the drafts and nothing else; open nothing.")
@click.option("--no-edit", is_flag=True, help="Do not open the editor.")
@dry_run_option
@pass_session
def command(
    session: Session, query: tuple[str, ...], to: str, kind: str, print_path: bool, no_edit: bool, dry_run: bool
) -> None:
    """Draft a letter to each person met, from what your debrief says of them.

    QUERY is a company (its latest debrief), a person, a round or a day; without one, the last debrief is meant. Each
    letter is made of other words than the others of its round. What the debrief does not say is a comment in the draft,
    for you to fill. Opens your editor. Never overwrites a letter.
    """
    from jobvault.actions.letters.drafting import plan, write
    from jobvault.cli.summarize import complain

    vault = session.open()
    drafting = plan(vault, _debrief(session, vault, query), kind=kind, to=to)
    if dry_run:
        _show(session, vault.root, drafting, "would write", texts=not print_path, print_path=print_path)
        return
    paths = write(vault, drafting)
    _show(session, vault.root, drafting, "wrote", texts=False, print_path=print_path)
    went_well = True
    if not (print_path or no_edit) and session.may_ask and sys.stdout.isatty():
        went_well = _edit(session, paths)
    if paths:
        complain(session, vault.summarize().troubles)
    if not went_well:
        click.get_current_context().exit(1)


def _debrief(session: Session, vault: Vault, query: Sequence[str]) -> Debrief:
    from jobvault.actions.letters.drafting import debriefs_asked_for
    from jobvault.actions.which import only
    from jobvault.cli.which import chosen, days_of

    asked = " ".join(query)
    found = debriefs_asked_for(vault, asked, days_of(vault.today.date))
    if len(found) > 1 and session.may_ask:
        meant = chosen(session, found)
    else:
        meant = only(vault, asked, found, "Nothing was written. Say more, or name it by its path.")
    return next(debrief for debrief in vault.debriefs if debrief.path == meant.path)


def _edit(session: Session, paths: Sequence[Path]) -> bool:
    """Open the drafts, one after the other; no more once the editor failed."""
    return all(session.edit(path) for path in paths)


# --- what is shown ----------------------------------------------------------------------------------------------------


def _show(session: Session, root: Path, drafting: Drafting, done: str, *, texts: bool, print_path: bool) -> None:
    """Show what was drafted, and what was not. With ``print_path`` only paths go to standard output."""
    screen = session.screen
    say = screen.note if print_path else screen.say
    if not print_path:
        say(_heading(drafting))
    if question := _question(session, drafting):
        say(question)
    if drafting.english and drafting.drafts:
        say("There are no sentences in your vault's language, so the letters are in English.")
    for draft in drafting.drafts:
        if print_path:
            screen.say(root / draft.path)
        else:
            screen.say(f"{done} {draft.path}{_gaps(draft)}", dim=texts)
        if texts:
            screen.say(draft.text)
    for line in _not_drafted(drafting):
        say(line)
    if not texts and not print_path and any(draft.gaps for draft in drafting.drafts):
        say(session.led_back("Fill the gaps, then see what `jobvault letter check` says."))


def _not_drafted(drafting: Drafting) -> Iterator[str]:
    """Say to whom no letter was drafted, and why."""
    from jobvault.cli.runnable import quoted

    for known in drafting.there:
        yield f"kept {known.path}: {'sent' if known.sent else 'drafted'} already"
    for one in drafting.settled:
        yield f"kept: {_settled(one)}. To write all the same: --to {quoted(one.to)}"
    if drafting.others:
        yield _left_out(drafting)
    if drafting.unnamed:
        who = "; ".join(title for title in drafting.unnamed if title) or "Somebody"
        yield f"No letter without a name: {who}. Ask the recruiter for it."


def _heading(drafting: Drafting) -> str:
    about = drafting.debrief
    parts = (f"{about.company} {about.round}".strip(), about.date.isoformat() if about.date else "")
    interview = f"About {', '.join(filter(None, parts))}."
    if drafting.why == "ended":
        return f"{interview} It has ended, so nothing is owed any more. To write all the same: --kind {drafting.called}"
    kind = drafting.called
    if kind.casefold() != drafting.kind.casefold():  # the reason is in English, and not everybody's vault is
        kind += f" ({drafting.kind})"
    return f"{interview} Kind: {kind}{_WHY[drafting.why]}."


def _question(session: Session, drafting: Drafting) -> str:
    """Say that it was asked before where things stand, where that is a reason not to ask again."""
    from jobvault.cli.runnable import quoted

    question = drafting.question
    if question is None or not question.asked:
        return ""
    last, force = question.asked[-1].isoformat(), f"--kind {drafting.called}"
    if drafting.why == "asked-lately":
        return f"Last asked on {last}; ask again on {question.due}. To write now all the same: {force}"
    if len(question.asked) < question.most:
        return ""
    heard = session.runnable(f"jobvault heard {quoted(drafting.debrief.path)} no-reply")
    often = "once" if len(question.asked) == 1 else f"{len(question.asked)} times"
    said = f"Asked {often}, last on {last}, and no answer. Move on: {heard}"
    return said if drafting.why == "named" else f"{said}\nTo write all the same: {force}"


def _settled(one: Settled) -> str:
    if one.task.status == "cancelled":
        return f"the task to thank {one.to} is cancelled"
    return f"{one.to} was thanked{f' on {one.task.done.isoformat()}' if one.task.done else ''}"


def _left_out(drafting: Drafting) -> str:
    who = ", ".join(drafting.others)
    if drafting.kind in ("concern", "promised"):
        return f"Nothing of this kind is open for {who}. To write all the same: --to NAME"
    return f"Such a letter goes to one person. Left out: {who}. To write to them: --to NAME"


def _gaps(draft: Drafted) -> str:
    return f" · {draft.gaps} {'gap' if draft.gaps == 1 else 'gaps'} to fill" if draft.gaps else ""
