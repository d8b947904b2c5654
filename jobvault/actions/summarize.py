"""Bring every generated block up to date: first carry what was ticked in blocks to its source, then write them anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from jobvault.errors import ChangedError, JobvaultError, RefusedError, TemplateError
from jobvault.model import Problem, Status
from jobvault.notes.blocks import VERSION, Block, end_marker, same, users_lines
from jobvault.notes.edit import replace_block
from jobvault.notes.near import nearest
from jobvault.notes.note import Note, encode, parse_note
from jobvault.notes.reading import Reading, read_note
from jobvault.render.ticks import CHARACTER, Act, BoxLine, find_acts, read_boxes
from jobvault.render.view import render_body
from jobvault.search.query import ARGUMENTS, Query, read_query
from jobvault.search.search import Search
from jobvault.views import view_names

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

BlockState = Literal["unchanged", "written", "stale", "skipped"]
_TRIES = 3


@dataclass(frozen=True, slots=True)
class BlockResult:
    """What became of one block. ``stale`` stands for ``written`` where nothing was to be written (a dry run)."""

    path: str
    line: int
    view: str
    state: BlockState


@dataclass(frozen=True, slots=True)
class Carried:
    """A tick that was carried from a block to its source."""

    path: str
    line: int
    text: str
    status: Status
    on: dt.date | None


@dataclass(frozen=True, slots=True)
class Change:
    """A note's bytes before and after."""

    path: str
    old: bytes
    new: bytes


@dataclass(frozen=True, slots=True)
class Summary:
    """What one run did, or would do. ``problems`` are all of the vault's, with those of the run itself."""

    blocks: tuple[BlockResult, ...]
    carried: tuple[Carried, ...]
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]

    @property
    def stale(self) -> bool:
        """Whether anything was, or is to be, written."""
        return bool(self.changes)


@dataclass(slots=True)
class _Run:
    """One run's state: notes as they will be, what was done, what went wrong."""

    vault: Vault
    dry: bool
    overlay: dict[str, bytes] = field(default_factory=dict)
    olds: dict[str, bytes] = field(default_factory=dict)
    carried: list[Carried] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    held: set[tuple[str, int]] = field(default_factory=set)
    """Blocks (path, begin line) that stay as they are, since a tick in them could not be written now."""
    lost: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    """(path, block's begin line) → lines that were not carried."""


def summarize(vault: Vault, *, dry_run: bool = False) -> Summary:
    """Carry ticks, then write every block whose body changed. Nothing is created; equal bytes are not written.

    A note that changes while it is worked on is read again, a few times. Raises ``JobvaultError`` where another
    jobvault holds the vault's lock for too long.
    """
    from jobvault.actions.changes import writing

    vault.refresh()
    if dry_run or not _anything(vault):
        return _once(vault, dry=True) if dry_run else _none(vault)
    preview = _once(vault, dry=True)
    if not preview.changes:
        return preview
    with writing(vault):
        for attempt in range(_TRIES):
            vault.refresh()
            try:
                return _once(vault, dry=False)
            except ChangedError:
                if attempt == _TRIES - 1:
                    raise
    raise AssertionError


def _anything(vault: Vault) -> bool:
    return any(reading.blocks for reading in vault.readings())


def _none(vault: Vault) -> Summary:
    return Summary((), (), (), vault.problems)


def _once(vault: Vault, *, dry: bool) -> Summary:
    run = _Run(vault, dry)
    readings = list(vault.readings())
    _carry(run, readings)
    if run.overlay:
        readings = [
            read_note(r.path, run.overlay[r.path], vault.rules) if r.path in run.overlay else r for r in readings
        ]
    search = vault.joined(readings) if run.overlay else vault.search
    blocks = [result for reading in readings if reading.blocks for result in _write_blocks(run, reading, search)]
    copies = [problem for problem in vault.problems if problem.code == "conflict-copy"]
    if not dry:
        vault.refresh()
    return Summary(
        blocks=tuple(blocks),
        carried=tuple(run.carried),
        changes=tuple(Change(path, run.olds[path], new) for path, new in sorted(run.overlay.items())),
        problems=tuple(sorted([*search.problems, *copies, *run.problems], key=lambda p: (p.path, p.line or 0, p.code))),
    )


