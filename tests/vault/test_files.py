from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jobvault.errors import JobvaultError, NoVaultError
from jobvault.vault import entry, files, walk
from jobvault.vault.files import Entry, Scan, read, read_whole, scan, unsettled
from jobvault.vault.replacing.temps import temp_beside


def note(root: Path, path: str, data: bytes = b"x") -> Path:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return place


def paths(found: Scan) -> list[str]:
    return [one.path for one in found.entries]


def problems(found: Scan) -> list[tuple[str, str]]:
    return [(one.path, one.code) for one in found.skipped]


def test_notes_are_found_sorted_and_others_are_not(vault: Path) -> None:
    for path in ("b.md", "a/z.md", "a/b/c.MD", "ä.md", "A.mD", "note.md/in.md", "a b/c d.md"):
        note(vault, path)
    for path in ("x.txt", "md", "x.md.txt", ".hidden.md", ".obsidian/x.md", "a/.trash/y.md", "x.markdown", ".md"):
        note(vault, path)
    found = scan(vault, ())
    assert paths(found) == ["A.mD", "a b/c d.md", "a/b/c.MD", "a/z.md", "b.md", "note.md/in.md", "ä.md"]
    assert found == Scan(found.entries)


def test_an_entry_says_what_the_disk_says_and_read_agrees(vault: Path) -> None:
    status = note(vault, "a/b.md", b"hello").stat()
    expected = Entry("a/b.md", status.st_ino, 5, status.st_mtime_ns, status.st_ctime_ns)
    assert scan(vault, ()).entries == (expected,)
    assert read(vault, "a/b.md") == (b"hello", expected, None, b"", True)


def test_scanning_and_reading_change_nothing(vault: Path) -> None:
    place = note(vault, "a.md")
    os.utime(place, ns=(1, 1))
    os.chmod(place, 0o400)
    before = place.stat()
    scan(vault, ())
    read(vault, "a.md")
    after = place.stat()
    assert (before.st_mtime_ns, before.st_ctime_ns, before.st_mode) == (
        after.st_mtime_ns,
        after.st_ctime_ns,
        after.st_mode,
    )


def test_ignored_folders_are_not_even_opened(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in ("Templates/a.md", "Templates/b/c.md", "keep/a.md", "keep/a.draft.md"):
        note(vault, path)
    opened = []
    real = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: opened.append(path) or real(path))
    assert paths(scan(vault, ("Templates/", "**/*.draft.md"))) == ["keep/a.md"]
    assert not any("Templates" in path for path in opened)


def test_links_to_notes_count_once_and_never_lead_out(vault: Path, tmp_path: Path) -> None:
    note(vault, "real.md")
    note(vault, ".shared/hidden.md")
    note(tmp_path, "out.md", b"secret")
    (vault / "again.md").symlink_to("real.md")
    (vault / "shared.md").symlink_to(".shared/hidden.md")
    (vault / "shared2.md").symlink_to(".shared/hidden.md")
    (vault / "out.md").symlink_to(tmp_path / "out.md")
    (vault / "broken.md").symlink_to("none")
    (vault / "loop.md").symlink_to("loop.md")
    (vault / "null.md").symlink_to("/dev/null")
    (vault / "folder.md").symlink_to(".shared")
    found = scan(vault, ())
    assert paths(found) == ["real.md", "shared.md"]
    assert problems(found) == [
        ("broken.md", "not-a-file"),
        ("folder.md", "not-a-file"),
        ("loop.md", "not-a-file"),
        ("null.md", "link-leaves-vault"),
        ("out.md", "link-leaves-vault"),
    ]
    assert {one.severity for one in found.skipped} == {"warning"}
    assert read(vault, "shared.md").data == b"x"
    assert found.entries[1] == read(vault, "shared.md").entry
    for path in ("out.md", "null.md"):
        result = read(vault, path)
        assert result.data is None
        assert result.problem is not None
        assert result.problem.code == "link-leaves-vault"


def test_folders_are_not_followed_through_links(vault: Path, tmp_path: Path) -> None:
    note(vault, "real/a.md")
    note(tmp_path / "elsewhere", "b.md")
    (vault / "again").symlink_to("real")
    (vault / "self").symlink_to(".")
    (vault / "root").symlink_to(vault)
    (vault / "out").symlink_to(tmp_path / "elsewhere")
    (vault / "ring").symlink_to("ring")
    (vault / "plain.txt").symlink_to(tmp_path / "elsewhere" / "b.md")
    found = scan(vault, ())
    assert paths(found) == ["real/a.md"]
    assert problems(found) == [("out", "link-leaves-vault")]
    assert read(vault, "again/a.md").data == b"x"
    outside = read(vault, "out/b.md")
    assert outside.data is None
    assert outside.problem is not None


