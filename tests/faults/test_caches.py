"""Row 30 of the reliability bar: what lies in the cache and state folders is missing, damaged or foreign.

Nothing is kept in the cache that cannot be made again, so answers and notes are always the same.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from jobvault.vault.places import cache_dir, vault_cache, vault_state
from tests.faults.scenes import ACME, SHARED, lay_down, notes_of, put_back
from tests.faults.strace import Ran, run_forked
from tests.sizes import FULL
from tests.small_vault import SmallVault

COMMANDS = (("show", "follow-ups", "--json"), ("check",), ("summarize",))
FILES = ("index", "index.db", "index.sqlite", "index.sqlite3", "index-wal", "notes.json")
"""Names that a cache may have; those that a run really leaves are damaged as well."""


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A vault whose summaries are behind, so that there is something to write."""
    vault = lay_down(tmp_path / "kept")
    vault.edit(ACME, "- [ ] Ask Bob", "- [ ] Ask Bob again")
    return vault.root


def played(kept: Path, root: Path) -> tuple[list[tuple[int, str, str]], dict[str, bytes]]:
    """Run the commands on the vault laid down anew; return what they said and what the notes hold after that."""
    put_back(kept, root)
    said = [run_forked([*command, *SHARED, "--vault", str(root)], root.parent) for command in COMMANDS]
    return [(ran.code, ran.out, ran.err) for ran in said], notes_of(root)


def every_file(folder: Path) -> Iterator[Path]:
    yield from (file for file in sorted(folder.rglob("*")) if file.is_file())


def damage(file: Path, how: str) -> None:
    data = file.read_bytes()
    dice = random.Random(file.name)
    file.write_bytes(
        {
            "empty": b"",
            "cut": data[: len(data) // 2],
            "torn": data[: len(data) // 2] + b"\0" * (len(data) - len(data) // 2),
            "noise": dice.randbytes(max(4096, len(data))),
            "another version": data.replace(b"1", b"9").replace(b'"v":', b'"w":'),
        }[how]
    )


HOW = ("empty", "cut", "torn", "noise", "another version")


@pytest.mark.parametrize("how", HOW)
def test_a_damaged_cache_changes_no_answer_and_no_note(kept: Path, tmp_path: Path, how: str) -> None:
    root = tmp_path / "vault"
    expected = played(kept, root)
    assert expected[1][ACME] == (kept / ACME).read_bytes()
    assert b"Ask Bob again" in expected[1]["Follow-ups.md"]
    vault_cache(root).mkdir(parents=True, exist_ok=True)
    for name in FILES:
        if not (vault_cache(root) / name).exists():
            (vault_cache(root) / name).write_bytes(b"SQLite format 3\0" + bytes(100))
    for file in every_file(cache_dir()):
        damage(file, how)
    assert played(kept, root) == expected


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    folder.chmod(0o500)
    try:
        yield
    finally:
        folder.chmod(0o700)


def test_a_missing_cache_folder_or_a_file_in_its_place_changes_nothing(kept: Path, tmp_path: Path) -> None:
    root = tmp_path / "vault"
    expected = played(kept, root)
    shutil.rmtree(cache_dir(), ignore_errors=True)
    assert played(kept, root) == expected
    shutil.rmtree(cache_dir(), ignore_errors=True)
    cache_dir().parent.mkdir(parents=True, exist_ok=True)
    cache_dir().write_bytes(b"a file")
    assert played(kept, root) == expected
    cache_dir().unlink()
    cache_dir().symlink_to(tmp_path / "nowhere" / "at all")
    assert played(kept, root) == expected


def test_a_read_only_cache_folder_changes_nothing(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "vault"
    expected = played(kept, root)
    if os.geteuid() == 0:  # nothing but such a place is read-only for root
        monkeypatch.setenv("XDG_CACHE_HOME", "/proc/1/no-place-to-write")
    else:
        cache_dir().mkdir(parents=True, exist_ok=True)
    with unwritable(cache_dir()) if os.geteuid() else unwritable(tmp_path / "kept"):
        assert played(kept, root) == expected


STATE = ("journal.jsonl", "pruned.json", "*", "lock")
EVERY = [(what, how) for what in STATE for how in HOW]
SOME = [*EVERY[: len(HOW)], ("pruned.json", "noise"), ("*", "empty"), ("lock", "noise")]


@pytest.mark.parametrize(("what", "how"), EVERY if FULL else SOME)
def test_a_damaged_undo_store_stops_no_work_and_changes_no_answer(
    kept: Path, tmp_path: Path, how: str, what: str
) -> None:
    root = tmp_path / "vault"
    expected = played(kept, root)
    found = [file for file in every_file(vault_state(root)) if what in ("*", file.name)]
    assert found
    for file in found:
        damage(file, how)
    assert played(kept, root) == expected
    ran = tick(root, tmp_path)
    assert ran.code == 0, ran
    assert "- [x] Ask Bob again" in SmallVault(root).read(ACME)
    undone = run_forked(["undo", *SHARED, "--vault", str(root)], tmp_path)
    assert undone.code == 0, undone
    assert notes_of(root) == expected[1]


def tick(root: Path, folder: Path) -> Ran:
    return run_forked(["done", "Ask Bob again", *SHARED, "--vault", str(root)], folder)
