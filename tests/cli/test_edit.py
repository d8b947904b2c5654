"""``jobvault edit``: the note that is meant, in the editor, and the summaries after it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jobvault.cli.editors import editor_arguments
from tests.cli.conftest import Program
from tests.cli.terminal import Terminal
from tests.small_vault import SmallVault, block, debrief, jobvault, make_vault

ACME = "Debriefs/2026-11-20 Acme panel.md"
BIRCH = "Debriefs/2026-11-24 Birch panel.md"
LIST = "Summaries/Follow-ups.md"

unix = pytest.mark.skipif(os.name == "nt", reason="Windows has no shell scripts and pseudo-terminals of this kind")


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(
        tmp_path / "a vault",
        {
            ACME: debrief(front="people: [Dana Reyes]\n", follow_ups="- [ ] Call\n"),
            BIRCH: debrief("Birch", "2026-11-24"),
            LIST: f"# Follow-ups\n\n{block('follow-ups')}",
        },
    )


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor called vim: writes what it was given beside itself, and a line into the note."""
    place = tmp_path / "bin" / "vim"
    place.parent.mkdir()
    place.write_text(
        f"#!{sys.executable}\nimport pathlib, sys\npathlib.Path({str(tmp_path / 'given')!r}).write_text('\\n'.join(sys.argv[1:]))\n"
        "note = pathlib.Path(sys.argv[-1])\nnote.write_text(note.read_text() + '- [ ] Typed in the editor\\n')\n"
    )
    place.chmod(0o755)
    monkeypatch.setenv("JOBVAULT_EDITOR", f"'{place}' --nofork")
    return tmp_path / "given"


@unix
def test_opens_the_note_and_brings_the_summaries_up_to_date(vault: SmallVault, editor: Path, program: Program) -> None:
    done = program(vault, "edit", "acme")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert editor.read_text().split("\n") == ["--nofork", str(vault.root / ACME)]
    assert "- [ ] Typed in the editor · Acme · " in vault.read(LIST)


@unix
def test_without_words_it_is_the_last_debrief(vault: SmallVault, editor: Path, program: Program) -> None:
    assert program(vault, "edit").code == 0
    assert editor.read_text().endswith(BIRCH)


@unix
def test_an_id_opens_the_line_of_its_follow_up(vault: SmallVault, editor: Path, program: Program) -> None:
    [item] = vault.open().follow_ups
    assert program(vault, "edit", item.id[:4]).code == 0
    assert editor.read_text().split("\n") == ["--nofork", f"+{item.line}", str(vault.root / ACME)]


@pytest.mark.parametrize(
    ("words", "path"),
    [((), BIRCH), (("acme",), ACME), (("dana", "panel"), ACME), (("20", "nov"), ACME), (("follow",), LIST)],
)
def test_print_path_prints_it_and_nothing_else(
    vault: SmallVault, program: Program, words: tuple[str, ...], path: str
) -> None:
    before = vault.bytes()
    for option in ("--print-path", "--no-input"):
        shown = program(vault, "edit", *words, option)
        assert (shown.code, shown.out, shown.err) == (0, f"{vault.root / path}\n", "")
    assert vault.bytes() == before


def test_several_are_listed_and_nothing_is_opened(vault: SmallVault) -> None:
    refused = vault.run("edit", "panel")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"jobvault: “panel” could be any of these:\n  {BIRCH}\n  {ACME} · Dana Reyes\n"
        "Nothing was opened. Say more, or name it by its path or id.\n"
    )


def test_nothing_that_is_meant_is_said_with_what_is_near(vault: SmallVault, program: Program) -> None:
    refused = program(vault, "edit", "brich")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == "jobvault: “brich” means no note here. Did you mean “Birch”?\n"


