"""What is owed although no task says so; each obligation once."""

from __future__ import annotations

import datetime as dt
from typing import Any

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


def letter(to: str, **fields: Any) -> Letter:
    values = {"path": f"Letters/{to}.md", "debrief": "2026-11-23 Acme panel", "status": "draft", **fields}
    return Letter(to=to, **values)


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


def test_thanks_and_drafts_say_by_when() -> None:
    search = searching(PANEL, letter("Dana Reyes"), letter("Tom Ode", kind="promised"))
    owed = Obligations(search, WORDS)
    assert str(owed.thanks(PANEL).due) == "2026-11-24"
    assert [(draft.to, draft.kind, str(draft.due)) for draft in owed.drafts()] == [
        ("Dana Reyes", "thank-you", "2026-11-24"),
        ("Tom Ode", "promised", "None"),
    ]


# --- one obligation is one item -------------------------------------------------------------------------------------


def test_of_two_drafts_for_one_obligation_there_is_one_and_none_once_it_was_sent() -> None:
    two = [letter("Dana Reyes", path=f"Letters/{n}.md") for n in (1, 2)]
    assert drafts(PANEL, *two) == [("Letters/2.md", "Dana Reyes")]
    assert drafts(PANEL, *two, letter("Dana Reyes", status="sent")) == []
    assert drafts(PANEL, letter("Hanna Lind"), letter("Dana Reyes", status="sent")) == [
        ("Letters/Hanna Lind.md", "Hanna Lind")
    ]


def test_a_question_is_one_a_process() -> None:
    earlier = debrief("Acme", "2026-11-10", "technical", "Dana Reyes", outcome="advanced")
    asks = [letter("Dana Reyes", kind="check-in", path=f"Letters/{n}.md") for n in (1, 2)]
    about_earlier = letter("Dana Reyes", kind="check-in", path="Letters/0.md", debrief="2026-11-10 Acme technical")
    assert drafts(PANEL, earlier, *asks, about_earlier) == [("Letters/2.md", "Dana Reyes")]
    task = follow_up("Check in with Acme", PANEL)
    assert drafts(PANEL, earlier, *asks, tasks=[task]) == []


@pytest.mark.parametrize("fields", [{"outcome": "advanced"}, {"heard": dt.date(2026, 11, 25)}])
def test_a_question_is_not_to_be_sent_once_there_is_an_answer(fields: dict[str, Any]) -> None:
    answered = debrief("Acme", "2026-11-23", "panel", "Dana Reyes", **fields)
    assert drafts(answered, letter("Dana Reyes", kind="check-in")) == []


def test_a_third_question_is_not_to_be_sent() -> None:
    sent = [
        letter("Dana Reyes", kind="check-in", status="sent", sent=dt.date(2026, 12, n), path=f"{n}.md") for n in (1, 8)
    ]
    assert drafts(PANEL, *sent, letter("Dana Reyes", kind="check-in")) == []
    assert len(drafts(PANEL, sent[0], letter("Dana Reyes", kind="check-in"))) == 1


def test_a_letter_after_a_rejection_is_to_be_sent_and_no_other_there() -> None:
    shut = debrief("Acme", "2026-11-23", "panel", "Dana Reyes", outcome="rejected")
    kinds = ("after-rejection", "thank-you", "check-in", "promised")
    letters = [letter("Dana Reyes", kind=kind, path=f"Letters/{kind}.md") for kind in kinds]
    assert drafts(shut, *letters) == [("Letters/after-rejection.md", "Dana Reyes")]
