"""The notes of questions and stories, and which of them a link or a question's own words mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from jobvault.model import Question, QuestionNote, Story
from jobvault.search.search import Search
from jobvault.words import fold

Topic = QuestionNote | Story


@dataclass(frozen=True)
class Topics:
    """The questions and stories of a search that have a note of their own."""

    search: Search

    @cached_property
    def _by_path(self) -> Mapping[str, Topic]:
        topics: list[Topic] = [*self.search.questions, *self.search.stories]
        return {topic.path: topic for topic in topics}

    @cached_property
    def _by_words(self) -> Mapping[str, QuestionNote]:
        table: dict[str, QuestionNote] = {}
        for note in self.search.questions:
            for words in (note.question, *note.aliases):
                table.setdefault(fold(words) or words, note)
        return table

    def at(self, path: str | None) -> Topic | None:
        """Return the question or story whose note is at a path."""
        return self._by_path.get(path or "")

    def of(self, question: Question, source: str) -> Topic | None:
        """Return what a question in the note ``source`` is told by.

        That is the question it links, else the story it links, else the question that has its very words.
        """
        found = [self.at(self.search.names.resolve(link.target, source)) for link in question.links]
        linked = sorted((topic for topic in found if topic is not None), key=lambda topic: isinstance(topic, Story))
        return linked[0] if linked else self._by_words.get(fold(question.text))


def title_of(topic: Topic) -> str:
    """Return a question's wording, or a story's title."""
    return topic.question if isinstance(topic, QuestionNote) else topic.title