def test_pipes_sockets_and_devices_are_passed_over_without_waiting(vault: Path) -> None:
    os.mkfifo(vault / "pipe.md")
    os.mkfifo(vault / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(vault / "socket.md"))
        found = scan(vault, ())
        assert found.entries == ()
        assert problems(found) == [("pipe.md", "not-a-file"), ("socket.md", "not-a-file")]
        for path in ("pipe.md", "socket.md"):
            result = read(vault, path)
            assert result.data is None
            assert result.problem is not None
            assert result.problem.code == "not-a-file"


def test_a_folder_is_no_note(vault: Path) -> None:
    (vault / "folder.md").mkdir()
    result = read(vault, "folder.md")
    assert result.problem is not None
    assert result.problem.code == "not-a-file"


def test_names_that_are_not_utf8_are_reported_and_can_be_printed(vault: Path) -> None:
    base = os.fsencode(vault)
    os.mkdir(base + b"/caf\xe9")
    for name in (b"/\xff.md", b"/caf\xe9/ok.md", b"/caf\xe9/x.txt"):
        with open(base + name, "wb"):
            pass
    found = scan(vault, ())
    assert found.entries == ()
    assert {one.code for one in found.skipped} == {"name-not-utf8"}
    assert len(found.skipped) == 2
    for one in found.skipped:
        one.path.encode("utf-8")


def test_normalisation_twins_are_two_notes(vault: Path) -> None:
    note(vault, "\u00e9.md")
    note(vault, "e\u0301.md")
    assert len(scan(vault, ()).entries) == 2


def test_conflict_copies_are_kept_apart_also_those_with_other_endings(vault: Path) -> None:
    for path in ("a/n.md", "a/n (Case Conflict).md", "n.sync-conflict-20261123-101500-ABCDEFG.md", "x.md..path1"):
        note(vault, path)
    for path in ("y.txt..path1", "p (conflicted copy).png"):
        note(vault, path)
    found = scan(vault, ())
    assert paths(found) == ["a/n.md"]
    assert [(copy.entry.path, copy.original) for copy in found.conflicts] == [
        ("a/n (Case Conflict).md", "a/n.md"),
        ("n.sync-conflict-20261123-101500-ABCDEFG.md", "n.md"),
        ("x.md..path1", "x.md"),
    ]
    assert found.skipped == ()


def test_look_alikes_are_notes(vault: Path) -> None:
    for path in ("Acme round 2.md", "note (1).md", "note-LAPTOP.md"):
        note(vault, path)
    assert len(scan(vault, ()).entries) == 3


def test_leftovers_are_seen_wherever_notes_may_be(vault: Path) -> None:
    temp = temp_beside(note(vault, "a/n.md"))
    temp.write_bytes(b"half")
    found = scan(vault, ())
    assert found.leftovers == (f"a/{temp.name}",)
    assert paths(found) == ["a/n.md"]


def test_what_is_still_in_the_cloud_is_reported_and_not_opened(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note(vault, "a/.x.md.icloud")
    note(vault, ".y.png.icloud")
    assert problems(scan(vault, ())) == [("a/x.md", "not-downloaded")]
    assert problems(scan(vault, ("a",))) == []
    note(vault, "z.md")
    for module in (walk, files):
        monkeypatch.setattr(module, "HAS_PLACEHOLDERS", True)
        monkeypatch.setattr(module, "is_placeholder", lambda _status: True)
    assert ("z.md", "not-downloaded") in problems(scan(vault, ()))
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("it was opened"))
    result = read(vault, "z.md")
    assert result.problem is not None
    assert result.problem.code == "not-downloaded"


class Status:
    """A stat result as macOS and Windows have them."""

    def __init__(self, **values: int) -> None:
        self.__dict__.update(values)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, False),
        ({"st_flags": 0x40000000}, True),
        ({"st_flags": 0x20}, False),
        ({"st_file_attributes": 0x400000 | 0x20}, True),
        ({"st_file_attributes": 0x1000}, True),
        ({"st_file_attributes": 0x20}, False),
    ],
)
def test_placeholders_are_known_by_their_flags(values: dict[str, int], expected: bool) -> None:
    assert entry.is_placeholder(Status(**values)) is expected  # type: ignore[arg-type]


