"""A new debrief: any name becomes a safe file name, and comes back whole; nothing is overwritten."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jobvault.actions.known import suggestions
from jobvault.actions.scaffold import Guest, Request, create, plan, read_guest, read_tags, same_interview, settled
from jobvault.errors import NotFoundError, RefusedError, UsageError
from jobvault.model import Debrief
from jobvault.notes.reading import read_note
from tests.small_vault import TODAY, SmallVault, debrief, make_vault

DAY = dt.date(2026, 11, 20)
ACME = Request("Acme", DAY, round="panel")
ODD = [
    "../../etc", "/etc/passwd", "..", ".", ".hidden", "~/x", "-rf", "CON", "con.txt", "NUL", "LPT1 Ltd", "a/b", "a\\b", "C:\\x", "a:b",
    "what?", "*", "a|b", '"quoted"', "'single'", "<b>bold</b>", "<!-- comment", "%%x%%", "[[Acme]]", "[x](y.md)", "# heading", "^caret",
    "null", "~", "true", "No", "123", "1e3", "0x1F", "12:30", "2026-11-23", "- dash", "? somebody", ": colon", "key: value", "a # b",
    "{flow}", "[list]", "&anchor", "*alias", "!tag", "%directive", "@at", "`tick`", "---", "...", "{{company}}", "<% tp.x %>", "a {{b}} <%c",
    "A" * 300, "😀" * 80, "Ünïcödé GmbH & Co. KG", "e\u0301cole", "株式会社アクメ", "شركة", "a\u202eb", "\u2066x\u2069", "zero\u200bwidth",
    "tab\there", "line\nbreak", "nul\0byte", "esc\x1b[31m", "trailing dots...", " padded ", "Acme (conflicted copy 2026-11-23 101500)",
    "x.sync-conflict-20261123-101500-ABCDEFG", "Acme 2", "Acme (1)", "jobvault:begin follow-ups", "type: letter", "\ufeffBOM", "=", "<<", "\\",
    "a\\nb", "\x85", "\u2028", "Acme, Inc.", "Yahoo!", "O'Reilly", "C#", "C++", "100%", "$5", "a=b", "~~gone~~", "#tag", "==x==", "x.md",
]  # fmt: skip


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(tmp_path / "vault", {"Debriefs/2026-11-20 Acme panel.md": debrief()})


def read_back(vault: SmallVault, path: str) -> Debrief:
    noun = read_note(path, (vault.root / path).read_bytes(), vault.open().rules).noun
    assert isinstance(noun, Debrief)
    return noun


def is_safe(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    stem = name.removesuffix(".md")
    return (
        folder == "Debriefs"
        and name.endswith(".md")
        and len(name.encode()) <= 255
        and stem == stem.strip(" .")
        and not stem.startswith((".", "~", "-"))
        and not set('/\\:*?"<>|#^[]%') & set(stem)
        and not any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in stem)
        and unicodedata.is_normalized("NFC", name)
    )


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ODD, ids=ascii)
def test_an_odd_name_becomes_a_safe_file_name_and_comes_back_whole(tmp_path: Path, name: str) -> None:
    vault = make_vault(tmp_path / "vault")
    opened = vault.open()
    wanted = settled(
        opened, Request(name, DAY, role=name, round=name, guests=(read_guest(name),), tags=read_tags((name,)))
    )
    if not wanted.company:
        with pytest.raises(UsageError, match="Name the company"):
            plan(opened, wanted)
        return
    scaffold = plan(opened, wanted)
    assert is_safe(scaffold.path)
    written = create(opened, scaffold)
    assert written.parent == vault.root / "Debriefs"
    assert [one.name for one in (vault.root / "Debriefs").iterdir()] == [scaffold.path.removeprefix("Debriefs/")]
    found = read_back(vault, scaffold.path)
    assert (found.company, found.role, found.round, found.date, found.empty) == (
        wanted.company,
        wanted.role,
        wanted.round,
        DAY,
        True,
    )
    assert found.tags == wanted.tags
    assert len(found.people) == 1
    assert vault.open().problems == ()
    assert [one.path for one in vault.open().debriefs] == [scaffold.path], "it counts as a debrief"


@given(
    name=st.text(max_size=60),
    role=st.text(max_size=20),
    round_=st.text(max_size=20),
    guest=st.text(max_size=30),
    title=st.text(max_size=30),
)
@example(name="A\ud800", role="", round_="", guest="x\ud800", title="")
@example(name="a", role="", round_="", guest="<!-- x", title="```")
def test_any_name_becomes_a_safe_file_name_and_comes_back_whole(
    tmp_path_factory: pytest.TempPathFactory, name: str, role: str, round_: str, guest: str, title: str
) -> None:
    vault = make_vault(tmp_path_factory.getbasetemp() / "any").open()
    request = settled(vault, Request(name, DAY, role=role, round=round_, guests=(read_guest(f"{guest}, {title}"),)))
    if not request.company:
        return
    scaffold = plan(vault, request)
    assert is_safe(scaffold.path)
    noun = read_note(scaffold.path, scaffold.text.encode(), vault.rules).noun
    assert isinstance(noun, Debrief)
    assert (noun.company, noun.role, noun.round, noun.empty) == (request.company, request.role, request.round, True)
    assert len(noun.people) == 1
    assert scaffold.text.count("\n## ") == 8, "no name adds or hides a section"


@given(
    company=st.sampled_from(["Acme", "acme", "ACME", "Äcme"]),
    round_=st.sampled_from(["panel", "Panel", "", "x" * 300]),
    count=st.integers(2, 6),
)
@settings(max_examples=20)
def test_debriefs_of_one_day_get_names_of_their_own(
    tmp_path_factory: pytest.TempPathFactory, company: str, round_: str, count: int
) -> None:
    vault = make_vault(tmp_path_factory.mktemp("day") / "vault").open()
    names = []
    for _ in range(count):
        scaffold = plan(vault, Request(company, DAY, round=round_))
        create(vault, scaffold)
        names.append(scaffold.path)
    assert len({name.casefold() for name in names}) == count
    assert not any(name.removesuffix(".md").endswith((" 2", " 3", "(1)", "(2)")) for name in names)


@pytest.mark.parametrize(
    ("request_", "name"),
    [
        (replace(ACME, company="Birch"), "2026-11-20 Birch panel"),
        (replace(ACME, round=""), "2026-11-20 Acme"),
        (replace(ACME, at=dt.time(14, 30)), "2026-11-20 Acme panel 1430"),
        (replace(ACME, role="SRE"), "2026-11-20 Acme panel SRE"),
        (replace(ACME, at=dt.time(9), role="SRE"), "2026-11-20 Acme panel 0900"),
        (ACME, "2026-11-20 Acme panel b"),
        (replace(ACME, company="ACME"), "2026-11-20 Acme panel b"),
        (replace(ACME, on=dt.date(2026, 11, 21)), "2026-11-21 Acme panel"),
    ],
)
def test_a_taken_name_gets_time_role_or_a_letter(vault: SmallVault, request_: Request, name: str) -> None:
    assert plan(vault.open(), request_).path == f"Debriefs/{name}.md"


def test_a_name_that_only_differs_in_case_is_taken(vault: SmallVault) -> None:
    vault.write("Debriefs/2026-11-20 BIRCH panel.md", "mine")
    assert plan(vault.open(), replace(ACME, company="Birch")).path == "Debriefs/2026-11-20 Birch panel b.md"


def test_nothing_is_ever_overwritten(vault: SmallVault) -> None:
    scaffold = plan(vault.open(), replace(ACME, company="Birch"))
    vault.write(scaffold.path, "somebody was faster")
    with pytest.raises(RefusedError, match=r"2026-11-20 Birch panel\.md: there is already something of that name"):
        create(vault.open(), scaffold)
    assert vault.read(scaffold.path) == "somebody was faster"


def test_planning_writes_nothing(vault: SmallVault) -> None:
    before = vault.bytes()
    plan(vault.open(), replace(ACME, company="Birch"))
    assert vault.bytes() == before


@pytest.mark.parametrize(
    ("folder", "path"), [(".", "2026-11-20 Birch panel.md"), ("Jobs/Notes", "Jobs/Notes/2026-11-20 Birch panel.md")]
)
def test_the_folder_is_the_settings(tmp_path: Path, folder: str, path: str) -> None:
    vault = make_vault(tmp_path / "vault", settings=f"folders:\n  debriefs: {folder}\n")
    create(vault.open(), plan(vault.open(), replace(ACME, company="Birch")))
    assert (vault.root / path).is_file()
    assert [one.company for one in vault.open().debriefs] == ["Birch"]


def test_an_unknown_template_is_named(vault: SmallVault) -> None:
    for name in ("nope", "", "../views/people", "debrief"):
        with pytest.raises(NotFoundError, match=r"There is no template “.*”\. There are: short, full\."):
            plan(vault.open(), replace(ACME, template=name))


def test_what_would_not_be_read_back_is_refused(vault: SmallVault) -> None:
    with pytest.raises(UsageError, match="cannot be written into a note"):
        plan(vault.open(), replace(ACME, company="x " * 60_000))


# --- the same interview -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("request_", "same"),
    [
        (ACME, True),
        (replace(ACME, company="ACME"), True),
        (replace(ACME, company="Acme Corp"), True),
        (replace(ACME, company="[[Acme]]"), True),
        (replace(ACME, round="Panel"), True),
        (replace(ACME, round="technical"), False),
        (replace(ACME, round=""), False),
        (replace(ACME, on=dt.date(2026, 11, 21)), False),
        (replace(ACME, company="Birch"), False),
        (replace(ACME, at=dt.time(14, 30)), True),
        (replace(ACME, at=dt.time(15)), False),
        (replace(ACME, role="sre"), True),
        (replace(ACME, role="Staff Engineer"), False),
    ],
)
def test_the_same_company_round_and_date_is_the_same_interview(
    vault: SmallVault, request_: Request, same: bool
) -> None:
    vault.write("jobvault.yaml", "companies:\n  Acme: [Acme Corp]\n")
    vault.write("Debriefs/2026-11-20 Acme panel.md", debrief(front="time: 14:30\nrole: SRE\n"))
    found = same_interview(vault.open(), request_)
    assert (found is not None) == same


def test_an_alias_is_written_as_the_company_it_stands_for(vault: SmallVault) -> None:
    vault.write("jobvault.yaml", "companies:\n  Acme: [Acme Corp]\n")
    assert settled(vault.open(), replace(ACME, company="acme corp")).company == "Acme"
    assert settled(vault.open(), replace(ACME, company="ACME")).company == "Acme"
    assert settled(vault.open(), replace(ACME, company="acme labs")).company == "acme labs"


def test_a_known_round_is_written_by_its_name(vault: SmallVault) -> None:
    vault.write("jobvault.yaml", "rounds: [Founder talk]\n")
    names = [
        settled(vault.open(), replace(ACME, round=words)).round
        for words in ("System design", "founder-talk", "Lunch", "CHAT")
    ]
    assert names == ["system-design", "Founder talk", "Lunch", "chat"]


# --- what may have been meant -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("Acme", ("Acme Robotics", "Old Acme")),
        ("Acne Robotics", ("Acme Robotics",)),
        ("Robotics", ("Acme Robotics",)),
        ("Acm", ("Acme Robotics", "Old Acme")),
        ("Acme Robotics Inc", ("Acme Robotics",)),
        ("Birch", ("Birch & Lowe",)),
        ("birch and lowe", ()),
        ("birch & lowe", ()),
        ("ACME ROBOTICS", ()),
        ("Me", ()),
        ("Corvo", ()),
        ("", ()),
        ("!!", ()),
    ],
)
def test_near_names_and_parts_of_names_are_offered(asked: str, offered: tuple[str, ...]) -> None:
    assert suggestions(asked, ["Acme Robotics", "Birch & Lowe", "Old Acme"]) == offered


# --- the text ---------------------------------------------------------------------------------------------------------

SHORT = """\
---
type: debrief
company: Acme
role:
round: panel
date: 2026-11-23
people:
  - "[[Dana Reyes]]"
