"""``jobvault init --git`` and ``--syncthing``: what was laid down for sync, what for, and what is left to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jobvault.cli.session import Session

if TYPE_CHECKING:
    from jobvault.actions.sync.setup import Step

Sync = Mapping[str, Sequence["Step"]]
"""What each kind of sync needs, in order."""


def plan_sync(root: Path, *, git: bool, syncthing: bool) -> Sync:
    """Plan what was asked for; writes nothing. Raises ``JobvaultError`` where that cannot be."""
    planned: dict[str, Sequence[Step]] = {}
    if git:
        from jobvault.actions.sync.git import plan_git
        from jobvault.cli.init_obsidian import settings_at

        planned["git"] = plan_git(root, settings_at(root).folders.summaries, _holders(root))
    if syncthing:
        from jobvault.actions.sync.syncthing import plan_syncthing

        planned["Syncthing"] = plan_syncthing(root)
    return planned


def _holders(root: Path) -> list[str]:
    """Return the notes of a vault that hold generated blocks."""
    from jobvault.actions.vault import open_vault
    from jobvault.vault.places import is_vault

    return [reading.path for reading in open_vault(root).readings() if reading.blocks] if is_vault(root) else []


def set_up_sync(session: Session, root: Path, sync: Sync, *, dry_run: bool) -> None:
    """Do what was planned, and say it: each thing with what it is for, in the end what is left to the user."""
    for kind, steps in sync.items():
        session.screen.say(f"\nFor {kind}:", bold=True)
        if not dry_run and any(step.do for step in steps):
            _do(session, root, steps)
        for step in steps:
            _say(session, step, dry_run=dry_run)
        for line in _ADVICE[kind] if any(step.state == "to-do" for step in steps) else ():
            session.screen.say(line)


def _do(session: Session, root: Path, steps: Sequence[Step]) -> None:
    from jobvault.actions.vault import open_vault
    from jobvault.cli.command_words import command_words

    vault = open_vault(root)
    vault.by = command_words(session.arguments)
    for step in steps:
        if step.do:
            step.do(vault)


def _say(session: Session, step: Step, *, dry_run: bool) -> None:
    screen = session.screen
    hook = step.what == "the hook"
    if step.state == "kept":
        screen.say(f"{'would keep' if dry_run else 'kept'} {step.place}{'' if hook else f': {step.what}'}", dim=True)
    elif step.state == "yours":
        screen.say(f"left alone {step.place}: {step.why} To have it, add this line there:")
        screen.say(f"  {step.what}")
    else:
        done = ("would make" if dry_run else "made") if hook else ("would add to" if dry_run else "added to")
        screen.say(f"{done} {step.place}{'' if hook else f': {step.what}'}")
        screen.say(f"  {step.why}", dim=True)


_ADVICE: Mapping[str, Sequence[str]] = {
    "git": (
        "Commit .gitattributes and .gitignore. Git copies no hooks and settings, so run this once in each clone.",
        "After a pull, commit the summaries that changed, like any note.",
    ),
    "Syncthing": (
        "Syncthing does not sync .stignore: run this on each computer; on a phone, type the lines into the folder's",
        "ignore patterns. Summaries are synced, so that what you tick on the phone comes back.",
        "To get back what was overwritten or deleted, turn on File Versioning for the folder on one device.",
    ),
}