# --- ticks ----------------------------------------------------------------------------------------------------------


def _carry(run: _Run, readings: Sequence[Reading]) -> None:
    """Carry what was ticked: to the sources that can be written, edited one note at a time."""
    vault = run.vault
    boxes: list[list[BoxLine]] = []
    begins: dict[tuple[str, int], int] = {}
    for reading in readings:
        for block in reading.blocks:
            if _newer(block):
                continue
            lines = list(read_boxes(reading.path, block, vault.search.names, vault.words))
            begins.update({(reading.path, line.line): block.begin for line in lines})
            if any(line.acted for line in lines):
                boxes.append(lines)
    if not boxes:
        return
    found = find_acts(boxes, vault.search.follow_ups, vault.words)
    for line in found.lost:
        _not_carried(run, line, begins, vault.words.text("not-found"))
    by_path: dict[str, list[Act]] = {}
    for act in found.acts:
        by_path.setdefault(act.source.path, []).append(act)
    for path, acts in by_path.items():
        _carry_into(run, path, acts, begins)


def _carry_into(run: _Run, path: str, acts: Sequence[Act], begins: dict[tuple[str, int], int]) -> None:
    from jobvault.notes.edit import set_task

    result = run.vault.reader(run.vault.root, path)
    if result.data is None:
        return _hold(run, path, acts, begins, "the note cannot be read.")
    note = parse_note(path, result.data)
    reading = read_note(path, result.data, run.vault.rules)
    still = {(item.id, item.line): item.status for item in reading.follow_ups}
    done: list[Carried] = []
    for act in acts:
        if still.get((act.source.id, act.source.line)) != act.source.status:
            return _hold(run, path, acts, begins, "the note is being changed.")
        try:
            note = set_task(note, act.source.line, CHARACTER[act.status], act.on, run.vault.words.vocabulary.due)
        except RefusedError as error:
            if note.conflict_line is not None:
                return _hold(run, path, acts, begins, error.why)
            for line in act.lines:
                _not_carried(run, line, begins, error.why)
            continue
        done.append(Carried(path, act.source.line, act.source.text, act.status, act.on))
    if done and _put(run, path, result.data, encode(note.text), acts, begins):
        run.carried += done
    return None


def _put(
    run: _Run, path: str, old: bytes, new: bytes, acts: Sequence[Act], begins: dict[tuple[str, int], int]
) -> bool:
    try:
        _write(run, path, old, new, "a tick in a generated block")
    except ChangedError:
        raise
    except RefusedError as error:
        _hold(run, path, acts, begins, error.why)
        return False
    return True


def _hold(run: _Run, path: str, acts: Sequence[Act], begins: dict[tuple[str, int], int], why: str) -> None:
    """Leave the blocks as they are whose ticks cannot be written now."""
    run.problems.append(run.vault.words.problem("not-carried", path, acts[0].source.line, quote=acts[0].source.text, why=why))
    for act in acts:
        for line in act.lines:
            run.held.add((line.note, begins[line.note, line.line]))


def _not_carried(run: _Run, line: BoxLine, begins: dict[tuple[str, int], int], why: str) -> None:
    run.problems.append(run.vault.words.problem("not-carried", line.note, line.line, quote=line.raw.strip(), why=why))
    run.lost.setdefault((line.note, begins[line.note, line.line]), []).append(line.raw.strip())


# --- blocks ---------------------------------------------------------------------------------------------------------


