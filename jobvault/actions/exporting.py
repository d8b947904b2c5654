"""Give the search to other programs: a calendar of its interviews and of what is owed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jobvault.actions.clock import to_utc
from jobvault.errors import JobvaultError
from jobvault.render.calendar import CalendarRules, calendar_bytes, is_ours
from jobvault.search.events import Kind, events
from jobvault.search.query import Query
from jobvault.vault.exported import look_at

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

SUFFIX = ".ics"


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar as bytes, how many events of each kind it has, and how many interviews have no date to be in it."""

    data: bytes
    counts: Mapping[Kind, int]
    undated: int


def calendar(vault: Vault, query: Query, *, alarms: bool = True) -> Calendar:
    """Make the calendar of what is asked for; ``since`` and ``until`` of the query bound the days of its events."""
    found = events(vault.search, query, vault.today.date, vault.words)
    rules = CalendarRules(vault.words, to_utc(vault.settings.timezone), alarms=alarms)
    counts = Counter(event.kind for event in found)
    return Calendar(calendar_bytes(found, rules), counts, sum(1 for one in vault.debriefs if one.date is None))


def write_calendar(vault: Vault, made: Calendar, file: Path, *, force: bool = False, dry_run: bool = False) -> bool:
    """Write a calendar to a file; returns whether that changes it, as equal bytes are not written.

    Raises ``JobvaultError`` where the file cannot be written, or is no calendar of ours and ``force`` does not say so.
    """
    target = look_at(file, root=vault.root, suffix=SUFFIX)
    if target.before == made.data:
        return False
    if target.before and not is_ours(target.before) and not force:
        raise JobvaultError(
            f"{file} is no calendar that jobvault wrote, so it was left as it is. "
            "Name another file, or replace it with --force."
        )
    if not dry_run:
        target.replace(made.data)
    return True
