"""The four marks: rapport, one purpose, succinct and not generic, following up; and what depends on the kind."""

from __future__ import annotations

import pytest

from jobvault.settings import LetterSettings
from tests.letters.desk import GOOD, NOTES, ROUND, bench, checked, codes, findings, letter

PLAIN = "Dear Dana,\n\n{}\n\nRobin Vale\n"
THANKS = PLAIN.format("thank you for the talk. I liked it, and went home in a good mood.")


def test_a_good_letter_has_no_findings() -> None:
    assert findings(GOOD) == ()


def test_what_could_go_to_anyone() -> None:
    assert codes(THANKS) == {"rapport", "purpose", "generic", "discussed", "concern", "strength"}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("concern", {"rapport", "purpose", "generic", "discussed", "concern"}),
        ("promised", {"rapport", "purpose", "generic", "discussed"}),
        ("check-in", {"purpose", "generic", "discussed"}),
        ("after-rejection", {"rapport", "purpose", "generic", "discussed"}),
        ("next-round", {"rapport", "purpose", "generic", "discussed"}),
        ("postcard", {"rapport", "purpose", "generic", "discussed"}),
        ("thanks", {"rapport", "purpose", "generic", "discussed", "concern", "strength"}),
        ("", {"rapport", "purpose", "generic", "discussed", "concern", "strength"}),
    ],
)
def test_kinds_owe_different_things(kind: str, expected: set[str]) -> None:
    assert codes(THANKS, kind=kind) == expected


def test_a_colleagues_topic_is_no_rapport() -> None:
    body = PLAIN.format("dashboards that nobody has to explain are a joy. I attach one that I drew for your warehouse.")
    assert codes(body, kind="promised") == {"rapport"}


def test_a_word_of_their_own_is() -> None:
    body = PLAIN.format("pipelines that heal themselves are a joy. I attach one that I drew for your warehouse.")
    assert codes(body, kind="promised") == set()


# --- purpose ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "I have attached the plan.",
        "I'd move one table a night.",
        "Could you tell me when?",
        "I accept, with pleasure.",
        "Anbei der Plan.",
        "You asked what comes first: the small one.",
        "Is the plan still open?",
    ],
)
def test_sentences_with_a_purpose(sentence: str) -> None:
    assert "purpose" not in codes(PLAIN.format(f"thank you for the talk. {sentence}"), kind="promised")


@pytest.mark.parametrize(
    "sentence",
    [
        "I would love to be there.",
        "You were kind.",
        "Please do not hesitate to write.",
        "I look forward to hearing from you.",
        "Ich würde mich freuen.",
    ],
)
def test_sentences_without_one(sentence: str) -> None:
    assert "purpose" in codes(PLAIN.format(f"thank you for the talk. {sentence}"), kind="promised")


@pytest.mark.parametrize(
    ("asked", "more"),
    [
        ("Could you send the list? May I call you on it?", True),
        ("Could you send the list, and may I call you?", True),
        ("I would also be grateful for half an hour. Could you send the list?", True),
        ("Please send me the list. What is the budget?", True),
        ("Could you send the list, or tell me where it is?", False),
        ("“Could you?” and “may I?” are the words. Could you send the list?", False),
        ("What would I do first? I would count. Could you send the list?", False),
        ("Sketch our warehouse? Could you send the list?", False),
        ("You asked whether I could begin at once. Could you send the list?", False),
        ("If a place is free again, I would be glad to hear of it. Could you send the list?", False),
        ("Könnten Sie mir die Liste schicken? Darf ich Sie anrufen?", True),
    ],
)
def test_requests_are_counted(asked: str, more: bool) -> None:
    assert ("requests" in codes(PLAIN.format(asked), kind="promised")) == more


# --- succinct ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "expected"), [(150, set()), (151, {"long"}), (250, {"long"}), (251, {"too-long"})])
def test_length(words: int, expected: set[str]) -> None:
    body = PLAIN.format(" ".join(f"w{number}." for number in range(words)))
    assert codes(body) & {"long", "too-long"} == expected
    own = LetterSettings(long_words=10, most_words=20)
    assert "letter-too-long" in {problem.code for problem in checked(letter(body), own).findings}


@pytest.mark.parametrize(("words", "long"), [(40, False), (41, True)])
def test_a_sentence_of_more_than_forty_words(words: int, long: bool) -> None:
    body = PLAIN.format("one " * (words - 1) + "end. Short.")
    assert ("sentence" in codes(body)) == long


def test_stock_phrases_ours_and_ones_own() -> None:
    body = GOOD.replace("May I send", "I am JUST checking in. To be honest with you, may I send")
    assert codes(body) == {"stock"}
    own = LetterSettings(stock_phrases=("To be honest",))
    found = checked(letter(body), own).findings
    assert [problem.quote for problem in found] == ["just checking in", "To be honest"] or len(found) == 2
    assert codes(GOOD.replace("May I send", "They say “just checking in”. May I send")) == set(), "a quotation"


