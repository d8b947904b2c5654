"""``jobvault new``: what it takes, asks, writes, opens and says."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.cli.terminal import Terminal
from tests.small_vault import SmallVault, block, debrief, jobvault, make_vault

ACME = "Debriefs/2026-11-20 Acme Robotics panel.md"
needs_terminal = pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(
        tmp_path / "vault",
        {
            ACME: debrief("Acme Robotics", front='people:\n  - "[[Dana Reyes]]"\n'),
            "Summaries/Interviews.md": f"# Interviews\n\n{block('interviews')}",
        },
    )


def editor(tmp_path: Path, name: str = "editor", *, code: int = 0) -> str:
    """Return a command that edits a note as an editor does, and notes down what it was given."""
    script = tmp_path / f"{name} script.py"
    script.write_text(
        "import pathlib, sys\n"
        f"pathlib.Path({str(tmp_path / f'{name}.log')!r}).write_text('\\n'.join(sys.argv[1:]), encoding='utf-8')\n"
        "note = pathlib.Path(sys.argv[-1])\n"
        "text = note.read_text(encoding='utf-8')\n"
        "note.write_text(text.replace('felt:', 'felt: 4').replace('## Overall\\n', '## Overall\\n\\nIt went well.\\n'), encoding='utf-8')\n"
        f"sys.exit({code})\n",
        encoding="utf-8",
    )
    return f'"{sys.executable}" "{script}"'


def log(tmp_path: Path, name: str = "editor") -> str:
    return (tmp_path / f"{name}.log").read_text(encoding="utf-8")


# --- without a terminal -----------------------------------------------------------------------------------------------


def test_every_option_is_in_the_note(vault: SmallVault, program: Program) -> None:
    made = program(
        vault, "new", "Birch & Lowe", "--role", "Staff Engineer", "--round", "system design", "--on", "last fri", "--at", "2:30 pm",
        "--format", "zoom", "--with", "Tom Ek, CTO", "--with", "?, SRE", "--tag", "#remote", "--tag", "b", "--template", "full",
    )  # fmt: skip
    assert (made.code, made.err) == (0, "")
    assert made.out == "Wrote Debriefs/2026-11-20 Birch & Lowe system-design.md\n"
    text = vault.read("Debriefs/2026-11-20 Birch & Lowe system-design.md")
    assert text.startswith(
        "---\ntype: debrief\ncompany: Birch & Lowe\nrole: Staff Engineer\nround: system-design\ndate: 2026-11-20\ntime: 14:30\n"
        'format: video\npeople:\n  - "[[Tom Ek]]"\nfelt:\nforecast:\noutcome: waiting\nhear_by:\nwritten: 2026-11-25\n'
        "tags:\n  - remote\n  - b\n---\n"
    )
    assert "### [[Tom Ek]], CTO\n" in text
    assert "### ?, SRE\n" in text
    assert "- [ ]" not in text


def test_the_summaries_are_brought_up_to_date(vault: SmallVault, program: Program) -> None:
    assert program(vault, "new", "Birch", "--round", "panel").code == 0
    assert "2026-11-25 Birch panel" in vault.read("Summaries/Interviews.md")


def test_an_error_in_another_note_is_left_to_check_and_does_no_harm(vault: SmallVault, program: Program) -> None:
    vault.write("Debriefs/bad.md", "---\ntype: debrief\ncompany: a\ncompany: b\n---\n")
    made = program(vault, "new", "Birch")
    assert made.code == 0
    assert made.err == ""
    vault.write("block.md", "<!-- jobvault:begin nosuch -->\n\n<!-- jobvault:end -->\n")
    assert program(vault, "new", "Corvo").err.startswith("block.md:1: ")


def test_print_path_prints_the_path_and_nothing_else(vault: SmallVault) -> None:
    made = vault.run("new", "Birch", "--print-path", "--no-input")
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout == f"{vault.root / 'Debriefs' / '2026-11-25 Birch.md'}\n"
    assert Path(made.stdout.strip()).is_file()


def test_dry_run_writes_nothing(vault: SmallVault, program: Program) -> None:
    before = vault.bytes()
    shown = program(vault, "new", "Birch", "--round", "panel", "--dry-run")
    assert shown.code == 0
    assert shown.out.startswith("would write Debriefs/2026-11-25 Birch panel.md\n---\ntype: debrief\ncompany: Birch\n")
    assert vault.bytes() == before


def test_without_a_company_there_is_nothing_to_lay_down(vault: SmallVault) -> None:
    before = vault.bytes()
    for words in (("new", "--no-input"), ("new", ""), ("new", " \x1b ")):
        refused = vault.run(*words)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert refused.stderr == f"jobvault: Name the company: `jobvault new COMPANY{vault.where}`.\n"
    assert vault.bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--format", "telepathy"), 2, "--format: “telepathy” is none of phone, video, in-person, take-home."),
        (("--on", "someday"), 2, "--on: “someday” is no date."),
        (("--on", "2026-11-31"), 2, "--on: “2026-11-31” is no date."),
        (("--at", "late"), 2, "--at: “late” is no time of day."),
        (("--template", "nope"), 1, "There is no template “nope”. There are: short, full."),
    ],
)
def test_what_is_not_understood_is_named_and_nothing_written(
    vault: SmallVault, program: Program, words: tuple[str, ...], code: int, said: str
) -> None:
    before = vault.bytes()
    refused = program(vault, "new", "Birch", *words)
    assert (refused.code, refused.out) == (code, "")
    assert said in refused.err
    assert vault.bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Acme",), "“Acme Robotics” exists: if you meant that company, use its name."),
        (("Acme Robotisc",), "“Acme Robotics” exists: if you meant that company, use its name."),
        (("Birch", "--round", "tecnical"), "“technical” exists: if you meant that round, use its name."),
        (("Birch", "--with", "Dana, VP"), "“Dana Reyes” exists: if you meant that person, use their name."),
    ],
)
def test_near_names_are_said_where_nobody_can_be_asked(
    vault: SmallVault, program: Program, words: tuple[str, ...], said: str
) -> None:
    made = program(vault, "new", *words)
    assert made.code == 0
    assert made.err == f"{said}\n"


def test_the_same_interview_again_is_refused_unless_it_differs(vault: SmallVault, program: Program) -> None:
    before = vault.bytes()
    words = ("new", "acme robotics", "--round", "panel", "--on", "2026-11-20")
    for more in ((), ("--dry-run",), ("--no-input", "--print-path")):
        refused = program(vault, *words, *more)
        assert (refused.code, refused.out) == (1, "")
        assert f"{ACME} is the debrief of this company, round and date already." in refused.err
    assert vault.bytes() == before
    assert program(vault, *words, "--at", "15:00").out == "Wrote Debriefs/2026-11-20 Acme Robotics panel 1500.md\n"
    assert program(vault, *words, "--role", "SRE").out == "Wrote Debriefs/2026-11-20 Acme Robotics panel SRE.md\n"


def test_no_editor_opens_without_a_terminal(vault: SmallVault, tmp_path: Path) -> None:
    made = jobvault("new", "Birch", "--vault", str(vault.root), environ={"EDITOR": editor(tmp_path)})
    assert made.returncode == 0
    assert not (tmp_path / "editor.log").exists()


# --- at a terminal ----------------------------------------------------------------------------------------------------


def sit_down(vault: SmallVault, *words: str, **environ: str) -> Terminal:
    return Terminal("new", *words, "--vault", str(vault.root), "--today", "2026-11-25", environ=environ)


@needs_terminal
def test_what_is_missing_is_asked_for(vault: SmallVault) -> None:
    terminal = sit_down(vault, "--no-edit")
    for question, answer in [
        ("Company:", ""),
        ("Company:", "Birch"),
        ("Round (recruiter-screen,", "panel"),
        ("Day [today]:", "someday"),
        ("“someday” is no date", ""),
        ("Who (NAME, TITLE; Enter for no more):", "Tom Ek, CTO"),
        ("Who (NAME, TITLE; Enter for no more):", "?, SRE"),
        ("Who (NAME, TITLE; Enter for no more):", ""),
    ]:
        terminal.expect(question)
        terminal.type(answer)
    terminal.expect("Wrote Debriefs/2026-11-25 Birch panel.md")
    assert terminal.end() == 0
    text = vault.read("Debriefs/2026-11-25 Birch panel.md")
    assert "### [[Tom Ek]], CTO\n" in text
    assert "### ?, SRE\n" in text
    assert text.endswith("- [ ] Thank-you letter to [[Tom Ek]] 📅 2026-11-26\n")


@needs_terminal
def test_what_was_said_on_the_line_is_not_asked_for(vault: SmallVault) -> None:
    terminal = sit_down(vault, "Birch", "--round", "panel", "--on", "today", "--with", "Tom Ek", "--no-edit")
    assert terminal.end() == 0
    assert terminal.text == "Wrote Debriefs/2026-11-25 Birch panel.md\n"


@needs_terminal
@pytest.mark.parametrize(
    "words", [("--on", "someday"), ("--at", "late"), ("--format", "telepathy"), ("--template", "nope")]
)
def test_what_is_wrong_is_said_before_anything_is_asked(vault: SmallVault, words: tuple[str, ...]) -> None:
    terminal = sit_down(vault, *words)
    assert terminal.end() in (1, 2)
    assert "Company" not in terminal.text


@needs_terminal
def test_no_input_asks_nothing_on_a_terminal_either(vault: SmallVault, tmp_path: Path) -> None:
    terminal = sit_down(vault, "Acme", "--no-input", EDITOR=editor(tmp_path))
    assert terminal.end() == 0
    assert "“Acme Robotics” exists" in terminal.text
    assert (vault.root / "Debriefs/2026-11-25 Acme.md").is_file()
    assert not (tmp_path / "editor.log").exists()


@needs_terminal
def test_near_companies_rounds_and_people_are_offered(vault: SmallVault) -> None:
    terminal = sit_down(
        vault, "Acme", "--round", "tech", "--on", "today", "--with", "Dana, VP", "--with", "Dan Reyes", "--no-edit"
    )
    for question, answer in [
        ("“technical” exists: did you mean it? [Y/n]", "y"),
        ("“Dana Reyes” exists: did you mean them? [Y/n]", ""),
        ("“Dana Reyes” exists: did you mean them? [Y/n]", "n"),
    ]:
        if question.startswith("“technical”"):
            terminal.expect("“Acme Robotics” exists: did you mean it? [Y/n]")
            terminal.type("")
        terminal.expect(question)
        terminal.type(answer)
    assert terminal.end() == 0
    text = vault.read("Debriefs/2026-11-25 Acme Robotics technical.md")
    assert "company: Acme Robotics\n" in text
    assert '  - "[[Dana Reyes]]"\n  - "[[Dan Reyes]]"\n' in text


@needs_terminal
def test_a_name_that_is_near_may_still_be_another(vault: SmallVault) -> None:
    terminal = sit_down(vault, "Acme", "--round", "panel", "--on", "today", "--with", "Tom Ek", "--no-edit")
    terminal.expect("did you mean it?")
    terminal.type("n")
    assert terminal.end() == 0
    assert "company: Acme\n" in vault.read("Debriefs/2026-11-25 Acme panel.md")


@needs_terminal
@pytest.mark.parametrize(("answer", "made"), [("", False), ("open", False), ("another", True), ("a", True)])
def test_the_same_interview_is_opened_or_another_made(
    vault: SmallVault, tmp_path: Path, answer: str, made: bool
) -> None:
    before = vault.read(ACME)
    words = ("Acme Robotics", "--round", "panel", "--on", "2026-11-20", "--with", "Dana Reyes")
    terminal = sit_down(vault, *words, EDITOR=editor(tmp_path))
    terminal.expect(f"{ACME} is there already.")
    terminal.expect("Open it, or another one? (open, another) [open]:")
    terminal.type(answer)
    assert terminal.end() == 0
    another = "Debriefs/2026-11-20 Acme Robotics panel b.md"
    assert log(tmp_path) == str(vault.root / (another if made else ACME))
    assert (vault.root / another).exists() == made
    assert vault.read(ACME) == before


@needs_terminal
@pytest.mark.parametrize("asked", ["JOBVAULT_EDITOR", "VISUAL", "EDITOR"])
def test_the_editor_opens_and_what_it_saved_is_summarized(vault: SmallVault, tmp_path: Path, asked: str) -> None:
    others = {"JOBVAULT_EDITOR": ("VISUAL", "EDITOR"), "VISUAL": ("EDITOR",), "EDITOR": ()}[asked]
    environ = {name: editor(tmp_path, "wrong") for name in others}
    terminal = sit_down(
        vault, "Birch", "--round", "panel", "--on", "today", "--with", "Tom Ek", **environ, **{asked: editor(tmp_path)}
    )
    assert terminal.end() == 0
    path = vault.root / "Debriefs" / "2026-11-25 Birch panel.md"
    assert log(tmp_path) == str(path), "the path is one argument, whatever blanks it holds"
    assert not (tmp_path / "wrong.log").exists()
    assert "panel 25 Nov (4/5)" in vault.read("Summaries/Interviews.md")
    assert "It went well." in path.read_text(encoding="utf-8")


@needs_terminal
@pytest.mark.parametrize("how", ["no-edit", "print-path"])
def test_the_editor_can_be_told_to_stay_away(vault: SmallVault, tmp_path: Path, how: str) -> None:
    words = ("Birch", "--round", "panel", "--on", "today", "--with", "Tom Ek", f"--{how}")
    assert sit_down(vault, *words, EDITOR=editor(tmp_path)).end() == 0
    assert not (tmp_path / "editor.log").exists()


@needs_terminal
@pytest.mark.parametrize("command", ["/no/such/editor", '"unclosed', ""])
def test_an_editor_that_does_not_start_is_said_with_the_notes_path(
    vault: SmallVault, tmp_path: Path, command: str
) -> None:
    command = command or editor(tmp_path, code=3)
    terminal = sit_down(
        vault, "Birch", "--round", "panel", "--on", "today", "--with", "Tom Ek", JOBVAULT_EDITOR=command
    )
    assert terminal.end() == 0
    shown = " ".join(terminal.text.split())
    assert "set JOBVAULT_EDITOR to your editor" in shown
    assert "The note is at" in shown
    assert "2026-11-25 Birch panel" in vault.read("Summaries/Interviews.md")


def test_the_vaults_own_template_of_dates_is_used(tmp_path: Path, program: Program) -> None:
    plain = make_vault(
        tmp_path / "plain", {"Debriefs/x.md": debrief(follow_ups="- [ ] Call, due 2026-11-30\n")}, settings=""
    )
    program(plain, "new", "Birch", "--with", "Tom Ek")
    assert plain.read("Debriefs/2026-11-25 Birch.md").endswith("- [ ] Thank-you letter to Tom Ek, due 2026-11-26\n")


def test_a_vault_of_markdown_links_gets_plain_names(tmp_path: Path, program: Program) -> None:
    plain = make_vault(tmp_path / "plain", settings="links: markdown\n")
    program(plain, "new", "Birch", "--with", "Tom Ek, CTO")
    text = plain.read("Debriefs/2026-11-25 Birch.md")
    assert "people:\n  - Tom Ek\n" in text
    assert "### Tom Ek, CTO\n" in text


def test_a_full_name_on_the_line_is_not_taken_for_a_part_of_it(vault: SmallVault, program: Program) -> None:
    vault.write("Debriefs/2026-11-20 Odd.md", debrief("Odd", front='people:\n  - "[[Ann]]"\n'))
    made = program(vault, "new", "Beta", "--with", "Ann Poe, CTO", "--no-input")
    assert "exists" not in made.err
    assert "### [[Ann Poe]], CTO\n" in vault.read("Debriefs/2026-11-25 Beta.md")
