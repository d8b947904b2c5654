"""The concern ledger."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.model import Concern, Debrief, Letter, Met, Noun, PersonNote, Reply
from jobvault.search.concerns import Entry, concern_ledger
from jobvault.search.search import Search
from tests.nouns import ask, debrief, reading, searching


def concern(text: str, line: int = 20, *replies: str) -> Concern:
    """Return a concern; a reply that ends in ``(rough)`` is rough."""
    found = tuple(
        Reply(reply.removesuffix(" (rough)"), line + 1 + number, reply.endswith(" (rough)"))
        for number, reply in enumerate(replies)
    )
    return Concern(text, line, found)


def voice(name: str | None, *concerns: Concern, title: str = "") -> Met:
    return Met(name, title, line=10, concerns=concerns)


def told(search: Search) -> list[tuple[str, str, bool, list[str]]]:
    """Return whose each concern is, its text, whether it is open, and the days on which it was voiced."""
    return [
        (_who(entry), entry.text, entry.open, [str(v.debrief.date) for v in entry.voicings])
        for entry in concern_ledger(search)
    ]


def _who(entry: Entry) -> str:
    return entry.person.name if entry.person else f"?{entry.unnamed.title}" if entry.unnamed else "the round"


def only(search: Search) -> Entry:
    [entry] = concern_ledger(search)
    return entry


def test_no_concerns() -> None:
    assert concern_ledger(searching()) == ()
    assert concern_ledger(searching(debrief("Acme", "2026-11-01", "a", "Dana Reyes"))) == ()


# --- what is one -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("again", ["Short Stints", "short stints!", "*short* stints", "short stints #stints #cv"])
def test_equal_worries_of_one_person_are_one_entry_with_every_place(again: str) -> None:
    search = searching(
        debrief("Acme", "2026-11-10", "technical", voice("Dana Reyes", concern("short stints", 14))),
        debrief("Acme", "2026-11-23", "panel", voice("Dana Reyes", concern(again, 31))),
    )
    entry = only(search)
    assert [(v.debrief.round, v.concern.line) for v in entry.voicings] == [("technical", 14), ("panel", 31)]
    assert (str(entry.since), entry.open, entry.again) == ("2026-11-10", True, False)
    assert entry.text == again.removesuffix(" #stints #cv")


def test_the_same_worry_of_two_people_is_two() -> None:
    search = searching(
        debrief("Acme", "2026-11-10", "a", voice("Dana Reyes", concern("stints")), voice("Tom Ode", concern("stints")))
    )
    assert [who for who, *_ in told(search)] == ["Dana Reyes", "Tom Ode"]


def test_another_worry_of_one_person_is_another() -> None:
    search = searching(debrief("Acme", "2026-11-10", "a", voice("Dana Reyes", concern("a", 1), concern("b", 2))))
    assert [text for _, text, *_ in told(search)] == ["a", "b"]


def test_texts_of_signs_alone_are_told_apart() -> None:
    search = searching(debrief("Acme", "2026-11-10", "a", voice("Dana Reyes", concern("?!", 1), concern("🙂", 2))))
    assert [text for _, text, *_ in told(search)] == ["?!", "🙂"]


def test_one_person_under_several_names_and_at_two_companies() -> None:
    note = PersonNote("People/Dana Reyes.md", "Dana Reyes", aliases=("Danny",))
    search = searching(
        debrief("Acme", "2026-10-01", "a", Met("Dana Reyes", link="Dana Reyes", concerns=(concern("stints"),))),
        debrief("Birch", "2026-11-01", "b", voice("Danny", concern("Stints"))),
        note,
    )
    entry = only(search)
    assert [v.debrief.company for v in entry.voicings] == ["Acme", "Birch"]
    assert entry.company == "Birch"


def test_unnamed_people_are_told_apart_by_debrief_and_place() -> None:
    search = searching(
        debrief(
            "Acme",
            "2026-11-10",
            "a",
            voice(None, concern("stints", 12), title="SRE"),
            voice(None, concern("stints", 15), title="PM"),
        ),
        debrief("Acme", "2026-11-11", "b", voice(None, concern("stints", 12), title="SRE")),
    )
    assert [(who, days) for who, _, _, days in told(search)] == [
        ("?SRE", ["2026-11-10"]),
        ("?PM", ["2026-11-10"]),
        ("?SRE", ["2026-11-11"]),
    ]


def test_what_belongs_to_nobody_belongs_to_the_round_and_is_one_in_its_process() -> None:
    search = searching(
        debrief("Acme", "2026-11-10", "a", role="Backend", concerns=(concern("a month", 9),)),
        debrief("Acme", "2026-11-11", "b", role="Backend", concerns=(concern("A month.", 9, "yes"),)),
        debrief("Acme", "2026-11-12", "c", role="Platform", concerns=(concern("a month", 9),)),
        debrief("", "2026-11-13", "d", concerns=(concern("a month", 9),)),
        debrief("", "2026-11-14", "e", concerns=(concern("a month", 9),)),
    )
    assert told(search) == [
        ("the round", "A month.", False, ["2026-11-10", "2026-11-11"]),
        ("the round", "a month", True, ["2026-11-12"]),
        ("the round", "a month", True, ["2026-11-13"]),
        ("the round", "a month", True, ["2026-11-14"]),
    ]


def test_the_order_is_that_of_days_then_of_the_note() -> None:
    search = searching(
        debrief(
            "Acme",
            "2026-11-10",
            "a",
            voice("Zoe Ace", concern("z")),
            voice(None, concern("u"), title="SRE"),
            voice("Adam Zed", concern("a")),
            concerns=(concern("r"),),
        ),
        debrief("Birch", "2026-11-09", "b", voice("Lee Okafor", concern("first"))),
    )
    assert [text for _, text, *_ in told(search)] == ["first", "r", "z", "u", "a"]


# --- open and answered -----------------------------------------------------------------------------------------------


def rounds(*concerns: Concern) -> Entry:
    """Let one person voice the same concern in several rounds."""
    return only(
        searching(
            *(
                debrief("Acme", f"2026-11-{10 + number}", f"r{number}", voice("Dana Reyes", found))
                for number, found in enumerate(concerns)
            )
        )
    )


def settled(entry: Entry) -> list[str]:
    return [attempt.reply.text for attempt in entry.attempts if attempt.settles]


def test_an_answer_settles_it_and_says_where() -> None:
    entry = rounds(concern("stints", 20, "two sentences"))
    [attempt] = entry.attempts
    assert (entry.open, attempt.settles) == (False, True)
    assert (attempt.debrief.path, attempt.reply.line) == ("Debriefs/2026-11-10 Acme r0.md", 21)


def test_a_rough_answer_is_an_attempt() -> None:
    entry = rounds(concern("stints", 20, "a long story (rough)"))
    assert (entry.open, entry.again, settled(entry)) == (True, False, [])
    assert [attempt.reply.rough for attempt in entry.attempts] == [True]


def test_a_later_debrief_settles_it() -> None:
    entry = rounds(concern("stints", 20, "a story (rough)"), concern("stints", 20, "two sentences"))
    assert (entry.open, settled(entry)) == (False, ["two sentences"])
    assert [(a.debrief.round, a.reply.text) for a in entry.attempts] == [("r0", "a story"), ("r1", "two sentences")]


@pytest.mark.parametrize("replies", [(), ("another story (rough)",)])
def test_what_is_voiced_again_after_an_answer_is_open_again(replies: Sequence[str]) -> None:
    entry = rounds(concern("stints", 20, "two sentences"), concern("stints", 20, *replies))
    assert (entry.open, entry.again, settled(entry)) == (True, True, [])
    assert [attempt.reply.text for attempt in entry.attempts][:1] == ["two sentences"]


def test_what_came_back_and_was_answered_again_is_answered() -> None:
    entry = rounds(concern("x", 20, "one"), concern("x", 20), concern("x", 20, "two", "three"))
    assert (entry.open, entry.again, settled(entry)) == (False, False, ["three"])


def test_a_rough_word_behind_a_good_answer_leaves_it_answered() -> None:
    assert settled(rounds(concern("x", 20, "good", "then rambled (rough)"))) == ["good"]


def test_twice_in_one_debrief_the_last_one_counts() -> None:
    search = searching(
        debrief("Acme", "2026-11-10", "a", voice("Dana Reyes", concern("x", 20, "so"), concern("X", 30)))
    )
    entry = only(search)
    assert (entry.open, entry.again, [v.concern.line for v in entry.voicings]) == (True, True, [20, 30])


def test_what_one_debrief_says_of_somebody_under_two_names_is_one_voice() -> None:
    note = PersonNote("People/Dana Reyes.md", "Dana Reyes", "Acme", aliases=("Danny",))
    search = searching(
        debrief(
            "Acme", "2026-11-10", "a", voice("Danny", concern("x", 20)), voice("Dana Reyes", concern("x", 25, "so"))
        ),
        note,
    )
    assert told(search) == [("Dana Reyes", "x", False, ["2026-11-10", "2026-11-10"])]


def test_a_debrief_without_a_date() -> None:
    search = searching(
        debrief("Acme", None, "a", voice("Dana Reyes", concern("x"))),
        debrief("Birch", "2026-11-01", "b", voice("Lee Okafor", concern("y"))),
    )
    assert [entry.since for entry in concern_ledger(search)] == [None, search.debriefs[1].date]


# --- where it stands -------------------------------------------------------------------------------------------------


def test_it_stands_under_the_last_process_that_is_open() -> None:
    search = searching(
        debrief("Acme", "2026-10-01", "a", voice("Dana Reyes", concern("x")), role="Backend"),
        debrief("Acme", "2026-11-01", "b", voice("Dana Reyes", concern("x")), role="Platform", outcome="rejected"),
    )
    entry = only(search)
    assert (entry.company, entry.role, entry.closed) == ("Acme", "Backend", "")
    assert entry.voicings[-1].closed == "rejected"


def test_where_all_is_closed_it_stands_under_the_last_one() -> None:
    search = searching(
        debrief("Acme", "2026-10-01", "a", voice("Dana Reyes", concern("x")), role="Backend", outcome="no-reply"),
        debrief("Acme", "2026-11-01", "b", voice("Dana Reyes", concern("x")), role="Platform", outcome="rejected"),
    )
    assert (only(search).role, only(search).closed) == ("Platform", "rejected")


def test_it_stands_where_the_person_was_met_last_although_a_misspelt_company_never_closed() -> None:
    search = searching(
        debrief("Halcyon Oat", "2026-10-01", "a", voice("Rafe Ode", concern("x"))),
        debrief("Halcyon Oats", "2026-11-01", "b", voice("Rafe Ode", concern("x")), outcome="rejected"),
        PersonNote("People/Rafe Ode.md", "Rafe Ode"),
    )
    entry = only(search)
    assert (entry.company, entry.closed) == ("Halcyon Oats", "rejected")
    assert ask("people", search).items[0].company == "Halcyon Oats"


def test_it_is_among_the_debriefs_in_which_it_was_voiced() -> None:
    search = searching(
        debrief("Acme", "2026-10-01", "a", voice("Dana Reyes", concern("x"))),
        debrief("Acme", "2026-11-01", "b", voice("Dana Reyes", concern("y"))),
    )
    first, second = concern_ledger(search)
    paths = {search.debriefs[0].path}
    assert (first.is_among(paths), second.is_among(paths), first.is_among(())) == (True, False, False)


# --- properties ------------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["Dana Reyes", "Tom Ode", "Dana", None])
CONCERNS = st.builds(
    concern,
    st.sampled_from(["stints", "Stints!", "on-call", "on-call #pager", "?"]),
    st.integers(1, 90),
    st.sampled_from(["good", "so (rough)"]),
)
BARE = st.builds(concern, st.sampled_from(["stints", "on-call"]), st.integers(1, 90))
METS = st.builds(lambda name, found: voice(name, *found, title="SRE"), NAMES, st.lists(CONCERNS | BARE, max_size=3))


def _debriefs(parts: list[tuple[str, list[Met], tuple[Concern, ...]]]) -> list[Debrief]:
    return [
        debrief(company, f"2026-10-{1 + number:02}", "a", *people, concerns=concerns)
        for number, (company, people, concerns) in enumerate(parts)
    ]


SEARCHES = st.lists(
    st.tuples(st.sampled_from(["Acme", "Birch"]), st.lists(METS, max_size=3), st.lists(BARE, max_size=1).map(tuple)),
    max_size=5,
).map(_debriefs)


@given(SEARCHES, st.integers(0, 9))
def test_nothing_is_lost_and_nothing_counts_twice(nouns: list[Debrief], seed: int) -> None:
    written = [
        (d.path, found) for d in nouns for found in (*d.concerns, *(c for person in d.people for c in person.concerns))
    ]
    ledger = concern_ledger(searching(*nouns))
    voiced = [(v.debrief.path, v.concern) for entry in ledger for v in entry.voicings]
    assert sorted(voiced, key=repr) == sorted(written, key=repr)
    keys = [(entry.owner, entry.text.casefold().strip("!")) for entry in ledger]
    assert len(keys) == len(set(keys))
    for entry in ledger:
        assert entry.open == entry.voicings[-1].concern.open
        assert entry.open != bool(settled(entry))
        assert entry.home in entry.voicings
    shuffled = list(nouns)
    random.Random(seed).shuffle(shuffled)
    assert concern_ledger(searching(*shuffled)) == ledger


def test_as_it_is_written() -> None:
    search = reading(
        one="""---
