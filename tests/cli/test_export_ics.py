"""``jobvault export ics``, as a person runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.faults.test_guards import hostile_vault
from tests.small_vault import REPOSITORY, SmallVault, debrief, make_vault

UNSEEN = {*map(chr, range(10)), *map(chr, range(11, 13)), *map(chr, range(14, 32)), *map(chr, range(127, 160))}
UNSEEN |= set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    notes = {
        "Debriefs/2026-11-30 Acme panel.md": debrief(
            date="2026-11-30", front="time: 14:30\n", follow_ups="- [ ] Send the portfolio 📅 2026-12-02\n"
        ),
        "Debriefs/2026-11-12 Birch final.md": debrief("Birch", "2026-11-12", "final", front="heard: 2026-11-19\n"),
    }
    return make_vault(tmp_path / "vault", notes, "timezone: Asia/Kolkata\ndates: emoji\n")


def summaries(text: str) -> list[str]:
    return [line.removeprefix("SUMMARY:") for line in text.split("\r\n") if line.startswith("SUMMARY:")]


def test_the_calendar_on_standard_output_byte_by_byte(vault: SmallVault) -> None:
    words = ("export", "ics", "--vault", str(vault.root), "--today", "2026-11-25")
    shown = subprocess.run(
        [sys.executable, "-m", "jobvault", *words],
        capture_output=True,
        check=False,
        env={"PYTHONPATH": str(REPOSITORY), "HOME": str(vault.root.parent), "TZ": "America/New_York"},
    )
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert shown.stdout.startswith(b"BEGIN:VCALENDAR\r\n")
    assert shown.stdout.endswith(b"END:VCALENDAR\r\n")
    assert b"DTSTART:20261130T090000Z\r\n" in shown.stdout
    assert vault.run(*words, "-o", str(vault.root / "own.ics")).returncode == 0
    assert (vault.root / "own.ics").read_bytes() == shown.stdout


def test_only_a_company_only_from_a_day_on_and_without_alarms(vault: SmallVault, program: Program) -> None:
    assert summaries(program(vault, "export", "ics").out) == [
        "Interview: Birch · final",
        "Interview: Acme · panel",
        "Send the portfolio · Acme",
    ]
    assert summaries(program(vault, "export", "ics", "--company", "birch").out) == ["Interview: Birch · final"]
    since = program(vault, "export", "ics", "--since", "today").out
    assert summaries(since) == ["Interview: Acme · panel", "Send the portfolio · Acme"]
    assert since.count("BEGIN:VALARM") == 3
    assert "VALARM" not in program(vault, "export", "ics", "--no-alarms", "-o", "-").out


def test_what_was_written_is_said(vault: SmallVault, program: Program, tmp_path: Path) -> None:
    file = tmp_path / "own.ics"
    contents = "2 interviews, 1 follow-up.\n"
    assert program(vault, "export", "ics", "-o", str(file), "--dry-run").out == f"Would write {file}: {contents}"
    assert not file.exists()
    assert program(vault, "export", "ics", "--dry-run").out == f"Would write: {contents}"
    assert program(vault, "export", "ics", "-o", str(file)).out == f"Wrote {file}: {contents}"
    assert program(vault, "export", "ics", "-o", str(file)).out == f"{file} is up to date: {contents}"


def test_an_interview_without_a_date_is_said_not_to_be_in_it(vault: SmallVault, program: Program) -> None:
    vault.write("Debriefs/Corvo.md", debrief("Corvo", ""))
    shown = program(vault, "export", "ics")
    assert (shown.code, len(summaries(shown.out)), shown.err) == (0, 3, "Left out for want of a date: 1 interview.\n")


def test_a_vault_without_anything_makes_an_empty_calendar(tmp_path: Path, program: Program) -> None:
    empty = make_vault(tmp_path / "empty")
    file = tmp_path / "own.ics"
    assert program(empty, "export", "ics", "-o", str(file)).out == f"Wrote {file}: no events yet.\n"
    assert file.read_bytes().endswith(b"END:VCALENDAR\r\n")


def test_a_company_that_nobody_knows_is_an_error(vault: SmallVault, program: Program) -> None:
    shown = program(vault, "export", "ics", "--company", "Brich")
    assert (shown.code, shown.out) == (1, "")
    assert "Did you mean “Birch”?" in shown.err


def test_another_file_is_left_alone(vault: SmallVault, program: Program, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine")
    shown = program(vault, "export", "ics", "-o", str(file))
    assert (shown.code, shown.out, file.read_text()) == (1, "", "mine")
    assert "replace it with --force" in shown.err
    assert program(vault, "export", "ics", "-o", str(file), "--force").code == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_what_is_meant_to_steer_is_words_in_a_calendar(tmp_path: Path, program: Program) -> None:
    vault = hostile_vault(tmp_path / "vault")
    shown = program(vault, "export", "ics")
    assert shown.code == 0
    assert len(summaries(shown.out)) > 1
    assert not UNSEEN & set(shown.out)
    assert "\n" not in shown.out.replace("\r\n", "")
    kinds = {line.partition(":")[0].partition(";")[0] for line in shown.out.replace("\r\n ", "").split("\r\n")}
    assert kinds <= {
        *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "X-WR-CALNAME", "UID", "DTSTAMP", "DTSTART", "DTEND"),
        *("SUMMARY", "DESCRIPTION", "CLASS", "TRANSP", "STATUS", "ACTION", "TRIGGER", ""),
    }
