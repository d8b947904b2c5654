"""Which follow-up asked for a letter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jobvault.model import Debrief, FollowUp, Letter, Noun, Passage
from jobvault.search.settled import Requests, Settled
from tests.nouns import WORDS, debrief, follow_up, searching

PANEL = debrief("Acme", "2026-11-23", "panel", "Dana Reyes", "Tom Iyer", "Hanna Abara", "Hanna Lind")
LITTLE = frozenset(["about", "with", "at", "on", "of", "her", "him", "them", "me", "up", "out"])


def letter(
    to: str = "Dana Reyes", kind: str = "thank-you", subject: str = "", *, text: str = "", **fields: str
) -> Letter:
    passages = (Passage((text,), 9),) if text else ()
    values = {"status": "draft", "path": f"Letters/{to} {kind}.md", **fields}
    return Letter(to=to, kind=kind, subject=subject, debrief="2026-11-23 Acme panel", passages=passages, **values)  # type: ignore[arg-type]


def settled(sent: Letter, *tasks: FollowUp, others: tuple[Noun, ...] = (), panel: Debrief = PANEL) -> Settled:
    search = searching(panel, sent, *others, follow_ups=list(tasks))
    mine = next(one for one in search.letters if one.path == sent.path)
    return Requests(search, WORDS, LITTLE).settled_by(mine)


def texts(found: tuple[FollowUp, ...]) -> list[str]:
    return [item.text for item in found]


# --- thanks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["Thank-you letter to [[Dana Reyes]]", "Thank Dana", "Thank-you note to Dana Reyes", "Danke an Dana"]
)
@pytest.mark.parametrize("kind", ["thank-you", "", "Dankesbrief"])
def test_thanks_settle_what_asks_for_thanks_to_this_person(text: str, kind: str) -> None:
    found = settled(
        letter(kind=kind), follow_up(text, PANEL), follow_up("Thank Tom", PANEL), follow_up("Send Dana the CV", PANEL)
    )
    assert texts(found.sure) == [text]
    assert found.unsure == ()
    assert found.shared == ()


@pytest.mark.parametrize("status", ["done", "cancelled"])
def test_what_is_done_is_not_done_again(status: str) -> None:
    assert settled(letter(), follow_up("Thank Dana", PANEL, status=status)) == Settled()


def test_what_is_in_progress_counts() -> None:
    assert texts(settled(letter(), follow_up("Thank Dana", PANEL, status="in-progress")).sure) == ["Thank Dana"]


def test_a_first_name_that_two_have_is_not_sure_and_settles_nothing() -> None:
    found = settled(letter("Hanna Lind"), follow_up("Thank Hanna", PANEL))
    assert found.sure == ()


def test_one_that_is_for_several_waits_for_the_last_letter() -> None:
    pair = debrief("Acme", "2026-11-23", "panel", "Dana Reyes", "Tom Iyer")
    for text in ("Thank-you letters to all", "Thank Dana and Tom"):
        task = follow_up(text, pair)
        first = settled(letter(), task, panel=pair, others=(letter("Tom Iyer"),))
        assert first.sure == ()
        assert [(one.item.text, one.waiting) for one in first.shared] == [(text, ("Tom Iyer",))]
        last = settled(letter(), task, panel=pair, others=(letter("Tom Iyer", status="sent"),))
        assert texts(last.sure) == [text]
        assert last.shared == ()


def test_a_letter_of_another_kind_to_a_colleague_is_no_thanks() -> None:
    pair = debrief("Acme", "2026-11-23", "panel", "Dana Reyes", "Tom Iyer")
    other = letter("Tom Iyer", "promised", status="sent")
    [shared] = settled(letter(), follow_up("Thank them all", pair), panel=pair, others=(other,)).shared
    assert shared.waiting == ("Tom Iyer",)


def test_ones_own_and_one_for_all_are_both_settled_by_the_last_letter() -> None:
    pair = debrief("Acme", "2026-11-23", "panel", "Dana Reyes", "Tom Iyer")
    tasks = (follow_up("Thank Dana", pair), follow_up("Thank everybody", pair))
    done = settled(letter(), *tasks, panel=pair, others=(letter("Tom Iyer", status="sent"),))
    assert texts(done.sure) == ["Thank Dana", "Thank everybody"]


def test_where_two_fit_none_is_sure() -> None:
    found = settled(letter(), follow_up("Thank Dana", PANEL), follow_up("Thank-you card for Dana", PANEL))
    assert found.sure == ()
    assert texts(found.unsure) == ["Thank Dana", "Thank-you card for Dana"]


def test_what_repeats_or_has_no_box_is_left_to_the_user_and_makes_nothing_unsure() -> None:
    again = replace(follow_up("Thank Dana every week", PANEL), recurring=True)
    prose = replace(follow_up("Thank Dana in prose", PANEL), form="paragraph")
    assert texts(settled(letter(), again, prose).by_hand) == [again.text, prose.text]
    found = settled(letter(), again, prose, follow_up("Thank Dana", PANEL))
    assert texts(found.sure) == ["Thank Dana"]
    assert texts(found.by_hand) == [again.text, prose.text]


def test_a_task_of_another_round_is_not_meant() -> None:
    other = debrief("Acme", "2026-11-24", "final", "Dana Reyes")
    assert settled(letter(), follow_up("Thank Dana", other), others=(other,)) == Settled()


def test_a_letter_to_somebody_nobody_met_settles_nothing() -> None:
    assert (
        settled(letter("Nobody Known"), follow_up("Thank Dana", PANEL), follow_up("Thank everybody", PANEL))
        == Settled()
    )


# --- by link --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["thank-you", "promised", "my own kind"])
def test_what_links_the_letter_asked_for_it(kind: str) -> None:
    sent = letter(kind=kind, path="Letters/To Dana.md")
    linking = follow_up("Send [[To Dana]]", PANEL)
    found = settled(sent, follow_up("Thank Dana", PANEL), linking)
    assert texts(found.sure) == [linking.text]


def test_what_links_several_letters_waits_for_all_of_them() -> None:
    sent, other = letter(path="Letters/To Dana.md"), letter("Tom Iyer", path="Letters/To Tom.md")
    task = follow_up("Send [[To Dana]] and [[To Tom]]", PANEL)
    [shared] = settled(sent, task, others=(other,)).shared
    assert shared.waiting == ("Tom Iyer",)
    assert texts(settled(sent, task, others=(replace(other, status="sent"),)).sure) == [task.text]


def test_two_that_link_it_are_not_sure() -> None:
    sent = letter(path="Letters/To Dana.md")
    found = settled(sent, follow_up("Write [[To Dana]]", PANEL), follow_up("Send [[To Dana]]", PANEL))
    assert found.sure == ()
    assert len(found.unsure) == 2


# --- other kinds ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "subject", "text", "fits"),
    [
        ("promised", "The portfolio you asked for", "Send Dana the portfolio", True),
        ("promised", "The portfolio you asked for", "Send [[Dana Reyes]] the portfolio, as a PDF", True),
        ("promised", "The portfolio you asked for", "Send Tom the portfolio", False),
        ("promised", "The portfolio you asked for", "Send the portfolio", False),
        ("promised", "The portfolio you asked for", "Send Dana the salary figures", False),
        ("promised", "About the letter with Dana", "Write to Dana about her letter", False),
        ("promised", "", "Send Dana the promised list", False),
        ("concern", "Nineteen people on call", "Tell Dana how on-call works with nineteen people", True),
        ("concern", "Nineteen people on call", "Answer Dana's concern", True),
        ("concern", "Nineteen people on call", "Ask Dana for the date", False),
        ("after-rejection", "What I could do better", "Write to Dana after the rejection", True),
        ("after-rejection", "What I could do better", "Send Dana the CV", False),
        ("Unterlagen", "Die Arbeitsproben", "Dana die Arbeitsproben schicken", True),
        ("intro", "", "Send Dana the intro", True),
    ],
)
def test_other_letters_settle_what_names_the_person_and_tells_of_the_same(
    kind: str, subject: str, text: str, fits: bool
) -> None:
    known = WORDS.vocabulary.letter_kinds.get(kind.lower(), kind)
    found = settled(letter(kind=known, subject=subject), follow_up(text, PANEL))
    assert texts(found.sure) == ([text] if fits else [])
    assert (found.unsure, found.by_hand) == ((), ())


def test_in_a_round_with_one_person_a_follow_up_need_not_name_them() -> None:
    alone = debrief("Acme", "2026-11-23", "panel", "Dana Reyes")
    sent = letter(kind="promised", subject="The portfolio")
    assert texts(settled(sent, follow_up("Send the portfolio", alone), panel=alone).sure) == ["Send the portfolio"]
    assert settled(sent, follow_up("Send Eve the portfolio", alone), panel=alone).sure != (), "Eve is nobody we know"


def test_what_was_promised_may_stand_in_the_letter_alone() -> None:
    sent = letter(kind="promised", subject="As I said", text="Here is the portfolio, with both case studies.")
    task = follow_up("Send Dana the portfolio with case studies", PANEL)
    assert texts(settled(sent, task, follow_up("Send Dana the salary figures", PANEL)).sure) == [task.text]


def test_two_that_tell_of_the_same_are_not_sure() -> None:
    sent = letter(kind="promised", subject="The portfolio")
    found = settled(sent, follow_up("Send Dana the portfolio", PANEL), follow_up("Print Dana's portfolio", PANEL))
    assert found.sure == ()
    assert len(found.unsure) == 2


def test_no_other_letter_settles_thanks() -> None:
    assert (
        settled(letter(kind="promised", subject="Thanks and the list"), follow_up("Thank Dana for the list", PANEL))
        == Settled()
    )


@pytest.mark.parametrize("text", ["Ask Dana where things stand", "Check in with Acme", "Nachfragen"])
def test_a_question_after_silence_settles_what_asks_for_one(text: str) -> None:
    found = settled(letter(kind="check-in"), follow_up(text, PANEL), follow_up("Send Dana the CV", PANEL))
    assert texts(found.sure) == [text]
    assert settled(letter("Tom Iyer", "check-in"), follow_up("Check in with Dana", PANEL)).sure == ()