@unix
@pytest.mark.parametrize(
    ("editor", "what"),
    [
        ("no-such-editor", "is not there"),
        ("false", "ended with an error"),
        ("/", "cannot be started (Permission denied)"),
        ("'broken", "cannot be started: a quote in its name is not closed"),
    ],
)
def test_an_editor_that_fails_is_named_with_the_path(
    vault: SmallVault, program: Program, monkeypatch: pytest.MonkeyPatch, editor: str, what: str
) -> None:
    monkeypatch.delenv("JOBVAULT_EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    shown = program(vault, "edit", "acme")
    assert (shown.code, shown.out) == (1, "")
    place = vault.root / ACME
    assert (
        shown.err
        == f"jobvault: The editor `{editor}` {what}. The note is at {place}; set JOBVAULT_EDITOR to your editor.\n"
    )


@unix
def test_what_was_saved_before_the_editor_failed_is_summed_up(
    vault: SmallVault, editor: Path, tmp_path: Path, program: Program
) -> None:
    vim = tmp_path / "bin" / "vim"
    vim.write_text(vim.read_text() + "sys.exit(1)\n")
    assert program(vault, "edit", "acme").code == 1
    assert "- [ ] Typed in the editor · Acme · " in vault.read(LIST)


@unix
def test_when_the_editor_of_new_fails_the_note_stands_and_it_says_so(vault: SmallVault) -> None:
    terminal = Terminal(
        "new", "Corvo", "--round", "panel", "--on", "2026-11-25", "--with", "Lee Ok", "--vault", str(vault.root),
        "--today", "2026-11-25", columns=300, environ={"JOBVAULT_EDITOR": "no-such-editor"},
    )  # fmt: skip
    terminal.expect("Wrote Debriefs/2026-11-25 Corvo panel.md")
    terminal.expect("The editor `no-such-editor` is not there. The note is at ")
    assert terminal.end() == 0
    assert "type: debrief" in vault.read("Debriefs/2026-11-25 Corvo panel.md")


@unix
def test_a_long_candidate_is_wrapped_at_words(vault: SmallVault) -> None:
    vault.edit(
        ACME, "people: [Dana Reyes]", "people: [Sunniva Brekkhus, Kofi Darko-Lang, Ludmila Horvat, Ashok Vellani]"
    )
    terminal = Terminal("edit", "panel", "--vault", str(vault.root), "--today", "2026-11-25")
    terminal.expect("Which one (1-2)")
    terminal.insist("Stopped.")
    terminal.end()
    rows = terminal.text.splitlines()
    assert rows[1:3] == [
        f"  2  {ACME} · Sunniva Brekkhus, Kofi Darko-Lang,", "     Ludmila Horvat, Ashok Vellani",
    ]  # fmt: skip
    assert all(len(row) < 80 for row in rows)


@unix
def test_at_a_terminal_one_is_chosen(vault: SmallVault, editor: Path) -> None:
    terminal = Terminal(
        "edit", "panel", "--vault", str(vault.root), "--today", "2026-11-25",
        environ={"JOBVAULT_EDITOR": os.environ["JOBVAULT_EDITOR"]},
    )  # fmt: skip
    terminal.expect(f"2  {ACME} · Dana Reyes")
    terminal.expect("Which one (1-2)")
    terminal.type("2")
    assert terminal.end() == 0
    assert editor.read_text().endswith(ACME)


@unix
@pytest.mark.skipif(shutil.which("vim") is None, reason="vim is not installed")
def test_real_vim_opens_the_line(vault: SmallVault) -> None:
    [item] = vault.open().follow_ups
    script = "normal A, soon"
    done = jobvault(
        "edit", item.id, "--vault", str(vault.root),
        environ={"JOBVAULT_EDITOR": f"vim -u NONE -es -c '{script}' -c wq"},
    )  # fmt: skip
    assert done.returncode == 0
    assert "- [ ] Call, soon\n" in vault.read(ACME)


@pytest.mark.parametrize(
    ("editor", "given"),
    [
        ("vim", ["+7", "a b.md"]),
        ("/usr/bin/nvim -p", ["+7", "a b.md"]),
        ("emacsclient -t", ["+7", "a b.md"]),
        ("nano", ["+7", "a b.md"]),
        ("code --wait", ["-g", "a b.md:7"]),
        ("hx", ["a b.md:7"]),
        ("my-editor", ["a b.md"]),
        ("'broken", ["a b.md"]),
    ],
)
def test_editors_are_told_the_line_in_their_own_way(
    editor: str, given: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("EDITOR", "VISUAL", "JOBVAULT_EDITOR"):
        monkeypatch.setenv(variable, editor)
        assert editor_arguments(Path("a b.md"), 7) == given
        assert editor_arguments(Path("a b.md"), None) == ["a b.md"]
        monkeypatch.setenv(variable, "ed")
    assert editor_arguments(Path("a b.md"), 7) == ["a b.md"]


@unix
def test_the_path_can_be_handed_to_another_program(vault: SmallVault) -> None:
    done = vault.run("edit", "acme", "--print-path")
    shown = subprocess.run(["cat", done.stdout.rstrip("\n")], capture_output=True, text=True, check=True)
    assert shown.stdout == vault.read(ACME)
