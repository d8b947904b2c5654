"""Draft letters: a note for each person met, put together from the debrief; never over a letter that is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from jobvault.actions import changes
from jobvault.actions.letters.draft_note import Drafted, drafted, name_in
from jobvault.actions.letters.sentences import sentences_of
from jobvault.actions.matching import with_beginnings
from jobvault.actions.scaffold import one_line
from jobvault.errors import AmbiguousError, JobvaultError, NotFoundError, UsageError
from jobvault.letters.assemble import assemble
from jobvault.letters.draft import Draft, Next, Occasion
from jobvault.letters.kinds import NO_LETTER, Choice, Why, fitting, letters_about, question_about, recipients
from jobvault.letters.phrases import Phrases
from jobvault.letters.sources import Sources
from jobvault.model import LETTER_KINDS, Debrief, FollowUp, Letter
from jobvault.notes.inline import plain
from jobvault.notes.near import nearest
from jobvault.search.check_ins import CheckIn
from jobvault.search.letters import CHECK_IN, THANK_YOU, is_sent, kind_of
from jobvault.search.obligations import Obligations
from jobvault.search.people import Person
from jobvault.search.processes import in_time, is_to_come
from jobvault.words import fold, without_accents

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault
    from jobvault.actions.which import DaysOf, Meant


@dataclass(frozen=True, slots=True)
class There:
    """A letter that is there already, so that none is drafted."""

    path: str
    to: str
    sent: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """Somebody whose thanks a task has settled, so that none are drafted: it is ticked, or cancelled."""

    to: str
    task: FollowUp


@dataclass(frozen=True, slots=True)
class Drafting:
    """The letters about an interview: of which kind, and why that one; new ones, and those that are there.

    ``called`` is the kind in the vault's words; where ``why`` is one of ``NO_LETTER`` there are none. ``unnamed`` are
    those whose name is not known, by what is. ``english``: there are no sentences in the vault's language. ``settled``
    are those whose thanks a task has settled, ``others`` those to whom the kind does not go by itself. ``question`` is
    what there is to ask, where one asks.
    """

    debrief: Debrief
    kind: str
    called: str
    why: Why
    drafts: tuple[Drafted, ...]
    there: tuple[There, ...]
    unnamed: tuple[str, ...]
    english: bool = False
    settled: tuple[Settled, ...] = ()
    others: tuple[str, ...] = ()
    question: CheckIn | None = None


def debriefs_asked_for(vault: Vault, asked: str, days_of: DaysOf) -> tuple[Meant, ...]:
    """Return the debriefs that words mean: that of a company, a person, a round, a day; at a path, or of its letter."""
    from jobvault.actions.which import as_meant, debriefs_meant, last_debrief, note_at

    if not asked.strip():
        return (as_meant(vault, last_debrief(vault)),)
    path = note_at(vault, asked)
    about = vault.search.debrief_of(path) if path else None
    if about is None:
        found = debriefs_meant(vault, asked, days_of)  # a note that is called like a company hides none of its debriefs
        if found or path is None:
            return tuple(as_meant(vault, debrief) for debrief in found)
        raise NotFoundError(
            f"{path} is no debrief, and no letter about one. Name a company, a person, a round or a day."
        )
    return (as_meant(vault, about),)


def plan(vault: Vault, debrief: Debrief, *, kind: str = "", to: str = "") -> Drafting:
    """Work out the letters about an interview; writes nothing.

    ``kind`` is one in any of its words, else the one that fits; ``to`` names one of the people.
    Raises ``UsageError`` for a kind that there is not, ``NotFoundError`` and ``AmbiguousError`` for a person,
    ``TemplateError`` for a mistake in the vault's own sentences, ``JobvaultError`` where nobody is named.
    """
    sentences = sentences_of(vault)
    phrases, obligations = sentences.phrases, Obligations(vault.search, vault.words)
    chosen = (
        Choice(_kind_named(vault, phrases, kind), "named") if kind else fitting(obligations, debrief, vault.today.date)
    )
    question = question_about(obligations, debrief, vault.today.date) if chosen.kind == CHECK_IN else None
    called = _called(vault, phrases, chosen.kind)
    drafting = Drafting(debrief, chosen.kind, called, chosen.why, (), (), (), question=question)
    if chosen.why in NO_LETTER:
        return drafting
    unnamed = tuple(one_line(plain(met.title)) for met in debrief.people if met.name is None)
    people = vault.search.people_of(debrief.path)
    if not people:
        raise _nobody(debrief, unnamed)
    person = _person_named(debrief, people, to) if to else None
    sources = Sources(vault.search, debrief, phrases, plain)
    asked = [person] if person else [one.person for one in recipients(chosen.kind, sources.material)]
    if not asked:
        raise _for_nobody(debrief, chosen.kind)
    wanted = {one.key for one in asked}
    letters = assemble(sources, _occasion(vault, debrief, chosen.kind, question))
    drafting = replace(
        drafting,
        unnamed=unnamed,
        english=bool(sentences.lacking),
        others=() if person else tuple(other.name for other in people if other.key not in wanted),
    )
    mine = [letter for letter in letters if letter.material.person.key in wanted]
    return _without_those_there(vault, obligations, drafting, mine, named=person is not None)


def _without_those_there(
    vault: Vault, obligations: Obligations, drafting: Drafting, letters: Sequence[Draft], *, named: bool
) -> Drafting:
    """Draft the letters that are not there yet, and leave out those whom a task says to be thanked, unless named."""
    debrief, kind = drafting.debrief, drafting.kind
    again = kind == CHECK_IN and (drafting.why == "named" or drafting.question is not None)
    drafts: list[Drafted] = []
    there: list[There] = []
    settled: list[Settled] = []
    for letter in letters:
        person = letter.material.person
        known = _same_letter(vault, debrief, person, kind, drafting.called, again=again)
        task = _settled(obligations, debrief, person) if kind == THANK_YOU and not named else None
        if known is not None:
            there.append(There(known.path, person.name, is_sent(known)))
        elif task is not None:
            settled.append(Settled(person.name, task))
        else:
            drafts.append(drafted(vault, debrief, letter, drafting.called, [draft.path for draft in drafts]))
    return replace(drafting, drafts=tuple(drafts), there=tuple(there), settled=tuple(settled))


def write(vault: Vault, drafting: Drafting) -> tuple[Path, ...]:
    """Write the drafts; all of them are undone together. Raises ``RefusedError`` where a note has taken a place."""
    if not drafting.drafts:
        return ()
    with changes.writing(vault):
        return tuple(
            changes.create(vault, draft.path, draft.text.encode("utf-8"), "jobvault letter draft")
            for draft in drafting.drafts
        )


# --- which kind, to whom ----------------------------------------------------------------------------------------------


def _kind_named(vault: Vault, phrases: Phrases, said: str) -> str:
    """Return the kind that a word means: one of everybody's, or one of the vault's own sentences."""
    own = {fold(word): name for name, kind in phrases.kinds.items() for word in (name, kind.word) if word}
    kind = vault.words.vocabulary.letter_kinds.get(fold(said)) or own.get(fold(said))
    if kind is not None and kind in phrases.kinds:
        return kind
    known = kind_words(vault, phrases)
    near = nearest(said, known, slips=2)
    hint = f"Did you mean “{near}”? " if near else ""
    raise UsageError(f"There is no kind of letter “{said}”. {hint}There are: {', '.join(known)}.")


def kind_words(vault: Vault, phrases: Phrases | None = None) -> tuple[str, ...]:
    """Return the kinds of letters, in the vault's words."""
    phrases = phrases or sentences_of(vault).phrases
    return tuple(_called(vault, phrases, kind) for kind in phrases.kinds)


