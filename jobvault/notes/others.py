"""The other note types: applications, letters, questions, stories, people, prep and review pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jobvault.model import APPLICATION_OUTCOMES, Application, Letter, Noun, Page, PersonNote, QuestionNote, Story
from jobvault.notes.letter import read_gaps, read_passages
from jobvault.notes.properties import Properties


def read_other(kind: str, props: Properties) -> Noun:
    """Read a note of any type but ``debrief``; its problems gather in ``props``."""
    props.near_misses(kind)
    return _READERS[kind](props, kind)


def _application(props: Properties, _kind: str) -> Application:
    props.missing("company", "role")
    return Application(
        path=props.note.path,
        company=props.name("company")[0],
        role=props.name("role")[0],
        source=props.known("source", props.words.vocabulary.sources),
        applied=props.day("applied"),
        answered=props.day("answered"),
        closed=props.day("closed"),
        outcome=props.choice("outcome", APPLICATION_OUTCOMES, props.words.vocabulary.applications, "application"),
        link=props.text("link"),
        pay=props.text("pay"),
        tags=props.tags(),
    )


def _letter(props: Properties, _kind: str) -> Letter:
    props.missing("to", "debrief")
    to, link = props.name("to")
    return Letter(
        path=props.note.path,
        to=to,
        to_link=link,
        debrief=props.target("debrief"),
        kind=props.known("kind", props.words.vocabulary.letter_kinds),
        subject=props.text("subject"),
        status=props.choice("status", ("draft", "sent"), props.words.vocabulary.statuses),
        sent=props.moment("sent"),
        answers=props.names("answers"),
        tags=props.tags(),
        passages=read_passages(props.note),
        gaps=read_gaps(props.note),
    )


def _question(props: Properties, _kind: str) -> QuestionNote:
    return QuestionNote(
        path=props.note.path,
        question=props.text("question") or props.note.stem,
        tags=props.tags(),
        aliases=props.names("aliases"),
        practise_next=props.day("practise_next"),
    )


def _story(props: Properties, _kind: str) -> Story:
    return Story(props.note.path, props.text("title") or props.note.stem, props.tags())


def _person(props: Properties, _kind: str) -> PersonNote:
    return PersonNote(
        path=props.note.path,
        name=props.text("name") or props.note.stem,
        company=props.name("company")[0],
        title=props.text("title"),
        email=props.text("email"),
        aliases=props.names("aliases"),
    )


def _page(props: Properties, kind: str) -> Page:
    return Page(props.note.path, kind, props.name("company")[0], props.day("date"))


_READERS: Mapping[str, Callable[[Properties, str], Noun]] = {
    "application": _application,
    "letter": _letter,
    "question": _question,
    "story": _story,
    "person": _person,
    "prep": _page,
    "review": _page,
}
