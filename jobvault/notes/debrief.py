"""A debrief: its properties and its sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from jobvault.model import CHAT, FORMATS, OUTCOMES, ROUNDS, Debrief, Met, Problem, Remark, Takeaway, Told
from jobvault.notes.inline import find_links
from jobvault.notes.labels import read_label
from jobvault.notes.met import PeopleMet, join_people, question, read_people, remark
from jobvault.notes.names import read_name
from jobvault.notes.note import Note, shown
from jobvault.notes.properties import Properties
from jobvault.notes.sections import Bullet, Section, bullets, take_mark, take_tags
from jobvault.words import Words, fold

_DATE = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class _Body:
    """A debrief's sections: the bullets of each name, and the people."""

    bullets: dict[str, tuple[Bullet, ...]]
    met: PeopleMet

    def remarks(self, name: str) -> tuple[Remark, ...]:
        return tuple(remark(b.whole, b.line) for b in self.bullets.get(name, ()))


def read_debrief(
    note: Note, sections: Sequence[Section], words: Words, rounds: Sequence[str] = ()
) -> tuple[Debrief, tuple[Problem, ...]]:
    """Read a debrief. ``rounds`` are the user's own; gaps and values that are not understood are problems."""
    props = Properties(note, words)
    props.near_misses("debrief")
    body = _read_body(note, sections, words)
    noticed, asking = _noticed(body)
    outcome = props.choice("outcome", OUTCOMES, words.vocabulary.outcomes)
    debrief = Debrief(
        path=note.path,
        company=props.name("company")[0],
        role=props.name("role")[0],
        round=round_name(props.text("round"), rounds),
        date=props.day("date") or date_in_name(note.stem),
        time=props.clock("time"),
        format=props.choice("format", FORMATS, words.vocabulary.formats),
        people=join_people(_named(note, props), body.met.people),
        felt=props.number("felt", 1, 5),
        forecast=props.number("forecast", 0, 100),
        outcome=outcome,
        hear_by=props.day("hear_by"),
        heard=props.day("heard"),
        written=props.day("written"),
        application=props.name("application")[1] or props.text("application") or None,
        tags=props.tags(),
        questions=tuple(question(b.whole, b.line, words.vocabulary) for b in body.bullets.get("asked", ()))
        + body.met.asked,
        noticed=noticed,
        open_questions=asking + body.remarks("open-questions"),
        strong=body.remarks("strong"),
        weak=body.remarks("weak"),
        overall=" ".join(b.whole for b in body.bullets.get("overall", ())),
        takeaways=tuple(_takeaway(b, words) for b in body.bullets.get("takeaways", ())),
        told=tuple(told for b in body.bullets.get("told", ()) for told in _told(b)),
        feedback=body.remarks("feedback"),
        concerns=body.met.concerns,
        remarks=body.met.remarks,
        empty=_is_empty(body),
    )
    if debrief.date is None and not any(p.code == "bad-value" and p.quote.startswith("date:") for p in props.problems):
        props.missing("date")
    props.missing("company")
    return debrief, tuple(props.problems)


def _read_body(note: Note, sections: Sequence[Section], words: Words) -> _Body:
    found: dict[str, tuple[Bullet, ...]] = {}
    for section in sections:
        if section.name not in ("people-met", "follow-ups"):
            found[section.name] = found.get(section.name, ()) + bullets(note, section.members)
    people = [section for section in sections if section.name == "people-met"]
    return _Body(found, read_people(note, people, words.vocabulary))


def _named(note: Note, props: Properties) -> tuple[Met, ...]:
    found = note.front.get("people")
    return tuple(
        Met(written.name, written.title, written.link, found.line if found else None)
        for item in props.names("people")
        for written in [read_name(item)]
    )


def _noticed(body: _Body) -> tuple[tuple[Remark, ...], tuple[Remark, ...]]:
    """Part what was noticed from what the user wonders: a bullet that ends in ``?`` is an open question."""
    remarks = body.remarks("noticed")
    asking = tuple(r for r in remarks if r.text.rstrip("*_ ").endswith("?"))
    return tuple(r for r in remarks if r not in asking), asking


def _takeaway(bullet: Bullet, words: Words) -> Takeaway:
    text, mark = take_mark(bullet.text, words.vocabulary.marks)
    whole = Bullet(text, text, bullet.line, bullet.kind, None, bullet.children).whole
    if mark is None and bullet.children:
        whole, mark = take_mark(whole, words.vocabulary.marks)
    elif mark not in (None, "applied"):
        whole, mark = bullet.whole, None
    shown_text, tags = take_tags(whole)
    applied = mark == "applied" or bullet.box in ("x", "X")
    return Takeaway(shown_text, bullet.line, applied, tags, find_links(whole, bullet.line))


def _told(bullet: Bullet) -> Iterator[Told]:
    label = read_label(bullet.text)
    if label is None:
        yield Told("", bullet.whole, bullet.line)
    elif label[1]:
        yield Told(label[0], Bullet(label[1], "", bullet.line, "item", None, bullet.children).whole, bullet.line)
    for child in bullet.children if label and not label[1] else ():
        yield Told(label[0] if label else "", child.whole, child.line)


def _is_empty(body: _Body) -> bool:
    wrote = any(body.bullets.values()) or body.met.concerns or body.met.remarks or body.met.asked
    return not wrote and not any(
        met.cares_about or met.concerns or met.talked_about or met.asked or met.next_steps or met.notes
        for met in body.met.people
    )


def round_name(text: str, own: Sequence[str] = ()) -> str:
    """Return a round by its known name (``Recruiter screen`` → ``recruiter-screen``); others stay the user's words."""
    folded = fold(shown(text))
    return next((name for name in (*own, *ROUNDS, CHAT) if fold(name) == folded), text)


def date_in_name(stem: str) -> date | None:
    """Return the first date that a note's name holds."""
    for found in _DATE.finditer(stem):
        try:
            return date.fromisoformat(found[0])
        except ValueError:
            continue
    return None
