"""The vaults in which faults are made, and the commands that meet them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.small_vault import SmallVault, block, debrief, make_vault

ACME = "Old/Acme.md"
NEW = "Debriefs/2026-11-24 Zeta phone.md"
SHARED = ("--today", "2026-11-25", "--no-input")


def lay_down(root: Path) -> SmallVault:
    """Make a vault that is up to date: a debrief with mode 0640 and attributes, and two notes with blocks."""
    tasks = "- [ ] Send a note to Ann 📅 2026-11-26\n- [ ] Ask Bob\n"
    notes = {
        ACME: debrief(follow_ups=tasks, front="people:\n  - Ann  # hers\n", body="## Notes\n\nÄ\r\n"),
        "Follow-ups.md": f"# Mine\n\n{block('follow-ups')}\nMore of mine.\n",
        "Summary.md": f"Mine.\n\n{block('today')}",
    }
    vault = make_vault(root, notes)
    vault.summarize()
    for path in notes:
        (root / path).chmod(0o640)
        with suppress(AttributeError, OSError):
            os.setxattr(root / path, "user.colour", b"green")
    return vault


def _tick_in_block(vault: SmallVault) -> None:
    note = vault.root / "Follow-ups.md"
    text = note.read_bytes()
    assert b"- [ ] Ask Bob" in text
    note.write_bytes(text.replace(b"- [ ] Ask Bob", b"- [x] Ask Bob"))


@dataclass(frozen=True, slots=True)
class Scene:
    """A command, what it meets, and what it names where it fails."""

    name: str
    arguments: tuple[str, ...]
    before: Callable[[SmallVault], None] = lambda _vault: None
    source: str = ACME
    """The note that is written first; the summaries follow from it."""
    goes_on: bool = False
    """Whether `summarize` does what is left of it, if it had not begun."""


SCENES = (
    Scene("done", ("done", "Ask Bob")),
    Scene("new", ("new", "Zeta", "--round", "phone", "--on", "2026-11-24", "--no-edit"), source=NEW),
    Scene("tick", ("summarize",), before=_tick_in_block, goes_on=True),
    Scene("set", ("set", ACME, "outcome", "rejected")),
)


def notes_of(root: Path) -> dict[str, bytes]:
    """Return the bytes of every file of a vault, hidden ones too, by path."""
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}


def folders_of(root: Path) -> set[str]:
    """Return all folders of a vault."""
    return {folder.relative_to(root).as_posix() for folder in root.rglob("*") if folder.is_dir()}


def put_back(source: Path, root: Path) -> None:
    """Lay a vault down as it was kept, attributes too."""
    if root.exists():
        shutil.rmtree(root)
    shutil.copytree(source, root)


Notes = Mapping[str, bytes]
