"""The calendar of a vault: the same notes, the same bytes; and only a calendar of ours is replaced."""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path

import pytest

from jobvault.actions.clock import to_utc
from jobvault.actions.exporting import calendar, write_calendar
from jobvault.errors import JobvaultError
from jobvault.search.query import Query
from tests.small_vault import TODAY, SmallVault, debrief, make_vault

PANEL = "Debriefs/2026-11-30 Acme panel.md"
SETTINGS = "links: wiki\ndates: emoji\ntimezone: Europe/London\n"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    notes = {
        PANEL: debrief(date="2026-11-30", front="time: 14:30\n", follow_ups="- [ ] Send the portfolio 📅 2026-12-02\n"),
        "Debriefs/2026-11-12 Birch final.md": debrief("Birch", "2026-11-12", "final", front="heard: 2026-11-19\n"),
        "Debriefs/undated.md": debrief("Corvo", ""),
    }
    return make_vault(tmp_path / "vault", notes, SETTINGS)


def made(vault: SmallVault, today: dt.date = TODAY) -> bytes:
    return calendar(vault.open(today), Query()).data


def events_of(data: bytes) -> dict[str, str]:
    """Return the start of each event, by its UID."""
    found = [part.split("\r\n") for part in data.decode().split("BEGIN:VEVENT\r\n")[1:]]
    return {event[0]: next(line for line in event if line.startswith("DTSTART")) for event in found}


def test_what_is_in_it_is_counted(vault: SmallVault) -> None:
    found = calendar(vault.open(), Query())
    assert (found.counts["interview"], found.counts["follow-up"], found.undated) == (2, 1, 1)


def test_the_same_notes_are_the_same_bytes_at_any_time_and_in_any_place(vault: SmallVault, tmp_path: Path) -> None:
    first = made(vault)
    assert b"DTSTART:20261130T143000Z" in first
    for file in vault.root.rglob("*.md"):
        os.utime(file, (time.time() + 7200,) * 2)
    assert made(vault) == first
    assert made(vault, TODAY + dt.timedelta(days=1)) == first
    other = make_vault(
        tmp_path / "other", {path: vault.read(path) for path in (PANEL, *vault.bytes()) if path[0] == "D"}, SETTINGS
    )
    assert made(other) == first


def test_an_edited_date_moves_the_event_and_the_others_stay(vault: SmallVault) -> None:
    before = events_of(made(vault))
    vault.edit(PANEL, "date: 2026-11-30", "date: 2026-12-04")
    vault.edit(PANEL, "📅 2026-12-02", "📅 2026-12-09")
    after = events_of(made(vault))
    assert set(after) == set(before)
    assert sorted(after.values()) == [
        "DTSTART:20261204T143000Z",
        "DTSTART;VALUE=DATE:20261112",
        "DTSTART;VALUE=DATE:20261209",
    ]


def test_a_note_of_another_name_is_another_event(vault: SmallVault) -> None:
    before = events_of(made(vault))
    (vault.root / PANEL).rename(vault.root / "Debriefs/2026-11-30 Acme.md")
    assert len(set(before) & set(events_of(made(vault)))) == 1


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be changed")
@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Asia/Kolkata"])
def test_without_a_zone_of_the_vault_the_machines_counts(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    start = dt.datetime.combine(dt.date(2026, 10, 24), dt.time.min)
    walls = [start + dt.timedelta(minutes=30 * step) for step in (*range(500), *range(6500, 7600))]
    named = [to_utc(zone)(wall) for wall in walls]
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert [to_utc("")(wall) for wall in walls] == named
    finally:
        monkeypatch.undo()
        time.tzset()


# --- the file ---------------------------------------------------------------------------------------------------------


def test_a_file_with_the_same_bytes_is_not_touched(vault: SmallVault, tmp_path: Path) -> None:
    file, found = tmp_path / "own.ics", calendar(vault.open(), Query())
    assert write_calendar(vault.open(), found, file)
    before = file.stat()
    assert not write_calendar(vault.open(), found, file)
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert write_calendar(vault.open(), calendar(vault.open(), Query(company="Birch")), file)
    assert len(events_of(file.read_bytes())) == 1


@pytest.mark.parametrize(
    "other", [b"Dear diary\n", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\nEND:VCALENDAR\r\n"]
)
def test_what_is_no_calendar_of_ours_is_replaced_only_by_force(vault: SmallVault, tmp_path: Path, other: bytes) -> None:
    file, found = tmp_path / "other.ics", calendar(vault.open(), Query())
    file.write_bytes(other)
    with pytest.raises(JobvaultError, match="is no calendar that jobvault wrote, so it was left as it is"):
        write_calendar(vault.open(), found, file)
    assert write_calendar(vault.open(), found, file, force=True, dry_run=True)
    assert file.read_bytes() == other
    assert write_calendar(vault.open(), found, file, force=True)
    assert file.read_bytes() == found.data


def test_an_empty_file_is_nobodys_calendar(vault: SmallVault, tmp_path: Path) -> None:
    (tmp_path / "empty.ics").touch()
    assert write_calendar(vault.open(), calendar(vault.open(), Query()), tmp_path / "empty.ics")


def test_force_replaces_no_note_and_no_settings(vault: SmallVault) -> None:
    before = vault.bytes()
    for name in (PANEL, "jobvault.yaml", "new.md"):
        with pytest.raises(JobvaultError, match="lies in the vault"):
            write_calendar(vault.open(), calendar(vault.open(), Query()), vault.root / name, force=True)
    assert vault.bytes() == before
