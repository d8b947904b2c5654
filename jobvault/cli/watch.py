"""``jobvault watch``: summaries current a moment after each save, and silence."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from jobvault.cli.command import command as make
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
    from jobvault.actions.summarize import Summary
    from jobvault.model import Problem

EXAMPLES = """
jobvault watch
jobvault watch --poll --vault ~/notes
"""


@make("watch", examples=EXAMPLES)
@click.option("--poll", is_flag=True, help="Look every two seconds: for file systems without events (network drives).")
@pass_session
def command(session: Session, poll: bool) -> None:
    """Keep the summaries true while you write; Ctrl-C ends it.

    Says one line for each change, and nothing else.
    """
    import signal
    import threading

    from jobvault.actions.clock import today_in
    from jobvault.actions.watching import Looker
    from jobvault.vault.watch import watch

    vault = session.open()
    vault.notes.patient = True
    named = vault.today if vault.today.explicit else None
    looker = Looker(vault, Reporter(session).report, session.screen.note, named)
    stop = threading.Event()

    def end(*_: object) -> None:
        """Let what is being written be finished; a second Ctrl-C takes it back."""
        writing = vault.undo is not None and not stop.is_set()
        stop.set()
        if not writing:
            raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else who started it has it ignored
        signal.signal(signal.SIGINT, end)
    with suppress(KeyboardInterrupt):
        session.screen.say(f"Watching {vault.root}. Ctrl-C ends it.")
        watch(
            vault.root,
            looker.look,
            stop=stop,
            poll=poll,
            warn=session.screen.note,
            today=lambda: today_in(vault.settings.timezone).date,
        )
    session.screen.say("Stopped watching.")


@dataclass(slots=True)
class Reporter:
    """Says what each run did; a problem is said when it comes up, not again while it stays."""

    session: Session
    said: frozenset[Problem] = frozenset()

    def report(self, summary: Summary) -> None:
        """Say one line where something was written."""
        from jobvault.cli.summarize import complain, sentence

        complain(self.session, [problem for problem in summary.problems if problem not in self.said])
        self.said = frozenset(summary.problems)
        if summary.stale:
            paths = [*(change.path for change in summary.changes), *(copy.path for copy in summary.absorbed)]
            names = ", ".join(paths)
            self.session.screen.say(f"{_clock()} {sentence(summary, written=True)} {names}")


def _clock() -> str:
    import datetime as dt

    return f"{dt.datetime.now().astimezone():%H:%M:%S}"
