"""``jobvault letter sent``: what it says, exit codes, summaries brought up to date, and `undo` of it all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import conftest
from tests.cli.conftest import Program
from tests.small_vault import SmallVault, block, debrief, make_vault

program = conftest.program

ACME = "Debriefs/2026-11-20 Acme panel.md"
DANA = "Letters/2026-11-21 Thank-you Dana Reyes.md"
OLD = "Letters/2026-11-02 Thank-you Dana Reyes.md"
LIST = "Summaries/Follow-ups.md"
BODY = "## People met\n\n### Dana Reyes, VP\n\n### Tom Iyer\n"
TASKS = "- [ ] Thank-you letter to Dana Reyes 📅 2026-11-21\n- [ ] Send the CV\n"


def letter(
    to: str = "Dana Reyes", status: str = "draft", sent: str = "", about: str = "2026-11-20 Acme panel", more: str = ""
) -> str:
    link = f'"[[{about}]]"'
    front = f"type: letter\nto: {to}\ndebrief: {link}\nkind: thank-you\nsubject: The half-cent\nstatus: {status}\nsent: {sent}\n"
    front = front.replace(": \n", ":\n")
    return f"---\n{front}{more}---\n\nDear Dana,\n\nthank you.\n"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    vault = make_vault(
        tmp_path / "vault",
        {
            ACME: debrief(body=BODY, follow_ups=TASKS),
            "Debriefs/2026-11-01 Acme recruiter-screen.md": debrief(
                date="2026-11-01", round_="recruiter-screen", body=BODY
            ),
            DANA: letter(),
            OLD: letter(status="sent", sent="2026-11-02", about="2026-11-01 Acme recruiter-screen"),
            LIST: f"# Follow-ups\n\n{block('follow-ups')}",
        },
    )
    vault.summarize()
    return vault


def contents(vault: SmallVault) -> dict[str, bytes]:
    return {path: data for path, (data, _) in vault.bytes().items()}


def test_marks_ticks_and_brings_the_summaries_up_to_date(vault: SmallVault) -> None:
    done = vault.run("letter", "sent", "acme", "dana", "--on", "2026-11-21 18:30")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"Sent: Dana Reyes, Acme · The half-cent · 2026-11-21 18:30 · {DANA}:8\n"
        f"Done: Thank-you letter to Dana Reyes · {ACME}:17\n"
    )
    assert "status: sent\nsent: 2026-11-21T18:30:00\n" in vault.read(DANA)
    assert "- [x] Thank-you letter to Dana Reyes 📅 2026-11-21 ✅ 2026-11-21\n" in vault.read(ACME)
    assert "- [x] Thank-you letter to Dana Reyes · Acme · done Sat 21 Nov 2026" in vault.read(LIST)
    assert not vault.open().summarize().changes


WAYS = {
    "plain": lambda text: text.encode(),
    "CRLF and BOM": lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
    "no final newline, odd bytes": lambda text: text.encode() + b"\ncaf\xe9 \xff nul \x00",
    "odd YAML": lambda text: text.replace("type: ", "own:   {a: 1,   b: [x ,y]} # why\ntype:   ").encode(),
    "German": lambda text: text.replace("status: draft", "status: Entwurf").replace("Thank-you letter to", "Dankesbrief an").encode(),
    "dataview": lambda text: text.replace("📅 2026-11-21", " [due:: 2026-11-21] ^b1").encode(),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_undo_takes_back_the_mark_and_the_tick_to_the_byte_in_one_step(vault: SmallVault, way: str) -> None:
    for path in (ACME, DANA):
        vault.write(path, WAYS[way](vault.read(path)))
    vault.summarize()
    before = contents(vault)
    done = vault.run("letter", "sent", DANA, "--on", "sat")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    after = contents(vault)
    assert {path for path in after if after[path] != before[path]} == {ACME, DANA, LIST}
    assert b"2026-11-21" in after[DANA]
    assert after[ACME].count(b"2026-11-21") == 2
    again = vault.run("letter", "sent", DANA, "--on", "sat")
    assert (again.returncode, again.stdout.split(":")[0]) == (0, "Sent already")
    assert contents(vault) == after

    undone = vault.run("undo")
    assert (undone.returncode, undone.stderr) == (0, "")
    assert contents(vault) == before
    name = undone.stdout.splitlines()[-1].split("jobvault undo ")[1].split()[0]
    assert vault.run("undo", name).returncode == 0
    assert contents(vault) == after


def test_without_on_it_is_the_day_that_was_named(vault: SmallVault, program: Program) -> None:
    assert "· 2026-11-25 ·" in program(vault, "letter", "sent", "dana").out
    assert "sent: 2026-11-25\n" in vault.read(DANA)


@pytest.mark.parametrize(
    ("on", "written"),
    [
        ("yesterday", "2026-11-24"),
        ("fri", "2026-11-20"),
        ("21 Nov", "2026-11-21"),
        ("2026-11-22", "2026-11-22"),
        ("2026-11-22T09:05", "2026-11-22T09:05:00"),
        ("2026-11-22T09:05:59", "2026-11-22T09:05:00"),
        ("yesterday 9:05", "2026-11-24T09:05:00"),
        ("08:00", "2026-11-25T08:00:00"),
    ],
)
def test_when_it_was_as_people_say_it(vault: SmallVault, program: Program, on: str, written: str) -> None:
    done = program(vault, "letter", "sent", "dana", "--on", on)
    assert (done.code, done.err) == (0, "")
    assert f"sent: {written}\n" in vault.read(DANA)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("dana", "--on", "2026-11-26"), 2, "--on: 2026-11-26 is still to come. Mark the letter once it is sent."),
        (("dana", "--on", "someday"), 2, "--on: “someday” is no date."),
        (("dana", "--on", "sat 25:00"), 2, "--on: “25:00” is no time of day."),
        (("dana", "--on", "2026-11-19"), 1, f"{DANA}: the interview that it is about was on 2026-11-20, after 2026-11-19. Nothing was written."),
        (("eve",), 1, "“eve” means no letter here. Name whom it is to, the company, or its note."),
        (("dna",), 1, "Did you mean “Dana”?"),
        ((ACME,), 1, f"{ACME} is no letter: its front matter does not say `type: letter`."),
        ((), 2, "Missing argument"),
    ],
)  # fmt: skip
def test_what_is_refused_writes_nothing(
    vault: SmallVault, program: Program, words: tuple[str, ...], code: int, said: str
) -> None:
    before = vault.bytes()
    refused = program(vault, "letter", "sent", *words)
    assert (refused.code, refused.out) == (code, "")
    assert said in refused.err
    assert vault.bytes() == before


def test_sent_already_says_so_and_exits_0(vault: SmallVault, program: Program) -> None:
    before = vault.bytes()
    done = program(vault, "letter", "sent", OLD)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"Sent already: Dana Reyes, Acme · The half-cent · 2026-11-02 · {OLD}:8\n"
    other = vault.inside(program(vault, "letter", "sent", OLD, "--on", "2026-11-03").out)
    assert other.endswith(f'It stays so. If it was another day: jobvault set "{OLD}" sent "2026-11-03"\n')
    assert vault.bytes() == before


def test_marked_by_hand_the_follow_up_that_is_still_open_is_named(vault: SmallVault, program: Program) -> None:
    vault.edit(DANA, "status: draft\n", "status: sent\n")
    said = vault.inside(program(vault, "letter", "sent", DANA).out)
    assert f'It does not say when. To note it: jobvault letter sent "{DANA}" --on DATE\n' in said
    [row] = [line for line in said.splitlines() if line.startswith("Still open: ")]
    todo = row.rpartition(" · jobvault ")[2].split()
    assert program(vault, *todo).out.startswith("Done: Thank-you letter to Dana Reyes")


def test_several_are_listed_and_nothing_is_done(vault: SmallVault, program: Program) -> None:
    other = "Letters/2026-11-21 Thank-you Tom Iyer.md"
    vault.write(other, letter("Tom Iyer"))
    before = vault.bytes()
    refused = program(vault, "letter", "sent", "acme")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.splitlines() == [
        "jobvault: “acme” could be any of these:",
        f"  {DANA} · Dana Reyes · Acme · The half-cent",
        f"  {other} · Tom Iyer · Acme · The half-cent",
        "Nothing was written. Say more, or name it by its path.",
    ]
    assert vault.bytes() == before


def test_where_it_is_not_sure_none_is_ticked_and_each_is_named_with_its_command(
    vault: SmallVault, program: Program
) -> None:
    vault.edit(ACME, "- [ ] Send the CV\n", "- [ ] Thank-you card for Dana\n")
    done = program(vault, "letter", "sent", "dana")
    lines = vault.inside(done.out).splitlines()
    assert lines[1] == "Which of these asked for it is not sure, so none is ticked:"
    assert [line.split(" · ")[0].strip() for line in lines[2:]] == [
        "Thank-you letter to Dana Reyes",
        "Thank-you card for Dana",
    ]
    assert "- [x]" not in vault.read(ACME)
    assert program(vault, *lines[2].rpartition(" · jobvault ")[2].split()).out.startswith(
        "Done: Thank-you letter to Dana Reyes"
    )


@pytest.mark.parametrize(
    ("task", "said"),
    [
        ("- [ ] Thank-you letters to all", f"Not ticked yet: Thank-you letters to all · {ACME}:17 · no letter is sent yet to Tom Iyer"),
        ("- [ ] Thank Dana 🔁 every week", f"Not ticked, as it repeats: Thank Dana · {ACME}:17 · tick it there, where its next one is made"),
        ("Thank Dana.\n", f"Not ticked, as it has no box: Thank Dana. · {ACME}:17 · put `- ` before it"),
    ],
)  # fmt: skip
def test_what_is_not_ticked_is_said(vault: SmallVault, program: Program, task: str, said: str) -> None:
    vault.edit(ACME, TASKS.splitlines()[0], task)
    done = program(vault, "letter", "sent", "dana")
    assert (done.code, done.out.splitlines()[1:]) == (0, [said])


def test_dry_run_shows_the_lines_and_writes_nothing(vault: SmallVault, program: Program) -> None:
    before = vault.bytes()
    shown = program(vault, "letter", "sent", "dana", "--on", "sat", "--dry-run")
    assert shown.out == (
        f"{DANA}:7\n- status: draft\n- sent:\n+ status: sent\n+ sent: 2026-11-21\n"
        f"{ACME}:17\n- - [ ] Thank-you letter to Dana Reyes 📅 2026-11-21\n"
        "+ - [x] Thank-you letter to Dana Reyes 📅 2026-11-21 ✅ 2026-11-21\n"
    )
    assert vault.bytes() == before


def test_json(vault: SmallVault, program: Program) -> None:
    sent = program(vault, "letter", "sent", "dana", "--on", "sat", "--json").json["sent"]
    [item] = sent.pop("done")
    assert sent == {
        "path": DANA, "kind": "thank-you", "subject": "The half-cent", "status": "sent", "sent": "2026-11-21", "answers": [],
        "to": "Dana Reyes", "company": "Acme", "line": 8, "changed": True, "left": [],
    }  # fmt: skip
    assert (item["text"], item["status"], item["done"], item["changed"]) == (
        "Thank-you letter to Dana Reyes",
        "done",
        "2026-11-21",
        True,
    )
    again = program(vault, "letter", "sent", OLD, "--json").json["sent"]
    assert (again["changed"], again["done"]) == (False, [])
