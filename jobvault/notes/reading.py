"""What one note says: its noun, follow-ups, generated blocks and problems. The one way from bytes to nouns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jobvault.model import KINDS, FollowUp, Noun, Problem
from jobvault.notes.blocks import Block
from jobvault.notes.debrief import read_debrief
from jobvault.notes.follow_ups import DateForm, FollowUps, read_follow_ups
from jobvault.notes.frontmatter import as_text, guess_type
from jobvault.notes.markdown import Element
from jobvault.notes.near import nearest
from jobvault.notes.note import Note, is_utf16, parse_note, shown
from jobvault.notes.others import read_other
from jobvault.notes.properties import FIELDS, Properties
from jobvault.notes.sections import Section, accidental, find_sections, title_of
from jobvault.words import Words, fold

_HEADING = re.compile(rb"(?m)^[ ]{0,3}#{1,6}[ \t]+(.+?)[ \t\r]*$")
_TYPE_LINE = re.compile(r"(?im)^[\"']?type[\"']?[ \t]*:[ \t]*[\"']?([\w-]+)")


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
    if is_utf16(data) or b"\0" in data[:64]:
        return _no_text(path, data, rules)
    return understand(parse_note(path, data), rules)


def understand(note: Note, rules: ReadingRules) -> Reading:
    """Read a note that has been taken apart."""
    if note.is_template:
        return Reading(note.path)
    kind, problems = _kind_of(note, rules)
    problems += _block_problems(note, rules.words)
    if kind is None:
        return Reading(note.path, blocks=note.blocks, problems=tuple(problems))
    sections = find_sections(note, rules.words.vocabulary)
    noun, found = _noun(note, kind, sections, rules)
    tasks = [section for section in sections if section.name == "follow-ups"] if kind == "debrief" else []
    follow_ups: FollowUps = read_follow_ups(note, tasks, rules.words)
    problems += [*found, *follow_ups.problems, *_text_problems(note, rules.words)]
    if kind == "debrief":
        problems += _heading_problems(note, sections, rules.words)
    return Reading(note.path, kind, noun, follow_ups.items, note.blocks, tuple(problems), follow_ups.forms)


def _may_matter(path: str, data: bytes, rules: ReadingRules) -> bool:
    """Look at the bytes only: front matter, a block marker, a debrief's folder, two telling headings."""
    if data.startswith((b"---", b"\xef\xbb\xbf---")) or is_utf16(data) or b"jobvault:" in data:
        return True
    return path.startswith(f"{rules.debrief_folder}/") or _tells(data, rules.words)


def _tells(data: bytes, words: Words) -> bool:
    """Whether headings make a note look like a debrief: a telling one, and one more of ours."""
    lookup = words.vocabulary.sections
    sections = {lookup.get(fold(found.decode("utf-8", "replace"))) for found in _HEADING.findall(data)} - {None}
    telling = {words.heading(name) for name in words.vocabulary.tell_tale}
    heads = {fold(found.decode("utf-8", "replace")) for found in _HEADING.findall(data)}
    return len(sections) > 1 and any(fold(head) in heads for head in telling)


def _no_text(path: str, data: bytes, rules: ReadingRules) -> Reading:
    text = data.decode("utf-16" if is_utf16(data) else "utf-8", "replace").replace("\0", "")
    claimed = _TYPE_LINE.search(text[:4096])
    if claimed is None or fold(claimed[1]) not in rules.words.vocabulary.types:
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
        if not is_ours(note, rules) and not note.path.startswith(f"{rules.debrief_folder}/"):
            return None, []
        return None, [
            words.problem(f.code, note.path, f.line, quote=shown(f.quote), **f.args) for f in note.front.findings
        ]
    problems = [
        words.problem(f.code, note.path, f.line, quote=shown(f.quote), **f.args)
        for f in note.front.findings
        if note.path.startswith(f"{rules.debrief_folder}/") or is_ours(note, rules)
    ]
    found = note.front.get("type")
    value = shown(as_text(found.value) or "") if found else ""
    if not value or found is None:
        return None, [*problems, *_untyped(note, rules)]
    kind = words.vocabulary.types.get(fold(value))
    if kind is not None:
        return kind, problems
    near = nearest(value, KINDS)
    if near and (near == "debrief" or _has_ours(note, near)):
        problems.append(words.problem("unknown-type", note.path, found.line, quote=f"type: {value}", value=value, near=near))
    return None, problems


def _has_ours(note: Note, kind: str) -> bool:
    return any(prop.key in FIELDS[kind] and prop.key != "tags" for prop in note.front.properties)


def _untyped(note: Note, rules: ReadingRules) -> list[Problem]:
    in_folder = note.path.startswith(f"{rules.debrief_folder}/") and bool(note.text.strip("\ufeff \t\r\n"))
    if in_folder or _tells(note.text.encode("utf-8", "replace"), rules.words):
        return [rules.words.problem("untyped-debrief", note.path, 1)]
    return []


def _noun(note: Note, kind: str, sections: Sequence[Section], rules: ReadingRules) -> tuple[Noun, tuple[Problem, ...]]:
    if kind == "debrief":
        return read_debrief(note, sections, rules.words, rules.rounds)
    props = Properties(note, rules.words)
    return read_other(kind, props), tuple(props.problems)


def _block_problems(note: Note, words: Words) -> list[Problem]:
    problems = [words.problem(f.code, note.path, f.line, quote=f.quote) for f in note.block_findings]
    if note.conflict_line is not None and (note.blocks or note.block_findings or note.front.get("type")):
        problems.append(words.problem("git-conflict", note.path, note.conflict_line))
    return problems


def _text_problems(note: Note, words: Words) -> Iterator[Problem]:
    if note.undecodable_line is not None:
        yield words.problem("not-utf8", note.path, note.undecodable_line)
    for element in note.own:
        if element.kind == "comment":
            yield from _comment_problems(note, element, words)


def _comment_problems(note: Note, element: Element, words: Words) -> Iterator[Problem]:
    if not element.closed:
        yield words.problem("comment-not-closed", note.path, element.line, quote=element.rows[0] if element.rows else "")
        return
    inside, _, behind = element.text.removeprefix("<!--").partition("-->")
    typed = fold(inside)
    hint = max((h for h in words.vocabulary.hints if typed.startswith(f"{h} ")), key=len, default=None)
    if hint is not None:
        yield words.problem("words-in-hint", note.path, element.line, quote=inside.strip())
    elif element.text.startswith("<!--") and fold(behind) and "jobvault:" not in inside:
        yield words.problem("words-in-hint", note.path, element.line, quote=behind.strip())


def _heading_problems(note: Note, sections: Sequence[Section], words: Words) -> Iterator[Problem]:
    title = title_of(note)
    known = words.vocabulary.sections
    have = {section.name for section in sections}
    people = {index for section in sections if section.name == "people-met" for index in section.members}
    for index, element in enumerate(note.own):
        if element.kind != "heading" or element is title or element.depth or element.quoted:
            continue
        if accidental(element):
            yield words.problem("accidental-heading", note.path, element.line, quote=shown(element.text))
        elif index not in people and fold(element.text) not in known:
            near = nearest(element.text, words.vocabulary.near)
            if near is not None and known[near] not in have:
                yield words.problem(
                    "near-heading", note.path, element.line,
                    quote=shown(element.text), value=shown(element.text), near=words.heading(known[near]),
                )  # fmt: skip
