"""Check letters: which are meant, and what a good adviser would say of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jobvault.actions.letters.meant import letter_at, letters_meant, nothing_meant
from jobvault.letters.check.bench import Bench, Checked
from jobvault.letters.check.lexicon import Lexicon, build_lexicon
from jobvault.model import Letter
from jobvault.notes.frontmatter import load_yaml
from jobvault.notes.inline import plain
from jobvault.search.letters import is_sent
from jobvault.vault.shipped import read_letter_check

if TYPE_CHECKING:
    from pathlib import Path

    from jobvault.actions.vault import Vault
    from jobvault.actions.which import DaysOf, Meant
    from jobvault.words import Vocabulary

_SUBJECT = re.compile(rb"^[\"']?subject[\"']?\s*:", re.IGNORECASE | re.MULTILINE)
_FRONT_END = re.compile(rb"\n---[ \t]*\r?(?:\n|\Z)")


def check_letters(vault: Vault, letters: Sequence[Letter]) -> tuple[Checked, ...]:
    """Check letters of a vault, in the order given."""
    lexicon = load_lexicon(vault.words.vocabulary, vault.settings.letters.stock_phrases)
    bench = Bench.of(vault.search, vault.words, lexicon, vault.today.date, plain)
    return tuple(bench.check(letter, _subject_line(vault, letter)) for letter in letters)


def drafts(vault: Vault) -> tuple[Letter, ...]:
    """Return the letters that are not sent, by path."""
    return tuple(letter for letter in vault.search.letters if not is_sent(letter))


def letters_asked_for(vault: Vault, asked: Sequence[str], days_of: DaysOf, cwd: Path) -> tuple[Letter, ...]:
    """Return all letters that words mean: together, else each by itself; none twice. Paths are meant each by itself.

    Raises ``NotFoundError`` where some mean no letter, and ``RefusedError`` for a note that cannot be read.
    """
    paths = any("/" in words or words.lower().endswith(".md") for words in asked)
    together = () if paths else letters_meant(vault, " ".join(asked), days_of, cwd)
    found = [together] if together else [_meant(vault, words, days_of, cwd) for words in asked]
    return tuple(letter_at(vault, path) for path in dict.fromkeys(one.path for some in found for one in some))


def _meant(vault: Vault, words: str, days_of: DaysOf, cwd: Path) -> tuple[Meant, ...]:
    found = letters_meant(vault, words, days_of, cwd)
    if not found:
        raise nothing_meant(vault, words)
    return found


def load_lexicon(vocabulary: Vocabulary, own_stock: Sequence[str] = ()) -> Lexicon:
    """Load what comes with jobvault to check letters by, with the user's own stock phrases."""
    return build_lexicon([_read(text) for text in read_letter_check()], vocabulary, own_stock)


def _subject_line(vault: Vault, letter: Letter) -> int | None:
    """Return the line of the note where its subject stands."""
    if not letter.subject:
        return None
    data = vault.bytes_of(letter.path) or b""
    end = _FRONT_END.search(data)
    found = _SUBJECT.search(data, 0, end.start() + 1 if end else 0)
    return data.count(b"\n", 0, found.start()) + 1 if found else None


@lru_cache(maxsize=8)
def _read(text: str) -> Any:
    return load_yaml(text)
