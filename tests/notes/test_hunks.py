"""Conflicts that git left in a note, and what becomes of them in a generated block."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.errors import RefusedError
from jobvault.notes.blocks import CONFLICT, end_marker, our_lines, same, users_lines
from jobvault.notes.edits.block import replace_block
from jobvault.notes.edits.task import set_task
from jobvault.notes.hunks import Hunk, find_hunks
from tests.notes.written import parsed

BEGIN, END = "<!-- jobvault:begin follow-ups -->", "<!-- jobvault:end -->"
DAY, LATER = date(2026, 11, 23), date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n", [Hunk((1, 3, 5))]),
        (
            "w\n<<<<<<< a\n=======\n>>>>>>> b\n\n<<<<<<< a\nx\n||||||| c\nz\n=======\n>>>>>>> b",
            [Hunk((2, 3, 4)), Hunk((6, 8, 10, 11))],
        ),
        ("<<<<<<< a\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n", [Hunk((2, 4, 6))]),
        ("<<<<<<< a\nx\n=======\n", []),
        (">>>>>>> a\nx\n=======\ny\n<<<<<<< b\n", []),
        ("", []),
    ],
)
def test_a_conflict_has_all_its_marks(text: str, expected: list[Hunk]) -> None:
    for ending in ("\n", "\r\n", "\r"):
        assert list(find_hunks(parsed(text.replace("\n", ending)).lines)) == expected


def test_the_sides_are_what_stands_between_the_marks() -> None:
    (hunk,) = find_hunks(parsed("<<<<<<< a\nx\n||||||| c\n=======\ny\nz\n>>>>>>> b\n").lines)
    assert (hunk.start, hunk.end, [list(side) for side in hunk.sides]) == (1, 7, [[2], [], [5, 6]])


# In a block


OURS, THEIRS = (
    ["- [ ] Call Dana · Acme", "- [ ] Send it · Acme"],
    ["- [ ] Call Dana · Acme", "- [ ] Write · Birch", "- [ ] Send it · Acme"],
)


def conflicted(ours: Sequence[str], theirs: Sequence[str], base: Sequence[str] | None = None) -> str:
    """Return a block with a conflict, as git leaves it where only the body's first and last blank line are common."""
    middle = [] if base is None else ["||||||| base", *base]
    sides = ["<<<<<<< HEAD", *ours, *middle, "=======", *theirs, ">>>>>>> theirs"]
    return "\n".join(["# Mine", "", BEGIN, "", *sides, "", "below", ""])


def side(body: Sequence[str], on: date, rendered: Sequence[str] | None = None) -> list[str]:
    return [*body, "", end_marker(rendered or body, on)]


@pytest.mark.parametrize("base", [None, side(OURS[:1], DAY)])
def test_a_conflict_with_an_end_comment_on_each_side_is_the_end_of_its_block(base: list[str] | None) -> None:
    note = parsed(conflicted(side(OURS, DAY), side(THEIRS, LATER), base))
    (block,) = note.blocks
    assert (note.block_findings, note.conflict_line) == ((), None)
    assert (block.begin, note.lines[block.end - 1]) == (3, ">>>>>>> theirs\n")
    assert [row.strip() for row in block.body if row.strip() not in {"", CONFLICT}] == [
        *OURS,
        *(base or [])[:1],
        *THEIRS,
    ]
    assert block.stamp
    assert block.stamp.as_of == LATER
    assert users_lines(block) == ()
    assert not same(block.body, OURS)
    new = replace_block(note, block, THEIRS, end_marker(THEIRS, LATER))
    assert new.text == "\n".join(["# Mine", "", BEGIN, "", *THEIRS, "", end_marker(THEIRS, LATER), "", "below", ""])


def test_the_users_words_on_both_sides_are_kept() -> None:
    ours = [OURS[0], "- mine on the laptop", OURS[1]]
    theirs = [*THEIRS, "", "Mine on the phone"]
    (block,) = parsed(conflicted(side(ours, DAY, OURS), side(theirs, LATER, THEIRS))).blocks
    assert users_lines(block) == ("- mine on the laptop", "", "Mine on the phone")


def test_in_bare_blocks_all_words_are_the_users_and_no_mark_of_git_is() -> None:
    (block,) = parsed(conflicted(["- a", END], ["- b", END])).blocks
    assert users_lines(block) == ("- a", "- b")
    assert block.stamp is None


def test_conflicts_in_the_body_and_in_the_end_comment_may_be_two() -> None:
    text = f"{BEGIN}\n\n<<<<<<< a\n- x\n=======\n- y\n>>>>>>> b\n\n<<<<<<< a\n{end_marker(['- x'], DAY)}\n=======\n{end_marker(['- y'], DAY)}\n>>>>>>> b\n"
    note = parsed(text)
    (block,) = note.blocks
    assert (block.end, note.conflict_line, users_lines(block)) == (13, None, ())


