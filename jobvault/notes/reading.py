"""What one note says: its noun, follow-ups, generated blocks and problems. The one way from bytes to nouns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from jobvault.model import KINDS, Debrief, FollowUp, Noun, Problem
from jobvault.notes.blocks import NOT_CARRIED, Block
from jobvault.notes.debrief import read_debrief
from jobvault.notes.follow_ups import DateForm, FollowUps, read_follow_ups
from jobvault.notes.frontmatter import guess_type
from jobvault.notes.mishaps import heading_mishaps, hint_mishaps, text_mishaps, word_mishaps
from jobvault.notes.near import nearest
from jobvault.notes.note import Note, is_utf16, parse_note, shown
from jobvault.notes.others import read_other
from jobvault.notes.properties import Properties
from jobvault.notes.sections import Section, find_sections
from jobvault.notes.values import as_list
from jobvault.words import Words, fold

_HEADING = re.compile(rb"(?m)^[ ]{0,3}#{1,6}[ \t]+(.+?)[ \t\r]*$")
_HEAD = 64
_MOST_CLAIMED = 4096
_TELLING = ("company", "debrief", "practise_next")
"""Properties that hardly anybody else gives a note with a type that is nearly one of ours."""


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """What the reader has to know beside the note: words, the user's rounds, where debriefs are laid down."""

    words: Words
    rounds: tuple[str, ...] = ()
    debrief_folder: str = "Debriefs"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one note says. ``kind`` is None where it is none of ours, or cannot be read.

    ``claims`` is the type that an unreadable note seems to have. ``date_forms`` are the forms in which its due dates
    are written, one entry each.
    """

    path: str
    kind: str | None = None
    noun: Noun | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    blocks: tuple[Block, ...] = ()
    problems: tuple[Problem, ...] = ()
    date_forms: tuple[DateForm, ...] = ()

    @property
    def matters(self) -> bool:
        """Whether there is anything in it for us."""
        return bool(self.kind or self.blocks or self.problems)


def read_note(path: str, data: bytes, rules: ReadingRules) -> Reading:
    """Read a note. Never raises; a note that is none of ours gives a reading that does not matter."""
    if not _may_matter(path, data, rules):
        return Reading(path)
    if not is_text(data):
        return _no_text(path, data, rules)
    return understand(parse_note(path, data), rules)


def understand(note: Note, rules: ReadingRules) -> Reading:
    """Read a note that has been taken apart."""
    if note.is_template:
        return Reading(note.path)
    kind, problems = _kind_of(note, rules)
    problems += _block_problems(note, rules)
    if kind is None:
        return Reading(note.path, blocks=note.blocks, problems=tuple(problems))
    sections = find_sections(note, rules.words.vocabulary)
    noun, found = _noun(note, kind, sections, rules)
    tasks = [section for section in sections if section.name == "follow-ups"] if kind == "debrief" else []
    follow_ups: FollowUps = read_follow_ups(note, tasks, rules.words, _day_of(noun))
    problems += [*found, *follow_ups.problems, *text_mishaps(note, rules.words)]
    if isinstance(noun, Debrief):
        problems += heading_mishaps(note, sections, rules.words)
        problems += hint_mishaps(note, sections, rules.words)
        problems += word_mishaps(note, sections, noun, rules.words)
        if not (problems or sections or noun.empty):
            near = rules.words.heading("takeaways")
            problems.append(rules.words.problem("nothing-read", note.path, note.front.body + 1, near=near))
    return Reading(note.path, kind, noun, follow_ups.items, note.blocks, tuple(problems), follow_ups.forms)


def _may_matter(path: str, data: bytes, rules: ReadingRules) -> bool:
    """Look at the bytes only: front matter, a block marker, a debrief's folder, two telling headings."""
    if data.startswith((b"---", b"\xef\xbb\xbf---")) or b"jobvault:" in data or not is_text(data):
        return True
    return _is_filed(path, rules) or _tells(data, rules.words)


def is_text(data: bytes) -> bool:
    """Whether a note is no UTF-16, which has a NUL in every other byte; one NUL in a note is just odd."""
    head = data[:_HEAD]
    return not is_utf16(data) and head.count(0) * 4 <= len(head)


