"""The files that come with jobvault: ``templates/`` and ``sample-vault/``.

In a wheel they stand in ``jobvault/_data``; in a checkout, and so in an editable install, beside the package. An
editable install may leave an old copy in site-packages, which is never read.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jobvault.errors import NotFoundError

_PACKAGE = Path(__file__).resolve().parent.parent
_FORBIDDEN = frozenset('\0\\:*?"<>|')


def templates_dir() -> Path:
    """Return the folder of the templates that come with jobvault."""
    return _home(_PACKAGE) / "templates"


def sample_vault_dir() -> Path:
    """Return the folder of the sample vault."""
    return _home(_PACKAGE) / "sample-vault"


def read_template(name: str) -> str:
    """Return a template's text by its path below ``templates/``, as ``views/takeaways.md.j2``.

    Raises :class:`NotFoundError` for a name that has none, or that would lead out of the folder.
    """
    if _FORBIDDEN.isdisjoint(name) and all(part.strip(".") for part in name.split("/")):
        try:
            return (templates_dir() / name).read_text(encoding="utf-8")
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError):
            pass
    message = f"There is no template named {name!r}."
    raise NotFoundError(message)


def template_names(group: str) -> tuple[str, ...]:
    """Return the templates of a group (``notes``, ``views``, ``obsidian``), as ``views/takeaways.md.j2``, sorted."""
    return tuple(sorted(f"{group}/{file.name}" for file in (templates_dir() / group).glob("*.j2")))


def read_words(language: str) -> str:
    """Return the text of a language's word file. Raises :class:`NotFoundError` where there is none."""
    if language not in languages():
        message = f"There are no words for the language {language!r}; there are: {', '.join(languages())}."
        raise NotFoundError(message)
    return read_template(f"words/{language}.yaml")


def languages() -> tuple[str, ...]:
    """Return the languages that there are words for, in alphabetical order."""
    return tuple(sorted(file.stem for file in (templates_dir() / "words").glob("*.yaml")))


def read_letter_check() -> tuple[str, ...]:
    """Return the texts of the files by which letters are checked, one a language, in alphabetical order."""
    files = sorted((templates_dir() / "letter-check").glob("*.yaml"))
    return tuple(file.read_text(encoding="utf-8") for file in files)


def sentence_languages() -> tuple[str, ...]:
    """Return the languages that there are sentences of letters in, in alphabetical order."""
    return tuple(sorted(file.stem for file in (templates_dir() / "letters").glob("*.yaml")))


@cache
def _home(package: Path) -> Path:
    checkout = package.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "templates").is_dir():
        return checkout
    return package / "_data"
