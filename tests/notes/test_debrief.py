"""A debrief: each section of it, and what a half-written one is."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.model import ROUNDS, Debrief, Told
from jobvault.notes.debrief import date_in_name, round_name
from tests.notes.written import WORDS, debrief, debrief_text, read, reading, said, texts
from tests.small_vault import REPOSITORY


def section(heading: str, body: str) -> Debrief:
    return debrief(f"\n## {heading}\n\n{body}\n")


# What they asked


def test_questions_have_marks_tags_and_links() -> None:
    found = section(
        "What they asked",
        """- [[Tell me about yourself]]: nine minutes (rough)
- Design a rate limiter (ok) #system-design
- Why us? (strong)
  - she smiled
- How many people have you let go? (owed)
- Do you like boats?
1. [Dana](People/Dana.md): why leave?""",
    )
    assert [(q.text, q.mark, q.tags, q.line) for q in found.questions] == [
        ("[[Tell me about yourself]]: nine minutes", "rough", (), 9),
        ("Design a rate limiter", "ok", ("system-design",), 10),
        ("Why us?; she smiled", "strong", (), 11),
        ("How many people have you let go?", "owed", (), 13),
        ("Do you like boats?", None, (), 14),
        ("[Dana](People/Dana.md): why leave?", None, (), 15),
    ]
    assert [link.target for link in found.questions[0].links] == ["Tell me about yourself"]
    assert [link.target for link in found.questions[5].links] == ["People/Dana"]


@pytest.mark.parametrize(
    "text", ["What have you shipped? (done)", "Which would you say is best? (used)", "How old? (in cats)"]
)
def test_parentheses_that_are_no_mark_of_a_question_stay(text: str) -> None:
    (question,) = section("What they asked", f"- {text}").questions
    assert (question.text, question.mark) == (text, None)


def test_questions_in_a_table_have_marks() -> None:
    found = section("What they asked", "| question | answer |\n|---|---|\n| Why us? | (rough) |\n| Why not? | |\n")
    assert [(q.text, q.mark) for q in found.questions] == [("Why us?", "rough"), ("Why not?", None)]


# What I noticed, what I still want to ask


def test_what_was_noticed_is_parted_from_what_the_user_wonders() -> None:
    found = debrief(
        """
## What I noticed

- He typed only while I talked
- Is anybody left of the team?
- **Really?** #team
- Is it remote?
  - he looked away
- "Why?" she said
- どうして？

## What I still want to ask

