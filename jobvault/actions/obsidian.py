"""What ``init --obsidian`` lays down: templates for a debrief in the vault's own template folder, and bases.

A template folder that Obsidian's settings name is ignored by default, so it must not be one where notes of ours go.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jobvault.errors import RefusedError
from jobvault.model import ROUNDS, Debrief, Problem
from jobvault.notes.frontmatter import load_yaml
from jobvault.notes.reading import read_note
from jobvault.settings import Settings
from jobvault.vault.files import read, scan
from jobvault.vault.ignore import template_folders
from jobvault.vault.inside import resolve_inside
from jobvault.vault.shipped import languages, read_words

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

TEMPLATES = "Templates"
"""The folder for templates where Obsidian's settings name none."""
_MOST_TEMPLATES = 200
"""How many notes of a template folder are looked at."""


@dataclass(frozen=True, slots=True)
class Homes:
    """Where templates go. ``named`` says for each whether Obsidian's settings name that folder.

    ``taken`` are folders that they name and where notes of ours go: nothing is read there, and no template put there.
    """

    core: str
    templater: str
    named: tuple[bool, bool]
    taken: tuple[str, ...] = ()

    def to_be_chosen(self) -> Iterator[tuple[str, str]]:
        """Yield the plugins in whose settings the folder is still to be chosen, each with the folder."""
        if not self.named[0]:
            yield "Templates (a core plugin)", self.core
        if not self.named[1]:
            yield "Templater (if you use it)", self.templater


def template_homes(root: Path, settings: Settings) -> Homes:
    """Return the folders of the core plugin Templates and of Templater; each is the other's where it names none.

    A folder that is hidden, not in the vault, or where notes of ours go, counts as not named.
    """
    found = _named(root)
    ours = asdict(settings.folders).values() if settings.ignore is None else ()
    taken = [folder for folder in found if folder and any(_is_in(one, folder) for one in ours)]
    core, templater = ("" if folder in taken else folder for folder in found)
    usual = core or templater or TEMPLATES
    return Homes(core or usual, templater or usual, (bool(core), bool(templater)), tuple(dict.fromkeys(taken)))


def ignored_debriefs(vault: Vault) -> Iterator[Problem]:
    """Yield a problem for each folder that is ignored because Obsidian's settings name it, and yet holds a debrief.

    A template that has no placeholders is none: it names no company, or no day.
    """
    for folder in dict.fromkeys(_named(vault.root)) if vault.settings.ignore is None else ():
        if folder and any(_is_debrief(vault, path) for path in islice(_notes_in(vault.root, folder), _MOST_TEMPLATES)):
            yield vault.words.problem("debriefs-ignored", folder, None, value=folder)


def _notes_in(root: Path, folder: str) -> Iterator[str]:
    if (root / folder).is_dir():
        yield from (f"{folder}/{entry.path}" for entry in scan(root / folder, ()).entries)


def _is_debrief(vault: Vault, path: str) -> bool:
    noun = read_note(path, read(vault.root, path).data or b"", vault.rules).noun
    return isinstance(noun, Debrief) and bool(noun.company and noun.date)


def _named(root: Path) -> tuple[str, str]:
    core, templater = (folder.removeprefix("./") for folder in template_folders(root))
    return core if _is_good(root, core) else "", templater if _is_good(root, templater) else ""


def _is_in(folder: str, other: str) -> bool:
    """Whether a folder is another one, or lies in it; letters are one with their marks, as in ``ignored_by``."""
    one, two = (f"{unicodedata.normalize('NFC', name.strip('/'))}/" for name in (folder, other))
    return one.startswith(two)


def _is_good(root: Path, folder: str) -> bool:
    try:
        resolve_inside(root, folder)
    except RefusedError:
        return False
    return not any(part.startswith(".") for part in folder.split("/"))


def obsidian_files(vault: Vault) -> dict[str, str]:
    """Return the files by path in the vault. Raises ``TemplateError`` where the vault's own templates fail."""
    homes = template_homes(vault.root, vault.settings)
    words = vault.words
    folder = f"{vault.settings.folders.summaries}/" if vault.settings.folders.summaries else ""
    paths = {
        "debrief.md": f"{homes.core}/{words.text('obsidian.template')}.md",
        "debrief-templater.md": f"{homes.templater}/{words.text('obsidian.templater')}.md",
        "interviews.base": f"{folder}{words.text('interviews.title')}.base",
        "people.base": f"{folder}{words.text('people.title')}.base",
        "letters.base": f"{folder}{words.text('obsidian.letters')}.base",
    }
    values = _values(vault, homes)
    return {path: vault.templates.render(f"obsidian/{name}.j2", values, FILTERS) for name, path in paths.items()}


def _values(vault: Vault, homes: Homes) -> dict[str, Any]:
    words, debriefs = vault.words, vault.settings.folders.debriefs
    files = [load_yaml(read_words(name)) for name in languages()]
    return {
        "t": words.text,
        "write": words.write,
        "heading": words.heading,
        "label": lambda key: words.text(f"label.{key}"),
        "hint": lambda key: f"<!-- {words.text(f'hint.{key}')} -->",
        "rounds": [words.write("round", name) for name in vault.settings.rounds or ROUNDS],
        "folder": f"{debriefs}/" if debriefs else "",
        "templates": list(dict.fromkeys((homes.core, homes.templater))),
        "one_of": lambda key, group, value: one_of(key, _written(files, group, value)),
    }


def quoted(text: str) -> str:
    """Return a text between double quotes: as YAML, as JavaScript and as the expressions of bases read it."""
    return json.dumps(text, ensure_ascii=False)


def single(text: str) -> str:
    """Return a text as a YAML scalar between single quotes, in which double quotes stand as they are."""
    return "'" + text.replace("'", "''") + "'"


def one_of(key: str, values: Iterator[str]) -> str:
    """Return an expression of a base: the property holds one of the values, as one text or in a list."""
    return f"list(note.{key}).containsAny({', '.join(quoted(value) for value in dict.fromkeys(values))})"


def _written(files: list[Any], group: str, value: str) -> Iterator[str]:
    """Yield every way to write one of our values, in any language: a base compares letter by letter."""
    words = [value]
    for file in files:
        table: Mapping[str, Any] = (file.get("values") or {}).get(group) or {}
        words += [str(word) for word in table.get(value) or ()]
    for word in dict.fromkeys(words):
        for spelt in (word, word.replace(" ", "-"), word.replace(" ", "_")):
            yield from (spelt, spelt.lower(), spelt[:1].upper() + spelt[1:])


FILTERS: Mapping[str, Callable[..., Any]] = {"quoted": quoted, "single": single}
"""What the templates for Obsidian filter with."""
