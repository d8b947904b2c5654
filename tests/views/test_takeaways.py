"""Takeaways: repeats merged, by theme."""

from __future__ import annotations

import pytest

from jobvault.model import Takeaway
from jobvault.search.search import Search
from jobvault.settings import Settings
from jobvault.views.takeaways import ON_TOP
from tests.nouns import ask, debrief, part, reading, searching, show, takeaway, texts


def of(*debriefs: tuple[str, list[Takeaway]], settings: Settings | None = None) -> Search:
    """Join debriefs of some days with their takeaways."""
    return searching(*(debrief("Acme", date, takeaways=tuple(found)) for date, found in debriefs), settings=settings)


@pytest.mark.parametrize(
    "other", ["draw first, THEN talk", "Draw first then talk!", "**Draw first**, then talk 🙂", "draw-first then—talk"]
)
def test_equal_texts_are_merged_case_blind_and_without_punctuation(other: str) -> None:
    search = of(("2026-11-01", [takeaway(other)]), ("2026-11-02", [takeaway("Draw first, then talk", 41)]))
    [item] = ask("takeaways", search).items
    assert (item.text, item.line, str(item.date), item.debriefs) == ("Draw first, then talk", 41, "2026-11-02", 2)
    assert item.path == "Debriefs/2026-11-02 Acme panel.md"
    assert [str(source.date) for source in item.sources] == ["2026-11-02", "2026-11-01"]


def test_one_written_twice_in_a_debrief_counts_once() -> None:
    [item] = ask("takeaways", of(("2026-11-01", [takeaway("Draw", 1), takeaway("draw", 2)]))).items
    assert (item.debriefs, item.line, len(item.sources)) == (1, 2, 2)


def test_texts_of_punctuation_alone_are_not_merged() -> None:
    assert texts(ask("takeaways", of(("2026-11-01", [takeaway("?!", 1), takeaway("🙂", 2)])))) == ["?!", "🙂"]


def test_the_most_frequent_then_the_latest_come_first_and_the_applied_last() -> None:
    search = of(
        ("2026-11-01", [takeaway("twice", 1), takeaway("early", 2), takeaway("often used", 3)]),
        ("2026-11-02", [takeaway("often used", 1), takeaway("b", 3), takeaway("a", 2)]),
        ("2026-11-03", [takeaway("twice", 1), takeaway("often used", 2, applied=True)]),
    )
    assert texts(ask("takeaways", search)) == ["twice", "a", "b", "early", "often used"]


def test_applied_is_what_the_latest_debrief_says() -> None:
    used = of(("2026-11-01", [takeaway("x")]), ("2026-11-02", [takeaway("x", applied=True)]))
    assert [item.applied for item in ask("takeaways", used).items] == [True]
    back = of(("2026-11-01", [takeaway("x", applied=True)]), ("2026-11-02", [takeaway("x")]))
    assert [item.applied for item in ask("takeaways", back).items] == [False]
    assert part(show("takeaways", back), "## For the next interview") == ["1. **x**: 2 debriefs"]
    assert part(show("takeaways", of(("2026-11-02", [takeaway("x")]))), "## For the next interview") == [
        "1. **x**: 1 debrief, not yet applied"
    ]


def test_five_at_most_are_on_top() -> None:
    search = of(("2026-11-01", [takeaway(f"x{n}", n) for n in range(1, 8)] + [takeaway("used", 9, applied=True)]))
    top = part(show("takeaways", search), "## For the next interview")
    assert [line.split("**")[1] for line in top] == [f"x{n}" for n in range(1, ON_TOP + 1)]


# --- themes ---------------------------------------------------------------------------------------------------------


def test_a_theme_is_its_area_whatever_the_tag_is_called() -> None:
    settings = Settings(areas={"system-design": ("architecture",)})
    search = of(
        ("2026-11-01", [takeaway("a", 1, "architecture"), takeaway("b", 2, "System-Design"), takeaway("c", 3, "pay")]),
        settings=settings,
    )
    assert [item.theme for item in ask("takeaways", search).items] == ["system-design", "system-design", "pay"]


def test_tags_are_case_blind_and_shown_as_they_are_mostly_written() -> None:
    search = of(("2026-11-01", [takeaway("a", 1, "SQL"), takeaway("b", 2, "sql"), takeaway("c", 3, "SQL")]))
    assert {item.theme for item in ask("takeaways", search).items} == {"SQL"}


def test_of_several_tags_the_most_frequent_is_the_theme_then_the_first_by_name() -> None:
    search = of(
        ("2026-11-01", [takeaway("x", 1, "pay", "calm"), takeaway("y", 2, "b", "a")]),
        ("2026-11-02", [takeaway("x", 1, "pay")]),
    )
    assert [(item.text, item.theme) for item in ask("takeaways", search).items] == [("x", "pay"), ("y", "a")]