- Who carries the pager?
- The budget
"""
    )
    assert texts(found.noticed) == ["He typed only while I talked", '"Why?" she said']
    assert texts(found.open_questions) == [
        "Is anybody left of the team?",
        "**Really?**",
        "Is it remote?; he looked away",
        "どうして？",
        "Who carries the pager?",
        "The budget",
    ]


# Strong, weak, overall, feedback


@pytest.mark.parametrize(("heading", "name"), [("Strong", "strong"), ("Weak", "weak"), ("Feedback", "feedback")])
def test_bullets_name_their_area_by_tag_or_link(heading: str, name: str) -> None:
    found = getattr(section(heading, "- Numbers #system-design\n- [[Star stories]]\n\nAll of it, in the end\n"), name)
    assert [(r.text, r.tags, [link.target for link in r.links]) for r in found] == [
        ("Numbers", ("system-design",), []),
        ("[[Star stories]]", (), ["Star stories"]),
        ("All of it, in the end", (), []),
    ]


def test_the_overall_assessment_is_free_text() -> None:
    body = "I left whistling.\nThe whistling was _wrong_.\n\n- see Feedback\n\n### Later\n\nOh well. <!-- sigh -->\n"
    assert section("Overall", body).overall == "I left whistling. The whistling was _wrong_. see Feedback Oh well."


# Takeaways


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- Draw first", ("Draw first", False, ())),
        ("- Draw first #system-design #calm", ("Draw first", False, ("system-design", "calm"))),
        ("- Draw first (applied)", ("Draw first", True, ())),
        ("- Draw first (applied) #system-design", ("Draw first", True, ("system-design",))),
        ("- Draw first #system-design (applied)", ("Draw first", True, ("system-design",))),
        ("- Draw first\n  - then talk (applied)", ("Draw first; then talk", True, ())),
        ("- Draw first (applied)\n  - then talk", ("Draw first; then talk", True, ())),
        ("- Draw first (strong)", ("Draw first (strong)", False, ())),
        ("- [x] Draw first #calm ✅ 2026-11-21", ("Draw first", True, ("calm",))),
        ("- [ ] Draw first", ("Draw first", False, ())),
        ("1. Draw first", ("Draw first", False, ())),
        ("Draw first", ("Draw first", False, ())),
        ("- Practise [[STAR]] answers", ("Practise [[STAR]] answers", False, ())),
        ("- Draw first ^block-1", ("Draw first", False, ())),
        ("- STAR:\n  - two minutes\n  - result first", ("STAR: two minutes; result first", False, ())),
    ],
)
def test_a_takeaway_may_be_applied_and_have_themes(line: str, expected: tuple[str, bool, tuple[str, ...]]) -> None:
    (takeaway,) = section("Takeaways", line).takeaways
    assert (takeaway.text, takeaway.applied, takeaway.tags, takeaway.line) == (*expected, 9)


def test_an_indented_task_is_a_takeaway_of_its_own() -> None:
    found = section("Takeaways", "- Draw first\n  - [ ] buy a pen\n    - a red one\n- Talk")
    assert texts(found.takeaways) == ["Draw first", "buy a pen; a red one", "Talk"]


# What I told them


def test_what_was_told_has_topics() -> None:
    found = section(
        "What I told them",
        """- Pay: 120k base
- **Start:** 1 March
- Why leaving:: the boats
- [notice:: three months]
- Family:
  - two children
  - Dog: one
- that I like it
  - a lot
- https://me.example""",
    )
    assert [(told.topic, told.text) for told in found.told] == [
        ("Pay", "120k base"),
        ("Start", "1 March"),
        ("Why leaving", "the boats"),
        ("notice", "three months"),
        ("Family", "two children"),
        ("Family", "Dog: one"),
        ("", "that I like it; a lot"),
        ("", "https://me.example"),
    ]
    assert found.told[0] == Told("Pay", "120k base", 9)


# Sections as a whole


def test_a_section_that_stands_twice_is_read_twice_and_sub_headings_are_looked_through() -> None:
    found = debrief("\n## Takeaways\n\n- a\n\n### Later\n\n- b\n\n## Mine\n\n- no\n\n## Lessons\n\n- c\n")
    assert texts(found.takeaways) == ["a", "b", "c"]


def test_a_note_may_mix_words_levels_and_order() -> None:
    found = debrief("\n#### TO IMPROVE 😬\n\n- numbers\n\n# Went well:\n\n- boats\n\n# Who I met\n\n- Dana\n")
    assert (texts(found.weak), texts(found.strong), [met.name for met in found.people]) == (
        ["numbers"],
        ["boats"],
        ["Dana"],
    )


def test_a_note_whose_only_heading_is_a_section_has_no_title() -> None:
    assert texts(debrief("# Takeaways\n- Draw first\n").takeaways) == ["Draw first"]


def test_generated_words_are_never_read() -> None:
    found = debrief(
        "\n## Takeaways\n\n- mine\n\n<!-- jobvault:begin takeaways -->\n\n- generated\n\n## Weak\n\n- generated\n\n<!-- jobvault:end -->\n"
    )
    assert (texts(found.takeaways), found.weak) == (["mine"], ())


def test_hints_and_empty_labels_are_no_words() -> None:
    found = debrief(
        "\n## Takeaways\n\n<!-- next time I will … -->\n\n## What they asked\n\n<!-- end each with (strong), (ok), (rough), or (owed) if you still owe an answer -->\n\n-\n"
    )
    assert (found.takeaways, found.questions, found.empty) == ((), (), True)


