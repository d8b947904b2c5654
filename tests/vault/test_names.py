from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jobvault.vault.inside import resolve_inside
from jobvault.vault.names import exists_alike, safe_name

RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"} | {
    f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"
}

anything = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.text('#|^:%[]\\/*?"<>. ~\0\n\u202e\u200b\ufe0f\u0301conulCOM1¹é\U0001f600'),
    st.builds(lambda word, end: word + end, st.sampled_from(sorted(RESERVED)), st.text(" .xX_")),
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Acme", "Acme"),
        ("Müller & Söhne GmbH", "Müller & Söhne GmbH"),
        ("Acme: A/B tests at 14:30?", "Acme A-B tests at 14-30"),
        ("What is [[this]] | that #tag ^block %%c%%", "What is this that tag block c"),
        ("  two   blanks\tand\nlines ", "two blanks and lines"),
        ("", "untitled"),
        ("...", "untitled"),
        ("???", "untitled"),
        (".hidden", "hidden"),
        ("../../etc/passwd", "etc-passwd"),
        ("~syncthing~x", "syncthing~x"),
        ("ends.", "ends"),
        ("ends . .", "ends"),
        ("con", "con_"),
        ("CON", "CON_"),
        ("nul.md", "nul_.md"),
        ("com¹", "com¹_"),
        ("nul . x", "nul_ . x"),
        ("Con Edison", "Con Edison"),
        ("Console", "Console"),
        ("a\u202eb\u200bc\ufeffd\0e\x1b[31m", "abcde 31m"),
        ("o\u0308", "\u00f6"),
        ("\ud800", "untitled"),
        ("日本語", "日本語"),
    ],
)
def test_names_read_as_they_were_meant(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(anything, st.integers(0, 300))
@example("con" + "x" * 300, 16)
@example("\u0301" * 300, 16)
@example("é" * 300, 17)
def test_every_name_is_safe(text: str, most: int) -> None:
    name = safe_name(text, most)
    assert name
    assert len(name.encode()) <= max(most, 16)
    assert not set(name) & set('#|^:%[]\\/*?"<>\0\n\t')
    assert all(unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in name)
    assert unicodedata.is_normalized("NFC", name)
    assert not name.startswith((".", " ", "~", "-"))
    assert not name.endswith((".", " "))
    assert name.partition(".")[0].rstrip(" ").casefold() not in RESERVED
    assert safe_name(name, most) == name


@given(text=anything)
def test_every_name_can_be_made_in_a_vault(text: str, tmp_path: Path) -> None:
    name = safe_name(text, 250) + ".md"
    path = resolve_inside(tmp_path, name)
    path.write_bytes(b"")
    assert name in os.listdir(tmp_path)


@pytest.mark.parametrize(
    ("there", "name", "alike"),
    [
        ("Acme.md", "acme.md", True),
        ("Acme.md", "Acme.md", True),
        ("Acme.md", "Acme2.md", False),
        ("\u00e9.md", "e\u0301.md", True),
        ("\u00c9.md", "e\u0301.md", True),
        ("STRASSE.md", "straße.md", True),
    ],
)
def test_twins_are_seen(tmp_path: Path, there: str, name: str, alike: bool) -> None:
    (tmp_path / there).write_bytes(b"")
    assert exists_alike(tmp_path, name) is alike


def test_a_folder_that_is_missing_holds_nothing(tmp_path: Path) -> None:
    assert not exists_alike(tmp_path / "none", "x")
