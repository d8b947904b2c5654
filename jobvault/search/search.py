"""The search as a whole: what the notes say once they are joined. Views answer from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from jobvault.model import (
    Application,
    Debrief,
    FollowUp,
    Letter,
    Noun,
    Page,
    PersonNote,
    Problem,
    QuestionNote,
    Story,
)
from jobvault.search.names import NoteNames, key_of, most_frequent
from jobvault.search.people import Meeting, Person, tell_apart
from jobvault.search.processes import Process, application_of, find_processes
from jobvault.settings import Settings
from jobvault.words import Words, fold


@dataclass(frozen=True, slots=True)
class Copy:
    """A conflict copy that a sync service left: its path and the note's it is a copy of."""

    path: str
    original: str


@dataclass(frozen=True)
class Search:
    """All nouns of a vault, in order of date and path, with people, companies and processes told apart."""

    names: NoteNames
    debriefs: tuple[Debrief, ...] = ()
    applications: tuple[Application, ...] = ()
    letters: tuple[Letter, ...] = ()
    questions: tuple[QuestionNote, ...] = ()
    stories: tuple[Story, ...] = ()
    people: tuple[Person, ...] = ()
    pages: tuple[Page, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    problems: tuple[Problem, ...] = ()
    copies: tuple[Copy, ...] = ()
    processes: tuple[Process, ...] = ()
    settings: Settings = field(default_factory=Settings)

    @cached_property
    def _process_of(self) -> Mapping[str, Process]:
        return {debrief.path: process for process in self.processes for debrief in process.debriefs}

    @cached_property
    def _debrief_at(self) -> Mapping[str, Debrief]:
        return {debrief.path: debrief for debrief in self.debriefs}

    @cached_property
    def _people_of(self) -> Mapping[str, tuple[Person, ...]]:
        table: dict[str, list[Person]] = {}
        for person in self.people:
            for meeting in person.meetings:
                table.setdefault(meeting.debrief.path, []).append(person)
        return {
            path: tuple(sorted(people, key=lambda p: self._order(p, path))) for path, people in table.items()
        }

    def _order(self, person: Person, path: str) -> int:
        debrief = self._debrief_at[path]
        return next(i for i, met in enumerate(debrief.people) if _has(person, path, met.name))

    def debrief(self, path: str) -> Debrief | None:
        """Return the debrief at a path."""
        return self._debrief_at.get(path)

    def process_of(self, path: str) -> Process | None:
        """Return the process that the debrief at a path belongs to."""
        return self._process_of.get(path)

    def people_of(self, path: str) -> tuple[Person, ...]:
        """Return the named people of the debrief at a path, each once, in the order of the note."""
        return self._people_of.get(path, ())

    def area(self, tag: str) -> str:
        """Return the area that a tag stands for (``areas:`` holds aliases)."""
        folded = fold(tag)
        for name, aliases in self.settings.areas.items():
            if folded in {fold(name), *map(fold, aliases)}:
                return name
        return tag


def _has(person: Person, path: str, name: str | None) -> bool:
    return any(meeting.debrief.path == path and meeting.met.name == name for meeting in person.meetings)


def join(
    nouns: Iterable[Noun],
    follow_ups: Iterable[FollowUp],
    problems: Iterable[Problem],
    *,
    names: NoteNames,
    settings: Settings,
    words: Words,
    copies: Iterable[Copy] = (),
) -> Search:
    """Join what single notes say. The order of what comes in does not matter."""
    sorted_nouns = sorted(nouns, key=lambda noun: noun.path)
    canon = _canon(sorted_nouns, settings)
    of_company = [_with_company(noun, canon) for noun in sorted_nouns]
    debriefs = sorted((n for n in of_company if isinstance(n, Debrief)), key=in_time)
    applications = tuple(n for n in of_company if isinstance(n, Application))
    people, ambiguous = tell_apart(debriefs, [n for n in of_company if isinstance(n, PersonNote)], names, words)
    search = Search(
        names=names,
        debriefs=tuple(debriefs),
        applications=applications,
        letters=tuple(n for n in of_company if isinstance(n, Letter)),
        questions=tuple(n for n in of_company if isinstance(n, QuestionNote)),
        stories=tuple(n for n in of_company if isinstance(n, Story)),
        people=people,
        pages=tuple(n for n in of_company if isinstance(n, Page)),
        copies=tuple(sorted(copies, key=lambda copy: copy.path)),
        processes=find_processes(debriefs, applications, names),
        settings=settings,
    )
    found = [*problems, *ambiguous, *_near_companies(of_company, settings, words)]
    return replace(
        search,
        follow_ups=tuple(_joined(search, of_company, follow_ups)),
        problems=tuple(sorted(found, key=lambda p: (p.path, p.line or 0, p.code, p.quote))),
    )


def in_time(debrief: Debrief) -> tuple[date, str, str]:
    """Order debriefs by date, time and path; those without a date come first."""
    return (debrief.date or date.min, debrief.time.isoformat() if debrief.time else "", debrief.path)


def _company(noun: Noun) -> str:
    return str(getattr(noun, "company", ""))


def _canon(nouns: Sequence[Noun], settings: Settings) -> Mapping[str, str]:
    """Map each company's key to the name it goes by: the settings' own, else the most frequent form."""
    table = most_frequent(company for noun in nouns if (company := _company(noun)))
    for name, aliases in settings.companies.items():
        for alias in (name, *aliases):
            table[key_of(alias)] = name
    return table


def _with_company(noun: Noun, canon: Mapping[str, str]) -> Noun:
    if not isinstance(noun, (Debrief, Application, PersonNote, Page)) or not noun.company:
        return noun
    known = canon.get(key_of(noun.company), noun.company)
    return noun if known == noun.company else replace(noun, company=known)


def _near_companies(nouns: Sequence[Noun], settings: Settings, words: Words) -> Iterator[Problem]:
    """Report the rarer of two companies that are one letter apart, unless the settings name both."""
    counts = Counter(_company(noun) for noun in nouns if _company(noun) and not isinstance(noun, PersonNote))
    declared = {key_of(name) for name in settings.companies}
    for noun in nouns:
        company = _company(noun)
        if not company or len(company) < 4 or not isinstance(noun, (Debrief, Application)):
            continue
        for other in sorted(counts):
            rarer = (counts[company], -len(company), company) < (counts[other], -len(other), other)
            if other == company or not rarer or {key_of(company), key_of(other)} <= declared:
                continue
            if _one_off(company, other):
                yield words.problem(
                    "near-company", noun.path, None, quote=f"company: {company}", value=company, near=other
                )
                break


def _one_off(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    from rapidfuzz.distance import OSA

    return bool(OSA.distance(key_of(one), key_of(other), score_cutoff=1) == 1)


def _joined(search: Search, nouns: Sequence[Noun], follow_ups: Iterable[FollowUp]) -> Iterator[FollowUp]:
    """Give each follow-up its interview and people."""
    at = {noun.path: noun for noun in nouns}
    for item in sorted(follow_ups, key=lambda f: (f.path, f.line)):
        noun = at.get(item.path)
        debrief = search.debrief(item.path)
        if isinstance(noun, Letter) and noun.debrief:
            debrief = search.debrief(search.names.resolve(noun.debrief, noun.path) or "")
        company = debrief.company if debrief else _company(noun) if noun else ""
        role = debrief.role if debrief else str(getattr(noun, "role", ""))
        yield replace(
            item,
            people=_people_in(search, item, debrief),
            company=company,
            role=role,
            round=debrief.round if debrief else "",
            date=debrief.date if debrief else None,
        )


def _people_in(search: Search, item: FollowUp, debrief: Debrief | None) -> tuple[str, ...]:
    """Return the people that a follow-up links or names: by note, by full name, by a first name unique in its round."""
    found: list[Person] = []
    here = search.people_of(debrief.path) if debrief else ()
    for link in item.links:
        path = search.names.resolve(link.target, item.path)
        by_note = [p for p in search.people if path and p.note == path]
        by_name = [p for p in (*here, *search.people) if key_of(p.name) == key_of(link.target.rsplit("/", 1)[-1])]
        found += (by_note or by_name)[:1]
    text = f" {fold(item.text)} "
    found += [p for p in here if f" {fold(p.name)} " in text]
    if debrief is not None:
        same_company = [p for p in search.people if debrief.company in p.companies]
        found += [p for p in same_company if " " in p.name and f" {fold(p.name)} " in text]
    firsts = Counter(fold(p.name).split(" ")[0] for p in here)
    taken = {fold(p.name).split(" ")[0] for p in found}
    for person in here:
        first = fold(person.name).split(" ")[0]
        if firsts[first] == 1 and first not in taken and len(first) > 1 and _names(item.text, person.name.split()[0]):
            found.append(person)
    return tuple(dict.fromkeys(person.name for person in found))


def _names(text: str, first: str) -> bool:
    """Whether a text holds a first name, written with its capital."""
    padded = "".join(char if char.isalnum() else " " for char in text.replace("’s", " ").replace("'s", " "))
    return f" {first} " in f" {padded} "


__all__ = ["Copy", "Meeting", "Person", "Process", "Search", "application_of", "in_time", "join"]
