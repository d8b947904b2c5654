"""``jobvault new --ask``: which interview it was, the five questions, and the note that what was said goes into."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import click

from jobvault.cli.request import Form, Given
from jobvault.cli.session import Session
from jobvault.errors import JobvaultError, UsageError

if TYPE_CHECKING:
    from jobvault.actions.record import Recorded
    from jobvault.actions.scaffold import Request
    from jobvault.actions.vault import Vault
    from jobvault.cli.dialogue import Dialogue
    from jobvault.cli.keyboard import Keyboard
    from jobvault.model import Debrief


def ask_and_keep(session: Session, given: Given, *, print_path: bool, no_edit: bool, dry_run: bool) -> None:
    """Ask, and write what was said into the debrief that is there, else into a new one."""
    if not session.may_ask:
        raise UsageError("--ask asks you, so it needs a terminal. Without one, lay down the debrief with jobvault new.")
    from jobvault.cli.keyboard import Keyboard

    keyboard = Keyboard()
    vault = session.open()
    debriefing = _Debriefing(session, vault, keyboard, *_interview(session, vault, given))
    recorded, dialogue = debriefing.keep(dry_run=dry_run)
    if recorded is None:
        session.screen.note("")
        session.screen.note(vault.words.text("ask.nothing-written"))
    if recorded is None or (dialogue.stopped and dialogue.stopped.gone):
        click.get_current_context().exit(1)
    debriefing.say(recorded, dialogue, print_path=print_path, dry_run=dry_run)
    if dry_run:
        return
    offered = not (no_edit or print_path or dialogue.stopped) and sys.stdout.isatty()
    if offered and session.confirm(vault.words.text("ask.edit"), default=False, words=vault.words):
        session.edit(vault.root / recorded.path)
    if recorded.old != recorded.new:
        from jobvault.cli.summarize import complain

        complain(session, vault.summarize().troubles)


def _interview(session: Session, vault: Vault, given: Given) -> tuple[Request, Debrief | None]:
    """Return which interview is meant, and its debrief where there is one; asks for what is missing."""
    from jobvault.actions.scaffold import plan, same_interview, settled, waiting_for_words

    form = Form(session, vault, given)
    request = form.as_given()
    if not (given.at or given.round_ or (given.company and given.on)):
        for debrief in waiting_for_words(vault, request, day_known=bool(given.on))[:2]:
            question = vault.words.text("ask.this-one", path=debrief.path)
            if session.confirm(question, default=True, words=vault.words):
                return request, debrief
    request = settled(vault, form.completed(people=False))
    there = same_interview(vault, request)
    if there is None and not request.round:
        there = next(iter(waiting_for_words(vault, request, day_known=True)), None)
    if there is None:
        plan(vault, request)
    return request, there


@dataclass(frozen=True, slots=True)
class _Debriefing:
    """One interview that is asked about."""

    session: Session
    vault: Vault
    keyboard: Keyboard
    request: Request
    there: Debrief | None

    def keep(self, *, dry_run: bool) -> tuple[Recorded | None, Dialogue]:
        """Hold the dialogue and write the note; None where nothing was said, and no empty note is wanted.

        Signals are held back, so that nothing said is lost meanwhile.
        """
        from jobvault.actions.introductions import acquaintances
        from jobvault.actions.record import planned, record
        from jobvault.cli.dialogue import Dialogue, fitted

        known = acquaintances(self.vault, self.request, self.there)
        dialogue = Dialogue(self.vault.words, self.keyboard, known)
        with self.keyboard.listening():
            if self.there is not None:
                self.session.screen.note(fitted(self.vault.words.text("ask.there", path=self.there.path)))
            write = planned if dry_run else record
            try:
                dialogue.hold()
                if self._is_over(dialogue):
                    return None, dialogue
                if not (dialogue.stopped and dialogue.answers.silent):
                    return write(self.vault, self.request, self.there, dialogue.room, dialogue.answers), dialogue
            except (JobvaultError, OSError) as error:
                raise JobvaultError(f"{error} {self._rescued(dialogue)}") from error
            except Exception:
                self.session.screen.note(self._rescued(dialogue))
                raise
        raise click.Abort

    def _is_over(self, dialogue: Dialogue) -> bool:
        """Whether nothing was said, and no empty debrief is wanted."""
        silent = dialogue.answers.silent and self.there is None and not dialogue.stopped
        return silent and not dialogue.wants_it_empty() and not dialogue.stopped

    def say(self, recorded: Recorded, dialogue: Dialogue, *, print_path: bool, dry_run: bool) -> None:
        """Say what was written where."""
        from jobvault.cli.dialogue import fitted

        screen = self.session.screen
        if dry_run:
            self._preview(recorded)
            return
        screen.note("")
        line = fitted(self._sentence(recorded, dialogue))
        if print_path:
            screen.note(line)
            screen.say(self.vault.root / recorded.path)
        else:
            screen.say(line)

    def _sentence(self, recorded: Recorded, dialogue: Dialogue) -> str:
        from jobvault.actions.answers import unread_felt

        words = self.vault.words
        if recorded.old == recorded.new:
            return words.text("ask.unchanged", path=recorded.path)
        counts = asdict(recorded.tally)
        if counts["felt"]:
            del counts["overall"]
        said = [words.text(f"ask.count-{name}", n=n) for name, n in counts.items() if n]
        what = ", ".join(said) or words.text("ask.nothing")
        line = words.text("ask.kept" if dialogue.stopped else "ask.wrote", path=recorded.path, what=what)
        unread = unread_felt(dialogue.answers.overall)
        return f"{line} {words.text('ask.felt-unread', said=unread)}" if unread else line

    def _preview(self, recorded: Recorded) -> None:
        """Show a new note as a whole, and of one that is there what would change."""
        from difflib import unified_diff

        screen = self.session.screen
        screen.say(self.vault.words.text("ask.would-write", path=recorded.path), dim=True)
        if recorded.old is None:
            screen.say(recorded.new.decode("utf-8", "replace"))
            return
        old, new = (data.decode("utf-8", "replace").splitlines() for data in (recorded.old, recorded.new))
        for line in unified_diff(old, new, recorded.path, recorded.path, lineterm=""):
            screen.say(line, fg={"+": "green", "-": "red"}.get(line[:1]))

    def _rescued(self, dialogue: Dialogue) -> str:
        """Put what was said where it can be found, and say where that is."""
        from jobvault.actions.record import rescue, transcript

        try:
            return self.vault.words.text("ask.rescued", path=rescue(dialogue.answers))
        except OSError:
            return f"This is what you said:\n{transcript(dialogue.answers)}"
