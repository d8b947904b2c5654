"""The people of a debrief, and what each of them said."""

from __future__ import annotations

import pytest

from jobvault.model import Debrief, Met
from jobvault.notes.met import join_people
from tests.notes.written import debrief, read, texts


def people(section: str, front: str = "") -> tuple[Met, ...]:
    return debrief(f"\n## People met\n\n{section}", front).people


def one(section: str, front: str = "") -> Met:
    (met,) = people(section, front)
    return met


def named(found: tuple[Met, ...]) -> list[tuple[str | None, str]]:
    return [(met.name, met.title) for met in found]


# Who was there


def test_a_sub_heading_is_a_person() -> None:
    found = people("### [[Dana Reyes]], VP Engineering\n\n- Cares about: delivery\n\n#### Sam Okafor (SRE)\n\nNice.\n")
    assert named(found) == [("Dana Reyes", "VP Engineering"), ("Sam Okafor", "SRE")]
    assert [met.link for met in found] == ["Dana Reyes", None]
    assert [met.line for met in found] == [9, 13]
    assert [texts(met.notes) for met in found] == [[], ["Nice."]]


@pytest.mark.parametrize("marker", ["-", "*", "+", "1.", "2)"])
def test_without_sub_headings_each_unlabelled_bullet_at_the_top_is_one(marker: str) -> None:
    found = people(f"{marker} Dana Reyes, VP\n{marker} [[Sam Okafor]]\n")
    assert named(found) == [("Dana Reyes", "VP"), ("Sam Okafor", "")]


def test_below_a_sub_heading_a_bullet_is_a_note_on_that_person() -> None:
    found = people("- Sam Okafor\n\n### Dana Reyes\n\n- Lee Wong was late\n- very kind\n")
    assert named(found) == [("Sam Okafor", ""), ("Dana Reyes", "")]
    assert texts(found[1].notes) == ["Lee Wong was late", "very kind"]


def test_a_paragraph_is_a_person_where_it_looks_like_one() -> None:
    found = people("Dana Reyes, VP Engineering\n\nIt was her last day, and she said so.\n\n[[Sam Okafor]]\n")
    assert named(found) == [("Dana Reyes", "VP Engineering"), ("Sam Okafor", "")]
    assert texts(found[0].notes) == ["It was her last day, and she said so."]


def test_a_table_of_people_is_read_line_by_line() -> None:
    assert named(people("| Name | Title |\n|---|---|\n| Dana Reyes | VP |\n")) == [("Dana Reyes · VP", "")]


def test_somebody_unnamed_is_counted() -> None:
    assert named(people("- ?, SRE, beard\n- ? (the quiet one)\n\n### ?\n")) == [
        (None, "SRE, beard"),
        (None, "the quiet one"),
        (None, ""),
    ]


def test_an_empty_sub_heading_is_nobody() -> None:
    assert people("###\n\n- Cares about:\n") == ()


def test_a_sub_heading_that_is_a_label_goes_on_with_the_same_person() -> None:
    met = one(
        "### Dana Reyes\n\n#### Concerns\n\n- too junior\n- no Go\n  - My answer: I read it\n\n#### Notes:\n\nkind\n"
    )
    assert texts(met.concerns) == ["too junior", "no Go"]
    assert [concern.open for concern in met.concerns] == [True, False]
    assert texts(met.notes) == ["kind"]


def test_a_heading_by_accident_is_no_person() -> None:
    found = read("\n## People met\n\n### Dana Reyes\n\nshe was kind to me\n---\n- Cares about: x\n")
    assert isinstance(found.noun, Debrief)
    assert named(found.noun.people) == [("Dana Reyes", "")]
    assert texts(found.noun.people[0].notes) == ["she was kind to me"]
    assert texts(found.noun.people[0].cares_about) == ["x"]


# What they said


LABELS = """
### Dana Reyes

- Cares about: delivery
- Concern: two short stints
- We talked about: boats
- Asked: Why us? (rough)
- My answer: both were contracts
- Next step: a call with Sam
- Email: dana@acme.example
- Note: left early
- very kind #culture
- Cares about: people
- Concern: no Go
"""


