"""``jobvault letter eml``: the file, standard output, the mail program, and what is said of what it lacks."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli import conftest
from tests.cli.conftest import Program
from tests.render.mail_readers import by_python
from tests.small_vault import SmallVault, debrief, jobvault, make_vault

program = conftest.program

ACME = "Debriefs/2026-11-20 Acme panel.md"
DANA = "Letters/2026-11-21 Thank-you Dana Reyes.md"
TOM = "Letters/2026-11-21 Thank-you Tom Iyer.md"
BODY = "## People met\n\n### Dana Reyes, VP\n\n- Email: old@acme.example\n- Email: dana@acme.example\n\n### Tom Iyer\n"


TEXT = "Dear Dana,\n\nyou asked where the half-cent lives. It should live in an account of its own, booked like all else.\n\nRobin\n"


def letter(to: str = "Dana Reyes", body: str = TEXT.replace("Dana", "**Dana**"), subject: str = "The half-cent") -> str:
    link = '"[[2026-11-20 Acme panel]]"'
    return f"---\ntype: letter\nto: {to}\ndebrief: {link}\nkind: thank-you\nsubject: {subject}\nstatus: draft\n---\n\n{body}"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    settings = "letters:\n  name: Robin Vale\n  email: robin@example.org\n"
    return make_vault(
        tmp_path / "vault", {ACME: debrief(body=BODY), DANA: letter(), TOM: letter("Tom Iyer")}, settings=settings
    )


def test_the_file_is_the_letter_as_a_draft(vault: SmallVault, tmp_path: Path) -> None:
    before = vault.bytes()
    file = tmp_path / "dana.eml"
    done = vault.run("letter", "eml", "acme", "dana", "-o", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert vault.inside(done.stdout) == (
        f"Wrote {file}: to Dana Reyes <dana@acme.example> · The half-cent\n"
        f'Nothing is sent. Once you have sent it: jobvault letter sent "{DANA}"\n'
    )
    read = by_python(file.read_bytes())
    assert file.read_bytes().startswith(b"X-Unsent: 1\r\nFrom: Robin Vale <robin@example.org>\r\n")
    assert (read.to, read.subject) == ((("Dana Reyes", "dana@acme.example"),), "The half-cent")
    assert read.text == TEXT
    assert vault.bytes() == before, "nothing in the vault changes"


@pytest.mark.parametrize("extra", [(), ("-o", "-")])
def test_standard_output_is_the_same_bytes(vault: SmallVault, tmp_path: Path, extra: tuple[str, ...]) -> None:
    vault.run("letter", "eml", "dana", "-o", str(tmp_path / "dana.eml"))
    done = subprocess.run(
        [sys.executable, "-m", "jobvault", "letter", "eml", "dana", *extra, "--vault", str(vault.root)],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[3],
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == (tmp_path / "dana.eml").read_bytes()
    assert b"\r\r" not in done.stdout


def test_a_file_that_is_there_is_replaced_only_by_force(vault: SmallVault, tmp_path: Path, program: Program) -> None:
    file = tmp_path / "dana.eml"
    file.write_bytes(b"mine\n")
    refused = program(vault, "letter", "eml", "dana", "-o", str(file))
    assert (refused.code, refused.out) == (1, "")
    assert f"{file} is there already, and was left as it is. Name another, or replace it with --force." in refused.err
    assert file.read_bytes() == b"mine\n"
    assert program(vault, "letter", "eml", "dana", "-o", str(file), "--force").out.startswith(f"Wrote {file}")
    assert file.read_bytes().startswith(b"X-Unsent: 1\r\n")
    before = file.stat().st_mtime_ns
    assert program(vault, "letter", "eml", "dana", "-o", str(file)).out.startswith(f"{file} is up to date.")
    assert file.stat().st_mtime_ns == before
    assert [one.name for one in tmp_path.iterdir() if "eml" in one.name] == ["dana.eml"], "no temporary file is left"


def test_where_no_file_can_be_it_says_so(vault: SmallVault, tmp_path: Path, program: Program) -> None:
    for place in (tmp_path / "none" / "dana.eml", tmp_path, vault.root / "Letters" / "new.md"):
        refused = program(vault, "letter", "eml", "dana", "-o", str(place), "--force")
        assert (refused.code, refused.out) == (1, "")
        assert "jobvault: " in refused.err
    assert not (vault.root / "Letters" / "new.md").exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="another system has another opener")
@pytest.mark.parametrize("there", [True, False])
def test_open_hands_a_private_file_to_the_mail_program(
    vault: SmallVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    tools, seen = tmp_path / "bin", tmp_path / "seen"
    tools.mkdir()
    (tools / "xdg-open").write_text(f'#!/bin/sh\ncp "$1" "{seen}" && exit {0 if there else 3}\n')
    (tools / "xdg-open").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    done = vault.run("letter", "eml", "dana", "--open")
    assert done.returncode == (0 if there else 1)
    found = re.search(r"/.+/jobvault-.+/2026-11-21 Thank-you Dana Reyes\.eml", done.stdout + done.stderr)
    assert found
    file = Path(found[0])
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert seen.read_bytes() == file.read_bytes()
    assert (f"Opened {file}" in done.stdout) == there
    assert ("Nothing on this computer opens" in done.stderr) != there
    shutil.rmtree(file.parent)


# --- what it lacks --------------------------------------------------------------------------------------------------


def test_gaps_are_named_and_are_never_in_the_mail(vault: SmallVault, program: Program) -> None:
    vault.write(DANA, letter(body="Dear Dana,\n\n<!-- what you talked about -->\n\nthank you. <!-- a strength -->\n"))
    done = program(vault, "letter", "eml", "dana")
    assert done.code == 0
    assert f"{DANA}:12: still to be written: what you talked about\n" in done.err
    assert f"{DANA}:14: still to be written: a strength\n" in done.err
    assert by_python(done.out.encode()).text == "Dear Dana,\n\nthank you.\n"


def test_errors_of_the_check_are_counted_and_keep_nothing_back(vault: SmallVault, program: Program) -> None:
    assert "letter check" not in program(vault, "letter", "eml", "dana").err
    vault.write(DANA, letter(body=TEXT.replace("Dana", "Daan")))
    done = program(vault, "letter", "eml", "dana")
    said = vault.inside(done.err)
    found = re.search(r'The letter check finds (\d+) errors?: jobvault (letter check) "(.+)"\n', said)
    assert found
    assert program(vault, "letter", "check", found[3], "--json").out.count('"severity": "error"') == int(found[1])
    assert by_python(done.out.encode()).text == TEXT.replace("Dana", "Daan")


def test_without_an_address_it_says_through_whom(vault: SmallVault, program: Program) -> None:
    done = program(vault, "letter", "eml", "tom")
    assert "\nTo:" not in done.out
    assert "There is no address of Tom Iyer. It could go through Dana Reyes <dana@acme.example>." in done.err
    vault.edit(ACME, "- Email: old@acme.example\n- Email: dana@acme.example\n", "")
    assert "There is no address of Tom Iyer, nor of anybody else at Acme." in program(vault, "letter", "eml", "tom").err


def test_what_is_no_address_is_said_and_left_out(vault: SmallVault, program: Program) -> None:
    for wrong in ("dana at acme", "dana@acme.example, tom@acme.example", "dana@acme.example cc: eve@example.org"):
        vault.write(ACME, debrief(body=f"## People met\n\n### Dana Reyes\n\n- Email: {wrong}\n"))
        done = program(vault, "letter", "eml", "dana")
        assert done.code == 0
        assert "\nTo:" not in done.out
        assert f"“{wrong}” is no mail address, so it was left out." in done.err


def test_the_address_may_stand_in_the_persons_note(vault: SmallVault, program: Program) -> None:
    vault.write("People/Eve Moss.md", "---\ntype: person\nname: Eve Moss\nemail: eve@acme.example\n---\n")
    vault.write("Letters/To Eve.md", letter('"[[Eve Moss]]"'))
    assert "\nTo: Eve Moss <eve@acme.example>\r\n" in program(vault, "letter", "eml", "To Eve").out


def test_no_subject_no_text_and_sent_before_are_said(vault: SmallVault, program: Program) -> None:
    vault.write(DANA, letter(body="", subject="").replace("status: draft", "status: sent\nsent: 2026-11-21"))
    done = program(vault, "letter", "eml", DANA)
    said = vault.inside(done.err)
    assert (done.code, "Subject" in done.out) == (0, False)
    assert f"{DANA} was sent already, on 2026-11-21.\n" in said
    assert f'It has no subject. Say it with jobvault set "{DANA}" subject TEXT\n' in said
    assert f"{DANA}: nothing is written in it yet.\n" in said


def test_without_an_address_of_ones_own_the_mail_program_says_who_it_is_from(
    vault: SmallVault, program: Program
) -> None:
    vault.write("jobvault.yaml", "letters:\n  name: Robin Vale\n")
    assert "\nFrom:" not in program(vault, "letter", "eml", "dana").out


def test_a_letter_with_a_git_conflict_is_refused(vault: SmallVault, program: Program) -> None:
    vault.write(DANA, letter(body="<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n"))
    refused = program(vault, "letter", "eml", DANA)
    assert (refused.code, refused.out) == (1, "")
    assert f"{DANA}:10: a git conflict is not resolved here." in refused.err


def test_the_draft_is_meant_where_another_was_sent(vault: SmallVault, program: Program) -> None:
    vault.write("Letters/Old.md", letter().replace("status: draft", "status: sent").replace("half-cent", "old one"))
    assert "Subject: The half-cent\r\n" in program(vault, "letter", "eml", "dana").out
    assert "Subject: The old one\r\n" in program(vault, "letter", "eml", "Old").out


def test_a_note_is_named_from_the_folder_one_is_in(vault: SmallVault) -> None:
    done = jobvault("letter", "eml", "2026-11-21 Thank-you Dana Reyes.md", cwd=vault.root / "Letters")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Subject: The half-cent" in done.stdout
