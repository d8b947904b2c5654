"""Words of a debrief in a letter: turned to the recipient where that is sure, else kept as they were written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.letters.fragments import LONGEST, Reader, clean, in_quotes, is_ended, of_both, sentences_of
from jobvault.letters.grammar import Field
from jobvault.notes.inline import plain


def reader(language: str = "en", *others: str, sure: bool = True) -> Reader:
    """Return a reader of words about Tomasz Zarek."""
    return Reader(language, ("Tomasz Zarek", "Tomasz"), others, plain, lambda day: f"{day:%A}", sure)


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("topic", "my question on his postmortem. He noticed", "my question on your postmortem. You noticed"),
        ("topic", "his first outage, which was also on a boat", "your first outage, which was also on a boat"),
        ("topic", "her clocks. One of them runs backwards", "your clocks. One of them runs backwards"),
        ("topic", "The slow day. They found it", "the slow day. You found it"),
        ("topic", "a trip of hers", "a trip of yours"),
        ("topic", "a book that he'd like", "a book that you'd like"),
        ("topic", "Tomasz's robots", "your robots"),
        ("topic", "[[Gerald]], who is `the` one **robot** #robots", "Gerald, who is the one robot"),
        ("topic", "the answer by 2026-12-02", "the answer by Wednesday"),
        ("topic", "the 2026-13-45", "the 2026-13-45"),
        (
            "cares",
            "that it is not one more team he has to wait for",
            "that it is not one more team you have to wait for",
        ),
        ("cares", "not doing the reviews himself any more", "not doing the reviews yourself any more"),
        ("cares", 'the people he calls "my own"', 'the people you call "my own"'),
        ("cares", "people who say what they are about to do", "people who say what they are about to do"),
        ("cares", "A colleague to argue with", "a colleague to argue with"),
        ("cares", "SLOs that hold", "SLOs that hold"),
        ("cares", "whether people can follow me", "whether people can follow me"),
        ("cares", "what worries him", "what worries you"),
        ("cares", "he tries things first", "you try things first"),
        ("cares", "what she watches", "what you watch"),
        ("reply", 'five people, on time. He said, "he is enough"', "five people, on time."),
        ("reply", "I wrote the runbook for it", "I wrote the runbook for it"),
        ("topic", "his postmortem. He laughed", "your postmortem."),
        ("cares", "the same as ever: whether I will stay", "the same as ever, whether I will stay"),
        (
            "reply",
            "312 differences, each explained before we switched",
            "312 differences, each explained before we switched",
        ),
        ("concern", "No management experience", "no management experience"),
        ("concern", "You have never been on call", '"You have never been on call"'),
        ("concern", '"Too senior for us?"', '"Too senior for us?"'),
        ("concern", "Has only run small teams", "I have only run small teams"),
        ("concern", "Two short stints in a row", "two short stints in a row"),
        ("concern", "Limited experience with Go", "Limited experience with Go"),
        ("concern", "Gaps in the CV", "Gaps in the CV"),
        ("concern", "Never on call", "Never on call"),
        ("concern", "I go deep before I say where", "I go deep before I say where"),
        ("strength", "Drew their release in four minutes", "I drew your release in four minutes"),
        ("strength", "Stayed calm while it burned", "I stayed calm while it burned"),
        ("step", "gets back to me on 2026-11-27", "you get back to me on Friday"),
        ("step", "sends me the task on Monday", "you send me the task on Monday"),
        ("step", "reaches out to the team", "you reach out to the team"),
        ("step", "has a word with the team", "you have a word with the team"),
        ("step", "will call me", "you will call me"),
        ("step", "a call with the team", "a call with the team"),
        ("strength", "A query plan, the right way round", "a query plan, the right way round"),
    ],
)
def test_what_is_sure_is_turned(field: Field, written: str, said: str) -> None:
    assert reader().read(written, field).said == said


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("topic", "a colleague and his canary"),
        ("topic", "Gerald and his socks"),
        ("topic", "his canary and her robots"),
        ("topic", "he's late"),
        ("topic", "he often waits"),
        ("topic", "he waits and asks"),
        ("topic", "what we gave her numbers for"),
        ("topic", "what you said"),
        ("topic", "Tomasz likes robots"),
        ("topic", "Marisol's drawing"),
        ("topic", 'a quote that "never ends'),
        ("topic", "…"),
        ("topic", " ".join(["word"] * (LONGEST + 1))),
        ("cares", "our releases"),
        ("cares", "build times; theirs went from nine to forty"),
        ("concern", "He has led nobody"),
        ("concern", "Would I be bored? There are only four of them"),
        ("reply", "said so, laughed. Then wrote it down"),
        ("reply", "told her about the slips"),
        ("reply", "told him the truth, then shut up. He wrote it down"),
        ("reply", 'two sentences. Then I stopped. He let it stand for a while and said, "so"'),
        ("reply", "he waited, and smiled"),
        ("reply", "numbers first this time"),
        ("reply", "fine"),
        ("strength", "asked good questions, he laughed"),
        ("strength", "Finally drew the number first"),
        ("cares", "said he wants daylight"),
        ("cares", "Wants releases by daylight"),
        ("cares", "three things: speed, calm, humour"),
        ("topic", "the talk, see https://talks.example/slow"),
        ("concern", "seemed unsure about my German"),
        ("concern", "worried I'm too senior"),
        ("concern", "worried you would leave"),
        ("concern", "will get bored"),
        ("concern", "I have never run clusters on our own metal"),
        ("concern", "Has only seen five; ours is nineteen"),
        ("concern", "Has only doubts"),
        ("concern", "changed jobs twice"),
        ("concern", "never led anybody"),
        ("concern", "jumps around too much"),
        ("concern", "asked whether it was too far"),
        ("step", "sends me the task and calls the team"),
        ("step", "pings me on Monday"),
        ("step", "send the portfolio"),
        ("step", "promised to call"),
        ("strength", '"Nobody\'s manager" has become a good sentence'),
        ("strength", "Debugging live. When I have a terminal I stop decorating"),
        ("strength", "It is the best I have done"),
    ],
)
def test_what_is_not_sure_stays_as_it_was_written(field: Field, written: str) -> None:
    found = reader("en", "Marisol").read(written, field)
    assert not found.stands
    assert found.raw == written


def test_of_he_and_she_in_what_is_said_of_one_person_neither_is_sure() -> None:
    assert of_both(["his canary", "she waited"], "en")
    assert not of_both(["his canary", "he waited"], "en")
    unsure = reader(sure=False)
    assert not unsure.read("his canary", "topic").stands
    assert unsure.read("the canary", "topic").stands


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("topic", "seine Pläne auf einer Seite", "Ihre Pläne auf einer Seite"),
        ("topic", "sein Winterfahrplan", "Ihr Winterfahrplan"),
        ("topic", "Der Winterfahrplan", "der Winterfahrplan"),
        ("topic", "die Nacht. Er merkte es zuerst", "die Nacht. Sie merkten es zuerst"),
        ("topic", "die Nacht. Er fragte nach den Zügen", "die Nacht."),
        ("cares", "Leute, die anrufen", "Leute, die anrufen"),
        ("cares", "was ihn nachts weckt", "was Sie nachts weckt"),
        ("cares", "Ruhige Nächte", "ruhige Nächte"),
        ("cares", "Verlässliche Pläne", "verlässliche Pläne"),
        ("cares", "Könige", "Könige"),
        ("topic", 'das Wort "Gleis"', "das Wort „Gleis“"),
        ("concern", "Du warst nie bei der Bahn", "„Du warst nie bei der Bahn“"),
        ("concern", "Keine Erfahrung mit Zügen", "keine Erfahrung mit Zügen"),
        ("step", "ein Anruf am 2026-11-30", "ein Anruf am Monday"),
    ],
)
def test_german_is_turned_to_sie(field: Field, written: str, said: str) -> None:
    assert reader("de").read(written, field).said == said


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("topic", "ihre Pläne"),
        ("topic", "was er sucht und mag"),
        ("topic", "ein Kollege und seine Pläne"),
        ("topic", "was du gesagt hast"),
        ("cares", "unsere Züge"),
        ("concern", "er kann keine Nächte"),
        ("concern", "hält die Nächte nicht durch"),
        ("concern", "nie bei der Bahn gewesen"),
        ("concern", "wirkte unsicher wegen meiner Zeugnisse"),
        ("reply", "habe ihm die Wahrheit gesagt, er nickte"),
        ("reply", "zwei Sätze, dann geschwiegen"),
        ("strength", "Erst drei Fragen gestellt, dann geplant"),
        ("strength", "Ruhig geblieben, als es laut wurde"),
        ("strength", "Zahl zuerst genannt"),
        ("step", "meldet sich am 2026-11-30"),
        ("strength", "Das war gut"),
        ("topic", "er hat gefragt und hat gelacht"),
    ],
)
def test_german_that_is_not_sure_stays(field: Field, written: str) -> None:
    assert not reader("de").read(written, field).stands


def test_a_question_stands_in_quotation_marks() -> None:
    assert reader().quoted('Why "now"?').said == "\"Why 'now'?\""
    assert not reader("en", "Marisol").quoted("What would Marisol say?").stands
    assert is_ended('"Why?"')


def test_a_colleague_is_not_named_in_a_comment() -> None:
    found = reader("en", "Tom Berg", "Tom").read("kubernetes, [[Tom Berg]]'s team being slow, and Tom", "topic")
    assert found.shown == "kubernetes, …'s team being slow, and …"
    assert reader("en", "Tom Berg").read("Tom-Berg's team", "topic").shown == ""
    assert reader("en", "Tom Berg").read("Tom Berg, on Monday", "step").shown == "Tom Berg, on Monday"


def test_words_within_a_sentence_are_one_clause() -> None:
    assert reader().bare("the talk about slow deploys.").said == "the talk about slow deploys"
    assert not reader().bare("the talk. It is long").stands
    assert not reader().bare("the talk?").stands


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("a <!-- b", "a b"),
        ("<!%%-- a", "a"),
        ("a `b` --> {{c}}", "a b c"),
        ("#tag a #1 C#", "a #1 C#"),
        ("a\u202eb\x1b\u2028c", "ab c"),
        ("a \udc80", "a ?"),
    ],
)
def test_what_could_mean_something_is_out(written: str, words: str) -> None:
    assert clean(written) == words


@given(st.text(max_size=80), st.sampled_from(["topic", "cares", "concern", "reply", "strength", "step"]), st.booleans())
def test_any_words_are_read(text: str, field: Field, german: bool) -> None:
    found = reader("de" if german else "en", "Ann").read(text, field)
    assert clean(found.raw) == found.raw
    assert "\n" not in found.said
    assert len(sentences_of(found.said)) <= len(found.said) + 1
    assert in_quotes(found.said).count('"') == 2


@pytest.mark.parametrize("language", ["en", "de"])
def test_there_is_a_grammar_for_each_language_of_letters(language: str) -> None:
    assert reader(language).grammar.writer == {"en": "I", "de": "ich"}[language]
