"""What a command is called with: vault, day, whether it may ask; and how it talks to the person."""

from __future__ import annotations

import datetime as dt
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobvault.cli.screen import Screen, safe

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault
    from jobvault.words import Words


@dataclass
class Session:
    """The options that all commands share, wherever on the line they stood, and the terminal."""

    vault_path: Path | None = None
    today_words: str | None = None
    no_input: bool = False
    arguments: tuple[str, ...] = ()
    """What was typed behind ``jobvault``."""
    screen: Screen = field(default_factory=Screen)
    elsewhere: Path | None = None
    """The vault that is worked in, where it is not the one that would be found from here."""

    @property
    def may_ask(self) -> bool:
        """Whether there is a terminal to ask on, and nobody said no."""
        return not self.no_input and sys.stdin.isatty() and sys.stderr.isatty()

    @property
    def where(self) -> str:
        """What a command needs to find this vault again: `` --vault PATH``; nothing where it finds it by itself."""
        found = self.vault_path or self.elsewhere
        if found is None:
            return ""
        import shlex

        return f" --vault {shlex.quote(str(found))}"

    def runnable(self, command: str) -> str:
        """Return a command as it is shown to be run next."""
        return f"{command}{self.where}"

    def led_back(self, sentence: object) -> str:
        """Return a sentence; the commands that stand in it in backticks are such as can be run next."""
        from jobvault.cli.runnable import led_back

        return led_back(str(sentence), self.where)

    def is_in(self, root: Path) -> None:
        """Remember which vault is worked in, where that is not for ``find_vault`` to say."""
        from jobvault.errors import NoVaultError
        from jobvault.vault.places import find_vault

        try:
            found: Path | None = find_vault(None, Path.cwd(), os.environ)
        except NoVaultError:
            found = None
        self.elsewhere = None if found is not None and found.resolve() == root.resolve() else root

    def ask(self, question: str, default: str | None = None) -> str:
        """Ask for a line; Enter gives the default, which is shown unless it is empty. Without one, ask until told."""
        shown = bool(default)
        answer = click.prompt(safe(question), default=default, show_default=shown, err=True)
        return " ".join(str(answer).split())

    def confirm(self, question: str, *, default: bool, words: Words | None = None) -> bool:
        """Ask for yes or no, in the language of ``words`` too; Enter gives the default."""
        shown = safe(f"{question} [{yes_or_no(default=default, words=words)}]")
        while True:
            answer = click.prompt(shown, default="", show_default=False, err=True)
            if (agreed := read_yes_or_no(answer, default=default, words=words)) is not None:
                return agreed

    def choose(self, question: str, choices: tuple[str, ...]) -> str:
        """Ask for one of the choices, by its word or how that starts; Enter gives the first."""
        while True:
            answer = self.ask(f"{question} ({', '.join(choices)})", choices[0]).lower()
            found = [choice for choice in choices if answer and choice.startswith(answer)]
            if len(found) == 1:
                return found[0]

    def edit(self, path: Path, line: int | None = None) -> bool:
        """Open a note in the user's editor and wait, at a line where the editor can; tells whether that went well.

        ``JOBVAULT_EDITOR`` goes before ``VISUAL`` and ``EDITOR``. What went wrong is said.
        """
        from jobvault.cli.editors import editor_arguments, what_failed

        try:
            click.edit(filename=editor_arguments(path, line), editor=os.environ.get("JOBVAULT_EDITOR") or None)
        except (click.ClickException, ValueError) as error:
            self.screen.note(f"jobvault: {what_failed(error.__cause__ or error, path)}")
            return False
        return True

    def day(self) -> dt.date | None:
        """Return the day that ``--today`` names."""
        if self.today_words is None:
            return None
        from jobvault.actions.clock import today_in
        from jobvault.cli.dates import read_date

        return read_date(self.today_words, today_in("").date, "--today")

    def open(self) -> Vault:
        """Open the vault: ``--vault``, ``JOBVAULT_DIR``, the nearest parent folder, the default vault."""
        from jobvault.actions.vault import open_vault
        from jobvault.cli.command_words import command_words
        from jobvault.vault.places import find_vault

        vault = open_vault(find_vault(self.vault_path, Path.cwd(), os.environ), today=self.day())
        vault.by = command_words(self.arguments)
        if sys.stderr.isatty():
            from jobvault.cli.progress import Progress

            vault.progress = Progress("Reading notes")
        return vault


def yes_or_no(*, default: bool, words: Words | None = None) -> str:
    """Return what can be answered, the default as a capital: ``Y/n``."""
    yes, no = (words.text(f"ask.said-{key}")[:1] if words else key[0] for key in ("yes", "no"))
    return f"{yes.upper()}/{no}" if default else f"{yes}/{no.upper()}"


def read_yes_or_no(answer: str, *, default: bool, words: Words | None = None) -> bool | None:
    """Read an answer in English or the language of ``words``, by how its words start; None where it is neither."""
    said = answer.strip().casefold()
    for key, meaning in (("yes", True), ("no", False)):
        known = (words.text(f"ask.said-{key}").casefold() if words else key, key)
        if said and any(word.startswith(said) for word in known):
            return meaning
    return None if said else default


pass_session = click.make_pass_decorator(Session, ensure=True)
