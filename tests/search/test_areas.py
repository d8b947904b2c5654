"""Areas: what names one, and how each stands."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.model import Application, Debrief, Page, Question, QuestionNote, Remark, Story
from jobvault.notes.inline import find_links
from jobvault.search.areas import Areas, Said, Standing, standings, wordings
from jobvault.settings import Settings
from tests.nouns import debrief, searching

RATE = QuestionNote("Questions/Rate limiter.md", "Design a rate limiter", ("system-design", "drawing"))
STINTS = QuestionNote("Questions/Short stints.md", "Why two short stints?")
FERRY = Story("Stories/Ferry.md", "The night of the ferries", ("storytelling",))
HERE = debrief("Acme Robotics", "2026-11-20", "panel", "[[Dana Reyes]]", "Lee Okafor")
NOUNS = (RATE, STINTS, FERRY, HERE, Application("Applications/x.md", "Birch"), Page("Prep/y.md", "prep"))
OTHERS = ("People/Dana Reyes.md", "Notes/Kafka.md", "Notes/System design.md", "Acme Robotics.md")


def words(text: str, *tags: str, line: int = 30) -> Remark:
    """Return a bullet as it is read, its links with it."""
    return Remark(text, line, tags, find_links(text, line))


def named(text: str, *tags: str, settings: Settings | None = None) -> list[tuple[str, str, str | None]]:
    search = searching(*NOUNS, others=OTHERS, settings=settings)
    return [(area.key, area.name, area.note) for area in Areas(search).of(words(text, *tags), HERE.path)]


# --- what names an area ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["system-design", "System_Design", "SYSTEM-DESIGN"])
def test_a_tag_names_an_area_in_any_case(tag: str) -> None:
    assert named("x", tag) == [("system design", tag, None)]


def test_aliases_make_several_tags_one_and_links_too() -> None:
    settings = Settings(areas={"System design": ("architecture", "Big picture")})
    found = [("system design", "System design", None)]
    assert named("x", "Architecture", settings=settings) == found
    assert named("x", "architecture", "big-picture", settings=settings) == found
    assert named("see [[Big picture]]", settings=settings) == found


def test_several_tags_name_several_areas() -> None:
    assert [area[0] for area in named("x", "a", "b", "A")] == ["a", "b"]


def test_a_tag_of_signs_alone_is_an_area_too() -> None:
    assert named("x", "🔥") == [("🔥", "🔥", None)]


def test_a_linked_question_or_story_stands_for_its_tags() -> None:
    assert [area[1] for area in named("stuck in [[Rate limiter]]")] == ["system-design", "drawing"]
    assert [area[1] for area in named("[[Ferry|that story]] took minutes")] == ["storytelling"]


def test_one_without_tags_stands_for_itself_by_its_wording() -> None:
    assert named("[[Short stints]]: too long") == [("short stints", "Why two short stints?", STINTS.path)]


def test_any_other_note_names_an_area_and_so_does_a_link_to_none() -> None:
    assert named("[[Kafka]] and [this](../Notes/Kafka.md)") == [("kafka", "Kafka", "Notes/Kafka.md")]
    assert named("[[Event sourcing]]") == [("event sourcing", "Event sourcing", None)]


def test_a_topic_note_and_a_tag_of_the_same_words_are_one() -> None:
    assert named("[[System design]]")[0][0] == named("x", "system-design")[0][0]


def test_where_there_is_a_tag_a_link_names_nothing() -> None:
    assert named("[[Rate limiter]] and [[Kafka]]", "drawing") == [("drawing", "drawing", None)]


@pytest.mark.parametrize(
    "text",
    [
        "no link at all",
        "[[Dana Reyes]] frowned",
        "[[Lee Okafor]] frowned",
        "as in [[2026-11-20 Acme Robotics panel]]",
        "as in [[2026-11-21 Birch technical]] on [[Daily/2026-11-21]]",
        "their [[Acme Robotics]]",
        "their [[acme robotics]]",
        "[[x]] was closed",
        "[[a folder/]]",
        "[[y]]",
    ],
)
def test_who_it_was_with_and_what_it_was_for_is_no_area(text: str) -> None:
    assert named(text) == []


# --- how each stands ------------------------------------------------------------------------------------------------


def question(text: str, mark: str, *tags: str, line: int = 20) -> Question:
    return Question(text, line, mark, tags, find_links(text, line))


def on(
    date: str | None,
    weak: tuple[Remark, ...] = (),
    strong: tuple[Remark, ...] = (),
    asked: tuple[Question, ...] = (),
    company: str = "Acme",
) -> Debrief:
    return debrief(company, date, weak=weak, strong=strong, questions=asked)


def weak(*debriefs: Debrief, settings: Settings | None = None) -> tuple[Standing, ...]:
    search = searching(*debriefs, RATE, settings=settings)
    return standings(search, "weak")


def days(said: tuple[Said, ...]) -> list[str]:
    return [str(one.date) for one in said]


def test_debriefs_are_counted_not_bullets_and_the_latest_comes_first() -> None:
    two = (words("a", "sql", line=30), words("b", "SQL", line=31))
    [item] = weak(on("2026-11-01", (words("old", "sql"),)), on("2026-11-09", two))
    assert (item.area, item.debriefs, item.text, item.line, str(item.date)) == ("sql", 2, "a", 30, "2026-11-09")
    assert [one.text for one in item.sources] == ["a", "b", "old"]


def test_an_area_is_called_as_it_is_written_most_often() -> None:
    found = weak(*(on(f"2026-11-0{n}", (words("x", tag),)) for n, tag in enumerate(("SQL", "sql", "sql"), 1)))
    assert [item.area for item in found] == ["sql"]


def test_a_tag_names_it_rather_than_a_note() -> None:
    one, two = on("2026-11-01", (words("[[Rate]]"),)), on("2026-11-02", (words("x", "rate"),))
    search = searching(one, two, others=["Rate.md"])
    [item] = standings(search, "weak")
    assert (item.area, item.note, item.debriefs) == ("rate", None, 2)
    [item] = standings(searching(one, others=["Rate.md"]), "weak")
    assert (item.area, item.note) == ("Rate", "Rate.md")


def test_a_bullet_with_two_tags_stands_under_both() -> None:
    assert [item.area for item in weak(on("2026-11-01", (words("x", "b", "a"),)))] == ["b", "a"]


def test_equal_words_without_an_area_are_one_and_words_with_one_are_not_among_them() -> None:
    found = weak(
        on("2026-11-01", (words("Talked too fast!"), words("Talked too fast", "pace", line=31))),
        on("2026-11-02", (words("talked too FAST"),)),
    )
    assert [(item.area, item.text, item.debriefs) for item in found] == [
        ("pace", "Talked too fast", 1),
        (None, "talked too FAST", 2),
    ]


def test_the_most_frequent_come_first_then_the_latest_then_those_without_an_area() -> None:
    found = weak(
        on("2026-11-01", (words("x", "often"), words("y", "rare", line=31))),
        on("2026-11-02", (words("x", "often"), words("alone", line=31))),
        on("2026-11-03", (words("alone"), words("z", "new", line=31))),
        on("2026-11-04", (words("alone"),)),
    )
    assert [item.area or item.text for item in found] == ["often", "new", "rare", "alone"]


def test_rough_questions_are_further_evidence_and_with_a_tag_an_area_of_their_own() -> None:
    asked = (
        question("q", "rough", "sql", line=20),
        question("[[Rate limiter]]", "rough", line=21),
        question("fine", "ok", "sql", line=22),
        question("other", "rough", "kafka", line=23),
        question("[[Short stints]]", "rough", line=24),
    )
    search = searching(
        on("2026-11-01", (words("x", "SQL"), words("y", "drawing", line=31))),
        on("2026-11-05", (), (), asked),
        RATE,
        STINTS,
    )
    found = standings(search, "weak")
    assert [(item.area, [one.text for one in item.answers]) for item in found] == [
        ("SQL", ["q"]),
        ("drawing", ["[[Rate limiter]]"]),
        ("system-design", ["[[Rate limiter]]"]),
        ("kafka", ["other"]),
    ]
    assert [(item.debriefs, str(item.date), item.line) for item in found[:2]] == [
        (2, "2026-11-05", 20),
        (2, "2026-11-05", 21),
    ]


def test_an_area_named_by_a_link_is_on_both_sides_where_one_has_a_bullet() -> None:
    one = on("2026-11-01", (words("[[Short stints]]"),))
    search = searching(one, on("2026-11-02", (), (), (question("[[Short stints]]", "strong"),)), STINTS)
    assert [days(item.since) for item in standings(search, "weak")] == [["2026-11-02"]]
    [item] = standings(search, "strong")
    assert (item.area, item.note, item.sources, len(item.answers)) == ("Why two short stints?", STINTS.path, (), 1)


def test_some_debriefs_choose_the_areas_and_never_change_how_they_stand() -> None:
    search = searching(
        on("2026-11-01", (words("x", "sql"), words("alone", line=31)), company="Acme"),
        on("2026-11-02", (words("y", "sql"), words("z", "drawing", line=31)), company="Birch"),
        on("2026-11-03", (), (words("good", "sql"),), company="Corvo"),
    )
    acme, birch, corvo = ({d.path} for d in search.debriefs)
    assert [(i.area, i.debriefs, days(i.since)) for i in standings(search, "weak", acme)] == [
        (None, 1, []),
        ("sql", 1, ["2026-11-03"]),
    ]
    assert [(i.area, [one.text for one in i.sources]) for i in standings(search, "weak", birch)] == [
        ("drawing", ["z"]),
        ("sql", ["y"]),
    ]
    assert standings(search, "weak", corvo) == ()


@pytest.mark.parametrize(
    ("strong", "shown"),
    [("2026-11-02", True), ("2026-11-01", False), ("2026-10-31", False), (None, False)],
)
def test_strong_since_is_a_later_day(strong: str | None, shown: bool) -> None:
    [item] = weak(
        on("2026-11-01", (words("x", "sql"),)), on(strong, (), (words("y", "Sql"),), (question("q", "strong", "sql"),))
    )
    assert [one.text for one in item.since] == (["y", "q"] if shown else [])


def test_it_is_not_strong_since_where_it_was_weak_or_rough_again() -> None:
    first, good = on("2026-11-01", (words("x", "sql"),)), on("2026-11-02", (), (words("y", "sql"),))
    [item] = weak(first, good)
    assert days(item.since) == ["2026-11-02"]
    for again in (on("2026-11-03", (words("x", "sql"),)), on("2026-11-03", (), (), (question("q", "rough", "sql"),))):
        [item] = weak(first, good, again)
        assert item.since == ()


def test_an_undated_weakness_has_no_later() -> None:
    [item] = weak(on(None, (words("x", "sql"),)), on("2026-11-02", (), (words("y", "sql"),)))
    assert (item.date, item.since) == (None, ())


def test_what_was_strong_since_comes_last() -> None:
    found = weak(
        on("2026-11-01", (words("x", "held"),)),
        on("2026-11-02", (words("x", "held"), words("y", "new", line=31), words("z", line=32))),
        on("2026-11-03", (), (words("y", "held"),)),
    )
    assert [item.area for item in found] == ["new", None, "held"]


def test_strengths_are_the_same_from_the_other_side() -> None:
    one = on("2026-11-01", (), (words("x", "sql"),), (question("q", "strong", "sql"),))
    search = searching(one, on("2026-11-02", (words("y", "sql"),)))
    [item] = standings(search, "strong")
    assert ([one.text for one in item.answers], days(item.since)) == (["q"], ["2026-11-02"])


_TEXTS = st.sampled_from(["", "a", "A!", "b", "…", "?", "[[Rate limiter]]"])
_REMARKS = st.builds(
    lambda text, tags: words(text, *tags), _TEXTS, st.lists(st.sampled_from(["sql", "SQL", "x"]), max_size=2)
)
_DATES = st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 9))


@given(st.lists(st.tuples(_DATES, st.lists(_REMARKS, max_size=4), st.lists(_REMARKS, max_size=4)), max_size=6))
def test_every_bullet_stands_somewhere_and_since_is_always_later(
    written: list[tuple[dt.date | None, list[Remark], list[Remark]]],
) -> None:
    debriefs = [
        Debrief(
            f"D/{n}.md",
            date=date,
            weak=tuple(Remark(r.text, 30 + i, r.tags, r.links) for i, r in enumerate(ours)),
            strong=tuple(Remark(r.text, 60 + i, r.tags, r.links) for i, r in enumerate(theirs)),
        )
        for n, (date, ours, theirs) in enumerate(written)
    ]
    search = searching(*debriefs, RATE)
    found = standings(search, "weak")
    shown = {(one.path, one.line) for item in found for one in item.sources}
    assert shown == {(d.path, remark.line) for d in debriefs for remark in d.weak}
    for item in found:
        assert item.debriefs == len({one.path for one in item.sources})
        last = max((one.date for one in item.sources if one.date), default=None)
        assert all(last and one.date and one.date > last for one in item.since)
        dates = [one.date or dt.date.min for one in item.sources]
        assert dates == sorted(dates, reverse=True)


def test_wordings_keep_the_order_of_the_first() -> None:
    said = [Said(text, None, "", "", "x.md", n) for n, text in enumerate(("b", "a", "B.", "…", "!", "A"))]
    assert [[one.text for one in group] for group in wordings(said)] == [["b", "B."], ["a", "A"], ["…"], ["!"]]
