"""Letters of a round: each of other material and sentences, the same every time, and nothing in them that is not meant."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from jobvault.letters.choosing import filled
from jobvault.letters.draft import Draft, Next
from jobvault.letters.fragments import sentences_of
from jobvault.letters.phrases import Phrases, read_phrases
from jobvault.model import LETTER_KINDS, Concern, Debrief, Letter, Met, Question, Remark, Reply
from jobvault.notes.reading import ReadingRules, read_note
from jobvault.words import fold
from tests.letters.rounds import PANEL, day, gaps_in, letters_of, search_of, sentences, words_in
from tests.nouns import WORDS, debrief, searching

ROUND = """
## People met

### Dana Reyes, VP Engineering

- Cares about: releases by daylight
- Concern: No management experience
- My answer: five people, on time

### Tom Ito, Designer

- We talked about: his canary
- Concern: Never on call
- My answer: not yet (rough)

### Priya Nair, Product

## What they asked

- What breaks first? (owed)

## Where I was strong

- Drew their release
"""


def test_each_part_says_what_there_is() -> None:
    found = letters_of(search_of(ROUND), hear_by=day("2026-12-02"))
    dana, tom, priya = (words_in(found[name]) for name in ("Dana", "Tom", "Priya"))
    assert "releases by daylight" in dana
    assert re.search(r"no management experience\. .*: five people, on time\.", dana)
    assert "I drew your release" in dana
    assert "by Wednesday, 2 December" in dana
    assert "your canary" in tom
    assert "never on call" in tom.lower()
    assert '"What breaks first?"' in priya
    assert found["Dana"].answers == ("No management experience",)
    assert found["Tom"].answers == ("Never on call",)
    assert found["Dana"].subject == "Releases by daylight: your Engineer role"
    assert found["Priya"].subject == "Engineer: our conversation on Monday, 23 November"
    assert found["Dana"].paragraphs[0] == "Dear Dana,"
    assert found["Dana"].paragraphs[-1].endswith(",\\\nRobin Vale")


def test_what_is_missing_is_asked_for_and_not_made_up() -> None:
    found = letters_of(search_of(ROUND), name="")
    assert gaps_in(found["Dana"]) == ["<!-- Your name. Set it once, in jobvault.yaml: letters, name. -->"]
    assert [gap[5:30] for gap in gaps_in(found["Tom"])] == [
        "Your answer, in two or th",
        "Which of your strengths f",
        "Your name. Set it once, i",
    ]
    assert "So far you had: not yet" in gaps_in(found["Tom"])[0]
    assert [gap[5:30] for gap in gaps_in(found["Priya"])] == [
        "What did you talk about w",
        "Your answer, in a sentenc",
        "Which of your strengths f",
        "Your name. Set it once, i",
    ]


def test_a_purpose_is_asked_for_where_there_is_none() -> None:
    body = "## People met\n\n### Dana Reyes\n\n- Cares about: daylight\n"
    assert any("What is this letter for?" in gap for gap in gaps_in(letters_of(search_of(body))["Dana"]))
    asking = f"{body}\n## What I still want to ask\n\n- How often do you release?\n"
    found = letters_of(search_of(asking))["Dana"]
    assert "how often do you release?" in words_in(found)
    assert not any("What is this letter for?" in gap for gap in gaps_in(found))


def test_words_that_do_not_fit_stand_in_the_comment() -> None:
    body = "## People met\n\n### Dana Reyes\n\n- We talked about: a colleague and his dog\n- Concern: Is he bored?\n"
    gaps = gaps_in(letters_of(search_of(body))["Dana"])
    assert any(gap.endswith("From your debrief: a colleague and his dog -->") for gap in gaps)
    assert any("From your debrief: Is he bored?" in gap for gap in gaps)


def one_letter(remarks: str, more: str = "", language: str = "en", **occasion: str) -> Draft:
    body = f"## People met\n\n### Dana Reyes\n\n{remarks}\n\n{more}"
    return letters_of(search_of(body), language=language, **occasion)["Dana"]


def test_what_tells_of_the_talk_stands_in_the_comment() -> None:
    told = "told her the truth, then shut up. She wrote it down"
    found = one_letter(f"- Concern: No management experience\n- My answer: {told}")
    assert "truth" not in words_in(found)
    assert any(f"So far you had: {told}" in gap for gap in gaps_in(found))
    found = one_letter("- Concern: No degree\n- My answer: five years of nights, on time. She nodded")
    assert "five years of nights, on time." in words_in(found)
    assert "nodded" not in "".join(found.paragraphs)


def test_a_concern_that_is_nobodys_words_stands_in_the_comment() -> None:
    found = one_letter("- Concern: seemed unsure about my German")
    assert '"' not in words_in(found)
    assert any(gap.startswith("<!-- The concern, in a sentence") and "seemed unsure" in gap for gap in gaps_in(found))


def test_a_next_step_that_nobody_takes_stands_in_the_comment() -> None:
    assert "you send me the task on Monday" in words_in(one_letter("- Next step: sends me the task on Monday"))
    found = one_letter("- Next step: pings me on Monday")
    assert any("What comes next" in gap and "pings me on Monday" in gap for gap in gaps_in(found))
    dated = one_letter("- Next step: pings me by 2026-12-02", hear_by=day("2026-12-02"))  # type: ignore[arg-type]
    assert "2 December" in words_in(dated)
    assert not any("pings" in gap for gap in gaps_in(dated))


def test_a_topic_that_does_not_fit_is_not_dropped() -> None:
    topic = "the migration, see https://talks.example/slow"
    found = one_letter(f"- Cares about: releases by daylight\n- We talked about: {topic}")
    assert "releases by daylight" in words_in(found)
    assert any(topic in gap for gap in gaps_in(found))


def test_a_promise_without_an_article_stands_in_the_comment() -> None:
    found = one_letter("- Cares about: daylight", "## Follow-ups\n\n- [ ] Send Dana Reyes CV to HR\n")
    assert "CV" not in words_in(found)
    assert any("What did you promise" in gap and "Send Dana Reyes CV to HR" in gap for gap in gaps_in(found))
    asking = one_letter("- Cares about: daylight", "## Follow-ups\n\n- [ ] Ask Dana Reyes about nights\n")
    assert not any("What did you promise" in gap for gap in gaps_in(asking))


def test_a_subject_says_what_it_is_about() -> None:
    long = "A colleague to argue with about the canary"
    assert one_letter("- Cares about: calm nights").subject == "Calm nights: your Engineer role"
    assert one_letter(f"- Cares about: {long}", role="Staff Platform Lead").subject == f"{long} · Staff Platform Lead"
    assert one_letter(f"- Cares about: {long}", role="Staff Platform Engineer, Fleet").subject == f"{long} · Acme"
    assert one_letter("- Cares about: Ruhige Nächte", language="de", role="").subject == "Ruhige Nächte · Acme"


def test_words_that_a_colleague_got_are_not_said_twice() -> None:
    body = "## People met\n\n" + "".join(
        f"### {name}\n\n- Cares about: daylight, always\n- Concern: No management experience\n\n"
        for name in ("Dana Reyes", "Tom Ito")
    )
    found = letters_of(search_of(body))
    assert "daylight" in words_in(found["Dana"])
    assert "daylight" not in words_in(found["Tom"])
    assert "management" not in words_in(found["Tom"])
    assert sum("nearly the same words" in gap for gap in gaps_in(found["Tom"])) == 2
    assert found["Tom"].answers == ("No management experience",)


def test_an_earlier_concern_takes_no_sentence_from_a_colleague() -> None:
    earlier = "Debriefs/2026-11-10 Acme technical.md"
    before = "---\ntype: debrief\ncompany: Acme\nround: technical\ndate: 2026-11-10\n---\n\n## People met\n\n### Dana Reyes\n\n"
    alone = letters_of(search_of(ROUND))
    both = letters_of(search_of(ROUND, {earlier: f"{before}- Concern: Two short stints\n"}))
    assert "two short stints" in words_in(both["Dana"])
    assert both["Dana"].answers == ("No management experience", "Two short stints")
    for name in ("Tom", "Priya"):
        assert both[name].paragraphs == alone[name].paragraphs


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", LETTER_KINDS)
def test_each_kind_is_short_and_asks_for_one_thing_at_most(kind: str, language: str) -> None:
    later = Next(day("2026-12-03"), "final")
    found = letters_of(search_of(ROUND), kind, language, hear_by=day("2026-11-24"), passed=True, next=later)
    for letter in found.values():
        words = words_in(letter)
        assert len(words.split()) < 130
        assert sum(sentence.rstrip().endswith("?") for sentence in sentences_of(words)) <= 1
        assert words or gaps_in(letter)
    waiting = {"check-in": ("24 November", "24. November"), "next-round": ("3 December", "3. Dezember")}
    for day_words in waiting.get(kind, ("",))[:: 1 if language == "en" else -1][:1]:
        assert all(day_words in words_in(letter) for letter in found.values())


def test_german_begins_small_below_the_greeting_and_says_sie() -> None:
    found = letters_of(search_of(ROUND), language="de")
    for letter in found.values():
        assert letter.paragraphs[0].startswith("Guten Tag ")
        assert letter.paragraphs[1][0].islower() or letter.paragraphs[1].startswith(("Sie", "<!--", "Ihr"))


def test_a_letter_after_another_one_brings_other_words_where_there_are_some() -> None:
    body = "## People met\n\n### Dana Reyes\n\n- Cares about: daylight\n- Cares about: numbers first\n"
    search = search_of(body)
    assert "daylight" in words_in(letters_of(search)["Dana"])
    assert "numbers first" in words_in(letters_of(search, "check-in")["Dana"])


def test_stops_do_not_gather() -> None:
    assert filled("So: {a}. And {a}, too. {{b}}", {"a": "it is."}) == "So: it is. And it is, too. {b}"
    assert filled("So: {a}.", {"a": '"Why?"'}) == 'So: "Why?"'


def test_own_sentences_cannot_make_a_list_or_a_heading_of_a_letter() -> None:
    own = read_phrases(
        {"parts": {"opening-cares": ["{cares}"]}, "kinds": {"thank-you": {"parts": ["opening"]}}}, sentences()
    )
    for text in ("# loud", "- so", "1. first", "> said", "~~~"):
        body = f"## People met\n\n### Dana Reyes\n\n- Cares about: {text} x\n"
        letter = letters_of_with(own, body)
        assert re.match(r"\\|\w", letter.paragraphs[1]), letter.paragraphs


def letters_of_with(phrases: Phrases, body: str) -> Draft:
    from jobvault.letters.assemble import assemble
    from jobvault.letters.draft import Occasion
    from jobvault.letters.sources import Sources
    from jobvault.notes.inline import plain

    search = search_of(body)
    about = search.debrief_of(PANEL)
    assert about is not None
    return assemble(Sources(search, about, phrases, plain), Occasion("thank-you", ""))[0]


# --- whatever stands in a debrief -------------------------------------------------------------------------------------

FIRSTS = ("Dana", "Tom", "Priya", "Lee", "Ann", "Noor")
ANYTHING = st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=40) | st.sampled_from([
    "he waits", "their release. He noticed", "<!-- x", "`", "[[Dana Reyes]]", "a. b. c.", "You?", '"', "{first}", "%%",
    "No management experience", "# x", "# x. x", "...", "~~~", "https://a.example", "<b title='", "Tom said so", "\udc80",
])  # fmt: skip


def remarks(token: str) -> st.SearchStrategy[tuple[Remark, ...]]:
    """Return what stands under a label; each text holds a word that only this person's do."""
    return st.lists(ANYTHING.map(lambda text: Remark(f"{text} {token}", 1)), max_size=2).map(tuple)


