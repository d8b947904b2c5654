"""Where things live: the vault itself, and the user's cache, state and config folders outside it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from jobvault.errors import NoVaultError
from jobvault.vault.durable import put

MARKER = "jobvault.yaml"
"""The file whose presence makes a folder a vault."""

_DEFAULT_VAULT = "default-vault"
_LONGEST_PATH = 16 * 1024


def cache_dir() -> Path:
    """Return the folder for what can be rebuilt. It may not exist yet."""
    import platformdirs  # costs more than the commands that never need it

    return Path(platformdirs.user_cache_dir("jobvault", appauthor=False))


def state_dir() -> Path:
    """Return the folder for locks and for what `undo` needs. It may not exist yet."""
    import platformdirs

    return Path(platformdirs.user_state_dir("jobvault", appauthor=False))


def config_dir() -> Path:
    """Return the folder for the user's own choices, such as the default vault. It may not exist yet."""
    import platformdirs

    return Path(platformdirs.user_config_dir("jobvault", appauthor=False))


def vault_key(root: Path) -> str:
    """Return a name for a vault outside of it: 32 hexadecimal characters, the same for every spelling of its path."""
    real = os.path.normcase(os.path.realpath(root))
    return hashlib.sha256(os.fsencode(real)).hexdigest()[:32]


def vault_cache(root: Path) -> Path:
    """Return the folder of one vault below :func:`cache_dir`."""
    return cache_dir() / "vaults" / vault_key(root)


def vault_state(root: Path) -> Path:
    """Return the folder of one vault below :func:`state_dir`."""
    return state_dir() / "vaults" / vault_key(root)


def default_vault() -> Path | None:
    """Return the vault used where no other is named, or None where none was chosen."""
    try:
        with (config_dir() / _DEFAULT_VAULT).open("rb") as file:
            stored = file.read(_LONGEST_PATH)
    except OSError:
        return None
    path = stored.removesuffix(b"\n").removesuffix(b"\r")
    return Path(os.fsdecode(path)) if path and b"\0" not in path else None


def set_default_vault(path: Path) -> None:
    """Remember ``path`` as the vault used where no other is named.

    Raises :class:`OSError` where the config folder cannot be written.
    """
    folder = config_dir()
    folder.mkdir(parents=True, exist_ok=True)
    put(folder / _DEFAULT_VAULT, os.fsencode(os.path.abspath(path)) + b"\n")


def is_vault(folder: Path) -> bool:
    """Whether a folder is a vault: it holds a ``jobvault.yaml``."""
    return os.path.isfile(folder / MARKER)


def expanded(path: str | Path) -> Path:
    """Return a path with the home folder for a leading ``~`` or ``~name``; as it is where nobody is called so."""
    return Path(os.path.expanduser(path))


def find_vault(named: Path | None, cwd: Path, environ: Mapping[str, str]) -> Path:
    """Return the vault to work in, as an absolute path, links in it not resolved.

    In this order: ``named`` (the command's ``--vault``), ``JOBVAULT_DIR``, the nearest of ``cwd`` and its parents
    that holds a ``jobvault.yaml``, the default vault. Raises :class:`NoVaultError` where there is none, or where the
    first of them that is given is no vault.
    """
    if named is not None:
        return _checked(Path(os.path.abspath(cwd / named)))
    from_environment = environ.get("JOBVAULT_DIR", "")
    if from_environment:
        return _checked(Path(os.path.abspath(cwd / expanded(from_environment))), by="JOBVAULT_DIR")
    for folder in _upwards(Path(os.path.abspath(cwd))):
        if is_vault(folder):
            return folder
    default = default_vault()
    if default is None:
        raise NoVaultError(str(cwd))
    return _checked(default, by="your choice of a default vault")


def _upwards(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.parents


def _checked(folder: Path, by: str = "") -> Path:
    if not is_vault(folder):
        raise NoVaultError(str(folder), named=True, by=by)
    return folder
