"""``jobvault watch`` beside real editors: each save is in the summaries soon, once, and nothing else is written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.watched import wait_for, watching
from tests.small_vault import SmallVault, block, debrief, make_vault

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the editors of this test are not on Windows")

ACME = "Debriefs/2026-11-20 Acme panel.md"
LIST = "Summaries/Follow-ups.md"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    vault = make_vault(
        tmp_path / "vault",
        {
            ACME: debrief(follow_ups="- [ ] Send the portfolio 📅 2026-11-27\n"),
            LIST: f"# Follow-ups\n\n{block('follow-ups')}",
            "Other.md": "# Not ours\n",
        },
    )
    vault.summarize()
    return vault


def by_vim(path: Path) -> None:
    program = shutil.which("vim") or shutil.which("vim.tiny") or shutil.which("vi")
    if program is None:
        pytest.skip("vim is not installed")
    subprocess.run(
        [program, "-u", "NONE", "-N", "-i", "NONE", "-es", "-c", "set backup writebackup backupcopy=no",
         "-c", "%s/portfolio/portfolio by vim/", "-c", "wq", str(path)],
        check=True, timeout=30, env={**os.environ, "TERM": "dumb"},
    )  # fmt: skip


def by_nano(path: Path) -> None:
    program = shutil.which("nano")
    if program is None:
        pytest.skip("nano is not installed")
    import pty

    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm"
        os.execv(program, [program, "--ignorercfiles", str(path)])
    screen = bytearray()
    threading.Thread(target=_watch_screen, args=(terminal, screen), daemon=True).start()

    def until(words: bytes) -> None:
        wait_for(lambda: words in screen, f"nano to show {words!r}")
        screen.clear()

    steps = (
        (b"Exit", b"\x1c"),  # the bar at the bottom comes last; of a line only what changes is drawn
        (b"Search (to", b"portfolio\r"),
        (b"Replace with", b"portfolio by nano\r"),
        (b"this instance", b"A"),
        (b"urrence", b"\x0f"),
        (b"Name to Write", b"\r"),
        (b"Wrote", b"\x18"),
    )
    for shown, keys in steps:
        until(shown)
        os.write(terminal, keys)
    os.waitpid(pid, 0)


def _watch_screen(terminal: int, screen: bytearray) -> None:
    try:
        while data := os.read(terminal, 4096):
            screen += data
    except OSError:
        return


EMACS = """
(progn
  (setq make-backup-files t auto-save-default t create-lockfiles t backup-by-copying nil
        backup-enable-predicate (lambda (_) t))  ; else none are made below /tmp
  (find-file (getenv "NOTE"))
  (auto-save-mode 1)
  (while (search-forward "portfolio" nil t) (replace-match "portfolio by emacs" t t))
  (do-auto-save)
  (princ (format "%S" (directory-files default-directory)))
  (save-buffer)
  (kill-emacs))
