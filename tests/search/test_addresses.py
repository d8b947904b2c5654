"""Where somebody can be written to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jobvault.model import Debrief, PersonNote
from jobvault.search.addresses import addresses_of, first_address, is_address
from tests.nouns import debrief, met, searching

DANA, TOM = "dana@acme.example", "tom@acme.example"


def round_on(day: str, *emails: str, name: str = "Dana Reyes", company: str = "Acme") -> Debrief:
    return replace(debrief(company, day, "panel"), people=(replace(met(name), emails=emails),))


@pytest.mark.parametrize(
    "text", [DANA, "d@a.example", "dana.reyes+jobs@mail.acme.example", "o'neil@acme.example", "a_b-c@x-y.example"]
)
def test_what_is_an_address(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "dana", "dana@", "@acme.example", "dana@acme", "dana@@acme.example", "dana@acme..example", "@"),
        *("da na@acme.example", "dana@ac me.example", f"{DANA} ", f"{DANA}, {TOM}", f"{DANA} {TOM}", f"{DANA};{TOM}"),
        *("<>", f"<{DANA}>", f"Dana <{DANA}>", '"dana"@acme.example', "dana@acme.example.", ".dana@acme.example"),
        *("dana..r@acme.example", "dana@-acme.example", "dana@acme-.example", "d@" + "x" * 260 + ".example"),
        *(f"{DANA}\r\nBcc: eve@example.org", f"{DANA}\n", f"{DANA}\x00", f"\u202e{DANA}", "zoë@acme.example"),
        *("dana@straße.example", "dana@acme.example\u2028", "dana\x7f@acme.example", "dana(x)@acme.example"),
    ],
)
def test_what_is_none(text: str) -> None:
    assert not is_address(text)
    assert first_address([text]).address in ("", DANA), "blanks around it are no part of it"


def test_the_interviews_own_word_comes_first_then_the_last_then_the_note() -> None:
    note = PersonNote("People/Dana Reyes.md", "Dana Reyes", email="note@acme.example")
    first, second, third = (
        round_on("2026-11-01", "one@acme.example"),
        round_on("2026-11-10"),
        round_on("2026-11-20", DANA),
    )
    search = searching(first, second, third, note)
    [person] = search.people
    assert addresses_of(person, first).address == "one@acme.example"
    assert addresses_of(person, second).address == DANA, "another round's, the last one's"
    assert addresses_of(person).address == DANA
    [alone] = searching(second, note).people
    assert addresses_of(alone, second).address == "note@acme.example"
    [nobody] = searching(second).people
    assert addresses_of(nobody, second).address == ""


def test_of_several_in_one_debrief_the_last_counts_and_what_is_none_is_named() -> None:
    [person] = searching(round_on("2026-11-20", DANA, "new@acme.example", "dana at acme", "")).people
    found = addresses_of(person)
    assert (found.address, found.refused) == ("new@acme.example", ("dana at acme",))
    assert first_address(["mailto:x@acme.example"]).address == "x@acme.example"
    assert first_address(["<>", "a b@c.example", "<>"]).refused == ("<>", "a b@c.example")
