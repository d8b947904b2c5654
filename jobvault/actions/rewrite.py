"""Write the generated blocks of a note anew: planned here, written by ``summarize``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from jobvault.actions.carry import Place, Ticks, is_newer
from jobvault.errors import RefusedError, TemplateError
from jobvault.model import Problem
from jobvault.notes.blocks import NOT_CARRIED, Block, end_marker, same, users_lines
from jobvault.notes.edit import replace_block
from jobvault.notes.near import nearest
from jobvault.notes.note import Note, encode, parse_note
from jobvault.render.view import render_body
from jobvault.search.query import ARGUMENTS, Query, read_query
from jobvault.search.search import Search
from jobvault.views import answer, view_names

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

BlockState = Literal["unchanged", "written", "stale", "skipped"]


@dataclass(frozen=True, slots=True)
class BlockResult:
    """What became of one block. ``stale``: it is to be written, and was not (a dry run)."""

    path: str
    line: int
    view: str
    state: BlockState


@dataclass(slots=True)
class Rewriter:
    """Rewrites blocks as of one search; problems gather."""

    vault: Vault
    search: Search
    ticks: Ticks
    problems: list[Problem] = field(default_factory=list)

    def rewrite(self, path: str, data: bytes, refused: str = "") -> tuple[bytes, tuple[BlockResult, ...]]:
        """Return a note's bytes with its blocks up to date, and what became of each block.

        ``refused`` says why the note cannot be written; then its stale blocks are skipped.
        """
        old = parse_note(path, data)
        new, results = old, []
        for index, original in enumerate(old.blocks):  # in order, as what moves below one sets the level of the next
            state: BlockState = "skipped"
            if old.conflict_line is None:
                new, state = self._block(new, new.blocks[index], (path, original.begin))
            if refused and state == "stale":
                state = "skipped"
            results.append(BlockResult(path, original.begin, original.view, state))
        if refused and new is not old:
            self._trouble("not-written", path, None, why=refused.rstrip("."))
            new = old
        return encode(new.text), tuple(results)

    def _trouble(self, code: str, path: str, line: int | None, *, quote: str = "", **values: object) -> None:
        self.problems.append(self.vault.words.problem(code, path, line, quote=quote, **values))

    def _block(self, note: Note, block: Block, place: Place) -> tuple[Note, BlockState]:
        query = self._query(note, block, place[1])
        if query is None or place in self.ticks.held:
            return note, "skipped"
        vault = self.vault
        as_of = vault.today.for_block(block.stamp.as_of if block.stamp else None)
        face = replace(vault.face(source=note.path, level=block.level, today=as_of), names=self.search.names)
        answered = answer(block.view, self.search, query, as_of, vault.words)
        try:
            body = render_body(answered, face, vault.templates, _command(block))
        except TemplateError as error:
            self._trouble("template", note.path, place[1], what=str(error).rstrip("."))
            return note, "skipped"
        lost, theirs = self.ticks.lost.get(place, []), users_lines(block)
        if block.stamp is not None and not theirs and not lost and same(block.body, body):
            return note, "unchanged"
        below = [*_quoted(lost), *([""] if lost and theirs else []), *theirs]
        try:
            return replace_block(note, block, body, end_marker(body, as_of), below), "stale"
        except RefusedError as error:
            self._trouble("not-written", note.path, place[1], why=error.why.rstrip("."))
            return note, "skipped"

    def _query(self, note: Note, block: Block, line: int) -> Query | None:
        """Return a block's query, or None where it cannot be written; says why."""
        quote = note.lines[block.begin - 1].strip()
        if is_newer(block):
            self._trouble("block-newer", note.path, line)
            return None
        if block.view not in view_names():
            near = nearest(block.view, view_names(), slips=2) or ""
            known = ", ".join(view_names())
            self._trouble("block-view", note.path, line, quote=quote, value=block.view, near=near, known=known)
            return None
        query, wrong = read_query(block.arguments)
        if block.malformed:
            wrong = ((block.malformed, "expected name=value"), *wrong)
        if wrong:
            value, what = wrong[0]
            self._trouble(
                "block-argument", note.path, line, quote=quote, value=value, what=what, known=", ".join(ARGUMENTS)
            )
            return None
        return query


def _quoted(lost: Sequence[str]) -> list[str]:
    """Return lines that were not carried as one quote, a paragraph each."""
    quoted: list[str] = []
    for line in lost:
        quoted += [*([">"] if quoted else []), f"{NOT_CARRIED}{line}"]
    return quoted


def _command(block: Block) -> str:
    """Return the command that shows all of a block's view."""
    values = [f"--{key} {_shell(value)}" for key, value in block.arguments.items() if key != "limit"]
    return " ".join(["jobvault show", block.view, *values])


def _shell(value: str) -> str:
    return f'"{value}"' if " " in value else value
