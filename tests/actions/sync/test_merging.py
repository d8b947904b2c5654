"""What git's merge driver is given: versions of a note that differ only where a person wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.actions.sync.merging import make_blocks_equal, with_equal_blocks
from jobvault.actions.vault import load_words
from jobvault.errors import JobvaultError
from jobvault.notes.note import parse_note
from tests.small_vault import SmallVault, block, debrief, make_vault

WORDS = load_words()
LIST = "Summaries/Follow-ups.md"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    """A vault with a summary that is up to date."""
    vault = make_vault(
        tmp_path / "vault", {LIST: f"# Mine\n\n{block('follow-ups')}\nbelow\n", "a.md": _owes("Acme", "20")}
    )
    vault.summarize()
    return vault


def _owes(company: str, day: str) -> str:
    return debrief(company, f"2026-11-{day}", follow_ups=f"- [ ] Write to {company} 📅 2026-11-27\n")


def versions(vault: SmallVault) -> tuple[bytes, bytes, bytes]:
    """Return a base, and two sides that both saw another debrief."""
    found = [vault.read(LIST)]
    for company in ("Birch", "Corvo"):
        vault.write("b.md", _owes(company, "21"))
        vault.summarize()
        found.append(vault.read(LIST))
    base, ours, theirs = (text.encode() for text in found)
    return base, ours, theirs


def test_blocks_become_equal_and_the_rest_stays(vault: SmallVault) -> None:
    base, ours, theirs = versions(vault)
    theirs = theirs.replace(b"below", b"below, theirs").replace(b"# Mine", b"# Theirs")
    new = with_equal_blocks(base, ours, theirs, WORDS)
    bodies = [parse_note("", data).blocks[0].body for data in new]
    assert bodies[0] == bodies[1] == bodies[2] == parse_note("", ours).blocks[0].body
    assert new[1] == ours
    assert new[2] == ours.replace(b"below", b"below, theirs").replace(b"# Mine", b"# Theirs")


def test_the_side_that_a_person_touched_is_taken(vault: SmallVault) -> None:
    base, ours, theirs = versions(vault)
    ticked = theirs.replace(b"- [ ] Write to Corvo", b"- [x] Write to Corvo")
    assert with_equal_blocks(base, ours, ticked, WORDS) == (ticked, ticked, ticked)
    assert with_equal_blocks(base, ticked, ours, WORDS) == (ticked, ticked, ticked)
    wrote = ours.replace(b"- [ ] Write to Birch", b"- mine\n- [ ] Write to Birch")
    assert with_equal_blocks(base, wrote, theirs, WORDS) == (wrote, wrote, wrote)
    new = with_equal_blocks(base, wrote, ticked, WORDS)
    assert new[1:] == (wrote, ticked), "touched on both sides: for git to show"


def test_a_tick_that_was_carried_is_no_touch(vault: SmallVault) -> None:
    vault.edit(LIST, "- [ ] Write to Acme", "- [x] Write to Acme")
    vault.summarize()
    assert "- [x] Write to Acme" in vault.read(LIST)
    base, ours, theirs = versions(vault)
    assert with_equal_blocks(base, ours, theirs, WORDS) == (ours, ours, ours)


def test_of_two_untouched_ones_the_later_is_taken(vault: SmallVault) -> None:
    base, ours, theirs = versions(vault)
    later = theirs.replace(b"end v1 2026-11-25", b"end v1 2026-11-26")
    assert later != theirs
    assert with_equal_blocks(base, ours, later, WORDS) == (later, later, later)
    newer = theirs.replace(b"end v1 2026", b"end v2 2026")
    assert with_equal_blocks(base, newer, later, WORDS) == (newer, newer, newer)


def test_where_the_sides_hold_other_blocks_nothing_changes(vault: SmallVault) -> None:
    base, ours, theirs = versions(vault)
    for other in (
        theirs.replace(b"begin follow-ups", b'begin follow-ups company="Acme"'),
        theirs.replace(b"begin follow-ups", b"begin takeaways"),
        theirs + block("people").encode(),
        theirs.replace(b"jobvault:end", b"jobvault:ende"),
        b"<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n" + theirs,
        b"no block\n",
        b"",
    ):
        assert with_equal_blocks(base, ours, other, WORDS) == (base, ours, other)


def test_a_base_without_the_block_stays(vault: SmallVault) -> None:
    _, ours, theirs = versions(vault)
    assert with_equal_blocks(b"", ours, theirs, WORDS) == (b"", ours, ours)


ROWS = st.lists(
    st.sampled_from(["- [ ] a", "- [x] b · done", "mine", "", "<!-- jobvault:end v1 2026-11-25 x -->", "```", "# h"]),
    max_size=6,
)


@given(ROWS, ROWS, ROWS)
def test_outside_of_blocks_no_byte_changes(base: list[str], ours: list[str], theirs: list[str]) -> None:
    def note(rows: list[str], name: str) -> bytes:
        begin, end = "<!-- jobvault:begin follow-ups -->", "<!-- jobvault:end -->"
        return "\n".join([f"above {name}", "", begin, "", *rows, end, "", f"below {name}", *rows[:1], ""]).encode()

    old = note(base, "base"), note(ours, "ours"), note(theirs, "theirs")
    new = with_equal_blocks(*old, WORDS)
    for before, after in zip(old, new, strict=True):
        assert _outside(before) == _outside(after)


def _outside(data: bytes) -> list[str]:
    note = parse_note("", data)
    inside = {number for block in note.blocks for number in range(block.begin + 1, block.end + 1)}
    return [line for number, line in enumerate(note.lines, 1) if number not in inside]


def test_git_s_files_are_replaced_whole_or_not_at_all(vault: SmallVault, tmp_path: Path) -> None:
    files = [tmp_path / name for name in (".merge_file_O", ".merge_file_A", ".merge_file_B")]
    old = versions(vault)
    for file, data in zip(files, old, strict=True):
        file.write_bytes(data)
    make_blocks_equal(*files, WORDS)
    assert tuple(file.read_bytes() for file in files) == with_equal_blocks(*old, WORDS)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == sorted(file.name for file in files)
    files[2].unlink()
    with pytest.raises(OSError, match="No such file"):
        make_blocks_equal(*files, WORDS)


def test_summarize_after_a_merge_says_why_it_does_not(vault: SmallVault) -> None:
    from jobvault.actions.sync.merging import summarize_after_merge

    git = vault.root / ".git"
    git.mkdir()
    (git / "MERGE_HEAD").touch()
    vault.write("b.md", _owes("Birch", "21"))
    assert [change.path for change in summarize_after_merge(vault.open()).changes] == [LIST]
    (git / "CHERRY_PICK_HEAD").touch()
    with pytest.raises(JobvaultError, match=r"a git cherry-pick is open there, so no summary was written\. Run"):
        summarize_after_merge(vault.open())
