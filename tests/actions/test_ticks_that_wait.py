"""A tick whose note is there but cannot be read right now waits where it was made, and is carried later."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jobvault.vault.files import CAP
from tests.faults.watched import wait_for, watching
from tests.small_vault import SmallVault, block, debrief, make_vault

ACME = "Debriefs/2026-11-20 Acme panel.md"
BIRCH = "Debriefs/2026-11-18 Birch final.md"
LIST = "Summaries/Follow-ups.md"
OTHER = "Summaries/Of Birch.md"
COPY = "Summaries/Follow-ups.sync-conflict-20261125-101500-ABCDEFG.md"
OPEN, TICKED = "- [ ] Ask at the café", "- [x] Ask at the café"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    """Return a vault whose summaries are up to date."""
    made = make_vault(
        tmp_path / "vault",
        {
            ACME: debrief(follow_ups="- [ ] Send the portfolio 📅 2026-11-27\n- [ ] Ask at the café\n"),
            BIRCH: debrief("Birch", "2026-11-18", "final", follow_ups="- [ ] Write to Lee\n"),
            LIST: f"# Follow-ups\n\n{block('follow-ups')}",
            OTHER: f"# Birch\n\n{block('follow-ups', 'company=Birch')}",
        },
    )
    made.summarize()
    return made


def front(old: str, new: str) -> Callable[[SmallVault], None]:
    return lambda vault: vault.edit(ACME, old, new)


def in_the_cloud(vault: SmallVault) -> None:
    place = vault.root / ACME
    place.unlink()
    place.with_name(f".{place.name}.icloud").write_bytes(b"placeholder")


def a_pipe(vault: SmallVault) -> None:
    (vault.root / ACME).unlink()
    os.mkfifo(vault.root / ACME)


def hunk_around_the_line(vault: SmallVault) -> None:
    vault.edit(ACME, f"{OPEN}\n", f"<<<<<<< HEAD\n{OPEN} or bar\n=======\n{OPEN}s\n>>>>>>> x\n")


def latin_1(vault: SmallVault) -> None:
    text = vault.read(ACME).replace("📅 2026-11-27", "").encode("latin-1")
    vault.write(ACME, text)


FAULTS: dict[str, Callable[[SmallVault], None]] = {
    "a quotation mark is not closed": front("company: Acme", 'company: "Acme'),
    "a property stands twice": front("company: Acme", "company: Acme\ncompany: Acme"),
    "a git conflict in the front matter": front("company: Acme", "<<<<<<< HEAD\ncompany: A\n=======\ncompany: B\n>>>>>>> x"),
    "a git conflict around the line": hunk_around_the_line,
    "the front matter has no end": front("outcome: waiting\n---\n", "outcome: waiting\n"),
    "the properties stand in a list": front("type: debrief", "- type: debrief"),
    "UTF-16": lambda vault: (vault.write(ACME, vault.read(ACME).encode("utf-16")), None)[1],
    "Latin-1": latin_1,
    "too big": lambda vault: (vault.write(ACME, vault.read(ACME) + "x" * CAP), None)[1],
    "in the cloud only": in_the_cloud,
    **({"a pipe in its place": a_pipe} if hasattr(os, "mkfifo") else {}),
}  # fmt: skip


def mended(vault: SmallVault, data: bytes) -> None:
    place = vault.root / ACME
    place.with_name(f".{place.name}.icloud").unlink(missing_ok=True)
    place.unlink(missing_ok=True)
    place.write_bytes(data)


@pytest.mark.parametrize("break_it", FAULTS.values(), ids=FAULTS.keys())
@pytest.mark.parametrize("ticked_in", [LIST, COPY])
def test_a_tick_was_given_up_for_good_while_its_note_could_not_be_read(
    vault: SmallVault, break_it: Callable[[SmallVault], None], ticked_in: str
) -> None:
    good = (vault.root / ACME).read_bytes()
    if ticked_in == COPY:
        vault.write(COPY, vault.read(LIST))
    vault.edit(ticked_in, OPEN, TICKED)
    vault.edit(BIRCH, "Lee", "Lea")
    ticked = vault.read(ticked_in)
    break_it(vault)
    for _ in range(2):
        summary = vault.open().summarize()
        assert not summary.carried
        assert not summary.absorbed
        [trouble] = [problem for problem in summary.troubles if problem.code == "not-carried"]
        assert trouble.path == ACME
        assert TICKED.removeprefix("- ") in trouble.quote
        assert "its source was not found" not in trouble.message
        assert vault.read(ticked_in) == ticked
        assert "not carried" not in vault.read(LIST)
        assert "Write to Lea" in vault.read(OTHER), "a block without such a tick is brought up to date"
    mended(vault, good)
    summary = vault.open().summarize()
    assert [tick.text for tick in summary.carried] == ["Ask at the café"]
    assert f"{TICKED}\n" in vault.read(ACME)
    assert TICKED in vault.read(LIST)
    assert not (vault.root / COPY).exists()
    assert not vault.open().summarize().stale


@pytest.mark.parametrize("closed", ["Debriefs", ACME])
def test_a_tick_was_given_up_while_the_system_did_not_let_its_note_be_read(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    vault.edit(LIST, OPEN, TICKED)
    ticked = vault.read(LIST)

    def refusing(real: Callable[..., object], ending: str) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            if any(str(one).rstrip("/").endswith(ending) for one in arguments):
                raise PermissionError(13, "Permission denied")
            return real(*arguments, **options)

        return call

    with monkeypatch.context() as patched:  # root may read all
        patched.setattr("os.scandir", refusing(os.scandir, closed))
        patched.setattr("os.open", refusing(os.open, closed))
        summary = vault.open().summarize()
    assert [problem.code for problem in summary.troubles] == ["not-carried"]
    assert vault.read(LIST) == ticked
    assert len(vault.open().summarize().carried) == 1
    assert f"{TICKED}\n" in vault.read(ACME)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells who writes a note")
def test_a_tick_was_given_up_while_its_note_was_just_being_written(vault: SmallVault) -> None:
    good = (vault.root / ACME).read_bytes()
    vault.edit(LIST, OPEN, TICKED)
    ticked = vault.read(LIST)
    watched = vault.open()
    watched.notes.patient = True
    with (vault.root / ACME).open("wb") as saving:
        saving.write(good[:60])
        saving.flush()
        summary = watched.summarize()
        assert [problem.code for problem in summary.troubles] == ["not-carried"]
        assert vault.read(LIST) == ticked
        saving.write(good[60:])
    watched.refresh()
    wait_for(lambda: bool(watched.summarize().carried), "the tick", longest=10)
    assert f"{TICKED}\n" in vault.read(ACME)


def test_a_tick_was_given_up_while_most_notes_were_gone_for_a_moment(vault: SmallVault) -> None:
    watched = vault.open()
    watched.notes.patient = True
    watched.summarize()
    (vault.root / "Debriefs").rename(vault.root.parent / "away")
    (vault.root / OTHER).rename(vault.root.parent / "other.md")
    vault.edit(LIST, OPEN, TICKED)
    ticked = vault.read(LIST)
    watched.summarize()
    assert vault.read(LIST) == ticked
    (vault.root.parent / "away").rename(vault.root / "Debriefs")
    wait_for(lambda: bool(watched.summarize().carried), "the tick", longest=10)
    assert f"{TICKED}\n" in vault.read(ACME)


def test_a_tick_whose_note_is_gone_or_says_something_else_is_still_given_up(vault: SmallVault) -> None:
    vault.edit(LIST, OPEN, TICKED)
    vault.edit(LIST, "- [ ] Write to Lee", "- [x] Write to Lee")
    (vault.root / BIRCH).unlink()
    vault.edit(ACME, f"{OPEN}\n", "- [ ] Ask at the bar\n")
    summary = vault.open().summarize()
    assert [(problem.path, problem.code) for problem in summary.troubles] == [(LIST, "not-carried")] * 2
    assert vault.read(LIST).count("> jobvault: not carried: ") == 2


def test_watch_carries_a_tick_once_its_note_is_mended(vault: SmallVault) -> None:
    before = vault.read(LIST)
    with watching(vault) as watch:
        vault.edit(ACME, "company: Acme", 'company: "Acme')
        wait_for(lambda: OPEN not in vault.read(LIST), "the block without the note")
        vault.write(COPY, before.replace(OPEN, TICKED))
        wait_for(lambda: watch.says("its front matter cannot be read"), "word of the tick")
        assert (vault.root / COPY).exists()
        vault.edit(ACME, 'company: "Acme', "company: Acme")
        wait_for(lambda: f"{TICKED}\n" in vault.read(ACME), "the tick")
        wait_for(lambda: not (vault.root / COPY).exists(), "the copy to go")
        assert watch.stop() == 0
    assert "not carried" not in vault.read(LIST)
