"""The demo: the sample vault, shifted to any day by whole weeks, alive on each."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from jobvault.actions.demo import AS_OF, lay_out, shifted
from jobvault.actions.vault import open_vault
from jobvault.errors import JobvaultError
from jobvault.vault.shipped import sample_vault_dir

DATE = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
DAYS = [
    *(AS_OF + dt.timedelta(days=day) for day in range(-3, 4)),
    *map(
        dt.date.fromisoformat,
        ("1999-12-31", "2000-02-29", "2000-03-01", "2019-01-01", "2024-02-28", "2024-02-29", "2024-12-30", "2025-06-15", "2027-01-01",
         "2028-02-29", "2032-03-01", "2050-08-08", "2100-02-28", "1970-01-01"),
    ),
]  # fmt: skip


def laid_out(days: int) -> Mapping[str, str]:
    return {path: data.decode("utf-8", "replace") for path, data in shifted(sample_vault_dir(), days)}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_date_is_shifted_alike_by_whole_weeks(day: dt.date) -> None:
    days = (day - AS_OF).days // 7 * 7
    assert dt.timedelta(0) <= day - (AS_OF + dt.timedelta(days=days)) < dt.timedelta(days=7)
    before, after = laid_out(0), laid_out(days)
    for (old_path, old), (new_path, new) in zip(before.items(), after.items(), strict=True):
        for one, other in ((old_path, new_path), (old, new)):
            old_days, new_days = DATE.findall(one), DATE.findall(other)
            moved = [(dt.date.fromisoformat(text) + dt.timedelta(days=days)).isoformat() for text in old_days]
            assert moved == new_days
            assert DATE.sub("", one) == DATE.sub("", other)
    assert sum(len(DATE.findall(text)) for text in before.values()) > 100


def test_dates_that_are_not_iso_would_stay_behind() -> None:
    """Nothing in the sample says a date in another form, since it could not be shifted."""
    months = "January|February|March|April|June|July|August|September|October|November|December"
    for path, text in laid_out(0).items():
        assert not re.search(rf"\b(?:{months})\b|\b\d{{1,2}}[./]\d{{1,2}}[./]|\b20\d\d\b(?!-\d\d-\d\d)", text), path


@pytest.mark.parametrize("day", DAYS[:7], ids=lambda day: f"{day:%A}")
def test_it_is_alive_on_each_weekday(tmp_path: Path, day: dt.date) -> None:
    lay_out(tmp_path / "demo", day)
    vault = open_vault(tmp_path / "demo", today=day)
    counts = vault.view("follow-ups").parts["counts"]
    assert {name: number for name, number in counts.items() if not number} == {}
    states = [item.state for item in vault.view("interviews").items]
    assert "to-come" in states
    assert states.count("past") > 20
    assert vault.view("takeaways").parts["next"]


@pytest.mark.parametrize("day", [AS_OF, *DAYS[7:11]], ids=str)
def test_it_holds_exactly_one_error_and_the_second_run_writes_nothing(tmp_path: Path, day: dt.date) -> None:
    lay_out(tmp_path / "demo", day)
    vault = open_vault(tmp_path / "demo", today=day)
    summary = vault.summarize()
    assert len(summary.changes) >= 3
    assert {block.state for block in summary.blocks} == {"written"}
    assert [problem.code for problem in summary.problems if problem.severity == "error"] == ["duplicate-key"]
    assert not open_vault(tmp_path / "demo", today=day).summarize().changes


def test_links_lead_to_the_shifted_notes(tmp_path: Path) -> None:
    lay_out(tmp_path / "demo", dt.date(2024, 2, 29))
    vault = open_vault(tmp_path / "demo", today=dt.date(2024, 2, 29))
    for path in vault.search.names.paths:
        for target in re.findall(
            r"\[\[([^\]|#]*\d{4}-\d\d-\d\d[^\]|#]*)", (vault.root / path).read_text("utf-8", "replace")
        ):
            assert vault.search.names.resolve(target, path), f"{path}: {target}"


@pytest.mark.parametrize("name", [".keep", "note.md", "folder/"])
def test_a_folder_that_holds_anything_is_refused(tmp_path: Path, name: str) -> None:
    target = tmp_path / "demo"
    (target / name).mkdir(parents=True) if name.endswith("/") else (target.mkdir(), (target / name).write_text("mine"))
    before = sorted(target.rglob("*"))
    with pytest.raises(JobvaultError, match="is not empty, so nothing was laid out"):
        lay_out(target, AS_OF)
    assert sorted(target.rglob("*")) == before


def test_an_empty_folder_will_do_and_a_file_will_not(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    lay_out(tmp_path / "empty", AS_OF)
    assert (tmp_path / "empty" / "jobvault.yaml").is_file()
    (tmp_path / "file").write_text("mine")
    with pytest.raises(JobvaultError):
        lay_out(tmp_path / "file", AS_OF)
    with pytest.raises(JobvaultError, match="cannot be laid out"):
        lay_out(tmp_path / "file" / "below", AS_OF)
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("day", [dt.date.max, dt.date.min])
def test_a_day_at_the_end_of_time_is_refused(tmp_path: Path, day: dt.date) -> None:
    with pytest.raises(JobvaultError, match="cannot be shifted"):
        lay_out(tmp_path / "demo", day)
    assert not (tmp_path / "demo").exists()
