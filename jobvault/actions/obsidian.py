"""What ``init --obsidian`` lays down: templates for a debrief in the vault's own template folder, and bases."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jobvault.errors import RefusedError
from jobvault.model import ROUNDS
from jobvault.notes.frontmatter import load_yaml
from jobvault.vault.ignore import template_folders
from jobvault.vault.inside import resolve_inside
from jobvault.vault.shipped import languages, read_words

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

TEMPLATES = "Templates"
"""The folder for templates where Obsidian's settings name none."""


@dataclass(frozen=True, slots=True)
class Homes:
    """Where templates go. ``named`` says for each whether Obsidian's settings name that folder."""

    core: str
    templater: str
    named: tuple[bool, bool]

    def to_be_chosen(self) -> Iterator[tuple[str, str]]:
        """Yield the plugins in whose settings the folder is still to be chosen, each with the folder."""
        if not self.named[0]:
            yield "Templates (a core plugin)", self.core
        if not self.named[1]:
            yield "Templater (if you use it)", self.templater


def template_homes(root: Path) -> Homes:
    """Return the folders of the core plugin Templates and of Templater; each is the other's where it names none.

    A folder that is hidden, or not in the vault, counts as not named.
    """
    core, templater = (folder if _is_good(root, folder) else "" for folder in template_folders(root))
    usual = core or templater or TEMPLATES
    return Homes(core or usual, templater or usual, (bool(core), bool(templater)))


def _is_good(root: Path, folder: str) -> bool:
    try:
        resolve_inside(root, folder)
    except RefusedError:
        return False
    return not any(part.startswith(".") for part in folder.split("/"))


def obsidian_files(vault: Vault) -> dict[str, str]:
    """Return the files by path in the vault. Raises ``TemplateError`` where the vault's own templates fail."""
    homes = template_homes(vault.root)
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
