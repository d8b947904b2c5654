"""Files that are written for other programs: whole, in the right place, and over nothing that has another use."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from jobvault.errors import JobvaultError
from jobvault.vault import durable
from jobvault.vault.exported import Target, look_at


def look(file: Path, root: Path) -> Target:
    return look_at(file, root=root, suffix=".ics")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    root.mkdir()
    (root / "jobvault.yaml").touch()
    return root


def test_a_new_file_is_as_open_as_others_are(root: Path, tmp_path: Path) -> None:
    target = look(tmp_path / "new.ics", root)
    assert target.before is None
    old = os.umask(0o027)
    try:
        target.replace(b"new")
    finally:
        os.umask(old)
    assert (tmp_path / "new.ics").read_bytes() == b"new"
    if os.name != "nt":
        assert (tmp_path / "new.ics").stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes and links")
def test_one_that_is_there_keeps_its_mode_and_the_links_to_it(root: Path, tmp_path: Path) -> None:
    real, link = tmp_path / "elsewhere" / "real", tmp_path / "link.ics"
    real.parent.mkdir()
    real.write_bytes(b"old")
    real.chmod(0o666)
    link.symlink_to(real)
    target = look(link, root)
    assert target.before == b"old"
    target.replace(b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o666
    assert sorted(os.listdir(real.parent)) == ["real"]


@pytest.mark.parametrize("name", ["Debriefs.md", "jobvault.yaml", "none", ".obsidian", "a.ics.md"])
def test_in_the_vault_nothing_else_is_written(root: Path, name: str) -> None:
    with pytest.raises(JobvaultError, match=r"lies in the vault, so its name has to end in \.ics"):
        look(root / name, root)
    assert look(root / "A.ICS", root).before is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such links")
def test_nor_through_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "calendar.ics").symlink_to(root / "jobvault.yaml")
    with pytest.raises(JobvaultError, match="lies in the vault"):
        look(tmp_path / "calendar.ics", root)


def test_no_folder_is_made(root: Path, tmp_path: Path) -> None:
    with pytest.raises(JobvaultError, match="There is no folder"):
        look(tmp_path / "none" / "calendar.ics", root)
    assert not (tmp_path / "none").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_pipes_devices_and_folders_are_left_alone_and_nobody_waits(root: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ics")
    for place in (tmp_path / "pipe.ics", Path("/dev/null"), tmp_path):
        with pytest.raises(JobvaultError, match="is no regular file"):
            look(place, root)


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_on_a_full_disk_the_old_file_stays(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    file = tmp_path / "calendar.ics"
    file.write_bytes(b"old")
    target = look(file, root)

    def fail(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(*((Path, "replace", fail) if call == "replace" else (durable.os, call, fail)))
    with pytest.raises(JobvaultError, match=r"calendar\.ics cannot be written: No space left on device\."):
        target.replace(b"new")
    assert file.read_bytes() == b"old"
    assert sorted(os.listdir(tmp_path)) == ["calendar.ics", "vault"]


def test_a_file_that_may_not_be_read_is_named(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "calendar.ics"
    file.write_bytes(b"old")

    def refuse(*_args: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(JobvaultError, match=r"calendar\.ics cannot be read: Permission denied\."):
        look(file, root)
