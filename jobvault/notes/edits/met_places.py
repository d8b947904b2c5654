"""Where in ``People met`` each person stands, and which elements are about them; as ``met.py`` reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jobvault.notes.labels import known_label
from jobvault.notes.names import looks_like_name, read_name
from jobvault.notes.note import Note
from jobvault.notes.sections import Section, accidental, content, is_heading
from jobvault.words import Vocabulary, fold


@dataclass(frozen=True, slots=True)
class Spot:
    """A person in the section: name, link's target, the heading, item or paragraph that names them, what follows it.

    ``head`` and ``members`` are indices in ``note.own``.
    """

    name: str | None
    link: str | None
    head: int
    members: tuple[int, ...]


def spots(note: Note, section: Section, vocabulary: Vocabulary) -> Iterator[Spot]:
    """Give the people of a section in their order.

    A sub-heading names a person; before any sub-heading so does each unlabelled bullet or name at the top.
    """
    head: int | None = None
    members: list[int] = []
    for index in section.members:
        named = _names(note, index, vocabulary, bulleted=head is None or not is_heading(note.own[head]))
        if named:
            if head is not None:
                yield _spot(note, head, members)
            head, members = index, []
        elif head is not None and is_heading(note.own[index]) and not accidental(note, note.own[index]):
            yield _spot(note, head, members)  # a label's own sub-heading: what stands below it is that label's
            head, members = None, []
        else:
            members.append(index)
    if head is not None:
        yield _spot(note, head, members)


def _names(note: Note, index: int, vocabulary: Vocabulary, *, bulleted: bool) -> bool:
    element = note.own[index]
    if is_heading(element) and not accidental(note, element):
        return bool(content(element.text)) and fold(element.text) not in vocabulary.labels
    if not bulleted or element.depth or element.quoted or element.kind not in ("item", "paragraph"):
        return False
    text = content(element.text)
    if not text or known_label(text, vocabulary.labels):
        return False
    return element.kind == "item" or looks_like_name(text)


def _spot(note: Note, head: int, members: list[int]) -> Spot:
    written = read_name(content(note.own[head].text))
    return Spot(written.name, written.link, head, tuple(members))
