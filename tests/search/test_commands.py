"""The commands that settle what is owed: typed into a shell as shown, each finds the very note that is meant."""

from __future__ import annotations

import datetime as dt
import shlex
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.actions.letters.drafting import debriefs_asked_for
from jobvault.actions.vault import Vault
from jobvault.actions.which import debriefs_meant, notes_meant
from jobvault.cli.which import days_of
from jobvault.model import Debrief, Letter, Noun
from jobvault.render.inert import inert_code
from jobvault.search.commands import Commands, is_typed_as_shown, quoted
from jobvault.search.search import Search
from tests.nouns import WORDS, ask, debrief, follow_up, moved, searching

TODAY = dt.date(2026, 11, 27)


def vault_of(search: Search, today: dt.date = TODAY) -> Vault:
    """Return as much of a vault as finding notes by words needs."""
    parts: dict[str, Any] = {
        "search": search, "settings": search.settings, "words": WORDS, "today": SimpleNamespace(date=today),
        "debriefs": search.debriefs, "follow_ups": search.follow_ups, "people": search.people,
        "root": SimpleNamespace(), "readings": tuple,
    }  # fmt: skip
    return cast("Vault", SimpleNamespace(**parts))


def typed(command: str) -> str:
    """Return the QUERY or NOTE of a command, as a shell hands it over."""
    words = shlex.split(command)
    assert words[:3] in (["jobvault", "letter", "draft"], ["jobvault", "letter", "sent"])
    return words[3]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Acme", "Acme"),
        ("Acme Robotics", '"Acme Robotics"'),
        ("Birch & Lowe", '"Birch & Lowe"'),
        ("O'Neill", '"O\'Neill"'),
        ("Zürich", "Zürich"),
        ("Ca$h", "'Ca$h'"),
        ("Who's $1", "'Who'\"'\"'s $1'"),
        ('"Quo" te', "'\"Quo\" te'"),
        ("Yahoo!", "'Yahoo!'"),
        ("", '""'),
    ],
)
def test_words_are_quoted_as_a_shell_takes_them(text: str, shown: str) -> None:
    assert quoted(text) == shown
    assert shlex.split(shown) == [text]


@given(st.text())
def test_whatever_is_quoted_is_one_word_again(text: str) -> None:
    assert shlex.split(quoted(text)) == [text]


@given(st.text(min_size=1))
def test_what_is_typed_as_shown_stands_so_in_its_code_span(text: str) -> None:
    if is_typed_as_shown(text):
        command = f"jobvault letter draft {quoted(text)}"
        assert inert_code(command) == f"`{command}`"


@pytest.mark.parametrize(
    "text", ["a`b", "{{x}}", "<% x %>", "a  b", "-x", "a #b", "a::b", "📅 2026-01-01", "a\u200bb", "<!--"]
)
def test_what_a_note_could_not_show_is_not_typed(text: str) -> None:
    assert not is_typed_as_shown(text)


def test_a_company_alone_means_its_latest_interview_that_is_not_to_come() -> None:
    first, last = debrief("Acme", "2026-11-10", "technical"), debrief("Acme", "2026-11-23", "panel")
    coming = debrief("Acme", "2026-12-03", "final", empty=True)
    commands = Commands(searching(first, last, coming), TODAY)
    assert commands.draft(last) == "jobvault letter draft Acme"
    assert commands.draft(first) == 'jobvault letter draft "2026-11-10 Acme technical"'
    assert commands.draft(coming) == 'jobvault letter draft "2026-12-03 Acme final"'
    assert commands.draft(last, kind="check-in", to="Dana Reyes") == (
        'jobvault letter draft Acme --kind check-in --to "Dana Reyes"'
    )


def test_a_note_that_is_called_like_the_company_is_not_taken_for_the_interview() -> None:
    last = debrief("Acme", "2026-11-23", "panel")
    commands = Commands(searching(last, others=["Acme.md"]), TODAY)
    assert commands.query(last) == "2026-11-23 Acme panel"
    assert Commands(searching(last, others=["Notes/Acme.md"]), TODAY).query(last) == "Acme"
    named = debrief("Birch", "2026-11-01", path="Debriefs/Acme.md")
    assert Commands(searching(last, named), TODAY).query(last) == "2026-11-23 Acme panel"


