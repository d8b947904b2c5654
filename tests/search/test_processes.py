"""Which debriefs belong together, to which application, and what has come to an end."""

from __future__ import annotations

import random

import pytest

from jobvault.model import Application, Debrief
from jobvault.search.processes import Process, is_to_come
from jobvault.search.search import Search
from tests.nouns import TODAY, day, debrief, searching


def application(name: str = "Acme SRE", company: str = "Acme", role: str = "SRE", **fields: str) -> Application:
    dates = {key: day(fields.pop(key)) for key in ("applied", "closed") if key in fields}
    return Application(f"Applications/{name}.md", company, role, **dates, **fields)  # type: ignore[arg-type]


def tracks(search: Search) -> list[tuple[str, list[str], str | None]]:
    """Return each process: its role, the days of its rounds, its application's name."""
    return [
        (p.role, [str(d.date) for d in p.debriefs], p.application.path[13:-3] if p.application else None)
        for p in search.processes
    ]


def closed(search: Search, of: Debrief) -> str:
    process = search.process_of(of.path)
    assert isinstance(process, Process)
    return process.closed


# --- which application ----------------------------------------------------------------------------------------------


def test_a_debrief_belongs_to_the_application_that_it_links() -> None:
    other = application("Elsewhere", "Other", "CTO")
    search = searching(application(), other, debrief("Acme", role="SRE", application="Elsewhere"))
    assert tracks(search) == [("CTO", ["2026-11-20"], "Elsewhere"), ("SRE", [], "Acme SRE")]


def test_a_link_to_no_application_is_as_if_there_were_none() -> None:
    search = searching(application(), debrief("Acme", application="Nowhere"))
    assert tracks(search) == [("SRE", ["2026-11-20"], "Acme SRE")]


def test_else_to_the_one_with_its_company_and_role() -> None:
    both = application(), application("Acme Data", role="Data")
    search = searching(*both, debrief("ACME", role="data"), debrief("Acme", "2026-11-21", role="SRE"))
    assert tracks(search) == [("Data", ["2026-11-20"], "Acme Data"), ("SRE", ["2026-11-21"], "Acme SRE")]


@pytest.mark.parametrize("role", ["", "Senior SRE"])
def test_else_to_the_companys_only_open_one(role: str) -> None:
    shut = application("Acme Data", role="Data", outcome="rejected")
    search = searching(application(), shut, application("Birch", "Birch"), debrief("Acme", role=role))
    assert tracks(search)[0] == ("SRE", ["2026-11-20"], "Acme SRE")


def test_of_two_open_ones_it_belongs_to_neither() -> None:
    search = searching(application(), application("Acme Data", role="Data"), debrief("Acme"))
    assert tracks(search) == [("", ["2026-11-20"], None), ("Data", [], "Acme Data"), ("SRE", [], "Acme SRE")]


@pytest.mark.parametrize("role", ["", "Senior SRE"])
def test_it_stays_with_the_application_when_that_is_closed_later(role: str) -> None:
    search = searching(application(closed="2026-11-25", outcome="rejected"), debrief("Acme", role=role))
    assert tracks(search) == [("SRE", ["2026-11-20"], "Acme SRE")]


def test_a_later_application_does_not_take_the_rounds_of_an_earlier_one() -> None:
    first = application("A first", applied="2026-01-02", closed="2026-03-01", outcome="rejected")
    again = application("B again", applied="2026-09-01")
    search = searching(first, again, debrief("Acme", "2026-02-01"), debrief("Acme", "2026-10-01", role="SRE"))
    assert [(days, name) for _, days, name in tracks(search)] == [
        (["2026-02-01"], "A first"),
        (["2026-10-01"], "B again"),
    ]


def test_a_new_try_long_after_the_only_application_was_closed_is_its_own() -> None:
    search = searching(application(closed="2026-03-01", outcome="rejected"), debrief("Acme", role="Data"))
    assert tracks(search) == [("Data", ["2026-11-20"], None), ("SRE", [], "Acme SRE")]


# --- without an application -----------------------------------------------------------------------------------------


def test_without_one_company_and_role_keep_rounds_together() -> None:
    search = searching(
        debrief("Acme", "2026-11-01", role="SRE"),
        debrief("Acme", "2026-11-02", role="Data"),
        debrief("acme", "2026-11-03", role="sre"),
        debrief("Birch", "2026-11-04", role="SRE"),
    )
    assert tracks(search) == [
        ("SRE", ["2026-11-01", "2026-11-03"], None),
        ("Data", ["2026-11-02"], None),
        ("SRE", ["2026-11-04"], None),
    ]


def test_a_debrief_without_a_role_belongs_to_the_companys_only_one() -> None:
    one = searching(debrief("Acme", "2026-11-01"), debrief("Acme", "2026-11-02", role="SRE"))
    assert tracks(one) == [("SRE", ["2026-11-01", "2026-11-02"], None)]
    two = searching(*one.debriefs, debrief("Acme", "2026-11-03", role="Data"))
    assert [days for _, days, _ in tracks(two)] == [["2026-11-01"], ["2026-11-02"], ["2026-11-03"]]


