"""``jobvault watch`` when everything goes wrong around it: afterwards its summaries are what the disk says.

What the watcher by itself does then is held in tests/vault/test_watch.py; here it is the whole program.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.watched import (
    FOLLOW_UPS,
    LONGEST,
    in_namespace,
    is_true,
    made_afresh,
    many_notes,
    summaries,
    take_in,
    wait_for,
    watched_vault,
    watching,
)
from tests.sizes import size
from tests.small_vault import SmallVault, debrief, make_vault

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the faults are made as Linux has them")

ACME = "Debriefs/2026-11-20 Acme panel.md"
Record = Callable[[str, object], None]


def one_debrief(words: str = "Send the portfolio") -> str:
    return debrief(follow_ups=f"- [ ] {words} 📅 2026-11-27\n", takeaways="- Draw first\n")


def git(vault: SmallVault, *arguments: str) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    who = ("-c", "user.name=Robin", "-c", "user.email=robin@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *who, *arguments], cwd=vault.root, check=True, capture_output=True, timeout=LONGEST)


# --- git (row 11) ----------------------------------------------------------------------------------------------------


def test_a_checkout_of_thousands_of_notes(tmp_path: Path, record_property: Record) -> None:
    number = size(600, 5000)
    vault = watched_vault(tmp_path / "vault", many_notes(number, "on main"))
    git(vault, "init", "-q")
    git(vault, "add", ".")
    git(vault, "commit", "-q", "-m", "all notes")
    git(vault, "checkout", "-q", "-b", "other")
    notes = many_notes(number, "on the other branch")
    for index, (path, text) in enumerate(notes.items()):
        if index % 30:
            vault.write(path, text)
        else:
            (vault.root / path).rename(vault.root / path.replace(" panel", " final"))
    (vault.root / "Debriefs").rename(vault.root / "Interviews")
    git(vault, "add", ".")
    git(vault, "commit", "-q", "-m", "other notes, summaries not made anew")
    other = made_afresh(vault, tmp_path / "aside")
    git(vault, "checkout", "-q", "main")
    before = summaries(vault)
    assert before != other
    with watching(vault) as watch:
        for branch, expected in (("other", other), ("main", before)):
            take_in(vault)
            used = processor_time(watch.process.pid)
            git(vault, "checkout", "-q", "--force", branch)
            seconds = wait_for(lambda expected=expected: summaries(vault) == expected, f"what {branch} says")
            record_property(f"seconds from the end of checkout {branch} to true summaries", round(seconds, 2))
            record_property(f"seconds of processor for {branch}", round(processor_time(watch.process.pid) - used, 2))
        take_in(vault)
        assert summaries(vault) == before
        assert watch.stop() == 0
    assert is_true(vault)


def test_what_git_hinders_is_written_once_git_is_done(tmp_path: Path) -> None:
    vault = watched_vault(tmp_path / "vault", {ACME: one_debrief()})
    git(vault, "init", "-q")
    lock = vault.root / ".git" / "index.lock"
    with watching(vault) as watch:
        lock.touch()
        vault.edit(ACME, "portfolio", "portfolio soon")
        wait_for(lambda: watch.says("index.lock"), "the reason why nothing is written")
        assert "soon" not in vault.read(FOLLOW_UPS)
        lock.unlink()
        wait_for(lambda: "portfolio soon" in vault.read(FOLLOW_UPS), "the summary, without another change")
        assert watch.stop() == 0


# --- more than the system tells (rows 12 and 13) ---------------------------------------------------------------------


def test_stopped_through_thousands_of_creations(tmp_path: Path, record_property: Record) -> None:
    vault = watched_vault(tmp_path / "vault", {ACME: one_debrief(), "a.md": "a", "b.md": "b"})
    with watching(vault) as watch:
        take_in(vault)
        watch.signal(signal.SIGSTOP)
        for turn in range(2 * most_events()):  # what comes after these is lost
            os.utime(vault.root / ("a.md", "b.md")[turn % 2])  # in turns, as equal events in a row count as one
        for path, text in many_notes(size(500, 5000)).items():
            vault.write(path, text)
        expected = made_afresh(vault, tmp_path / "aside")
        used = processor_time(watch.process.pid)
        watch.signal(signal.SIGCONT)
        seconds = wait_for(lambda: summaries(vault) == expected, "what was made meanwhile")
        record_property("seconds of processor from SIGCONT", round(processor_time(watch.process.pid) - used, 2))
        record_property("seconds from SIGCONT to true summaries", round(seconds, 2))
        wait_for(lambda: watch.says("lost some file events"), "word of it")
        assert watch.stop() == 0
    assert is_true(vault)


def most_events() -> int:
    return int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())


def test_fifty_watches_for_three_hundred_folders(tmp_path: Path, record_property: Record) -> None:
    folders = [f"Debriefs/Company {number}" for number in range(300)]
    notes = {f"{folder}/2026-11-20 Company panel.md": one_debrief(f"Send {folder[-3:]}") for folder in folders}
    vault = watched_vault(tmp_path / "vault", notes)
    with watching(vault, before=in_namespace("max_inotify_watches", 50)) as watch:
        wait_for(lambda: watch.says("fs.inotify.max_user_watches"), "a warning")
        for path in (*list(notes)[:3], *list(notes)[-3:]):
            vault.edit(path, "Send", "Send at last")
            words = f"Send at last {Path(path).parent.name[-3:]}"
            # far below the half minute after which it would look anyway, had it not noticed
            seconds = wait_for(lambda words=words: words in vault.read(FOLLOW_UPS), f"“{words}”", longest=20)
            record_property(f"seconds until “{words}” was seen", round(seconds, 2))
        assert len([line for line in watch.lines if "inotify" in line]) == 1
        assert watch.stop() == 0
    assert is_true(vault)


# --- what breaks inside, and under it (row 14) -----------------------------------------------------------------------

BROKEN_HANDLER = """
from jobvault.vault import watch
heard, matters = [], watch.matters
def broken(path, *, folder):
    heard.append(path)
    if len(heard) == 1:
        raise ZeroDivisionError
    return matters(path, folder=folder)
