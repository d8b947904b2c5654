"""``jobvault summarize``: bring every generated block up to date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobvault.cli.command import command as make
from jobvault.cli.command import dry_run_option, json_option
from jobvault.cli.session import Session, pass_session

if TYPE_CHECKING:
    from jobvault.actions.summarize import Summary
    from jobvault.model import Problem

EXAMPLES = """
jobvault summarize
jobvault summarize --dry-run
jobvault summarize --check && echo "all true"
jobvault summarize --after-merge
"""


@make("summarize", examples=EXAMPLES)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when something is stale.")
@click.option("--after-merge", is_flag=True, help="For git's hooks: the merge is done; silent when nothing is to do.")
@click.option(
    "--in-merge",
    nargs=3,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="BASE OURS THEIRS",
    hidden=True,
    help="For git's merge driver: make the blocks of three versions of a note equal.",
)
@dry_run_option
@json_option
@pass_session
def command(
    session: Session,
    check: bool,
    after_merge: bool,
    in_merge: tuple[Path, Path, Path] | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring every generated block of the vault up to date.

    What you ticked in a block is carried to its note first; conflict copies that say nothing else are absorbed. Only
    what changed is written.
    """
    if in_merge:
        _make_blocks_equal(*in_merge)
        return
    summary = _summary(session, after_merge=after_merge, dry_run=dry_run or check)
    if after_merge and not (as_json or check or dry_run):
        _say_briefly(session, summary)
        return
    if as_json:
        session.screen.json(summary_json(summary))
    elif dry_run:
        for line in diff(summary):
            session.screen.say(line, fg={"+": "green", "-": "red"}.get(line[:1]))
        for copy in summary.absorbed:
            session.screen.say(f"{copy.path}: a conflict copy that says nothing else, to be taken away")
    complain(session, summary.problems)
    if not as_json:
        session.screen.say(session.led_back(sentence(summary, written=not (dry_run or check))))
    broken = summary.troubles or any(problem.code.startswith("block-") for problem in summary.problems)
    if check and (summary.stale or broken):
        click.get_current_context().exit(1)


def _summary(session: Session, *, after_merge: bool, dry_run: bool) -> Summary:
    vault = session.open()
    if not after_merge:
        return vault.summarize(dry_run=dry_run)
    from jobvault.actions.sync.merging import summarize_after_merge

    vault.progress = None
    return summarize_after_merge(vault, dry_run=dry_run)


def _make_blocks_equal(base: Path, ours: Path, theirs: Path) -> None:
    from jobvault.actions.sync.merging import make_blocks_equal
    from jobvault.actions.vault import load_words

    make_blocks_equal(base, ours, theirs, load_words())


def _say_briefly(session: Session, summary: Summary) -> None:
    """Say among what git says only what is news: what was written, and what could not be."""
    complain(session, summary.troubles)
    if summary.stale:
        session.screen.say(f"jobvault: {sentence(summary, written=True)}")


def summary_json(summary: Summary) -> dict[str, object]:
    """Return the JSON answer of ``summarize``."""
    from jobvault.render.view import to_json

    return {
        "blocks": to_json(summary.blocks),
        "carried": to_json(summary.carried),
        "absorbed": [{"path": copy.path, "original": copy.original} for copy in summary.absorbed],
        "problems": [problem_json(problem) for problem in summary.problems],
    }


def problem_json(problem: Problem) -> dict[str, object]:
    """Return the JSON of a problem."""
    names = ("path", "line", "severity", "code", "message", "hint")
    return {name: getattr(problem, name) for name in names}


def complain(session: Session, problems: Iterable[Problem]) -> None:
    """Say errors on standard error; warnings stand under “Needs attention” in the notes."""
    for problem in problems:
        if problem.severity == "error" or problem.code in {"not-carried", "leftover"}:
            place = problem.path if problem.line is None else f"{problem.path}:{problem.line}"
            hint = f". {session.led_back(problem.hint)}" if problem.hint else ""
            session.screen.note(f"{place}: {problem.message}{hint}")


def diff(summary: Summary) -> list[str]:
    """Return what would be written, as a unified diff."""
    from difflib import unified_diff

    lines: list[str] = []
    for change in summary.changes:
        old, new = (data.decode("utf-8", "replace").splitlines() for data in (change.old, change.new))
        lines += unified_diff(old, new, change.path, change.path, lineterm="")
    return lines


def sentence(summary: Summary, *, written: bool) -> str:
    """Say in a line what was done."""
    broken = any(problem.code.startswith("block-") for problem in summary.problems)
    if not (summary.blocks or summary.absorbed or broken):
        return "There is no generated block in this vault. `jobvault init` lays down three summary notes."
    states = Counter(block.state for block in summary.blocks)
    stale, left = states["written"] + states["stale"], states["skipped"]
    parts = [f"{_count(len(summary.carried), 'tick')} carried"] if summary.carried else []
    if summary.absorbed:
        copies = f"{len(summary.absorbed)} conflict {'copy' if len(summary.absorbed) == 1 else 'copies'}"
        parts.append(f"{copies} {'absorbed' if written else 'to be absorbed'}")
    if summary.changes:
        notes = _count(len(summary.changes), "note")
        parts.append(f"{_count(stale, 'block')} {'brought' if written else 'to be brought'} up to date")
        parts.append(f"{notes} {'written' if written else 'to write'}")
    else:
        parts.append(f"nothing to write: {_count(states['unchanged'], 'block')} up to date")
    if left:
        parts.append(f"{_count(left, 'block')} left alone, see above")
    line = ", ".join(parts)
    return f"{line[:1].upper()}{line[1:]}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
