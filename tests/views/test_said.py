"""Said: what was told to whom; two figures for pay or two starts at one company are flagged."""

from __future__ import annotations

import pytest

from jobvault.model import Debrief, Met, Told
from jobvault.search.search import Search
from tests.nouns import WORDS, ask, debrief, part, reading, searching, show
from tests.words.word_files import FILES


def at(
    company: str, date: str, round_: str, *told: tuple[str, str], people: tuple[str | Met, ...] = (), **fields: str
) -> Debrief:
    """Return a debrief in which some things were told, from line 40 on."""
    found = tuple(Told(topic, text, 40 + number) for number, (topic, text) in enumerate(told))
    return debrief(company, date, round_, *people, told=found, **fields)


def flagged(search: Search, **arguments: object) -> list[tuple[str, str]]:
    return [(item.company, item.text) for item in ask("said", search, **arguments).items if item.differs]


def test_what_is_shown() -> None:
    search = searching(
        at("Acme", "2026-11-03", "screen", ("Pay", "104k base"), ("Why leaving", "let go"), people=("Noor Haddad",)),
        at("Acme", "2026-11-23", "panel", ("Salary", "120,000"), people=("Dana Reyes", Met(None, "SRE"))),
        at("Birch", "2026-11-20", "final", ("pay", "104k base!"), ("Dog", "I have one"), ("", "hello")),
        at("Corvo", "2026-11-24", "screen", ("PAY", "95k"), outcome="rejected"),
    )
    assert show("said", search) == [
        "## Said in two ways",
        "- **Acme**, Pay: 2 different figures",
        "  - 120,000 · Mon 23 Nov 2026 · panel · Dana Reyes, 1 unnamed person · [[2026-11-23 Acme panel]]",
        "  - 104k base · Tue 3 Nov 2026 · screen · Noor Haddad · [[2026-11-03 Acme screen]]",
        "## By company",
        "- **Acme**",
        "  - Pay: 120,000 · [[2026-11-23 Acme panel]]",
        "  - Pay: 104k base · [[2026-11-03 Acme screen]]",
        "  - Why leaving: let go · [[2026-11-03 Acme screen]]",
        "- **Birch**",
        "  - Pay: 104k base! · [[2026-11-20 Birch final]]",
        "  - Dog: I have one · [[2026-11-20 Birch final]]",
        "  - No topic: hello · [[2026-11-20 Birch final]]",
        "- **Corvo** · rejected",
        "  - Pay: 95k · [[2026-11-24 Corvo screen]]",
        "## Across companies",
        "- **Pay**: 95k · Corvo",
        "- **Pay**: 120,000 · Acme",
        "- **Pay**: 104k base! · Birch, Acme",
    ]


def test_the_same_to_one_company_is_one_line_and_the_same_figure_one_across_companies() -> None:
    search = searching(
        at("Acme", "2026-11-01", "a", ("Pay", "104k"), ("Why leaving", "let go")),
        at("Acme", "2026-11-02", "b", ("Salary", "104K!"), path="Debriefs/b.md"),
        at("Acme", "2026-11-03", "c", ("Pay", "104,000 base")),
        at("Birch", "2026-11-04", "d", ("Pay", "104k")),
    )
    assert show("said", search) == [
        "## By company",
        "- **Birch**",
        "  - Pay: 104k · [[2026-11-04 Birch d]]",
        "- **Acme**",
        "  - Pay: 104,000 base · [[2026-11-03 Acme c]]",
        "  - Pay: 104K! · Mon 2 Nov 2026 · [[b]]; also [[2026-11-01 Acme a]]",
        "  - Why leaving: let go · [[2026-11-01 Acme a]]",
        "## Across companies",
        "- **Pay**: 104k · Birch, Acme",
    ]
    assert "## Across companies" not in show("said", search, company="Acme")


