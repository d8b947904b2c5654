"""The vault's own templates: ``.j2`` files in one of its folders, each in the place of the one of ours of its path.

They are data from elsewhere, so they are read as notes are: inside the vault only, never a pipe or device, capped.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jobvault.errors import RefusedError, TemplateError
from jobvault.vault.conflicts import conflict_original
from jobvault.vault.entry import Entry, entry_of
from jobvault.vault.files import read, unsettled
from jobvault.vault.inside import resolve_inside

SUFFIX = ".j2"
SENTENCES = "letters/"
"""Where the sentences of letters lie: ``.yaml`` files, one a language."""
CAP = 256 * 1024
"""The most bytes of a template that are read."""

_MOST_FILES = 1000


@dataclass(slots=True)
class OwnTemplates:
    """The templates below ``folder`` of a vault; names are paths below it, as ``views/takeaways.md.j2``.

    What was asked for is remembered, also what was not there, so that ``changed`` can tell.
    """

    root: Path
    folder: str
    still_changing: bool = False
    """Whether somebody was still writing one that was asked for, when ``changed`` looked."""
    _seen: dict[str, Entry | None] = field(default_factory=dict, repr=False)

    def place(self, name: str) -> str:
        """Return where a template stands, or would stand, in the vault."""
        return f"{self.folder}/{name}" if self.folder else name

    def read(self, name: str) -> str | None:
        """Return a template's text, or None where the vault has none of that name.

        Raises :class:`TemplateError` where there is one that cannot be read: no file, too big, no UTF-8, empty (as a
        file is that somebody is just saving), or one whose link leads out of the vault.
        """
        if not _is_name(name) or any(part[:1] in ("", ".") for part in name.split("/")):
            return None
        place = self.place(name)
        self._seen[name] = self._entry(name)
        found = read(self.root, place, CAP)
        if found.problem is not None:
            what = found.problem.message.split(": ")[-1]
            raise TemplateError(place, None, what, own=True)
        if found.data is None:
            return None
        try:
            text = found.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = found.data.count(b"\n", 0, error.start) + 1
            raise TemplateError(place, line, "this is not UTF-8", own=True) from error
        if not text.strip():
            raise TemplateError(place, None, "it is empty", own=True)
        return text

    def changed(self, *, patient: bool = False) -> frozenset[str]:
        """Return the places of those asked for that changed, came or went since.

        With ``patient``, one that changed just now counts as unchanged until it is the same a quarter of a second
        later; ``still_changing`` is then True.
        """
        now = {name: entry for name, old in self._seen.items() if (entry := self._entry(name)) != old}
        entries = [entry for entry in now.values() if entry is not None]
        waiting = unsettled(self.root, entries) if patient and entries else frozenset()
        self.still_changing = bool(waiting)
        settled = {name: entry for name, entry in now.items() if self.place(name) not in waiting}
        self._seen |= settled
        return frozenset(self.place(name) for name in settled)

    def names(self, group: str) -> tuple[str, ...]:
        """Return the templates directly below ``group`` (``notes``, ``letters``), sorted; copies of a sync are none."""
        return tuple(sorted(self._listed(group)))

    def _listed(self, group: str) -> Iterator[str]:
        try:
            with os.scandir(resolve_inside(self.root, self.place(group))) as items:
                found = [item.name for _, item in zip(range(_MOST_FILES), items, strict=False)]
        except (OSError, RefusedError):
            return
        for name in found:
            if (
                _is_name(f"{group}/{name}")
                and not name.startswith(".")
                and conflict_original(name.removesuffix(SUFFIX).replace(".yaml", ".md")) is None
            ):
                yield f"{group}/{name}"

    def _entry(self, name: str) -> Entry | None:
        """Return what the disk says of a template, a link followed; None where there is nothing."""
        place = self.place(name)
        try:
            return entry_of(place, os.stat(self.root / place))
        except (OSError, ValueError):
            return None


def _is_name(name: str) -> bool:
    return name.endswith(SUFFIX) or (name.startswith(SENTENCES) and name.endswith(".yaml"))
