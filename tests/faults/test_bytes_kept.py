"""What is odd in a note's bytes outlives every kind of edit (row 6), and what cannot be edited safely is not (row 7)."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from jobvault.notes.edits.block import replace_block
from jobvault.notes.edits.items import add_item
from jobvault.notes.edits.properties.edit import remove_property, set_property
from jobvault.notes.edits.task import set_task
from jobvault.notes.note import Note, encode, parse_note
from tests.cli import conftest
from tests.cli.conftest import Program
from tests.notes.written import PATH, WORDS
from tests.small_vault import SmallVault, make_vault

program = conftest.program

FRONT = """---
type: debrief
company: Acme   # who
felt: 3
tags: [a, b]
date: 2026-11-20
---
"""
BODY = """ODD

## Takeaways

- Draw first ODD

## Follow-ups

- [ ] Send the CV, due 2026-11-27
ODD

<!-- jobvault:begin takeaways -->

- old

<!-- jobvault:end -->

ODD
"""

ODDITIES: dict[str, bytes] = {
    "plain": b"plain",
    "NUL": b"nul \x00 here",
    "U+2028": "one\u2028two\u2029three\x85four".encode(),
    "form feed": b"a\x0bb\x0cc\x1cd\x1ee",
    "latin-1": b"caf\xe9 \xff\xfe",
    "half a character": b"\xf0\x9f",
    "an encoded surrogate": b"\xed\xa0\x80",
    "BOM in the middle": b"a\xef\xbb\xbfb",
    "escape": b"\x1b[31m\x7f",
    "trailing blanks": b"a  \t ",
}
LINE_ENDS = {"LF": b"\n", "CRLF": b"\r\n", "CR": b"\r"}

Edit = Callable[[Note], Note]
EDITS: dict[str, tuple[Edit, str, str]] = {
    "set": (lambda note: set_property(note, "felt", 4, WORDS), "felt: 3\n", "felt: 4\n"),
    "set with a comment": (lambda note: set_property(note, "company", "Birch", WORDS), "Acme   # who", "Birch   # who"),
    "insert": (lambda note: set_property(note, "role", "SRE", WORDS), "2026-11-20\n---", "2026-11-20\nrole: SRE\n---"),
    "append": (lambda note: set_property(note, "tags", ["a", "b", "c"], WORDS), "[a, b]", "[a, b, c]"),
    "unset": (lambda note: remove_property(note, "felt"), "felt: 3\n", ""),
    "tick": (
        lambda note: set_task(note, _line(note, "- [ ] Send"), "x", dt.date(2026, 11, 25)),
        "- [ ] Send the CV, due 2026-11-27\n", "- [x] Send the CV, due 2026-11-27 ✅ 2026-11-25\n",
    ),
    "add an item": (lambda note: add_item(note, "takeaways", ["Talk"], WORDS), "\n\n## Follow-ups", "\n- Talk\n\n## Follow-ups"),
    "rewrite a block": (
        lambda note: replace_block(note, note.blocks[0], ["- new"], "<!-- jobvault:end v1 2026-11-25 aaaaa -->"),
        "- old\n\n<!-- jobvault:end -->", "- new\n\n<!-- jobvault:end v1 2026-11-25 aaaaa -->",
    ),
}  # fmt: skip


def _line(note: Note, start: str) -> int:
    return next(number for number, line in enumerate(note.lines, 1) if line.startswith(start))


def made(text: str, odd: bytes, newline: bytes, *, bom: bool = False, final: bool = True) -> bytes:
    """Make a note's bytes: of any line ends, with or without BOM and final newline."""
    data = text.encode().replace(b"\n", newline).replace(b"ODD", odd)
    data = data if final else data.removesuffix(newline)
    return b"\xef\xbb\xbf" + data if bom else data


@pytest.mark.parametrize("newline", LINE_ENDS)
@pytest.mark.parametrize("odd", ODDITIES)
@pytest.mark.parametrize("edit", EDITS)
def test_odd_bytes_outlive_every_edit(edit: str, odd: str, newline: str) -> None:
    """Row 6: the result is, byte for byte, the note with that one change written into it by hand."""
    change, old, new = EDITS[edit]
    for bom in (False, True):
        for final in (False, True):
            text = FRONT + BODY
            assert text.count(old) == 1
            before = made(text, ODDITIES[odd], LINE_ENDS[newline], bom=bom, final=final)
            wanted = made(text.replace(old, new), ODDITIES[odd], LINE_ENDS[newline], bom=bom, final=final)
            assert encode(change(parse_note(PATH, before)).text) == wanted


@pytest.mark.parametrize("odd", ODDITIES)
def test_odd_bytes_outlive_front_matter_that_comes_and_goes(odd: str) -> None:
    for newline in LINE_ENDS.values():
        for bom in (False, True):
            before = made("ODD\n", ODDITIES[odd], newline, bom=bom, final=False)
            if newline not in before:
                newline = b"\n"  # noqa: PLW2901 - a note of one line has no line ends of its own
            note = set_property(parse_note(PATH, before), "felt", 4, WORDS)
            assert encode(note.text) == made(
                "---\nfelt: 4\n---\nODD\n", ODDITIES[odd], newline, bom=bom, final=False
            ).replace(newline + ODDITIES[odd], b"\n" + ODDITIES[odd])
            assert encode(remove_property(note, "felt").text) == before


