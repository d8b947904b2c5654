"""Questions: what they asked, how often, and how it went."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.model import Debrief, Met, Question, QuestionNote, Story
from jobvault.notes.inline import find_links
from jobvault.search.search import Search
from jobvault.views.questions import Item
from tests.nouns import ask, debrief, met, searching, show

ABOUT = QuestionNote("Questions/About you.md", "Tell me about yourself", aliases=("Your pitch",))
FERRY = Story("Stories/Ferry.md", "The night of the ferries")


def question(text: str, mark: str | None = None, line: int = 20) -> Question:
    return Question(text, line, mark, (), find_links(text, line))


def on(date: str | None, *asked: Question, company: str = "Acme", **fields: object) -> Debrief:
    return debrief(company, date, "panel", questions=asked, **fields)


def of(*debriefs: Debrief) -> Search:
    return searching(*debriefs, ABOUT, FERRY)


def items(*debriefs: Debrief) -> tuple[Item, ...]:
    return ask("questions", of(*debriefs)).items


# --- which are one --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "two", "text", "note"),
    [
        ("Why here?", "why HERE", "why HERE", None),
        ("[[About you]]: nine minutes", "[[About you]]", "Tell me about yourself", ABOUT.path),
        ("[[About you]]", "tell me about yourself!", "Tell me about yourself", ABOUT.path),
        ("Your pitch", "Tell me about yourself", "Tell me about yourself", ABOUT.path),
        ("An outage: [[Ferry]]", "[[Ferry]], slowly", "The night of the ferries", FERRY.path),
    ],
)
def test_equal_words_and_the_same_linked_note_are_one(one: str, two: str, text: str, note: str | None) -> None:
    [item] = items(on("2026-11-01", question(one, "rough")), on("2026-11-02", question(two, "ok", 21)))
    assert (item.text, item.note, item.times) == (text, note, 2)
    assert (str(item.date), item.line, item.mark) == ("2026-11-02", 21, "ok")
    assert [(use.text, use.mark) for use in item.uses] == [(two, "ok"), (one, "rough")]


def test_other_words_are_another_and_signs_alone_are_not_merged() -> None:
    assert len(items(on("2026-11-01", question("a"), question("b", line=21), question("!"), question("?")))) == 4


def test_what_stands_under_a_person_counts_and_says_who_asked() -> None:
    dana = Met("Dana Reyes", line=10, asked=(question("Why here?", "ok", 12),))
    [item] = items(debrief("Acme", "2026-11-01", "panel", dana))
    assert (item.text, item.uses[0].by) == ("Why here?", ("Dana Reyes",))


def test_without_a_mark_of_its_own_it_is_the_same_time() -> None:
    dana = Met("Dana Reyes", line=10, asked=(question("why here", None, 12),))
    [item] = items(debrief("Acme", "2026-11-01", "panel", dana, questions=(question("Why here?", "rough"),)))
    assert (item.times, item.rough, item.line, item.uses[0].by) == (1, 1, 20, ("Dana Reyes",))


def test_asked_twice_in_a_round_with_two_marks_is_two_times() -> None:
    dana, lee = (
        Met(name, line=n, asked=(question("Why?", m, n + 1),))
        for name, n, m in (("Dana Reyes", 10, "ok"), ("Lee Okafor", 14, "rough"))
    )
    [item] = items(debrief("Acme", "2026-11-01", "panel", dana, lee))
    assert [(use.mark, use.by) for use in item.uses] == [("ok", ("Dana Reyes",)), ("rough", ("Lee Okafor",))]


# --- order ----------------------------------------------------------------------------------------------------------


def test_owed_first_then_rough_most_often_then_the_rest() -> None:
    found = items(
        on(
            "2026-11-01",
            question("twice rough", "rough"),
            question("once rough", "rough", 21),
            question("often", "ok", 22),
        ),
        on(
            "2026-11-02", question("twice rough", "rough"), question("mended", "rough", 21), question("often", "ok", 22)
        ),
        on("2026-11-03", question("mended", "strong"), question("unmarked", None, 21), question("owed", "owed", 22)),
    )
    assert [item.text for item in found] == ["owed", "twice rough", "once rough", "mended", "often", "unmarked"]


@pytest.mark.parametrize(
    ("fields", "owed"), [({}, True), ({"outcome": "rejected"}, False), ({"outcome": "cancelled"}, False)]
)
def test_nothing_is_owed_to_a_company_that_has_closed(fields: dict[str, str], owed: bool) -> None:
    [item] = items(on("2026-11-01", question("Why?", "owed"), **fields))
    assert (item.owed, item.mark) == (owed, "owed")


def test_an_answer_that_went_well_elsewhere_is_still_owed() -> None:
    [item] = items(
        on("2026-11-01", question("Why?", "owed")), on("2026-11-02", question("Why?", "strong"), company="Birch")
    )
    assert (item.owed, item.mark) == (True, "strong")


# --- what is shown --------------------------------------------------------------------------------------------------


def test_all_of_it() -> None:
    search = of(
        on("2026-10-01", question("[[About you]]: nine minutes", "rough"), question("Pallets?", "ok", 21)),
        on(
            "2026-11-01",
            question("[[About you]]", "ok"),
            question("What would make you leave?", "owed", 21),
            company="Birch",
        ),
        on("2026-11-09", question("Tell me about yourself", "strong"), company="Corvo"),
    )
    assert show("questions", search) == [
        "## An answer is still owed",
        "- **What would make you leave?** · owed · [[2026-11-01 Birch panel]]",
        "## Went rough",
        "- **[[About you|Tell me about yourself]]** · asked 3 times: rough → ok → strong",
        "  - strong · [[2026-11-09 Corvo panel]]",
        "  - ok · [[2026-11-01 Birch panel]]",
        "  - rough · [[About you]]: nine minutes · [[2026-10-01 Acme panel]]",
        "## All others",
        "- **Pallets?** · ok · [[2026-10-01 Acme panel]]",
    ]


def test_what_the_name_of_the_note_does_not_say_is_said() -> None:
    note = Debrief("Debriefs/x.md", "Acme", round="panel", questions=(question("Why?"),), people=(met("Dana Reyes"),))
    asked = (question("How? [[Dana Reyes]]"),)
    dated = debrief("Acme", "2026-11-01", "panel", "Dana Reyes", path="Debriefs/y.md", questions=asked)
    assert show("questions", of(note, dated))[1:] == [
        "- **How? [[Dana Reyes]]** · Sun 1 Nov 2026 · Acme · panel · from Dana Reyes · [[y]]",
        "- **Why?** · Acme · panel · [[x]]",
    ]


def test_times_without_any_mark() -> None:
    lines = show("questions", of(on("2026-11-01", question("Why?")), on("2026-11-02", question("Why?"))))
    assert lines[1] == "- **Why?** · asked 2 times"


def test_a_bullet_that_is_a_mark_alone_is_not_lost() -> None:
    assert (
        show("questions", of(on("2026-11-01", question("", "rough"))))[1]
        == "- **…** · rough · [[2026-11-01 Acme panel]]"
    )


def test_the_arguments_choose_questions_and_the_limit_keeps_the_first() -> None:
    search = of(
        on("2026-11-01", question("a", "owed"), question("b", "rough", 21)),
        on("2026-11-02", question("a", "strong"), company="Birch"),
    )
    assert [(i.text, i.times, i.owed) for i in ask("questions", search, since="2026-11-02").items] == [("a", 2, True)]
    assert [(i.text, i.owed) for i in ask("questions", search, company="Birch").items] == [("a", True)]
    assert [item.text for item in ask("questions", search, limit=1).items] == ["a"]
    assert show("questions", search, limit=1)[-1] == "… and 1 more: `jobvault show questions`"


def test_a_person_asked_for_asked_it_or_was_there_alone() -> None:
    hanna = Met("Hanna Abara", line=10, asked=(question("hers", "ok", 11),))
    lowe = Met("Cordelia Lowe", line=14, asked=(question("the bear", None, 15), question("both", None, 16)))
    search = of(
        debrief("Acme", "2026-11-01", "panel", hanna, lowe, questions=(question("anybody's", "ok", 20),)),
        debrief("Acme", "2026-11-02", "final", hanna, questions=(question("alone", "ok", 20),)),
        debrief("Acme", "2026-11-03", "chat", met("Hanna Abara"), met("?, beard"), questions=(question("x", "ok"),)),
        debrief("Acme", "2026-11-04", "pair", "Lee Ode", questions=(question("both [[Hanna Abara]]", "ok"),)),
    )
    assert {i.text for i in ask("questions", search, person="Hanna").items} == {"hers", "alone", "both [[Hanna Abara]]"}
    assert {i.text for i in ask("questions", search, person="Cordelia Lowe").items} == {"the bear", "both"}


def test_an_empty_view_says_what_would_fill_it() -> None:
    [line] = show("questions", searching(ABOUT))
    assert line.startswith("_No questions yet. Write them under “What they asked”")
    assert show("questions", searching(), company="Acme") == ["_Nothing in this vault matches._"]


_ASKED = st.builds(
    question,
    st.sampled_from(["", "a", "A?", "…", "[[About you]]", "[[About you]]: b", "tell me about yourself", "[[Ferry]]"]),
    st.sampled_from([None, "strong", "ok", "rough", "owed"]),
)


@given(st.lists(st.lists(_ASKED, max_size=5), max_size=5))
def test_every_marked_question_is_one_time_and_none_is_lost(written: list[list[Question]]) -> None:
    debriefs = [
        Debrief(
            f"D/{n}.md", questions=tuple(Question(q.text, 20 + i, q.mark, (), q.links) for i, q in enumerate(asked))
        )
        for n, asked in enumerate(written)
    ]
    found = items(*debriefs)
    uses = [use for item in found for use in item.uses]
    marked = sorted((d.path, q.line, q.mark) for d in debriefs for q in d.questions if q.mark)
    assert sorted((use.path, use.line, use.mark) for use in uses if use.mark) == marked
    assert {use.path for use in uses} == {d.path for d in debriefs if d.questions}
    assert all(item.times == len(item.uses) for item in found)
    assert [not item.owed for item in found] == sorted(not item.owed for item in found)
    assert len({item.note or item.text for item in found}) == len(found)
