"""Tick follow-ups: by id or by words, in the note where they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jobvault.actions import changes
from jobvault.errors import AmbiguousError, ChangedError, NotFoundError, RefusedError
from jobvault.model import FollowUp, Status
from jobvault.notes.edit import set_task
from jobvault.notes.note import encode, parse_note
from jobvault.render.ticks import CHARACTER
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

_SHORTEST_ID = 3
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Ticked:
    """A follow-up as it is now; ``changed`` is False where it was so already."""

    item: FollowUp
    changed: bool
    old: str
    new: str


def find(vault: Vault, queries: Sequence[str], status: Status) -> tuple[FollowUp, ...]:
    """Find the follow-ups that are meant: each query an id, or all of them together words.

    Words are looked for in text, people, company and round of those that are not in ``status`` yet; a whole text that
    is equal wins. Raises ``NotFoundError`` and ``AmbiguousError``.
    """
    by_id = [[item for item in vault.follow_ups if len(q) >= _SHORTEST_ID and item.id.startswith(q.lower())] for q in queries]
    if queries and all(by_id):
        for query, found in zip(queries, by_id, strict=True):
            if len(found) > 1:
                raise _ambiguous(vault, query, found)
        return tuple({found[0].id: found[0] for found in by_id}.values())
    rule = _made_by_rule(vault, queries)
    if rule:
        raise NotFoundError(rule)
    asked = " ".join(queries)
    found = _by_words(vault.follow_ups, asked)
    waiting = [item for item in found if item.status != status and (status != "open" or item.status in ("done", "cancelled"))]
    if not found:
        raise NotFoundError(f"No follow-up has the words “{asked}”. See them with `jobvault show follow-ups`.")
    if len(waiting) > 1:
        raise _ambiguous(vault, asked, waiting)
    return tuple(waiting or found[:1]) if len(waiting) == 1 or len(found) == 1 else _settled(vault, asked, found)


def _settled(vault: Vault, asked: str, found: list[FollowUp]) -> tuple[FollowUp, ...]:
    """Several have the words and all are in that state already: nothing is to be done for the latest of them."""
    del vault, asked
    return (found[-1],)


def _by_words(items: Sequence[FollowUp], asked: str) -> list[FollowUp]:
    words = fold(asked).split()
    if not words:
        return []
    equal = [item for item in items if fold(item.text) == " ".join(words)]
    if equal:
        return equal
    return [item for item in items if all(word in _words_of(item) for word in words)]


def _words_of(item: FollowUp) -> str:
    return fold(" ".join((item.text, *item.people, item.company, item.round)))


def _made_by_rule(vault: Vault, queries: Sequence[str]) -> str:
    if len(queries) != 1 or len(queries[0]) < _SHORTEST_ID:
        return ""
    items = vault.view("follow-ups").items
    made = next((i for i in items if i.line is None and i.id.startswith(queries[0].lower())), None)
    if made is None:
        return ""
    return (
        f"“{made.text}” stands in no note, so there is no box to tick. Write a line under Follow-ups of {made.path}, "
        "as `- [x] Thank-you letters sent`."
    )


def _ambiguous(vault: Vault, asked: str, found: Sequence[FollowUp]) -> AmbiguousError:
    short = vault.short_ids()
    rows = tuple(
        f"{short[item.id]}  {item.text}"
        + (f" · due {item.due.isoformat()}" if item.due else "")
        + (f" · {item.company}" if item.company else "")
        + f" · {item.path}:{item.line}"
        for item in found
    )
    return AmbiguousError(f"“{asked}” could be any of these:", rows, "Nothing was changed. Name one by its id.")


def tick(
    vault: Vault, items: Sequence[FollowUp], status: Status, on: dt.date | None, *, dry_run: bool = False
) -> tuple[Ticked, ...]:
    """Set the status of follow-ups, one note after the other. Raises ``RefusedError`` with file and line.

    A note that changes meanwhile is read again, a few times.
    """
    if dry_run:
        return tuple(_tick(vault, item, status, on, dry_run=True) for item in items)
    with changes.writing(vault):
        return tuple(_tick(vault, item, status, on, dry_run=False) for item in items)


def _tick(vault: Vault, item: FollowUp, status: Status, on: dt.date | None, *, dry_run: bool) -> Ticked:
    for attempt in range(_TRIES):
        try:
            return _tick_once(vault, item, status, on, dry_run=dry_run)
        except ChangedError:
            if attempt == _TRIES - 1:
                raise
    raise AssertionError


def _tick_once(vault: Vault, item: FollowUp, status: Status, on: dt.date | None, *, dry_run: bool) -> Ticked:
    data = vault.reader(vault.root, item.path).data
    if data is None:
        raise RefusedError(item.path, None, "the note cannot be read any more.")
    note = parse_note(item.path, data)
    now = vault.follow_up_in(item.path, data, item.id)
    if now is None:
        raise RefusedError(item.path, item.line, "the follow-up does not stand here any more.")
    line = note.lines[now.line - 1]
    if now.status == status:
        return Ticked(now, changed=False, old=line, new=line)
    if now.form == "paragraph":
        raise RefusedError(item.path, now.line, "this follow-up is no list item, so it has no box. Put `- ` before it.")
    new = set_task(note, now.line, CHARACTER[status], on, vault.words.vocabulary.due)
    if not dry_run:
        changes.write(vault, item.path, data, encode(new.text), f"jobvault done: {item.text}")
    dates = {"done": on if status == "done" else None, "cancelled": on if status == "cancelled" else None}
    return Ticked(
        replace(item, status=status, line=now.line, **dates), changed=True, old=line, new=new.lines[now.line - 1]
    )
