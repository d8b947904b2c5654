"""What stands in a debrief already of what is to be added: the same words in the same place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from jobvault.errors import RefusedError
from jobvault.model import Debrief, FollowUp, Met
from jobvault.notes.inline import plain
from jobvault.notes.names import read_name
from jobvault.notes.reading import Reading
from jobvault.notes.tasks import read_task
from jobvault.search.names import key_of
from jobvault.words import fold

_FIELDS = {"takeaway": ("takeaways",), "question": ("open_questions",), "observation": ("noticed", "open_questions")}
"""Where other things than follow-ups and concerns are read into, unless that is called as they are."""


def standing(reading: Reading, kind: str, person: str, text: str) -> int | None:
    """Return the line where the same words stand in the same place; ``person`` is whose concern they are, as written.

    Tags and dates at their end, marks of emphasis and a full stop do not count.
    """
    return next((line for words, line in _things(reading, kind, person) if _seen(words) == _seen(text)), None)


def standing_follow_up(reading: Reading, text: str, due: dt.date | None, due_words: Iterable[str]) -> FollowUp | None:
    """Return the pending follow-up of the same words: best the one of that day, then one without any.

    Raises ``RefusedError`` where all of them are due on other days.
    """
    seen = _seen(text, due_words)
    same = [item for item in reading.follow_ups if item.status in ("open", "in-progress") and _seen(item.text) == seen]
    fitting = sorted(
        (item for item in same if due is None or item.due in (due, None)), key=lambda item: item.due != due
    )
    if not same or fitting:
        return fitting[0] if fitting else None
    there = same[0]
    raise RefusedError(
        there.path, there.line, f"“{there.text}” is there already, due {there.due}, not {due}. Change the day there."
    )


def person_of(debrief: Debrief, written: str) -> Met | None:
    """Return who of a debrief is called as somebody is written; somebody unnamed by the title."""
    said = read_name(written)
    return next((met for met in debrief.people if _called(met.name, met.title) == _called(said.name, said.title)), None)


def _called(name: str | None, title: str) -> tuple[str, str]:
    return (fold(name), "") if name else ("", fold(title))


def _things(reading: Reading, kind: str, person: str) -> Iterator[tuple[str, int]]:
    debrief = reading.noun
    assert isinstance(debrief, Debrief)  # noqa: S101 - see ``add``
    if kind == "concern":
        said = read_name(person)
        theirs = [m for m in debrief.people if _called(m.name, m.title) == _called(said.name, said.title)]
        yield from ((concern.text, concern.line) for met in theirs for concern in met.concerns)
        return
    for field in _FIELDS.get(kind, (kind,)):
        yield from ((remark.text, remark.line) for remark in getattr(debrief, field))


def _seen(text: str, due_words: Iterable[str] | None = None) -> str:
    """Return what is compared of words."""
    task = read_task(text, tuple(due_words or ()))
    return key_of(plain(task.text)).rstrip(" .")
