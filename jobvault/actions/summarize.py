"""Bring every generated block up to date: first carry what was ticked in blocks to its source, then write them anew.

A run is planned in memory as a whole and then written: sources first, so that a tick is never lost. What turns out
not to be writable is left out of the next plan; a note that changes meanwhile is read again. Conflict copies that say
nothing of their own are absorbed on the way (``absorb.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jobvault.actions import changes
from jobvault.actions.carry import Carried, plan_ticks
from jobvault.actions.obsidian import ignored_debriefs
from jobvault.actions.rewrite import BlockResult, Rewriter
from jobvault.actions.sync.absorb import Twin, find_twins, is_settled, settle
from jobvault.actions.vault_templates import template_problems
from jobvault.errors import ChangedError, DiskError, RefusedError
from jobvault.model import Problem
from jobvault.notes.reading import Reading, read_note
from jobvault.search.search import Search
from jobvault.vault.undo.commands import TICKS

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
class Absorbed:
    """A conflict copy that said nothing of its own: what it was, whose copy, and the bytes that the undo store has."""

    path: str
    original: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Summary:
    """What one run did, or would do.

    ``changes`` are the notes written, sources of ticks first; ``absorbed`` the conflict copies taken away.
    ``problems`` are all of the vault's, with ``troubles``: those of the run itself.
    """

    blocks: tuple[BlockResult, ...]
    carried: tuple[Carried, ...]
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    troubles: tuple[Problem, ...] = ()
    absorbed: tuple[Absorbed, ...] = ()

    @property
    def stale(self) -> bool:
        """Whether anything was, or is to be, written or taken away."""
        return bool(self.changes or self.absorbed)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done, in the order in which it is safe at every moment.

    First the sources of ticks, then the copies that are done with, the blocks, and the copies that had a tick without a
    source, as that stands below a block from then on.
    """

    summary: Summary
    sources: tuple[Change, ...]
    blocks: tuple[Change, ...]
    done_with: tuple[Twin, ...]
    left: tuple[Twin, ...]

    @property
    def steps(self) -> Iterator[Change | Twin]:
        yield from self.sources
        yield from self.done_with
        yield from self.blocks
        yield from self.left


def summarize(vault: Vault, *, dry_run: bool = False, leaving: Iterable[str] = ()) -> Summary:
    """Carry ticks, absorb conflict copies, then write every block whose body changed.

    Nothing is created; equal bytes are not written. ``leaving`` are conflict copies to leave alone. Raises
    ``ChangedError`` where notes keep changing, ``DiskError`` where the disk fails (who watches tries again), and
    ``JobvaultError`` where another jobvault holds the vault's lock for too long.
    """
    vault.refresh()
    left = dict.fromkeys(leaving, "")
    plan = _plan(vault, left)
    summary = plan.summary
    if dry_run:
        return summary
    if summary.stale or vault.notes.leftovers:
        with changes.writing(vault):
            summary = _write(vault, plan, left)
    return _with_rescued(vault, summary)


def _with_rescued(vault: Vault, summary: Summary) -> Summary:
    """Say, once, what killed runs left that may be the user's."""
    rescued, vault.rescued = list(vault.rescued), ()
    if not rescued:
        return summary
    problems, troubles = _sorted([*summary.problems, *rescued]), _sorted([*summary.troubles, *rescued])
    return replace(summary, problems=problems, troubles=troubles)


def _write(vault: Vault, plan: _Plan, left: Mapping[str, str]) -> Summary:
    """Write a plan; where the vault changed since it was made, or a note refuses, make it anew."""
    refused = dict(left)
    done = _Done(vault)
    tries = 0
    changed = vault.refresh()
    while True:
        if changed:
            plan = _plan(vault, refused)
        for step in plan.steps:
            try:
                done.do(step, plan)
            except ChangedError:
                tries += 1
                if tries == _TRIES:
                    raise
                break
            except RefusedError as error:
                if isinstance(error, DiskError) and not vault.notes.patient:
                    raise
                refused[step.path] = error.why
                plan = _plan(vault, refused)
                break
        else:
            changed = vault.refresh() - done.paths
            tries += 1
            if changed and tries < _TRIES:
                continue  # what was saved meanwhile stands in no plan yet
            break
        changed = vault.refresh()
    return replace(
        plan.summary,
        blocks=tuple(replace(b, state="written") if b.state == "stale" else b for b in plan.summary.blocks),
        carried=tuple(done.carried),
        changes=tuple(done.written.values()),
        problems=tuple(p for p in plan.summary.problems if p.code != "conflict-copy" or p.path not in done.paths),
        absorbed=tuple(done.absorbed),
    )


