"""Keep summaries true while the vault changes: the same as ``summarize``, always."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobvault.actions.clock import Today, today_in
from jobvault.errors import BusyError, ChangedError, NoVaultError, SettingsError
from jobvault.settings import Settings
from jobvault.vault.entry import Entry
from jobvault.vault.files import fingerprint, unsettled
from jobvault.vault.git.operation import open_operation
from jobvault.vault.places import MARKER
from jobvault.vault.settings import read_settings

if TYPE_CHECKING:
    from jobvault.actions.summarize import Summary
    from jobvault.actions.vault import Vault

_QUIET_WAITS = 10
"""For how many looks, at the start, a note that somebody is saving is waited for before that is said."""
_PASSING = frozenset({"not-written", "not-carried"})
"""Troubles that may pass by themselves: git is in the middle of something, or an editor has the note open."""
_QUIET_TRIES = 10
"""How often in a row such a trouble may come before it is said."""
_MOST_TRIES = 30
"""How often in a row to try again soon; after that, at each look."""


@dataclass(slots=True)
class Looker:
    """Looks at the vault once for each call; says what it did through ``report``, what is wrong through ``warn``.

    A mistake in ``jobvault.yaml`` is reported once, and the last good settings stay in force.
    """

    vault: Vault
    report: Callable[[Summary], None]
    warn: Callable[[str], None]
    fixed: Today | None = None
    _owed: bool = True
    _complaint: str = ""
    _held: tuple[str, ...] = ()
    _settings: Entry | None = None
    """What the disk said of the settings that are in force."""
    _settings_settled: bool = True
    _complete: bool = False
    """Whether every note was read once."""
    _waits: int = 0
    """For how many looks that has been waited for."""
    _tries: int = 0
    """How often in a row something could not be written."""
    _git_waits: int = 0
    """For how many looks git has been in the middle of something."""

    def look(self) -> bool:
        """Bring the summaries up to date if anything changed; True where it wants to be called again soon."""
        if self._waits_for_git():
            return True
        vault = self.vault
        today = self.fixed or today_in(vault.settings.timezone)
        try:
            changed = self._reload() or bool(vault.refresh()) or today != vault.today
            self._say_what_is_held()
            self._owed = self._owed or changed
            if not self._owed or self._is_half_read():
                return self._unsettled
            vault.today = today
            vault.run = None  # each look is a command of its own to `undo`
            summary = vault.summarize()
        except (BusyError, ChangedError, NoVaultError):
            return True  # somebody is writing, or the vault is away; who watches sees whether it comes back
        return self._report(summary)

    def _waits_for_git(self) -> bool:
        """Whether git is in the middle of something, so that nothing may be written; said once where that lasts.

        Its end changes no note, so nothing but looking again tells of it; that costs a few stats.
        """
        busy = open_operation(self.vault.root)
        self._owed = self._owed or bool(busy)
        self._git_waits = self._git_waits + 1 if busy else 0
        if self._git_waits == _QUIET_TRIES:
            self.warn(f"Summaries wait: {busy}.")
        return bool(busy)

    @property
    def _unsettled(self) -> bool:
        return self.vault.notes.unsettled or not self._settings_settled

    def _is_half_read(self) -> bool:
        """Whether, at the start, a note that summaries may tell of is being saved, so that it cannot be read yet."""
        missing = self.vault.notes.half_read
        if self._complete or not missing:
            self._complete = True
            return False
        self._waits += 1
        if self._waits == _QUIET_WAITS:
            self.warn(f"Summaries wait: another program is still writing {missing[0]}.")
        return True

    def _report(self, summary: Summary) -> bool:
        """Say what was done; whether to look again soon. What may pass is tried again, silently at first."""
        hindered = any(problem.code in _PASSING for problem in summary.troubles)
        self._owed, self._tries = hindered, self._tries + 1 if hindered else 0
        if summary.stale or not 0 < self._tries <= _QUIET_TRIES:
            self.report(summary)
        return self._unsettled or 0 < self._tries <= _MOST_TRIES

    def _say_what_is_held(self) -> None:
        """Say once which notes are suddenly empty or gone."""
        held = self.vault.notes.held
        fresh = [path for path in held if path not in self._held]
        if fresh:
            more = f" and {len(fresh) - 1} more" if len(fresh) > 1 else ""
            self.warn(f"{fresh[0]}{more}: suddenly empty or gone. What was read before counts for another minute.")
        self._held = held

    def _reload(self) -> bool:
        """Read the settings again if their file changed; whether they changed. A file half saved is not believed."""
        from jobvault.actions.vault import load_words

        vault, entry = self.vault, fingerprint(self.vault.root, MARKER)
        self._settings_settled = True
        if entry is not None and entry == self._settings:
            return False
        settings, complaint = self._read_settings()
        if settings != vault.settings and entry is not None and unsettled(vault.root, [entry]):
            self._settings_settled = False
            return False
        self._settings = entry
        if complaint not in ("", self._complaint):
            self.warn(f"{complaint} The settings from before stay in force.")
        self._complaint = complaint
        if settings is None or settings == vault.settings:
            return False
        vault.change_settings(settings, load_words(settings.language, settings.words))
        return True

    def _read_settings(self) -> tuple[Settings | None, str]:
        """Return the settings, or None and what is wrong with them."""
        try:
            return read_settings(self.vault.root), ""
        except SettingsError as error:
            return None, str(error)
