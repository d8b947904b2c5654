"""The vault's own templates: what is wrong with them, and copies of ours to begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jobvault.errors import TemplateError
from jobvault.model import Problem
from jobvault.notes.near import nearest
from jobvault.vault.own_templates import SENTENCES
from jobvault.vault.shipped import languages, sentence_languages, template_names
from jobvault.words import Words

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

GROUPS = ("notes", "views", "obsidian")
"""The folders of templates. Below ``notes``, any name is one for ``jobvault new``."""
_NOTE = ".md.j2"


def template_problem(words: Words, error: TemplateError) -> Problem:
    """Return the problem of one of the vault's templates: it stands in the template, not in what it makes.

    Once it is deleted, ours is back only where it stands in the place of one.
    """
    what = error.what[:1].lower() + error.what[1:]
    problem = words.problem("template", error.path, error.line, what=what)
    names = [name for group in GROUPS for name in template_names(group)]
    names += [f"{SENTENCES}{language}.yaml" for language in sentence_languages()]
    ours = any(error.path.endswith(f"/{name}") for name in names)
    return problem if ours else replace(problem, hint=words.text("template-alone"))


def template_problems(vault: Vault) -> Iterator[Problem]:
    """Yield what is wrong with the vault's templates as far as it is seen without using them: used or not.

    Those are templates that cannot be read or compiled, and names that stand in no other's place.
    """
    own = vault.own_templates
    if sentences := own.names(SENTENCES.rstrip("/")):
        yield from _sentence_problems(vault, sentences)
    found = {group: names for group in GROUPS if (names := own.names(group))}
    if not found:
        return
    used: set[str] = set()
    for name in (name for names in found.values() for name in names):
        try:
            used |= vault.templates.check(name, _filters(vault, name))
        except TemplateError as error:
            yield template_problem(vault.words, error)
    for group, names in found.items():
        known = template_names(group)
        for name in names if group != "notes" else ():
            if name not in known and name not in used:
                near = nearest(name, known, slips=2) or ""
                value = own.place(name)
                yield vault.words.problem("template-name", value, None, value=name, near=near)


def _sentence_problems(vault: Vault, names: Sequence[str]) -> Iterator[Problem]:
    from jobvault.actions.letters.sentences import file_of, own_sentences

    known = {file_of(language): language for language in languages()}
    for name in names:
        if name not in known:
            place = vault.own_templates.place(name)
            yield vault.words.problem(
                "template-name", place, None, value=name, near=nearest(name, known, slips=2) or ""
            )
            continue
        try:
            own_sentences(vault, known[name])
        except TemplateError as error:
            yield template_problem(vault.words, error)


def _filters(vault: Vault, name: str) -> Mapping[str, Callable[..., Any]]:
    """Return the filters that a template is rendered with."""
    if name.startswith("views/"):
        return vault.face().filters()
    if name.startswith("obsidian/"):
        from jobvault.actions.obsidian import FILTERS

        return FILTERS
    return {}


def note_templates(vault: Vault) -> dict[str, str]:
    """Return the vault's own templates for ``jobvault new`` by the names that a person types."""
    ours = template_names("notes")
    paths = [path for path in vault.own_templates.names("notes") if path not in ours and path.endswith(_NOTE)]
    return {path.removeprefix("notes/").removesuffix(_NOTE): path for path in paths}


def copies(vault: Vault) -> Iterator[tuple[str, str]]:
    """Yield ours as they would stand in the vault: path and text, with a comment on all that each one may use.

    What ``init --obsidian`` makes is made once, and changed where it then stands; its templates are not among them.
    """
    from jobvault.actions.letters.sentences import sentence_files
    from jobvault.actions.template_head import annotated

    for name in (*template_names("notes"), *template_names("views")):
        yield vault.own_templates.place(name), annotated(name, vault.words)
    yield from sentence_files(vault)