def test_other_tasks_of_such_a_note_can_be_ticked() -> None:
    note = parsed(conflicted(side(OURS, DAY), side(THEIRS, LATER)) + "\n- [ ] mine\n")
    assert set_task(note, len(note.lines), "x", None).lines[-1] == "- [x] mine\n"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ([*side(OURS, DAY), "", "words of mine"], side(THEIRS, DAY)),
        (side(OURS, DAY), [*side(THEIRS, DAY), "", "words of mine"]),
        (OURS, side(THEIRS, DAY)),
        (side(OURS, DAY), THEIRS),
        ([], side(THEIRS, DAY)),
        ([BEGIN, *side(OURS, DAY)], side(THEIRS, DAY)),
        ([*side(OURS, DAY), BEGIN, END], side(THEIRS, DAY)),
    ],
)
def test_a_conflict_that_reaches_out_of_its_block_is_the_users_to_resolve(ours: list[str], theirs: list[str]) -> None:
    note = parsed(conflicted(ours, theirs))
    assert note.conflict_line == 5
    for block in note.blocks:
        with pytest.raises(RefusedError):
            replace_block(note, block, ["- new"], END)


rows = st.lists(
    st.sampled_from(["- a", "- b", "", "mine", END, BEGIN, "<<<<<<< x", "=======", ">>>>>>> y", "||||||| z", "```"]),
    max_size=12,
)


@given(rows)
def test_each_conflict_is_inside_of_a_block_or_named(lines: list[str]) -> None:
    note = parsed("\n".join([BEGIN, *lines, END, *lines]))
    for hunk in find_hunks(note.lines):
        inside = any(block.begin < hunk.start and hunk.end <= block.end for block in note.blocks)
        assert inside or (note.conflict_line is not None and note.conflict_line <= hunk.start)
    for block in note.blocks if note.conflict_line is None else ():
        new = replace_block(note, block, ["- new"], END, users_lines(block)) if not _odd(users_lines(block)) else note
        assert new is note or new.conflict_line is None


def _odd(found: Sequence[str]) -> bool:
    """Whether words of the user's look like the marks of git or of a block, so that the block may be refused."""
    return any(
        line[:7] in {"<<<<<<<", "=======", ">>>>>>>", "|||||||"} or line.startswith(("```", "<!--")) for line in found
    )


def test_a_real_merge(tmp_path: Path) -> None:
    def git(*arguments: str) -> int:
        options = ["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "init.defaultBranch=main"]
        return subprocess.run(["git", *options, *arguments], cwd=tmp_path, capture_output=True, check=False).returncode

    def commit(body: Sequence[str], on: date) -> None:
        text = "\n".join(["# Mine", "", BEGIN, "", *body, "", end_marker(body, on), "", "below", ""])
        (tmp_path / "Note.md").write_text(text, encoding="utf-8")
        git("add", "-A")
        git("commit", "-m", "x")

    try:
        git("init")
    except FileNotFoundError:
        pytest.skip("no git")
    commit(["- [ ] old · Acme"], DAY)
    git("branch", "phone")
    commit(["- [ ] old · Acme", *OURS], DAY)
    git("checkout", "phone")
    commit([*THEIRS, "- [x] old · Acme"], LATER)
    assert git("merge", "main") == 1
    note = parsed((tmp_path / "Note.md").read_bytes())
    assert find_hunks(note.lines)
    assert note.conflict_line is None
    (block,) = note.blocks
    assert users_lines(block) == ()
    assert replace_block(note, block, THEIRS, END).lines[-1] == "below\n"


# Several conflicts in one block


def hunk(ours: Sequence[str], theirs: Sequence[str], base: Sequence[str] | None = None) -> list[str]:
    middle = [] if base is None else ["||||||| base", *base]
    return ["<<<<<<< HEAD", *ours, *middle, "=======", *theirs, ">>>>>>> theirs"]


@pytest.mark.parametrize("base", [None, ["- old"]])
def test_several_conflicts_in_a_block_leave_no_word_of_ours_behind(base: list[str] | None) -> None:
    ours, theirs = ["- a", "- both", "- c"], ["- x", "- y", "- both", "- z"]
    ends = [[end_marker(body, DAY)] for body in (ours, theirs, ["- old", "- both", "- old"])]
    body = [*hunk(ours[:1], theirs[:2], base), "- both", *hunk(ours[2:], theirs[3:], base), ""]
    text = "\n".join([BEGIN, "", *body, *hunk(ends[0], ends[1], ends[2] if base else None), "below", ""])
    (block,) = parsed(text).blocks
    assert users_lines(block) == ()
    with_words = (
        text.replace("- c\n", "- c\n- mine\n").replace("- z\n", "- z\n- yours\n").replace("- both\n", "- both\n\nus\n")
    )
    (block,) = parsed(with_words).blocks
    assert [line for line in users_lines(block) if line] == ["us", "- mine", "- yours"]


def test_where_only_ticks_differ_both_sides_share_an_end_comment_and_no_line_is_the_users() -> None:
    end = end_marker(["- [ ] a", "- [ ] b", "- [ ] c"], DAY)
    body = [*hunk(["- [x] a"], ["- [ ] a"]), "- [ ] b", *hunk(["- [ ] c"], ["- [x] c"])]
    (block,) = parsed("\n".join([BEGIN, *body, end, ""])).blocks
    assert users_lines(block) == ()
    assert len(our_lines(block)) == 5