def test_the_theme_of_most_debriefs_comes_first_and_those_without_one_last() -> None:
    search = of(
        ("2026-11-01", [takeaway("a", 1, "zeal"), takeaway("b", 2), takeaway("c", 3, "calm")]),
        (
            "2026-11-02",
            [takeaway("d", 1, "zeal"), takeaway("e", 2), takeaway("f", 3), takeaway("g", 4, "pay", applied=True)],
        ),
    )
    heads = [line for line in show("takeaways", search) if line.startswith("### ")]
    assert heads == ["### Zeal · 2 debriefs", "### Calm · 1 debrief", "### No theme yet"]


# --- arguments ------------------------------------------------------------------------------------------------------


def test_the_arguments_choose_takeaways_and_never_change_whether_they_are_applied() -> None:
    search = of(("2026-11-01", [takeaway("x"), takeaway("y", 41)]), ("2026-11-20", [takeaway("x", applied=True)]))
    for arguments in ({"until": "2026-11-02"}, {}):
        found = ask("takeaways", search, **arguments).items
        assert [(item.text, item.debriefs, item.applied) for item in found] == [("y", 1, False), ("x", 2, True)]
    assert [item.text for item in ask("takeaways", search, within="10d").items] == ["x"]
    assert ask("takeaways", search, company="Birch").items == ()


def test_the_limit_keeps_what_is_to_be_applied_and_does_not_say_that_nothing_was() -> None:
    search = of(("2026-11-01", [takeaway(f"x{n}", n) for n in range(1, 4)] + [takeaway("used", 9, applied=True)]))
    assert ask("takeaways", search, limit=2).left_out == 2
    lines = show("takeaways", search, limit=2)
    assert lines[-1] == "… and 2 more: `jobvault show takeaways`"
    assert "## Applied" not in lines


# --- what is shown --------------------------------------------------------------------------------------------------


def test_an_empty_view_says_what_would_fill_it() -> None:
    assert show("takeaways", searching()) == [
        "_No takeaways yet. Write one under “Takeaways” in a debrief: one is enough._"
    ]


def test_all_of_them_applied() -> None:
    lines = show("takeaways", of(("2026-11-01", [takeaway("x", applied=True)])))
    assert lines == [
        "## For the next interview",
        "_Every takeaway has been applied._",
        "## Applied",
        "- x · [[2026-11-01 Acme panel]]",
    ]


def note(company: str, date: str, round_: str, takeaways: str) -> str:
    front = f"---\ntype: debrief\ncompany: {company}\nround: {round_}\ndate: {date}\n---\n"
    return f"{front}\n## Takeaways\n\n{takeaways}"


def test_the_example_of_the_product() -> None:
    draw, result = "- Draw first, then talk #system-design\n", "- Say the result before the story"
    notes = {
        "2026-11-23_Acme_panel": note("Acme", "2026-11-23", "panel", draw + result),
        "2026-11-12_Delta_recruiter-screen": note(
            "Delta", "2026-11-12", "recruiter-screen", "- Ask about on-call before they do"
        ),
        "2026-10-02_Birch_technical": note("Birch", "2026-10-02", "technical", draw + result + " (applied)"),
        "2026-09-14_Corvo_technical": note("Corvo", "2026-09-14", "technical", draw),
    }
    assert show("takeaways", reading(**notes)) == [
        "## For the next interview",
        "1. **Draw first, then talk**: 3 debriefs, not yet applied",
        "2. **Say the result before the story**: 2 debriefs",
        "3. **Ask about on-call before they do**: 1 debrief, not yet applied",
        "## By theme",
        "### System design · 3 debriefs",
        (
            "- Draw first, then talk · [[2026-11-23 Acme panel]]; also [[2026-10-02 Birch technical]], "
            "[[2026-09-14 Corvo technical]]"
        ),
        "### No theme yet",
        "- Say the result before the story · [[2026-11-23 Acme panel]]; also [[2026-10-02 Birch technical]]",
        "- Ask about on-call before they do · [[2026-11-12 Delta recruiter-screen]]",
        "## Applied",
        "_Nothing yet. Write `(applied)` after a takeaway you used._",
    ]


def test_json_fields() -> None:
    [item] = ask("takeaways", of(("2026-11-01", [takeaway("x", 7, "pay")]))).items
    assert (item.theme, item.text, str(item.date), item.company, item.path, item.line) == (
        "pay",
        "x",
        "2026-11-01",
        "Acme",
        "Debriefs/2026-11-01 Acme panel.md",
        7,
    )
