"""What generated notes say, and the sentences of problems."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.actions.vault import load_words
from jobvault.words.severity import SEVERITY
from tests.words.word_files import FILES, WORDS, both, placeholders


@pytest.mark.parametrize("language", FILES)
def test_every_problem_has_sentences_and_a_severity(language: str) -> None:
    problems = FILES[language]["problems"]
    assert set(problems) <= set(SEVERITY)
    if language == "en":
        assert set(problems) == set(SEVERITY)
    for code, texts in problems.items():
        assert set(texts) <= {"say", "do", "near"}, code
        assert texts["say"], code
        assert placeholders(texts["do"]) | placeholders(texts.get("near")) <= placeholders(texts["say"]) | {
            "near", "known", "expected", "first", "second", "who", "one", "other",
        }, code  # fmt: skip


@pytest.mark.parametrize("code", SEVERITY)
def test_every_problem_can_be_said_with_what_it_is_about(code: str) -> None:
    texts = FILES["en"]["problems"][code]
    names = set().union(*(placeholders(text) for text in texts.values()))
    problem = WORDS.problem(code, "a.md", 3, quote="q", **dict.fromkeys(names, "{some} words"))
    assert (problem.path, problem.line, problem.code, problem.severity, problem.quote) == (
        "a.md",
        3,
        code,
        SEVERITY[code],
        "q",
    )
    said = problem.message + problem.hint
    assert said.count("{some} words") >= len(names) - ("near" in texts)
    assert not placeholders(said.replace("{some} words", ""))


@pytest.mark.parametrize("language", FILES)
def test_a_language_lacks_no_text_that_english_has(language: str) -> None:
    words = load_words(language)
    assert set(words.texts) >= set(WORDS.texts)
    for key, text in words.texts.items():
        if isinstance(text, str) and not key.startswith("problems.") and isinstance(WORDS.texts.get(key), str):
            assert placeholders(text) == placeholders(WORDS.texts[key]), key
    assert (len(words.weekdays), len(words.months)) == (7, 12)


def test_what_a_language_lacks_is_said_in_english() -> None:
    words = both("de")
    assert (words.text("and"), words.text("unnamed")) == ("und", "unnamed person")
    assert words.heading("weak") == "Wo ich schwach war"
    assert words.heading("takeaways") == "Takeaways"
    assert (words.say("outcome", "offer"), words.say("outcome", "waiting"), words.say("outcome", "mine")) == (
        "Angebot",
        "waiting",
        "mine",
    )
    assert words.date(dt.date(2026, 1, 5)) == "5. Jän 2026"
    assert words.problem("untyped-debrief", "a", 1).message == "ohne Typ"
    assert words.problem("missing-date", "a", 1).message == WORDS.problem("missing-date", "a", 1).message


def test_an_unknown_language_is_english() -> None:
    assert both("tlh").text("and") == "and"


# Texts


def test_texts_count() -> None:
    assert WORDS.text("more", n=1, command="x") == "… and 1 more: `x`"
    assert WORDS.text("more", n=2, command="x") == "… and 2 more: `x`"
    assert WORDS.has("more")
    assert not WORDS.has("less")
    with pytest.raises(KeyError):
        WORDS.text("less")


def test_dates_are_absolute_in_notes_and_told_from_today_on_the_terminal() -> None:
    day = dt.date(2026, 11, 26)
    assert WORDS.date(day) == "Thu 26 Nov 2026"
    assert WORDS.date(day, "short") == "26 Nov"
    assert WORDS.date(dt.date(987, 1, 1)).endswith("0987")
    ago = {n: WORDS.ago(day, day + dt.timedelta(days=n)) for n in (-3, -1, 0, 1, 3)}
    assert ago == {-3: "in 3 days", -1: "tomorrow", 0: "today", 1: "yesterday", 3: "3 days ago"}


@given(st.text(), st.text())
def test_what_a_problem_quotes_is_one_line_of_bounded_length(quote: str, value: str) -> None:
    problem = WORDS.problem("bad-value", "a.md", 1, quote=quote, name="n", value=value, expected="x")
    for text in (problem.quote, problem.message, problem.hint):
        assert not re.search(r"[\n\r\t]", text)
        assert len(text) < 300


def test_a_long_quote_is_cut() -> None:
    assert WORDS.problem("missing-date", "a", 1, quote="x" * 500).quote == "x" * 119 + "…"
