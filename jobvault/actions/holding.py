"""Sudden emptiness is not taken for deletion: a sync, a checkout or a mount may be under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PATIENCE = 60.0
"""Seconds for which sudden emptiness is not believed."""


@dataclass(slots=True)
class Holding:
    """Which notes are suddenly empty, or gone with most others, and since when.

    Notes that were moved are not gone: as many new ones have come.
    """

    since: dict[str, float] = field(default_factory=dict)
    _known: frozenset[str] = frozenset()
    """The notes there were before any was gone."""

    def hold(self, before: Mapping[str, int], after: Mapping[str, int], now: float) -> frozenset[str]:
        """Return the notes whose last reading still counts.

        ``before`` and ``after`` map those that say something of ours to their size in bytes; what was held is in
        ``before``. ``now`` is a moment in seconds.
        """
        gone = before.keys() - after.keys()
        emptied = {path for path in before.keys() & after.keys() if before[path] and not after[path]}
        if not gone & self.since.keys():
            self._known = frozenset(before)
        came = after.keys() - self._known
        suddenly = 2 * (len(gone) - len(came)) > len(before)
        still = gone & self.since.keys() if 2 * len(came) < len(gone) else set()
        self.since = {path: self.since.get(path, now) for path in emptied | (gone if suddenly else still)}
        return self._lately(now)

    def _lately(self, now: float) -> frozenset[str]:
        """Forget what has lasted."""
        self.since = {path: since for path, since in self.since.items() if now - since < PATIENCE}
        return frozenset(self.since)
