"""Who gets what: their own part of the debrief, and a share of what belongs to nobody by name."""

from __future__ import annotations

import pytest

from jobvault.letters.promises import can_be_promised
from tests.letters.rounds import PANEL, material_of, note, search_of, sources_of

PEOPLE = """
## People met

### Dana Reyes, VP Engineering

- Cares about: releases by daylight
- Concern: No management experience
- My answer: five people, on time
- Concern: Never on call (no)
- Next step: a call by 2026-12-02
- Note: looked tired

### Tom Ito, Designer

- We talked about: his canary
- Asked: What breaks first? (owed)
- Asked: What is best? (strong)
"""


def test_each_has_their_own_part() -> None:
    found = material_of(PEOPLE)
    dana, tom = found["Dana"], found["Tom"]
    assert [fragment.said for fragment in dana.cares] == ["releases by daylight"]
    assert [doubt.text for doubt in dana.doubts] == ["No management experience", "Never on call (no)"]
    assert [doubt.text for doubt in dana.open_doubts] == ["Never on call (no)"]
    assert [fragment.said for fragment in dana.steps] == ["a call by Wednesday, 2 December"]
    assert dana.voiced_step
    assert [fragment.said for fragment in tom.topics] == ["your canary"]
    assert [fragment.said for fragment in tom.owed] == ['"What breaks first?"']
    assert not tom.doubts


def test_a_question_that_is_owed_goes_to_one_of_them() -> None:
    asked = (
        "\n## What they asked\n\n- Why canaries? (owed)\n- What does Dana fear? (owed)\n- Well? (owed)\n- So? (ok)\n"
    )
    found = material_of(PEOPLE + asked)
    assert [one.said for one in found["Tom"].owed] == ['"What breaks first?"', '"Why canaries?"', '"Well?"']
    assert [one.raw for one in found["Dana"].owed] == ["What does Dana fear?"]


def test_a_link_says_whose_question_it_is() -> None:
    asked = "\n## What they asked\n\n- Why canaries, [[Dana Reyes]]? (owed)\n"
    found = material_of(PEOPLE + asked)
    assert len(found["Dana"].owed) == 1
    assert len(found["Tom"].owed) == 1


def test_each_strength_goes_to_whom_it_fits() -> None:
    strong = "\n## Where I was strong\n\n- Drew the canary first\n- Managed a release #releases\n- A third one\n"
    found = material_of(PEOPLE + strong)
    assert found["Dana"].strength is not None
    assert found["Dana"].strength.raw == "Managed a release"
    assert found["Tom"].strength is not None
    assert found["Tom"].strength.said == "I drew the canary first"


def test_what_was_promised_is_read_of_the_tasks() -> None:
    tasks = """
## Follow-ups

- [ ] Send Dana Reyes one page on [[On-call]] 📅 2026-11-25
- [ ] Send the portfolio to Tom
- [ ] Ask Tom about the canary
- [x] Send Tom the old talk ✅ 2026-11-23
- [ ] Thank-you to Tom Ito
- [ ] Send Dana Reyes and Tom Ito a card
"""
    found = material_of(PEOPLE + tasks)
    assert [one.said for one in found["Dana"].promised] == ["send you one page on On-call"]
    assert [(one.said, one.raw) for one in found["Tom"].promised] == [
        ("send you the portfolio", "Send the portfolio to Tom"),
        ("", "Ask Tom about the canary"),
    ]


def test_what_was_promised_is_read_in_german() -> None:
    tasks = "\n## Nächste Schritte\n\n- [ ] Dana Reyes den Plan auf einer Seite schicken, fällig 2026-11-26\n"
    found = material_of(PEOPLE + tasks, language="de")
    assert [one.said for one in found["Dana"].promised] == ["Ihnen den Plan auf einer Seite schicken"]


def test_a_title_in_the_heading_costs_nobody_a_promise() -> None:
    people = "## People met\n\n### Dr. Anna Müller\n\n- We talked about: Züge\n"
    tasks = "\n## Nächste Schritte\n\n- [ ] Anna Müller die Seite schicken\n"
    (found,) = material_of(people + tasks, language="de").values()
    assert [one.said for one in found.promised] == ["Ihnen die Seite schicken"]


@pytest.mark.parametrize(
    ("what", "language", "can"),
    [
        ("the talk", "en", True),
        ("two numbers", "en", True),
        ("12 numbers", "en", True),
        ("numbers", "en", True),
        ("CV to HR", "en", False),
        ("the CV to HR", "en", False),
        ("CV", "en", False),
        ("", "en", False),
        ("die Seite", "de", True),
        ("Lebenslauf", "de", False),
    ],
)
def test_what_makes_a_sentence_can_be_promised(what: str, language: str, can: bool) -> None:
    assert can_be_promised(what, language) is can


def test_an_open_question_of_mine_can_be_asked() -> None:
    mine = (
        "\n## What I still want to ask\n\n- How often do you release?\n- Who is Tom?\n- No question\n- Is he on call?\n"
    )
    found = material_of(PEOPLE + mine)
    assert [one.said for person in found.values() for one in person.asks] == ["how often do you release?"]


def test_what_i_noticed_and_noted_is_nowhere() -> None:
    hidden = "\n## What I noticed\n\n- Tom yawned\n\n## Where I was weak\n\n- Zebras\n\n## Overall\n\nYaks\n"
    shown = repr([(one.topics, one.cares, one.doubts, one.owed, one.asks, one.strength, one.promised, one.steps)
                  for one in material_of(PEOPLE + hidden).values()])  # fmt: skip
    for word in ("yawned", "Zebras", "Yaks", "tired"):
        assert word not in shown


def test_what_stayed_open_in_an_earlier_round_is_theirs_too() -> None:
    before = note(
        "## People met\n\n### Tom Ito\n\n- Concern: Two short stints\n- My answer: well (rough)\n- Concern: Age\n"
        "- My answer: fine\n",
        day="2026-11-10",
        round_="technical",
    )
    found = material_of(PEOPLE, {"Debriefs/2026-11-10 Acme technical.md": before})
    assert [(doubt.text, doubt.rough) for doubt in found["Tom"].earlier] == [("Two short stints", "well")]
    assert not found["Dana"].earlier


def test_what_a_later_round_settled_is_no_concern_any_more() -> None:
    later = note(
        "## People met\n\n### Dana Reyes\n\n- Concern: Never on call (no)\n- My answer: four years\n",
        day="2026-11-30",
        round_="final",
    )
    found = material_of(PEOPLE, {"Debriefs/2026-11-30 Acme final.md": later})
    assert [doubt.text for doubt in found["Dana"].doubts] == ["No management experience"]


def test_a_letter_that_answers_a_concern_changes_no_material() -> None:
    letter = (
        '---\ntype: letter\nto: Dana Reyes\ndebrief: "[[2026-11-23 Acme panel]]"\nkind: concern\nstatus: sent\n'
        "sent: 2026-11-24\nanswers:\n  - Never on call (no)\n---\n\nDear Dana,\n"
    )
    found = material_of(PEOPLE, {"Letters/a.md": letter})
    doubt = found["Dana"].doubts[1]
    assert doubt.text == "Never on call (no)"
    assert doubt.settled


def test_a_date_of_another_year_says_it() -> None:
    sources = sources_of(search_of(PEOPLE))
    assert sources.debrief.path == PANEL
    assert sources.day(sources.debrief.date.replace(year=2027)) == "Tuesday, 23 November 2027"  # type: ignore[union-attr]
