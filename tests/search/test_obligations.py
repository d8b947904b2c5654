"""What is owed although no task says so; each obligation once."""

from __future__ import annotations

import pytest

from jobvault.model import FollowUp, Letter, Noun
from jobvault.search.obligations import Obligations
from tests.nouns import WORDS, debrief, follow_up, searching

PANEL = debrief("Acme", "2026-11-23", "panel", "Dana Reyes", "Hanna Abara", "Hanna Lind", "?, SRE, beard")


def owed(*nouns: Noun, tasks: list[FollowUp] | None = None) -> tuple[list[str], int]:
    """Return who is to be thanked for the first interview, and how many have no name."""
    search = searching(*nouns, follow_ups=tasks or [])
    found = Obligations(search, WORDS).thanks(search.debriefs[0])
    return [person.name for person in found.people], found.unnamed


def letter(to: str, **fields: str) -> Letter:
    return Letter(f"Letters/{to}.md", to, debrief="2026-11-23 Acme panel", **{"status": "draft", **fields})  # type: ignore[arg-type]


def drafts(*nouns: Noun, tasks: list[FollowUp] | None = None) -> list[tuple[str, str]]:
    found = Obligations(searching(*nouns, follow_ups=tasks or []), WORDS).drafts()
    return [(draft.letter.path, draft.to) for draft in found]


ALL = ["Dana Reyes", "Hanna Abara", "Hanna Lind"]


def test_everybody_met_is_to_be_thanked() -> None:
    assert owed(PANEL) == (ALL, 1)


@pytest.mark.parametrize(
    "fields",
    [{"outcome": "cancelled"}, {"outcome": "rejected"}, {"outcome": "withdrawn"}, {"format": "take-home"}],
)
def test_nothing_is_owed_for_a_take_home_a_cancelled_round_or_a_closed_process(fields: dict[str, str]) -> None:
    assert owed(debrief("Acme", "2026-11-23", "panel", "Dana Reyes", "?", **fields)) == ([], 0)
    assert owed(debrief("Acme", "2026-11-23", "take-home", "Dana Reyes", "?")) == ([], 0)


def test_a_chat_owes_thanks_and_nothing_else_whatever_became_of_the_application() -> None:
    chat = debrief("Acme", "2026-11-23", "chat", "Dana Reyes", "?, SRE")
    assert owed(chat) == (["Dana Reyes"], 0)
    assert owed(chat, debrief("Acme", "2026-11-24", outcome="rejected")) == (["Dana Reyes"], 0)


# --- tasks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Thank-you letter to [[Dana Reyes]] 📅 2026-11-25", ALL[1:]),
        ("Thank Dana", ALL[1:]),
        ("Thank Hanna Lind", ALL[:2]),
        ("Thanks to Dana and Hanna Lind", ["Hanna Abara"]),
        ("Thank Hanna", ALL),
        ("Send the thank-you letters", []),
        ("Send Dana the portfolio", ALL),
        ("Send the portfolio", ALL),
    ],
)
@pytest.mark.parametrize("status", ["open", "in-progress", "done", "cancelled"])
def test_a_task_of_the_round_stands_for_thanking_those_it_names_or_all(text: str, left: list[str], status: str) -> None:
    assert owed(PANEL, tasks=[follow_up(text, PANEL, status=status)])[0] == left


def test_a_task_of_another_round_does_not() -> None:
    other = debrief("Acme", "2026-11-24", "final", "Dana Reyes")
    assert owed(PANEL, other, tasks=[follow_up("Thank Dana", other)])[0] == ALL


@pytest.mark.parametrize(
    ("text", "unnamed"),
    [("Ask for the SRE's name", 0), ("Find out who the one with the beard was", 0), ("Ask for the name", 1)],
)
def test_a_task_that_speaks_of_the_unnamed_one_stands_for_asking(text: str, unnamed: int) -> None:
    assert owed(PANEL, tasks=[follow_up(text, PANEL)])[1] == unnamed


# --- letters --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fields", [{}, {"status": "sent"}, {"status": ""}, {"kind": "Thank you"}, {"kind": "thanks"}])
def test_a_letter_stands_for_thanking_its_recipient(fields: dict[str, str]) -> None:
    assert owed(PANEL, letter("Dana Reyes", **fields))[0] == ALL[1:]


def test_a_letter_of_another_kind_does_not() -> None:
    assert owed(PANEL, letter("Dana Reyes", kind="check-in"))[0] == ALL


def test_a_letter_to_a_link_that_leads_nowhere_stands_for_nobody_else() -> None:
    assert owed(PANEL, letter("Nobody", to_link="Nobody"))[0] == ALL


def test_a_draft_is_to_be_sent() -> None:
    assert drafts(PANEL, letter("Dana Reyes"), letter("Sam Elsewhere"), letter("Hanna Lind", status="sent")) == [
        ("Letters/Dana Reyes.md", "Dana Reyes"),
        ("Letters/Sam Elsewhere.md", "Sam Elsewhere"),
    ]


def test_task_letter_and_rule_are_one() -> None:
    task = follow_up("Thank Dana 📅 2026-11-25", PANEL)
    assert drafts(PANEL, letter("Dana Reyes"), tasks=[task]) == []
    assert owed(PANEL, letter("Dana Reyes"), tasks=[task])[0] == ALL[1:]
    check_in = letter("Dana Reyes", kind="check-in")
    assert drafts(PANEL, check_in, tasks=[task]) == [("Letters/Dana Reyes.md", "Dana Reyes")]


def test_no_draft_is_to_be_sent_where_nothing_is_owed_any_more() -> None:
    shut = debrief("Acme", "2026-11-23", "panel", "Dana Reyes", outcome="rejected")
    assert drafts(shut, letter("Dana Reyes")) == []
    assert drafts(Letter("L.md", "Dana", debrief="gone", status="draft"), PANEL) == []
