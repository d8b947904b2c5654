"""Follow-ups: which lines are one, and what they say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.model import FollowUp
from tests.notes.written import PATH, follow_ups, read, reading, said, texts

DUE = date(2026, 11, 28)
FORMS = (
    "📅 2026-11-28",
    "📆 2026-11-28",
    "[due:: 2026-11-28]",
    "(due:: 2026-11-28)",
    "due 2026-11-28",
    ", due 2026-11-28",
    "(due 2026-11-28)",
    "due: 2026-11-28.",
    "DUE 2026-11-28",
)


def one(body: str) -> FollowUp:
    (found,) = follow_ups(body)
    return found


# In the section


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("lead", "kind"),
    [
        ("- [ ] ", "task"),
        ("* [ ] ", "task"),
        ("1. [ ] ", "task"),
        ("- ", "bullet"),
        ("2) ", "bullet"),
        ("", "paragraph"),
    ],
)
def test_every_form_of_date_is_read_on_tasks_bullets_and_paragraphs(lead: str, kind: str, form: str) -> None:
    found = one(f"{lead}Send the portfolio {form}\n")
    assert (found.text, found.due, found.form, found.status) == ("Send the portfolio", DUE, kind, "open")
    assert (found.path, found.line) == (PATH, 9)


@pytest.mark.parametrize("lead", ["- [ ] ", "- ", ""])
def test_without_a_date_they_are_open_and_undated(lead: str) -> None:
    found = one(f"{lead}Send the portfolio\n")
    assert (found.text, found.due, found.status) == ("Send the portfolio", None, "open")


@pytest.mark.parametrize(
    ("char", "status"),
    [
        (" ", "open"),
        ("/", "in-progress"),
        ("x", "done"),
        ("X", "done"),
        ("-", "cancelled"),
        ("?", "open"),
        (">", "open"),
        ("!", "open"),
    ],
)
def test_statuses(char: str, status: str) -> None:
    assert one(f"- [{char}] Send it\n").status == status


def test_all_fields_of_a_task_are_read() -> None:
    found = one("- [x] Send #deck to [[Dana Reyes]] 🔺 📅 2026-11-28 ✅ 2026-11-21 #later ^abc\n")
    assert (found.text, found.due, found.done, found.status) == (
        "Send #deck to [[Dana Reyes]]",
        DUE,
        date(2026, 11, 21),
        "done",
    )
    assert (found.tags, [link.target for link in found.links]) == (("deck", "later"), ["Dana Reyes"])
    assert one("- [-] Send it ❌ 2026-11-21\n").cancelled == date(2026, 11, 21)


def test_a_recurring_task_is_known() -> None:
    assert one("- [ ] Write to her 🔁 every week 📅 2026-11-28\n").recurring
    assert not one("- [ ] Write to her 📅 2026-11-28\n").recurring


def test_an_indented_task_is_one_of_its_own_and_an_indented_bullet_belongs_to_the_one_above() -> None:
    found = follow_ups(
        "- [ ] Send it 📅 2026-11-28\n  - with the deck\n  - [ ] print the deck\n    - [x] buy paper\n- Call\n  - her mobile\n"
    )
    assert texts(found) == ["Send it", "print the deck", "buy paper", "Call"]
    assert [item.form for item in found] == ["task", "task", "task", "bullet"]


@pytest.mark.parametrize(
    "body",
    [
        "- [ ] Ask for the name of the SRE\n  with the beard 📅 2026-11-28\n",
        "- [ ] Ask for the name of the SRE 📅 2026-11-28\n  with the beard\n",
        "- [ ] Ask for the name of the SRE with the beard, due\n  2026-11-28\n",
        "- [ ] Ask for the name of the SRE with the beard 📅\nlazily 2026-11-28\n".replace("lazily ", ""),
        "- Ask for the name of the SRE\n  with the beard [due::\n  2026-11-28]\n",
        "Ask for the name of the SRE\nwith the beard (due 2026-11-28)\n",
    ],
)
def test_lines_that_were_wrapped_are_one(body: str) -> None:
    found = one(body)
    assert (found.text, found.due) == ("Ask for the name of the SRE with the beard", DUE)


def test_a_wrapped_line_that_was_ticked_is_still_the_same() -> None:
    before = one("- [ ] Ask for the name #sre\n  of them, due 2026-11-28\n")
    after = one("- [x] Ask for the name #sre ✅ 2026-11-21\n  of them, due 2026-11-28\n")
    assert (after.id, after.text, after.due, after.done) == (before.id, before.text, before.due, date(2026, 11, 21))


def test_comments_are_no_part_of_it() -> None:
    found = one("- [ ] Send it <!-- soon --> 📅 2026-11-28 <!-- really\n  soon -->\n")
    assert (found.text, found.due) == ("Send it", DUE)


def test_a_heading_by_accident_is_a_paragraph_still() -> None:
    found = read("\n## Follow-ups\n\nSend it, due 2026-11-28\n-\n")
    assert [(item.text, item.due, item.form) for item in found.follow_ups] == [("Send it", DUE, "paragraph")]
    assert said(found.problems) == [("accidental-heading", 9)]


@pytest.mark.parametrize(
    "body",
    [
        "-\n", "- [ ]\n", "- [ ] \n", "<!-- - [ ] a -->\n", "```\n- [ ] a 📅 2026-11-28\n```\n", "<!-- -->\n\n    - [ ] a 📅 2026-11-28\n", "> jobvault: not carried: - [x] a\n", "> words\n",
        "%%\n- [ ] a 📅 2026-11-28\n%%\n", "---\n", "### Sub-heading\n", "- <!-- a -->\n", "<!-- jobvault:begin follow-ups -->\n\n- [ ] a 📅 2026-11-28\n\n<!-- jobvault:end -->\n",
    ],
)  # fmt: skip
def test_what_is_no_follow_up(body: str) -> None:
    assert follow_ups(body) == ()


@pytest.mark.parametrize("heading", ["Follow-ups", "Next steps", "To do", "TODO:", "**Follow ups** ✅"])
def test_the_section_has_many_names(heading: str) -> None:
    assert texts(read(f"\n### {heading}\n\n- a\n").follow_ups) == ["a"]


# Elsewhere


@pytest.mark.parametrize("kind", ["debrief", "application", "letter", "question", "story", "person", "prep", "review"])
def test_a_dated_task_anywhere_in_a_note_of_ours_is_one(kind: str) -> None:
    found = reading(
        f"---\ntype: {kind}\n---\n\n## Mine\n\n- [ ] Send it 📅 2026-11-28\n\n> - [x] quoted, due 2026-11-28\n", "x.md"
    )
    assert [(item.text, item.due, item.status) for item in found.follow_ups] == [
        ("Send it", DUE, "open"),
        ("quoted", DUE, "done"),
    ]


def test_what_is_undated_or_no_task_there_is_none() -> None:
    found = read(
        "\n- [ ] undated\n- bullet 📅 2026-11-28\n\nparagraph 📅 2026-11-28\n\n## Takeaways\n\n- [ ] also undated\n"
    )
    assert found.follow_ups == ()


def test_a_follow_ups_section_is_only_one_in_a_debrief() -> None:
    found = reading("---\ntype: prep\n---\n\n## Follow-ups\n\n- a\n- [ ] b\n- [ ] c 📅 2026-11-28\n", "x.md")
    assert texts(found.follow_ups) == ["c"]


@pytest.mark.parametrize("front", ["", "---\ntype: book\n---\n", "---\ntitle: x\n---\n"])
def test_the_tasks_of_other_notes_are_none_of_ours(front: str) -> None:
    found = reading(f"{front}\n- [ ] Send it 📅 2026-11-28\n\n## Follow-ups\n\n- a\n", "x.md")
    assert (found.follow_ups, found.date_forms, found.matters) == ((), (), False)


# Kind


@pytest.mark.parametrize(
    "text",
    [
        "Thank-you letter to Dana", "Thank you note", "thank Dana", "Send thanks", "THANKS to all", "Write the thank-you", "Thankyou mail", "**Thank** her",
    ],
)  # fmt: skip
def test_a_thank_you_is_known_by_its_words(text: str) -> None:
    assert one(f"- [ ] {text}\n").kind == "thanks"


@pytest.mark.parametrize("text", ["Send the portfolio", "Ask about Thanksgiving", "Read Thankmar's book"])
def test_others_have_no_kind(text: str) -> None:
    assert one(f"- [ ] {text}\n").kind == ""


# Ids


def ids(body: str) -> list[str]:
    return [item.id for item in follow_ups(body)]


def test_an_id_is_eight_base32_characters() -> None:
    (found,) = ids("- [ ] Send it\n")
    assert len(found) == 8
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz234567")


@pytest.mark.parametrize(
    "other",
    [
        "- [x] Send it\n", "- Send it\n", "Send it\n", "* [/] Send it 📅 2026-11-28 ✅ 2026-11-21\n", "- [ ] Send it, due 2026-11-28 #later ^\n".replace(" ^", ""),
        "- [ ] another\n- [ ] Send it\n", "words\n\n- [ ]   Send   it\n", "- [ ] Send <!-- x --> it\n",
    ],
)  # fmt: skip
def test_an_id_does_not_depend_on_dates_box_marker_or_place_in_the_note(other: str) -> None:
    (wanted,) = ids("- [ ] Send it\n")
    assert wanted in ids(other)


def test_ids_depend_on_path_and_text_and_equal_texts_have_their_own() -> None:
    first, second, third = ids("- [ ] Send it\n- [ ] Send it 📅 2026-11-28\n- [ ] Send it!\n")
    assert len({first, second, third}) == 3
    text = "---\ntype: debrief\n---\n## Follow-ups\n- [ ] Send it\n"
    assert reading(text, "a.md").follow_ups[0].id != reading(text, "b.md").follow_ups[0].id


@pytest.mark.parametrize("own", ["🆔 dana1", "[id:: dana1]", "^dana1"])
def test_an_id_of_the_lines_own_replaces_text_and_place(own: str) -> None:
    assert ids(f"- [ ] Send it {own}\n") == ids(f"- [ ] Send\n- [ ] Other\n- [ ] Send all of it {own}\n")[2:]
    equal = ids(f"- [ ] Send it {own}\n- [ ] Send it\n")
    assert equal[1] == ids("- [ ] Send it\n- [ ] Send it\n")[1]
    assert equal[0] != equal[1]


@given(
    st.lists(
        st.sampled_from(["- [ ] a", "- [x] a", "- a", "- [ ] b 📅 2026-11-28", "- [ ] a ^i1", "  - [ ] a", "a", ""]),
        max_size=10,
    )
)
def test_ids_are_distinct_unless_a_line_says_otherwise(rows: list[str]) -> None:
    found = follow_ups("\n".join(rows) + "\n")
    own = {item.id for item in found if item.line <= 8 + len(rows) and "^i1" in rows[item.line - 9]}
    plain = [item.id for item in found if item.id not in own]
    assert len(plain) == len(set(plain))


# Problems, and the vault's own way


def test_what_a_line_means_but_does_not_say_is_reported_at_its_line() -> None:
    found = read(
        """
## Follow-ups

- [ ] send CV 📅 2026-11-21 with Dana
- [ ] call 📅 2026-02-30
- [ ] write 📅 2026-11-21 📅 2026-11-22
- plain due 2026-11-21 for her

## Mine

- [ ] undated 📅 2026-11-21 here too
"""
    )
    assert said(found.problems) == [
        ("date-not-at-end", 9), ("no-such-date", 10), ("two-due-dates", 11), ("date-not-at-end", 12), ("date-not-at-end", 16),
    ]  # fmt: skip
    assert [(item.text[:5], item.due) for item in found.follow_ups] == [
        ("send ", None), ("call", None), ("write", date(2026, 11, 21)), ("plain", None),
    ]  # fmt: skip
    assert found.problems[0].quote == "send CV 📅 2026-11-21 with Dana"
    assert [problem.severity for problem in found.problems[:3]] == ["warning", "warning", "hint"]


def test_the_forms_of_due_dates_are_counted() -> None:
    found = read(
        "\n## Follow-ups\n\n- [ ] a 📅 2026-11-28\n- [ ] b [due:: 2026-11-28]\n- c, due 2026-11-28\n- [x] d ✅ 2026-11-28\n"
    )
    assert found.date_forms == ("emoji", "dataview", "plain")