# Empty or not


@pytest.mark.parametrize(
    "body",
    [
        "",
        "# Acme\n",
        "\n## Takeaways\n\n## Overall\n",
        "\n## People met\n\n### [[Dana Reyes]], VP\n\n- Cares about:\n- Concern:\n",
        "\n## People met\n\n- Dana Reyes\n- ?, SRE\n",
        "\n## Takeaways\n\n<!-- next time I will … -->\n",
        "\n## Follow-ups\n\n- [ ] Thank-you letter to [[Dana Reyes]] 📅 2026-11-21\n",
        "\n<!-- jobvault:begin people -->\n\n- generated\n\n<!-- jobvault:end -->\n",
        "\n## Takeaways\n\n-\n- \n",
        "\n## People met\n\n### Dana\n\n- Email: dana@acme.example\n",
    ],
)
def test_a_debrief_without_words_is_empty(body: str) -> None:
    assert debrief(body).empty


def test_a_question_that_is_ticked_has_been_asked() -> None:
    body = (
        "## What I noticed\n\n- [x] Who leads?\n- Who left?\n\n## Open questions\n\n- [x] Pager\n- [ ] Pay\n- [-] Car\n"
    )
    found = debrief(f"\n{body}")
    assert texts(found.open_questions) == ["Who left?", "Pay"]
    assert texts(found.noticed) == []


@pytest.mark.parametrize(
    "body",
    [
        "words\n",
        "\n## Mine\n\n- a\n",
        "\n## Takeaways\n\n- a\n",
        "\n## Overall\n\nwell\n",
        "\n## People met\n\n### Dana\n\n- Cares about: boats\n",
        "\n## People met\n\n- Concern: the budget\n",
        "\n## People met\n\n- Note: short\n",
        "\n## Follow-ups\n\n- [ ] Send the portfolio\n",
        "\n## Follow-ups\n\n- [x] Thank-you letter to Dana 📅 2026-11-21 ✅ 2026-11-21\n",
        "\n## Follow-ups\n\nThank her\n",
        "\n## Takeaways\n\n| a |\n|---|\n| b |\n",
    ],
)
def test_one_word_makes_it_written(body: str) -> None:
    noun = read(body).noun
    assert isinstance(noun, Debrief)
    assert not noun.empty


def test_a_debrief_of_properties_alone_is_read() -> None:
    found = debrief()
    assert found == Debrief(
        "Debriefs/2026-11-20 Acme technical.md", company="Acme", date=date(2026, 11, 20), empty=True
    )


def test_the_debriefs_of_the_sample_vault_are_read_or_say_why_not() -> None:
    paths = sorted(Path(REPOSITORY, "sample-vault", "Debriefs").glob("*.md"))
    found = {path.name: reading(path.read_bytes(), f"Debriefs/{path.name}") for path in paths}
    nouns = [one.noun for one in found.values() if isinstance(one.noun, Debrief)]
    assert len(nouns) > 20
    assert all(noun.company and noun.date for noun in nouns)
    for name, one in found.items():
        errors = [problem for problem in one.problems if problem.severity == "error"]
        assert isinstance(one.noun, Debrief) is not bool(errors), name


# Properties