# --- through the real program -----------------------------------------------------------------------------------------

CALLS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "set": (("set", PATH, "felt", "4"), "felt: 3\n", "felt: 4\n"),
    "append": (("set", PATH, "tags", "c", "--append"), "[a, b]", "[a, b, c]"),
    "unset": (("set", PATH, "felt", "--unset"), "felt: 3\n", ""),
    "done": (("done", "CV"), EDITS["tick"][1], EDITS["tick"][2]),
    "add": (("add", "Acme", "--takeaway", "Talk"), "\n\n## Follow-ups", "\n- Talk\n\n## Follow-ups"),
}


@pytest.mark.parametrize(("call", "newline"), list(zip(CALLS, ["LF", "CRLF", "CR", "CRLF", "LF"], strict=True)))
def test_odd_bytes_outlive_the_program(tmp_path: Path, call: str, newline: str) -> None:
    """Row 6, as a person runs it: all oddities in one note, whose block a run would rewrite is left out."""
    words, old, new = CALLS[call]
    odd = b" ".join(ODDITIES.values())
    text = FRONT + BODY.replace("<!-- jobvault:begin takeaways -->", "").replace("<!-- jobvault:end -->", "")
    before, wanted = (
        made(one, odd, LINE_ENDS[newline], bom=newline == "CRLF", final=False) for one in (text, text.replace(old, new))
    )
    vault = make_vault(tmp_path / "vault", {PATH: before})
    shown = vault.run(*words)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert (vault.root / PATH).read_bytes() == wanted


# --- row 7: what is not edited ----------------------------------------------------------------------------------------

UNSAFE: dict[str, tuple[bytes, int, str]] = {
    "duplicate key": (b"---\ntype: debrief\nfelt: 3\nFelt: 4\n---\nbody\n", 4, "stands twice, in the lines 3 and 4"),
    "alias": (b"---\ntype: debrief\nmine: &x 1\nfelt: *x\n---\nbody\n", 3, "share a value"),
    "flow mapping": (b"---\n{type: debrief, felt: 3}\n---\nbody\n", 2, "in braces"),
    "conflict in the front matter": (
        b"---\ntype: debrief\n<<<<<<< HEAD\nfelt: 3\n=======\nfelt: 4\n>>>>>>> other\n---\nbody\n", 3, "",
    ),
    "conflict in the body": (
        b"---\ntype: debrief\nfelt: 3\n---\n<<<<<<< HEAD\n- a\n=======\n- b\n>>>>>>> other\n", 5, "conflict",
    ),
    "undecodable": (b"---\ntype: debrief\nrole: caf\xe9\nfelt: 3\n---\nbody\n", 3, "no UTF-8"),
    "no end": (b"---\ntype: debrief\nfelt: 3\n\nbody\n", 1, "never ends"),
    "a quote that never ends": (b"---\ntype: debrief\nrole: 'open\nfelt: 3\n---\nbody\n", 3, "cannot be read"),
    "a bracket that never ends": (b"---\ntype: debrief\ntags: [a\nfelt: 3\n---\nbody\n", 3, "cannot be read"),
    "template": (b"---\ntype: debrief\ndate: {{date}}\nfelt: 3\n---\nbody\n", 1, "template"),
    "no mapping": (b"---\n- type: debrief\n- felt: 3\n---\nbody\n", 2, "no properties"),
    "a tag": (b"---\ntype: debrief\nfelt: !!python/name:os.system 3\n---\nbody\n", 3, "tag"),
    "UTF-16": ("---\nfelt: 3\n---\n".encode("utf-16"), 1, "UTF-16"),
}  # fmt: skip
WAYS = (("felt", "5"), ("felt", "--unset"), ("tags", "x", "--append"))


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("unsafe", UNSAFE)
def test_what_cannot_be_edited_safely_is_refused_by_name_and_line(
    tmp_path: Path, program: Program, unsafe: str, newline: bytes
) -> None:
    """Row 7: exit 1, file and line, one sentence; bytes and times of every file as they were."""
    data, line, why = UNSAFE[unsafe]
    if unsafe != "UTF-16":
        data = data.replace(b"\n", newline)
    vault = make_vault(tmp_path / "vault", {PATH: data})
    before = vault.bytes()
    for words in WAYS:
        refused = program(vault, "set", PATH, *words)
        assert (refused.code, refused.out) == (1, "")
        assert refused.err.startswith(f"jobvault: {PATH}:{line}: "), refused.err
        assert why in refused.err
        assert refused.err.endswith("Nothing was written.\n")
        assert refused.err.count("\n") == 1
    assert vault.bytes() == before
    assert not list(vault.root.rglob(".*"))


@pytest.mark.parametrize("unsafe", ["duplicate key", "conflict in the body", "undecodable"])
def test_the_same_by_the_real_program_outside_of_any_vault(tmp_path: Path, unsafe: str) -> None:
    data, line, why = UNSAFE[unsafe]
    folder = SmallVault(tmp_path / "notes")
    folder.write("a.md", data)
    before = folder.bytes()
    from tests.small_vault import jobvault

    refused = jobvault("set", "a.md", "felt", "5", cwd=folder.root, environ={"JOBVAULT_DIR": ""})
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"jobvault: a.md:{line}: ")
    assert why in refused.stderr
    assert folder.bytes() == before
    assert os.listdir(folder.root) == ["a.md"]