felt:
outcome: waiting
hear_by:
written: 2026-11-25
---

<!-- Half is fine. One takeaway is enough. -->

## People met

### [[Dana Reyes]], VP Engineering

- Cares about:
- Concern:

## What they asked

<!-- end each with (strong), (ok), (rough), or (owed) if you still owe an answer -->

## What I noticed

<!-- signals, surprises; a line that ends in ? is your open question -->

## Where I was strong

## Where I was weak

## Overall

## Takeaways

<!-- next time I will … -->

## Follow-ups

- [ ] Thank-you letter to [[Dana Reyes]] 📅 2026-11-25
"""


def text_of(vault: SmallVault, request: Request, today: dt.date = TODAY) -> str:
    return plan(vault.open(today), request).text


def test_the_short_debrief_is_the_one_that_was_designed(vault: SmallVault) -> None:
    guest = Guest("Dana Reyes", "VP Engineering")
    assert text_of(vault, Request("Acme", dt.date(2026, 11, 23), round="panel", guests=(guest,))) == SHORT


def test_the_full_debrief_has_every_section_and_label(vault: SmallVault) -> None:
    request = replace(ACME, company="Birch", guests=(Guest("Dana Reyes"),), template="full")
    text = text_of(vault, request)
    words = vault.open().words
    for section in (
        "people-met",
        "asked",
        "noticed",
        "open-questions",
        "strong",
        "weak",
        "overall",
        "takeaways",
        "follow-ups",
        "told",
        "feedback",
    ):
        assert text.count(f"\n## {words.heading(section)}\n") == 1
    for label in ("cares-about", "concern", "my-answer", "talked-about", "asked", "next-step", "email", "note"):
        assert text.count(f"\n- {words.text(f'label.{label}')}:\n") == 1
    assert "\nforecast:\n" in text
    note = read_note("Debriefs/x.md", text.encode(), vault.open().rules)
    assert isinstance(note.noun, Debrief)
    assert note.noun.empty
    assert note.problems == ()
    assert note.follow_ups == ()


@pytest.mark.parametrize(
    ("on", "format_", "round_", "due"),
    [
        (dt.date(2026, 11, 25), "", "panel", "2026-11-26"),
        (dt.date(2026, 11, 24), "", "panel", "2026-11-25"),
        (dt.date(2026, 11, 23), "", "panel", "2026-11-25"),
        (dt.date(2026, 11, 23), "", "chat", "2026-11-25"),
        (dt.date(2026, 11, 22), "", "panel", None),
        (dt.date(2026, 11, 26), "", "panel", None),
        (dt.date(2026, 11, 25), "take-home", "technical", None),
        (dt.date(2026, 11, 25), "", "take-home", None),
    ],
)
def test_thanks_are_due_for_an_interview_of_the_last_two_days(
    vault: SmallVault, on: dt.date, format_: str, round_: str, due: str | None
) -> None:
    guests = (Guest("Dana Reyes"), Guest("Tom Ek"), Guest("?", "SRE"))
    text = text_of(vault, Request("Birch", on, round=round_, format=format_, guests=guests))
    tasks = [line for line in text.splitlines() if line.startswith("- [ ]")]
    expected = [f"- [ ] Thank-you letter to [[{name}]] 📅 {due}" for name in ("Dana Reyes", "Tom Ek")]
    assert tasks == (expected if due else [])


@pytest.mark.parametrize(
    ("settings", "note", "task"),
    [
        ("links: wiki\ndates: emoji\n", "", "- [ ] Thank-you letter to [[Dana Reyes]] 📅 2026-11-26"),
        ("links: wiki\ndates: dataview\n", "", "- [ ] Thank-you letter to [[Dana Reyes]]  [due:: 2026-11-26]"),
        ("links: wiki\ndates: plain\n", "", "- [ ] Thank-you letter to [[Dana Reyes]], due 2026-11-26"),
        ("links: markdown\n", "", "- [ ] Thank-you letter to Dana Reyes, due 2026-11-26"),
        ("", "- [ ] x [due:: 2026-11-21]\n", "- [ ] Thank-you letter to Dana Reyes  [due:: 2026-11-26]"),
        ("", "- [ ] x 📅 2026-11-21\n", "- [ ] Thank-you letter to Dana Reyes 📅 2026-11-26"),
    ],
)
def test_dates_and_links_are_in_the_vaults_own_form(vault: SmallVault, settings: str, note: str, task: str) -> None:
    vault.write("jobvault.yaml", settings)
    vault.write("Debriefs/2026-11-20 Acme panel.md", debrief(follow_ups=note))
    request = Request("Birch", TODAY, guests=(Guest("Dana Reyes", "VP"),))
    text = text_of(vault, request)
    assert text.endswith(f"\n## Follow-ups\n\n{task}\n")
    linked = "[[" in task
    assert ('people:\n  - "[[Dana Reyes]]"\n' if linked else "people:\n  - Dana Reyes\n") in text
    assert ("### [[Dana Reyes]], VP\n" if linked else "### Dana Reyes, VP\n") in text
    [item] = read_note("Debriefs/x.md", text.encode(), vault.open().rules).follow_ups
    assert (item.text.replace("[[", "").replace("]]", ""), item.due, item.kind) == (
        "Thank-you letter to Dana Reyes", dt.date(2026, 11, 26), "thanks",
    )  # fmt: skip


def test_a_person_with_a_note_is_linked_by_its_name(vault: SmallVault) -> None:
    vault.write("People/Reyes, Dana.md", "---\ntype: person\nname: Dana Reyes\ncompany: Acme\n---\n")
    vault.write("Debriefs/2026-11-20 Acme panel.md", debrief(front="people: Dana Reyes\n"))
    text = text_of(vault, Request("Acme", TODAY, guests=(Guest("dana reyes", "VP"),)))
    assert '  - "[[Reyes, Dana]]"\n' in text
    assert "### [[Reyes, Dana]], VP\n" in text
    vault.write("Debriefs/2026-11-25 Acme.md", text)
    [dana] = vault.open().people
    assert len(dana.meetings) == 2


def test_names_that_no_link_can_hold_are_plain(vault: SmallVault) -> None:
    names = ("A/B", "C# Ada", "Dana | Reyes", "x.md", 'Ed "Ted" Bo')
    text = text_of(vault, Request("Birch", TODAY, guests=tuple(map(Guest, names))))
    assert "[[" not in text
    noun = read_note("Debriefs/x.md", text.encode(), vault.open().rules).noun
    assert isinstance(noun, Debrief)
    assert [met.name for met in noun.people] == list(names)


def test_somebody_unnamed_is_counted_once_and_owed_no_letter(vault: SmallVault) -> None:
    text = text_of(vault, Request("Birch", TODAY, guests=(read_guest("?, SRE, beard"), read_guest("Dana Reyes"))))
    noun = read_note("Debriefs/x.md", text.encode(), vault.open().rules).noun
    assert isinstance(noun, Debrief)
    assert [(met.name, met.title) for met in noun.people] == [(None, "SRE, beard"), ("Dana Reyes", "")]
    assert text.count("- [ ]") == 1


def test_all_that_was_asked_for_is_in_the_properties(vault: SmallVault) -> None:
    request = replace(
        ACME, role="SRE", at=dt.time(9, 5), format="video", tags=("remote", "berlin"), on=dt.date(2026, 12, 1)
    )
    text = text_of(vault, request)
    noun = read_note("Debriefs/x.md", text.encode(), vault.open().rules).noun
    assert isinstance(noun, Debrief)
    assert (noun.role, noun.time, noun.format, noun.tags) == ("SRE", dt.time(9, 5), "video", ("remote", "berlin"))
    assert (noun.outcome, noun.felt, noun.hear_by, noun.written) == ("waiting", None, None, None)
    assert "tags:\n  - remote\n  - berlin\n" in text


@pytest.mark.parametrize(
    ("on", "written"), [(dt.date(2026, 11, 24), True), (TODAY, False), (dt.date(2026, 11, 26), False)]
)
def test_the_day_of_writing_is_kept_for_a_past_interview_only(vault: SmallVault, on: dt.date, written: bool) -> None:
    assert ("\nwritten: 2026-11-25\n" in text_of(vault, replace(ACME, on=on))) == written


@pytest.mark.parametrize(
    ("text", "guest"),
    [
        ("Dana Reyes, VP Engineering", Guest("Dana Reyes", "VP Engineering")),
        ("Dana Reyes", Guest("Dana Reyes")),
        ("Dana Reyes (VP)", Guest("Dana Reyes", "VP")),
        ("Dana Reyes - VP", Guest("Dana Reyes", "VP")),
        ("[[Dana Reyes]], VP, Platform", Guest("Dana Reyes", "VP, Platform")),
        ("?, SRE", Guest("?", "SRE")),
        ("  Dana \n Reyes , VP ", Guest("Dana Reyes", "VP")),
    ],
)
def test_guests_are_read_as_in_a_note(text: str, guest: Guest) -> None:
    assert read_guest(text) == guest


def test_tags_are_read_with_and_without_their_sign() -> None:
    assert read_tags(("#remote", "a, b #c", "", "##", "remote")) == ("remote", "a", "b", "c")
