from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.vault.conflicts import conflict_original, look_alike_original

COPIES = {
    "Syncthing": "note.sync-conflict-20261123-101500-ABCDEFG.md",
    "Syncthing, old": "note.sync-conflict-20261123-101500.md",
    "Dropbox": "note (Dana's conflicted copy 2026-11-23).md",
    "Dropbox, typographic": "note (Dana’s conflicted copy 2026-11-23).md",
    "Dropbox, again": "note (Dana Reyes's conflicted copy 2026-11-23 (1)).md",
    "Dropbox, German": "note (In Konflikt stehende Kopie von Dana 2026-11-23).md",
    "Dropbox, German, other order": "note (Danas in Konflikt stehende Kopie 2026-11-23).md",
    "Dropbox, French": "note (Copie en conflit de Dana 2026-11-23).md",
    "Dropbox, Spanish": "note (Copia conflictiva de Dana 2026-11-23).md",
    "Dropbox, case": "note (Case Conflict).md",
    "Dropbox, case, second": "note (Case Conflict 1).md",
    "Dropbox, device and case": "note (laptop's Case Conflict 2).md",
    "Dropbox, encoding": "note (Unicode Encoding Conflict).md",
    "Dropbox, selective": "note (Selective Sync Conflict).md",
    "Nextcloud": "note (conflicted copy 2026-11-23 101500).md",
    "Nextcloud, user": "note (conflicted copy dana 2026-11-23 101500).md",
    "ownCloud": "note_conflict-20261123-101500.md",
    "Obsidian": "note (Conflicted copy Pixel 9 202611231015).md",
    "Seafile": "note (SFConflict dana@example.org 2026-11-23-10-15-00).md",
    "Resilio": "note.Conflict.md",
    "Resilio, second": "note.Conflict1.md",
    "Synology": "note_Danas-PC_Nov-23-1015-2026_Conflict.md",
    "Synology, case": "note_Danas-PC_Nov-23-1015-2026_CaseConflict_1.md",
    "pCloud": "note [conflicted].md",
    "rclone": "note.md..path1",
    "rclone, new": "note.md.conflict1",
    "rclone, suffix kept": "note.conflict2.md",
    "dated": "note (conflict 2026-11-23-10-15-00).md",
    "copy of a copy": "note (conflicted copy 2026-11-23 101500) (conflicted copy 2026-11-24 101500).md",
    "copies of two": "note.sync-conflict-20261123-101500-ABCDEFG (Case Conflict).md",
}


@pytest.mark.parametrize("name", COPIES.values(), ids=COPIES)
def test_copies_of_every_service_are_known_and_lead_to_their_original(name: str) -> None:
    assert conflict_original(name) == "note.md"
    assert conflict_original(f"A folder/2026 (conflicted)/{name}") == "A folder/2026 (conflicted)/note.md"


@pytest.mark.parametrize(
    "name",
    [
        "Acme round 2.md",
        "note (1).md",
        "note 2.md",
        "note-LAPTOP.md",
        "Case Conflict.md",
        "A conflict with my boss.md",
        "How I solved it (a conflict).md",
        "Tell me about a conflict (strong).md",
        "Team conflict 2026-11-23.md",
        "conflict.md",
        "(conflicted copy).md",
        "conflict-resolution.md",
        "note (case conflict of interest).md",
        ".sync-conflict-20261123-101500-ABCDEFG.md",
        "sync-conflict-20261123-101500-ABCDEFG.md",
        "note.sync-conflict-2026.md",
        "note.path1/x.md",
        "conflicts.path1x/note.md",
        "",
    ],
)
def test_a_users_own_words_about_conflicts_are_no_copies(name: str) -> None:
    assert conflict_original(name) is None
    assert conflict_original(f"note.Conflict.md/{name}") is None


@given(st.text(), st.sampled_from([name.removeprefix("note") for name in COPIES.values()]))
def test_any_name_with_such_an_ending_leads_to_a_name_without(stem: str, ending: str) -> None:
    stem = stem.replace("/", "")
    original = conflict_original(f"folder/{stem}{ending}")
    if original is None:
        assert not stem.strip(" .")
    else:
        assert original.startswith("folder/")
        assert conflict_original(original) is None


@given(st.text())
def test_no_text_breaks_it(path: str) -> None:
    original = conflict_original(path)
    assert original is None or len(original) < len(path)
    like = look_alike_original(path)
    assert like is None or len(like) < len(path)


@pytest.mark.parametrize(
    ("path", "original"),
    [
        ("a/note (1).md", "a/note.md"),
        ("a/note(2).md", "a/note.md"),
        ("note 2.md", "note.md"),
        ("Acme round 2.md", "Acme round.md"),
        ("note-LAPTOP.md", "note.md"),
        ("follow-up-DESKTOP-4F2.md", "follow-up.md"),
        ("note.md", None),
        ("follow-up.md", None),
        ("2026-11-23 Acme.md", None),
        ("2026-11-23.md", None),
        ("note 2026.md", None),
        ("-LAPTOP.md", None),
    ],
)
def test_look_alikes_by_name(path: str, original: str | None) -> None:
    assert look_alike_original(path) == original


@pytest.mark.parametrize(
    ("path", "among", "original"),
    [
        ("a/note-Danas-MacBook-Air.md", {"a/note.md"}, "a/note.md"),
        ("follow-up-Danas-Mac.md", {"follow.md", "follow-up.md"}, "follow-up.md"),
        ("note (1).md", {"a/note.md"}, None),
        ("Acme round 2.md", {"Acme round 1.md"}, None),
        ("2026-11-23.md", {"2026-11.md", "2026.md"}, None),
    ],
)
def test_look_alikes_among_the_notes_there_are(path: str, among: set[str], original: str | None) -> None:
    assert look_alike_original(path, among) == original
