"""`set` on notes as the real world has them: every byte outside of the value is identical, and again changes nothing."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path

from jobvault.actions.property_values import Spoken
from jobvault.actions.set_property import Wish, change_property
from jobvault.cli.dates import read_date, read_time
from tests.notes.real_front import RealNote, real_note
from tests.sizes import size
from tests.small_vault import TODAY, SmallVault, make_vault

NOTES = size(100, 500)
BY_THE_PROGRAM = size(4, 20)


def said_for(note: RealNote) -> list[str]:
    """Return what its property is set to: words that every form of a value can hold."""
    if note.key in ("outcome", "type"):
        return ["advanced" if note.key == "outcome" else "letter"]
    return ["one", "two"] if note.is_list else ["done"]


def wanted(note: RealNote) -> bytes:
    """Return the note with the value written in by hand."""
    text = note.written(said_for(note))
    below = note.value.startswith("\n") and not text.startswith("\n")
    return note.with_value(f" {text}" if below or not note.value else text)


def laid_out(root: Path, count: int) -> tuple[SmallVault, dict[str, RealNote]]:
    choose = random.Random(500)
    notes = {f"Notes/{number:03}.md": real_note(choose, number) for number in range(count)}
    return make_vault(root, {path: note.data() for path, note in notes.items()}), notes


def test_500_real_notes_keep_every_byte_outside_of_the_value(tmp_path: Path) -> None:
    vault, notes = laid_out(tmp_path / "vault", NOTES)
    spoken = Spoken(lambda text, name, _: read_date(text, TODAY, name), read_time)
    opened, forms = vault.open(), Counter[str]()
    for path, note in notes.items():
        wish = Wish(note.key, tuple(said_for(note)))
        done = change_property(opened, path, wish, spoken)
        assert (vault.root / path).read_bytes() == wanted(note), note.text
        assert done.changed
        forms["list" if note.is_list else "one"] += 1
        before = (vault.root / path).stat()
        assert not change_property(opened, path, wish, spoken).changed
        assert os.stat(vault.root / path) == before
    print(f"{len(notes)} notes set, {dict(forms)}, 0 refused")  # noqa: T201 - the figures of a full run
    assert min(forms.values()) > NOTES * 0.15


def test_the_same_by_the_real_program(tmp_path: Path) -> None:
    vault, notes = laid_out(tmp_path / "vault", BY_THE_PROGRAM * 2)
    untouched = vault.bytes()
    for path, note in list(notes.items())[::2]:
        for turn in ("Set ", f"{note.key.casefold()}"):
            done = vault.run("set", path, note.key, *said_for(note), "--own")
            assert (done.returncode, done.stderr) == (0, "")
            assert done.stdout.casefold().startswith(turn.casefold())
            assert (vault.root / path).read_bytes() == wanted(note)
        untouched.pop(path)
    assert {path: was for path, was in vault.bytes().items() if path in untouched} == untouched