def _called(vault: Vault, phrases: Phrases, kind: str) -> str:
    return vault.words.write("kind", kind) if kind in LETTER_KINDS else phrases.kinds[kind].word


def _person_named(debrief: Debrief, people: Sequence[Person], said: str) -> Person:
    """Return who of an interview is meant: by name, alias, or a part of it that is enough."""
    wanted = fold(said)
    names = {person.key: (person.name, *person.aliases, name_in(debrief, person)) for person in people}
    found = [person for person in people if wanted and wanted in map(fold, names[person.key])]
    found = found or with_beginnings(people, said, lambda person: " ".join(names[person.key]))
    if len(found) == 1:
        return found[0]
    if found:
        rows = tuple(", ".join(filter(None, (person.name, person.title))) for person in found)
        raise AmbiguousError(f"“{said}” could be any of these:", rows, "Nothing was written. Say more of the name.")
    met = ", ".join(person.name for person in people)
    firsts = [person.first for person in people if person.first]
    near = nearest(without_accents(said), [*(person.name for person in people), *firsts])
    hint = f"Did you mean “{near}”? " if near else ""
    raise NotFoundError(f"Nobody called “{said}” is in {debrief.path}. {hint}There are: {met}.")


def _nobody(debrief: Debrief, unnamed: Sequence[str]) -> JobvaultError:
    if unnamed:
        who = "; ".join(filter(None, unnamed)) or "they"
        return JobvaultError(
            f"{debrief.path} names nobody ({who}), and a letter needs a name. Ask the recruiter for it, and write it "
            "into the debrief."
        )
    return JobvaultError(
        f"{debrief.path} names nobody to write to. Add them below “People met”, or with `jobvault add --with NAME`."
    )