"""


def by_emacs(path: Path) -> None:
    program = shutil.which("emacs")
    if program is None:
        pytest.skip("emacs is not installed")
    done = subprocess.run(
        [program, "-Q", "--batch", "--eval", EMACS],
        check=True, timeout=60, capture_output=True, text=True, env={**os.environ, "NOTE": str(path)},
    )  # fmt: skip
    assert f'".#{path.name}"' in done.stdout, "emacs made no lock"
    assert f'"#{path.name}#"' in done.stdout, "emacs did not save by itself"
    assert path.with_name(path.name + "~").exists(), "emacs made no backup"


def by_sed(path: Path) -> None:
    if shutil.which("sed") is None:
        pytest.skip("sed is not installed")
    subprocess.run(["sed", "-i", "s/portfolio/portfolio by sed/", str(path)], check=True, timeout=30)


def by_truncating(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("portfolio", "portfolio by hand")
    with path.open("w", encoding="utf-8") as file:
        for part in (text[:20], text[20:60], text[60:]):
            file.write(part)
            file.flush()
            time.sleep(0.05)  # a slow writer: for a moment the note is empty, then half


@pytest.mark.parametrize(
    ("save", "words"),
    [(by_vim, "by vim"), (by_emacs, "by emacs"), (by_nano, "by nano"), (by_sed, "by sed"), (by_truncating, "by hand")],
)
def test_a_save_is_in_the_summaries_once_and_nothing_else_is_written(
    vault: SmallVault, save: Callable[[Path], None], words: str
) -> None:
    with watching(vault) as watch:
        before = vault.bytes()
        save(vault.root / ACME)
        wait_for(lambda: words in vault.read(LIST), f"“{words}” in the summary")
        wait_for(lambda: bool(watch.changes), "a line about it")
        wait_for(lambda: not any(path.endswith(".tmp") for path in vault.bytes()), "the end of the write")
        settled = vault.bytes()
        wait_for(watch_is_idle(vault, settled), "quiet")
        after = vault.bytes()
        assert {path for path in after if after[path] != before.get(path)} <= {ACME, LIST, ACME + "~"}
        assert after[LIST] == settled[LIST]
        assert len(watch.changes) == 1, watch.lines
        assert f"Send the portfolio {words} · Acme" in vault.read(LIST)
        assert watch.stop() == 0
        assert not any("Traceback" in line for line in watch.lines)


def watch_is_idle(vault: SmallVault, settled: dict[str, tuple[bytes, int]]) -> Callable[[], bool]:
    """Return a condition: two seconds have passed in which nothing was written."""
    until = time.monotonic() + 2.0

    def condition() -> bool:
        assert vault.bytes() == settled
        return time.monotonic() > until

    return condition


def test_nothing_is_written_when_nothing_changed(vault: SmallVault) -> None:
    before = vault.bytes()
    with watching(vault) as watch:
        for path in before:
            (vault.root / path).read_bytes()
        os.utime(vault.root / "Other.md")
        touched = vault.bytes()
        wait_for(watch_is_idle(vault, touched), "quiet")
        assert watch.changes == []
        assert watch.stop() == 0
    assert {p: d for p, (d, _) in vault.bytes().items()} == {p: d for p, (d, _) in before.items()}


@pytest.mark.parametrize("options", [(), ("--poll",)])
def test_a_box_ticked_in_the_summary_ticks_its_source_once(vault: SmallVault, options: tuple[str, ...]) -> None:
    with watching(vault, *options) as watch:
        vault.edit(LIST, "- [ ] Send the portfolio", "- [x] Send the portfolio")
        wait_for(lambda: "- [x] Send the portfolio 📅 2026-11-27\n" in vault.read(ACME), "the tick in its source")
        wait_for(lambda: "## Done this week\n\n- [x] Send the portfolio" in vault.read(LIST), "the summary")
        wait_for(lambda: bool(watch.changes), "a line about it")
        wait_for(watch_is_idle(vault, vault.bytes()), "quiet")
        assert vault.read(ACME).count("[x]") == 1
        assert watch.stop() == 0


@pytest.mark.parametrize("options", [(), ("--poll",)])
def test_a_template_of_the_vault_that_comes_changes_breaks_and_goes_is_followed(
    vault: SmallVault, options: tuple[str, ...]
) -> None:
    template, before = "Templates/jobvault/views/follow-ups.md.j2", vault.read(LIST)
    with watching(vault, *options) as watch:
        vault.write(template, "one of mine\n")
        wait_for(lambda: "\none of mine\n" in vault.read(LIST), "the template's words")
        vault.write(template, "another of mine\n")
        wait_for(lambda: "\nanother of mine\n" in vault.read(LIST), "the changed template's words")
        vault.write(template, "{% broken\n")
        wait_for(lambda: any(line.startswith(f"{template}:1: ") for line in watch.lines), "the complaint")
        assert "\nanother of mine\n" in vault.read(LIST)
        (vault.root / template).unlink()
        wait_for(lambda: vault.read(LIST) == before, "jobvault's own words")
        assert watch.stop() == 0


def test_a_mistake_in_the_settings_is_said_and_survived(vault: SmallVault) -> None:
    with watching(vault) as watch:
        vault.write("jobvault.yaml", "links: wikki\n")
        wait_for(lambda: any("jobvault.yaml" in line and "wiki" in line for line in watch.lines), "the complaint")
        vault.edit(ACME, "portfolio", "portfolio again")
        wait_for(lambda: "portfolio again" in vault.read(LIST), "the summary")
        assert watch.stop() == 0


def test_the_vault_going_away_ends_it_with_an_error(vault: SmallVault, tmp_path: Path) -> None:
    with watching(vault) as watch:
        vault.root.rename(tmp_path / "moved")
        assert watch.process.wait(timeout=60) == 1
        wait_for(lambda: any("jobvault:" in line for line in watch.lines), "the reason")
