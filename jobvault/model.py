"""The nouns: what stands in a search's notes, as frozen values.

Paths are relative to the vault, with ``/``; lines count from 1, front matter and BOM included; dates are
``datetime.date``. Texts are one line of Markdown as the user wrote it, without the marks, fields and tags at
their end that were read into fields of their own. See ``docs/format.md`` for what each stands for.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "hint"]
Status = Literal["open", "in-progress", "done", "cancelled"]

KINDS = ("debrief", "application", "letter", "question", "story", "person", "prep", "review")
OUTCOMES = ("waiting", "advanced", "offer", "rejected", "withdrawn", "no-reply", "cancelled")
CLOSING_OUTCOMES = frozenset({"rejected", "withdrawn", "no-reply"})
APPLICATION_OUTCOMES = ("open", "offer", "accepted", "declined", "rejected", "withdrawn", "no-reply")
FORMATS = ("phone", "video", "in-person", "take-home")
ROUNDS = (
    "recruiter-screen",
    "hiring-manager",
    "technical",
    "system-design",
    "take-home",
    "behavioral",
    "panel",
    "onsite",
    "final",
)
LETTER_KINDS = ("thank-you", "concern", "promised", "check-in", "after-rejection", "next-round")
CHAT = "chat"
TAKE_HOME = "take-home"
THANKS = "thanks"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a note that could not be read as meant, or that the user would want to know.

    ``code`` is stable and documented in ``docs/problems.md``; ``message`` says what, ``hint`` what to do, both in
    the vault's language; ``quote`` holds the words it is about (generated notes name problems by them, since line
    numbers move). ``line`` is None where the whole note is meant.
    """

    path: str
    line: int | None
    severity: Severity
    code: str
    message: str
    hint: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a note: ``[[target|text]]`` or ``[text](target)``, to a note; ``target`` is without ``#part``."""

    target: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing the user wrote: a bullet or paragraph of a section, or a label's value."""

    text: str
    line: int
    tags: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question they asked; ``mark`` is ``strong``, ``ok``, ``rough``, ``owed`` or None."""

    text: str
    line: int
    mark: str | None = None
    tags: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What the user answered to a concern; ``rough`` answers leave it open."""

    text: str
    line: int
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Concern:
    """A worry that an interviewer voiced. Open until it has an answer that is not rough."""

    text: str
    line: int
    replies: tuple[Reply, ...] = ()

    @property
    def open(self) -> bool:
        """Whether no reply settles it."""
        return not any(not reply.rough for reply in self.replies)


@dataclass(frozen=True, slots=True)
class Met:
    """A person as one debrief has them.

    ``name`` is None for somebody unnamed (``?, SRE, beard``); ``title`` then holds what was written instead.
    ``link`` is the link's target where the name is a link. ``line`` is None when only the front matter names them
    and its line is unknown.
    """

    name: str | None
    title: str = ""
    link: str | None = None
    line: int | None = None
    cares_about: tuple[Remark, ...] = ()
    concerns: tuple[Concern, ...] = ()
    talked_about: tuple[Remark, ...] = ()
    asked: tuple[Question, ...] = ()
    next_steps: tuple[Remark, ...] = ()
    emails: tuple[str, ...] = ()
    notes: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Takeaway:
    """Something to do from now on; ``tags`` name its themes; ``applied`` once the user has used it."""

    text: str
    line: int
    applied: bool = False
    tags: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What the user told them: ``topic`` as labelled (``Pay``, ``Start``), empty for an unlabelled bullet."""

    topic: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A task the user owes somebody, with the place it was written.

    ``form`` says what the source is: a ``task`` (has a box), a plain ``bullet`` (gets one when ticked) or a
    ``paragraph`` (cannot be ticked). ``kind`` is ``thanks`` or empty. ``names`` are the people it names as written;
    ``people`` the same once the whole search has been joined (display names). ``id`` is eight base32 characters.
    ``company``, ``role``, ``round`` and ``date`` are those of its debrief, empty where it stands elsewhere.
    """

    id: str
    text: str
    status: Status
    path: str
    line: int
    form: Literal["task", "bullet", "paragraph"] = "task"
    due: dt.date | None = None
    done: dt.date | None = None
    cancelled: dt.date | None = None
    kind: str = ""
    recurring: bool = False
    links: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    company: str = ""
    role: str = ""
    round: str = ""
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Debrief:
    """One interview, as its note tells it. ``date`` is None only where neither note nor file name says it."""

    path: str
    company: str = ""
    role: str = ""
    round: str = ""
    date: dt.date | None = None
    time: dt.time | None = None
    format: str = ""
    people: tuple[Met, ...] = ()
    felt: int | None = None
    forecast: int | None = None
    outcome: str = ""
    hear_by: dt.date | None = None
    heard: dt.date | None = None
    written: dt.date | None = None
    application: str | None = None
    tags: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    noticed: tuple[Remark, ...] = ()
    open_questions: tuple[Remark, ...] = ()
    strong: tuple[Remark, ...] = ()
    weak: tuple[Remark, ...] = ()
    overall: str = ""
    takeaways: tuple[Takeaway, ...] = ()
    told: tuple[Told, ...] = ()
    feedback: tuple[Remark, ...] = ()
    concerns: tuple[Concern, ...] = ()
    """Concerns of the round that belong to nobody by name."""
    remarks: tuple[Remark, ...] = ()
    """Other labelled words of the round that belong to nobody by name."""
    empty: bool = False
    """Nothing has been written below the scaffold's headings yet."""


@dataclass(frozen=True, slots=True)
class Application:
    """One application for one role."""

    path: str
    company: str = ""
    role: str = ""
    source: str = ""
    applied: dt.date | None = None
    answered: dt.date | None = None
    closed: dt.date | None = None
    outcome: str = ""
    link: str = ""
    pay: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a letter: a paragraph, an item of a list, a heading, or what else stands there (``other``).

    ``rows`` are its lines of Markdown from ``line`` on, without list mark and blanks at both ends; a row that a line
    break follows ends with a backslash. Comments are taken out.
    """

    rows: tuple[str, ...]
    line: int
    kind: Literal["paragraph", "item", "heading", "other"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Letter:
    """A follow-up letter to one person. ``debrief`` is the target of its link.

    ``kind`` is one of ``LETTER_KINDS``, or the user's own word. ``answers`` are the concerns that it answers, in the
    debrief's words. ``passages`` are its text, greeting and name below it included; ``gaps`` the comments in it, which
    say what is still to be written.
    """

    path: str
    to: str = ""
    to_link: str | None = None
    debrief: str | None = None
    kind: str = ""
    subject: str = ""
    status: str = ""
    sent: dt.date | dt.datetime | None = None
    answers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    gaps: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionNote:
    """A question the user prepares an answer for."""

    path: str
    question: str
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    practise_next: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A story the user can tell."""

    path: str
    title: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonNote:
    """A note about a person; counts only once they were met."""

    path: str
    name: str
    company: str = ""
    title: str = ""
    email: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A ``prep`` or ``review`` note."""

    path: str
    kind: str
    company: str = ""
    date: dt.date | None = None


Noun = Debrief | Application | Letter | QuestionNote | Story | PersonNote | Page
