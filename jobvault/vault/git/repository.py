"""A git repository, asked through git itself: what its settings, ignore lines and attributes say, and its hooks."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jobvault.errors import JobvaultError
from jobvault.vault.durable import discard, sync_folder, write_new
from jobvault.vault.replacing.swap import give_name

_PATIENCE = 30.0
_EXECUTABLE = 0o755
_WHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_NAMESPACE")
"""What would make git look at another repository than the folder's, as it does inside of a hook (git(1))."""


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository that a folder lies in, which need not exist yet.

    ``top`` is the root of its working tree; ``inside`` the folder's path from there, with ``/``, empty where they are
    the same. ``hooks`` is the folder of its hooks; ``elsewhere`` says that ``core.hooksPath`` chose it, so that it
    may be shared with other repositories, or belong to a program.
    """

    top: Path
    inside: str
    hooks: Path
    elsewhere: bool

    def setting(self, name: str) -> str:
        """Return what a setting says, wherever it is set; empty where it is not."""
        return _git(self.top, "config", "--get", name).stdout.removesuffix("\n")

    def set(self, name: str, value: str) -> None:
        """Set a setting of this clone. Raises ``JobvaultError`` where git cannot."""
        done = _git(self.top, "config", "--local", name, value)
        if done.returncode:
            raise JobvaultError(f"git could not set {name}: {_said(done)}.")

    def ignores(self, path: str) -> bool:
        """Whether git ignores a file of the folder, which need not exist."""
        return _git(self.top, "check-ignore", "--quiet", "--", self._from_top(path)).returncode == 0

    def attribute(self, name: str, path: str) -> str:
        """Return an attribute of a file of the folder, which need not exist: ``unspecified`` where nothing says."""
        said = _git(self.top, "check-attr", "-z", name, "--", self._from_top(path)).stdout.split("\0")
        return said[2] if len(said) > 2 else "unspecified"

    def add_hook(self, name: str, text: str) -> bool:
        """Make a hook, whole and executable; False where there is one. Raises ``OSError``."""
        self.hooks.mkdir(parents=True, exist_ok=True)
        place = self.hooks / name
        temp = place.with_name(f".{name}.{os.getpid()}.tmp")
        discard(temp)
        write_new(temp, os.fsencode(text), _EXECUTABLE)
        try:
            give_name(temp, place)
        except FileExistsError:
            return False
        finally:
            discard(temp)
        sync_folder(self.hooks)
        return True

    def hook(self, name: str) -> str | None:
        """Return the text of a hook; None where there is none, empty where it cannot be read."""
        place = self.hooks / name
        if not os.path.lexists(place):
            return None
        try:
            return place.read_bytes().decode("utf-8", "surrogateescape")
        except OSError:
            return ""

    def _from_top(self, path: str) -> str:
        return f"{self.inside}/{path}" if self.inside else path


def find_repository(folder: Path) -> Repository:
    """Find the repository that a folder lies in, or would lie in.

    Raises ``JobvaultError`` where there is none, git is not installed, or it does not trust the folder.
    """
    start = next(parent for parent in (folder, *folder.parents) if parent.is_dir())
    found = _git(start, "rev-parse", "--show-toplevel")
    if found.returncode:
        raise JobvaultError(_no_repository(folder, _said(found)))
    top = Path(found.stdout.removesuffix("\n"))
    inside = os.path.relpath(os.path.realpath(folder), os.path.realpath(top)).replace(os.sep, "/")
    common = _git(top, "rev-parse", "--git-common-dir").stdout.removesuffix("\n")
    usual = top / common / "hooks"
    chosen = _git(top, "config", "--type=path", "--get", "core.hooksPath").stdout.removesuffix("\n")
    hooks = top / chosen if chosen else usual
    elsewhere = os.path.realpath(hooks) != os.path.realpath(usual)
    return Repository(top, "" if inside == "." else inside, hooks, elsewhere)


def _no_repository(folder: Path, said: str) -> str:
    if "not a git repository" in said:
        return f"{folder} lies in no git repository. Make it one with `git init`, then run this again."
    return f"git cannot be asked about {folder}: {said}."


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Ask git something, in a folder and about that folder's repository, in English."""
    environ: Mapping[str, str] = {name: value for name, value in os.environ.items() if name not in _WHERE}
    try:
        return subprocess.run(  # noqa: S603 - its arguments are ours
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - the git that the user's own commands mean
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            env={**environ, "LC_ALL": "C"},
            timeout=_PATIENCE,
            check=False,
        )
    except FileNotFoundError as error:
        raise JobvaultError("git is not installed, or not where programs are looked for (PATH).") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise JobvaultError(f"git could not be run: {error}.") from error


def _said(done: subprocess.CompletedProcess[str]) -> str:
    lines = done.stderr.strip().splitlines()
    return lines[0].removeprefix("fatal: ").rstrip(".") if lines else f"it ended with {done.returncode}"
