"""Bring every generated block up to date: first carry what was ticked in blocks to its source, then write them anew.

A run is planned in memory as a whole and then written: sources first, so that a tick is never lost. What turns out
not to be writable is left out of the next plan; a note that changes meanwhile is read again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jobvault.actions import changes
from jobvault.actions.carry import Carried, plan_ticks
from jobvault.actions.obsidian import ignored_debriefs
from jobvault.actions.rewrite import BlockResult, Rewriter
from jobvault.actions.vault_templates import template_problems
from jobvault.errors import ChangedError, RefusedError
from jobvault.model import Problem
from jobvault.notes.reading import read_note

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Change:
    """A note's bytes before and after."""

    path: str
    old: bytes
    new: bytes


@dataclass(frozen=True, slots=True)
class Summary:
    """What one run did, or would do.

    ``changes`` are the notes written, sources of ticks first. ``problems`` are all of the vault's, with ``troubles``:
    those of the run itself.
    """

    blocks: tuple[BlockResult, ...]
    carried: tuple[Carried, ...]
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    troubles: tuple[Problem, ...] = ()

    @property
    def stale(self) -> bool:
        """Whether anything was, or is to be, written."""
        return bool(self.changes)


def summarize(vault: Vault, *, dry_run: bool = False) -> Summary:
    """Carry ticks, then write every block whose body changed. Nothing is created; equal bytes are not written.

    Raises ``ChangedError`` where notes keep changing, and ``JobvaultError`` where another jobvault holds the vault's
    lock for too long.
    """
    vault.refresh()
    plan = _plan(vault, {})
    if dry_run or not plan.changes:
        return plan
    with changes.writing(vault):
        return _write(vault, plan)


def _write(vault: Vault, plan: Summary) -> Summary:
    """Write a plan; where the vault changed since it was made, or a note refuses, make it anew."""
    refused: dict[str, str] = {}
    written: dict[str, Change] = {}
    carried: list[Carried] = []
    tries = 0
    changed = vault.refresh()
    while True:
        if changed:
            plan = _plan(vault, refused)
        for change in plan.changes:
            try:
                changes.write(vault, change.path, change.old, change.new, "jobvault summarize")
            except ChangedError:
                tries += 1
                if tries == _TRIES:
                    raise
                break
            except RefusedError as error:
                refused[change.path] = error.why
                plan = _plan(vault, refused)
                break
            first = written.get(change.path, change)
            written[change.path] = Change(change.path, first.old, change.new)
            carried += [tick for tick in plan.carried if tick.path == change.path]
        else:
            changed = vault.refresh() - written.keys()
            tries += 1
            if changed and tries < _TRIES:
                continue  # what was saved meanwhile stands in no plan yet
            break
        changed = vault.refresh()
    return replace(
        plan,
        blocks=tuple(replace(b, state="written") if b.state == "stale" else b for b in plan.blocks),
        carried=tuple(carried),
        changes=tuple(written.values()),
    )


def _plan(vault: Vault, refused: Mapping[str, str]) -> Summary:
    """Work out what has to be written, in memory."""
    readings = vault.readings()
    ticks = plan_ticks(vault, readings, refused)
    after = {path: new for path, (_, new) in ticks.edits.items()}
    olds = {path: old for path, (old, _) in ticks.edits.items()}
    readings = [read_note(r.path, after[r.path], vault.rules) if r.path in after else r for r in readings]
    rewriter = Rewriter(vault, vault.joined(readings) if after else vault.search, ticks)
    blocks: list[BlockResult] = []
    for reading in readings:
        data = after.get(reading.path) or vault.notes.data_of(reading.path)
        if reading.blocks and data is not None:
            new, results = rewriter.rewrite(reading.path, data, refused.get(reading.path, ""))
            blocks += results
            if new != data:
                olds.setdefault(reading.path, data)
                after[reading.path] = new
    return Summary(
        blocks=tuple(blocks),
        carried=tuple(ticks.carried),
        changes=tuple(Change(path, olds[path], new) for path, new in after.items()),
        problems=_sorted(
            [
                *rewriter.search.problems,
                *vault.copy_problems,
                *ticks.problems,
                *rewriter.problems,
                *template_problems(vault),
                *ignored_debriefs(vault),
            ]
        ),
        troubles=_sorted([*ticks.problems, *rewriter.problems]),
    )


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.path, p.line or 0, p.code, p.quote)))
