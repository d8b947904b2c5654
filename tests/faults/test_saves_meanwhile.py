"""Row 3 of the reliability bar: an editor saves while jobvault edits the same note, and nothing it saved is lost."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from jobvault.actions.clock import now
from jobvault.errors import RefusedError
from jobvault.vault.files import read
from jobvault.vault.lock import vault_lock
from jobvault.vault.replacing import exchange, swap
from jobvault.vault.undo.store import UndoStore, open_undo
from jobvault.vault.write import replace, sweep
from tests.faults.saver import STYLES
from tests.faults.scenes import ACME, SHARED, lay_down
from tests.faults.strace import needs_strace, run_forked
from tests.sizes import size

NOTE = "Note.md"
START = b"state: 0\nThe user's words:\n"
IN_ITS_FILE = ("in-place", "append", "update")
A_GAP = 1000
"""Of so many saves, one may fall into the gap between a look at the note and the rename behind it."""

exchanging = pytest.mark.skipif(exchange._renameat2() is None, reason="this system cannot exchange two names")


@dataclass
class Race:
    """A note that is edited here as fast as it goes, while somebody else saves it."""

    root: Path
    undo: UndoStore
    edits: int = 0
    refused: int = 0
    saved: dict[str, str] = field(default_factory=dict)
    """What was saved, word by word → the style in which it was."""

    @property
    def note(self) -> Path:
        return self.root / NOTE

    def edit(self) -> None:
        """Flip the first line, as an edit of one span would."""
        data = read(self.root, NOTE).data
        if not data or not data.startswith(b"state: "):
            return  # it is being written
        new = data.replace(b"state: 0", b"state: 2", 1).replace(b"state: 1", b"state: 0", 1)
        new = new.replace(b"state: 2", b"state: 1", 1)
        try:
            self.edits += replace(self.root, NOTE, data, new, undo=self.undo, why="flip")
        except RefusedError:
            self.refused += 1

    def run(self, count: int, styles: Sequence[str], seed: int = 1) -> None:
        """Edit until an editor has saved that often, in these styles."""
        self.note.write_bytes(START)
        saver = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("saver.py")), str(self.note), str(count), str(seed), *styles],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert saver.stdout is not None
        assert saver.stdout.readline() == "ready\n"
        reader = threading.Thread(target=self._hear, args=(saver.stdout,))
        reader.start()
        with vault_lock(self.root):
            while saver.poll() is None:
                self.edit()
        reader.join(timeout=60)
        assert saver.returncode == 0
        with vault_lock(self.root):
            sweep(self.root, undo=self.undo)

    def _hear(self, lines: Sequence[str]) -> None:
        self.saved.update(line.split() for line in lines)

    @property
    def lost(self) -> dict[str, str]:
        """What was saved, and stands neither in the note nor in what was put aside for the user."""
        aside = [self.undo.read(entry.old) for entry in self.undo.entries() if entry.rescued and entry.old]
        there = b"\n".join([self.note.read_bytes(), *aside]).split(b"\n")
        return {word: style for word, style in self.saved.items() if word.encode() not in there}

    @property
    def put_aside(self) -> int:
        return sum(entry.rescued for entry in self.undo.entries())

    def left(self) -> list[str]:
        return [name for name in os.listdir(self.root) if name not in (NOTE, "jobvault.yaml")]


@pytest.fixture
def race(tmp_path: Path) -> Race:
    root = tmp_path / "vault"
    root.mkdir()
    (root / "jobvault.yaml").write_bytes(b"")
    return Race(root, open_undo(root, now(), "race"))


def is_fair(race: Race, count: int) -> None:
    """The race was one: both sides got through, and met."""
    figures = f"{len(race.saved)} saves, {race.edits} edits, {race.refused} refused, {race.put_aside} put aside"
    sys.stdout.write(f"{figures}, {len(race.lost)} lost\n")  # shown with -rP, and when it fails
    assert len(race.saved) >= count
    assert race.edits >= count // 50
    assert race.refused
    assert race.left() == []


@exchanging
def test_no_save_is_lost_where_names_can_be_exchanged(race: Race) -> None:
    count = size(150, 3000)
    race.run(count, STYLES)
    is_fair(race, count)
    assert race.lost == {}


def without_links(*_paths: object, **_named: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


@pytest.mark.parametrize("links", [True, False], ids=["second-names", "no-second-names"])
def test_without_an_exchange_hardly_a_save_into_the_notes_own_file_is_lost(
    race: Race, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    monkeypatch.setattr(swap, "exchange", lambda *_: False)
    if not links:
        monkeypatch.setattr(os, "link", without_links)
    count = size(80, 3000)
    race.run(count, IN_ITS_FILE)
    is_fair(race, count)
    assert len(race.lost) <= max(1, count // A_GAP)


def test_without_an_exchange_few_saves_are_lost_and_most_of_them_by_rename(
    race: Race, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "exchange", lambda *_: False)
    count = size(80, 3000)
    race.run(count, STYLES)
    is_fair(race, count)
    assert sum(style in IN_ITS_FILE for style in race.lost.values()) <= max(1, count // A_GAP)
    assert len(race.lost) < len(race.saved) / 10


VIM = ["vim", "-N", "-u", "NONE", "-i", "NONE", "-es", "-c", "normal Go{word}", "-c", "let v:errmsg = ''", "-c", "w!"]
SAY_SO = "if empty(v:errmsg) | call writefile(['saved'], '{said}') | endif"
"""Where the note changes under its hands, vim may end without a save and with exit code 0."""


@pytest.mark.parametrize(
    "save",
    [
        pytest.param([*VIM, "-c", SAY_SO, "-c", "qa!", "{note}"], id="vim"),
        pytest.param(["sed", "-i", "-e", "$a {word}", "-e", "$w {said}", "{note}"], id="sed"),
    ],
)
def test_nothing_is_lost_that_real_editors_save(race: Race, save: list[str], tmp_path: Path) -> None:
    if shutil.which(save[0]) is None:
        pytest.skip(f"{save[0]} is not installed")
    race.note.write_bytes(START)
    wanted = size(4, 100)

    def type_it() -> None:
        for word in (f"word-{number}." for number in range(30 * wanted)):
            if len(race.saved) == wanted:
                break
            said = tmp_path / word
            command = [part.format(word=word, note=race.note, said=said) for part in save]
            before = race.edits
            subprocess.run(command, check=False, timeout=60, stdin=subprocess.DEVNULL, capture_output=True)
            if said.exists() and said.read_bytes():
                race.saved[word] = save[0]
            until = time.monotonic() + 30
            while race.edits == before and time.monotonic() < until:
                time.sleep(0.001)

    editor = threading.Thread(target=type_it)
    editor.start()
    with vault_lock(race.root):
        while editor.is_alive():
            race.edit()
    editor.join()
    assert len(race.saved) == wanted
    assert race.edits >= wanted
    assert race.lost == {}
    assert race.left() == []


def test_ticking_from_the_shell_loses_no_save(tmp_path: Path) -> None:
    """The whole program, again and again, on a note that somebody is writing."""
    vault = lay_down(tmp_path / "vault")
    note = vault.root / ACME
    count = size(60, 600)
    saver = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("saver.py")), str(note), str(count), "3", "append", "rename"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert saver.stdout is not None
    ran = 0
    while saver.poll() is None:
        undo = ["--undo"] if ran % 2 else []
        run_forked(["done", *undo, "Ask Bob", *SHARED, "--vault", str(vault.root)], tmp_path)
        ran += 1
    assert ran
    words = [line.split()[0] for line in saver.stdout.read().splitlines()[1:]]
    assert len(words) == count
    text = note.read_bytes().decode()
    assert [word for word in words if word not in text] == []


REFUSED = ["-e", "inject=renameat2:error=EINVAL"]
NO_LINKS = ["-e", "inject=linkat,link:error=EPERM"]


@needs_strace
@pytest.mark.parametrize(
    "injected", [[], REFUSED, [*REFUSED, *NO_LINKS]], ids=["exchange", "second-names", "no-second-names"]
)
def test_mode_attributes_acl_and_link_are_kept_whatever_the_system_can_do(tmp_path: Path, injected: list[str]) -> None:
    """EINVAL is what many network file systems say to an exchange of names; some know no second names either."""
    vault = lay_down(tmp_path / "vault")
    note = vault.root / ACME
    if not set_acl(note):
        pytest.skip("there are no ACLs here: the acl tools are not installed, or the file system has none")
    real = vault.root / "Old" / "Real.md"
    note.rename(real)
    note.symlink_to("Real.md")
    before = (real.stat().st_mode, os.getxattr(real, "user.colour"), acl_of(real), real.stat().st_mtime_ns)
    command = ["done", "Ask Bob", *SHARED, "--vault", str(vault.root)]
    ran = run_forked(command, tmp_path, ["-o", os.devnull, "-e", "trace=renameat2,linkat,link", *injected])
    assert ran.code == 0, ran
    assert note.is_symlink()
    assert b"- [x] Ask Bob" in real.read_bytes()
    after = (real.stat().st_mode, os.getxattr(real, "user.colour"), acl_of(real))
    assert after == before[:3]
    assert b"user:12345:r--" in after[2]
    assert real.stat().st_mtime_ns > before[3]
    assert [name for name in vault.bytes() if ".tmp" in name] == []


def set_acl(note: Path) -> bool:
    if shutil.which("setfacl") is None:
        return False
    return subprocess.run(["setfacl", "-m", "u:12345:r,m::r", str(note)], check=False).returncode == 0


def acl_of(note: Path) -> bytes:
    return subprocess.run(["getfacl", "-cpn", str(note)], check=True, capture_output=True).stdout