@st.composite
def people(draw: st.DrawFn, first: str, shared: bool) -> Met:
    token = "" if shared else f"{first.lower()}zq"
    answered = st.lists(
        st.builds(Reply, ANYTHING.map(lambda text: f"{text} {token}"), st.just(1), st.booleans()), max_size=2
    )
    concerns = st.lists(
        st.builds(Concern, ANYTHING.map(lambda text: f"{text} {token}"), st.just(1), answered.map(tuple)), max_size=2
    )
    asked = st.lists(
        st.builds(Question, ANYTHING.map(lambda text: f"{text} {token}"), st.just(1), st.just("owed")), max_size=1
    )
    return Met(
        f"{first} {draw(st.sampled_from(['Reyes', 'Ito', 'd’Or']))}",
        cares_about=draw(remarks(token)),
        concerns=tuple(draw(concerns)),
        talked_about=draw(remarks(token)),
        asked=tuple(draw(asked)),
        next_steps=draw(remarks(token)),
        notes=(Remark("secretword", 1),),
    )


@st.composite
def rounds(draw: st.DrawFn, *, shared: bool = False) -> Debrief:
    count = draw(st.integers(1, len(FIRSTS)))
    met = [draw(people(first, shared)) for first in FIRSTS[:count]]
    words = st.lists(ANYTHING, max_size=3)
    return debrief(
        "Acme",
        "2026-11-23",
        "panel",
        *met,
        questions=tuple(Question(text, 1, "owed") for text in draw(words)),
        open_questions=tuple(Remark(text, 1) for text in draw(words)),
        strong=tuple(Remark(text, 1) for text in draw(words)),
        weak=(Remark("secretword", 1),),
        noticed=(Remark("secretword", 1),),
    )