def test_debriefs_without_a_company_do_not_belong_together() -> None:
    search = searching(debrief("", "2026-11-01", outcome="rejected"), debrief("", "2026-11-02"))
    assert [p.closed for p in search.processes] == ["rejected", ""]


def test_the_order_of_the_notes_does_not_matter() -> None:
    nouns = [
        application(),
        application("Acme Data", role="Data"),
        *(
            debrief(c, f"2026-11-{n:02}", role=r)
            for n, (c, r) in enumerate([("Acme", ""), ("Acme", "SRE"), ("Birch", "x")], 1)
        ),
    ]
    expected = searching(*nouns).processes
    for seed in range(5):
        random.Random(seed).shuffle(nouns)
        assert searching(*nouns).processes == expected


# --- what is closed -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", ["rejected", "withdrawn", "no-reply"])
def test_the_latest_closing_outcome_closes_it(outcome: str) -> None:
    one, two = debrief("Acme", "2026-11-01", outcome="advanced"), debrief("Acme", "2026-11-10", outcome=outcome)
    assert closed(searching(one, two), one) == outcome


@pytest.mark.parametrize("outcome", ["", "waiting", "advanced", "offer", "cancelled"])
def test_no_other_outcome_does(outcome: str) -> None:
    one = debrief("Acme", "2026-11-01", outcome=outcome)
    assert closed(searching(one), one) == ""


@pytest.mark.parametrize("later", [{}, {"outcome": ""}, {"empty": True}, {"outcome": "offer"}])
def test_a_later_round_after_a_rejection_opens_it_again(later: dict[str, object]) -> None:
    one = debrief("Acme", "2026-11-01", outcome="rejected")
    assert closed(searching(one, debrief("Acme", "2026-11-10", **later)), one) == ""


@pytest.mark.parametrize("later", [{"outcome": "cancelled"}, {"round_": "chat"}])
def test_a_cancelled_round_and_a_chat_do_not(later: dict[str, str]) -> None:
    one = debrief("Acme", "2026-11-01", outcome="rejected")
    assert closed(searching(one, debrief("Acme", "2026-11-10", **later)), one) == "rejected"


def test_the_other_rounds_of_the_same_day_do_not() -> None:
    one, two = debrief("Acme", "2026-11-01", "a", outcome="rejected"), debrief("Acme", "2026-11-01", "b")
    assert closed(searching(one, two), two) == "rejected"


def test_a_round_before_the_answer_came_does_not() -> None:
    one = debrief("Acme", "2026-11-01", outcome="rejected", heard=day("2026-11-12"))
    assert closed(searching(one, debrief("Acme", "2026-11-10")), one) == "rejected"
    assert closed(searching(one, debrief("Acme", "2026-11-13")), one) == ""


def test_it_closes_for_that_role_alone() -> None:
    one, two = debrief("Acme", role="SRE", outcome="rejected"), debrief("Acme", "2026-11-10", role="Data")
    search = searching(one, two)
    assert (closed(search, one), closed(search, two)) == ("rejected", "")


@pytest.mark.parametrize("outcome", ["accepted", "declined", "rejected", "withdrawn", "no-reply"])
def test_an_applications_close_wins(outcome: str) -> None:
    one = debrief("Acme", "2026-11-20")
    assert closed(searching(application(outcome=outcome), one), one) == outcome


def test_an_application_that_only_has_a_date_of_close_says_what_the_debriefs_say() -> None:
    one = debrief("Acme", "2026-11-20", outcome="rejected")
    assert closed(searching(application(closed="2026-11-22"), one), one) == "rejected"
    two = debrief("Acme", "2026-11-20")
    assert closed(searching(application(closed="2026-11-22"), two), two) == "closed"


@pytest.mark.parametrize("outcome", ["", "open", "offer"])
def test_an_open_application_leaves_the_word_to_the_debriefs(outcome: str) -> None:
    one = debrief("Acme", "2026-11-20", outcome="rejected")
    assert closed(searching(application(outcome=outcome), one), one) == "rejected"
    two = debrief("Acme", "2026-11-20")
    assert closed(searching(application(outcome=outcome), two), two) == ""


# --- what is still to come ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "fields", "to_come"),
    [
        ("2026-11-28", {"empty": True}, True),
        ("2026-11-28", {}, True),
        ("2026-11-28", {"outcome": ""}, True),
        ("2026-11-28", {"outcome": "cancelled"}, False),
        ("2026-11-28", {"outcome": "rejected"}, False),
        ("2026-11-27", {"empty": True}, True),
        ("2026-11-27", {}, False),
        ("2026-11-26", {"empty": True}, False),
        (None, {"empty": True}, False),
    ],
)
def test_is_to_come(date: str | None, fields: dict[str, object], to_come: bool) -> None:
    assert is_to_come(debrief("Acme", date, **fields), TODAY) is to_come


def test_a_debrief_that_names_another_role_is_no_round_of_the_only_application() -> None:
    search = searching(application(outcome="rejected", closed="2026-11-23"), debrief("Acme", role="Staff engineer"))
    assert tracks(search)[0] == ("Staff engineer", ["2026-11-20"], None)
    assert search.processes[0].closed == ""