# --- topics ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "topic"),
    [
        ("**Salary expectations**", "pay"),
        ("start date", "start"),
        ("Why I'm leaving", "leaving"),
        ("pay", "pay"),
        ("Dog", "Dog"),
        ("", ""),
    ],
)
def test_topics_are_known_by_their_words_in_any_case(label: str, topic: str) -> None:
    assert [item.topic for item in ask("said", searching(at("Acme", "2026-11-01", "a", (label, "x")))).items] == [topic]


def test_own_topics_that_are_equal_are_one_as_it_is_mostly_written() -> None:
    search = searching(
        at("Acme", "2026-11-01", "a", ("Visa", "none"), ("VISA", "needs none")),
        at("Birch", "2026-11-02", "b", ("visa", "None!"), ("Visa", "x")),
    )
    assert {item.topic for item in ask("said", search).items} == {"Visa"}
    assert part(show("said", search), "## Across companies") == [
        "- **Visa**: None! · Birch, Acme",
        "- **Visa**: x · Birch",
        "- **Visa**: needs none · Acme",
    ]


@pytest.mark.parametrize("language", FILES)
def test_no_word_stands_for_two_topics_and_every_topic_has_words(language: str) -> None:
    words = [word for known in FILES[language]["topics"].values() for word in known]
    assert len({word.casefold() for word in words}) == len(words)
    assert list(FILES[language]["topics"]) == list(FILES["en"]["topics"])
    assert {WORDS.vocabulary.topics[name] for name in FILES["en"]["topics"]} == set(FILES["en"]["topics"])


# --- two figures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("topic", "one", "two", "differs"),
    [
        ("Pay", "120k base", "104k", True),
        ("Pay", "120k base", "120,000 all in", False),
        ("Pay", "95k–104k", "100k", False),
        ("Pay", "95k–104k", "110k", True),
        ("Pay", "what is usual", "104k", False),
        ("Start", "1 March", "2027-03-01", False),
        ("Start", "1 March", "1 April", True),
        ("Start", "in four weeks", "1 March", False),
        ("Start", "in four weeks", "in two weeks", True),
        ("Why leaving", "1 March", "1 April", False),
        ("Dog", "120k", "104k", False),
    ],
)
def test_what_differs_at_one_company(topic: str, one: str, two: str, differs: bool) -> None:
    search = searching(at("Acme", "2026-11-01", "a", (topic, one)), at("ACME", "2026-11-02", "b", (topic, two)))
    assert bool(flagged(search)) == differs
    assert ("## Said in two ways" in show("said", search)) == differs


def test_two_companies_may_hear_two_figures() -> None:
    search = searching(at("Acme", "2026-11-01", "a", ("Pay", "104k")), at("Birch", "2026-11-02", "b", ("Pay", "120k")))
    assert flagged(search) == []


def test_without_a_company_nothing_is_compared() -> None:
    search = searching(at("", "2026-11-01", "a", ("Pay", "104k")), at("", "2026-11-02", "b", ("Pay", "120k")))
    assert flagged(search) == []
    assert "- **No company**" in show("said", search)
    assert "  - Pay: 104k · [[2026-11-01 a]]" in show("said", search)


def test_each_figure_is_named_once_the_latest_first_and_what_agrees_is_not() -> None:
    search = searching(
        at("Acme", "2026-11-01", "a", ("Pay", "95k")),
        at("Acme", "2026-11-02", "b", ("Pay", "120k")),
        at("Acme", "2026-11-03", "c", ("Pay", "104k")),
        at("Acme", "2026-11-04", "d", ("Pay", "120,000"), ("Start", "1 March")),
        at("Acme", "2026-11-05", "e", ("Pay", "between 90k and 130k"), ("Start", "March")),
    )
    lines = part(show("said", search), "## Said in two ways")
    assert [line.split(" · ")[0] for line in lines] == [
        "- **Acme**, Pay: 3 different figures",
        "  - 120,000",
        "  - 104k",
        "  - 95k",
    ]
    assert ("Acme", "between 90k and 130k") not in flagged(search)


