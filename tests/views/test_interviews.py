"""Interviews: those to come, the rounds of each process, all of them in a table."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from jobvault.model import Application
from jobvault.search.search import Search
from tests.nouns import ask, day, debrief, part, searching, show

SCREEN = debrief("Acme", "2026-11-10", "recruiter-screen", "Noor Haddad", outcome="advanced", felt=4, role="SRE")
PANEL = debrief("Acme", "2026-11-23", "panel", "Dana Reyes", "?, SRE", felt=3, hear_by=day("2026-12-02"), role="SRE")
COMING = debrief("Birch", "2026-11-30", "technical", "Lee Okafor", time=dt.time(14, 30), empty=True)


def track(search: Search, company: str, **arguments: object) -> list[str]:
    """Return the two lines of a company's process."""
    lines = part(show("interviews", search, **arguments), "## By company")
    start = next(i for i, line in enumerate(lines) if line.startswith(f"- **{company}**"))
    return lines[start : start + 2]


def test_latest_first() -> None:
    items = ask("interviews", searching(SCREEN, COMING, PANEL)).items
    assert [(item.company, item.round, item.state) for item in items] == [
        ("Birch", "technical", "to-come"),
        ("Acme", "panel", "past"),
        ("Acme", "recruiter-screen", "past"),
    ]
    assert items[1].people == ("Dana Reyes",)
    assert (items[1].unnamed, items[1].felt, items[1].outcome, items[1].closed) == (1, 3, "waiting", "")


def test_what_is_shown() -> None:
    lines = show("interviews", searching(SCREEN, COMING, PANEL))
    assert lines[:8] == [
        "## To come",
        "- Mon 30 Nov 2026, 14:30 · Birch · technical · Lee Okafor · [[2026-11-30 Birch technical]]",
        "## By company",
        "- **Birch**",
        "  - technical 30 Nov (to come)",
        "- **Acme** · SRE · waiting, to hear by Wed 2 Dec 2026",
        "  - recruiter-screen 10 Nov (4/5) → panel 23 Nov (3/5)",
        "## All interviews",
    ]
    assert [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[8:]] == [
        ["Date", "Company", "Round", "People", "Felt", "Outcome", "Note"],
        ["-" * 15, "-" * 7, "-" * 16, "-" * 28, "-" * 4, "-" * 8, "-" * 36],
        ["Mon 30 Nov 2026", "Birch", "technical", "Lee Okafor", "", "", "[[2026-11-30 Birch technical]]"],
        [
            "Mon 23 Nov 2026",
            "Acme",
            "panel",
            "Dana Reyes, 1 unnamed person",
            "3/5",
            "waiting",
            "[[2026-11-23 Acme panel]]",
        ],
        [
            "Tue 10 Nov 2026",
            "Acme",
            "recruiter-screen",
            "Noor Haddad",
            "4/5",
            "advanced",
            "[[2026-11-10 Acme recruiter-screen]]",
        ],
    ]


def test_an_interview_of_a_later_day_is_to_come_although_questions_are_written_already() -> None:
    prepared = debrief("Birch", "2026-12-01", "final")
    assert "## To come" in show("interviews", searching(prepared))


