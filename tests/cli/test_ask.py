"""``jobvault new --ask`` at a terminal: answered, skipped, interrupted at each question, pasted into."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from jobvault.model import Debrief
from tests.cli.conftest import Program
from tests.cli.terminal import Terminal
from tests.small_vault import REPOSITORY, SmallVault, block, debrief, make_vault

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
PATH = "Debriefs/2026-11-25 Acme panel.md"
WHO = ("Acme", "--round", "panel", "--on", "today")
QUESTIONS = (
    "1/5 Who did you meet",
    "2/5 What did they ask",
    "3/5 Where were you strong?",
    "And where were you weak?",
    "4/5 How was it over all?",
    "5/5 What will you do differently?",
)
ANSWERS = ("Dana Reyes, VP: short stints", "Why us? - rough", "SQL", "Pay", "4, good talk", "Prepare")


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(tmp_path / "vault", {"Summaries/Interviews.md": f"# Interviews\n\n{block('interviews')}"})


def sit_down(vault: SmallVault, *words: str) -> Terminal:
    return Terminal("new", "--ask", *words, "--vault", str(vault.root), "--today", "2026-11-25")


def answer(terminal: Terminal, answers: Sequence[str]) -> None:
    """Answer the questions in turn, and wait for the one behind them; an empty answer skips its question."""
    for question, text in zip(QUESTIONS, answers, strict=False):
        terminal.expect(question)
        terminal.expect("> ")
        terminal.type(text)
        if text:
            terminal.expect("> ")
            terminal.type("")
    if len(answers) < len(QUESTIONS):
        terminal.expect(QUESTIONS[len(answers)])
        terminal.expect("> ")


def note(vault: SmallVault, path: str = PATH) -> Debrief:
    return next(one for one in vault.open().debriefs if one.path == path)


def said(vault: SmallVault) -> list[str]:
    """Return what the note says of each answer, in their order; empty ones left out."""
    found = note(vault)
    parts = [
        " ".join(f"{met.name}: {' '.join(concern.text for concern in met.concerns)}" for met in found.people),
        " ".join(f"{question.text} {question.mark}" for question in found.questions),
        *(" ".join(remark.text for remark in remarks) for remarks in (found.strong, found.weak)),
        " ".join(str(part) for part in (found.felt, found.overall) if part),
        " ".join(takeaway.text for takeaway in found.takeaways),
    ]
    return [part for part in parts if part]


SAID = ["Dana Reyes: short stints", "Why us? rough", "SQL", "Pay", "4 good talk", "Prepare"]


def test_answered(vault: SmallVault) -> None:
    terminal = sit_down(vault)
    for question, text in (("Company:", "Acme"), ("Round (", "panel"), ("Day [today]:", "")):
        terminal.expect(question)
        terminal.type(text)
    terminal.expect("One thought a line; an empty line ends or skips. Ctrl-C keeps what you said.")
    answer(terminal, ANSWERS)
    terminal.expect(f"Wrote {PATH}: 1 person, 1 question, 1")
    terminal.expect("Open it in your editor? [y/N]")
    terminal.type("")
    assert terminal.end() == 0
    assert said(vault) == SAID
    assert vault.read("Summaries/Interviews.md").count("Acme") > 0
    assert terminal.text.count("an empty line ends") == 1
    assert max(map(len, terminal.text.split("\n"))) < 80


def test_the_documented_dialogue_is_what_it_says(vault: SmallVault) -> None:
    page = (REPOSITORY / "docs/commands/new.md").read_text(encoding="utf-8")
    shown = page.split("## Five questions", 1)[1].split("```text\n", 1)[1].split("\n```", 1)[0].split("\n")
    terminal = sit_down(vault, *WHO)
    for line in shown:
        if line.startswith("  >"):
            terminal.expect("  > ")
            terminal.type(line.removeprefix("  >").strip())
    terminal.expect("[y/N]:")
    terminal.type("")
    assert terminal.end() == 0
    said = terminal.text.replace("\x1b[?2004h", "").replace("\x1b[?2004l", "").replace("\r", "")
    assert [line.rstrip() for line in said.rstrip().split("\n")] == shown


def test_everything_skipped_writes_nothing_as_ctrl_c_does(vault: SmallVault) -> None:
    before = vault.bytes()
    terminal = sit_down(vault, *WHO, "--no-edit")
    answer(terminal, ["Nobody", "none", "n/a", "-", "nichts", ""])
    terminal.expect("Nothing was said. Lay down the empty debrief anyway? [y/N]")
    terminal.type("")
    terminal.expect("Nothing was said, so no debrief was written.")
    assert terminal.end() == 1
    assert vault.bytes() == before


def test_an_empty_debrief_is_laid_down_where_it_is_wanted(vault: SmallVault) -> None:
    terminal = sit_down(vault, *WHO, "--no-edit")
    answer(terminal, [""] * 6)
    terminal.expect("Lay down the empty debrief anyway? [y/N]")
    terminal.type("y")
    terminal.expect(f"Wrote {PATH}: nothing said yet.")
    assert terminal.end() == 0
    assert note(vault).empty


def test_the_editor_is_offered(vault: SmallVault, tmp_path: Path) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\npathlib.Path(sys.argv[-1]).open('a').write('\\n- Later\\n')\n", encoding="utf-8"
    )
    environ = {"JOBVAULT_EDITOR": f'"{sys.executable}" "{script}"'}
    terminal = Terminal("new", "--ask", *WHO, "--vault", str(vault.root), "--today", "2026-11-25", environ=environ)
    answer(terminal, ANSWERS)
    terminal.expect("Open it in your editor? [y/N]")
    terminal.type("y")
    assert terminal.end() == 0
    assert vault.read(PATH).endswith("\n- Later\n")


@pytest.mark.parametrize("answered", range(1, 6))
def test_ctrl_c_keeps_what_was_said(vault: SmallVault, answered: int) -> None:
    terminal = sit_down(vault, *WHO)
    answer(terminal, ANSWERS[:answered])
    terminal.type(ANSWERS[answered])
    terminal.expect("> ")
    terminal.insist("Kept what you said in ")
    assert terminal.end() == 0
    assert said(vault) == SAID[: answered + 1]
    assert "Open it" not in terminal.text


def test_ctrl_c_before_anything_was_said_writes_nothing(vault: SmallVault) -> None:
    before = vault.bytes()
    terminal = sit_down(vault, *WHO)
    answer(terminal, ["", ""])
    terminal.insist("Stopped.")
    assert terminal.end() == 1
    assert vault.bytes() == before


def test_ctrl_c_again_and_again_loses_nothing(vault: SmallVault) -> None:
    terminal = sit_down(vault, *WHO)
    answer(terminal, ANSWERS[:2])
    for _ in range(5):
        terminal.interrupt()
    terminal.insist("Kept what you said in ")
    assert terminal.end() in (0, 1)
    assert said(vault) == SAID[:2]


def test_a_closed_terminal_loses_nothing(vault: SmallVault) -> None:
    terminal = sit_down(vault, *WHO)
    answer(terminal, ANSWERS[:2])
    terminal.type("SQL")
    terminal.expect("> ")
    assert terminal.hang_up() == 1
    assert said(vault) == SAID[:3]


def test_ctrl_d_ends_an_answer(vault: SmallVault) -> None:
    terminal = sit_down(vault, *WHO, "--no-edit")
    for question in QUESTIONS[:2]:
        terminal.expect(question)
        terminal.expect("> ")
        if question == QUESTIONS[0]:
            terminal.type("Dana Reyes: x")
            terminal.expect("> ")
        terminal.press("\x04")
    terminal.expect(QUESTIONS[2])
    terminal.insist("Kept what you said")
    assert terminal.end() == 0
    assert said(vault) == ["Dana Reyes: x"]


def test_pasted_lines_land_whole(vault: SmallVault) -> None:
    questions = [f"Question {number}? (ok)" for number in range(200)]
    odd = ["# hash", "---", "<!-- x", "- [ ] box", "tab\there 🙂 שלום", "long " * 1200 + "end"]
    terminal = sit_down(vault, *WHO, "--no-edit")
    answer(terminal, [""])
    terminal.paste("\r\n".join(questions))
    terminal.type("")
    terminal.expect("> ")
    terminal.type("")
    terminal.expect(QUESTIONS[2])
    terminal.expect("> ")
    terminal.paste("\n".join(odd))
    terminal.type("")
    terminal.expect("> ")
    terminal.type("")
    terminal.expect(QUESTIONS[3])
    terminal.expect("> ")
    terminal.insist("Kept what you said in ")
    assert terminal.end() == 0
    found = note(vault)
    assert [question.text for question in found.questions] == [f"Question {number}?" for number in range(200)]
    words = [" ".join(line.split()).removeprefix("- ") for line in odd]
    assert [remark.text.replace("\\", "") for remark in found.strong] == words


def test_a_line_longer_than_a_terminal_buffers(vault: SmallVault) -> None:
    line = "why " * 2500 + "end"
    terminal = sit_down(vault, *WHO, "--no-edit")
    answer(terminal, ["", ""])
    terminal.paste(line)
    terminal.type("")
    terminal.expect("> ")
    terminal.insist("Kept what you said in ")
    assert terminal.end() == 0
    assert [remark.text for remark in note(vault).strong] == [line]


def test_control_characters_reach_neither_note_nor_terminal(vault: SmallVault) -> None:
    terminal = sit_down(vault, *WHO, "--no-edit")
    terminal.expect(QUESTIONS[0])
    terminal.expect("> ")
    terminal.paste("Dana\x07 Reyes: \x1b]0;title\x07 nul\0x\x9b31m")
    terminal.type("")
    terminal.expect("> ")
    terminal.insist("Kept what you said in ")
    assert terminal.end() == 0
    assert not {char for char in vault.read(PATH) if (ord(char) < 32 and char != "\n") or 127 <= ord(char) < 160}
    assert "\x1b]" not in terminal.raw
    assert [met.name for met in note(vault).people] == ["Dana Reyes"]


def test_a_first_name_of_the_company_is_offered_in_full(vault: SmallVault) -> None:
    vault.write("Debriefs/2026-11-20 Acme.md", debrief(front='people:\n  - "[[Dana Reyes]]"\n'))
    terminal = sit_down(vault, *WHO, "--no-edit")
    terminal.expect(QUESTIONS[0])
    terminal.expect("> ")
    terminal.type("Dana: short stints")
    terminal.expect("> ")
    terminal.type("")
    terminal.expect("“Dana Reyes” exists: did you mean them? [Y/n]")
    terminal.type("")
    terminal.expect(QUESTIONS[1])
    terminal.insist("Kept what you said in ")
    assert terminal.end() == 0
    assert said(vault) == ["Dana Reyes: short stints"]


def test_names_in_passing_are_asked_about_at_once(vault: SmallVault) -> None:
    vault.write("Debriefs/2026-11-20 Acme.md", debrief(front='people:\n  - "[[Marco Bell]]"\n'))
    terminal = sit_down(vault, *WHO, "--no-edit")
    terminal.expect(QUESTIONS[0])
    for line in (
        "Dana Reyes, VP",
        "Sarah from HR",
        "the recruiter Tom",
        "Priya Nair worried about pay",
        "dana",
        "anna",
    ):
        terminal.expect("> ")
        terminal.type(line)
    terminal.expect("> ")
    terminal.type("")
    terminal.expect("Are these people you met: Sarah, Tom? [Y/n]")
    terminal.type("")
    terminal.expect("Is “anna” somebody you met? [y/N]")
    terminal.type("")
    terminal.expect(QUESTIONS[1])
    terminal.insist("Kept what you said in ")
    assert terminal.end() == 0
    assert [(met.name, met.title, [one.text for one in met.concerns]) for met in note(vault).people] == [
        ("Dana Reyes", "VP", ["anna"]),
        ("Sarah", "from HR", []),
        ("Tom", "the recruiter", []),
        ("Priya Nair", "", ["pay"]),
    ]


def test_a_full_name_is_not_shortened_to_another_companys_person(vault: SmallVault) -> None:
    vault.write("Debriefs/2026-11-20 Odd.md", debrief("Odd", front='people:\n  - "[[Ann]]"\n'))
    terminal = sit_down(vault, *WHO, "--no-edit")
    terminal.expect(QUESTIONS[0])
    terminal.expect("> ")
    terminal.type("Ann Poe, CTO: too quiet")
    terminal.expect("> ")
    terminal.type("")
    terminal.expect(QUESTIONS[1])
    terminal.insist("Kept what you said in ")
    assert terminal.end() == 0
    assert "exists" not in terminal.text
    assert "### [[Ann Poe]], CTO\n" in vault.read(PATH)


def test_a_debrief_that_cannot_take_it_is_left_alone_and_what_was_said_is_in_a_file(vault: SmallVault) -> None:
    vault.write(
        PATH, debrief(date="2026-11-25", body="## Takeaways\n\n<<<<<<< HEAD\n- a\n=======\n- b\n>>>>>>> phone\n")
    )
    before = vault.bytes()
    terminal = sit_down(vault, *WHO)
    answer(terminal, ["", "", "", "", "", "Prepare"])
    terminal.expect("a git conflict is not resolved here. Nothing was written. What you said is in ")
    assert terminal.end() == 1
    assert vault.bytes() == before
    kept = Path(terminal.text.split("What you said is in ")[1].split("\n")[0])
    assert kept.read_text(encoding="utf-8") == "[takeaways]\nPrepare\n"
    assert "Kept what" not in terminal.text


def test_a_number_that_was_not_read_is_said(vault: SmallVault) -> None:
    terminal = sit_down(vault, *WHO, "--no-edit")
    answer(terminal, ["", "", "", "", "3-4"])
    terminal.insist("Kept what you said in ")
    assert terminal.end() == 0
    assert "“3-4” was not read as how it felt, 1 to 5" in " ".join(terminal.text.split())
    assert (note(vault).felt, note(vault).overall) == (None, "3-4")


def test_a_word_that_may_be_a_name_is_asked_about(vault: SmallVault) -> None:
    terminal = sit_down(vault, *WHO, "--no-edit")
    terminal.expect(QUESTIONS[0])
    terminal.expect("> ")
    terminal.type("Scaling")
    terminal.expect("> ")
    terminal.type("")
    terminal.expect("Is “Scaling” somebody you met? [Y/n]")
    terminal.type("n")
    terminal.expect(QUESTIONS[1])
    terminal.insist("Kept what you said in ")
    assert terminal.end() == 0
    assert note(vault).people == ()
    assert "Scaling" in vault.read(PATH)


def test_a_line_in_place_of_yes_or_no_is_kept(vault: SmallVault) -> None:
    terminal = sit_down(vault, *WHO, "--no-edit")
    terminal.expect(QUESTIONS[0])
    terminal.expect("> ")
    terminal.type("Scaling")
    terminal.expect("> ")
    terminal.type("")
    terminal.expect("Is “Scaling” somebody you met? [Y/n]")
    terminal.type("they all seemed very tired of the old build")
    terminal.expect("Is “Scaling” somebody you met? [Y/n]")
    terminal.type("n")
    terminal.expect(QUESTIONS[1])
    terminal.insist("Kept what you said in ")
    terminal.expect("2 lines on the round")
    assert terminal.end() == 0
    assert "tired of the old build" in vault.read(PATH)


def test_the_empty_debrief_of_these_days_is_offered(vault: SmallVault, program: Program) -> None:
    assert program(vault, "new", *WHO, "--no-input").code == 0
    terminal = sit_down(vault, "--no-edit")
    terminal.expect("is still empty. Is it this one? [Y/n]")
    terminal.type("")
    terminal.expect("is there already: what you say")
    answer(terminal, ANSWERS)
    terminal.expect("Wrote Debriefs/")
    assert terminal.end() == 0
    assert said(vault) == SAID
    assert [one.path for one in vault.open().debriefs] == [PATH]


def test_german_asks_in_german(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "german", settings="language: de\n")
    words = vault.open().words
    terminal = sit_down(vault, *WHO, "--no-edit")
    terminal.expect(f"1/5 {words.text('ask.people')}"[:40])
    terminal.expect("> ")
    terminal.insist("Stopped.")
    assert terminal.end() == 1
    assert "Who did you meet" not in terminal.text
    made = [vault.run("new", *WHO, "--no-input", *more).stdout for more in (["--dry-run"], [])]
    assert [text.split(":")[0] for text in made] == ["würde schreiben", "Geschrieben"]


def test_dry_run_shows_the_note(vault: SmallVault) -> None:
    before = vault.bytes()
    terminal = sit_down(vault, *WHO, "--dry-run")
    answer(terminal, ANSWERS)
    terminal.expect(f"would write {PATH}")
    assert terminal.end() == 0
    assert "### [[Dana Reyes]], VP\n\n- Cares about:\n- Concern: short stints\n" in terminal.text
    assert vault.bytes() == before


def test_dry_run_shows_what_would_change(vault: SmallVault) -> None:
    vault.write(PATH, debrief(date="2026-11-25"))
    before = vault.bytes()
    terminal = sit_down(vault, *WHO, "--dry-run")
    answer(terminal, ["", "", "", "", "", "Prepare"])
    terminal.expect(f"would write {PATH}")
    assert terminal.end() == 0
    assert "\n+- Prepare\n" in terminal.text
    assert vault.bytes() == before


def test_print_path_prints_where_the_note_is_and_asks_on_standard_error(vault: SmallVault, tmp_path: Path) -> None:
    arguments = ("new", "--ask", *WHO, "--print-path", "--vault", str(vault.root), "--today", "2026-11-25")
    with (tmp_path / "out").open("wb") as out:
        terminal = Terminal(*arguments, stdout=out)
        answer(terminal, ANSWERS)
        terminal.expect(f"Wrote {PATH}")
        assert terminal.end() == 0
    assert (tmp_path / "out").read_text(encoding="utf-8") == f"{vault.root / PATH}\n"
    assert said(vault) == SAID


def test_what_cannot_be_written_is_in_a_file(vault: SmallVault) -> None:
    vault.write("Debriefs", "a file, where the folder would be")
    terminal = sit_down(vault, *WHO)
    answer(terminal, ANSWERS)
    terminal.expect("What you said is in ")
    assert terminal.end() == 1
    kept = Path(terminal.text.split("What you said is in ")[1].split("\n")[0])
    assert kept.read_text(encoding="utf-8").startswith(f"[people]\n{ANSWERS[0]}\n\n[asked]\n{ANSWERS[1]}\n")


def test_ctrl_c_where_somebody_is_asked_about_keeps_them(vault: SmallVault) -> None:
    terminal = sit_down(vault, *WHO)
    terminal.expect(QUESTIONS[0])
    terminal.expect("> ")
    terminal.type("Dana")
    terminal.expect("> ")
    terminal.type("")
    terminal.expect("Is “Dana” somebody you met? [Y/n]")
    terminal.insist("Kept what you said in ")
    assert terminal.end() == 0
    assert [met.name for met in note(vault).people] == ["Dana"]


def test_without_a_terminal_it_says_so(vault: SmallVault, program: Program) -> None:
    before = vault.bytes()
    for made in (program(vault, "new", "--ask", *WHO), program(vault, "new", "--ask", *WHO, "--no-input")):
        assert (made.code, made.out) == (2, "")
        assert "--ask asks you, so it needs a terminal" in made.err
    assert vault.bytes() == before