def test_every_label_is_read_as_often_as_it_stands() -> None:
    met = one(LABELS)
    assert texts(met.cares_about) == ["delivery", "people"]
    assert [(c.text, texts(c.replies), c.open) for c in met.concerns] == [
        ("two short stints", ["both were contracts"], False),
        ("no Go", [], True),
    ]
    assert texts(met.talked_about) == ["boats"]
    assert [(q.text, q.mark) for q in met.asked] == [("Why us?", "rough")]
    assert texts(met.next_steps) == ["a call with Sam"]
    assert met.emails == ("dana@acme.example",)
    assert [(n.text, n.tags) for n in met.notes] == [("left early", ()), ("very kind", ("culture",))]


@pytest.mark.parametrize(
    "form",
    [
        "Concern: {}",
        "**Concern:** {}",
        "Concern:: {}",
        "[concern:: {}]",
        "_Concern_: {}",
        "CONCERN: {}",
        "😬 Concern:{}",
    ],
)
@pytest.mark.parametrize(
    "where",
    [
        "### Dana Reyes\n\n- {}\n",
        "### Dana Reyes\n\n{}\n",
        "- Dana Reyes\n  - {}\n",
        "- Dana Reyes\n- {}\n",
        "- Dana Reyes\n\n  {}\n",
    ],
)
def test_a_label_in_any_form_belongs_to_the_person_above(where: str, form: str) -> None:
    met = one(where.format(form.format("two short stints")))
    assert (met.name, texts(met.concerns)) == ("Dana Reyes", ["two short stints"])


@pytest.mark.parametrize("label", ["Concern:", "**Concerns:**", "Concern::", "[concern:: ]"])
def test_the_indented_bullets_of_an_empty_label_are_its_values(label: str) -> None:
    met = one(f"### Dana Reyes\n\n- {label}\n  - too junior\n  - no Go\n    - at all\n  - [ ] ask her\n")
    assert [(c.text, c.line) for c in met.concerns] == [("too junior", 12), ("no Go; at all", 13), ("ask her", 15)]


def test_a_value_goes_on_in_the_bullets_below_it() -> None:
    met = one("- Dana Reyes\n  - Cares about: delivery\n    - on time\n    - Concern: no Go\n")
    assert texts(met.cares_about) == ["delivery; on time"]
    assert texts(met.concerns) == ["no Go"]


def test_an_empty_label_says_nothing() -> None:
    assert one("### Dana Reyes\n\n- Cares about:\n- Concern:\n- My answer:\n- Email:\n-\n") == Met("Dana Reyes", line=9)


@pytest.mark.parametrize(
    ("replies", "still_open"),
    [
        ((), True),
        (("I lead two teams",), False),
        (("I stammered (rough)",), True),
        (("(rough)",), True),
        (("later, in the letter (owed)",), True),
        (("I stammered (rough)", "then: I lead two teams"), False),
        (("I lead two teams", "I stammered (rough)"), False),
        (("I lead two teams (strong)",), False),
        (("I lead two teams (rough) #lead",), True),
    ],
)
def test_a_concern_is_open_until_it_has_an_answer_that_is_not_rough(
    replies: tuple[str, ...], *, still_open: bool
) -> None:
    rows = "".join(f"- My answer: {reply}\n" for reply in replies)
    nested = "".join(f"  - My answer: {reply}\n" for reply in replies)
    for section in (f"### Dana\n\n- Concern: too junior\n{rows}", f"### Dana\n\n- Concern: too junior\n{nested}"):
        (concern,) = one(section).concerns
        assert (concern.text, concern.open, len(concern.replies)) == ("too junior", still_open, len(replies))


def test_an_answer_belongs_to_the_concern_above_it() -> None:
    met = one("### Dana\n\n- Concern: a\n- My answer: b\n- Concern: c\n- My answer: d (rough)\n  - and e\n")
    assert [(c.text, [(r.text, r.rough) for r in c.replies]) for c in met.concerns] == [
        ("a", [("b", False)]),
        ("c", [("d; and e", True)]),
    ]


def test_an_answer_without_a_concern_is_a_note() -> None:
    assert texts(one("### Dana\n\n- My answer: both were contracts\n").notes) == ["both were contracts"]


