"""Where what was said goes: into the debrief that is there, else into a new one, else into a file of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from jobvault.actions.answers import Answers
from jobvault.actions.introductions import acquaintances, read_introductions
from jobvault.actions.record import Recorded, record, rescue
from jobvault.actions.room import Room, gather
from jobvault.actions.scaffold import Guest, Request, create, plan, waiting_for_words
from jobvault.errors import RefusedError
from jobvault.model import Debrief
from jobvault.notes.edits.contents import contents
from jobvault.notes.note import parse_note
from jobvault.notes.reading import read_note
from tests.small_vault import TODAY, SmallVault, debrief, make_vault

REQUEST = Request("Acme", TODAY, round="panel")
PATH = "Debriefs/2026-11-25 Acme panel.md"
ANSWERS = Answers(
    asked=("Why us? - rough",), strong=("SQL",), weak=("Pay",), overall=("4, good talk",), takeaways=("Prepare",)
)


@pytest.fixture
def small(tmp_path: Path) -> SmallVault:
    return make_vault(tmp_path / "vault")


def say(small: SmallVault, *people: str, answers: Answers = ANSWERS) -> Recorded:
    """Record it as ``new --ask`` does."""
    vault = small.open()
    there = next((one for one in vault.debriefs if one.path == PATH), None)
    known = acquaintances(vault, REQUEST, there)
    room = gather(read_introductions(people, vault.words, known.knows)) if people else Room()
    return record(vault, REQUEST, there, room, answers)


def read(small: SmallVault, path: str = PATH) -> Debrief:
    noun = read_note(path, (small.root / path).read_bytes(), small.open().rules).noun
    assert isinstance(noun, Debrief)
    return noun


def said(small: SmallVault) -> object:
    return contents(parse_note(PATH, (small.root / PATH).read_bytes()), small.open().words)


def test_a_new_note_is_the_template_with_what_was_said(small: SmallVault) -> None:
    recorded = say(small, "Dana Reyes, VP Engineering: short stints", "?, SRE, beard: scaling")
    text = small.read(PATH)
    assert recorded.new.decode() == text
    assert '  - "[[Dana Reyes]]"\nfelt: 4\n' in text
    assert (
        "### [[Dana Reyes]], VP Engineering\n\n- Cares about:\n- Concern: short stints\n\n### ?, SRE, beard\n\n- Concern: scaling\n"
        in text
    )
    assert "\n- Why us? (rough)\n" in text
    assert "## Where I was strong\n\n- SQL\n\n## Where I was weak\n\n- Pay\n\n## Overall\n\ngood talk\n" in text
    assert "- [ ] Thank-you letter to [[Dana Reyes]] 📅 2026-11-26\n" in text


def test_an_empty_scaffold_becomes_what_a_new_note_is(small: SmallVault, tmp_path: Path) -> None:
    say(small, "Dana Reyes, VP: short stints", "?, SRE: x")
    other = make_vault(tmp_path / "other")
    create(other.open(), plan(other.open(), REQUEST))
    assert say(other, "Dana Reyes, VP: short stints", "?, SRE: x").old is not None
    assert said(other) == said(small)
    assert [path for path in other.bytes() if path.startswith("Debriefs/")] == [PATH]


def test_what_stands_there_stays(small: SmallVault) -> None:
    old = debrief(
        date="2026-11-25",
        front='felt: 2\npeople: ["[[Dana Reyes]]"]\n',
        body="## People met\n\n### [[Dana Reyes]], VP\n\n- Concern: pay\n\n## What they asked\n\n- Mine? (ok)\n\n## Overall\n\nLong.\n",
    ).replace("\n", "\r\n")
    small.write(PATH, old)
    recorded = say(small, "Dana: short stints", "Tom Ek: scaling")
    new = small.read(PATH)
    note = read(small)
    lines = iter(new.splitlines())
    assert all(line in lines for line in old.splitlines() if not line.startswith("people:"))
    assert new.count("\n") == new.count("\r\n")
    assert [(met.name, [concern.text for concern in met.concerns]) for met in note.people] == [
        ("Dana Reyes", ["pay", "short stints"]),
        ("Tom Ek", ["scaling"]),
    ]
    assert (note.felt, recorded.tally.felt) == (2, None)
    assert note.overall.startswith("Long.")
    assert "4, good talk" in note.overall
    assert [question.text for question in note.questions] == ["Mine?", "Why us?"]


@pytest.mark.parametrize("stands_there", [False, True])
def test_who_was_named_on_the_line_is_there_too(small: SmallVault, *, stands_there: bool) -> None:
    if stands_there:
        create(small.open(), plan(small.open(), REQUEST))
    request = replace(REQUEST, guests=(Guest("Dana Reyes", "VP"), Guest("Tom Ek"), Guest("?", "SRE")))
    vault = small.open()
    there = next(iter(vault.debriefs), None)
    room = gather(read_introductions(["Dana: short stints"], vault.words, acquaintances(vault, request, there).knows))
    record(vault, request, there, room, Answers())
    assert [(met.name, met.title, len(met.concerns)) for met in read(small).people] == [
        ("Dana Reyes", "VP", 1),
        ("Tom Ek", "", 0),
        (None, "SRE", 0),
    ]


def test_a_debrief_that_cannot_take_it_is_left_alone_and_no_second_one_is_made(small: SmallVault) -> None:
    small.write(
        PATH, debrief(date="2026-11-25", body="## Takeaways\n\n<<<<<<< HEAD\n- a\n=======\n- b\n>>>>>>> phone\n")
    )
    before = small.bytes()
    with pytest.raises(RefusedError, match="conflict"):
        say(small)
    assert small.bytes() == before


def test_a_fuller_name_and_a_title_than_the_debrief_has_are_kept(small: SmallVault) -> None:
    front = 'people: ["[[Ann]]", "[[Tom Ek]]"]\n'
    small.write(
        PATH, debrief(date="2026-11-25", front=front, body="## People met\n\n### [[Ann]]\n\n### [[Tom Ek]], SRE\n")
    )
    say(small, "Ann Poe, CTO: too quiet", "Tom Ek, SRE: x", answers=Answers())
    text = small.read(PATH)
    assert "### [[Ann]]\n\n- Note: Ann Poe, CTO\n- Concern: too quiet\n" in text
    assert "### [[Tom Ek]], SRE\n\n- Concern: x\n" in text


def test_silence_changes_nothing(small: SmallVault) -> None:
    small.write(PATH, debrief(date="2026-11-25"))
    recorded = say(small, answers=Answers())
    assert recorded.old == recorded.new == small.read(PATH).encode()


def test_what_can_be_written_nowhere_is_in_a_file() -> None:
    place = rescue(Answers(people=("Dana: x",), takeaways=("one", "\udce9two")))
    assert place.read_text(encoding="utf-8") == "[people]\nDana: x\n\n[takeaways]\none\n?two\n"


def test_the_debriefs_that_wait_for_words_are_empty_and_of_these_days(small: SmallVault) -> None:
    vault = small.open()
    for company, day in (("Acme", 25), ("Birch", 24), ("Old", 20), ("Coming", 26)):
        create(vault, plan(vault, Request(company, dt.date(2026, 11, day))))
    small.write("Debriefs/full.md", debrief("Full", "2026-11-25", takeaways="- x\n"))
    vault = small.open()
    waiting = waiting_for_words(vault, Request("", TODAY), day_known=False)
    assert [one.company for one in waiting] == ["Acme", "Birch"]
    assert [one.company for one in waiting_for_words(vault, Request("", TODAY), day_known=True)] == ["Acme"]
    assert [one.company for one in waiting_for_words(vault, Request("birch", TODAY), day_known=False)] == ["Birch"]