watch.matters = broken
"""

BROKEN_THREAD = """
from watchdog.observers.api import BaseObserver
heard, dispatch = [], BaseObserver.dispatch_events
def broken(self, queue):
    dispatch(self, queue)
    heard.append(1)
    if len(heard) == 1:
        raise ZeroDivisionError
BaseObserver.dispatch_events = broken
"""

BROKEN_LOOK = """
from jobvault.actions import summarize
def broken(vault, **options):
    raise ZeroDivisionError("nobody expected this")
summarize.summarize = broken
"""


@pytest.mark.parametrize("fault", [BROKEN_HANDLER, BROKEN_THREAD], ids=["handler", "thread"])
def test_an_exception_where_events_are_heard(tmp_path: Path, fault: str) -> None:
    vault = watched_vault(tmp_path / "vault", {ACME: one_debrief()})
    with watching(vault, first=fault) as watch:
        for words in ("soon", "sooner", "at once"):
            vault.edit(ACME, "the portfolio", f"{words} the portfolio")
            # far below the half minute after which it would look anyway, had it not recovered
            wait_for(lambda words=words: f"{words} the portfolio" in vault.read(FOLLOW_UPS), f"“{words}”", longest=20)
        assert watch.stop() == 0


def test_an_exception_nobody_expected_ends_it_and_is_logged(tmp_path: Path) -> None:
    vault = watched_vault(tmp_path / "vault", {ACME: one_debrief()})
    before = summaries(vault)
    vault.edit(ACME, "portfolio", "portfolio soon")
    with watching(vault, first=BROKEN_LOOK) as watch:
        assert watch.ended() == 1
        last = watch.lines[-1]
        assert last.startswith("jobvault: something went wrong that should not: ZeroDivisionError. The details are in ")
        log = Path(last.partition("The details are in ")[2].removesuffix("."))
        assert "nobody expected this" in log.read_text()
    assert summaries(vault) == before


def test_the_vault_renamed_and_made_anew(tmp_path: Path) -> None:
    vault = watched_vault(tmp_path / "vault", {ACME: one_debrief()})
    with watching(vault) as watch:
        vault.root.rename(tmp_path / "before")
        before = summaries(SmallVault(tmp_path / "before"))
        shutil.copytree(tmp_path / "before", vault.root)
        vault.edit(ACME, "portfolio", "portfolio from the new folder")
        wait_for(lambda: "from the new folder" in vault.read(FOLLOW_UPS), "the summary of the new folder")
        vault.edit(ACME, "portfolio", "portfolio, again")
        wait_for(lambda: "portfolio, again" in vault.read(FOLLOW_UPS), "the next summary", longest=20)
        assert watch.says("Another folder took the place of")
        assert watch.stop() == 0
    assert summaries(SmallVault(tmp_path / "before")) == before


def test_the_settings_gone_for_a_moment(tmp_path: Path) -> None:
    vault = watched_vault(tmp_path / "vault", {ACME: one_debrief()})
    with watching(vault) as watch:
        for _ in range(2):
            settings = (vault.root / "jobvault.yaml").read_bytes()
            (vault.root / "jobvault.yaml").unlink()
            vault.edit(ACME, "Send", "Send it:")
            wait_for(lambda: watch.says("is gone; it may come back"), "word that it is gone")
            vault.write("jobvault.yaml", settings)
        wait_for(lambda: "Send it: it:" in vault.read(FOLLOW_UPS), "the summary")
        assert watch.process.poll() is None
        assert watch.stop() == 0


def test_settings_being_saved_are_not_believed(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault", {ACME: one_debrief()}, settings="language: de\nlinks: wiki\n")
    vault.write(FOLLOW_UPS, "<!-- jobvault:begin follow-ups -->\n\n<!-- jobvault:end -->\n")
    vault.summarize()
    german = vault.read(FOLLOW_UPS)
    assert "Diese Woche" in german
    with watching(vault) as watch, (vault.root / "jobvault.yaml").open("r+", encoding="utf-8") as file:
        file.truncate()
        until = time.monotonic() + 1.5
        wait_for(lambda: vault.read(FOLLOW_UPS) != german or time.monotonic() > until, "time to be fooled")
        assert vault.read(FOLLOW_UPS) == german
        file.write("language: en\nlinks: wiki\n")
        file.close()
        wait_for(lambda: "This week" in vault.read(FOLLOW_UPS), "the settings once they are whole")
        assert watch.stop() == 0


# --- nothing to do (row 17) ------------------------------------------------------------------------------------------

CALLS = "trace=open,openat,creat,write,pwrite64,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,ftruncate"
OPENED = re.compile(r'open(?:at)?\((?:AT_FDCWD, |\d+, )?"(?P<path>[^"]*)", (?P<flags>[A-Z_|]+)')


@pytest.mark.parametrize("options", [(), ("--poll",)], ids=["events", "polling"])
def test_idling(tmp_path: Path, options: tuple[str, ...], record_property: Record) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    vault = watched_vault(tmp_path / "vault", many_notes(size(300, 5000)))
    log = tmp_path / "calls"
    with watching(vault, *options, before=("strace", "-D", "-f", "-qq", "-e", CALLS, "-o", str(log))) as watch:
        vault.write(ACME, one_debrief())
        wait_for(lambda: "portfolio" in vault.read(FOLLOW_UPS), "the summary")
        wait_for(lambda: is_still(log), "what follows from it")
        before, start, used = vault.bytes(), log.stat().st_size, processor_time(watch.process.pid)
        until = time.monotonic() + size(5, 65)  # polling looks every two seconds; without, every thirty
        wait_for(lambda: time.monotonic() > until, "idling", longest=2 * LONGEST)
        calls = log.read_text(errors="replace")[start:].splitlines()
        record_property("seconds of processor while idling", processor_time(watch.process.pid) - used)
        assert [call for call in calls if not is_harmless(call)] == []
        assert vault.bytes() == before
        assert watch.stop() == 0


def is_still(log: Path) -> bool:
    """Whether nothing but looks has happened for a second."""
    before = log.stat().st_size
    time.sleep(1)
    return all(is_harmless(call) for call in log.read_text(errors="replace")[before:].splitlines())


def is_harmless(call: str) -> bool:
    """Whether a call lists a folder, or has the kernel tell of the watches: nothing read again, nothing written."""
    if "resumed>" in call or "+++" in call or "---" in call:
        return True
    opened = OPENED.search(call)
    if opened is None:
        return False
    return "O_DIRECTORY" in opened["flags"] or opened["path"].startswith("/proc/self/")


def processor_time(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
