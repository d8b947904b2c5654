"""What a vault in a git repository needs: a way to merge summaries, and hooks that write them anew afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from jobvault.actions.sync.setup import Line, Step, plan_lines
from jobvault.errors import JobvaultError
from jobvault.vault.git.operation import open_operation
from jobvault.vault.git.repository import Repository, find_repository

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

COMMAND = "jobvault init --git"

DRIVER = (
    "jobvault summarize --in-merge %O %A %B >/dev/null 2>&1; "
    "git merge-file -q --marker-size=%L -L ours -L base -L theirs %A %O %B || exit 1"
)
"""How git merges a note (gitattributes(5), “Defining a custom merge driver”): as always, but with the generated blocks
made equal before. Where that fails, or jobvault is not there, it is git's own merge."""

_SETTINGS: Mapping[str, str] = {
    "merge.jobvault.name": "notes with blocks that jobvault writes",
    "merge.jobvault.driver": DRIVER,
}
_ATTRIBUTE = "merge=jobvault"
_OURS = ("Takeaways.md", "Follow-ups.md", "Interviews.md")
"""The summaries that ``init`` lays down, where they are to lie in the vault's root."""
_TEMPORARY = ".syncthing.*.tmp"
_FIRST: Mapping[str, str] = {"post-merge": "", "post-rewrite": '[ "$1" = rebase ] || exit 0\n'}
"""The hooks, and what each begins with; ``post-rewrite`` is called for every amended commit too (githooks(5))."""


def plan_git(root: Path, summaries: str, holders: Sequence[str] = ()) -> list[Step]:
    """Plan what the repository that holds a vault lacks.

    ``summaries`` is the vault's folder of summaries, ``holders`` are the notes that hold generated blocks. All others
    are merged as without jobvault: no driver of a merge knows ``-X ours``.

    Raises ``JobvaultError`` where the folder is in no repository, or git is in the middle of something there.
    """
    repository = find_repository(root)
    steps = [
        *_attributes(root, repository, summaries, holders),
        *_ignored(root, repository),
        *_settings(repository),
        *(_hook(repository, name) for name in _FIRST),
    ]
    busy = open_operation(root) if any(step.state == "to-do" for step in steps) else ""
    if busy:
        raise JobvaultError(f"{root}: {busy}; finish that, then run `{COMMAND}` again. Nothing was written.")
    return steps


def _attributes(root: Path, repository: Repository, summaries: str, holders: Sequence[str]) -> list[Step]:
    why = "two computers that both wrote a summary anew give no merge conflict"
    example = f"{summaries}/Follow-ups.md" if summaries else "Follow-ups.md"
    said = repository.attribute("merge", example)
    if said not in ("unspecified", "jobvault"):
        theirs = f"your attributes say merge={said} for notes, which can leave a summary with a wrong total."
        return [Step(".gitattributes", f"{_pattern(summaries, '*.md')} {_ATTRIBUTE}", theirs, "yours")]
    lines = [Line(f"{_pattern(summaries, '*.md')} {_ATTRIBUTE}", why, covered=said == "jobvault")] if summaries else []
    lines += [
        Line(f"{_pattern(path)} {_ATTRIBUTE}", why, covered=repository.attribute("merge", path) == "jobvault")
        for path in (holders or ("" if summaries else _OURS))
        if not (summaries and path.rpartition("/")[0] == summaries)
    ]
    return plan_lines(root, ".gitattributes", lines, comment="#", command=COMMAND)


def _pattern(path: str, name: str = "") -> str:
    """Return a path of the vault, and a name with wildcards in it, as gitattributes(5) wants them."""
    plain = re.sub(r"([*?\[\]\\])", r"\\\1", f"/{path}") + (f"/{name}" if name else "")
    return plain if not re.search(r'[\s"]', plain) else '"' + re.sub(r'(["\\])', r"\\\1", plain) + '"'


def _ignored(root: Path, repository: Repository) -> list[Step]:
    covered = repository.ignores(".syncthing.0.jobvault.tmp")
    line = Line(_TEMPORARY, "its temporary files, there for a moment while a note is written", covered=covered)
    return plan_lines(root, ".gitignore", [line], comment="#", command=COMMAND)


def _settings(repository: Repository) -> Iterator[Step]:
    """Plan the settings of this clone that say what ``merge=jobvault`` means; git copies them to no other clone."""
    driver = "merge.jobvault.driver"
    known = repository.setting(driver)
    if known not in ("", DRIVER):
        yield Step(driver, DRIVER, "the setting stays as you have it.", "yours")
        return

    def put(_vault: Vault) -> None:
        for name, value in _SETTINGS.items():
            if not repository.setting(name):
                repository.set(name, value)

    why = "says what merge=jobvault is: git's own merge, with what jobvault wrote made equal first"
    yield Step("the clone's git settings", driver, why, "kept" if known else "to-do", None if known else put)


def _hook(repository: Repository, name: str) -> Step:
    place = _shown(repository, name)
    line, text = hook_line(repository.inside, name), hook_text(repository.inside, name)
    found = repository.hook(name)
    if found is not None and _call(repository.inside) in found:
        return Step(place, "the hook", "", "kept")
    if repository.elsewhere:
        why = "git's setting core.hooksPath says where your hooks are, so none is put there."
        return Step(place, line, why, "yours")
    if found is not None:
        return Step(place, line, "there is a hook of yours already, which stays as it is.", "yours")
    after = {"post-merge": "after a pull or merge", "post-rewrite": "after a rebase"}[name]
    why = f"{after} it brings the summaries up to date; it can never make git fail"
    return Step(place, "the hook", why, "to-do", lambda _: repository.add_hook(name, text))


def hook_text(inside: str, name: str) -> str:
    """Return a hook for a vault at ``inside`` of the working tree, whose root git calls hooks in. POSIX sh."""
    return (
        "#!/bin/sh\n"
        f"# Made by `{COMMAND}`: summaries current after a pull, merge or rebase. Delete this file to be without.\n"
        f"{_FIRST[name]}"
        f"[ -f {quote(_marker(inside))} ] || exit 0\n"
        "command -v jobvault >/dev/null 2>&1 || exit 0\n"
        f"{_call(inside)} </dev/null || :\n"
    )


def hook_line(inside: str, name: str) -> str:
    """Return the line that does the same in a hook of the user's: in a subshell, so that it ends nothing else."""
    condition = '[ "$1" = rebase ] && ' if _FIRST[name] else ""
    return f"( {condition}command -v jobvault >/dev/null && {_call(inside)} </dev/null ) || :"


def _call(inside: str) -> str:
    return f"jobvault summarize --after-merge --no-input --vault {quote(_relative(inside))}"


def _relative(inside: str) -> str:
    return f"./{inside}" if inside else "."


def _marker(inside: str) -> str:
    return f"{_relative(inside)}/jobvault.yaml"


def _shown(repository: Repository, name: str) -> str:
    place = repository.hooks / name
    return place.relative_to(repository.top).as_posix() if place.is_relative_to(repository.top) else str(place)
