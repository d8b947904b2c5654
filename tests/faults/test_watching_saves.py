"""What is half saved, or no note at all, while ``jobvault watch`` runs: never shown, never waited for."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.faults.watched import (
    FOLLOW_UPS,
    is_true,
    made_afresh,
    summaries,
    take_in,
    wait_for,
    watched_vault,
    watching,
)
from tests.sizes import size
from tests.small_vault import SmallVault, debrief

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the faults are made as Linux has them")

ACME = "Debriefs/2026-11-20 Acme panel.md"
TAKEAWAYS = "Summaries/Takeaways.md"

# --- an editor that truncates and writes in place (row 16) -----------------------------------------------------------


def version(number: int) -> str:
    """Return half a megabyte that tells its version in its first lines and in its last."""
    body = "## Notes\n\n" + "What was said, at length and in detail.\n" * 12_000
    return debrief(f"Acme {number}", body=body, takeaways=f"- Learned {number}\n")


@dataclass
class Saver:
    """Saves version after version in place, a chunk at a time, as an editor on a slow disk does."""

    path: Path
    number: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        chance = random.Random(16)
        while not self.stop.is_set():
            data = version(self.number + 1).encode()
            cuts = sorted(chance.sample(range(len(data)), 6))
            with self.path.open("wb", buffering=0) as file:
                for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True):
                    time.sleep(chance.choice((0, 0.01, 0.05, 0.4)))
                    file.write(data[start:end])
            self.number += 1
            self.stop.wait(chance.choice((0.1, 0.3, 1.2)))


def test_a_slow_saver_in_place_is_never_shown_half(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    vault = watched_vault(tmp_path / "vault", {ACME: version(0)})
    saver = Saver(vault.root / ACME)
    thread = threading.Thread(target=saver.run, daemon=True)
    shown: list[int] = []
    summarized: set[int] = set()
    with watching(vault) as watch:
        thread.start()
        until = time.monotonic() + size(6, 60)
        asking: subprocess.Popen[str] | None = None
        while time.monotonic() < until or len(shown) < 3:
            summarized.add(summarized_version(vault))
            if asking is None:
                asking = ask(vault)
            elif asking.poll() is not None:
                shown.append(shown_version(asking))
                asking = None
            time.sleep(0.005)
        saver.stop.set()
        thread.join()
        wait_for(lambda: summarized_version(vault) == saver.number, "the last version")
        assert not any("suddenly empty" in line for line in watch.lines)
        assert watch.stop() == 0
    if asking is not None:
        asking.wait()
    assert shown == sorted(shown)
    record_property("versions saved, in the summary, shown", (saver.number, len(summarized), len(set(shown))))


def test_a_note_half_saved_at_the_start_is_waited_for(tmp_path: Path) -> None:
    vault = watched_vault(tmp_path / "vault", {ACME: version(1)})
    whole = version(2).encode()
    with (vault.root / ACME).open("wb", buffering=0) as file:
        rest = iter([whole[:200], *(whole[at : at + 10] for at in range(200, len(whole) - 100, 10))])
        written = file.write(next(rest))

        def goes_on() -> bool:
            nonlocal written
            written += file.write(next(rest))
            assert summarized_version(vault) == 1
            return watch.says("Summaries wait: another program is still writing")

        with watching(vault) as watch:
            wait_for(goes_on, "word of what is waited for")
            file.write(whole[written:])
            file.close()
            wait_for(lambda: summarized_version(vault) == 2, "the whole note")
            assert watch.stop() == 0


def summarized_version(vault: SmallVault) -> int:
    """Return the one version that the summary shows; its company stands first in the note, its takeaway last."""
    text = vault.read(TAKEAWAYS)
    learned = set(re.findall(r"Learned (\d+)", text))
    assert len(learned) == 1, text
    return int(learned.pop())


def ask(vault: SmallVault) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "jobvault", "show", "takeaways", "--json", "--vault", str(vault.root)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def shown_version(asked: subprocess.Popen[str]) -> int:
    out, err = asked.communicate()
    assert asked.returncode == 0, err
    (item,) = json.loads(out)["items"]
    number = item["text"].removeprefix("Learned ")
    assert item["company"] == f"Acme {number}"
    return int(number)


# --- what is no note, or none yet ------------------------------------------------------------------------------------


def one_debrief(words: str = "Send the portfolio") -> str:
    return debrief(follow_ups=f"- [ ] {words} 📅 2026-11-27\n", takeaways="- Draw first\n")


EDITORS_OWN = (
    ".#2026-11-20 Acme panel.md",  # emacs: lock, a link that leads nowhere
    "#2026-11-20 Acme panel.md#",  # emacs: auto-save
    "2026-11-20 Acme panel.md~",  # emacs, vim, nano, gedit: the version before
    ".2026-11-20 Acme panel.md.swp",  # vim
    "4913",  # vim: may a file be made here?
    ".2026-11-20 Acme panel.md.kate-swp",
    ".goutputstream-A1B2C3",  # GLib
    "sedA1b2C3",
    ".~lock.2026-11-20 Acme panel.md#",  # LibreOffice
    "2026-11-20 Acme panel.md.tmp.1234.abcdef",  # write-file-atomic
    "2026-11-20 Acme panel.md___jb_tmp___",  # JetBrains
    "2026-11-20 Acme panel.md.save",  # nano, ended by force
    "2026-11-20 Acme panel.md.bak",
    ".syncthing.2026-11-20 Acme panel.md.tmp",
)


def test_files_of_editors_are_no_notes(tmp_path: Path) -> None:
    vault = watched_vault(tmp_path / "vault", {ACME: one_debrief()})
    folder = vault.root / "Debriefs"
    with watching(vault) as watch:
        for name in EDITORS_OWN:
            if name.startswith(".#"):
                (folder / name).symlink_to("robin@laptop.1234:1700000000")
            else:
                (folder / name).write_text(one_debrief("Send the wrong one"))
        vault.edit(ACME, "portfolio", "portfolio soon")
        wait_for(lambda: "portfolio soon" in vault.read(FOLLOW_UPS), "the summary")
        for text in summaries(vault).values():
            for name in (*EDITORS_OWN, "wrong one"):
                assert name.encode() not in text.replace(b"Acme panel.md", b"")
        wait_for(lambda: watch.changes, "a line about it")
        assert watch.stop() == 0
    assert len(watch.changes) == 1
    assert is_true(vault)
    assert vault.run("check", "--json").stdout.count("Acme panel.md") == 0


def test_what_is_no_note_holds_nothing_up(tmp_path: Path) -> None:
    vault = watched_vault(tmp_path / "vault", {ACME: one_debrief()})
    with watching(vault) as watch:
        os.mkfifo(vault.root / "Debriefs" / "pipe.md")
        (vault.root / "Debriefs" / "loop.md").symlink_to("loop.md")
        (vault.root / "Debriefs" / "round").symlink_to(vault.root)
        (vault.root / "Debriefs" / "endless.md").symlink_to("/dev/zero")
        (vault.root / "Debriefs" / "folder.md").mkdir()
        for name, megabytes in (("large", 0.5), ("larger", 7), ("largest", 20)):
            text = debrief(name, follow_ups=f"- [ ] Send the {name} one 📅 2026-11-27\n")
            vault.write(f"Debriefs/{name}.md", text + "\n## Notes\n\n" + "word " * int(megabytes * 200_000))
        vault.edit(ACME, "portfolio", "portfolio soon")
        wait_for(lambda: "portfolio soon" in vault.read(FOLLOW_UPS), "the summary")
        wait_for(lambda: "the larger one" in vault.read(FOLLOW_UPS), "the large notes")
        wait_for(lambda: "pipe" in vault.read("Summaries/Needs attention.md"), "what is no note")
        assert "the large one" in vault.read(FOLLOW_UPS)
        assert "the largest one" not in vault.read(FOLLOW_UPS)
        wait_for(lambda: watch.says("Debriefs/largest.md: "), "why one is not read")
        assert watch.stop() == 0
    assert is_true(vault)


def test_folders_that_come_and_go(tmp_path: Path) -> None:
    vault = watched_vault(tmp_path / "vault", {f"Debriefs/{n}.md": one_debrief(f"Send {n}") for n in range(20)})
    with watching(vault) as watch:
        take_in(vault)
        outside = SmallVault(tmp_path / "outside")
        outside.write("deep/Globex.md", debrief("Globex", follow_ups="- [ ] Send from outside 📅 2026-11-27\n"))
        (outside.root / "deep").rename(vault.root / "Debriefs" / "deep")
        wait_for(lambda: "Send from outside" in vault.read(FOLLOW_UPS), "the folder moved in")
        vault.edit("Debriefs/deep/Globex.md", "outside", "inside")
        wait_for(lambda: "Send from inside" in vault.read(FOLLOW_UPS), "a change in it", longest=20)
        (vault.root / "Debriefs").rename(vault.root / "Interviews")
        expected = made_afresh(vault, tmp_path / "aside")
        wait_for(
            lambda: summaries(vault) == expected, "the move of all", longest=20
        )  # what is gone counts for a minute
        (vault.root / "Interviews" / "deep").rename(outside.root / "deep")
        wait_for(lambda: "Send from inside" not in vault.read(FOLLOW_UPS), "the folder moved out", longest=20)
        assert watch.stop() == 0
    assert is_true(vault)


def test_a_folder_that_may_not_be_read_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    vault = watched_vault(tmp_path / "vault", {ACME: one_debrief(), "Closed/b.md": one_debrief("Send b")})
    before = without_privileges()
    with watching(vault, before=before) as watch:
        (vault.root / "Closed").chmod(0)
        try:
            vault.edit(ACME, "portfolio", "portfolio soon")
            wait_for(lambda: "portfolio soon" in vault.read(FOLLOW_UPS), "the summary")
            wait_for(lambda: watch.says("Closed: "), "word of the folder")
        finally:
            (vault.root / "Closed").chmod(0o755)
        vault.edit(ACME, "soon", "sooner")
        wait_for(lambda: "Send b" in vault.read(FOLLOW_UPS) and is_true(vault), "the folder again")
        assert watch.stop() == 0


def without_privileges() -> list[str]:
    """Return what runs a program, as root, without root's right to read everything."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("needs setpriv, from util-linux")
    rights = "-dac_override,-dac_read_search"
    return ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}"]


@pytest.mark.parametrize("seconds", [-(10**6), 10**6], ids=["long ago", "in the future"])
def test_a_clock_that_is_wrong(tmp_path: Path, seconds: int) -> None:
    vault = watched_vault(tmp_path / "vault", {ACME: one_debrief()})
    with watching(vault) as watch:
        for words in ("soon", "sooner"):
            vault.edit(ACME, "the portfolio", f"{words} the portfolio")
            os.utime(vault.root / ACME, (time.time() + seconds, time.time() + seconds))
            wait_for(lambda words=words: f"{words} the portfolio" in vault.read(FOLLOW_UPS), f"“{words}”", longest=20)
        assert watch.stop() == 0
