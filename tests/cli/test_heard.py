"""``jobvault heard``: what it says, what it asks, exit codes, summaries brought up to date."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.cli.terminal import Terminal
from tests.small_vault import SmallVault, block, debrief, make_vault

PANEL = "Debriefs/2026-11-20 Acme panel.md"
SCREEN = "Debriefs/2026-11-10 Acme recruiter-screen.md"
BIRCH = "Debriefs/2026-11-18 Birch technical.md"
LIST = "Summaries/Follow-ups.md"
APPLICATION = "Applications/Acme.md"
OWED = "- [ ] Send the portfolio 📅 2026-11-21\n- [ ] Water them 🔁 every week 📅 2026-11-22\n\nAsk about pay\n"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    vault = make_vault(
        tmp_path / "vault",
        {
            SCREEN: debrief(date="2026-11-10", round_="recruiter-screen").replace("waiting", "advanced"),
            PANEL: debrief(front='people: ["[[Dana Reyes]]"]\n', follow_ups=OWED),
            BIRCH: debrief("Birch", "2026-11-18", "technical", front='people: ["Dana Birk"]\nrole: SRE\n'),
            LIST: f"# Follow-ups\n\n{block('follow-ups')}",
        },
    )
    vault.summarize()
    return vault


def test_says_what_was_noted_and_brings_the_summaries_up_to_date(vault: SmallVault) -> None:
    assert "## Overdue\n\n- [ ] Send the portfolio" in vault.read(LIST)
    done = vault.run("heard", "acme", "rejected", "--on", "yesterday", "--feedback", "Wanted more SQL")
    assert (done.returncode, done.stderr) == (0, "")
    place = vault.read(PANEL).splitlines()
    [portfolio] = [i for i in vault.open().follow_ups if i.text == "Send the portfolio"]
    assert vault.inside(done.stdout).splitlines() == [
        f"Acme, panel: rejected, heard 2026-11-24 · {PANEL}:{place.index('outcome: rejected') + 1}",
        f"Added to Feedback: Wanted more SQL · {PANEL}:{place.index('- Wanted more SQL') + 1}",
        f"3 follow-ups may not be needed any more: jobvault done {portfolio.id[:3]} --cancel",
        "That was a hard line to write.",
        'What to take from it, when you want to: jobvault show feedback --company "Acme", jobvault show weak-areas',
    ]
    assert "## Overdue" not in vault.read(LIST)
    assert "## No longer needed?\n\n- [ ] Send the portfolio" in vault.read(LIST)
    assert not vault.open().summarize().changes


def test_the_command_that_it_gives_settles_what_is_no_longer_needed(vault: SmallVault, program: Program) -> None:
    said = program(vault, "heard", "acme", "rejected").out
    command = next(line.partition(": jobvault ")[2] for line in said.splitlines() if "--cancel" in line)
    assert program(None, *shlex.split(command)).code == 0
    assert "- [-] Send the portfolio 📅 2026-11-21 ❌ 2026-11-25\n" in vault.read(PANEL)


def test_where_none_can_be_ticked_the_view_is_named(vault: SmallVault, program: Program) -> None:
    vault.edit(PANEL, "- [ ] Send the portfolio 📅 2026-11-21\n- [ ] Water them 🔁 every week 📅 2026-11-22\n\n", "")
    said = program(vault, "heard", "acme", "no-reply").out
    assert f"1 follow-up may not be needed any more: jobvault show follow-ups{vault.where}\n" in said


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (
            "rejected",
            ["That was a hard line to write.", "What to take from it, when you want to: jobvault show weak-areas"],
        ),
        ("no-reply", ["You need not wait for them any longer."]),
        ("withdrawn", []),
        ("cancelled", ["It owes nothing now, no debrief and no thanks."]),
        ("advanced", ['When you know the day of the next round: jobvault new "Birch" --on DATE']),
        ("offer", ['What you told them about pay and start: jobvault show said --company "Birch"']),
    ],
)
def test_each_answer_says_what_helps_next(vault: SmallVault, program: Program, outcome: str, said: list[str]) -> None:
    done = program(vault, "heard", "birch", outcome)
    assert (done.code, done.err, vault.inside(done.out).splitlines()[1:]) == (0, "", said)


def test_what_it_names_can_be_run(vault: SmallVault, program: Program) -> None:
    program(vault, "heard", "acme", "rejected", "--feedback", "Wanted more SQL")
    assert "Wanted more SQL" in program(vault, "show", "feedback", "--company", "Acme").out
    assert program(vault, "show", "weak-areas").code == 0
    assert program(vault, "show", "said", "--company", "Acme").code == 0


def test_an_open_application_is_named_with_its_command(vault: SmallVault, program: Program) -> None:
    vault.write(APPLICATION, "---\ntype: application\ncompany: Acme\noutcome: offer\n---\n")
    said = vault.inside(program(vault, "heard", "acme", "withdrawn").out)
    assert f'The application still says that it has an offer: jobvault set "{APPLICATION}" outcome declined\n' in said
    assert program(vault, "set", APPLICATION, "outcome", "declined").code == 0
    assert "The application" not in program(vault, "heard", "acme", "rejected").out


def test_a_later_round_is_named_with_its_command(vault: SmallVault, program: Program) -> None:
    final = "Debriefs/2026-11-30 Acme final.md"
    vault.write(final, debrief(date="2026-11-30", round_="final"))
    said = program(vault, "heard", "acme", "rejected").out
    command = f'jobvault heard "2026-11-30 Acme final" cancelled{vault.where}'
    assert f"Still in your notes for 2026-11-30. If it is off: {command}\n" in said
    assert program(vault, "heard", "2026-11-30 Acme final", "cancelled").code == 0
    assert "outcome: cancelled\n" in vault.read(final)


def test_the_same_again_says_so(vault: SmallVault, program: Program) -> None:
    program(vault, "heard", "acme", "rejected", "--feedback", "Wanted more SQL")
    before = vault.bytes()
    again = program(vault, "heard", "acme", "rejected", "--feedback", "Wanted more SQL", today="2026-11-26")
    assert (again.code, again.err) == (0, "")
    lines = again.out.splitlines()
    assert lines[0].startswith(f"Acme, panel: rejected already, heard 2026-11-25 · {PANEL}:")
    assert lines[1].startswith(f"There already: Wanted more SQL · {PANEL}:")
    assert len(lines) == 2
    assert vault.bytes() == before


def test_another_answer_says_what_it_replaces(vault: SmallVault, program: Program) -> None:
    program(vault, "heard", "acme", "rejected")
    before = vault.read(PANEL)
    other = program(vault, "heard", "acme", "offer")
    assert other.out.startswith("Acme, panel: offer, was rejected, heard 2026-11-25 · ")
    assert other.out.endswith(f"To have it back as it was: jobvault undo{vault.where}\n")
    assert program(vault, "undo").code == 0
    assert vault.read(PANEL) == before


def test_dry_run_shows_each_place_and_writes_nothing(vault: SmallVault, program: Program) -> None:
    before = vault.bytes()
    shown = program(vault, "heard", "acme", "rejected", "--feedback", "Wanted more SQL", "--dry-run")
    assert shown.out == (
        f"{PANEL}:6\n- outcome: waiting\n+ outcome: rejected\n+ heard: 2026-11-25\n"
        f"{PANEL}:11\n+\n+ ## Feedback\n+\n+ - Wanted more SQL\n"
        f"3 follow-ups may not be needed any more: jobvault done {short_id(vault)} --cancel{vault.where}\n"
    )
    assert vault.bytes() == before


def short_id(vault: SmallVault) -> str:
    return next(item.id for item in vault.open().follow_ups if item.text == "Send the portfolio")[:3]


def test_json(vault: SmallVault, program: Program) -> None:
    vault.write(APPLICATION, "---\ntype: application\ncompany: Acme\n---\n")
    heard = program(vault, "heard", "dana reyes", "no", "reply", "--json", "--feedback", "x").json["heard"]
    place = vault.read(PANEL).splitlines()
    needless = heard.pop("needless")
    assert heard == {
        "path": PANEL, "company": "Acme", "role": "", "round": "panel", "date": "2026-11-20", "outcome": "no-reply",
        "heard": "2026-11-25", "line": place.index("outcome: no-reply") + 1, "replaced": "",
        "feedback": [{"text": "x", "line": place.index("- x") + 1, "changed": True}], "changed": True,
        "application": APPLICATION, "to_come": [],
    }  # fmt: skip
    assert {item["text"] for item in needless} == {"Send the portfolio", "Water them", "Ask about pay"}
    assert set(needless[0]) == {"id", "text", "due", "path", "line"}


# --- several, none, wrong -----------------------------------------------------------------------------------------------


def test_several_are_listed_and_nothing_is_written(vault: SmallVault, program: Program) -> None:
    before = vault.bytes()
    refused = program(vault, "heard", "dana", "rejected", "--no-input")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.splitlines() == [
        "jobvault: “dana” could be any of these:",
        f"  {PANEL} · Dana Reyes",
        f"  {BIRCH} · SRE · Dana Birk",
        "Nothing was changed. Say more, or the name of the note.",
    ]
    assert vault.bytes() == before


def test_without_a_company_those_that_wait_are_listed(vault: SmallVault, program: Program) -> None:
    refused = program(vault, "heard", "rejected")
    assert (refused.code, refused.err.splitlines()[0]) == (1, "jobvault: Whose answer is it? These wait for one:")
    assert len(refused.err.splitlines()) == 4
    for company in ("acme", "birch"):
        program(vault, "heard", company, "advanced")
    nothing = program(vault, "heard", "rejected")
    assert (nothing.code, nothing.err) == (
        2, f"jobvault: Nothing waits for an answer. Name the company: jobvault heard COMPANY rejected{vault.where}\n",
    )  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
@pytest.mark.parametrize("words", [("dana", "rejected"), ("rejected",)])
def test_at_a_terminal_one_is_chosen_by_its_number(vault: SmallVault, words: tuple[str, ...]) -> None:
    terminal = Terminal("heard", *words, "--vault", str(vault.root), "--today", "2026-11-25")
    terminal.expect("Whose answer is it?")
    terminal.expect("Which one (1-2)")
    terminal.type("2")
    assert terminal.end() == 0
    assert "Birch, technical: rejected" in terminal.text
    assert "outcome: rejected\n" in vault.read(BIRCH)
    assert "outcome: waiting\n" in vault.read(PANEL)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("acme", "rejcted"), 2, "“rejcted” is no answer. Did you mean “rejected”?"),
        (("acme",), 2, "“acme” is no answer. Say last what came: advanced, offer, rejected, withdrawn, no-reply, cancelled."),
        (("acme", "waiting"), 2, "“waiting” is no answer yet."),
        (("acmee", "rejected"), 1, "“acmee” means no note here. Did you mean “Acme”?"),
        (("acme", "rejected", "--on", "someday"), 2, "--on: “someday” is no date."),
        (("acme", "rejected", "--on", "2026-12-01"), 2, "--on: 2026-12-01 is still to come."),
        (("acme", "rejected", "--on", "2026-11-01"), 1, f"{PANEL}: the interview was on 2026-11-20, after 2026-11-01."),
        (("acme", "rejected", "--feedback", " "), 2, "--feedback: there are no words to write."),
        ((LIST, "rejected"), 1, f"{LIST} is no debrief, so no answer is written there."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_nothing_is_written(
    vault: SmallVault, program: Program, words: tuple[str, ...], code: int, said: str
) -> None:
    before = vault.bytes()
    refused = program(vault, "heard", *words)
    assert (refused.code, refused.out) == (code, "")
    assert said in refused.err
    assert vault.bytes() == before


def test_before_the_interview_it_says_what_can_be_said(vault: SmallVault, program: Program) -> None:
    vault.write("Debriefs/2026-12-01 Corvo final.md", debrief("Corvo", "2026-12-01", "final"))
    refused = program(vault, "heard", "corvo", "rejected")
    assert refused.code == 1
    assert "the interview is on 2026-12-01, still to come. If it will not be, say `cancelled`" in refused.err
    assert program(vault, "heard", "corvo", "cancelled").code == 0


def test_an_application_without_an_interview_is_told_apart(vault: SmallVault, program: Program) -> None:
    vault.write("Applications/Oxbow.md", "---\ntype: application\ncompany: Oxbow Payroll\n---\n")
    refused = program(vault, "heard", "oxbow", "rejected")
    assert refused.code == 1
    command = f'jobvault set "Applications/Oxbow.md" outcome rejected{vault.where}'
    assert refused.err.endswith(
        f"There is no interview at Oxbow Payroll yet. To note the answer to the application: {command}\n"
    )
    assert program(vault, "set", "Applications/Oxbow.md", "outcome", "rejected").code == 0


def test_an_answer_that_an_application_cannot_have_gets_commands_that_work(vault: SmallVault, program: Program) -> None:
    vault.write("Applications/Oxbow.md", "---\ntype: application\ncompany: Oxbow Payroll\n---\n")
    advanced, cancelled = (program(vault, "heard", "oxbow", outcome) for outcome in ("advanced", "cancelled"))
    assert (advanced.code, cancelled.code) == (1, 1)
    assert advanced.err == (
        "jobvault: There is no interview at Oxbow Payroll yet. To lay down the one that they invite you to: "
        f'jobvault new "Oxbow Payroll" --on DATE{vault.where}\n'
    )
    commands = [line.partition("jobvault ")[2] for line in cancelled.err.splitlines()[1:]]
    assert [program(None, *shlex.split(command)).code for command in commands] == [0, 0]
    assert "outcome: withdrawn\n" in vault.read("Applications/Oxbow.md")


@pytest.mark.parametrize("text", ["Come back ^later", "Come \x1b[2Jback", "Come\nback", "- [ ] Come back", "#later"])
def test_feedback_that_is_written_otherwise_than_typed_is_named_by_its_own_line(
    vault: SmallVault, program: Program, text: str
) -> None:
    done = program(vault, "heard", "acme", "rejected", "--feedback", text)
    rows = vault.read(PANEL).splitlines()
    line = int(done.out.splitlines()[1].rpartition(":")[2])
    assert rows[line - 1].startswith("- ")
    assert rows[line - 3] == "## Feedback"
    again = program(vault, "heard", "acme", "rejected", "--feedback", text, "--json").json["heard"]
    assert not again["changed"], "it is found again as it stands there"
    assert again["feedback"][0]["line"] == line
    assert "\n" not in again["feedback"][0]["text"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
def test_a_question_that_is_not_answered_tells_the_way_out_once(vault: SmallVault) -> None:
    terminal = Terminal("heard", "rejected", "--vault", str(vault.root), "--today", "2026-11-25")
    terminal.expect("Which one (1-2)")
    terminal.type("")
    terminal.expect("Type its number, or press Ctrl-C to leave it at that.")
    terminal.type("dunno")
    terminal.type("1")
    assert terminal.end() == 0
    assert terminal.text.count("Ctrl-C") == 1


@pytest.mark.parametrize("named", [True, False])
def test_what_is_shown_to_be_run_leads_to_the_vault_that_was_named(
    vault: SmallVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Program, named: bool
) -> None:
    other = make_vault(tmp_path / "an other", {PANEL: vault.read(PANEL)})
    monkeypatch.chdir(other.root)
    mine = vault if named else other
    here = vault if named else None
    program(here, "heard", "acme", "rejected")
    said = program(here, "heard", "acme", "offer").out
    assert ("--vault" in said) is named
    before = {one.root: one.bytes() for one in (vault, other)}
    assert program(None, *shlex.split(said.splitlines()[-1].partition(": jobvault ")[2])).code == 0
    changed = [root for root, files in before.items() if SmallVault(root).bytes() != files]
    assert changed == [mine.root]


def test_a_command_in_an_error_leads_to_the_vault_that_was_named(vault: SmallVault, program: Program) -> None:
    refused = program(vault, "heard", "acme", "waiting")
    assert f"`jobvault undo{vault.where}` takes back the last one." in refused.err


def test_what_a_note_says_is_inert_on_the_terminal(vault: SmallVault, program: Program) -> None:
    vault.edit(PANEL, "company: Acme", 'company: "Ac\\e[31mme"')
    done = program(vault, "heard", PANEL, "rejected", "--feedback", "x\x1b[2J\u202ey")
    assert done.code == 0
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out


# --- completion ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "there", "absent"),
    [
        ("heard ", {"Acme", "Birch", "Dana Reyes"}, {"rejected"}),
        ("heard Acme ", {"advanced", "offer", "rejected", "withdrawn", "no-reply", "cancelled", "panel"}, {"waiting"}),
        ("heard Acme rejected --on ", {"today", "yesterday"}, {"rejected"}),
    ],
)
def test_what_tab_offers(
    vault: SmallVault,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    line: str,
    there: set[str],
    absent: set[str],
) -> None:
    from jobvault.cli.main import run

    monkeypatch.setenv("JOBVAULT_DIR", str(vault.root))
    monkeypatch.setenv("_JOBVAULT_COMPLETE", "fish_complete")
    monkeypatch.setenv("COMP_LINE", f"jobvault {line}")
    capsys.readouterr()
    with pytest.raises(SystemExit):
        run([])
    offered = {row.partition("\t")[0] for row in capsys.readouterr().out.splitlines()}
    assert there <= offered
    assert not absent & offered
