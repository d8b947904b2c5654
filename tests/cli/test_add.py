"""``jobvault add``: which words are the note, what is said, and that nothing lands where nobody looks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.cli.terminal import Terminal
from tests.small_vault import SmallVault, block, debrief, make_vault

ACME = "Debriefs/2026-11-20 Acme panel.md"
BIRCH = "Debriefs/2026-11-24 Birch technical.md"
NEXT = "Debriefs/2026-12-01 Corvo panel.md"
LIST = "Summaries/Follow-ups.md"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    vault = make_vault(
        tmp_path / "vault",
        {
            ACME: debrief(front="people: [Dana Reyes, Will Ode]\n", follow_ups="- [ ] Call\n"),
            BIRCH: debrief("Birch", "2026-11-24", "technical", front="people: [Ann Lee]\n", follow_ups="- [ ] Mail\n"),
            NEXT: debrief("Corvo", "2026-12-01"),
            LIST: f"# Follow-ups\n\n{block('follow-ups')}",
        },
    )
    vault.summarize()
    return vault


def where(vault: SmallVault, words: str) -> list[str]:
    return [path for path in (ACME, BIRCH, NEXT) if words in vault.read(path)]


def test_says_where_it_went_and_brings_the_summaries_up_to_date(vault: SmallVault) -> None:
    done = vault.run("add", "acme", "Send the CV", "--due", "fri")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Added to Follow-ups: Send the CV · due 2026-11-27 · {ACME}:14\n"
    assert vault.read(ACME).endswith("- [ ] Call\n- [ ] Send the CV 📅 2026-11-27\n")
    assert "- [ ] Send the CV · Acme · due Fri 27 Nov 2026 · " in vault.read(LIST)
    assert not vault.open().summarize().changes


@pytest.mark.parametrize(
    ("words", "path", "text"),
    [
        (["Send the CV"], BIRCH, "Send the CV"),
        (["Send", "the", "CV"], BIRCH, "Send the CV"),
        (["Send", "the CV", "today"], BIRCH, "Send the CV today"),
        (["Shine"], BIRCH, "Shine"),
        (["acme", "Send the CV"], ACME, "Send the CV"),
        (["Dana", "Send the CV"], ACME, "Send the CV"),
        (["acme", "panel", "Send the CV"], ACME, "Send the CV"),
        (["20 nov", "Send the CV"], ACME, "Send the CV"),
        (["corvo", "Read about them"], NEXT, "Read about them"),
        (["Acme wants the CV"], BIRCH, "Acme wants the CV"),
        (["--to", "acme", "CV"], ACME, "CV"),
        (["--to", "acme", "Birch", "was", "nicer"], ACME, "Birch was nicer"),
        (["--to=2026-11-20 Acme panel", "Send the CV"], ACME, "Send the CV"),
        (["--weak", "--", "- a dash"], BIRCH, "a dash"),
        (["--weak", "- a dash"], BIRCH, "a dash"),
        (["acme", "- [x] done"], ACME, "done"),
        (["acme", "- [ ] tick the [x] box"], ACME, "tick the [x] box"),
        (["[x] marks the spot"], BIRCH, "[x] marks the spot"),
        (["acme", "--weak point, all in all"], ACME, "--weak point, all in all"),
        (["acme", "Portfolio"], ACME, "Portfolio"),
        (["Dana Reyes", "Portfolio"], ACME, "Portfolio"),
        (["technical", "Portfolio"], BIRCH, "Portfolio"),
        (["acmee Portfolio"], BIRCH, "acmee Portfolio"),
    ],
)
def test_a_note_stands_before_a_text_in_quotes(
    vault: SmallVault, program: Program, words: list[str], path: str, text: str
) -> None:
    done = program(vault, "add", *words)
    assert done.code == 0
    assert f": {text} · {path}:" in done.out
    assert where(vault, text) == [path]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["acme", "wants", "a CV too", "now"], 'jobvault add "acme wants a CV too now"'),
        (["Will", "call", "back"], "“Will” could be the note, or a part of the text"),
        (["panel", "went", "well"], 'jobvault add panel "went well"'),
        (["acme", "wants", 'a "CV"', "now"], "jobvault add 'acme wants a \"CV\" now'"),
        (["acme"], 'jobvault add acme "TEXT"'),
        ([""], "There are no words to write."),
        (["x", "--due", "someday"], "--due: “someday” is no date."),
        (["x", "--weak", "--strong"], "--weak and --strong exclude each other."),
        (["x", "--weak", "--concern", "Ann"], "--weak and --concern exclude each other."),
        (["x", "--takeaway", "--due", "fri"], "--due is for follow-ups, so it does not go with --takeaway."),
        (["--nope", "x"], "No such option"),
        (["acme", "Call due 2026-11-31"], "“due 2026-11-31”: there is no such date, so nothing was added."),
        (["x", "--concern", "?"], "--concern: name the person"),
        (["x", "--concern", " "], "--concern: name the person whose concern it is."),
        (["x", "--tag", "12"], "--tag: “12” is no tag."),
    ],
)
def test_wrong_usage_adds_nothing(vault: SmallVault, program: Program, words: list[str], said: str) -> None:
    before = vault.bytes()
    refused = program(vault, "add", *words)
    assert (refused.code, refused.out) == (2, "")
    assert said in refused.err
    assert vault.bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["acmee", "Send the CV"], "“acmee” means no note here. Did you mean “Acme”?"),
        (["acmee", "Portfolio"], "“acmee” means no note here. Did you mean “Acme”?"),
        (["acmee", "wants", "a", "CV"], 'jobvault add Acme "wants a CV"\n  jobvault add "acmee wants a CV"'),
        (["acmee"], 'Did you mean “Acme”? Nothing was added. The text would be missing: jobvault add Acme "TEXT"'),
        (["nowhere", "Send the CV"], "“nowhere” means no note here. Name a company"),
        (["--to", "follow-ups", "Send the CV"], "“follow-ups” means no note here."),
        (["panel", "Send the CV"], "“panel” could be any of these:"),
        (["--concern", "dana", "Too slow"], f"“dana” is not in {BIRCH}, the last debrief, but could be:"),
        (["acme", "--concern", "Dana Ryes", "Too slow"], "Nobody is called “Dana Ryes”. Did you mean “Dana Reyes”?"),
    ],
)
def test_what_means_no_note_or_several_adds_nothing(
    vault: SmallVault, program: Program, words: list[str], said: str
) -> None:
    before = vault.bytes()
    refused = program(vault, "add", *words)
    assert (refused.code, refused.out) == (1, "")
    assert said in vault.inside(refused.err)
    assert vault.bytes() == before


def test_lines_come_from_standard_input(vault: SmallVault) -> None:
    done = vault.run("add", "acme", "--weak", "-", stdin="- Slow\n\n---\n* [ ] No numbers\r\nTalked too much")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split(": ")[1].split(" · ")[0] for line in done.stdout.splitlines()] == [
        "Slow", "No numbers", "Talked too much",
    ]  # fmt: skip
    assert "## Where I was weak\n\n- Slow\n- No numbers\n- Talked too much\n" in vault.read(ACME)
    assert vault.run("add", "--strong", stdin="Calm\n").stdout.endswith(f"{BIRCH}:13\n")
    assert vault.run("add", "-", stdin="").returncode == 2


def test_the_same_again_says_so(vault: SmallVault, program: Program) -> None:
    before = vault.bytes()
    done = program(vault, "add", "acme", "--to", "acme", "call")
    assert done.out.startswith("Added to Follow-ups: acme call")
    vault.edit(ACME, "- [ ] acme call\n", "")
    vault.summarize()
    done = program(vault, "add", "--to", "acme", "call")
    assert (done.code, done.out) == (0, f"There already: call · {ACME}:13\n")
    assert vault.bytes()[ACME][0] == before[ACME][0]


def test_a_day_for_what_is_there_is_written_and_said(vault: SmallVault, program: Program) -> None:
    shown = program(vault, "add", "acme", "call", "--due", "fri", "--dry-run")
    assert shown.out == f"{ACME}:13\n- - [ ] Call\n+ - [ ] Call 📅 2026-11-27\n"
    done = program(vault, "add", "acme", "call", "--due", "fri")
    assert (done.code, done.out) == (0, f"There already, now with its date: call · due 2026-11-27 · {ACME}:13\n")
    assert "- [ ] Call · Acme · due Fri 27 Nov 2026 · " in vault.read(LIST)
    again = program(vault, "add", "acme", "call", "--due", "fri", "--tag", "pay")
    assert (again.code, again.out) == (0, f"There already: call · due 2026-11-27 · {ACME}:13\n")
    assert again.err == "It stands there without #pay, and was left as it is: call\n"
    other = program(vault, "add", "acme", "call", "--due", "mon")
    assert (other.code, other.out) == (1, "")
    assert "due 2026-11-27, not 2026-11-30. Change the day there. Nothing was written." in other.err


def test_a_misspelt_heading_beside_the_section_is_pointed_out(vault: SmallVault, program: Program) -> None:
    vault.edit(ACME, "## Follow-ups", "## Takaways\n\n- old\n\n## Follow-ups")
    done = program(vault, "add", "acme", "--takeaway", "One")
    line = vault.read(ACME).splitlines().index("## Takaways") + 1
    assert done.code == 0
    assert (
        f"{ACME}:{line}: the heading “Takaways” is not known; “Takeaways” is. What stands below it is not" in done.err
    )
    assert done.err.count("Takaways") == 1


def test_dry_run_shows_the_place_and_all_lines(vault: SmallVault, program: Program) -> None:
    before = vault.bytes()
    shown = program(vault, "add", "acme", "--takeaway", "Draw first", "--dry-run")
    assert shown.out == f"{ACME}:13\n+ ## Takeaways\n+\n+ - Draw first\n"
    assert vault.bytes() == before


def test_a_concern_names_the_person_and_says_who_is_new(vault: SmallVault, program: Program) -> None:
    assert program(vault, "add", "acme", "--concern", "dana", "Too slow").out == (
        f"Added to People met, Dana Reyes (new): Too slow · {ACME}:15\n"
    )
    assert program(vault, "add", "--concern", "Dana Reyes", "No numbers").out == (
        f"Added to People met, Dana Reyes: No numbers · {ACME}:16\n"
    )
    assert "### [[Dana Reyes]]\n\n- Concern: Too slow\n- Concern: No numbers\n" in vault.read(ACME)


def test_a_name_in_full_is_said_as_the_note_has_it(vault: SmallVault, program: Program) -> None:
    program(vault, "add", "acme", "--concern", "Zelda", "x y")
    done = program(vault, "add", "acme", "--concern", "Zelda Fitz, CTO", "New two")
    assert done.out == (
        f"Added to People met, Zelda Fitz: New two · {ACME}:16\nNamed in full: [[Zelda Fitz]], CTO · {ACME}:13\n"
    )
    other = program(vault, "add", "acme", "--concern", "Zelda, VP", "New three")
    assert other.err == "Zelda Fitz has another title there, so “VP” was not written.\n"
    unnamed = program(vault, "add", "acme", "--concern", "?, SRE", "cold as ice")
    assert unnamed.out == f"Added to People met, ?, SRE (new): cold as ice · {ACME}:21\n"


def test_words_that_name_another_company_and_dates_in_words_are_pointed_out(
    vault: SmallVault, program: Program
) -> None:
    done = program(vault, "add", "Send the CV to Acme by Friday")
    assert (done.code, where(vault, "Send the CV")) == (0, [BIRCH])
    assert "It names Acme, and this is the last debrief, of Birch." in done.err
    assert 'jobvault add --to "Acme"' in done.err
    assert f"{BIRCH}:14: this date is not read" in done.err
    assert "It names" not in program(vault, "add", "birch", "Send a card to Acme").err


def test_json(vault: SmallVault, program: Program) -> None:
    answer = program(vault, "add", "acme", "Send the CV", "--due", "fri", "--tag", "cv", "--json").json
    assert answer == {
        "added": [
            {
                "kind": "follow-up", "text": "Send the CV", "person": "", "due": "2026-11-27", "tags": ["cv"],
                "company": "Acme", "path": ACME, "line": 14, "changed": True,
            }
        ]
    }  # fmt: skip


def test_a_vault_without_a_debrief_says_what_to_do(tmp_path: Path, program: Program) -> None:
    vault = make_vault(tmp_path / "empty")
    refused = program(vault, "add", "x")
    assert (refused.code, refused.out) == (1, "")
    assert f"Lay one down with `jobvault new COMPANY{vault.where}`." in refused.err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
@pytest.mark.parametrize(("answer", "path", "text"), [("n", ACME, "wants a CV"), ("text", BIRCH, "acme wants a CV")])
def test_at_a_terminal_unclear_words_are_asked_about(vault: SmallVault, answer: str, path: str, text: str) -> None:
    terminal = Terminal("add", "acme", "wants", "a", "CV", "--vault", str(vault.root), "--today", "2026-11-25")
    terminal.expect("“acme” could be the note, or a part of the text.")
    terminal.expect("Which is it?")
    terminal.type(answer)
    terminal.expect(f"Added to Follow-ups: {text} · ")
    assert terminal.end() == 0
    assert where(vault, text) == [path]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
def test_at_a_terminal_one_of_several_is_chosen_by_its_number(vault: SmallVault) -> None:
    terminal = Terminal("add", "--to", "panel", "Read up", "--vault", str(vault.root), "--today", "2026-11-25")
    terminal.expect(f"1  {NEXT}")
    terminal.expect(f"2  {ACME}")
    terminal.expect("Which one (1-2)")
    terminal.type("7")
    terminal.expect("Which one (1-2)")
    terminal.type("2")
    terminal.expect("Added to Follow-ups: Read up · ")
    assert terminal.end() == 0
    assert where(vault, "Read up") == [ACME]