def test_a_company_that_begins_the_id_of_a_follow_up_is_not_typed() -> None:
    last = debrief("Acme", "2026-11-23", "panel")
    task = moved(follow_up("x", last), id="acme2345")
    assert Commands(searching(last, follow_ups=[task]), TODAY).query(last) == "2026-11-23 Acme panel"


def test_a_letter_is_named_by_its_name_or_its_path() -> None:
    def named(path: str, *others: str) -> str:
        letter = Letter(path, "Dana", debrief="2026-11-23 Acme panel")
        return Commands(searching(debrief("Acme", "2026-11-23", "panel"), letter, others=others), TODAY).sent(path)

    usual = "Letters/2026-11-24 Thank-you Dana Reyes.md"
    assert named(usual) == 'jobvault letter sent "2026-11-24 Thank-you Dana Reyes"'
    assert named(usual, "Old/2026-11-24 Thank-you Dana Reyes.md") == f'jobvault letter sent "{usual}"'
    assert named("Letters/Acme.md") == "jobvault letter sent Letters/Acme.md"


# --- every command finds its note -----------------------------------------------------------------------------------

COMPANIES = ("Acme", "Acme Robotics", "Birch & Lowe", "Ca$h", "O'Neill", "日本", "-x", "a`b", "panel", "{{x}}", "")
ROUNDS = ("panel", "technical", "chat", "final")


@st.composite
def searches(draw: st.DrawFn) -> Search:
    """Make debriefs whose names are as the scaffold has them or bare, in one folder or several, and letters."""
    nouns: dict[str, Noun] = {}
    for number in range(draw(st.integers(1, 6))):
        company, round_ = draw(st.sampled_from(COMPANIES)), draw(st.sampled_from(ROUNDS))
        date = (TODAY - dt.timedelta(days=draw(st.integers(-3, 6)))).isoformat()
        folder = draw(st.sampled_from(("", "Debriefs/", "Old/")))
        name = draw(st.sampled_from((f"{date} {company} {round_}", company or "x", f"note {number}")))
        people = draw(st.lists(st.sampled_from(("Dana Reyes", "Tom Ode", "?")), max_size=2, unique=True))
        at: Debrief = debrief(company, date, round_, *people, path=f"{folder}{name}.md")
        nouns[at.path] = at
        if people and draw(st.booleans()):
            stem = draw(st.sampled_from((f"{date} Thank-you {people[0]}", company or "y")))
            letter = Letter(f"Letters/{stem}.md", people[0], debrief=f"/{at.path[:-3]}", status="draft")
            nouns[letter.path] = letter
    return searching(*nouns.values(), others=draw(st.lists(st.sampled_from(("Acme.md", "x/panel.md")), max_size=2)))


@given(searches())
def test_every_command_in_the_views_finds_its_note(search: Search) -> None:
    vault = vault_of(search)
    for view in ("follow-ups", "letters"):
        for item in ask(view, search, TODAY).items:
            command = item.command
            if not command:
                continue
            if not command.startswith("jobvault letter draft"):
                assert [one.path for one in notes_meant(vault, typed(command), days_of(TODAY))][:1]
                continue
            query = typed(command)
            assert [one.path for one in debriefs_asked_for(vault, query, days_of(TODAY))] == [item.path], query
            assert [one.path for one in notes_meant(vault, query, days_of(TODAY))] == [item.path], query
            if not query.endswith(".md"):
                assert [one.path for one in debriefs_meant(vault, query, days_of(TODAY))] == [item.path]
            if is_typed_as_shown(query):
                assert inert_code(command) == f"`{command}`"


@given(searches())
def test_every_letter_to_be_sent_is_found_by_its_command(search: Search) -> None:
    vault = vault_of(search)
    for item in ask("letters", search, TODAY).items:
        for letter in item.letters:
            if letter.command:
                assert [one.path for one in notes_meant(vault, typed(letter.command), days_of(TODAY))] == [letter.path]
