"""What invitations say, in small tables: names, companies, rounds, places."""

from __future__ import annotations

import pytest

from jobvault.actions.invited import propose
from jobvault.actions.invited_people import guessed_names, name_of
from jobvault.actions.mail_addresses import mail_addresses
from jobvault.actions.vault import Vault
from jobvault.notes.invitation import Guest, Invitation, read_invitations
from tests.small_vault import debrief, make_vault


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    settings = (
        "timezone: Europe/London\nrounds: [founder chat]\nletters:\n  name: Robin Vale\n  email: robin@vale.example\n"
    )
    notes = {
        "Debriefs/2026-11-03 Acme Robotics technical.md": debrief("Acme Robotics", "2026-11-03", "technical"),
        "Debriefs/2026-11-04 Zeta panel.md": debrief(
            "Zeta", "2026-11-04", body="## People met\n\n### Pat Moore\n\n- Email: pat@agency.example\n"
        ),
    }
    return make_vault(tmp_path_factory.mktemp("vault"), notes, settings).open()


def invitation(summary: str, *addresses: str, more: str = "") -> Invitation:
    people = "".join(f"ATTENDEE:mailto:{address}\n" for address in addresses[1:])
    organizer = f"ORGANIZER:mailto:{addresses[0]}\n" if addresses else ""
    text = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261201T100000Z\nSUMMARY:{summary}\n{organizer}{people}{more}\nEND:VEVENT\nEND:VCALENDAR\n"
    return read_invitations(text.encode()).found[0]


@pytest.mark.parametrize(
    ("summary", "addresses", "company", "sure"),
    [
        ("Technical interview", ("dana@acme-robotics.example",), "Acme Robotics", True),
        ("Acme Robotics interview", (), "Acme Robotics", True),
        ("Interview", ("dana@acme.example",), "Acme Robotics", False),
        ("Interview", ("dana@mail.quay-street.co.uk",), "Quay Street", False),
        ("Interview", ("dana@getbirch.example",), "Getbirch", False),
        ("Birch: interview", ("dana@getbirch.example",), "Birch", True),
        ("Robin Vale x Birch", ("dana@birch.example",), "Birch", True),
        ("Birch & Lowe <> Robin", (), "Birch & Lowe", False),
        ("Einladung: Gespräch bei Corvo AG", (), "Corvo AG", False),
        ("Interview: Senior Data Engineer at Corvo", (), "Corvo", False),
        ("Senior Data Engineer interview", (), "", False),
        ("Interview with Robin Vale", ("robin@vale.example",), "", False),
        ("Interview", ("no-reply@calendly.com", "dana@birch.example"), "Birch", False),
        ("Interview", ("c_1@group.calendar.google.com",), "", False),
        ("Interview", ("pat@agency.example",), "Zeta", True),
        ("Interview at Ypsilon", ("pat@agency.example",), "Ypsilon", False),
        ("Invitation: Coding interview (Priya / Ines) @ Thu Dec 3\\, 2026 11am - 12pm (GMT)", ("noreply@goodtime.io", "priya@eng.globex.co.jp"), "Globex", False),
        ("Einladung: Gespräch @ Do 3. Dez. 2026 11:00 - 12:00 (MEZ)", (), "", False),
        ("Interview Thursday, 3 December", (), "", False),
        ("Interview at Acme Robotics", ("pat@agency.example",), "Acme Robotics", True),
    ],
)  # fmt: skip
def test_company(vault: Vault, summary: str, addresses: tuple[str, ...], company: str, sure: bool) -> None:
    found = propose(vault, invitation(summary, *addresses, "robin@vale.example")).company
    assert (found.name, found.sure) == (company, sure)


@pytest.mark.parametrize("provider", sorted(mail_addresses().providers | mail_addresses().services))
def test_an_address_that_anybody_or_a_tool_has_is_no_company(vault: Vault, provider: str) -> None:
    assert propose(vault, invitation("Interview", f"x@{provider}")).company.name == ""
    assert mail_addresses().is_private(f"x@{provider}") != mail_addresses().is_service(f"x@mail.{provider}")


@pytest.mark.parametrize(
    ("cn", "email", "name", "title"),
    [
        ("Dana Reyes", "dana@acme.example", "Dana Reyes", ""),
        ("Reyes, Dana", "dana@acme.example", "Dana Reyes", ""),
        ("Reyes Ortega, Dana", "dana.reyes@acme.example", "Dana Reyes Ortega", ""),
        ("van Dyk, Anna", "avd@acme.example", "Anna van Dyk", ""),
        ("Dana Reyes, VP Engineering", "dana@acme.example", "Dana Reyes", "VP Engineering"),
        ("Dana Reyes (she/her)", "dana@acme.example", "Dana Reyes", ""),
        ("Dana Reyes (Acme)", "dana@acme.example", "Dana Reyes", ""),
        ("Dana Reyes (External)", "dana@acme.example", "Dana Reyes", ""),
        ("Dana Reyes | Acme", "dana@acme.example", "Dana Reyes", ""),
        ("dana reyes", "dana@acme.example", "Dana Reyes", ""),
        ("dana.reyes@acme.example", "dana.reyes@acme.example", "Dana Reyes", ""),
        ("", "dana_reyes2@acme.example", "Dana Reyes", ""),
        ("", "dana+jobs@acme.example", "Dana", ""),
        ("山田太郎", "y@acme.example", "山田太郎", ""),
        ("'Dana Reyes'", "dana@acme.example", "Dana Reyes", ""),
    ],
)
def test_names(cn: str, email: str, name: str, title: str) -> None:
    found = name_of(Guest(cn, email), "", mail_addresses())
    assert (found.name, found.title, found.email) == (name, title, email)


