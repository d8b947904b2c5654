"""Write the generated blocks of a note anew: planned here, written by ``summarize``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from jobvault.actions.carry import Place, Ticks, is_newer
from jobvault.actions.vault_templates import template_problem
from jobvault.errors import RefusedError, TemplateError
from jobvault.model import Problem
from jobvault.notes.blocks import NOT_CARRIED, Block, end_marker, same, users_lines
from jobvault.notes.edits.block import replace_block
from jobvault.notes.inline import strip_comments
from jobvault.notes.near import nearest
from jobvault.notes.note import Note, encode, parse_note
from jobvault.render.ticks import stray_boxes
from jobvault.render.view import render_body, view_template
from jobvault.search.query import ARGUMENTS, Query, read_query
from jobvault.search.search import Search
from jobvault.views import answer, view_names

if TYPE_CHECKING:
    from jobvault.actions.vault import Vault

BlockState = Literal["unchanged", "written", "stale", "skipped"]

_NOT_READ = re.compile(r"\\.|(`+)(?!`).*?(?<!`)\1(?!`)")
"""What stands behind a backslash, or in a code span."""


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
            self._broken(error, place)
            return note, "skipped"
        lost, theirs = self.ticks.lost.get(place, []), users_lines(block)
        if block.stamp is not None and not theirs and not lost and same(block.body, body):
            return note, "unchanged"
        below = [*_quoted(lost, self.vault.words.text("not-carried")), *([""] if lost and theirs else []), *theirs]
        try:
            new = replace_block(note, block, body, end_marker(body, as_of), below)
        except RefusedError as error:
            self._refused(block, place, error.why.rstrip("."))
            return note, "skipped"
        if self._spoils(new, new.blocks[note.blocks.index(block)]):
            return note, "skipped"
        return new, "stale"

    def _broken(self, error: TemplateError, place: Place) -> None:
        """Say what is wrong with a template: in its own file where it is the vault's."""
        if error.own:
            self.problems.append(template_problem(self.vault.words, error))
        else:
            self._trouble("block-failed", *place, what=str(error).rstrip("."))

    def _refused(self, block: Block, place: Place, why: str) -> None:
        """Say why a block could not be put into its note; where a template of the vault made it, that is to blame."""
        own = self.vault.templates.own(view_template(block.view))
        if own:
            self._broken(TemplateError(own, None, why, own=True), place)
        else:
            self._trouble("not-written", *place, why=why)

    def _spoils(self, note: Note, block: Block) -> bool:
        """Whether a template of the vault writes what would do harm in the note, now that it is in it; says so."""
        own = self.vault.templates.own(view_template(block.view))
        words, search = self.vault.words, self.search
        if not own:
            return False
        marker = any(block.begin < finding.line < block.end for finding in note.block_findings)
        why = "template-own.marker" if marker else "template-own.comment" if _opens_comment(note, block) else ""
        stray = stray_boxes(note, block, search.follow_ups, search.names, words)
        if why:
            self._broken(TemplateError(own, None, words.text(why), own=True), (note.path, block.begin))
        elif stray:
            self.problems.append(words.problem("template-box", own, None, value=stray[0]))
        return bool(why or stray)

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
            wrong = ((block.malformed, "form"), *wrong)
        if wrong:
            value, why = wrong[0]
            what = self.vault.words.text(f"argument.{why}")
            self._trouble(
                "block-argument", note.path, line, quote=quote, value=value, what=what, known=", ".join(ARGUMENTS)
            )
            return None
        return query


def _opens_comment(note: Note, block: Block) -> bool:
    """Whether a block begins one of Obsidian's comments that does not end in the same paragraph or comment."""
    for element in note.elements:
        if block.begin < element.line < block.end and element.kind != "code":
            shown = _NOT_READ.sub("", strip_comments(element.text))
            if (element.kind == "comment" and not element.closed) or (element.kind != "comment" and "%%" in shown):
                return True
    return False


def _quoted(lost: Sequence[str], why: str) -> list[str]:
    """Return lines that were not carried as one quote, a paragraph each."""
    quoted: list[str] = []
    for line in lost:
        quoted += [*([">"] if quoted else []), f"{NOT_CARRIED}{why}: {line}"]
    return quoted


def _command(block: Block) -> str:
    """Return the command that shows all of a block's view."""
    values = [f"--{key} {_shell(value)}" for key, value in block.arguments.items() if key != "limit"]
    return " ".join(["jobvault show", block.view, *values])


def _shell(value: str) -> str:
    return f'"{value}"' if " " in value else value
