from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.errors import RefusedError
from jobvault.vault.inside import open_inside, printable, relative_to_vault, resolve_inside

BAD = [
    "",
    "/etc/passwd",
    "..",
    "../x.md",
    "a/../../x.md",
    "a/./b.md",
    "a//b.md",
    "a/",
    ".",
    "a\0b.md",
    "x" * 300,
    "é" * 130,
]


@pytest.mark.parametrize("path", BAD)
def test_paths_that_no_note_has_are_refused(vault: Path, path: str) -> None:
    with pytest.raises(RefusedError):
        resolve_inside(vault, path)
    with pytest.raises(RefusedError):
        open_inside(vault, path)


@pytest.mark.parametrize("path", ["x.md", "a b/c.md", "a/..b.md", "a.../b.md", ".hidden/x.md", "é/ü.md", "x" * 255])
def test_others_are_resolved_though_they_do_not_exist(vault: Path, path: str) -> None:
    found = resolve_inside(vault, path)
    assert found == Path(os.path.realpath(vault)) / path
    assert relative_to_vault(vault, found) == path


def test_links_inside_are_resolved_and_links_out_refused(vault: Path, tmp_path: Path) -> None:
    (vault / "real").mkdir()
    (vault / "real" / "note.md").write_bytes(b"in")
    (tmp_path / "out.md").write_bytes(b"out")
    (vault / "folder").symlink_to("real")
    (vault / "note.md").symlink_to("real/note.md")
    (vault / "out.md").symlink_to(tmp_path / "out.md")
    (vault / "outside").symlink_to(tmp_path)
    (vault / "loop.md").symlink_to("loop.md")
    for path in ("note.md", "folder/note.md"):
        assert resolve_inside(vault, path) == vault / "real" / "note.md"
        fd = open_inside(vault, path)
        assert os.read(fd, 9) == b"in"
        os.close(fd)
    for path in ("out.md", "outside/out.md", "outside/new.md"):
        with pytest.raises(RefusedError, match="leaves the vault"):
            resolve_inside(vault, path)
        with pytest.raises(RefusedError, match="leaves the vault"):
            open_inside(vault, path)
    with pytest.raises(OSError, match="symbolic links"):
        open_inside(vault, "loop.md")


def test_a_neighbour_whose_name_starts_alike_is_outside(vault: Path) -> None:
    twin = vault.with_name("vault-2")
    twin.mkdir()
    (vault / "link").symlink_to(twin)
    with pytest.raises(RefusedError):
        resolve_inside(vault, "link/x.md")


def test_the_vault_may_itself_be_a_link(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(vault)
    assert resolve_inside(tmp_path / "link", "x.md") == vault / "x.md"


@given(path=st.text(st.characters(exclude_categories=())))
def test_every_path_is_inside_or_refused(path: str, tmp_path: Path) -> None:
    try:
        found = resolve_inside(tmp_path, path)
    except RefusedError as error:
        str(error).encode()
    else:
        assert Path(os.path.realpath(tmp_path)) in found.parents


@given(st.text(st.characters(exclude_categories=())))
def test_every_path_can_be_printed(path: str) -> None:
    assert printable(path).encode() == path.encode("utf-8", "backslashreplace")
