"""Which kind of letter fits a round now, and to whom letters of a kind go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from jobvault.letters.material import Material
from jobvault.model import CHAT, Debrief, Letter
from jobvault.search.check_ins import CheckIn
from jobvault.search.letters import AFTER_REJECTION, CHECK_IN, THANK_YOU, is_sent
from jobvault.search.obligations import Obligations
from jobvault.search.people import Person
from jobvault.search.search import Search

Why = Literal["named", "rejected", "promise-passed", "thanked", "thanks", "ended", "asked-lately", "asked-enough"]
"""Why it is a kind: it was named, or what the notes say. The last three ask for no letter: nothing is owed any more, it
was asked and is not to be asked again yet, or at all."""
NO_LETTER: frozenset[Why] = frozenset({"ended", "asked-lately", "asked-enough"})
_ENDED = frozenset({"no-reply", "withdrawn"})
_WAITING = ("", "waiting")


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of letter, and why it is that one."""

    kind: str
    why: Why


def letters_about(search: Search, debrief: Debrief, person: Person) -> tuple[Letter, ...]:
    """Return the letters to somebody about an interview, sent or not."""
    return tuple(
        letter
        for letter in search.letters
        if (about := search.debrief_of(letter.path)) is not None
        and about.path == debrief.path
        and (to := search.addressee(letter)) is not None
        and to.key == person.key
    )


def question_about(obligations: Obligations, debrief: Debrief, today: dt.date) -> CheckIn | None:
    """Return what there is to ask about a round; None where it is not the one to ask about."""
    process = obligations.search.process_of(debrief.path)
    found = obligations.check_in(process, today) if process is not None else None
    return found if found is not None and found.debrief.path == debrief.path else None


def fitting(obligations: Obligations, debrief: Debrief, today: dt.date) -> Choice:
    """Return the kind of letter that a round asks for on a day."""
    search = obligations.search
    process = search.process_of(debrief.path)
    if debrief.outcome == "rejected" or (process is not None and process.closed == "rejected"):
        return Choice(AFTER_REJECTION, "rejected")
    ended = debrief.outcome in _ENDED or (process is not None and process.closed in _ENDED)
    if ended and debrief.round != CHAT:
        return Choice(THANK_YOU, "ended")
    if debrief.outcome in _WAITING and not (process is not None and process.closed):
        if debrief.hear_by is not None and debrief.hear_by < today:
            return _asking(obligations, debrief, today, "promise-passed")
        people = search.people_of(debrief.path)
        if people and all(_thanked(obligations, debrief, person) for person in people):
            return _asking(obligations, debrief, today, "thanked")
    return Choice(THANK_YOU, "thanks")


def _asking(obligations: Obligations, debrief: Debrief, today: dt.date, why: Why) -> Choice:
    """Return the choice to ask where things stand, unless that was done lately, or often enough."""
    question = question_about(obligations, debrief, today)
    if question is None or question.draft is not None:
        return Choice(CHECK_IN, why)
    if question.asked and len(question.asked) >= question.most:
        return Choice(CHECK_IN, "asked-enough")
    early = bool(question.asked) and question.due is not None and today < question.due
    return Choice(CHECK_IN, "asked-lately" if early else why)


def recipients(kind: str, material: Sequence[Material]) -> tuple[Material, ...]:
    """Return to whom letters of a kind go by themselves."""
    if kind == THANK_YOU:
        return tuple(material)
    if kind == "concern":
        return tuple(one for one in material if one.earlier or any(not doubt.settled for doubt in one.open_doubts))
    if kind == "promised":
        return tuple(one for one in material if one.promised or one.voiced_step)
    contact = main_contact(material)
    return (contact,) if contact else ()


def main_contact(material: Sequence[Material]) -> Material | None:
    """Return who of a round one writes to: who has an address, else who named the next step, else the first met."""
    return next(
        (one for one in material if one.person.email),
        next((one for one in material if one.voiced_step), material[0] if material else None),
    )


def _thanked(obligations: Obligations, debrief: Debrief, person: Person) -> bool:
    """Whether somebody's thanks are sent: by a letter that says so, or a task that is ticked."""
    letters = (one for one in obligations.letters_about(debrief) if one.kind == THANK_YOU and one.to == person.key)
    if any(is_sent(one.letter) for one in letters):
        return True
    return any(task.status == "done" for task in obligations.thanks_tasks(debrief, person))
