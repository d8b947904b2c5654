"""``jobvault watch``: summaries current a moment after each save, and silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jobvault.cli.command import command as make
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
    from jobvault.actions.summarize import Summary

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

    from jobvault.actions.watching import Looker
    from jobvault.cli.summarize import complain, sentence
    from jobvault.vault.watch import watch

    vault = session.open()
    vault.patient = True
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    said: set[str] = set()

    def report(summary: Summary) -> None:
        fresh = [p for p in summary.problems if f"{p.path}:{p.line}:{p.code}:{p.message}" not in said]
        said.clear()
        said.update(f"{p.path}:{p.line}:{p.code}:{p.message}" for p in summary.problems)
        from dataclasses import replace

        complain(session.screen, replace(summary, problems=tuple(fresh)))
        if summary.changes:
            names = ", ".join(dict.fromkeys(change.path for change in summary.changes))
            session.screen.say(f"{_clock()} {sentence(summary, written=True)} {names}")

    looker = Looker(vault, report, session.screen.note, vault.today if vault.today.explicit else None)
    session.screen.say(f"Watching {vault.root}. Ctrl-C ends it.")
    try:
        watch(vault.root, looker.look, stop=stop, poll=poll, warn=session.screen.note)
    except KeyboardInterrupt:
        pass
    session.screen.say("Stopped watching.")


def _clock() -> str:
    import datetime as dt

    return f"{dt.datetime.now().astimezone():%H:%M:%S}"
