"""Changes by command: which one is the last, what was taken back, and the ids that tell them apart."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from jobvault.vault.undo.commands import History, Rescued, read_history
from jobvault.vault.undo.journal import MEANWHILE, Record, UndoEntry, Undone

WHEN = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
A, B, C = "1" * 64, "2" * 64, "3" * 64


def change(
    command: str,
    path: str = "a.md",
    old: str | None = A,
    new: str | None = B,
    *,
    by: str = "jobvault done x",
    undoes: str = "",
    derived: bool = False,
    rescued: bool = False,
    why: str = "why",
) -> UndoEntry:
    return UndoEntry(f"2026-{command}", WHEN, why, path, old, new, by, undoes and f"2026-{undoes}", derived, rescued)


def undo_of(command: str, other: str, path: str = "a.md", *, whole: bool = True) -> list[Record]:
    """What taking back a command leaves in the journal; where it was killed, not the last line."""
    entry = change(command, path, by="jobvault undo", undoes=other)
    return [entry, *([Undone(entry.command, WHEN, entry.by, entry.undoes)] if whole else [])]


def history(*records: Record | list[Record]) -> History:
    return read_history([one for part in records for one in (part if isinstance(part, list) else [part])])


def last(found: History) -> str | None:
    return found.last and found.last.command.removeprefix("2026-")


def test_nothing_is_nothing() -> None:
    assert history() == History((), ())
    assert history().last is None


def test_the_newest_comes_first_with_all_its_notes() -> None:
    found = history(change("aaa"), change("bbb"), change("aaa", "s.md", derived=True))
    assert [one.command for one in found.commands] == ["2026-bbb", "2026-aaa"]
    assert [(note.path, note.way, note.derived) for note in found.commands[1].notes] == [
        ("a.md", "changed", False),
        ("s.md", "changed", True),
    ]
    assert last(found) == "bbb"


@pytest.mark.parametrize(
    ("by", "counts"),
    [
        ("jobvault summarize", True),
        ("jobvault summarize --json", True),
        ("jobvault summarize --after-merge", False),
        ("jobvault watch", False),
        ("jobvault watch --poll", False),
        ("jobvault edit acme", False),
        ("", False),
    ],
)
def test_summaries_that_were_brought_up_to_date_by_the_way_are_not_the_last(by: str, counts: bool) -> None:
    found = history(change("aaa"), change("bbb", by=by, derived=True))
    assert last(found) == ("bbb" if counts else "aaa")
    assert [one.aside for one in found.commands] == [not counts, False]
    with_ticks = history(change("aaa"), change("bbb", by=by, derived=True), change("bbb", "d.md", by=by))
    assert last(with_ticks) == "bbb"


def test_again_goes_one_further_back() -> None:
    records: list[Record | list[Record]] = [change("aaa"), change("bbb")]
    records.append(undo_of("u1", "bbb"))
    assert last(history(*records)) == "aaa"
    records.append(undo_of("u2", "aaa"))
    assert last(history(*records)) is None
    records.append(undo_of("u3", "u2"))
    assert last(history(*records)) == "aaa"
    records.append(undo_of("u4", "u3"))
    assert last(history(*records)) is None
    records.append(change("ccc"))
    assert last(history(*records)) == "ccc"


def test_what_was_taken_back_by_half_is_still_the_last_and_says_what_is_back() -> None:
    two = [change("aaa"), change("aaa", "b.md"), change("aaa", "s.md", derived=True)]
    found = history(*two, undo_of("u1", "aaa", "b.md", whole=False))
    assert found.last is not None
    assert last(found) == "aaa"
    assert found.last.back == {"b.md"}
    summary = change("u1", "s.md", by="jobvault undo", undoes="aaa", derived=True)
    assert history(*two, summary).commands[-1].back == frozenset(), "made anew is not taken back"
    whole = history(*two, undo_of("u1", "aaa", "b.md", whole=False), undo_of("u2", "aaa"))
    assert whole.last is None
    assert whole.commands[-1].back == {"a.md", "b.md"}
    again = history(*two, undo_of("u1", "aaa", "b.md", whole=False), undo_of("u2", "aaa"), undo_of("u3", "u2"))
    assert again.last is not None
    assert again.last.back == {"b.md"}


def test_one_that_found_nothing_left_to_take_back_counts_though_it_wrote_nothing() -> None:
    found = history(change("aaa"), change("bbb"), Undone("2026-u1", WHEN, "jobvault undo", "2026-bbb"))
    assert last(found) == "aaa"
    assert [one.command for one in found.commands] == ["2026-bbb", "2026-aaa"]


@pytest.mark.parametrize(
    ("changes", "way"),
    [
        ([(None, A)], "made"),
        ([(None, A), (A, B)], "made"),
        ([(A, None)], "removed"),
        ([(A, B), (B, None)], "removed"),
        ([(A, None), (None, B)], "changed"),
        ([(None, A), (A, None)], "changed"),
    ],
)
def test_what_became_of_a_note(changes: list[tuple[str | None, str | None]], way: str) -> None:
    [one] = history(*(change("aaa", old=old, new=new) for old, new in changes)).commands
    assert [note.way for note in one.notes] == [way]


def test_bytes_that_were_put_aside_are_no_command() -> None:
    found = history(change("aaa"), change("aaa", old=C, new=None, why=MEANWHILE, rescued=True))
    assert [entry.path for entry in found.commands[0].entries] == ["a.md"]
    assert [(one.short, one.entry.old) for one in found.rescued] == [("3333", C)]
    alone = history(change("bbb", old=C, why=MEANWHILE, rescued=True))
    assert alone.commands == ()
    assert alone.last is None
    assert len(alone.rescued) == 1


def test_ids_are_as_short_as_tells_them_apart() -> None:
    found = history(change("abcd1"), change("abcd2"), change("ffff0"), change("x", old="abd" + A[3:], rescued=True))
    assert {one.short for one in (*found.commands, *found.rescued)} == {"abcd1", "abcd2", "ffff", f"abd{A[3]}"}
    assert [one.short for one in found.named("abcd1")] == ["abcd1"]
    assert [one.short for one in found.named("FF")] == ["ffff"]
    assert [one.short for one in found.named("2026-abcd1")] == ["abcd1"]
    assert len(found.named("ab")) == 3
    assert any(isinstance(one, Rescued) for one in found.named("ab"))
    assert found.named("") == found.named("zzz") == []