def test_sentences_of_a_colleagues_letter_and_of_an_older_one() -> None:
    sentence = "I keep a list of the tables that nobody dares to touch."
    mine = letter(GOOD.replace("The duplicate", f"{sentence} The duplicate"))
    colleague = letter(PLAIN.format(sentence), to="Priya Natarajan")
    (found,) = checked(mine, Priya=colleague).findings
    assert (found.code, found.quote) == ("letter-shared", sentence)
    assert "“Priya”" in found.message
    older = letter(PLAIN.format(sentence), to="Solveig Dahl", about="2026-10-05 Orchard Bank technical")
    assert checked(mine, old=older).findings == (), "not sent"
    older = older.replace("status: draft", "status: sent\nsent: 2026-10-06")
    assert {problem.code for problem in checked(mine, old=older).findings} == {"letter-shared"}
    again = letter(GOOD, to="Priya Natarajan")
    assert "more sentences" in next(p.message for p in checked(mine, Priya=again).findings if p.code == "letter-shared")


def test_a_long_run_of_words_inside_another_sentence() -> None:
    run = "a list of the old tables that nobody in the whole company dares to touch"
    mine = letter(GOOD.replace("The duplicate", f"Since spring I keep {run}. The duplicate"))
    other = letter(PLAIN.format(f"In the drawer lies {run}, printed."), to="Priya Natarajan")
    assert {problem.code for problem in checked(mine, Priya=other).findings} == {"letter-shared"}


def test_a_newer_letter_greetings_and_closes_are_not_compared() -> None:
    newer = letter(GOOD, to="Dana Reyes")
    old = letter(GOOD, "status: sent\nsent: 2026-11-21\n").replace("status: draft\n", "")
    assert checked(old, newer=newer).findings == ()


# --- following up -----------------------------------------------------------------------------------------------------


def test_an_open_concern_is_to_be_answered() -> None:
    body = GOOD.replace("You doubted that I can run a migration of your size: I would move one table a night and", "I")
    (found,) = findings(body)
    assert (found.code, found.quote) == ("letter-concern", "You have never run a migration of this size")
    assert codes(body, kind="promised") == set()


def test_a_listed_answer_counts_where_a_word_of_it_stands() -> None:
    body = GOOD.replace("You doubted that I can run a migration of your size: I would move one table a night and", "I")
    listed = "answers:\n  - You have never run a migration of this size\n"
    assert codes(body, listed) == {"concern"}
    assert codes(body.replace("The duplicate", "The size of it is fine. The duplicate"), listed) == set()


def test_a_concern_that_a_sent_letter_answers_is_closed() -> None:
    body = GOOD.replace("You doubted that I can run a migration of your size: I would move one table a night and", "I")
    sent = letter(
        PLAIN.format("see the page."),
        "sent: 2026-11-21\nanswers:\n  - You have never run a migration of this size\n",
    ).replace("status: draft", "status: sent")
    assert checked(letter(body), first=sent).findings == ()


def test_an_owed_question_is_asked_of_whoever_asked_it() -> None:
    body = "Dear Priya,\n\ndashboards that nobody has to explain: I drew one from the duplicate ledger in the sketch. {}\n\nRobin\n"
    assert codes(body.format("It is attached."), to="Priya Natarajan") == {"owed"}
    answer = "You asked how I name a column: after what it holds."
    assert codes(body.format(answer), to="Priya Natarajan") == set()
    assert "owed" not in codes(GOOD)


def test_a_strength_is_asked_of_thanks_alone() -> None:
    body = GOOD.replace("The duplicate ledger in the warehouse sketch is where I would begin. ", "")
    (found,) = findings(body)
    assert found.code == "letter-strength"
    assert "duplicate ledger" in found.hint
    assert codes(body, kind="concern") == set()


# --- what the letter does not say -------------------------------------------------------------------------------------


def test_without_a_debrief_the_latest_with_them_counts() -> None:
    found = checked(letter(GOOD, about=None))
    assert (found.company, found.findings) == ("Lumen Works", ())
    assert "[[2026-11-20 Lumen Works panel]]" in found.lacks[0]


def test_without_anything_what_can_be_said_is_said() -> None:
    found = checked("---\ntype: letter\n---\n\nDear Dana,\n\nI am just checking in. XXX\n\nRobin\n")
    assert {problem.code for problem in found.findings} == {"letter-stock", "letter-placeholder", "letter-purpose"}
    assert (found.to, found.company) == ("", "")
    assert len(found.lacks) == 2


def test_to_somebody_whom_nobody_met() -> None:
    found = checked(letter(GOOD.replace("Dana", "Ada"), to="Ada Byron"))
    assert found.lacks
    assert "letter-rapport" not in {problem.code for problem in found.findings}


def test_a_letter_in_another_language_is_held_against_names_and_figures() -> None:
    body = (
        "Liebe Dana,\n\ndas Gespräch hat mir gefallen, und ich habe seitdem viel darüber nachgedacht, wie man so etwas "
        "baut. Anbei ein Plan für das warehouse, mit dem Sie sofort anfangen können.\n\nRobin Vale\n"
    )
    found = checked(letter(body, kind="promised"))
    assert (found.findings, len(found.lacks)) == ((), 1)
    assert "discussed" in codes(body.replace("warehouse", "Lager"), kind="promised")


def test_a_letter_in_chinese_to_a_chinese_debrief() -> None:
    notes = {ROUND: NOTES[ROUND].replace("pipelines that heal themselves", "能够自我修复的数据管道")}
    body = "Dana 您好！\n\n能够自我修复的数据管道，我每天都在想。随信附上我的方案，请看第一页。\n\nRobin Vale\n"
    desk = bench({**notes, "Letters/mine.md": letter(body, kind="promised")})
    found = desk.check(desk.letters[0].letter)
    assert not {"letter-rapport", "letter-purpose", "letter-no-greeting"} & {problem.code for problem in found.findings}
    assert 15 <= found.words <= 30
