"""Set, append to or remove one property of a note: as it is on the disk now, by the writer that loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from jobvault.actions import changes
from jobvault.actions.known import companies, rounds, suggestions
from jobvault.actions.property_values import LISTS, Reader, Spoken, guess
from jobvault.errors import ChangedError, RefusedError, UsageError
from jobvault.notes.edits.properties.edit import remove_property, set_property
from jobvault.notes.edits.properties.insertion import is_name
from jobvault.notes.frontmatter import Value, fold_key
from jobvault.notes.names import read_name
from jobvault.notes.near import one_slip
from jobvault.notes.note import Note, encode, parse_note
from jobvault.notes.properties import FIELDS
from jobvault.notes.values import as_list, as_text
from jobvault.vault.files import conflict_original, read
from jobvault.vault.places import is_vault
from jobvault.words import fold

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

_TRIES = 3
_SHORTEST_NEAR = 3
"""Letters of a property that another name can be a slip of. A note's reader needs more: it asks nobody."""
_NAMED: Mapping[str, Callable[[Vault, str], tuple[str, ...]]] = {"company": companies, "round": rounds}
"""Properties whose values are the user's own names, with those that a vault knows already."""

Way = Literal["set", "append", "unset"]


@dataclass(frozen=True, slots=True)
class PropertySet:
    """What became of a property, or would; ``name`` is as the note has it.

    ``old`` and ``new`` are its values (None: none), ``before`` and ``after`` the note's bytes; ``line`` is its line
    after the change, None where it is gone.
    """

    path: str
    name: str
    line: int | None
    old: Value
    new: Value
    way: Way
    before: bytes
    after: bytes

    @property
    def changed(self) -> bool:
        """Whether the note changed, or would."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done: a property, the words for its value, and the way."""

    key: str
    values: tuple[str, ...] = ()
    way: Way = "set"


def near_property(vault: Vault, path: str, key: str) -> str | None:
    """Return the property of the note's type that an unknown name is one slip off, where the note has no such name."""
    note = _note(vault, path)
    kind, folded = _kind_of(vault, note), fold_key(key)
    known = ("type", *FIELDS.get(kind or "", ()))
    if kind is None or folded in known or note.front.get(key) is not None:
        return None
    return one_slip(folded, [name for name in known if len(name) >= _SHORTEST_NEAR])


def near_value(vault: Vault, done: PropertySet) -> str | None:
    """Return what a company or round that the vault does not know may have been meant to be; None where that is clear.

    What the note itself said does not count as known.
    """
    key, said = fold_key(done.name), as_text(done.new)
    fields = FIELDS.get(_kind_of(vault, parse_note(done.path, done.after)) or "", ())
    if key not in _NAMED or key not in fields or not said or not is_vault(vault.root):
        return None
    return next(iter(suggestions(said, _NAMED[key](vault, done.path))), None)


def kind_of(vault: Vault, path: str) -> str | None:
    """Return the type of a note on the disk; None where it is none of ours. Raises ``RefusedError``."""
    return _kind_of(vault, _note(vault, path))


def change_property(vault: Vault, path: str, wish: Wish, spoken: Spoken, *, dry_run: bool = False) -> PropertySet:
    """Do what is wished to one note; where that is so already, nothing is written.

    Raises ``UsageError`` for a name or value that cannot be, ``RefusedError`` with file and line where the note cannot
    be edited safely, ``NotFoundError`` and ``AmbiguousError`` for a link to a note that is not found.
    """
    planned = _planned(vault, path, wish, spoken)
    if dry_run or not planned.changed:
        return planned
    with changes.writing(vault):
        for tries_left in reversed(range(_TRIES)):
            planned = _planned(vault, path, wish, spoken)
            try:
                changes.write(vault, path, planned.before, planned.after, f"jobvault set: {planned.name}")
            except ChangedError:
                if not tries_left:
                    raise
            else:
                return planned
    raise AssertionError("unreachable")