def _is_filed(path: str, rules: ReadingRules) -> bool:
    """Whether a note lies where debriefs are laid down."""
    return path.startswith(f"{rules.debrief_folder}/")


def _tells(data: bytes, words: Words) -> bool:
    """Whether headings make a note look like a debrief: a telling one, and one more of ours."""
    lookup = words.vocabulary.sections
    heads = {fold(found.decode("utf-8", "replace")) for found in _HEADING.findall(data)}
    sections = {lookup[head] for head in heads if head in lookup}
    return len(sections) > 1 and any(fold(words.heading(name)) in heads for name in words.vocabulary.tell_tale)


def _no_text(path: str, data: bytes, rules: ReadingRules) -> Reading:
    """Read what is no UTF-8 text: it is named where it lies among the debriefs or says that it is ours."""
    text = data.decode("utf-16" if is_utf16(data) else "utf-8", "replace").replace("\0", "")
    claimed = guess_type(text[:_MOST_CLAIMED])
    ours = claimed is not None and fold(claimed) in rules.words.vocabulary.types
    if not ours and not _is_filed(path, rules):
        return Reading(path)
    return Reading(path, problems=(rules.words.problem("not-text", path, None),))


def is_ours(note: Note, rules: ReadingRules) -> bool:
    """Whether a note says, readably or not, that its type is one of ours."""
    claimed = guess_type(note.front.raw)
    return claimed is not None and fold(claimed) in rules.words.vocabulary.types


def _kind_of(note: Note, rules: ReadingRules) -> tuple[str | None, list[Problem]]:
    """Return the note's kind, with what is wrong with its front matter or nearly right about it."""
    words = rules.words
    if not note.front.readable:
        named = is_ours(note, rules) or _is_filed(note.path, rules)
        return None, [
            words.problem(f.code, note.path, f.line, quote=shown(f.quote), **f.args)
            for f in (note.front.findings if named else ())
        ]
    found = note.front.get("type")
    values = [shown(value) for value in as_list(found.value)] if found else []
    if found is None or not values:
        return None, _untyped(note, rules)
    kind = next((words.vocabulary.types[fold(v)] for v in values if fold(v) in words.vocabulary.types), None)
    if kind is not None:
        return kind, []
    near = nearest(values[0], KINDS)
    if near is None or (near != "debrief" and not any(note.front.get(key) for key in _TELLING)):
        return None, []
    value = values[0]
    return None, [words.problem("unknown-type", note.path, found.line, quote=f"type: {value}", value=value, near=near)]


def _untyped(note: Note, rules: ReadingRules) -> list[Problem]:
    in_folder = _is_filed(note.path, rules) and bool(note.text.strip("\ufeff \t\r\n"))
    if in_folder or _tells(note.text.encode("utf-8", "replace"), rules.words):
        return [rules.words.problem("untyped-debrief", note.path, 1)]
    return []


def _noun(note: Note, kind: str, sections: Sequence[Section], rules: ReadingRules) -> tuple[Noun, tuple[Problem, ...]]:
    if kind == "debrief":
        return read_debrief(note, sections, rules.words, rules.rounds)
    props = Properties(note, rules.words)
    return read_other(kind, props), tuple(props.problems)


def _day_of(noun: Noun) -> date | None:
    return noun.date if isinstance(noun, Debrief) else None


def _left_ticks(note: Note, words: Words) -> Iterator[Problem]:
    """Report the ticks that an earlier run could not carry, as long as their lines stand below the block."""
    for number, line in enumerate(note.lines, 1):
        if line.startswith(NOT_CARRIED):
            tick = line.removeprefix(NOT_CARRIED).partition(": ")[2]
            yield words.problem("tick-left", note.path, number, quote=shown(tick).strip())


def _block_problems(note: Note, rules: ReadingRules) -> list[Problem]:
    """Return what is wrong with block markers, and an unresolved git conflict where we would write or read."""
    words = rules.words
    problems = [words.problem(f.code, note.path, f.line, quote=shown(f.quote)) for f in note.block_findings]
    problems += _left_ticks(note, words)
    if note.conflict_line is not None and (note.blocks or note.block_findings or is_ours(note, rules)):
        problems.append(words.problem("git-conflict", note.path, note.conflict_line))
    return problems
