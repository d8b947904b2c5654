"""Events as hints: which ones matter, and when it is time to look."""

from __future__ import annotations

import math
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.vault.replacing.temps import new_temp, temp_beside
from jobvault.vault.signals import Signals, matters


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_nothing_heard_is_never_due() -> None:
    assert Signals(0.3, 3.0).due() == math.inf


@given(st.lists(st.floats(0.001, 5.0), min_size=1, max_size=40))
def test_a_look_is_due_after_quiet_or_at_most_so_much_after_the_first(gaps: list[float]) -> None:
    clock = Clock()
    signals = Signals(0.3, 3.0, clock)
    signals.mark()
    first = last = clock.now
    for gap in gaps:
        clock.now = last = clock.now + gap
        signals.mark()
    assert signals.due() == min(last + 0.3, first + 3.0)


def test_what_comes_after_taking_counts_anew() -> None:
    clock = Clock()
    signals = Signals(0.3, 3.0, clock)
    signals.mark(lost=True)
    signals.mark()
    assert signals.take()
    assert not signals.take()
    assert signals.due() == math.inf
    clock.now += 50
    signals.mark()
    assert signals.due() == 150.3


def test_the_first_event_wakes_the_sleeper() -> None:
    signals = Signals(0.3, 3.0)
    sleeper = threading.Thread(target=signals.sleep, args=(3600,), daemon=True)
    sleeper.start()
    signals.mark()
    sleeper.join(15)
    assert not sleeper.is_alive()


@pytest.mark.parametrize(
    "path",
    ["Acme.md", "Debriefs/Acme.md", "Debriefs/ACME.MD", "jobvault.yaml", "Templates/jobvault/debrief.md.j2",
     "a.sync-conflict-20261123-101500-ABCDEFG.md", "Debriefs/Acme.md..path1", "Über uns/Größe.md"],
)  # fmt: skip
def test_notes_settings_and_templates_matter(path: str) -> None:
    assert matters(path.replace("/", os.sep), folder=False)


@pytest.mark.parametrize(
    "path",
    [".Acme.md", ".git/x.md", "Debriefs/.trash/a.md", ".obsidian/workspace.json", "Debriefs/Acme.md~", "4913", "a.png",
     "Debriefs/.Acme.md.swp", "#Acme.md#", ".#Acme.md", "deep/jobvault.yaml", "~syncthing~a.md.tmp", "a.md.part"],
)  # fmt: skip
def test_hidden_and_temporary_files_and_others_do_not(path: str) -> None:
    assert not matters(path.replace("/", os.sep), folder=False)


def test_our_own_temporary_files_do_not_matter(tmp_path: Path) -> None:
    for temp in (temp_beside(tmp_path / "a.md"), new_temp(tmp_path)):
        assert not matters(temp.name, folder=False)
        assert not matters(f"Debriefs{os.sep}{temp.name}", folder=False)


def test_folders_matter_unless_hidden() -> None:
    assert matters("Debriefs", folder=True)
    assert matters("", folder=True)
    assert not matters(".git", folder=True)
    assert not matters(f"a{os.sep}.git{os.sep}objects", folder=True)
