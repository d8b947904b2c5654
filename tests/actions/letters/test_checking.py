"""Which letters are checked, and how the notes on the disk are read for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobvault.actions.letters.checking import check_letters, drafts, letters_asked_for
from jobvault.actions.vault import Vault
from jobvault.errors import NotFoundError
from jobvault.vault.shipped import read_letter_check
from tests.letters.desk import GOOD, NOTES, letter
from tests.small_vault import SmallVault, make_vault


@pytest.fixture
def place(tmp_path: Path) -> SmallVault:
    return make_vault(
        tmp_path / "vault",
        {
            **NOTES,
            "Letters/Dana.md": letter(GOOD, 'subject: "The [role]"\n'),
            "Letters/Dana before.md": letter("Dear Dana,\n\nsee you.\n\nRobin\n", "sent: 2026-11-21\n").replace(
                "status: draft", "status: sent"
            ),
            "Letters/Priya.md": letter("Hi there,\n\nbye.\n", to="Priya Natarajan"),
            "Letters/Solveig.md": letter("Dear Solveig,\n\naudits.\n", to="Solveig Dahl", about=None),
        },
    )


def asked(vault: Vault, *words: str) -> list[str]:
    found = letters_asked_for(vault, words, lambda said: (), vault.root)
    return [one.path.removeprefix("Letters/") for one in found]


def test_without_words_all_that_are_not_sent(place: SmallVault) -> None:
    assert [one.path for one in drafts(place.open())] == ["Letters/Dana.md", "Letters/Priya.md", "Letters/Solveig.md"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["Letters/Priya.md"], ["Priya.md"]),
        (["Letters/Dana before.md"], ["Dana before.md"]),
        (["dana"], ["Dana.md"]),
        (["lumen"], ["Dana.md", "Priya.md"]),
        (["lumen", "priya"], ["Priya.md"]),
        (["solveig", "dana", "solveig"], ["Solveig.md", "Dana.md"]),
        (["Letters/Priya.md", "Letters/Dana before.md"], ["Priya.md", "Dana before.md"]),
    ],
)
def test_words_mean_letters_together_or_each(place: SmallVault, words: list[str], expected: list[str]) -> None:
    assert asked(place.open(), *words) == expected


@pytest.mark.parametrize("words", [["nobody"], ["dana", "nobody"], ["Debriefs/2026-11-20 Lumen Works panel.md"]])
def test_words_that_mean_no_letter(place: SmallVault, words: list[str]) -> None:
    with pytest.raises(NotFoundError):
        asked(place.open(), *words)


def test_what_stands_in_the_subject_has_its_line(place: SmallVault) -> None:
    vault = place.open()
    (found,) = check_letters(vault, letters_asked_for(vault, ["Letters/Dana.md"], lambda said: (), vault.root))
    assert [(one.code, one.line) for one in found.findings] == [("letter-placeholder", 7)]


def test_the_users_own_stock_phrases(place: SmallVault) -> None:
    place.write("jobvault.yaml", "letters:\n  stock_phrases: [one table a night]\n")
    vault = place.open()
    (found,) = check_letters(vault, letters_asked_for(vault, ["Letters/Dana.md"], lambda said: (), vault.root))
    assert "letter-stock" in {one.code for one in found.findings}


def test_checking_writes_nothing(place: SmallVault) -> None:
    before = place.bytes()
    vault = place.open()
    check_letters(vault, drafts(vault))
    assert place.bytes() == before


def test_the_lists_come_with_jobvault() -> None:
    assert [text.partition("language: ")[2][:2] for text in read_letter_check()] == ["de", "en"]
