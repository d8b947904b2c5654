"""The search as a whole: what joining adds to each note."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from jobvault.model import Application, Letter, Page, PersonNote
from jobvault.search.search import Copy, Search, join
from jobvault.settings import Settings
from tests.nouns import WORDS, day, debrief, follow_up, met, searching, takeaway


def test_debriefs_are_in_order_of_date_time_and_path() -> None:
    found = searching(
        debrief("Acme", "2026-11-02"),
        debrief("Acme", "2026-11-01", "z", time=dt.time(9)),
        debrief("Acme", "2026-11-01", "a", time=dt.time(14)),
        debrief("Acme", "2026-11-01", "b"),
        debrief("Acme", None),
    )
    assert [d.path for d in found.debriefs] == [
        "Debriefs/undated Acme panel.md",
        "Debriefs/2026-11-01 Acme b.md",
        "Debriefs/2026-11-01 Acme z.md",
        "Debriefs/2026-11-01 Acme a.md",
        "Debriefs/2026-11-02 Acme panel.md",
    ]


# --- follow-ups -----------------------------------------------------------------------------------------------------

PANEL = debrief("Acme", "2026-11-23", "panel", "[[Dana Reyes]], VP", "Sam Ode", "Hanna Abara", "Hanna Lind", role="SRE")
EARLIER = debrief("Acme", "2026-11-01", "screen", "Noor Haddad", "Will")
ELSEWHERE = debrief("Birch", "2026-11-02", "screen", "Tom Birch", "Sam Birch")
DANA = PersonNote("People/Dana Reyes.md", "Dana Reyes", "Acme", aliases=("Danny",))


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Send [[Dana Reyes]] the portfolio", ("Dana Reyes",)),
        ("Send [[People/Dana Reyes|her]] the portfolio", ("Dana Reyes",)),
        ("Send [[Danny]] the portfolio", ("Dana Reyes",)),
        ("Send [her](../People/Dana%20Reyes.md) the portfolio", ("Dana Reyes",)),
        ("Send Dana the portfolio", ("Dana Reyes",)),
        ("Send Sam's CV to Dana", ("Dana Reyes", "Sam Ode")),
        ("Ask [[Sam Ode]] and [[Sam Ode]]", ("Sam Ode",)),
        ("Ask Hanna", ()),
        ("Ask Hanna Lind", ("Hanna Lind",)),
        ("ask hanna lind", ("Hanna Lind",)),
        ("Ask Noor Haddad", ("Noor Haddad",)),
        ("Ask Noor", ()),
        ("I will ask", ()),
        ("Ask Tom Birch", ()),
        ("Ask [[Tom Birch]]", ("Tom Birch",)),
        ("Ask [[Nobody Known]] and [[2026-11-01 Acme screen]]", ()),
    ],
)
def test_the_people_of_a_follow_up_are_those_it_links_or_names(text: str, people: tuple[str, ...]) -> None:
    found = searching(PANEL, EARLIER, ELSEWHERE, DANA, follow_ups=[follow_up(text, PANEL)])
    assert found.follow_ups[0].people == people
    assert tuple(p.name for p in found.people_in(found.follow_ups[0])) == people


def test_will_is_a_name_only_with_its_capital() -> None:
    asked = [follow_up("Will said he would call", EARLIER, 1), follow_up("I will call", EARLIER, 2)]
    assert [item.people for item in searching(EARLIER, follow_ups=asked).follow_ups] == [("Will",), ()]


def test_a_follow_up_has_the_interview_of_its_note() -> None:
    application = Application("Applications/Acme.md", "ACME", "SRE")
    letter = Letter("Letters/x.md", "Dana", debrief="2026-11-23 Acme panel")
    page = Page("Prep.md", "prep", "acme")
    items = [follow_up("x 📅 2026-12-01", at, 1) for at in (PANEL, EARLIER, application, letter, page, "Elsewhere.md")]
    found = searching(PANEL, EARLIER, application, letter, page, follow_ups=items)
    assert {item.path: (item.company, item.role, item.round, item.date) for item in found.follow_ups} == {
        PANEL.path: ("Acme", "SRE", "panel", day("2026-11-23")),
        EARLIER.path: ("Acme", "SRE", "screen", day("2026-11-01")),
        application.path: ("Acme", "SRE", "", None),
        letter.path: ("Acme", "SRE", "panel", day("2026-11-23")),
        page.path: ("Acme", "", "", None),
        "Elsewhere.md": ("", "", "", None),
    }


def test_debrief_and_process_of_a_note() -> None:
    application = Application("Applications/Acme.md", "Acme", "SRE")
    letter = Letter("Letters/x.md", "Dana", debrief="2026-11-23 Acme panel")
    lost = Letter("Letters/y.md", "Dana", debrief="gone")
    found = searching(PANEL, application, letter, lost)
    assert found.debrief_of(PANEL.path) is found.debrief_of(letter.path) is found.debriefs[0]
    assert found.debrief_of(application.path) is found.debrief_of(lost.path) is None
    process = found.process_of(PANEL.path)
    assert process is not None
    assert process is found.process_of(application.path) is found.process_of(letter.path)
    assert found.process_of(lost.path) is None


@pytest.mark.parametrize(
    ("letter", "name"),
    [
        (Letter("L.md", "Dana Reyes", "Dana Reyes"), "Dana Reyes"),
        (Letter("L.md", "Danny", "Danny"), "Dana Reyes"),
        (Letter("L.md", "sam  ode"), "Sam Ode"),
        (Letter("L.md", "Sam"), "Sam Ode"),
        (Letter("L.md", "Hanna"), None),
        (Letter("L.md", "Nobody", "Nobody"), None),
        (Letter("L.md", ""), None),
    ],
)
def test_who_a_letter_is_to(letter: Letter, name: str | None) -> None:
    from dataclasses import replace

    letter = replace(letter, debrief="2026-11-23 Acme panel")
    person = searching(PANEL, DANA, letter).addressee(letter)
    assert (person.name if person else None) == name


def test_a_letter_to_somebody_of_that_name_in_its_round_is_not_to_another() -> None:
    one = debrief("Acme", "2026-11-01", "a", "Dana Holt")
    two = debrief("Birch", "2026-11-02", "b", "Dana Holt")
    letter = Letter("L.md", "Dana Holt", debrief="2026-11-02 Birch b")
    person = searching(one, two, letter).addressee(letter)
    assert person is not None
    assert person.companies == ("Birch",)


# --- areas ----------------------------------------------------------------------------------------------------------


def test_a_tag_stands_for_its_area() -> None:
    found = searching(
        settings=Settings(areas={"system-design": ("architecture", "Systems"), "pay": ("money", "architecture")})
    )
    assert [found.area(tag) for tag in ("Architecture", "systems", "System_Design", "money", "other")] == [
        "system-design",
        "system-design",
        "system-design",
        "pay",
        "other",
    ]


# --- order ----------------------------------------------------------------------------------------------------------


def everything(seed: int) -> Search:
    debriefs = [
        debrief(
            company,
            f"2026-11-{number:02}",
            "panel",
            met("Dana Reyes", number),
            "Hanna A",
            "Hanna B",
            takeaways=(takeaway("Draw first"), takeaway("draw first!")),
        )
        for number, company in enumerate(["Acme", "acme", "ACME", "Acne", "Birch"], 1)
    ]
    items = [follow_up("Send Dana it", d, line) for d in debriefs for line in (1, 2)]
    problems = [WORDS.problem("missing-date", d.path, line) for d in debriefs for line in (2, 1)]
    copies = [Copy(f"{d.path} copy", d.path) for d in debriefs]
    others = ["A.md", "B/A.md", "C.md"]
    chance = random.Random(seed)
    for pile in (debriefs, items, problems, copies, others):
        chance.shuffle(pile)
    return searching(*debriefs, DANA, follow_ups=items, problems=problems, copies=copies, others=others)


@pytest.mark.parametrize("seed", range(1, 6))
def test_the_order_of_what_comes_in_does_not_matter(seed: int) -> None:
    one, other = everything(0), everything(seed)
    for name in ("debriefs", "people", "follow_ups", "problems", "copies", "processes", "companies", "pages"):
        assert getattr(one, name) == getattr(other, name), name


def test_an_empty_vault_is_a_search_too() -> None:
    from jobvault.search.names import NoteNames

    found = join([], [], [], names=NoteNames(), settings=Settings(), words=WORDS)
    assert (found.debriefs, found.people, found.follow_ups, found.problems) == ((), (), (), ())