def test_to_come_is_in_order_of_time() -> None:
    later = debrief("Acme", "2026-12-01", "a", empty=True)
    morning = debrief("Acme", "2026-11-30", "b", time=dt.time(9), empty=True)
    lines = part(show("interviews", searching(later, COMING, morning)), "## To come")
    assert [line.split(" · ")[0] for line in lines] == [
        "- Mon 30 Nov 2026, 09:00",
        "- Mon 30 Nov 2026, 14:30",
        "- Tue 1 Dec 2026",
    ]


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ({"outcome": "waiting"}, " · waiting"),
        ({"outcome": "waiting", "hear_by": "2026-11-27"}, " · waiting, to hear by Fri 27 Nov 2026"),
        ({"outcome": "waiting", "hear_by": "2026-11-26"}, " · waiting, was to hear by Thu 26 Nov 2026"),
        ({"outcome": "offer", "hear_by": "2026-12-02"}, " · offer"),
        ({"outcome": "no-reply"}, " · no reply"),
        ({"outcome": ""}, ""),
    ],
)
def test_how_a_process_stands(last: dict[str, str], words: str) -> None:
    panel = debrief("Acme", "2026-11-23", "panel", outcome=last["outcome"], hear_by=day(last.get("hear_by")))
    assert (
        track(searching(debrief("Acme", "2026-11-10", "screen", outcome="advanced"), panel), "Acme")[0]
        == f"- **Acme**{words}"
    )


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("offer", "offer"), ("declined", "declined"), ("accepted", "accepted"), ("open", "waiting"), ("", "waiting")],
)
def test_the_applications_word_goes_before_the_debriefs(outcome: str, words: str) -> None:
    application = Application("Applications/Acme.md", "Acme", "SRE", outcome=outcome)
    assert track(searching(application, PANEL), "Acme")[0].split(" · ")[2].split(",")[0] == words


def test_an_application_without_an_interview_is_no_track() -> None:
    application = Application("Applications/Corvo.md", "Corvo", "SRE")
    assert not any("Corvo" in line for line in show("interviews", searching(application, PANEL)))


def test_rounds_in_order_with_what_became_of_them() -> None:
    rounds = [
        debrief("Acme", "2026-11-02", "technical", outcome="cancelled", felt=2),
        debrief("Acme", "2026-11-01", "", outcome="advanced"),
        debrief("Acme", None, "chat", felt=5),
        debrief("Acme", "2026-12-09", "final", empty=True),
    ]
    assert track(searching(*rounds), "Acme")[1] == (
        "  - chat no date (5/5) → interview 1 Nov → technical 2 Nov (cancelled) → final 9 Dec (to come)"
    )


def test_two_roles_are_two_tracks_the_latest_first() -> None:
    one, two = debrief("Acme", "2026-11-01", role="SRE"), debrief("Acme", "2026-11-02", role="Data")
    lines = part(show("interviews", searching(one, two)), "## By company")
    assert [line for line in lines if line.startswith("- ")] == [
        "- **Acme** · Data · waiting",
        "- **Acme** · SRE · waiting",
    ]


def test_a_debrief_without_anything() -> None:
    lines = show("interviews", searching(debrief("", None, "", outcome="")))
    assert lines[:3] == ["## By company", "- **No company**", "  - interview no date"]
    assert lines[-1].startswith("| no date |")


def test_the_limit_keeps_the_latest() -> None:
    answered = ask("interviews", searching(SCREEN, PANEL, COMING), limit=2)
    assert [item.company for item in answered.items] == ["Birch", "Acme"]
    assert answered.left_out == 1
    lines = show("interviews", searching(SCREEN, PANEL, COMING), limit=2)
    assert lines[-1] == "… and 1 more: `jobvault show interviews`"
    assert "  - panel 23 Nov (3/5)" in lines


def test_within_looks_back_and_keeps_what_is_to_come() -> None:
    assert [item.round for item in ask("interviews", searching(SCREEN, PANEL, COMING), within="1w").items] == [
        "technical",
        "panel",
    ]


def test_an_empty_view_says_what_would_fill_it() -> None:
    assert show("interviews", searching()) == ["_No interviews yet. Lay down the first debrief with `jobvault new`._"]


def test_odd_words_stay_in_their_cells() -> None:
    odd = debrief("A | B", "2026-11-23", "x | y", "Dana | Reyes", path="Debriefs/a | b.md")
    row = show("interviews", searching(odd))[-1]
    assert len(re.findall(r"(?<!\\)\|", row)) == 8
    assert "[a \\| b](Debriefs/a%20%7C%20b.md)" in row
