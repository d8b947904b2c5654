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
from jobvault.search.companies import company_names, near_companies
from jobvault.search.loose_answers import answers_nothing
from jobvault.search.names import NoteNames, key_of
from jobvault.search.people import Meeting, Person, tell_apart
from jobvault.search.processes import Process, find_processes, in_time
from jobvault.search.roster import Roster
from jobvault.settings import Settings
from jobvault.words import Words, fold


@dataclass(frozen=True, slots=True)
class Copy:
    """A conflict copy that a sync service left: its path and the note's it is a copy of."""

    path: str
    original: str


@dataclass(frozen=True)
class Search:
    """All nouns of a vault, in order of date and path, with people, companies and processes told apart.

    ``companies`` maps the key of each way in which a company is written to the name it goes by.
    """

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
    companies: Mapping[str, str] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)

    @cached_property
    def _roster(self) -> Roster:
        return Roster(self.people, self.names)

    @cached_property
    def _debrief_of(self) -> Mapping[str, Debrief]:
        table = {debrief.path: debrief for debrief in self.debriefs}
        for letter in self.letters:
            about = table.get(self.names.resolve(letter.debrief or "", letter.path) or "")
            if about is not None:
                table[letter.path] = about
        return table

    @cached_property
    def _process_of(self) -> Mapping[str, Process]:
        table = {p.application.path: p for p in self.processes if p.application is not None}
        table.update((debrief.path, process) for process in self.processes for debrief in process.debriefs)
        return table

    def debrief_of(self, path: str) -> Debrief | None:
        """Return the debrief at a path, or the one that the letter at that path is about."""
        return self._debrief_of.get(path)

    def process_of(self, path: str) -> Process | None:
        """Return the process that the debrief, application or letter at a path belongs to."""
        about = self._debrief_of.get(path)
        return self._process_of.get(about.path if about else path)

    def people_of(self, path: str) -> tuple[Person, ...]:
        """Return the named people of the debrief at a path, each once, in the order of the note."""
        return self._roster.of(path)

    def people_in(self, item: FollowUp) -> tuple[Person, ...]:
        """Return the people that a follow-up links or names."""
        about = self.debrief_of(item.path)
        return self._roster.people_in(item, about.path if about else "")

    def alike_in(self, item: FollowUp) -> Mapping[str, tuple[Person, ...]]:
        """Return the first names in a follow-up that could be several people of its interview, and whose they are."""
        about = self.debrief_of(item.path)
        return self._roster.alike_in(item, about.path if about else "")

    def addressee(self, letter: Letter) -> Person | None:
        """Return who a letter is to, among the people met."""
        about = self.debrief_of(letter.path)
        return self._roster.addressee(letter, about.path if about else "")

    def company(self, written: str) -> str:
        """Return the name that a company goes by, from any way in which it is written."""
        return self.companies.get(key_of(written), written)

    def area(self, tag: str) -> str:
        """Return the area that a tag stands for (``areas:`` holds aliases); other tags stay as they are."""
        return self._areas.get(fold(tag), tag)

    @cached_property
    def _areas(self) -> Mapping[str, str]:
        table: dict[str, str] = {}
        for name, aliases in self.settings.areas.items():
            for word in (name, *aliases):
                table.setdefault(fold(word), name)
        return table


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
    by_path = sorted(nouns, key=lambda noun: noun.path)
    companies = company_names((name for noun in by_path if (name := _company(noun))), settings.companies)
    known = [_with_company(noun, companies) for noun in by_path]
    debriefs = sorted((noun for noun in known if isinstance(noun, Debrief)), key=in_time)
    applications = tuple(noun for noun in known if isinstance(noun, Application))
    people, ambiguous = tell_apart(debriefs, [noun for noun in known if isinstance(noun, PersonNote)], names, words)
    found = [*problems, *ambiguous, *_near_companies(known, settings, words)]
    search = Search(
        names=names,
        debriefs=tuple(debriefs),
        applications=applications,
        letters=tuple(noun for noun in known if isinstance(noun, Letter)),
        questions=tuple(noun for noun in known if isinstance(noun, QuestionNote)),
        stories=tuple(noun for noun in known if isinstance(noun, Story)),
        people=people,
        pages=tuple(noun for noun in known if isinstance(noun, Page)),
        problems=_in_order(found),
        copies=tuple(sorted(copies, key=lambda copy: copy.path)),
        processes=find_processes(debriefs, applications, names),
        companies=companies,
        settings=settings,
    )
    search = replace(search, follow_ups=tuple(_joined(search, known, follow_ups)))
    unclear = [*_unclear(search, words), *answers_nothing(search, words)]
    return replace(search, problems=_in_order([*search.problems, *unclear])) if unclear else search


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda p: (p.path, p.line or 0, p.code, p.quote, p.message)))


def _day(noun: Debrief | Application) -> date | None:
    return noun.date if isinstance(noun, Debrief) else noun.applied


def _company(noun: Noun) -> str:
    return str(getattr(noun, "company", ""))


def _with_company(noun: Noun, companies: Mapping[str, str]) -> Noun:
    if not isinstance(noun, (Debrief, Application, PersonNote, Page)) or not noun.company:
        return noun
    known = companies.get(key_of(noun.company), noun.company)
    return noun if known == noun.company else replace(noun, company=known)


def _near_companies(nouns: Sequence[Noun], settings: Settings, words: Words) -> Iterator[Problem]:
    """Report the rarer of two companies that are one letter apart, in each of its notes."""
    ours = sorted(
        (noun for noun in nouns if isinstance(noun, (Debrief, Application)) and noun.company),
        key=lambda noun: (isinstance(noun, Debrief), _day(noun) or date.max, noun.path),
    )
    near = near_companies(Counter(noun.company for noun in ours), settings.companies)
    for noun in ours:
        other = near.get(noun.company)
        if other is not None:
            quote = f"company: {noun.company}"
            yield words.problem("near-company", noun.path, None, quote=quote, value=noun.company, near=other)


def _unclear(search: Search, words: Words) -> list[Problem]:
    """Report the first names in pending follow-ups that several people of the interview have."""
    pending = (item for item in search.follow_ups if item.status in ("open", "in-progress"))
    return [
        words.problem("ambiguous-name", item.path, item.line, quote=item.text, name=first, who=_names(alike))
        for item in pending
        for first, alike in search.alike_in(item).items()
    ]


def _names(people: Iterable[Person]) -> str:
    return ", ".join(sorted(person.name for person in people))


def _joined(search: Search, nouns: Sequence[Noun], follow_ups: Iterable[FollowUp]) -> Iterator[FollowUp]:
    """Give each follow-up its interview and people."""
    at = {noun.path: noun for noun in nouns}
    for item in sorted(follow_ups, key=lambda f: (f.path, f.line)):
        about = search.debrief_of(item.path)
        noun = about or at.get(item.path)
        process = search.process_of(item.path)
        placed = replace(
            item,
            company=_company(noun) if noun else "",
            role=str(getattr(noun, "role", "")) or (process.role if process else ""),
            round=about.round if about else "",
            date=about.date if about else None,
        )
        yield replace(placed, people=tuple(dict.fromkeys(person.name for person in search.people_in(placed))))


__all__ = ["Copy", "Meeting", "Person", "Process", "Search", "in_time", "join"]
