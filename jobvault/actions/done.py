"""Tick follow-ups: by id or by words, in the note where they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jobvault.actions import changes
from jobvault.actions.matching import SHORTEST_ID, with_words
from jobvault.errors import AmbiguousError, ChangedError, NotFoundError, RefusedError
from jobvault.model import FollowUp, Status
from jobvault.notes.edits.task import set_task
from jobvault.notes.note import encode, parse_note
from jobvault.render.ticks import CHARACTER
from jobvault.views.follow_ups import Item
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

_TRIES = 3
_ACTIVE: tuple[Status, ...] = ("open", "in-progress")
_MEANT: dict[Status, tuple[Status, ...]] = {
    "done": _ACTIVE,
    "cancelled": _ACTIVE,
    "open": ("done", "cancelled"),
    "in-progress": ("open",),
}
"""The status wanted → those which somebody who says only words has in mind."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """A follow-up as it is now; ``changed`` is False where it was so already. ``old`` and ``new`` are its line."""

    item: FollowUp
    changed: bool
    old: str
    new: str


# --- which one is meant ---------------------------------------------------------------------------------------------


def find(vault: Vault, queries: Sequence[str], status: Status) -> tuple[FollowUp, ...]:
    """Find the follow-ups that are meant: each query an id, or all of them together words.

    An id is three or more of its first characters. Words are looked for in text, people, company and round; a text
    that is equal as a whole wins, then those which can come into ``status``. Raises ``NotFoundError`` and
    ``AmbiguousError``.
    """
    named = [_by_id(vault.follow_ups, query) for query in queries]
    asked = " ".join(queries)
    said = _by_words(vault, asked)
    if named and all(named):
        return _named(vault, queries, named, said)
    rule = _made_by_rule(vault, queries)
    if rule is not None:
        raise NotFoundError(
            f"“{rule.text}” stands in no note as a task, so there is no box to tick. Once it is done, write a line "
            f"such as `- [x] {rule.text}` under Follow-ups of {rule.path}."
        )
    if not said:
        raise NotFoundError(f"No follow-up has the words “{asked}”. See them with `jobvault show follow-ups`.")
    waiting = [item for item in said if item.status in _MEANT[status]]
    if len(waiting) > 1:
        raise _ambiguous(vault, asked, waiting)
    return tuple(waiting or [item for item in said if item.status == status] or _only(vault, asked, said))


def _named(
    vault: Vault, queries: Sequence[str], named: Sequence[Sequence[FollowUp]], said: Sequence[FollowUp]
) -> tuple[FollowUp, ...]:
    """Return what the ids name; ambiguous where an id is cut too short, or is also the only word of another one."""
    for query, found in zip(queries, named, strict=True):
        others = [item for item in said if item not in found] if len(queries) == 1 and query != found[0].id else []
        if len(found) > 1 or others:
            raise _ambiguous(vault, query, [*found, *others])
    return tuple({found[0].id: found[0] for found in named}.values())


def _only(vault: Vault, asked: str, found: Sequence[FollowUp]) -> Sequence[FollowUp]:
    if len(found) > 1:
        raise _ambiguous(vault, asked, found)
    return found


def _by_id(items: Iterable[FollowUp], query: str) -> list[FollowUp]:
    return [item for item in items if len(query) >= SHORTEST_ID and item.id.startswith(query.lower())]


def _by_words(vault: Vault, asked: str) -> list[FollowUp]:
    items = vault.follow_ups
    equal = [item for item in items if fold(asked) and fold(item.text) == fold(asked)]
    return equal or with_words(items, asked, lambda item: _words_of(vault, item))


def _words_of(vault: Vault, item: FollowUp | Item) -> str:
    rounds = (item.round, vault.words.write("round", item.round))
    return " ".join((item.text, *item.people, item.company, *rounds))


def _made_by_rule(vault: Vault, queries: Sequence[str]) -> Item | None:
    """Return the item of the view that is meant, where no task stands for it."""
    made: list[Item] = [item for item in vault.view("follow-ups").items if item.line is None]
    for query in queries:
        named = [item for item in made if len(query) >= SHORTEST_ID and item.id.startswith(query.lower())]
        if named:
            return named[0]
    asked = " ".join(queries)
    if _by_words(vault, asked):
        return None
    return next(iter(with_words(made, asked, lambda item: _words_of(vault, item))), None)


def _ambiguous(vault: Vault, asked: str, found: Sequence[FollowUp]) -> AmbiguousError:
    """List the candidates, each with as much of its id as names it alone."""
    short = vault.short_ids()

    def name(item: FollowUp) -> str:
        longer = len(asked) + 1 if item.id.startswith(asked.lower()) else 0
        return item.id[: max(len(short[item.id]), longer)]

    rows = tuple(
        f"{name(item)}  {item.text}"
        + (f" · {item.status}" if item.status != "open" else "")
        + (f" · due {item.due.isoformat()}" if item.due else "")
        + (f" · {item.company}" if item.company else "")
        + f" · {item.path}:{item.line}"
        for item in found
    )
    return AmbiguousError(f"“{asked}” could be any of these:", rows, "Nothing was changed. Name one by its id.")


# --- ticking --------------------------------------------------------------------------------------------------------


def tick(
    vault: Vault, items: Sequence[FollowUp], status: Status, on: dt.date | None, *, dry_run: bool = False
) -> tuple[Ticked, ...]:
    """Set the status of follow-ups, one note after the other. Raises ``RefusedError`` with file and line.

    Nothing is written where one of them is refused. A note that changes meanwhile is read again, a few times.
    """
    tried = tuple(_tick(vault, item, status, on, write=False) for item in items)
    if dry_run or not any(one.changed for one in tried):
        return tried
    with changes.writing(vault):
        return tuple(_tick(vault, item, status, on, write=True) for item in items)


def _tick(vault: Vault, item: FollowUp, status: Status, on: dt.date | None, *, write: bool) -> Ticked:
    for _ in range(_TRIES - 1):
        try:
            return _tick_once(vault, item, status, on, write=write)
        except ChangedError:
            continue
    return _tick_once(vault, item, status, on, write=write)


def _tick_once(vault: Vault, item: FollowUp, status: Status, on: dt.date | None, *, write: bool) -> Ticked:
    data = vault.bytes_of(item.path)
    if data is None:
        raise RefusedError(item.path, None, "the note cannot be read any more.")
    note = parse_note(item.path, data)
    now = vault.follow_up_in(item.path, data, item.id)
    if now is None:
        raise RefusedError(item.path, item.line, "the follow-up does not stand here any more.")
    current = replace(item, status=now.status, line=now.line, done=now.done, cancelled=now.cancelled)
    line = note.lines[now.line - 1]
    if now.status == status:
        return Ticked(current, changed=False, old=line, new=line)
    if now.form == "paragraph":
        raise RefusedError(item.path, now.line, "this follow-up is no list item, so it has no box. Put `- ` before it.")
    new = set_task(note, now.line, CHARACTER[status], on, vault.words.vocabulary.due)
    if write:
        changes.write(vault, item.path, data, encode(new.text), f"jobvault done: {item.text}")
    dated = replace(
        current,
        status=status,
        done=on if status == "done" else None,
        cancelled=on if status == "cancelled" else None,
    )
    return Ticked(dated, changed=True, old=line, new=new.lines[now.line - 1])
