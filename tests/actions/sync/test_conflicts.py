"""What two devices could not agree about, and keeping one of two."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from jobvault.actions import changes
from jobvault.actions.sync.conflicts import (
    Conflict,
    Marker,
    all_of,
    find_conflicts,
    keep,
    named,
    path_named,
    unclear,
)
from jobvault.errors import ChangedError, NotFoundError, RefusedError
from jobvault.vault.undo.store import open_undo
from tests.small_vault import SmallVault, block, debrief, make_vault

ACME = "Debriefs/2026-11-20 Acme panel.md"
COPY = "Debriefs/2026-11-20 Acme panel (conflicted copy 2026-11-23 101500).md"
SECOND = "Debriefs/2026-11-20 Acme panel.sync-conflict-20261123-101500-ABCDEFG.md"
LIST = "Follow-ups.md"
TEXT = debrief(takeaways="- Draw first\n")
LONG = TEXT + "".join(f"- Thought {number}\n" for number in range(40))


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(tmp_path / "vault", {ACME: TEXT, COPY: f"{TEXT}- Then talk\n", LIST: block("follow-ups")})


def kept(vault: SmallVault, text: str) -> bool:
    """Whether the undo store has a text."""
    return open_undo(vault.root, dt.datetime.now(dt.UTC)).holds(text.encode())


def only(vault: SmallVault) -> Conflict:
    [copy] = find_conflicts(vault.open()).copies
    return copy


# Finding


def test_a_copy_stands_beside_its_original_with_what_it_says_otherwise(vault: SmallVault) -> None:
    copy = only(vault)
    assert (copy.path, copy.original, copy.kind, copy.state) == (COPY, ACME, "copy", "differs")
    assert [line for line in copy.diff if line[:1] in "+-"] == [f"--- {ACME}", f"+++ {COPY}", "+- Then talk"]


def test_nothing_is_written_by_looking(vault: SmallVault) -> None:
    before = vault.bytes()
    find_conflicts(vault.open())
    assert vault.bytes() == before


@pytest.mark.parametrize(
    ("text", "state"),
    [(TEXT, "absorbable"), (TEXT.replace("\n", "\r\n"), "absorbable"), (f"{TEXT} ", "differs"), ("", "differs")],
)
def test_how_the_two_stand_to_each_other(vault: SmallVault, text: str, state: str) -> None:
    vault.write(COPY, text)
    copy = only(vault)
    assert copy.state == state
    assert bool(copy.diff) == (state == "differs")


def test_a_copy_of_nobodys_note_is_equal_at_most(vault: SmallVault) -> None:
    for path in (ACME, COPY):
        vault.write(path, "my words")
    assert only(vault).state == "equal"


def test_a_copy_whose_original_is_gone(vault: SmallVault) -> None:
    (vault.root / ACME).unlink()
    assert (only(vault).state, only(vault).diff) == ("alone", ())


def test_a_copy_or_an_original_that_cannot_be_read(vault: SmallVault) -> None:
    (vault.root / ACME).unlink()
    (vault.root / ACME).mkdir()
    assert only(vault).state == "unreadable"


def test_look_alikes_are_marked_as_such(vault: SmallVault) -> None:
    (vault.root / COPY).unlink()
    alike = ACME.replace(".md", " (1).md")
    vault.write(alike, TEXT)
    copy = only(vault)
    assert (copy.path, copy.original, copy.kind, copy.state) == (alike, ACME, "look-alike", "equal")
    vault.write(alike, TEXT.replace("company: Acme", "company: Birch"))
    assert not find_conflicts(vault.open()).copies


def test_marks_of_git_are_named_but_for_those_inside_of_a_block(vault: SmallVault) -> None:
    hunk = "<<<<<<< a\nmine\n=======\ntheirs\n>>>>>>> b\n"
    vault.write(ACME, f"{TEXT}\n{hunk}\n{hunk}")
    vault.write("Other.md", f"{block('takeaways').replace('<!-- jobvault:end', f'{hunk}<!-- jobvault:end')}\n{hunk}")
    vault.write("Nobody's.md", hunk)
    lines = vault.read(ACME).split("\n")
    first = lines.index("<<<<<<< a") + 1
    assert find_conflicts(vault.open()).markers == (
        Marker(ACME, first, first + 4),
        Marker(ACME, first + 6, first + 10),
        Marker("Other.md", 10, 14),
    )


# Which one


@pytest.fixture
def several(vault: SmallVault) -> tuple[SmallVault, tuple[Conflict, ...]]:
    vault.write(SECOND, f"{TEXT}- Then sing\n")
    vault.write("Birch (Case Conflict).md", "my words")
    return vault, find_conflicts(vault.open()).copies


def meant(vault: SmallVault, found: tuple[Conflict, ...], query: str) -> tuple[Conflict, ...]:
    """Return what words name, as the command asks for it."""
    return named(found, query, path_named(vault.open(), query))


@pytest.mark.parametrize(
    ("query", "paths"),
    [
        (COPY, [COPY]),
        (f"./{COPY}", [COPY]),
        (ACME, [COPY, SECOND]),
        ("ACME panel", [COPY, SECOND]),
        ("panel ABCDEFG", [SECOND]),
        ("birch", ["Birch (Case Conflict).md"]),
    ],
)
def test_a_path_or_words_name_them(
    several: tuple[SmallVault, tuple[Conflict, ...]], query: str, paths: list[str]
) -> None:
    vault, found = several
    assert [copy.path for copy in meant(vault, found, query)] == paths


def test_a_path_may_be_absolute_or_one_from_the_working_folder(
    several: tuple[SmallVault, tuple[Conflict, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, found = several
    monkeypatch.chdir(vault.root / "Debriefs")
    for path in (str(vault.root / COPY), COPY.removeprefix("Debriefs/")):
        assert [copy.path for copy in meant(vault, found, path)] == [COPY]


def test_what_names_nothing_is_an_error(several: tuple[SmallVault, tuple[Conflict, ...]]) -> None:
    vault, found = several
    with pytest.raises(NotFoundError, match="corvo"):
        meant(vault, found, "corvo")


def test_only_one_is_sure_and_only_the_copies_of_a_named_note_can_be_all(
    several: tuple[SmallVault, tuple[Conflict, ...]],
) -> None:
    _, found = several
    of_acme = [copy for copy in found if copy.original == ACME]
    assert unclear(of_acme[:1], "") is None
    for path in ("", ACME):
        assert all(copy.path in str(unclear(of_acme, path)) for copy in of_acme)
    assert unclear(found, "") is not None
    assert all_of(of_acme, ACME, "original") == tuple(of_acme)
    assert all_of(of_acme, ACME, "copy") == all_of(of_acme, "", "original") == ()
    assert all_of(of_acme[:1], ACME, "original") == ()


def test_what_only_looks_like_a_copy_is_meant_by_its_own_path_alone(vault: SmallVault) -> None:
    alike = ACME.replace(".md", " (1).md")
    vault.write(ACME, LONG)
    vault.write(alike, f"{LONG}- Found nowhere else\n")
    found = find_conflicts(vault.open()).copies
    assert [copy.kind for copy in found] == ["look-alike", "copy"]
    assert all(unclear(meant(vault, found, query), query) is not None for query in (ACME, "acme"))
    assert unclear(meant(vault, found, "(1)"), "(1)") is not None
    assert unclear(meant(vault, found, alike), alike) is None
    (vault.root / COPY).unlink()
    [only] = find_conflicts(vault.open()).copies
    assert alike in str(unclear([only], ""))
    assert all_of([only], ACME, "original") == ()


def test_a_copy_that_says_nothing_else_shows_no_lines_of_blocks(vault: SmallVault) -> None:
    vault.write(COPY, TEXT)
    vault.summarize()
    old = vault.read(LIST)
    vault.edit(ACME, "## Takeaways", "## Follow-ups\n\n- [ ] Send it\n\n## Takeaways")
    vault.summarize()
    vault.write("Follow-ups.sync-conflict-20261123-101500-ABCDEFG.md", old)
    assert vault.read(LIST) != old
    assert (only(vault).state, only(vault).diff) == ("absorbable", ())


# Keeping


def test_the_original_is_kept_and_the_copy_is_in_the_undo_store(vault: SmallVault) -> None:
    copy = only(vault)
    keep(vault.open(), [copy], "original")
    assert vault.read(ACME) == TEXT
    assert not (vault.root / COPY).exists()
    assert kept(vault, f"{TEXT}- Then talk\n")


def test_the_copy_is_kept_under_the_originals_name(vault: SmallVault) -> None:
    copy = only(vault)
    keep(vault.open(), [copy], "copy")
    assert vault.read(ACME) == f"{TEXT}- Then talk\n"
    assert not (vault.root / COPY).exists()
    assert kept(vault, TEXT)


def test_a_note_that_is_gone_comes_back_by_its_copy(vault: SmallVault) -> None:
    (vault.root / ACME).unlink()
    with pytest.raises(RefusedError, match="keep the copy"):
        keep(vault.open(), [only(vault)], "original")
    assert (vault.root / COPY).exists()
    keep(vault.open(), [only(vault)], "copy")
    assert vault.read(ACME) == f"{TEXT}- Then talk\n"
    assert not (vault.root / COPY).exists()


@pytest.mark.parametrize("side", ["original", "copy"])
def test_a_dry_run_writes_nothing(vault: SmallVault, side: str) -> None:
    before = vault.bytes()
    assert keep(vault.open(), [only(vault)], side, dry_run=True)  # type: ignore[arg-type]
    assert vault.bytes() == before


@pytest.mark.parametrize("path", [ACME, COPY])
def test_what_changed_since_it_was_shown_is_not_touched(vault: SmallVault, path: str) -> None:
    copy = only(vault)
    vault.edit(path, "Draw first", "Draw last")
    before = vault.read(ACME), vault.read(COPY)
    if path == COPY:
        with pytest.raises(ChangedError):
            keep(vault.open(), [copy], "original")
    else:
        with pytest.raises(ChangedError):
            keep(vault.open(), [copy], "copy")
    assert (vault.read(ACME), vault.read(COPY)) == before


def test_what_cannot_be_read_is_refused(vault: SmallVault) -> None:
    (vault.root / ACME).unlink()
    (vault.root / ACME).mkdir()
    for side in ("original", "copy"):
        with pytest.raises(RefusedError, match="cannot be read"):
            keep(vault.open(), [only(vault)], side)  # type: ignore[arg-type]


def test_killed_between_the_two_steps_nothing_is_lost(vault: SmallVault, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(changes, "remove", killed)
    with pytest.raises(KeyboardInterrupt):
        keep(vault.open(), [only(vault)], "copy")
    assert vault.read(ACME) == vault.read(COPY) == f"{TEXT}- Then talk\n"
    monkeypatch.undo()
    vault.summarize()
    assert not (vault.root / COPY).exists()
