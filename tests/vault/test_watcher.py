"""The loop of watching, with a source of events that does as it is told."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from jobvault.errors import JobvaultError, NoVaultError
from jobvault.vault import inotify, watcher
from jobvault.vault.signals import Signals
from jobvault.vault.watcher import Pace, Watcher

QUICK = Pace(quiet=0.02, most=0.2, again=0.02, period=0.3, short_period=0.1, poll_every=0.05, beat=0.03, patience=0.4)
CALM = Pace(quiet=0.02, period=3600, short_period=3600, poll_every=3600, beat=0.03)


@dataclass
class Source:
    """Stands for one start of a source of events."""

    runs: bool = True
    lacking: int = 0
    closed: bool = False

    def close(self) -> None:
        self.closed = True

    def alive(self) -> bool:
        return self.runs

    def missing(self) -> int:
        return self.lacking


@dataclass
class Story:
    """Runs the loop in this thread; ``steps`` are what its looks do, one after the other, the last one ends it."""

    root: Path
    steps: list[Callable[[], object]]
    make: Callable[[], Source] = Source
    pace: Pace = CALM
    sources: list[Source] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    signals: Signals | None = None
    looks: int = 0

    def start(self, root: str, signals: Signals) -> Source:
        assert root == os.path.realpath(self.root)
        self.signals = signals
        source = self.make()
        self.sources.append(source)
        return source

    def mark(self) -> None:
        assert self.signals is not None
        self.signals.mark()

    def look(self) -> bool:
        step = self.steps[self.looks]
        self.looks += 1
        if self.looks == len(self.steps):
            self.stop.set()
        return step() is True

    def run(self) -> Story:
        one = Watcher(self.root, self.look, self.stop, self.warned.append, self.start, self.pace, day)
        guard = threading.Timer(15, self.stop.set)
        guard.start()
        try:
            one.run()
        finally:
            guard.cancel()
            one.close()
        assert self.looks == len(self.steps), self.warned
        assert all(source.closed for source in self.sources)
        return self


def day() -> object:
    return "always the same"


def nothing() -> None:
    pass


def again() -> bool:
    return True


def test_it_looks_at_once_and_again_while_not_settled(vault: Path) -> None:
    assert Story(vault, [again, again, again, nothing]).run().warned == []


def test_it_looks_periodically(vault: Path) -> None:
    assert Story(vault, [nothing, nothing, nothing], pace=QUICK).run().warned == []


def test_a_mark_during_a_look_leads_to_another(vault: Path) -> None:
    story = Story(vault, [])
    story.steps = [story.mark, nothing]
    story.run()


def test_a_source_that_ended_is_started_anew(vault: Path) -> None:
    story = Story(vault, [])
    story.steps = [lambda: setattr(story.sources[-1], "runs", False), nothing]
    story.run()
    assert len(story.sources) == 2
    assert len(story.warned) == 1
    assert "started again" in story.warned[0]


def test_a_source_that_keeps_ending_is_given_up(vault: Path) -> None:
    story = Story(vault, [nothing] * 9, make=lambda: Source(runs=False), pace=QUICK).run()
    assert len(story.sources) == 4
    assert "every 0.05 seconds" in story.warned[-1]


@pytest.mark.parametrize(
    ("error", "says"),
    [(ImportError("no native part"), "no native part"),
     (OSError(errno.ENOSPC, "inotify watch limit reached"), "max_user_watches"),
     (OSError(errno.EMFILE, "inotify instance limit reached"), "max_user_instances")],
)  # fmt: skip
def test_where_no_events_are_to_be_had_it_polls_and_says_so(vault: Path, error: Exception, says: str) -> None:
    def fails() -> Source:
        raise error

    story = Story(vault, [nothing] * 4, make=fails, pace=QUICK).run()
    assert len(story.warned) == 1
    assert says in story.warned[0]
    assert "every 0.05 seconds" in story.warned[0]


def test_folders_without_watch_are_said_once_and_looked_at_more_often(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher, "_DOUBT", 0.02)
    pace = Pace(quiet=0.02, period=1000, short_period=0.05, beat=0.03)
    story = Story(vault, [nothing] * 5, make=lambda: Source(lacking=7), pace=pace).run()
    assert len(story.warned) == 1
    assert "7 folders" in story.warned[0]
    assert "every 0.05 seconds" in story.warned[0]


@pytest.mark.parametrize("lacking", [3, -3])
def test_a_gap_that_comes_later_is_mended_by_a_fresh_start(
    vault: Path, monkeypatch: pytest.MonkeyPatch, lacking: int
) -> None:
    monkeypatch.setattr(watcher, "_DOUBT", 0.02)
    story = Story(vault, [], pace=QUICK)

    def loses() -> None:
        story.sources[0].lacking = lacking

    story.steps = [nothing, loses, nothing]
    story.run()
    assert len(story.sources) == 2
    assert story.warned == []


def test_lost_events_are_said_and_looked_for(vault: Path) -> None:
    story = Story(vault, [])
    story.steps = [lambda: story.signals.mark(lost=True), nothing]
    assert "lost" in story.run().warned[0]


def test_without_a_vault_it_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(NoVaultError):
        Story(tmp_path, [nothing]).run()


def test_a_look_that_finds_no_vault_is_believed_only_while_it_is_there(vault: Path) -> None:
    aside = vault.with_name("aside")
    back = threading.Timer(0.2, lambda: aside.rename(vault))

    def goes() -> None:
        vault.rename(aside)
        back.start()
        raise NoVaultError(str(vault), named=True)

    assert Story(vault, [goes, nothing]).run().looks == 2

    def lies() -> None:
        raise NoVaultError(str(vault), named=True)

    with pytest.raises(NoVaultError):
        Story(vault, [lies, nothing]).run()


def test_a_moment_without_settings_is_no_end(vault: Path) -> None:
    marker = vault / "jobvault.yaml"
    back = threading.Timer(0.15, marker.touch)

    def saves() -> bool:
        marker.unlink()
        back.start()
        return True

    pace = Pace(quiet=0.02, again=0.02, period=3600, beat=1.0)
    story = Story(vault, [saves, nothing, nothing], pace=pace)
    story.steps[1] = again
    assert len(story.run().sources) == 1
    assert story.warned == []


def test_settings_that_stay_away_end_it(vault: Path) -> None:
    with pytest.raises(JobvaultError, match=r"jobvault\.yaml is gone"):
        Story(vault, [(vault / "jobvault.yaml").unlink, nothing, nothing], pace=QUICK).run()


def test_folders_are_counted_as_a_recursive_watch_counts_them(vault: Path) -> None:
    (vault / "a" / ".hidden" / "b").mkdir(parents=True)
    (vault / "link").symlink_to(vault / "a")
    (vault / "note.md").touch()
    assert inotify.count_folders(str(vault)) == 4
    assert inotify.count_folders(str(vault / "none")) == 0
