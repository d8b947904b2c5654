from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from jobvault.vault import durable


def test_put_makes_and_replaces_and_leaves_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "file"
    durable.put(file, b"one")
    durable.put(file, b"two")
    assert file.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [file]
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_failing_put_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    file = tmp_path / "file"
    durable.put(file, b"old")

    def fail(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(*((Path, "replace", fail) if call == "replace" else (os, call, fail)))
    with pytest.raises(OSError, match="No space"):
        durable.put(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_short_writes_are_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: real(fd, bytes(data)[:3]))
    durable.write_new(tmp_path / "file", b"0123456789")
    assert (tmp_path / "file").read_bytes() == b"0123456789"


def test_write_new_never_replaces_nor_follows_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    for name in ("there", "link"):
        with pytest.raises(FileExistsError):
            durable.write_new(tmp_path / name, b"new")
    assert (tmp_path / "there").read_bytes() == b"old"
    assert not (tmp_path / "target").exists()


def test_read_all_stops_one_byte_above_the_cap(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"0123456789")
    fd = os.open(file, durable.READ_FLAGS)
    try:
        assert durable.read_all(fd, 4) == b"01234"
        assert durable.read_all(fd, 10) == durable.read_all(fd) == b"0123456789"
    finally:
        os.close(fd)


def test_a_folder_that_cannot_be_synced_is_no_error_but_a_failing_disk_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(code: int) -> None:
        def fsync(_fd: int) -> None:
            raise OSError(code, os.strerror(code))

        monkeypatch.setattr(os, "fsync", fsync)

    fail(errno.EINVAL)
    durable.sync_folder(tmp_path)
    fail(errno.EIO)
    with pytest.raises(OSError, match="Input/output"):
        durable.sync_folder(tmp_path)
