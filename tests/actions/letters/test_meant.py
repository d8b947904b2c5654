"""Which letter is meant."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from jobvault.actions.letters.meant import letter_at, letters_meant, nothing_meant
from jobvault.errors import NotFoundError, RefusedError, UsageError
from tests.small_vault import SmallVault, debrief, make_vault

PANEL = "Debriefs/2026-11-20 Acme panel.md"
DANA, TOM = "Letters/2026-11-21 Thank-you Dana Reyes.md", "Letters/2026-11-21 Thank-you Tom Iyer.md"
OLD, LEE = "Letters/2026-11-02 Thank-you Dana Reyes.md", "Elsewhere/lee.md"


def letter(to: str, about: str, kind: str = "thank-you", status: str = "draft", subject: str = "x") -> str:
    return f'---\ntype: letter\nto: {to}\ndebrief: "[[{about}]]"\nkind: {kind}\nsubject: {subject}\nstatus: {status}\n---\n\nDear\n'


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    people = "## People met\n\n### Dana Reyes\n\n### Tom Iyer\n"
    return make_vault(
        tmp_path / "vault",
        {
            PANEL: debrief(body=people),
            "Debriefs/2026-11-01 Acme recruiter-screen.md": debrief(date="2026-11-01", round_="recruiter-screen", body=people),
            "Debriefs/2026-11-18 Birch technical.md": debrief("Birch", "2026-11-18", "technical", body="## People met\n\n### Lee Okafor\n"),
            DANA: letter("Dana Reyes", "2026-11-20 Acme panel", subject="The half-cent"),
            TOM: letter("Tom Iyer", "2026-11-20 Acme panel", status="sent"),
            OLD: letter("Dana Reyes", "2026-11-01 Acme recruiter-screen", status="sent"),
            LEE: letter("Lee Okafor", "2026-11-18 Birch technical", "promised", status=""),
            "Broken.md": "---\ntype: letter\nto: a\nto: b\n---\n",
            "Dana.md": "A note of my own.\n",
        },
    )  # fmt: skip


def days(said: str) -> tuple[dt.date, ...]:
    return (dt.date(2026, 11, 20),) if said == "fri" else ()


def meant(vault: SmallVault, asked: str, cwd: Path | None = None) -> list[str]:
    return [one.path for one in letters_meant(vault.open(), asked, days, cwd or Path("/"))]


@pytest.mark.parametrize(
    ("asked", "paths"),
    [
        ("dana", [DANA]),
        ("Dana", [DANA]),
        ("acme", [DANA]),
        ("acme dana", [DANA]),
        ("half-cent", [DANA]),
        ("fri", [DANA]),
        ("tom", [TOM]),
        ("recruiter screen", [OLD]),
        ("birch", [LEE]),
        ("promised", [LEE]),
        ("lee", [LEE]),
        ("okafor", [LEE]),
        (OLD, [OLD]),
        (OLD.removesuffix(".md"), [OLD]),
        ("2026-11-02 Thank-you Dana Reyes", [OLD]),
        ("thank", [DANA]),
        ("2026", [DANA]),
        ("nobody", []),
        ("", []),
    ],
)
def test_by_whom_it_is_to_company_round_day_kind_subject_and_name(
    vault: SmallVault, asked: str, paths: list[str]
) -> None:
    assert sorted(meant(vault, asked)) == sorted(paths)


def test_a_file_counts_from_the_folder_one_is_in(vault: SmallVault) -> None:
    assert meant(vault, "lee.md", vault.root / "Elsewhere") == [LEE]
    assert meant(vault, "../Elsewhere/lee.md", vault.root / "Letters") == [LEE]
    assert meant(vault, str(vault.root / OLD)) == [OLD]
    assert meant(vault, "Dana", vault.root) == [DANA], "a note of that name that is no letter is not meant"
    assert meant(vault, "lee", vault.root / "Elsewhere") == [LEE]


def test_where_all_were_sent_they_are_meant(vault: SmallVault) -> None:
    vault.edit(DANA, "status: draft", "status: sent")
    assert sorted(meant(vault, "dana")) == sorted([OLD, DANA])


@pytest.mark.parametrize(("asked", "why"), [(PANEL, "is no letter"), ("Dana.md", "is no letter")])
def test_a_note_that_is_no_letter_is_refused(vault: SmallVault, asked: str, why: str) -> None:
    with pytest.raises(NotFoundError, match=why):
        meant(vault, asked)


def test_one_that_cannot_be_read_is_refused_with_its_line(vault: SmallVault) -> None:
    with pytest.raises(RefusedError, match=r"Broken\.md:4: "):
        meant(vault, "Broken.md")
    with pytest.raises(UsageError, match="is no note"):
        meant(vault, "jobvault.yaml", vault.root)
    assert letter_at(vault.open(), DANA).subject == "The half-cent"


def test_where_none_is_meant_it_says_what_is_near(vault: SmallVault, tmp_path: Path) -> None:
    assert "Did you mean “Dana”?" in str(nothing_meant(vault.open(), "dnaa"))
    assert "Name whom it is to" in str(nothing_meant(vault.open(), "zzz"))
    assert "There is no letter yet." in str(nothing_meant(make_vault(tmp_path / "empty").open(), "dana"))
