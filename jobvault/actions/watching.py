"""Keep summaries true while the vault changes: the same as ``summarize``, always."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobvault.actions.clock import Today, today_in
from jobvault.errors import BusyError, ChangedError, NoVaultError, SettingsError
from jobvault.vault.settings import read_settings

if TYPE_CHECKING:
    from jobvault.actions.summarize import Summary
    from jobvault.actions.vault import Vault


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

    def look(self) -> bool:
        """Bring the summaries up to date if anything changed; True where it wants to be called again soon."""
        vault = self.vault
        today = self.fixed or today_in(vault.settings.timezone)
        try:
            changed = self._reload() or bool(vault.refresh()) or today != vault.today
            self._say_what_is_held()
            self._owed = self._owed or changed
            if not self._owed:
                return vault.notes.unsettled
            vault.today = today
            summary = vault.summarize()
        except (BusyError, ChangedError, NoVaultError):
            return True  # somebody is writing, or the vault is away; who watches sees whether it comes back
        self._owed = False
        self.report(summary)
        return vault.notes.unsettled

    def _say_what_is_held(self) -> None:
        """Say once which notes are suddenly empty or gone."""
        held = self.vault.notes.held
        fresh = [path for path in held if path not in self._held]
        if fresh:
            more = f" and {len(fresh) - 1} more" if len(fresh) > 1 else ""
            self.warn(f"{fresh[0]}{more}: suddenly empty or gone. What was read before counts for another minute.")
        self._held = held

    def _reload(self) -> bool:
        """Read the settings again; whether they changed."""
        from jobvault.actions.vault import load_words

        try:
            settings = read_settings(self.vault.root)
        except SettingsError as error:
            if str(error) != self._complaint:
                self._complaint = str(error)
                self.warn(f"{error} The settings from before stay in force.")
            return False
        self._complaint = ""
        if settings == self.vault.settings:
            return False
        self.vault.change_settings(settings, load_words(settings.language, settings.words))
        return True
