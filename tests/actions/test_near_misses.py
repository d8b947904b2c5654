"""What a tired person types otherwise than meant is either read or named; nothing is silent."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from jobvault.errors import UsageError
from tests.small_vault import TODAY, SmallVault, block, debrief, make_vault

ACME = "Debriefs/2026-11-24 Acme panel.md"


def vault_of(tmp_path: Path, text: str) -> SmallVault:
    return make_vault(tmp_path, {ACME: text})


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("- Call due Friday", "date-not-read"),
        ("- [ ] Call, due tomorrow", "date-not-read"),
        ("- [ ] Send it, due 28 Nov", "date-not-read"),
        ("- [ ] Send it due 25.11.2026", "date-not-read"),
        ("- Send it by 2026-11-28", "date-not-read"),
        ("- [ ] Send it 📅 tomorrow", "date-not-read"),
        ("- [ ] Send it 📅 2026-11-28 to Dana", "date-not-at-end"),
        ("- [] Send it", "near-box"),
        ("- [ ]Send it", "near-box"),
    ],
)
def test_a_date_or_box_that_is_not_read_is_named(tmp_path: Path, line: str, code: str) -> None:
    found = vault_of(tmp_path, debrief(follow_ups=f"{line}\n")).open()
    assert [(p.code, p.path) for p in found.problems] == [(code, ACME)]
    assert found.problems[0].line is not None


@pytest.mark.parametrize(
    "line",
    ["- Decide by Friday what to ask", "- [ ] Send it, due 2026-11-28", "- Ask on Monday", "- The due date slipped"],
)
def test_ordinary_words_about_days_are_no_near_miss(tmp_path: Path, line: str) -> None:
    assert vault_of(tmp_path, debrief(follow_ups=f"{line}\n")).open().problems == ()


def test_gits_marks_are_nobodys_words(tmp_path: Path) -> None:
    conflict = "<<<<<<< HEAD\n- Draw first\n=======\n- Think first\n>>>>>>> other\n"
    found = vault_of(tmp_path, debrief(takeaways=conflict)).open()
    assert [takeaway.text for takeaway in found.debriefs[0].takeaways] == ["Draw first", "Think first"]
    assert [p.code for p in found.problems] == ["git-conflict"]


def test_a_begin_marker_that_is_not_closed_is_named_at_its_own_line(tmp_path: Path) -> None:
    vault = make_vault(tmp_path, {"S.md": "# S\n\n" + block("takeaways").replace("takeaways -->", "takeaways", 1)})
    problems = vault.open().summarize().problems
    assert ("block-place", 3) in [(p.code, p.line) for p in problems]
    checked = vault.run("summarize", "--check")
    assert checked.returncode == 1
    assert "S.md:3: " in checked.stderr


@pytest.mark.parametrize(
    ("task", "left"),
    [
        ("- [ ] Thank tom", ("Dana Reyes", "Lee Ok")),
        ("- [ ] thank the recruiter for the coffee", ("Dana Reyes", "Tom Berg", "Lee Ok")),
        ("- [ ] Send thank-you notes to all", ()),
        ("- [x] Thank-you letters", ()),
    ],
)
def test_a_thank_you_counts_for_whom_it_names(tmp_path: Path, task: str, left: tuple[str, ...]) -> None:
    people = "people:\n  - Dana Reyes\n  - Tom Berg\n  - Lee Ok\n"
    text = debrief(date="2026-11-24", front=people, takeaways="- Draw\n", follow_ups=f"{task}\n")
    items = vault_of(tmp_path, text).open().view("follow-ups").items
    owed = [name for item in items if item.section == "worth-doing" for name in item.people]
    assert tuple(owed) == left


def test_a_debrief_that_is_owed_stands_in_the_follow_ups_too(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, debrief(date="2026-11-24"))
    vault.write("F.md", block("follow-ups"))
    vault.summarize()
    assert "- [[2026-11-24 Acme panel]]: nothing is written below its headings yet\n" in vault.read("F.md")


def test_a_day_at_the_end_of_the_calendar_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="1900 to 2999"):
        vault_of(tmp_path, debrief()).open(dt.date(1, 1, 3))
    assert vault_of(tmp_path, debrief()).open(TODAY).debriefs


def test_a_very_long_line_is_read_in_bounded_time(tmp_path: Path) -> None:
    text = debrief(follow_ups="- [ ] " + "due 2026-11-26 " * 20_000 + "\n", takeaways="- " + "[a](" * 200_000 + "\n")
    vault = vault_of(tmp_path, text)
    vault.write("T.md", block("takeaways"))
    vault.summarize()
    assert len(vault.read("T.md")) < 20_000
