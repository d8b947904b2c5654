"""The note types beside the debrief."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from jobvault.model import Application, Letter, Noun, Page, Passage, PersonNote, QuestionNote, Story
from jobvault.notes.properties import FIELDS
from tests.notes.written import reading, said

PATH = "x/Dana Reyes.md"


def noun(front: str) -> Noun:
    found = reading(f"---\n{front}---\nwords\n", PATH)
    assert found.problems == ()
    assert found.noun
    return found.noun


def test_an_application() -> None:
    front = """type: application
company: "[[Acme Robotics]]"
role: Engineer
source: referral
applied: 2026-10-01
answered: 2026-10-10
closed: 2026-12-01
outcome: Declined
link: https://acme.example/jobs/1
pay: 120,000
tags: [x]
"""
    assert noun(front) == Application(
        PATH, "Acme Robotics", "Engineer", "referral", date(2026, 10, 1), date(2026, 10, 10), date(2026, 12, 1), "declined",
        "https://acme.example/jobs/1", "120,000", ("x",),
    )  # fmt: skip


def test_a_letter() -> None:
    front = """type: letter
to: "[[People/Dana Reyes|Dana]]"
debrief: "[[2026-11-20 Acme technical]]"
kind: thanks
subject: Thank you
status: sent
sent: 2026-11-21T09:30:00
answers: [on-call, no degree]
tags: x
"""
    assert noun(front) == Letter(
        PATH, "Dana Reyes", "People/Dana Reyes", "2026-11-20 Acme technical", "thank-you", "Thank you", "sent",
        datetime.fromisoformat("2026-11-21T09:30"), ("on-call", "no degree"), ("x",), (Passage(("words",), 12),),
    )  # fmt: skip
    assert noun("type: letter\nto: Dana\ndebrief: 2026-11-20 Acme\nsent: 2026-11-21\n") == Letter(
        PATH, "Dana", None, "2026-11-20 Acme", sent=date(2026, 11, 21), passages=(Passage(("words",), 7),)
    )


@pytest.mark.parametrize(
    ("written", "kind"),
    [("Thanks", "thank-you"), ("Nachfrage", "check-in"), ("next round", "next-round"), ("Ode", "Ode")],
)
def test_the_kind_of_a_letter_is_read_in_any_of_its_words(written: str, kind: str) -> None:
    found = noun(f"type: letter\nto: Dana\ndebrief: 2026-11-20 Acme\nkind: {written}\n")
    assert isinstance(found, Letter)
    assert found.kind == kind


def test_a_question_a_story_and_a_person_are_named_by_their_file_unless_they_say_otherwise() -> None:
    assert noun("type: question\n") == QuestionNote(PATH, "Dana Reyes")
    assert noun(
        "type: question\nquestion: Why us?\ntags: [a]\naliases:\n  - b\npractise-next: 2026-12-01\n"
    ) == QuestionNote(PATH, "Why us?", ("a",), ("b",), date(2026, 12, 1))
    assert noun("type: story\n") == Story(PATH, "Dana Reyes")
    assert noun("type: story\ntitle: The ferries\ntags: a\n") == Story(PATH, "The ferries", ("a",))
    assert noun("type: person\n") == PersonNote(PATH, "Dana Reyes")
    assert noun(
        'type: person\nname: Dana R.\ncompany: "[[Acme]]"\ntitle: VP\nemail: d@acme.example\nlink: x\naliases: Dana\n'
    ) == PersonNote(PATH, "Dana R.", "Acme", "VP", "d@acme.example", ("Dana",))


@pytest.mark.parametrize("kind", ["prep", "review"])
def test_prep_and_review_are_pages(kind: str) -> None:
    assert noun(f"type: {kind}\n") == Page(PATH, kind)
    assert noun(f"type: {kind}\ncompany: Acme\ndate: '2026-11-20'\n") == Page(PATH, kind, "Acme", date(2026, 11, 20))


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("application", ["missing-company", "missing-property"]), ("letter", ["missing-property", "missing-property"]),
        ("question", []), ("story", []), ("person", []), ("prep", []), ("review", []),
    ],
)  # fmt: skip
def test_what_is_asked_for_is_reported_and_the_note_is_read(kind: str, codes: list[str]) -> None:
    found = reading(f"---\ntype: {kind}\n---\n", PATH)
    assert found.noun
    assert said(found.problems) == [(code, None) for code in codes]
    assert all(problem.severity == "hint" for problem in found.problems)


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_each_promised_property_is_known(kind: str) -> None:
    promised = {
        "debrief": "company date time role round format people felt forecast outcome hear_by heard written application tags",
        "application": "company role source applied answered closed outcome link pay tags",
        "letter": "to debrief kind subject status sent answers tags",
        "question": "question tags aliases practise_next",
        "story": "title tags",
        "person": "name company title email link aliases",
        "prep": "company date",
        "review": "company date",
    }
    assert list(FIELDS[kind]) == promised[kind].split()
