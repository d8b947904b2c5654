"""Which day it is: the only place where the clock is read, and the machine's time zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from jobvault.errors import UsageError

FIRST_YEAR, LAST_YEAR = 1900, 2999


@dataclass(frozen=True, slots=True)
class Today:
    """The day that answers are as of. ``explicit``: somebody named it, so it is exact."""

    date: dt.date
    explicit: bool = False

    def for_block(self, as_of: dt.date | None) -> dt.date:
        """Return the day that a block is rendered as of.

        It takes the later of today and its own as-of where that is at most one day ahead, so that devices in two time
        zones do not write in turns.
        """
        if self.explicit or as_of is None or not self.date < as_of <= self.date + dt.timedelta(days=1):
            return self.date
        return as_of


def today_in(timezone: str, *, named: dt.date | None = None) -> Today:
    """Return the day named, else today in the time zone (an IANA name; empty: the machine's own).

    Raises ``UsageError`` for a day at the ends of the calendar, where weeks before or after it are none.
    """
    if named is not None:
        if not FIRST_YEAR <= named.year <= LAST_YEAR:
            raise UsageError(f"{named.isoformat()} is no day that today can be: {FIRST_YEAR} to {LAST_YEAR} are.")
        return Today(named, explicit=True)
    if timezone:
        from zoneinfo import ZoneInfo

        return Today(dt.datetime.now(ZoneInfo(timezone)).date())
    return Today(dt.date.today())


def to_utc(timezone: str) -> Callable[[dt.datetime], dt.datetime | None]:
    """Return what turns a time on the wall, in the time zone (empty: the machine's own), into the moment in UTC.

    A time that clocks skip in spring counts as if they had not been put forward yet, one that they show twice in autumn
    as the first of the two (RFC 5545, 3.3.5). None where a moment is before or after all that can be told.
    """
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(timezone) if timezone else None

    def moment(wall: dt.datetime) -> dt.datetime | None:
        try:
            return dt.datetime.fromtimestamp(wall.replace(tzinfo=zone, fold=0).timestamp(), dt.UTC)
        except (OverflowError, OSError, ValueError):
            return None

    return moment


def now() -> dt.datetime:
    """Return this moment, in UTC."""
    return dt.datetime.now(dt.UTC)