def _for_nobody(debrief: Debrief, kind: str) -> JobvaultError:
    what = "open concern" if kind == "concern" else "promise" if kind == "promised" else "person"
    return JobvaultError(
        f"{debrief.path} has no {what} to write about. Name somebody with --to to draft it all the same."
    )


def _settled(obligations: Obligations, debrief: Debrief, person: Person) -> FollowUp | None:
    """Return the task that says that somebody was thanked, or is not to be; None where one is still open."""
    tasks = {task.status: task for task in reversed(obligations.thanks_tasks(debrief, person))}
    open_ = "open" in tasks or "in-progress" in tasks
    return tasks.get("done") or (None if open_ else tasks.get("cancelled"))


def _same_letter(
    vault: Vault, debrief: Debrief, person: Person, kind: str, called: str, *, again: bool
) -> Letter | None:
    """Return the letter to somebody about an interview that is of a kind already; not a sent one to be sent again."""
    for letter in letters_about(vault.search, debrief, person):
        if again and is_sent(letter):
            continue
        its = kind_of(letter, vault.words.vocabulary)
        if its == kind or fold(its) == fold(called):
            return letter
    return None


# --- what is written --------------------------------------------------------------------------------------------------


def _occasion(vault: Vault, debrief: Debrief, kind: str, question: CheckIn | None) -> Occasion:
    process = vault.search.process_of(debrief.path)
    today = vault.today.date
    coming = [
        later
        for later in (process.debriefs if process else ())
        if later.date and in_time(later) > in_time(debrief) and is_to_come(later, today)
    ]
    return Occasion(
        kind=kind,
        name=one_line(vault.settings.letters.name),
        role=one_line(plain(debrief.role or (process.role if process else ""))),
        hear_by=debrief.hear_by,
        passed=debrief.hear_by is not None and debrief.hear_by < today,
        next=_next(vault, coming[0]) if coming else None,
        asked=len(question.asked) if question else 0,
    )


def _next(vault: Vault, debrief: Debrief) -> Next:
    assert debrief.date is not None  # noqa: S101 - what is to come has a day
    return Next(debrief.date, one_line(vault.words.write("round", debrief.round)))