def test_an_indented_task_is_an_item_of_its_own_and_no_person() -> None:
    met = one("- Dana Reyes\n  - kind\n    - [ ] send her the deck 📅 2026-11-28\n")
    assert texts(met.notes) == ["kind", "send her the deck"]


def test_labels_before_any_person_belong_to_the_round() -> None:
    found = debrief(
        "\n## People met\n\n- Concern: the budget\n- My answer: I am cheap\n- Asked: Why us? (ok)\n- Note: on video\n\n- Dana Reyes\n- Concern: no Go\n"
    )
    assert [(c.text, c.open) for c in found.concerns] == [("the budget", False)]
    assert texts(found.remarks) == ["on video"]
    assert [(q.text, q.mark) for q in found.questions] == [("Why us?", "ok")]
    assert texts(found.people[0].concerns) == ["no Go"]


def test_a_second_section_begins_with_the_round_again() -> None:
    found = debrief("\n## People met\n\n- Dana Reyes\n\n## Interviewers\n\n- Concern: the budget\n- Sam Okafor\n")
    assert named(found.people) == [("Dana Reyes", ""), ("Sam Okafor", "")]
    assert texts(found.concerns) == ["the budget"]


def test_links_and_tags_stay_with_what_they_stand_in() -> None:
    met = one("### Dana\n\n- We talked about: [[Rate limiter]] and `#code` #system-design\n")
    (remark,) = met.talked_about
    assert (remark.text, remark.tags) == ("[[Rate limiter]] and `#code`", ("system-design",))
    assert [(link.target, link.line) for link in remark.links] == [("Rate limiter", 11)]


# Property and section together


FRONT = 'people:\n  - "[[Dana Reyes]]"\n  - Sam Okafor, SRE\n  - "?, HR"\n'


def test_people_are_those_of_the_property_and_of_the_section() -> None:
    found = people("### Dana Reyes, VP\n\n- kind\n\n### Lee Wong\n", FRONT)
    assert named(found) == [("Dana Reyes", "VP"), ("Lee Wong", ""), ("Sam Okafor", "SRE"), (None, "HR")]
    assert found[0].link == "Dana Reyes"
    assert [met.line for met in found] == [13, 17, 5, 5]


@pytest.mark.parametrize(
    ("front", "section", "expected"),
    [
        ("people: Dana Reyes\n", "- Dana, VP", [("Dana Reyes", "VP")]),
        ("people: Dana\n", "- Dana Reyes, VP", [("Dana Reyes", "VP")]),
        ("people: Dana, VP\n", "- Dana Reyes", [("Dana Reyes", "VP")]),
        ('people: "[[Dana Reyes|Dana]]"\n', "- dana reyes", [("dana reyes", "")]),
        ('people: "[[People/Dana Reyes]]"\n', "- [[Dana Reyes]]", [("Dana Reyes", "")]),
        ("people: [Dana Reyes, Dana Lee]\n", "- Dana", [("Dana", ""), ("Dana Reyes", ""), ("Dana Lee", "")]),
        ("people: [Dana]\n", "- Dana Reyes\n- Dana Lee", [("Dana Reyes", ""), ("Dana Lee", ""), ("Dana", "")]),
        ("people: [Dana, Dana]\n", "- Dana", [("Dana", "")]),
        ("people: [Danaë]\n", "- Dana Reyes", [("Dana Reyes", ""), ("Danaë", "")]),
        ('people: ["?", "?"]\n', "- ?", [(None, ""), (None, ""), (None, "")]),
        ("people:\n", "- Dana", [("Dana", "")]),
    ],
)
def test_somebody_who_stands_in_both_is_one(front: str, section: str, expected: list[tuple[str | None, str]]) -> None:
    assert named(people(section + "\n", front)) == expected


def test_joining_keeps_what_the_section_says() -> None:
    section = Met("Dana Reyes", "VP", None, 9)
    assert join_people([Met("Dana Reyes", "CTO", "Dana Reyes", 4)], [section]) == (
        Met("Dana Reyes", "VP", "Dana Reyes", 9),
    )
