"""A debrief: its properties and its sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jobvault.model import FORMATS, OUTCOMES, Debrief, Met, Problem, Remark, Takeaway, Told
from jobvault.notes.follow_ups import is_thanks
from jobvault.notes.inline import find_links
from jobvault.notes.labels import read_label
from jobvault.notes.met import PeopleMet, join_people, question, read_people, remark
from jobvault.notes.names import read_name
from jobvault.notes.note import Note, shown
from jobvault.notes.properties import Properties
from jobvault.notes.sections import Bullet, Section, bullets, each_item, take_mark, take_tags
from jobvault.notes.tasks import status_of
from jobvault.words import Words, fold

_DATE = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class _Body:
    """A debrief's sections: the bullets of each name, and the people."""

    bullets: Mapping[str, Sequence[Bullet]]
    met: PeopleMet

    def __getitem__(self, name: str) -> Sequence[Bullet]:
        """Return the bullets of a section, none where there is no such section."""
        return self.bullets.get(name, ())

    def remarks(self, name: str) -> tuple[Remark, ...]:
        return tuple(map(remark, self[name]))


def read_debrief(
    note: Note, sections: Sequence[Section], words: Words, rounds: Sequence[str] = ()
) -> tuple[Debrief, tuple[Problem, ...]]:
    """Read a debrief. ``rounds`` are the user's own; gaps and values that are not understood are problems."""
    props = Properties(note, words)
    props.near_misses("debrief")
    body = _read_body(note, sections, words)
    debrief = Debrief(
        path=note.path,
        company=props.name("company")[0],
        role=props.name("role")[0],
        round=round_name(props.name("round")[0], words, rounds),
        date=props.day("date") or date_in_name(note.stem),
        time=props.clock("time"),
        format=props.choice("format", FORMATS, words.vocabulary.formats),
        people=join_people(_named(note, props), body.met.people),
        felt=props.number("felt", 1, 5),
        forecast=props.number("forecast", 0, 100),
        outcome=props.choice("outcome", OUTCOMES, words.vocabulary.outcomes),
        hear_by=props.day("hear_by"),
        heard=props.day("heard"),
        written=props.day("written"),
        application=props.target("application"),
        tags=props.tags(),
        questions=(*(question(b, words.vocabulary) for b in body["asked"]), *body.met.asked),
        noticed=tuple(remark(b) for b in body["noticed"] if not _asks(b)),
        open_questions=tuple(remark(b) for b in _open_questions(body)),
        strong=body.remarks("strong"),
        weak=body.remarks("weak"),
        overall=" ".join(b.whole for b in body["overall"]),
        takeaways=tuple(_takeaway(b, words) for b in body["takeaways"]),
        told=tuple(told for b in body["told"] for told in _told(b)),
        feedback=body.remarks("feedback"),
        concerns=body.met.concerns,
        remarks=body.met.remarks,
        empty=_is_empty(note, sections, body, words),
    )
    props.missing(*(("company",) if debrief.date else ("company", "date")))
    return debrief, tuple(props.problems)


def _read_body(note: Note, sections: Sequence[Section], words: Words) -> _Body:
    found: dict[str, list[Bullet]] = {}
    for section in sections:
        found.setdefault(section.name, []).extend(each_item(bullets(note, section.members, words.vocabulary.marks)))
    return _Body(found, read_people(note, [s for s in sections if s.name == "people-met"], words.vocabulary))


def _named(note: Note, props: Properties) -> tuple[Met, ...]:
    found = note.front.get("people")
    return tuple(
        Met(written.name, written.title, written.link, found.line if found else None)
        for item in props.names("people")
        for written in [read_name(item)]
    )


def _open_questions(body: _Body) -> Iterator[Bullet]:
    """Give what the user still wants to ask; what is ticked has been asked."""
    for bullet in (*filter(_asks, body["noticed"]), *body["open-questions"]):
        if status_of(bullet.box or " ") not in ("done", "cancelled"):
            yield bullet


def _asks(bullet: Bullet) -> bool:
    """Whether what was noticed is what the user wonders: its own words end in ``?``."""
    return take_tags(bullet.text)[0].rstrip("*_ ").endswith(("?", "\N{FULLWIDTH QUESTION MARK}"))


def _takeaway(bullet: Bullet, words: Words) -> Takeaway:
    whole, mark = take_mark(bullet, words.vocabulary.marks, ("applied",))
    text, tags = take_tags(whole)
    applied = mark == "applied" or status_of(bullet.box or " ") == "done"
    return Takeaway(text, bullet.line, applied, tags, find_links(whole, bullet.line))


def _told(bullet: Bullet) -> Iterator[Told]:
    """Give what was told: a label without words of its own has a topic's indented bullets, one each."""
    topic, text = read_label(bullet.text) or ("", bullet.text)
    if text:
        yield Told(topic, replace(bullet, text=text).whole, bullet.line)
        return
    for child in bullet.children:
        if child.box is None and child.whole:
            yield Told(topic, child.whole, child.line)


def _is_empty(note: Note, sections: Sequence[Section], body: _Body, words: Words) -> bool:
    """Whether nothing is written yet: no more than names, and the thank-yous that a new debrief comes with."""
    if not body.met.wordless:
        return False
    for name, found in body.bullets.items():
        for bullet in () if name == "people-met" else found:
            if name != "follow-ups" or bullet.box != " " or not is_thanks(bullet.text, words):
                return False
    inside = {index for section in sections for index in section.members}
    return not bullets(note, [index for index in range(len(note.own)) if index not in inside])


def round_name(text: str, words: Words, own: Sequence[str] = ()) -> str:
    """Return a round by its known name (``Recruiter screen`` → ``recruiter-screen``); others stay the user's words.

    The user's own rounds come first, then what the languages call those that are known.
    """
    folded = fold(shown(text))
    mine = next((name for name in own if fold(name) == folded), None)
    return mine or words.vocabulary.rounds.get(folded, text)


def date_in_name(stem: str) -> date | None:
    """Return the first date that a note's name holds."""
    for found in _DATE.finditer(stem):
        try:
            return date.fromisoformat(found[0])
        except ValueError:
            continue
    return None
