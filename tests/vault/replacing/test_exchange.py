from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from jobvault.vault.replacing import exchange


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"1")
    other.write_bytes(b"2")
    return one, other


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="renameat2 is Linux's")


@linux
def test_two_names_are_exchanged(pair: tuple[Path, Path]) -> None:
    one, other = pair
    assert exchange.exchange(one, other)
    assert (one.read_bytes(), other.read_bytes()) == (b"2", b"1")


@linux
def test_a_missing_name_is_an_error_that_changes_nothing(pair: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        exchange.exchange(pair[0], tmp_path / "none")
    assert pair[0].read_bytes() == b"1"


@linux
def test_rename_new_does_not_replace(pair: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        exchange.rename_new(*pair)
    assert exchange.rename_new(pair[0], tmp_path / "third")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["other", "third"]


def test_a_system_without_it_says_so(pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "_renameat2", lambda: None)
    assert not exchange.exchange(*pair)
    assert not exchange.rename_new(pair[0], pair[0].with_name("third"))


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOSYS])
def test_a_file_system_without_it_says_so(pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    monkeypatch.setattr(exchange.ctypes, "get_errno", lambda: code)
    monkeypatch.setattr(exchange, "_renameat2", lambda: lambda *_args: -1)
    assert not exchange.exchange(*pair)
    assert pair[0].read_bytes() == b"1"
