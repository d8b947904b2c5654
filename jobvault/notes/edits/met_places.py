"""Where in ``People met`` each person stands, and which elements are about them; as ``met.py`` reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jobvault.notes.labels import known_label
from jobvault.notes.names import looks_like_name, name_of_target, read_name
from jobvault.notes.note import Note
from jobvault.notes.sections import Section, accidental, content, is_heading
from jobvault.words import Vocabulary, fold


@dataclass(frozen=True, slots=True)
class Spot:
    """A person in the section: name, title, link's target, the heading, item or paragraph that names them, the rest.

    ``head`` and ``members`` (what follows) are indices in ``note.own``. Somebody without a name has a title.
    """

    name: str | None
    title: str
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
    return Spot(written.name, written.title, written.link, head, tuple(members))


def meant(found: Sequence[Spot], person: str, *, by_first: bool = True) -> Spot | None:
    """Return where somebody stands, the last such place: by name or link; unnamed by title.

    Else by a first name that only one bears, unless ``by_first`` says that this will not do.
    """
    wanted = read_name(person)
    name = fold(wanted.name or "")
    if not name:
        same = [s for s in found if s.name is None and s.title and fold(s.title) == fold(wanted.title)]
        return same[-1] if same else None
    same = [s for s in found if s.name and (fold(s.name) == name or (s.link and _target(s.link) == name))]
    if not same and by_first:
        first = [s for s in found if s.name and fold(s.name).split(" ")[0] == name.split(" ")[0]]
        bare = [s for s in first if " " not in fold(s.name or "") or " " not in name]
        same = bare if len({fold(s.name or "") for s in first}) == 1 else []
    return same[-1] if same else None


def _target(link: str) -> str:
    return fold(name_of_target(link))
