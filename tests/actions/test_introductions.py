"""Who was there, read from lines as a tired person types them: nothing lost, nobody made up."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobvault.actions.introductions import Acquaintances, read_introductions
from jobvault.actions.room import Room, gather, same_person
from jobvault.actions.thoughts import thoughts
from jobvault.actions.vault import load_words

WORDS = load_words("en")
KNOWN = Acquaintances(company=("Marco Bell",), others=("Ana Silva",))


def room(*lines: str, nobody: tuple[str, ...] = ()) -> Room:
    return gather(read_introductions(lines, WORDS, KNOWN.knows), nobody)


def told(*lines: str, nobody: tuple[str, ...] = ()) -> list[str]:
    """Return who was there, ``NAME, TITLE | label: words``; what is nobody's first."""
    gathered = room(*lines, nobody=nobody)
    people = [
        " | ".join([", ".join(filter(None, (one.guest.name, one.guest.title))), *map(": ".join, one.words)])
        for one in gathered.people
    ]
    return [*map(": ".join, gathered.words), *people]


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (["Dana Reyes, VP Engineering: short stints"], ["Dana Reyes, VP Engineering | concern: short stints"]),
        (["Dana Reyes"], ["Dana Reyes"]),
        (["Dana Reyes", "short stints", "on-call"], ["Dana Reyes | concern: short stints | concern: on-call"]),
        (["Dana Reyes: short stints; on-call"], ["Dana Reyes | concern: short stints | concern: on-call"]),
        (["Dana Reyes (VP Engineering), short stints"], ["Dana Reyes, VP Engineering | concern: short stints"]),
        (["Dana Reyes, VP, worried about scale"], ["Dana Reyes, VP | concern: scale"]),
        (["Dana Reyes - worried about scale"], ["Dana Reyes | concern: scale"]),
        (["Dana Reyes", "Cares about: tests"], ["Dana Reyes | cares-about: tests"]),
        (["?, SRE, beard: scaling"], ["?, SRE, beard | concern: scaling"]),
        (["?: a", "?: b"], ["? | concern: a", "? | concern: b"]),
        (["Dana Reyes and Tom Ek: scaling"], ["Dana Reyes | concern: scaling", "Tom Ek | concern: scaling"]),
        (["Dana Reyes: a", "Dana: b"], ["Dana Reyes | concern: a | concern: b"]),
        (["Marco: scaling"], ["Marco | concern: scaling"]),
        (["Jan van der Berg"], ["Jan van der Berg"]),
        (["[[Dana Reyes]], VP: x"], ["Dana Reyes, VP | concern: x"]),
        (["Dana Reyes: see 10:30 talk"], ["Dana Reyes | concern: see 10:30 talk"]),
        (["they all seemed tired"], ["note: they all seemed tired"]),
        (["worried about my short stints"], ["concern: my short stints"]),
        (["We talked for an hour. It went on and on."], ["note: We talked for an hour. It went on and on."]),
        (["the room was cold: no heating"], ["note: the room was cold: no heating"]),
        (["# hash", "---", "<!-- x"], ["note: # hash", "note: ---", "note: <!-- x"]),
        (["Dana Reyes", "She said the team is small and that they all work late."],
         ["Dana Reyes | note: She said the team is small and that they all work late."]),
    ],
)  # fmt: skip
def test_introductions(lines: list[str], read: list[str]) -> None:
    assert told(*lines) == read


def test_what_is_no_name_after_all_keeps_its_words() -> None:
    lines = ("Scaling", "Team: small")
    assert [one.name for one in read_introductions(lines, WORDS, KNOWN.knows) if not one.sure] == ["Scaling", "Team"]
    assert told("Dana Reyes", *lines, nobody=("Scaling", "Team")) == [
        "Dana Reyes | concern: Scaling | concern: Team: small"
    ]


def test_first_names() -> None:
    assert same_person("Dana", ["Dana Reyes", "Tom Ek"]) == "Dana Reyes"
    assert same_person("Dana", ["Dana Reyes", "Dana Cole"]) is None
    assert same_person("dana reyes", ["Dana Reyes", "Dana"]) == "Dana Reyes"
    assert same_person("Dana Cole", ["Dana Reyes"]) is None


def test_acquaintances() -> None:
    known = Acquaintances(here=("Dana Reyes",), company=("Marco Bell",), others=("Ana Silva",))
    assert [known.knows(name) for name in ("Dana", "Marco", "ana silva", "Ana")] == [True, True, True, False]
    assert [known.meant(name) for name in ("Dana", "Marco", "ana silva")] == ["Dana Reyes", None, "Ana Silva"]
    assert [known.near(name) for name in ("Marco", "Ana")] == [("Marco Bell",), ("Ana Silva",)]


def test_a_full_name_is_never_shortened() -> None:
    known = Acquaintances(here=("Eve",), company=("Dana",), others=("Ann",))
    for name in ("Eve Low", "Dana Reyes", "Ann Poe"):
        assert (known.knows(name), known.meant(name), known.near(name)) == (False, None, ())


LINE = st.lists(
    st.sampled_from(["Dana", "Reyes", "VP", "short", "stints", "?", ",", ":", ";", "-", "and", "[[Tom]]", "(x)", "#", "Concern:", "1", "é"])
    | st.text(st.characters(codec="utf-8"), min_size=1, max_size=6),
    min_size=1, max_size=7,
).map(" ".join)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(LINE, max_size=4), st.booleans())
def test_no_word_is_lost(lines: list[str], deny: bool) -> None:
    found = read_introductions(lines, WORDS, KNOWN.knows)
    gathered = gather(found, {one.name for one in found if not one.sure} if deny else ())
    kept = " ".join(
        [*(text for _, text in gathered.words)]
        + [
            part
            for one in gathered.people
            for part in (one.guest.name, one.guest.title, *(text for _, text in one.words))
        ]
    )
    words = {word for line in thoughts(lines) for word in re.findall(r"\w{4,}", line)} - {"Concern"}
    assert not [word for word in words if word not in kept]
