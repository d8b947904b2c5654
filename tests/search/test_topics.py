"""Which question or story a question is told by."""

from __future__ import annotations

import pytest

from jobvault.model import Question, QuestionNote, Story
from jobvault.notes.inline import find_links
from jobvault.search.topics import Topics, title_of
from tests.nouns import searching

ABOUT = QuestionNote("Questions/About you.md", "Tell me about yourself", aliases=("Your pitch",))
RATE = QuestionNote("Questions/Rate limiter.md", "Design a rate limiter")
FERRY = Story("Stories/Ferry.md", "The night of the ferries")
TOPICS = Topics(searching(ABOUT, RATE, FERRY, others=["Notes/Kafka.md"]))


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("[[About you]]: nine minutes", ABOUT.path),
        ("[hm](Questions/About%20you.md)", ABOUT.path),
        ("[[Ferry]], told for [[Rate limiter]]", RATE.path),
        ("[[Rate limiter]], then [[About you]]", RATE.path),
        ("An outage: [[Ferry]]", FERRY.path),
        ("tell me about YOURSELF!", ABOUT.path),
        ("your pitch", ABOUT.path),
        ("[[Kafka]]: your pitch", None),
        ("The night of the ferries", None),
        ("Tell me about yourself, slowly", None),
        ("", None),
        ("…", None),
    ],
)
def test_a_question_is_told_by_its_link_or_its_very_words(text: str, path: str | None) -> None:
    found = TOPICS.of(Question(text, 20, links=find_links(text, 20)), "Debriefs/x.md")
    assert (found.path if found else None) == path


def test_titles() -> None:
    assert [title_of(topic) for topic in (ABOUT, FERRY)] == ["Tell me about yourself", "The night of the ferries"]


def test_where_no_note_is() -> None:
    assert TOPICS.at(None) is None
    assert TOPICS.at("Notes/Kafka.md") is None
    assert TOPICS.at(FERRY.path) is FERRY