def test_a_statement_that_agrees_with_one_of_two_is_named_with_its_own_figure() -> None:
    search = searching(
        at("Acme", "2026-11-01", "a", ("Pay", "95k–104k")),
        at("Acme", "2026-11-02", "b", ("Pay", "120k")),
        at("Acme", "2026-11-03", "c", ("Pay", "110k in all, 100k base")),
    )
    lines = part(show("said", search), "## Said in two ways")
    assert [line.split(" · ")[0] for line in lines[1:]] == ["  - 110k in all, 100k base", "  - 120k", "  - 95k–104k"]


def test_two_starts() -> None:
    search = searching(at("Acme", "2026-11-01", "a", ("Start", "1 March"), ("Notice", "1 April")))
    assert part(show("said", search), "## Said in two ways")[0] == "- **Acme**, Start: 2 different dates"


def test_two_roles_at_one_company_are_named() -> None:
    search = searching(
        at("Acme", "2026-11-01", "a", ("Pay", "104k"), role="Backend"),
        at("Acme", "2026-11-02", "b", ("Pay", "120k"), role="Staff"),
    )
    assert part(show("said", search), "## Said in two ways")[1:] == [
        "  - 120k · Staff · Mon 2 Nov 2026 · b · [[2026-11-02 Acme b]]",
        "  - 104k · Backend · Sun 1 Nov 2026 · a · [[2026-11-01 Acme a]]",
    ]


# --- arguments -------------------------------------------------------------------------------------------------------


def both() -> Search:
    return searching(
        at("Acme", "2026-11-01", "a", ("Pay", "104k"), people=("Noor Haddad",)),
        at("Acme", "2026-11-20", "b", ("Pay", "120k"), people=("Dana Reyes",)),
        at("Birch", "2026-11-21", "c", ("Pay", "95k"), people=("Lee Okafor",)),
    )


def test_a_person_asked_for_was_there_and_the_other_figure_is_still_named() -> None:
    assert [item.text for item in ask("said", both(), person="Noor").items] == ["104k"]
    lines = part(show("said", both(), person="Noor"), "## Said in two ways")
    assert [line.split(" · ")[0] for line in lines] == ["- **Acme**, Pay: 2 different figures", "  - 120k", "  - 104k"]
    assert "## Said in two ways" not in show("said", both(), person="Lee Okafor")


def test_days_and_a_limit() -> None:
    assert [item.text for item in ask("said", both(), since="2026-11-20").items] == ["95k", "120k"]
    found = ask("said", both(), limit=1)
    assert ([item.text for item in found.items], found.left_out) == (["95k"], 2)
    assert show("said", both(), limit=1)[-1] == "… and 2 more: `jobvault show said`"


# --- what is shown ---------------------------------------------------------------------------------------------------


def test_an_empty_view_says_what_would_fill_it() -> None:
    assert show("said", searching()) == [
        "_Nothing yet. Write what you told them under “What I told them” in a debrief, as `- Pay: 104k base`._"
    ]
    assert show("said", both(), company="Corvo") == ["_Nothing in this vault matches._"]


def test_json_fields() -> None:
    search = reading(
        Screen="""---
type: debrief
company: Acme
role: Staff Engineer
round: recruiter-screen
date: 2026-11-03
people: [Noor Haddad, "?, SRE"]
---
## What I told them
- Pay: 104k base, 10k bonus
- Start:
  - 1 March
"""
    )
    pay, start = ask("said", search).items
    assert (pay.topic, pay.text, str(pay.date), pay.company, pay.role, pay.closed, pay.round) == (
        "pay",
        "104k base, 10k bonus",
        "2026-11-03",
        "Acme",
        "Staff Engineer",
        "",
        "recruiter-screen",
    )
    assert (pay.people, pay.unnamed, pay.figures, pay.differs) == (("Noor Haddad",), 1, ("104k", "10k"), False)
    assert (pay.path, pay.line) == ("Debriefs/Screen.md", 10)
    assert (start.topic, start.text, start.figures, start.line) == ("start", "1 March", ("1 March",), 12)
