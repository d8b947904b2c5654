"""``jobvault new --from``: invitations as calendars write them, and the debrief that each becomes."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.cli.terminal import Terminal
from tests.small_vault import SmallVault, debrief, jobvault, make_vault

FILES = Path(__file__).parent.parent / "notes" / "invitations"
SETTINGS = "links: wiki\ndates: emoji\ntimezone: Europe/London\n"
needs_terminal = pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
ME = "letters:\n  name: Robin Vale\n  email: robin@vale.example\n"
ONE_EACH = sorted(file.stem for file in FILES.glob("*.ics") if file.stem not in ("cancelled", "two-events"))


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(tmp_path / "vault", settings=SETTINGS + ME)


def ics(name: str) -> str:
    return str(FILES / f"{name}.ics")


def laid_down(text: str) -> str:
    """Return what a debrief says: its properties, and its people with their addresses."""
    front, _, body = text.partition("\n---\n")
    people = body.split("\n## ")[1]
    rows = [line for line in people.splitlines() if line.startswith("### ") or "Email" in line]
    return "\n".join([*front.splitlines()[1:], *rows]) + "\n"


@pytest.mark.parametrize("name", ONE_EACH)
def test_an_invitation_becomes_the_right_debrief(
    vault: SmallVault, program: Program, name: str, request: pytest.FixtureRequest
) -> None:
    made = program(vault, "new", "--from", ics(name), "--no-input")
    assert made.code == 0, made.err
    path = made.out.removeprefix("Wrote ").removesuffix("\n")
    said = vault.inside(made.err).replace(str(FILES), "…")
    found = f"{path}\n\n{said}\n{laid_down(vault.read(path))}"
    golden = FILES / f"{name}.txt"
    if request.config.getoption("--renew-goldens"):
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert found == golden.read_text(encoding="utf-8")
    opened = vault.open()
    assert opened.debriefs[0].empty
    assert opened.problems == ()
    assert [met.emails for met in opened.debriefs[0].people] == [
        (email,) for email in re.findall(r"Email: <(.*)>", found)
    ]


def test_there_are_enough_of_them() -> None:
    assert len(ONE_EACH) >= 14


# --- who, which company ----------------------------------------------------------------------------------------------


def test_what_is_said_on_the_line_goes_before_the_file(vault: SmallVault, program: Program) -> None:
    made = program(
        vault, "new", "Halyard", "--from", ics("google-meet"), "--role", "SRE", "--round", "panel", "--on", "2026-12-09", "--at", "9:15",
        "--format", "phone", "--with", "Priya Nair, CTO", "--with", "Tom Ek", "--no-input",
    )  # fmt: skip
    assert made.out == "Wrote Debriefs/2026-12-09 Halyard panel.md\n"
    text = vault.read("Debriefs/2026-12-09 Halyard panel.md")
    assert "company: Halyard\nrole: SRE\nround: panel\ndate: 2026-12-09\ntime: 09:15\nformat: phone\n" in text
    assert re.findall(r"### (.*)", text) == ["[[Priya Nair]], CTO", "[[Tom Ek]]", "[[Dana Reyes]]"]
    assert "- Email: <priya.nair@acme-robotics.example>" in text


def test_company_and_people_that_the_vault_knows_are_found_by_their_addresses(tmp_path: Path, program: Program) -> None:
    vault = make_vault(
        tmp_path / "vault",
        {
            "Debriefs/2026-11-03 Robots Ltd technical.md": debrief(
                "Robots Ltd",
                "2026-11-03",
                "technical",
                body="## People met\n\n### D. Reyes, VP\n\n- Email: dana@acme-robotics.example\n",
            ),
            "People/Pri Nair.md": "---\ntype: person\nemail: Priya.Nair@acme-robotics.example\n---\n",
        },
        SETTINGS + ME,
    )
    made = program(vault, "new", "--from", ics("google-meet"), "--no-input")
    text = vault.read("Debriefs/2026-12-02 Robots Ltd technical.md")
    assert made.err == (
        "Technical interview with Robin Vale – Acme Robotics · Wed 2 Dec 2026 15:00\n"
        "10:00 in America/New_York is 15:00 where you are.\n"
    )
    assert re.findall(r"### (.*)", text) == ["[[D. Reyes]]", "[[Pri Nair]]"]


def test_an_alias_is_the_company_and_its_role_is_read_off_the_text(tmp_path: Path, program: Program) -> None:
    settings = SETTINGS + ME + "companies:\n  Acme:\n    - Acme Robotics\n"
    application = "---\ntype: application\ncompany: Acme\nrole: Pair programming\noutcome: open\n---\n"
    vault = make_vault(tmp_path / "vault", {"Applications/Acme.md": application}, settings)
    program(vault, "new", "--from", ics("google-meet"), "--no-input")
    assert "company: Acme\nrole: Pair programming\n" in vault.read("Debriefs/2026-12-02 Acme technical.md")


def test_the_only_one_who_is_invited_is_taken_for_the_user_which_is_said(tmp_path: Path, program: Program) -> None:
    vault = make_vault(tmp_path / "vault", settings=SETTINGS)
    made = program(vault, "new", "--from", ics("zoom"), "--no-input")
    assert (
        "Robin is taken for you, and left out. Write `name` and `email` under `letters:` in jobvault.yaml" in made.err
    )
    assert re.findall(r"### (.*)", vault.read("Debriefs/2026-11-30 Corvo system-design.md")) == ["[[Ilse Brandt]]"]


def test_who_of_several_the_user_is_is_not_guessed(tmp_path: Path, program: Program) -> None:
    vault = make_vault(tmp_path / "vault", settings=SETTINGS)
    made = program(vault, "new", "--from", ics("google-meet"), "--no-input")
    assert "If you are among them, take yourself out." in made.err
    people = re.findall(r"### (.*)", vault.read("Debriefs/2026-12-02 Acme Robotics technical.md"))
    assert people == ["[[Dana Reyes]]", "[[Priya Nair]]", "[[Robin Vale]]"]


def test_the_name_alone_tells_who_the_user_is(tmp_path: Path, program: Program) -> None:
    vault = make_vault(tmp_path / "vault", settings=SETTINGS + "letters:\n  name: robin vale\n")
    program(vault, "new", "--from", ics("google-meet"), "--no-input")
    assert "Robin" not in vault.read("Debriefs/2026-12-02 Acme Robotics technical.md")


def test_without_a_company_it_is_asked_for_by_a_command_that_works(vault: SmallVault, program: Program) -> None:
    text = Path(ics("private-address")).read_text(encoding="utf-8").replace(" at Marrow & Finch", "")
    vault.write("in.ics", text)
    path = str(vault.root / "in.ics")
    refused = program(vault, "new", "--from", path, "--no-input")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.endswith(
        f'in.ics does not tell the company. Name it: `jobvault new COMPANY --from "{path}"{vault.where}`.\n'
    )
    assert program(vault, "new", "Marrow", "--from", path, "--no-input").code == 0


def test_the_time_is_the_computers_where_the_vault_has_no_zone(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault", settings=f"links: wiki\n{ME}")
    made = jobvault(
        "new", "--from", ics("google-meet"), "--no-input", "--vault", str(vault.root), "--today", "2026-11-25", environ={"TZ": "Asia/Kolkata"}
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert "\ntime: 20:30\n" in vault.read("Debriefs/2026-12-02 Acme Robotics technical.md")


def test_standard_input_is_read(vault: SmallVault) -> None:
    made = vault.run("new", "--from", "-", "--print-path", stdin=Path(ics("zoom")).read_text(encoding="utf-8"))
    assert made.stdout == f"{vault.root / 'Debriefs' / '2026-11-30 Corvo system-design.md'}\n"


def test_a_german_vault_says_it_in_german(tmp_path: Path, program: Program) -> None:
    vault = make_vault(tmp_path / "vault", settings=f"language: de\n{SETTINGS}")
    made = program(vault, "new", "--from", ics("series"), "--no-input")
    assert "Die Firma „Fenmoor Tidal“ ist aus der Adresse @fenmoor-tidal.example gelesen." in made.err
    assert "Die Einladung gehört zu einer Reihe." in made.err


# --- the same interview ----------------------------------------------------------------------------------------------


def test_a_debrief_that_is_there_is_not_doubled(vault: SmallVault, program: Program) -> None:
    assert program(vault, "new", "--from", ics("zoom"), "--no-input").code == 0
    before = vault.bytes()
    again = program(vault, "new", "--from", ics("zoom"), "--no-input")
    assert (again.code, vault.bytes()) == (1, before)
    assert again.err.endswith(
        "jobvault: Debriefs/2026-11-30 Corvo system-design.md is the debrief of this company, round and date already. Open that one, "
        "or make another with --round ROUND or --role ROLE.\n"
    )


def test_a_moved_time_is_said_with_the_command_that_sets_it(vault: SmallVault, program: Program) -> None:
    program(vault, "new", "--from", ics("zoom"), "--no-input")
    vault.write("moved.ics", Path(ics("zoom")).read_text(encoding="utf-8").replace("T193000", "T203000"))
    again = program(vault, "new", "--from", str(vault.root / "moved.ics"), "--no-input")
    todo = 'jobvault set "Debriefs/2026-11-30 Corvo system-design.md" time 15:00'
    assert again.code == 1
    assert f"The invitation says 15:00. To set that: `{todo}" in again.err
    assert program(vault, "set", "Debriefs/2026-11-30 Corvo system-design.md", "time", "15:00").code == 0
    assert "To set that" not in program(vault, "new", "--from", str(vault.root / "moved.ics"), "--no-input").err


def test_another_day_is_another_debrief_and_the_one_to_come_is_named(vault: SmallVault, program: Program) -> None:
    program(vault, "new", "--from", ics("zoom"), "--no-input")
    vault.write("moved.ics", Path(ics("zoom")).read_text(encoding="utf-8").replace("20261130T", "20261201T"))
    again = program(vault, "new", "--from", str(vault.root / "moved.ics"), "--dry-run", "--no-input")
    assert (
        "Debriefs/2026-11-30 Corvo system-design.md is still to come. If it was moved to this day: `jobvault set"
        in again.err
    )


def test_other_people_at_another_time_are_another_interview(vault: SmallVault, program: Program) -> None:
    vault.write(
        "Debriefs/2026-11-30 Corvo.md", debrief("Corvo", "2026-11-30", "", front="time: 09:00\npeople:\n  - Tom Ek\n")
    )
    assert program(vault, "new", "--from", ics("zoom"), "--no-input").code == 0


def test_a_cancelled_one_makes_nothing_and_says_what_to_do(vault: SmallVault, program: Program) -> None:
    before = vault.bytes()
    refused = program(vault, "new", "--from", ics("cancelled"), "--no-input")
    assert (refused.code, vault.bytes()) == (1, before)
    assert (
        refused.err
        == "jobvault: This takes back the invitation of 2026-12-02 (Acme Robotics). Nothing was laid down.\n"
    )
    program(vault, "new", "--from", ics("google-meet"), "--no-input")
    path = "Debriefs/2026-12-02 Acme Robotics technical.md"
    refused = program(vault, "new", "--from", ics("cancelled"), "--no-input")
    assert refused.err.endswith(
        f'To note that in its debrief: `jobvault set "{path}" outcome cancelled{vault.where}`\n'
    )
    assert program(vault, "set", path, "outcome", "cancelled").code == 0
    assert vault.open().debriefs[0].outcome == "cancelled"


def test_of_several_events_one_is_named(vault: SmallVault, program: Program) -> None:
    refused = program(vault, "new", "--from", ics("two-events"), "--no-input")
    assert refused.code == 1
    assert vault.inside(refused.err).replace(str(FILES), "…") == (
        "jobvault: …/two-events.ics holds 2 events:\n"
        "  1. Tue 15 Dec 2026 10:00 · System design at Quay Street Mutual\n"
        "  2. Tue 15 Dec 2026 13:00 · Technical interview at Quay Street Mutual\n"
        'Name one, as in: jobvault new --from "…/two-events.ics" --event 1\n'
    )
    made = program(vault, "new", "--from", ics("two-events"), "--event", "2", "--no-input")
    assert made.out == "Wrote Debriefs/2026-12-15 Quay Street Mutual technical.md\n"
    refused = program(vault, "new", "--from", ics("two-events"), "--event", "3", "--no-input")
    assert (refused.code, refused.err) == (2, f"jobvault: --event: there is no event 3. {ics('two-events')} holds 2.\n")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it is no calendar file. An invitation is a file that ends in .ics."),
        (b"<html>", "it is no calendar file. An invitation is a file that ends in .ics."),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "there is no event with a day in it."),
        (b"BEGIN:VCALENDAR\nBEGIN:VTODO\nDTSTART:20261201\nEND:VTODO\nEND:VCALENDAR\n", "there is no event with a day in it."),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261301\nEND:VEVENT\nEND:VCALENDAR\n", "there is no event with a day in it."),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261201\nSUMM", "it ends in the middle of an event. Save it again."),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nDTSTART:20261201\nEND:VEVENT\n" * 3000, "it holds 3000 events, more than 200. Save the one invitation alone."),
        (b"BEGIN:VCALENDAR\n" + b"x" * 5_000_000, "it is larger than 5 MB, so it is not read. Save the one invitation alone."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_clear_sentence(vault: SmallVault, program: Program, data: bytes, said: str) -> None:
    vault.write("in.ics", data)
    before = vault.bytes()
    path = str(vault.root / "in.ics")
    refused = program(vault, "new", "--from", path, "--no-input")
    assert (refused.code, refused.err) == (1, f"jobvault: {path}: {said}\n")
    assert vault.bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "nowhere.ics"), "nowhere.ics: there is no such file."),
        (("--from", "/"), "/: that is no file."),
        (("--event", "1"), "--event says which event of an invitation is meant, so it needs --from FILE.ics."),
        (("--ask", "--from", "x.ics"), "--ask and --from do not go together: lay the debrief down first, then call jobvault new --ask."),
    ],
)  # fmt: skip
def test_wrong_options_are_named(vault: SmallVault, program: Program, words: tuple[str, ...], said: str) -> None:
    refused = program(vault, "new", *words, "--no-input")
    assert refused.code in (1, 2)
    assert refused.err == f"jobvault: {said}\n"


# --- at a terminal ---------------------------------------------------------------------------------------------------


@needs_terminal
def test_it_asks_for_what_is_not_sure(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault", settings=SETTINGS)
    person = Terminal("new", "--from", ics("series"), "--no-edit", "--vault", str(vault.root), "--today", "2026-11-25")
    person.expect("Coffee chat with Gethin · Mon 7 Dec 2026 11:00")
    person.expect("Are you Robin Vale <robin@vale.example>? [Y/n]: ")
    person.type("")
    person.expect("Company [Fenmoor Tidal]: ")
    person.type("Fenmoor")
    person.expect("Wrote Debriefs/2026-12-07 Fenmoor chat.md")
    assert person.end() == 0
    assert "[[Gethin Pryce]]" in vault.read("Debriefs/2026-12-07 Fenmoor chat.md")


@needs_terminal
def test_it_lets_choose_an_event_and_somebody_who_is_not_the_user_is_met(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault", settings=SETTINGS)
    person = Terminal(
        "new", "--from", ics("two-events"), "--no-edit", "--vault", str(vault.root), "--today", "2026-11-25"
    )
    person.expect("2. Tue 15 Dec 2026 13:00 · Technical interview at Quay Street Mutual")
    person.expect("Which of them? (1 to 2) [1]: ")
    person.type("2")
    person.expect("Are you Robin Vale")
    person.type("n")
    person.expect("Wrote Debriefs/2026-12-15 Quay Street Mutual technical.md")
    assert person.end() == 0
    assert "[[Robin Vale]]" in vault.read("Debriefs/2026-12-15 Quay Street Mutual technical.md")


@needs_terminal
def test_it_asks_which_of_several_the_user_is(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault", settings=SETTINGS)
    person = Terminal(
        "new", "--from", ics("google-meet"), "--no-edit", "--vault", str(vault.root), "--today", "2026-11-25"
    )
    person.expect("Which of them are you? 1 Dana Reyes, 2 Priya Nair, 3 Robin Vale (Enter: none): ")
    person.type("3")
    person.expect("Wrote Debriefs/2026-12-02 Acme Robotics technical.md")
    assert person.end() == 0
    assert "Robin" not in vault.read("Debriefs/2026-12-02 Acme Robotics technical.md")


def test_a_role_of_the_text_and_a_name_of_an_address_are_said(vault: SmallVault, program: Program) -> None:
    vault.root.joinpath("i.ics").write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261203T110000Z\nSUMMARY:Panel\nDESCRIPTION:Hi\\nRole: SRE\n"
        "ORGANIZER;CN=tom.lee@birch.example:mailto:tom.lee@birch.example\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    made = program(vault, "new", "Birch", "--from", str(vault.root / "i.ics"), "--no-input")
    assert "Role “SRE” is read off the text of the invitation." in made.err
    assert "Names read off addresses, so they may be wrong: Tom Lee." in made.err
    assert "role: SRE\n" in vault.read(made.out.removeprefix("Wrote ").removesuffix("\n"))