def test_all_properties_are_read() -> None:
    front = """time: "14:30"
role: Senior Engineer
round: Recruiter screen
format: in person
people:
  - "[[Dana Reyes]]"
felt: 4
forecast: 60
outcome: next round
hear_by: 2026-11-27
heard: 2026-11-26
written: 2026-11-21
application: "[[Applications/Acme]]"
tags:
  - interview
"""
    found = debrief("", front)
    assert (found.company, found.role, found.round, found.format) == (
        "Acme",
        "Senior Engineer",
        "recruiter-screen",
        "in-person",
    )
    assert (found.date, found.time) == (date(2026, 11, 20), time(14, 30))
    assert (found.felt, found.forecast, found.outcome) == (4, 60, "advanced")
    assert (found.hear_by, found.heard, found.written) == (date(2026, 11, 27), date(2026, 11, 26), date(2026, 11, 21))
    assert (found.application, found.tags) == ("Applications/Acme", ("interview",))
    assert [(met.name, met.line) for met in found.people] == [("Dana Reyes", 9)]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2026-11-20 Acme", date(2026, 11, 20)),
        ("Acme 2026-11-20", date(2026, 11, 20)),
        ("Acme_2026-11-20_panel", date(2026, 11, 20)),
        ("2026-02-30 then 2026-03-01", date(2026, 3, 1)),
        ("12026-11-200", None),
        ("20261120", None),
        ("", None),
    ],
)
def test_the_date_may_stand_in_the_name(name: str, day: date | None) -> None:
    assert date_in_name(name) == day
    found = reading("---\ntype: debrief\ncompany: Acme\n---\n", f"x/{name}.md")
    assert isinstance(found.noun, Debrief)
    assert found.noun.date == day
    assert said(found.problems) == ([] if day else [("missing-date", None)])


def test_gaps_are_reported_quietly_and_the_note_is_read() -> None:
    found = reading("---\ntype: debrief\n---\n## Takeaways\n- a\n", "x/note.md")
    assert [(p.code, p.severity) for p in found.problems] == [("missing-company", "hint"), ("missing-date", "warning")]
    assert isinstance(found.noun, Debrief)
    assert texts(found.noun.takeaways) == ["a"]


def test_a_date_that_cannot_be_read_is_reported_once_and_the_name_counts() -> None:
    found = reading("---\ntype: debrief\ncompany: Acme\nDate: soon\n---\n", "x/2026-11-20 Acme.md")
    assert isinstance(found.noun, Debrief)
    assert (found.noun.date, said(found.problems)) == (date(2026, 11, 20), [("bad-value", 4)])
    assert said(reading("---\ntype: debrief\ncompany: Acme\nDate: soon\n---\n", "x/Acme.md").problems) == [
        ("bad-value", 4)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Recruiter screen", "recruiter-screen"), ("SYSTEM_DESIGN", "system-design"), ("take home", "take-home"), ("Chat", "chat"), ("coffee", "coffee"),
        ("Coffee", "coffee"), ("Bar raiser", "Bar raiser"), ("", ""), ("on-site", "on-site"), ("Onsite!", "onsite"),
    ],
)  # fmt: skip
def test_rounds_are_the_users_words_and_known_ones_are_recognised(text: str, expected: str) -> None:
    assert round_name(text, WORDS, ("coffee",)) == expected
    assert debrief("", f"round: {text}\n").round == expected


@pytest.mark.parametrize("name", ROUNDS)
def test_every_round_is_known(name: str) -> None:
    assert round_name(name.replace("-", " ").upper(), WORDS) == name


def test_a_round_may_be_a_link() -> None:
    assert debrief("", 'round: "[[Rounds/Technical]]"\n').round == "technical"


@given(
    st.lists(
        st.sampled_from(
            [
                "## Takeaways",
                "## People met",
                "### Dana",
                "- a: b",
                "  - Concern: c",
                "- My answer: d (rough)",
                "-",
                "",
                "(applied)",
                "- [ ] e 📅 2026-11-28",
                "## Follow-ups",
                "## What I told them",
                "| a |",
                "|---|",
                "\x00",
                "caf\udce9",
                "<!--",
                "`",
                "---",
            ]
        ),
        max_size=12,
    )
)
def test_no_debrief_raises_and_each_line_is_the_notes_own(rows: list[str]) -> None:
    text = debrief_text("\n".join(rows))
    found = read("\n".join(rows))
    assert isinstance(found.noun, Debrief)
    last = text.count("\n") + 1
    noun = found.noun
    for thing in (
        *noun.takeaways,
        *noun.told,
        *noun.concerns,
        *noun.remarks,
        *found.follow_ups,
        *(p for p in found.problems if p.line),
    ):
        assert 1 <= (thing.line or 0) <= last