def _write_blocks(run: _Run, reading: Reading, search: Search) -> Iterator[BlockResult]:
    """Write the blocks of one note: the last first, so that the lines of the others stay."""
    data = run.overlay.get(reading.path) or run.vault.data_of(reading.path)
    if data is None:
        return
    note = parse_note(reading.path, data)
    if note.conflict_line is not None:
        yield from (BlockResult(reading.path, block.begin, block.view, "skipped") for block in note.blocks)
        return
    new, results = note, []
    for block in reversed(note.blocks):
        new, state = _write_block(run, new, block, search)
        results.append(BlockResult(reading.path, block.begin, block.view, state))
    if new is not note:
        try:
            _write(run, reading.path, data, encode(new.text), "generated blocks")
        except ChangedError:
            raise
        except RefusedError as error:
            run.problems.append(run.vault.words.problem("not-written", reading.path, error.line, why=error.why))
            results = [replace(r, state="skipped") if r.state == "written" else r for r in results]
    yield from reversed(results)


def _write_block(run: _Run, note: Note, block: Block, search: Search) -> tuple[Note, BlockState]:
    query = _checked(run, note, block)
    if query is None or (note.path, block.begin) in run.held:
        return note, "skipped"
    vault = run.vault
    as_of = vault.today.for_block(block.stamp.as_of if block.stamp else None)
    face = replace(vault.face(source=note.path, level=block.level or 1, today=as_of), names=search.names)
    try:
        body = render_body(_answer(vault, block.view, query, as_of, search), face, vault.templates, _command(block))
    except TemplateError as error:
        run.problems.append(vault.words.problem("template", note.path, block.begin, what=str(error)))
        return note, "skipped"
    theirs = list(users_lines(block))
    lost = run.lost.get((note.path, block.begin), [])
    theirs = [line for line in theirs if line.strip() not in lost]
    if block.stamp is not None and not theirs and not lost and same(block.body, body):
        return note, "unchanged"
    below = [*_quoted(lost), *([""] if lost and theirs else []), *theirs]
    try:
        return replace_block(note, block, body, end_marker(body, as_of), below), "stale" if run.dry else "written"
    except RefusedError as error:
        run.problems.append(vault.words.problem("not-written", note.path, block.begin, why=error.why))
        return note, "skipped"


def _answer(vault: Vault, view: str, query: Query, today: dt.date, search: Search):  # type: ignore[no-untyped-def]  # noqa: ANN202
    from jobvault.views import answer

    return answer(view, search, query, today, vault.words)


def _quoted(lost: Sequence[str]) -> list[str]:
    quoted: list[str] = []
    for line in lost:
        quoted += [*([">"] if quoted else []), f"> jobvault: not carried: {line}"]
    return quoted


def _newer(block: Block) -> bool:
    return block.stamp is not None and block.stamp.version > VERSION


def _checked(run: _Run, note: Note, block: Block) -> Query | None:
    """Return a block's query, or None where it cannot be written; says why."""
    words, known = run.vault.words, ", ".join(view_names())
    if _newer(block):
        run.problems.append(words.problem("block-newer", note.path, block.end))
        return None
    quote = note.lines[block.begin - 1].strip()
    if block.view not in view_names():
        near = nearest(block.view, view_names()) or ""
        run.problems.append(
            words.problem("block-view", note.path, block.begin, quote=quote, value=block.view, near=near, known=known)
        )
        return None
    query, wrong = read_query(block.arguments)
    wrong = wrong or (((block.malformed, "expected name=value"),) if block.malformed else ())
    if wrong:
        value, what = wrong[0]
        run.problems.append(
            words.problem(
                "block-argument", note.path, block.begin,
                quote=quote, value=value, what=what, known=", ".join(ARGUMENTS),
            )
        )  # fmt: skip
        return None
    return query


def _command(block: Block) -> str:
    """Return the command that shows all of a block's view."""
    values = [f"--{key} {_shell(value)}" for key, value in block.arguments.items() if key != "limit"]
    return " ".join(["jobvault show", block.view, *values])


def _shell(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _write(run: _Run, path: str, old: bytes, new: bytes, why: str) -> None:
    """Write a note's bytes, or only remember them in a dry run."""
    from jobvault.actions.changes import write

    if old == new:
        return
    if not run.dry:
        write(run.vault, path, old, new, why)
    run.olds.setdefault(path, old)
    run.overlay[path] = new


__all__ = ["BlockResult", "Carried", "Change", "JobvaultError", "Summary", "summarize"]