def _planned(vault: Vault, path: str, wish: Wish, spoken: Spoken) -> PropertySet:
    note = _note(vault, path)
    reader = Reader(vault, path, _kind_of(vault, note), spoken)
    found = note.front.get(wish.key)
    key = found.name if found else _name(reader, wish.key)
    old = found.value if found else None
    if wish.way == "unset":
        new, value = remove_property(note, key), None
    else:
        value = _wanted(reader, key, old, wish)
        new = set_property(note, key, value, vault.words)  # type: ignore[arg-type]
    there = new.front.get(key)
    line = there.line if there else None
    return PropertySet(path, key, line, old, value, wish.way, encode(note.text), encode(new.text))


def _note(vault: Vault, path: str) -> Note:
    """Read a note that may be edited. Raises ``RefusedError``."""
    original = conflict_original(path)
    if original is not None:
        what = f"this is a conflict copy of {original}."
        where = "See `jobvault conflicts`." if is_vault(vault.root) else "Compare the two, and keep one."
        raise RefusedError(path, None, f"{what} {where}")
    result = read(vault.root, path)
    if result.data is None:
        why = result.problem.message if result.problem else "the note is just being written. Try again."
        raise RefusedError(path, None, why)
    return parse_note(path, result.data)


def _kind_of(vault: Vault, note: Note) -> str | None:
    found = note.front.get("type")
    types = vault.words.vocabulary.types
    return next((types[fold(text)] for text in as_list(found.value) if fold(text) in types), None) if found else None


def _name(reader: Reader, said: str) -> str:
    """Return the name to write for a property: ours as the templates have it, another one as it was said."""
    if not is_name(said.strip()):
        raise UsageError(f"“{said}” is no name for a property: letters, digits, blanks, - and _, a letter first.")
    folded = fold_key(said)
    return folded if reader.knows(folded) or reader.is_list(folded) else said.strip()


# --- the value ------------------------------------------------------------------------------------------------------


def _wanted(reader: Reader, key: str, old: Value, wish: Wish) -> Value:
    folded = fold_key(key)
    new = reader.read(folded, wish.values)
    if wish.way == "append":
        if reader.knows(folded) and not reader.is_list(folded):
            raise UsageError(f"“{key}” holds one value, so there is nothing to append to. Set it without --append.")
        return _longer(folded, old, new if isinstance(new, list) else [] if new is None else [new])
    return _like(old, new, wish.values)


def _like(old: Value, new: Value, said: Sequence[str]) -> Value:
    """Return a value in the form of the one that is there: a list stays one, so does a single value, and a text."""
    if isinstance(old, list) and not _is_bare_link(old):
        return new if new is None or isinstance(new, list) else [new]
    if isinstance(new, list) and len(new) == 1 and old is not None:
        return new[0]
    if isinstance(old, str) and not isinstance(guess(old), str) and len(said) == 1 and not isinstance(new, list):
        return said[0].strip() or None  # what is in quotes was meant as text
    return new


def _longer(key: str, old: Value, more: Sequence[Value]) -> Value:
    """Return a list with values behind those that are there; one that is there already is not added again."""
    there: list[Value] = old if isinstance(old, list) else [] if old is None else [old]
    if isinstance(old, list) and _is_bare_link(old):
        there = [*as_list(old)]
    if key == "tags" and isinstance(old, str):
        there = [*old.replace(",", " ").split()]
    known = {_said(key, item) for item in there}
    new: list[Value] = []
    for item in more:
        if _said(key, item) not in known:
            known.add(_said(key, item))
            new.append(item)
    return [*there, *new] if new else old


def _is_bare_link(value: Sequence[Value]) -> bool:
    """Whether a value is ``[[Dana Reyes]]`` without quotes, which YAML takes for a list in a list."""
    return len(value) == 1 and isinstance(value[0], list)


def _said(key: str, item: Value) -> str:
    """Return what an item says, as items are compared: tags and people in any way of writing them."""
    text = as_text(item) or ""
    if key == "people":
        text = read_name(text).name or text
    return fold(text.lstrip("#")) if key in LISTS | {"people"} else text