KINDS = st.sampled_from(LETTER_KINDS)
LANGUAGES = st.sampled_from(["en", "de"])


@given(rounds(shared=True), KINDS, LANGUAGES)
@settings(max_examples=25, phases=(Phase.explicit, Phase.generate))
def test_no_two_letters_share_a_sentence(about: Debrief, kind: str, language: str) -> None:
    search = searching(about)
    found = letters_of(search, kind, language)
    assert letters_of(search, kind, language) == found
    counts = Counter(
        sentence
        for letter in found.values()
        for sentence in {fold(one) for one in sentences_of(words_in(letter).replace("\n", " "))} - {""}
    )
    assert [sentence for sentence, times in counts.items() if times > 1] == []


@given(rounds(), KINDS, LANGUAGES)
@settings(max_examples=25, phases=(Phase.explicit, Phase.generate))
def test_nobody_gets_a_colleagues_words_or_what_is_not_meant_for_them(about: Debrief, kind: str, language: str) -> None:
    found = letters_of(searching(about), kind, language)
    for first, letter in found.items():
        text = fold("\n".join(letter.paragraphs[1:-1]))
        assert "secretword" not in text
        for other in FIRSTS:
            assert other == first or f"{other.lower()}zq" not in text


@given(rounds(shared=True), KINDS, LANGUAGES, ANYTHING)
@settings(max_examples=25, phases=(Phase.explicit, Phase.generate))
def test_a_letter_is_read_back_as_it_was_put_together(about: Debrief, kind: str, language: str, name: str) -> None:
    for letter in letters_of(searching(about), kind, language, name=" ".join(name.split())).values():
        body = "\n\n".join(letter.paragraphs)
        data = f"---\ntype: letter\nto: x\n---\n\n{body}\n".encode("utf-8", "replace")
        noun = read_note("Letters/a.md", data, ReadingRules(WORDS)).noun
        assert isinstance(noun, Letter)
        assert len(noun.gaps) == letter.gaps
        assert len(noun.passages) == len(letter.paragraphs) - letter.gaps
        assert {passage.kind for passage in noun.passages} == {"paragraph"}
        assert "<!--" not in "".join(row for passage in noun.passages for row in passage.rows)