@pytest.mark.parametrize(
    ("summary", "name", "sure"),
    [
        ("Technical interview", "technical", True),
        ("Phone screen", "recruiter-screen", True),
        ("Technical phone screen", "technical", False),
        ("Final round: panel", "final", False),
        ("System design", "system-design", True),
        ("Chat with the hiring manager", "hiring-manager", True),
        ("Coffee chat", "chat", True),
        ("Founder chat", "founder chat", True),
        ("Fachgespräch", "technical", True),
        ("Interview", "", False),
    ],
)
def test_rounds(vault: Vault, summary: str, name: str, sure: bool) -> None:
    found = propose(vault, invitation(summary)).round
    assert (found.name, found.sure) == (name, sure)


def test_a_round_of_the_text_is_not_sure(vault: Vault) -> None:
    found = propose(vault, invitation("Interview", more="DESCRIPTION:A panel of three")).round
    assert (found.name, found.basis, found.sure) == ("panel", "text", False)


@pytest.mark.parametrize(
    ("summary", "more", "format_", "where"),
    [
        ("x", "LOCATION:12 Mill Lane", "in-person", "12 Mill Lane"),
        ("x", "LOCATION:Microsoft Teams Meeting", "", ""),
        ("x", "LOCATION:https://meet.example/1", "video", "https://meet.example/1"),
        ("x", "LOCATION:+44 1632 960 001", "phone", "+44 1632 960 001"),
        ("Phone call", "", "phone", ""),
        ("x", "LOCATION:Mill 2\nX-GOOGLE-CONFERENCE:https://meet.example/1", "", "Mill 2 · https://meet.example/1"),
        ("Onsite", "LOCATION:Mill 2\nX-GOOGLE-CONFERENCE:https://meet.example/1", "in-person", "Mill 2 · https://meet.example/1"),
        ("x", "LOCATION:R1\nATTENDEE;CUTYPE=ROOM;CN=R1:mailto:r@b.example\nX-GOOGLE-CONFERENCE:https://meet.example/1", "video", "https://meet.example/1"),
        ("x", "DESCRIPTION:see https://b.example/about and https://us02web.zoom.us/j/1.", "video", "https://us02web.zoom.us/j/1"),
        ("x", "DESCRIPTION:see https://b.example/about", "", ""),
        ("x", "DESCRIPTION:https://app.coderpad.io/1 https://acme.zoom.us/j/2", "video", "https://acme.zoom.us/j/2"),
        ("x", "LOCATION:https://app.coderpad.io/1", "", ""),
    ],
)  # fmt: skip
def test_places(vault: Vault, summary: str, more: str, format_: str, where: str) -> None:
    found = propose(vault, invitation(summary, more=more))
    assert (found.format, found.where) == (format_, where)


@pytest.mark.parametrize(
    ("line", "met"),
    [
        ("ATTENDEE;CN=A B:mailto:a.b@birch.example", True),
        ("ATTENDEE;CUTYPE=ROOM;CN=A B:mailto:a.b@birch.example", False),
        ("ATTENDEE;CUTYPE=GROUP;CN=A B:mailto:a.b@birch.example", False),
        ("ATTENDEE;ROLE=NON-PARTICIPANT;CN=A B:mailto:a.b@birch.example", False),
        ("ATTENDEE;PARTSTAT=DECLINED;CN=A B:mailto:a.b@birch.example", False),
        ("ATTENDEE;CN=A B:mailto:no-reply@birch.example", False),
        ("ATTENDEE;CN=Careers:mailto:careers-emea@birch.example", False),
        ("ATTENDEE;CN=A B:mailto:x@greenhouse.io", False),
    ],
)
def test_who_is_met(vault: Vault, line: str, met: bool) -> None:
    people = propose(vault, invitation("x", "dana@birch.example", "robin@vale.example", more=line)).invited.people
    assert [one.email for one in people] == ["dana@birch.example", *(["a.b@birch.example"] if met else [])]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Role: SRE", "SRE"),
        ("**Position:** Data Engineer", "Data Engineer"),
        ("Rolle: SRE", "SRE"),
        ("Stelle: Technikerin", "Technikerin"),
        ("Role: TBD", ""),
        ("Role: " + "x" * 81, ""),
        ("Role: https://b.example/1", ""),
        ("Your role: SRE", ""),
    ],
)
def test_a_line_of_the_text_says_the_role(vault: Vault, line: str, role: str) -> None:
    found = propose(vault, invitation("x", more=f"DESCRIPTION:Hello\\n{line}\\nBye"))
    assert (found.role, found.role_read) == (role, bool(role))


def test_a_name_that_is_made_of_an_address_is_a_guess() -> None:
    people = (Guest("tom.lee@b.example", "tom.lee@b.example"), Guest("Ana Li", "ana.li@b.example"))
    assert guessed_names([name_of(one) for one in people], people) == ("Tom Lee",)