@dataclass(slots=True)
class _Done:
    """What was done so far: notes written, ticks carried, copies taken away."""

    vault: Vault
    written: dict[str, Change] = field(default_factory=dict)
    carried: list[Carried] = field(default_factory=list)
    absorbed: list[Absorbed] = field(default_factory=list)

    @property
    def paths(self) -> frozenset[str]:
        return frozenset([*self.written, *(copy.path for copy in self.absorbed)])

    def do(self, step: Change | Twin, plan: _Plan) -> None:
        """Do one step. Raises ``RefusedError``, or ``ChangedError`` where something is no longer what was read."""
        if isinstance(step, Twin):
            self._absorb(step)
            return
        derived = step not in plan.sources
        why = "jobvault summarize" if derived else TICKS
        changes.write(self.vault, step.path, step.old, step.new, why, derived=derived)
        first = self.written.get(step.path, step)
        self.written[step.path] = Change(step.path, first.old, step.new)
        if step in plan.sources:
            self.carried += [tick for tick in plan.summary.carried if tick.path == step.path]

    def _absorb(self, twin: Twin) -> None:
        """Take a copy away while its original still is what it was compared with, or what was made of that."""
        written = self.written.get(twin.original)
        if self.vault.bytes_of(twin.original) not in (twin.beside, written.new if written else twin.beside):
            raise ChangedError(twin.original)
        why = f"jobvault summarize: copy of {twin.original}"
        changes.remove(self.vault, twin.path, twin.data, why, derived=True)
        self.absorbed.append(Absorbed(twin.path, twin.original, twin.data))


def _plan(vault: Vault, refused: Mapping[str, str]) -> _Plan:
    """Work out what has to be written, in memory. ``refused`` maps what cannot be written, or taken away, to why."""
    readings = vault.readings()
    twins = find_twins(vault, readings, refused)
    ticks = plan_ticks(vault, readings, refused, twins)
    going = settle(vault, ticks, twins)
    ticked = {path: new for path, (_, new) in ticks.edits.items()}
    readings = [read_note(r.path, ticked[r.path], vault.rules) if r.path in ticked else r for r in readings]
    search = _without(vault.joined(readings) if ticked else vault.search, going)
    rewriter = Rewriter(vault, search, ticks)
    fresh, results = _rewrite(rewriter, readings, ticked, refused)
    stuck = [twin.path for twin in going if not is_settled(ticks, twin, fresh.get(twin.original))]
    if stuck:
        return _plan(vault, {**refused, **dict.fromkeys(stuck, "")})
    olds = {path: old for path, (old, _) in ticks.edits.items()}
    sources, blocks = _in_order(vault, olds, ticked, fresh)
    merged = {change.path: change for change in sources}
    for change in blocks:
        merged[change.path] = Change(change.path, olds.get(change.path, change.old), change.new)
    troubles = [*ticks.problems, *rewriter.problems, *_not_removed(vault, refused)]
    about = [*vault.copy_problems, *template_problems(vault), *ignored_debriefs(vault)]
    summary = Summary(
        blocks=tuple(results),
        carried=tuple(ticks.carried),
        changes=tuple(merged.values()),
        problems=_sorted([*search.problems, *troubles, *about]),
        troubles=_sorted(troubles),
        absorbed=tuple(Absorbed(twin.path, twin.original, twin.data) for twin in going),
    )
    left = tuple(twin for twin in going if twin.path in ticks.strays)
    return _Plan(summary, sources, blocks, tuple(twin for twin in going if twin not in left), left)


def _rewrite(
    rewriter: Rewriter, readings: Sequence[Reading], ticked: Mapping[str, bytes], refused: Mapping[str, str]
) -> tuple[dict[str, bytes], list[BlockResult]]:
    """Return the notes whose blocks change, as they are to be, and what becomes of each block."""
    fresh: dict[str, bytes] = {}
    results: list[BlockResult] = []
    for reading in readings:
        data = ticked.get(reading.path) or rewriter.vault.notes.data_of(reading.path)
        if reading.blocks and data is not None:
            new, found = rewriter.rewrite(reading.path, data, refused.get(reading.path, ""))
            results += found
            if new != data:
                fresh[reading.path] = new
    return fresh, results


def _in_order(
    vault: Vault, olds: Mapping[str, bytes], ticked: Mapping[str, bytes], fresh: Mapping[str, bytes]
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """Return what is written to the sources of ticks, and then to blocks.

    A source with a block of its own is written twice where there are more sources: the block may hold ticks of theirs.
    """
    at_once = {path: new for path, new in fresh.items() if len(olds) == 1 and path in olds}
    sources = tuple(Change(path, old, at_once.get(path, ticked[path])) for path, old in olds.items())
    blocks = []
    for path, new in fresh.items():
        old = ticked.get(path) or vault.notes.data_of(path)
        if path not in at_once and old is not None:
            blocks.append(Change(path, old, new))
    return sources, tuple(blocks)


def _without(search: Search, going: Sequence[Twin]) -> Search:
    """Return the search as it is once some conflict copies are gone."""
    gone = {twin.path for twin in going}
    return replace(search, copies=tuple(c for c in search.copies if c.path not in gone)) if gone else search


def _not_removed(vault: Vault, refused: Mapping[str, str]) -> list[Problem]:
    """Say which conflict copies would have been absorbed, and could not be taken away."""
    said = ((path, refused[path]) for path in vault.notes.copies if refused.get(path))
    return [vault.words.problem("not-written", path, None, why=why.rstrip(".")) for path, why in said]


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.path, p.line or 0, p.code, p.quote)))
