"""A note's text from before a command, given to whoever wants it by hand; and which note is meant."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from jobvault.actions.undo import command_named, history, last_of, store_of, told
from jobvault.errors import AmbiguousError, NotFoundError
from jobvault.vault.inside import printable
from jobvault.vault.places import expanded
from jobvault.vault.undo.commands import UndoCommand

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault


def old_bytes(vault: Vault, name: str, note: str) -> bytes:
    """Return a note's bytes from before a command, or those that were put aside.

    ``note`` is its path in the vault or from the working folder, or the end of it. Raises ``NotFoundError`` and
    ``AmbiguousError``.
    """
    one = command_named(history(vault), name) if name else last_of(history(vault))
    entries = one.entries if isinstance(one, UndoCommand) else (one.entry,)
    paths = _called(vault, list(dict.fromkeys(entry.path for entry in entries)), note)
    if len(paths) > 1:
        raise AmbiguousError(f"“{note}” could be any of these:", tuple(map(printable, paths)))
    if not paths:
        rows = ", ".join(dict.fromkeys(printable(entry.path) for entry in entries))
        raise NotFoundError(f"{told(one)} ({one.short}) did not write “{note}”, but: {rows}.")
    old = next(entry.old for entry in entries if entry.path == paths[0])
    if old is None:
        raise NotFoundError(f"{printable(paths[0])} was not there before {told(one)} ({one.short}), so it has no text.")
    return store_of(vault).read(old)


def notes_of(vault: Vault, name: str) -> tuple[str, ...]:
    """Return the notes of which there is a text from before a command. Raises as :func:`old_bytes` does."""
    one = command_named(history(vault), name) if name else last_of(history(vault))
    entries = one.entries if isinstance(one, UndoCommand) else (one.entry,)
    return tuple(dict.fromkeys(printable(entry.path) for entry in entries if entry.old is not None))


def _called(vault: Vault, paths: Sequence[str], note: str) -> list[str]:
    """Return the paths that somebody means: that very one, the one from the working folder, or those that end so.

    The end of a path is looked for first as whole names, then as any end of it. ``.md`` can be left out.
    """
    asked = [wanted for wanted in (note, f"{note}.md") if note.strip()]
    here = [_from_here(vault.root, wanted) for wanted in asked]
    ways: tuple[Callable[[str], bool], ...] = (
        lambda shown: shown in asked,
        lambda shown: shown in here,
        lambda shown: any(shown.endswith(f"/{wanted}") for wanted in asked),
        lambda shown: any(shown.endswith(wanted) for wanted in asked),
    )
    found = ([path for path in paths if fits(printable(path))] for fits in ways)
    return next((fitting for fitting in found if fitting), [])


def _from_here(root: Path, note: str) -> str:
    """Return a path from the working folder, or an absolute one, as the vault has it; the note may be gone."""
    with suppress(OSError, RuntimeError, ValueError):
        place = Path(os.path.abspath(expanded(note)))  # noqa: PTH100 - the note may be a link
        inside = os.path.relpath(os.path.realpath(place.parent), os.path.realpath(root))
        return (Path(inside) / place.name).as_posix()
    return note
