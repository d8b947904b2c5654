"""The vault's own templates on the disk: read as safely as notes, and seen when they change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jobvault.errors import TemplateError
from jobvault.vault.own_templates import CAP, OwnTemplates
from jobvault.vault.shipped import template_names

NAME = "views/takeaways.md.j2"
FOLDER = "Templates/jobvault"
PLACE = f"{FOLDER}/{NAME}"


def write(vault: Path, path: str, text: bytes | str = "x") -> Path:
    place = vault / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return place


def test_what_stands_there_is_read(vault: Path) -> None:
    write(vault, PLACE, "\ufeffone\r\ntwo")
    own = OwnTemplates(vault, FOLDER)
    assert own.read(NAME) == "one\r\ntwo"
    assert own.place(NAME) == PLACE
    assert OwnTemplates(vault, "").place(NAME) == NAME


@pytest.mark.parametrize(
    "name",
    [NAME, "views/none.md.j2", "../jobvault.yaml", "words/en.yaml", "/etc/passwd.j2", "a//b.j2", ".git/x.j2", ""],
)
def test_what_is_not_there_or_is_no_templates_name_is_none(vault: Path, name: str) -> None:
    write(vault, "jobvault.yaml")
    write(vault, f"{FOLDER}/words/en.yaml")
    write(vault, f"{FOLDER}/.git/x.j2")
    assert OwnTemplates(vault, FOLDER).read(name) is None


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (b"", None, "empty"),
        (b" \n\t\n", None, "empty"),
        (b"one\ntwo \xff\n", 2, "UTF-8"),
        ("naïve".encode("utf-16"), 1, "UTF-8"),
        (b"x" * (CAP + 1), None, "MiB"),
    ],
)
def test_what_cannot_be_read_is_named(vault: Path, data: bytes, line: int | None, what: str) -> None:
    write(vault, PLACE, data)
    with pytest.raises(TemplateError, match=what) as error:
        OwnTemplates(vault, FOLDER).read(NAME)
    assert (error.value.path, error.value.line, error.value.own) == (PLACE, line, True)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no FIFO")
def test_a_pipe_or_a_folder_is_not_waited_for(vault: Path) -> None:
    (vault / FOLDER / "views").mkdir(parents=True)
    os.mkfifo(vault / PLACE)
    (vault / FOLDER / "views/people.md.j2").mkdir()
    for name in (NAME, "views/people.md.j2"):
        with pytest.raises(TemplateError, match="no regular file"):
            OwnTemplates(vault, FOLDER).read(name)


def test_a_link_is_followed_inside_of_the_vault_only(vault: Path, tmp_path: Path) -> None:
    write(vault, "elsewhere.md.j2", "inside")
    (tmp_path / "secret").write_text("secret")
    (vault / FOLDER / "views").mkdir(parents=True)
    (vault / PLACE).symlink_to(vault / "elsewhere.md.j2")
    (vault / FOLDER / "views/people.md.j2").symlink_to(tmp_path / "secret")
    own = OwnTemplates(vault, FOLDER)
    assert own.read(NAME) == "inside"
    with pytest.raises(TemplateError, match="leaves the vault"):
        own.read("views/people.md.j2")


def test_a_folder_that_is_a_link_out_of_the_vault_gives_nothing(vault: Path, tmp_path: Path) -> None:
    write(tmp_path, "shared/views/takeaways.md.j2", "secret")
    (vault / "Templates").mkdir()
    (vault / FOLDER).symlink_to(tmp_path / "shared")
    own = OwnTemplates(vault, FOLDER)
    assert own.names("views") == ()
    with pytest.raises(TemplateError, match="leaves the vault"):
        own.read(NAME)


def test_only_templates_are_listed(vault: Path) -> None:
    for name in ("b.md.j2", "a.md.j2", ".hidden.md.j2", "c.md", "a.sync-conflict-20261123-101500-ABCDEFG.md.j2"):
        write(vault, f"{FOLDER}/notes/{name}")
    write(vault, f"{FOLDER}/notes/below/d.md.j2")
    assert OwnTemplates(vault, FOLDER).names("notes") == ("notes/a.md.j2", "notes/b.md.j2")
    assert OwnTemplates(vault, FOLDER).names("views") == ()


def test_coming_changing_and_going_are_seen_once(vault: Path) -> None:
    own = OwnTemplates(vault, FOLDER)
    assert own.read(NAME) is None
    assert own.changed() == frozenset()
    place = write(vault, PLACE, "one")
    assert own.changed() == {PLACE}
    assert own.changed() == frozenset()
    write(vault, PLACE, "other")
    assert own.changed() == {PLACE}
    place.unlink()
    assert own.changed() == {PLACE}
    assert own.changed() == frozenset()


def test_what_nobody_asked_for_is_no_change(vault: Path) -> None:
    own = OwnTemplates(vault, FOLDER)
    write(vault, PLACE, "one")
    assert own.changed() == frozenset()


def test_a_patient_look_waits_for_a_save_to_end(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = OwnTemplates(vault, FOLDER)
    own.read(NAME)
    write(vault, PLACE, "half")
    monkeypatch.setattr("jobvault.vault.own_templates.unsettled", lambda _root, entries: {e.path for e in entries})
    assert own.changed(patient=True) == frozenset()
    assert own.still_changing
    monkeypatch.undo()
    assert own.changed(patient=True) == {PLACE}
    assert not own.still_changing


def test_ours_are_known_by_group() -> None:
    assert "views/takeaways.md.j2" in template_names("views")
    assert "notes/debrief.md.j2" in template_names("notes")
    assert template_names("words") == ()
