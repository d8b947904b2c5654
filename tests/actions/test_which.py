"""Which note a QUERY means."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.actions.matching import with_beginnings, with_words
from jobvault.actions.which import Meant, debriefs_meant, last_debrief, names_something, notes_meant, only
from jobvault.cli.which import days_of
from jobvault.errors import AmbiguousError, NotFoundError
from tests.small_vault import TODAY, SmallVault, debrief, make_vault

ACME_SCREEN = "Debriefs/2026-11-10 Acme recruiter-screen.md"
ACME = "Debriefs/2026-11-20 Acme panel.md"
ACME_NEXT = "Debriefs/2026-12-01 Acme final.md"
BIRCH = "Debriefs/2026-11-24 Birch & Lowe technical.md"
CORVO = "Debriefs/2026-10-02 Corvo technical.md"
DELTA = "Debriefs/2026-12-05 Delta chat.md"
LIST, DANA = "Summaries/Follow-ups.md", "People/Dana Reyes.md"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(
        tmp_path / "vault",
        {
            ACME_SCREEN: debrief(date="2026-11-10", round_="recruiter-screen", front="people: Tom Ek\n"),
            ACME: debrief(front="people: [Dana Reyes, Lee Anders]\n", follow_ups="- [ ] Send the portfolio 🆔 abc\n"),
            ACME_NEXT: debrief(date="2026-12-01", round_="final", front="people: Dana Reyes\n"),
            BIRCH: debrief("Birch & Lowe", "2026-11-24", "technical", front="people: [Ann Lee, Planning Team]\n"),
            CORVO: debrief("Corvo", "2026-10-02", "technical", front="role: SRE\npeople: Tom Ode\n"),
            DELTA: debrief("Delta", "2026-12-05", "chat"),
            LIST: "# Follow-ups\n",
            DANA: "---\ntype: person\ncompany: Acme\n---\n",
            "Mine/Recipes.md": "words\n",
        },
        settings="companies:\n  Acme: [Acme Robotics GmbH]\n",
    )


def meant(vault: SmallVault, asked: str, today: dt.date = TODAY) -> list[str]:
    return [one.path for one in notes_meant(vault.open(today), asked, days_of(today))]


@pytest.mark.parametrize(
    ("asked", "paths"),
    [
        ("acme", [ACME]),
        ("ACME ROBOTICS GMBH", [ACME]),
        ("birch", [BIRCH]),
        ("acme final", [ACME_NEXT]),
        ("recruiter screen", [ACME_SCREEN]),
        ("dana", [ACME]),
        ("dana reyes", [ACME]),
        ("ann", [BIRCH]),
        ("tom", [ACME_SCREEN, CORVO]),
        ("tom corvo", [CORVO]),
        ("technical", [BIRCH, CORVO]),
        ("sre", [CORVO]),
        ("2026-11-20", [ACME]),
        ("yesterday", [BIRCH]),
        ("20 nov", [ACME]),
        ("acme 20 nov", [ACME]),
        ("tue birch", [BIRCH]),
        ("1 dec", [ACME_NEXT]),
        ("2026-11-20 acme panel", [ACME]),
        ("delta", [DELTA]),
        (ACME_SCREEN, [ACME_SCREEN]),
        ("Debriefs/2026-11-10 Acme recruiter-screen", [ACME_SCREEN]),
        ("./Summaries/Follow-ups.md", [LIST]),
        ("follow-ups", [LIST]),
        ("People/Dana Reyes", [DANA]),
        ("recipes", ["Mine/Recipes.md"]),
        ("ecip", ["Mine/Recipes.md"]),
        ("people/", [DANA]),
        ("nothing like it", []),
        ("20 dec", []),
        ("", []),
    ],
)
def test_words_days_and_paths(vault: SmallVault, asked: str, paths: list[str]) -> None:
    assert meant(vault, asked) == paths


def test_an_absolute_path_in_the_vault_is_a_note_and_another_is_none(vault: SmallVault) -> None:
    assert meant(vault, str(vault.root / ACME)) == [ACME]
    assert meant(vault, str(vault.root.parent / "elsewhere.md")) == []


def test_an_id_means_the_line_of_its_follow_up(vault: SmallVault) -> None:
    opened = vault.open()
    [item] = opened.follow_ups
    for asked in (item.id, item.id[:3], item.id[:5].upper()):
        assert notes_meant(opened, asked, days_of(TODAY)) == (Meant(ACME, item.line, "Send the portfolio"),)


def test_a_companys_latest_is_not_in_the_future_unless_all_are(vault: SmallVault) -> None:
    assert meant(vault, "acme", dt.date(2026, 11, 12)) == [ACME_SCREEN]
    assert meant(vault, "acme", dt.date(2026, 11, 1)) == [ACME_SCREEN]
    assert meant(vault, "acme", dt.date(2026, 12, 24)) == [ACME_NEXT]


def test_the_last_debrief_is_the_latest_up_to_today(vault: SmallVault) -> None:
    assert last_debrief(vault.open()).path == BIRCH
    assert last_debrief(vault.open(dt.date(2026, 11, 23))).path == ACME
    with pytest.raises(NotFoundError, match="jobvault new"):
        last_debrief(vault.open(dt.date(2026, 1, 1)))


def test_two_people_with_one_first_name_give_both_their_notes(vault: SmallVault) -> None:
    vault.edit(CORVO, "Tom Ode", "Dana Smith")
    assert meant(vault, "dana") == [ACME, CORVO]
    assert meant(vault, "dana smith") == [CORVO]


def test_debriefs_alone_can_be_asked_for_and_some_of_them(vault: SmallVault) -> None:
    opened = vault.open()
    days = days_of(TODAY)
    assert debriefs_meant(opened, "follow-ups", days) == ()
    screens = [debrief for debrief in opened.debriefs if debrief.round == "recruiter-screen"]
    assert [one.path for one in debriefs_meant(opened, "acme", days, screens)] == [ACME_SCREEN]


def test_several_are_listed_and_a_slip_is_named(vault: SmallVault) -> None:
    opened = vault.open()
    several = notes_meant(opened, "technical", days_of(TODAY))
    with pytest.raises(AmbiguousError) as refused:
        only(opened, "technical", several, "Say more.")
    assert refused.value.candidates == (f"{BIRCH} · Ann Lee, Planning Team", f"{CORVO} · Tom Ode")
    assert str(refused.value).endswith("\nSay more.")
    many = [Meant(f"{number}.md") for number in range(20)]
    with pytest.raises(AmbiguousError, match="and 8 more"):
        only(opened, "x", many, "")
    for slip, name in {"acmee": "Acme", "Dana Ryes": "Dana Reyes", "Brich": "Birch", "technicl": "technical"}.items():
        with pytest.raises(NotFoundError, match=f"Did you mean “{name}”"):
            only(opened, slip, (), "")
    with pytest.raises(NotFoundError, match="Name a company"):
        only(opened, "xyzzy", (), "")
    assert only(opened, "birch", [Meant(BIRCH)], "") == Meant(BIRCH)


@pytest.mark.parametrize(
    ("word", "known"),
    [("acme", True), ("Birch", True), ("lowe", False), ("Dana", True), ("reyes", True), ("panel", True), ("send", False),
     ("", False), ("onsite", False)],
)  # fmt: skip
def test_words_that_name_something(vault: SmallVault, word: str, known: bool) -> None:
    assert names_something(vault.open(), word) is known


def test_words_within_words_and_beginnings() -> None:
    texts = ["Anna Lee", "planning", "2026-11-20", "C++"]
    assert with_words(texts, "ann", str) == ["Anna Lee", "planning"]
    assert with_beginnings(texts, "ann", str) == ["Anna Lee"]
    assert with_beginnings(texts, "lee an", str) == ["Anna Lee"]
    assert with_beginnings(texts, "20", str) == ["2026-11-20"]
    assert with_beginnings(texts, "202", str) == []
    assert with_words(texts, "?!", str) == with_beginnings(texts, "", str) == []


@given(st.text(max_size=20))
def test_nobody_is_surprised_by_odd_words(asked: str) -> None:
    found = with_words(["Anna Lee", "planning"], asked, str)
    assert set(with_beginnings(["Anna Lee", "planning"], asked, str)) <= set(found)
