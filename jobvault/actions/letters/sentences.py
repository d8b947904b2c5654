"""The sentences that a vault's letters are made of: those that come with jobvault, and the vault's own over them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from jobvault.errors import TemplateError
from jobvault.letters.phrases import PhraseError, Phrases, read_phrases
from jobvault.notes.frontmatter import load_yaml
from jobvault.vault.own_templates import SENTENCES
from jobvault.vault.sentences import line_of, parse_sentences
from jobvault.vault.shipped import read_template, sentence_languages
from jobvault.vault.tree import TreeError

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Sentences:
    """A language's sentences. ``lacking`` is the vault's language where there are none in it, so English stands in."""

    phrases: Phrases
    lacking: str = ""


def sentences_of(vault: Vault) -> Sentences:
    """Return the sentences for a vault's letters. Raises ``TemplateError`` for a mistake in the vault's own."""
    language = vault.settings.language
    own = own_sentences(vault, language)
    if own is not None or language in sentence_languages():
        return Sentences(own or _shipped(language))
    return Sentences(own_sentences(vault, ENGLISH) or _shipped(ENGLISH), lacking=language)


def own_sentences(vault: Vault, language: str) -> Phrases | None:
    """Return a vault's own sentences of a language over ours (English ones, where there are none of ours).

    None where the vault has none. Raises ``TemplateError``.
    """
    name = file_of(language)
    text = vault.own_templates.read(name)
    if text is None:
        return None
    path = vault.own_templates.place(name)
    try:
        data, lines = parse_sentences(text)
    except TreeError as error:
        raise TemplateError(path, error.line, error.what, own=True) from error
    try:
        return read_phrases(data, _shipped(language if language in sentence_languages() else ENGLISH))
    except PhraseError as error:
        raise TemplateError(path, line_of(lines, error.place), error.what, own=True) from error


def sentence_files(vault: Vault) -> Iterator[tuple[str, str]]:
    """Yield our sentences in the vault's language as they would stand in the vault: path and text."""
    language = vault.settings.language if vault.settings.language in sentence_languages() else ENGLISH
    yield vault.own_templates.place(file_of(language)), read_template(file_of(language))


def file_of(language: str) -> str:
    """Return the name of a language's file of sentences."""
    return f"{SENTENCES}{language}.yaml"


@lru_cache(maxsize=8)
def _shipped(language: str) -> Phrases:
    return read_phrases(load_yaml(read_template(file_of(language))))