def test_a_vault_that_is_gone_or_closed_is_an_error(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoVaultError):
        scan(vault / "none", ())
    with pytest.raises(NoVaultError):
        scan(vault / "jobvault.yaml", ())

    def closed(_path: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(JobvaultError, match="cannot be listed: Permission denied"):
        scan(vault, ())


def test_a_closed_folder_is_reported_and_one_that_just_went_is_not(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in ("closed/a.md", "gone/b.md", "c.md"):
        note(vault, path)
    real = os.scandir

    def scandir(path: str) -> object:
        if path.endswith("closed/"):
            raise PermissionError(13, "Permission denied")
        if path.endswith("gone/"):
            raise FileNotFoundError(2, "No such file")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = scan(vault, ())
    assert paths(found) == ["c.md"]
    assert problems(found) == [("closed", "unreadable")]


def test_a_note_that_went_is_nothing_and_no_problem(vault: Path) -> None:
    for path in ("none.md", "none/none.md", "jobvault.yaml/none.md"):
        assert read(vault, path) == (None, None, None, b"", True)


@pytest.mark.parametrize("path", ["../x.md", "/etc/passwd", "a\0b.md", ""])
def test_no_path_out_of_the_vault_is_read(vault: Path, path: str) -> None:
    (vault.parent / "x.md").write_bytes(b"secret")
    result = read(vault, path)
    assert result.data is None
    assert result.problem is not None


@pytest.mark.parametrize("call", ["open", "read"])
@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(5, "Input/output error")])
def test_a_note_that_cannot_be_read_is_a_problem(
    vault: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: OSError
) -> None:
    note(vault, "a.md")

    def fail(*_args: object) -> None:
        raise error

    monkeypatch.setattr(os, call, fail)
    result = read(vault, "a.md")
    monkeypatch.undo()
    assert result.data is None
    assert result.problem is not None
    assert (result.problem.code, result.problem.severity, result.problem.path) == ("unreadable", "error", "a.md")
    assert str(error.strerror) in result.problem.message


def test_a_note_above_the_cap_gives_its_head_only(vault: Path) -> None:
    note(vault, "big.md", b"---\ntype: debrief\n---\n" + b"x" * 200_000)
    result = read(vault, "big.md", cap=100_000)
    assert result.data is None
    assert result.problem is not None
    assert (result.problem.code, result.problem.severity) == ("too-big", "error")
    assert len(result.head) == 64 * 1024
    assert result.head.startswith(b"---\ntype: debrief\n")
    assert result.entry is not None
    assert result.entry.size > 200_000
    note(vault, "fits.md", b"x" * 100_000)
    assert read(vault, "fits.md", cap=100_000).data == b"x" * 100_000


def during_read(monkeypatch: pytest.MonkeyPatch, acts: list[Callable[[], object]]) -> None:
    real = os.read

    def reading(fd: int, most: int) -> bytes:
        data = real(fd, most)
        if acts and data:
            acts.pop(0)()
        return data

    monkeypatch.setattr(os, "read", reading)


def test_a_note_that_changes_while_it_is_read_is_read_again(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = note(vault, "a.md", b"old")
    during_read(monkeypatch, [lambda: place.write_bytes(b"newer")])
    result = read(vault, "a.md")
    assert (result.data, result.settled) == (b"newer", True)
    assert result.entry == scan(vault, ()).entries[0]


def test_a_note_that_grows_all_the_time_is_not_settled_nor_read_without_end(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = note(vault, "a.md", b"x")

    def grow() -> None:
        with place.open("ab") as file:
            file.write(b"y" * 100)

    acts: list[Callable[[], object]] = [grow] * 50
    during_read(monkeypatch, acts)
    assert not read(vault, "a.md").settled
    assert len(acts) > 40


def test_of_many_notes_just_read_those_still_written_are_told_after_one_wait(vault: Path) -> None:
    places = [note(vault, f"{number}.md") for number in range(3)]
    entries = [one for number in range(3) if (one := read(vault, f"{number}.md").entry) is not None]
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        places[1].write_bytes(b"more")
        places[2].unlink()

    assert unsettled(vault, entries, sleep=nap) == {"1.md", "2.md"}
    assert unsettled(vault, [], sleep=nap) == frozenset()
    assert naps == [0.25]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells who has a file open")
def test_a_note_that_is_being_saved_in_place_is_not_settled(vault: Path) -> None:
    place = note(vault, "a.md", b"first half, second half")
    with place.open("wb") as file:
        file.write(b"first half, ")
        file.flush()
        assert not read(vault, "a.md").settled
        now = [0.0]

        def nap(seconds: float) -> None:
            now[0] += seconds

        def nap_beside_a_writer(seconds: float) -> None:
            nap(seconds)
            file.write(b".")
            file.flush()

        assert read_whole(vault, "a.md", clock=lambda: now[0], sleep=nap).data == b"first half, "
        assert now[0] == pytest.approx(1, abs=0.1)  # held open, and the same for a second
        now[0] = 0.0
        assert not read_whole(vault, "a.md", clock=lambda: now[0], sleep=nap_beside_a_writer).settled
        assert now[0] == pytest.approx(3, abs=0.1)

        def done(_: float) -> None:
            file.write(b"second half")
            file.close()

        result = read_whole(vault, "a.md", sleep=done)
    assert result.settled
    assert result.data is not None
    assert result.data.endswith(b"second half")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells who has a file open")
def test_a_note_that_is_only_kept_open_is_settled(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = note(vault, "a.md", b"long ago")
    later = place.stat().st_ctime + 3
    with place.open("r+b"):
        monkeypatch.setattr("jobvault.vault.files.time.time", lambda: later)
        assert read(vault, "a.md").settled