type: debrief
company: Acme
date: 2026-11-10
---
## People met
- Worry: they want somebody within a month
### Dana Reyes, VP
- Concern: two short stints #stints
  - My answer: a story (rough)
""",
        two="""---
type: debrief
company: Acme
date: 2026-11-23
---
## People met
### Dana
- Concerns:
  - Two short stints
- My answer: two sentences
""",
    )
    assert told(search) == [
        ("the round", "they want somebody within a month", True, ["2026-11-10"]),
        ("Dana Reyes", "Two short stints", False, ["2026-11-10", "2026-11-23"]),
    ]


# --- letters --------------------------------------------------------------------------------------------------------

TECHNICAL = debrief("Acme", "2026-11-10", "technical", voice("Dana Reyes", concern("Short stints", 14)))
PANEL = debrief("Acme", "2026-11-23", "panel", voice("Dana Reyes", concern("short stints!", 31)))


def letter(
    *answers: str, about: Debrief = TECHNICAL, to: str = "Dana Reyes", sent: str | None = "2026-11-12", **fields: Any
) -> Letter:
    day = None if sent is None else dt.datetime.fromisoformat(sent) if "T" in sent else dt.date.fromisoformat(sent)
    values = {"status": "sent", "kind": "concern", "path": f"Letters/{to} {sent}.md", **fields}
    return Letter(to=to, debrief=about.path[:-3], answers=answers, sent=day, **values)


def state(*nouns: Noun) -> tuple[bool, bool, list[tuple[str, bool]]]:
    """Return whether the only concern is open, and again, and its letters with whether each settles it."""
    entry = only(searching(*nouns))
    return entry.open, entry.again, [(one.answering.letter.path, one.settles) for one in entry.letters]


@pytest.mark.parametrize("said", ["Short stints", "short stints", "Short stints!", "short stints #stints"])
def test_a_letter_that_was_sent_answers_it_in_the_debriefs_words(said: str) -> None:
    assert state(TECHNICAL, letter(said)) == (False, False, [("Letters/Dana Reyes 2026-11-12.md", True)])


def test_a_draft_answers_nothing_yet_and_is_named() -> None:
    found = state(TECHNICAL, letter("Short stints", status="draft", sent=None))
    assert found == (True, False, [("Letters/Dana Reyes None.md", False)])


def test_voiced_again_after_the_letter_it_is_open_again() -> None:
    assert state(TECHNICAL, PANEL, letter("Short stints"))[:2] == (True, True)


def test_a_letter_of_before_it_was_voiced_does_not_answer_it() -> None:
    assert state(TECHNICAL, letter("Short stints", sent="2026-11-09"))[0]
    assert state(TECHNICAL, PANEL, letter("Short stints", sent="2026-11-23"))[0], "about the first, as the second was"


@pytest.mark.parametrize(
    ("about", "sent", "is_open"),
    [
        (PANEL, "2026-11-24", False),
        (PANEL, "2026-11-23", False),
        (TECHNICAL, "2026-11-24", False),
        (TECHNICAL, "2026-11-22", True),
        (PANEL, None, False),
        (TECHNICAL, None, True),
    ],
)
def test_the_day_it_was_sent_decides(about: Debrief, sent: str | None, is_open: bool) -> None:
    assert state(TECHNICAL, PANEL, letter("short stints", about=about, sent=sent))[0] == is_open


@pytest.mark.parametrize(("sent", "is_open"), [("2026-11-23T09:00", True), ("2026-11-23T16:00", False)])
def test_on_one_day_the_hours_decide(sent: str, is_open: bool) -> None:
    later = dataclasses.replace(PANEL, time=dt.time(13, 30))
    assert state(TECHNICAL, later, letter("short stints", sent=sent))[0] == is_open


def test_an_answer_in_the_round_goes_before_the_letter() -> None:
    answered = debrief("Acme", "2026-11-23", "panel", voice("Dana Reyes", concern("Short stints", 14, "two sentences")))
    found = only(searching(answered, letter("Short stints", about=answered, sent="2026-11-24")))
    assert (found.open, [one.settles for one in found.letters]) == (False, [False])
    assert [attempt.settles for attempt in found.attempts] == [True]


def test_a_rough_answer_and_a_letter_settle_it() -> None:
    rough = debrief("Acme", "2026-11-23", "panel", voice("Dana Reyes", concern("stints", 14, "er (rough)")))
    assert state(rough, letter("stints", about=rough, sent="2026-11-24"))[0] is False


def test_of_two_letters_the_first_after_it_settles_it() -> None:
    one, two = (letter("Short stints", sent=f"2026-11-1{n}") for n in (3, 2))
    assert [settles for _, settles in state(TECHNICAL, one, two)[2]] == [True, False]


def test_two_people_with_the_same_concern_each_need_a_letter() -> None:
    panel = debrief(
        "Acme", "2026-11-23", "panel", voice("Dana Reyes", concern("stints")), voice("Tom Ode", concern("stints"))
    )
    search = searching(panel, letter("stints", about=panel, sent="2026-11-24"))
    assert [(who, is_open) for who, _, is_open, _ in told(search)] == [("Dana Reyes", False), ("Tom Ode", True)]


def test_a_letter_about_a_round_of_before_or_of_somebody_elses_does_not_answer() -> None:
    earlier = debrief("Acme", "2026-11-01", "recruiter-screen", "Dana Reyes")
    assert state(earlier, TECHNICAL, letter("Short stints", about=earlier))[0]
    elsewhere = debrief("Acme", "2026-11-11", "final", "Tom Ode")
    assert state(TECHNICAL, elsewhere, letter("Short stints", about=elsewhere))[0]
    later = debrief("Acme", "2026-11-11", "final", "Dana Reyes")
    assert not state(TECHNICAL, later, letter("Short stints", about=later))[0]


def test_what_the_round_said_anybody_there_may_be_answered() -> None:
    panel = debrief("Acme", "2026-11-23", "panel", "Dana Reyes", concerns=(concern("within a month"),))
    assert not state(panel, letter("Within a month", about=panel, sent="2026-11-24"))[0]
    birch = debrief("Birch", "2026-11-23", "panel", "Dana Reyes")
    assert state(panel, birch, letter("Within a month", about=birch, sent="2026-11-24"))[0]


def test_the_words_of_a_german_debrief() -> None:
    panel = debrief("Nordwind", "2026-11-23", "panel", voice("Jörg Weiß", concern("Zu kurze Stationen", 14)))
    assert not state(panel, letter("zu kurze Stationen.", about=panel, to="Jörg Weiß", sent="2026-11-24"))[0]


def problems(*nouns: Noun) -> list[tuple[str, str, str]]:
    found = (one for one in searching(*nouns).problems if one.code == "answers-nothing")
    return [(one.path, one.quote, one.message) for one in found]


def test_an_answer_to_nothing_is_named_with_the_concern_that_is_near() -> None:
    wrong = letter("short stint", "pay", "Short stints")
    assert problems(TECHNICAL, wrong) == [
        (wrong.path, "pay", "the letter to Dana Reyes answers “pay”, which is no concern of theirs"),
        (
            wrong.path,
            "short stint",
            "the letter to Dana Reyes answers “short stint”, which is no concern of theirs; “Short stints” is",
        ),
    ]
    [first, *_] = [one for one in searching(TECHNICAL, wrong).problems if one.code == "answers-nothing"]
    assert (first.severity, first.line) == ("hint", None)


def test_a_concern_of_somebody_else_and_a_letter_to_nobody_known_are_named_too() -> None:
    panel = debrief("Acme", "2026-11-23", "panel", "Dana Reyes", voice("Tom Ode", concern("stints")))
    assert [quote for _, quote, _ in problems(panel, letter("stints", about=panel))] == ["stints"]
    assert [quote for _, quote, _ in problems(panel, letter("stints", about=panel, to="Ann Lee"))] == ["stints"]
    assert problems(panel, letter("stints", about=panel, to="Tom Ode")) == []


@given(st.permutations(range(5)))
def test_the_order_of_what_comes_in_does_not_matter(order: list[int]) -> None:
    nouns = [
        TECHNICAL,
        PANEL,
        letter("Short stints"),
        letter("x", sent="2026-11-24"),
        letter("short stints", sent="2026-11-25"),
    ]
    search, other = searching(*nouns), searching(*(nouns[place] for place in order))
    assert concern_ledger(search) == concern_ledger(other)
    assert search.problems == other.problems
