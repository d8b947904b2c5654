"""Lines added to a debrief: where, how, once, and by whose name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from jobvault.actions import changes
from jobvault.actions.add import add, other_company
from jobvault.actions.addition import Added, Addition
from jobvault.actions.vault import Vault
from jobvault.actions.whose import debrief_with, person_in
from jobvault.errors import AmbiguousError, ChangedError, NotFoundError, RefusedError, UsageError
from jobvault.model import Debrief
from tests.small_vault import SmallVault, debrief, make_vault

ACME = "Debriefs/2026-11-20 Acme panel.md"
BIRCH = "Debriefs/2026-11-24 Birch technical.md"
FRIDAY = dt.date(2026, 11, 27)


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    people = 'people:\n  - "[[Dana Reyes]]"\n  - Tom Ek\n'
    body = "## People met\n\n### [[Dana Reyes]], VP\n\n- Cares about:\n- Concern:\n"
    return make_vault(
        tmp_path / "vault",
        {
            ACME: debrief(body=body, front=people, takeaways="- Draw first\n", follow_ups="- [ ] Call\n- [x] Mail\n"),
            BIRCH: debrief("Birch", "2026-11-24", "technical", front="people: [Ann Lee]\n"),
        },
    )


def at(vault: Vault, path: str = ACME) -> Debrief:
    return next(debrief for debrief in vault.debriefs if debrief.path == path)


def put(
    vault: SmallVault, kind: str, *texts: str, path: str = ACME, dry_run: bool = False, **more: object
) -> list[Added]:
    opened = vault.open()
    return list(add(opened, at(opened, path), Addition(kind, texts, **more), dry_run=dry_run))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "field"),
    [("weak", "weak"), ("strong", "strong"), ("takeaway", "takeaways"), ("question", "open_questions"), ("observation", "noticed")],
)  # fmt: skip
def test_each_kind_is_read_back_where_it_belongs(vault: SmallVault, kind: str, field: str) -> None:
    [one] = put(vault, kind, "Some words", tags=("#sql", "pay"))
    assert (one.changed, one.path, one.tags) == (True, ACME, ("sql", "pay"))
    read = getattr(at(vault.open()), field)[-1]
    assert (read.text, read.line, read.tags) == ("Some words", one.line, ("sql", "pay"))


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ("emoji", "- [ ] Send it #deck 📅 2026-11-27"),
        ("plain", "- [ ] Send it #deck, due 2026-11-27"),
        ("dataview", "- [ ] Send it #deck  [due:: 2026-11-27]"),
    ],
)
def test_a_follow_up_is_due_in_the_vaults_own_form(vault: SmallVault, form: str, line: str) -> None:
    vault.write("jobvault.yaml", f"dates: {form}\n")
    [one] = put(vault, "follow-up", "Send it", due=FRIDAY, tags=("deck",))
    assert one.rows == (line,)
    assert f"{line}\n" in vault.read(ACME)
    found = next(item for item in vault.open().follow_ups if item.text == "Send it")
    assert (found.due, found.tags, found.line) == (FRIDAY, ("deck",), one.line)


def test_a_german_vault_has_german_headings_and_words(vault: SmallVault) -> None:
    vault.write("jobvault.yaml", "language: de\ndates: plain\n")
    [one] = put(vault, "weak", "Zu langsam")
    [due] = put(vault, "follow-up", "Schicken", due=FRIDAY)
    words = vault.open().words
    assert one.rows[0] == f"## {words.heading('weak')}"
    assert due.rows == (f"- [ ] Schicken, {words.text('due')} 2026-11-27",)


def test_the_same_line_is_added_once(vault: SmallVault) -> None:
    assert [one.changed for one in put(vault, "takeaway", "Draw first", "Talk", "talk.", "**Draw** first #design")] == [
        False, True, False, False,
    ]  # fmt: skip
    before = vault.bytes()
    [there] = put(vault, "takeaway", "Talk")
    assert (there.changed, there.rows) == (False, ())
    assert vault.read(ACME).splitlines()[there.line - 1] == "- Talk"
    assert vault.bytes() == before
    assert put(vault, "weak", "Talk")[0].changed


def test_a_follow_up_that_is_done_can_be_owed_again(vault: SmallVault) -> None:
    assert [one.changed for one in put(vault, "follow-up", "Call", "Mail")] == [False, True]


@pytest.mark.parametrize(
    ("text", "due"), [("Call", FRIDAY), ("call, due 2026-11-27", None), ("Call. 📅 2026-11-27", None)]
)
def test_a_follow_up_that_is_there_is_given_its_day(vault: SmallVault, text: str, due: dt.date | None) -> None:
    before = vault.read(ACME)
    [one] = put(vault, "follow-up", text, due=due)
    assert (one.changed, one.due, one.rows) == (True, FRIDAY, ())
    assert [(line.line, line.old, line.new) for line in one.completed] == [
        (one.line, "- [ ] Call", "- [ ] Call 📅 2026-11-27")
    ]
    assert vault.read(ACME) == before.replace("- [ ] Call\n", "- [ ] Call 📅 2026-11-27\n")
    bytes_ = vault.bytes()
    [again] = put(vault, "follow-up", text, due=due)
    [bare] = put(vault, "follow-up", "call")
    assert [(found.changed, found.due) for found in (again, bare)] == [(False, FRIDAY)] * 2
    assert vault.bytes() == bytes_


def test_a_follow_up_that_is_due_on_another_day_stays_and_is_named(vault: SmallVault) -> None:
    vault.edit(ACME, "- [ ] Call", "- [ ] Call 📅 2026-11-30")
    before = vault.bytes()
    with pytest.raises(RefusedError, match=r"panel\.md:\d+: “Call” is there already, due 2026-11-30, not 2026-11-27"):
        put(vault, "follow-up", "New", "Call", due=FRIDAY)
    assert vault.bytes() == before


def test_of_several_equal_follow_ups_the_one_of_that_day_counts(vault: SmallVault) -> None:
    vault.edit(ACME, "- [ ] Call", "- [ ] Call 📅 2026-11-30\n- [ ] Call\n- [ ] Call 📅 2026-11-27")
    assert not put(vault, "follow-up", "Call", due=FRIDAY)[0].changed
    [one] = put(vault, "follow-up", "Call", due=dt.date(2026, 12, 1))
    assert one.completed[0].new == "- [ ] Call 📅 2026-12-01"


def test_tags_that_were_not_written_are_told(vault: SmallVault) -> None:
    vault.edit(ACME, "- [ ] Call", "- [ ] Call #pay")
    assert put(vault, "follow-up", "Call", tags=("Pay", "sql"))[0].lacking == ("#sql",)
    assert put(vault, "takeaway", "Draw first", tags=("sql",))[0].lacking == ("#sql",)
    assert put(vault, "takeaway", "New", tags=("sql",))[0].lacking == ()


def test_a_misspelt_heading_of_the_section_is_told(vault: SmallVault) -> None:
    vault.edit(ACME, "## Takeaways", "## Takaways")
    [one] = put(vault, "takeaway", "New")
    text = vault.read(ACME).splitlines()
    assert "## Takeaways" in text
    assert [(problem.code, text[problem.line - 1]) for problem in one.problems if problem.line] == [
        ("near-heading", "## Takaways")
    ]
    assert put(vault, "weak", "New")[0].problems == ()


def test_words_that_differ_in_signs_alone_are_different(vault: SmallVault) -> None:
    assert all(one.changed for one in put(vault, "weak", "C", "C++", "C#"))


def test_a_dry_run_shows_it_and_writes_nothing(vault: SmallVault) -> None:
    before = vault.bytes()
    [one] = put(vault, "strong", "Calm", dry_run=True)
    assert (one.changed, one.rows) == (True, ("## Where I was strong", "", "- Calm"))
    assert vault.bytes() == before


def test_one_command_is_one_edit(vault: SmallVault, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    write = changes.write

    def spy(vault: Vault, path: str, old: bytes, new: bytes, why: str) -> bool:
        written.append(why)
        return write(vault, path, old, new, why)

    monkeypatch.setattr(changes, "write", spy)
    put(vault, "weak", "one", "two")
    assert written == ["jobvault add: one"]


def test_a_note_that_changes_meanwhile_is_read_again(vault: SmallVault, monkeypatch: pytest.MonkeyPatch) -> None:
    write, tries = changes.write, []

    def late(opened: Vault, path: str, old: bytes, new: bytes, why: str) -> bool:
        tries.append(why)
        if len(tries) == 1:
            vault.edit(ACME, "- Draw first", "- Draw first\n- Typed meanwhile")
            raise ChangedError(path)
        return write(opened, path, old, new, why)

    monkeypatch.setattr(changes, "write", late)
    put(vault, "takeaway", "New")
    assert "- Draw first\n- Typed meanwhile\n- New\n" in vault.read(ACME)


def test_what_cannot_be_written_is_refused_by_file_and_line(vault: SmallVault) -> None:
    opened = vault.open()
    there = at(opened)
    vault.edit(ACME, "## Takeaways", "<<<<<<< HEAD\n- b\n=======\n- c\n>>>>>>> x\n\n## Takeaways")
    before = vault.bytes()
    with pytest.raises(RefusedError, match=r"panel\.md:\d+: a git conflict"):
        add(opened, there, Addition("weak", ("x",)))
    vault.write(ACME, "words\n")
    with pytest.raises(RefusedError, match="no debrief"):
        add(opened, there, Addition("weak", ("x",)))
    (vault.root / ACME).unlink()
    with pytest.raises(RefusedError, match="cannot be read"):
        add(opened, there, Addition("weak", ("x",)))
    assert before


@pytest.mark.parametrize(
    ("addition", "why"),
    [
        (Addition("weak", ()), "no words"),
        (Addition("weak", (" ", "\x00")), "no words"),
        (Addition("weak", ("x",), tags=("12",)), "“12” is no tag"),
        (Addition("weak", ("x",), tags=("a(b",)), "is no tag"),
        (Addition("follow-up", ("x 📅 2026-11-28",), due=FRIDAY), "due date already"),
        (Addition("follow-up", ("x, due 2026-11-28",), due=FRIDAY), "due date already"),
        (Addition("follow-up", ("x", "call due 2026-11-31")), "“due 2026-11-31”: there is no such date"),
        (Addition("concern", ("x",), person="?"), "name the person"),
    ],
)
def test_wrong_usage(vault: SmallVault, addition: Addition, why: str) -> None:
    opened, before = vault.open(), vault.bytes()
    with pytest.raises(UsageError, match=why):
        add(opened, at(opened), addition)
    assert vault.bytes() == before


# --- whose concern ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["Dana", "dana reyes", "[[Dana Reyes]]", "rey"])
def test_a_concern_goes_to_the_person_who_is_meant(vault: SmallVault, said: str) -> None:
    [one] = put(vault, "concern", "Too slow", person=said)
    assert (one.person, one.rows) == ("Dana Reyes", ("- Concern: Too slow",))
    met = at(vault.open()).people[0]
    assert [(concern.text, concern.line) for concern in met.concerns] == [("Too slow", one.line)]
    assert not put(vault, "concern", "too slow", person="Dana")[0].changed
    assert put(vault, "concern", "too slow", person="Tom")[0].changed


def test_somebody_of_the_properties_and_somebody_new_are_written_down(vault: SmallVault) -> None:
    assert put(vault, "concern", "x", person="tom")[0].rows == ("### [[Tom Ek]]", "", "- Concern: x")
    assert put(vault, "concern", "y", person="Lee Ok, CTO")[0].rows == ("### [[Lee Ok]], CTO", "", "- Concern: y")
    assert [met.name for met in at(vault.open()).people] == ["Dana Reyes", "Tom Ek", "Lee Ok"]


def test_a_colleague_who_was_met_before_has_the_whole_name(vault: SmallVault) -> None:
    vault.write("Debriefs/2026-11-25 Acme final.md", debrief(date="2026-11-25", round_="final"))
    [one] = put(vault, "concern", "x", person="dana", path="Debriefs/2026-11-25 Acme final.md")
    assert one.person == "Dana Reyes"


def test_a_slip_in_a_name_makes_nobody_new(vault: SmallVault) -> None:
    with pytest.raises(NotFoundError, match="Did you mean “Dana Reyes”"):
        put(vault, "concern", "x", person="Dana Ryes")


def test_two_with_one_first_name_are_listed(vault: SmallVault) -> None:
    vault.edit(ACME, "  - Tom Ek", "  - Dana Smith, SRE")
    with pytest.raises(AmbiguousError) as refused:
        put(vault, "concern", "x", person="dana")
    assert refused.value.candidates == ("Dana Reyes, VP", "Dana Smith, SRE")
    assert put(vault, "concern", "x", person="dana smith")[0].person == "Dana Smith"


ZELDA = "\n### [[Zelda]]\n\n- Concern: old\n"


@pytest.mark.parametrize(
    ("said", "person", "heading", "told"),
    [
        ("Zelda Fitz, CTO", "Zelda Fitz", "### [[Zelda Fitz]], CTO", ""),
        ("Zelda Fitz", "Zelda Fitz", "### [[Zelda Fitz]]", ""),
        ("zelda, CTO", "Zelda", "### [[Zelda]], CTO", ""),
        ("Dana, CTO", "Dana Reyes", "### [[Dana Reyes]], VP", "CTO"),
        ("Dana, vp", "Dana Reyes", "### [[Dana Reyes]], VP", ""),
    ],
)
def test_what_is_said_of_a_name_is_in_the_note_or_told(
    vault: SmallVault, said: str, person: str, heading: str, told: str
) -> None:
    vault.edit(ACME, "- Concern:\n", f"- Concern:\n{ZELDA}")
    [one] = put(vault, "concern", "new", person=said)
    assert (one.person, one.title_said) == (person, told)
    lines = vault.read(ACME).splitlines()
    assert heading in lines
    assert max(number for number, line in enumerate(lines[: one.line]) if line.startswith("#")) == lines.index(heading)
    assert [(line.old, line.new) for line in one.completed] == (
        [] if "Dana" in heading else [("### [[Zelda]]", heading)]
    )
    assert not put(vault, "concern", "new", person=said)[0].changed


def test_a_fuller_name_stands_apart_where_a_note_says_who_the_first_name_is(vault: SmallVault) -> None:
    vault.write("People/Zelda.md", "---\ntype: person\n---\n")
    vault.edit(ACME, "- Concern:\n", f"- Concern:\n{ZELDA}")
    [one] = put(vault, "concern", "new", person="Zelda Fitz, CTO")
    assert (one.person, one.completed) == ("Zelda Fitz", ())
    assert one.rows == ("### [[Zelda Fitz]], CTO", "", "- Concern: new")


def test_somebody_unnamed_is_added_by_the_title(vault: SmallVault) -> None:
    assert put(vault, "concern", "cold", person="?, SRE, beard")[0].rows == ("### ?, SRE, beard", "", "- Concern: cold")
    [one] = put(vault, "concern", "hot", person="?, sre")
    assert (one.person, one.rows) == ("?, SRE, beard", ("- Concern: hot",))
    assert not put(vault, "concern", "Hot", person="?, SRE, beard")[0].changed
    assert put(vault, "concern", "x", person="?, SRE lead")[0].rows[0] == "### ?, SRE lead"
    with pytest.raises(AmbiguousError) as refused:
        put(vault, "concern", "x", person="?, SRE")
    assert refused.value.candidates == ("?, SRE, beard", "?, SRE lead")


def test_without_a_note_a_part_of_a_name_means_the_last_debrief_alone(vault: SmallVault) -> None:
    opened = vault.open()
    last = at(opened, BIRCH)
    assert debrief_with(opened, last, "ann").path == BIRCH
    assert debrief_with(opened, last, "Dana Reyes").path == ACME
    assert debrief_with(opened, last, "Somebody New").path == BIRCH
    with pytest.raises(AmbiguousError, match="the last debrief, but could be:") as refused:
        debrief_with(opened, last, "dana")
    assert refused.value.candidates == (f"Dana Reyes · {ACME}",)


def test_an_alias_is_somebody_too(vault: SmallVault) -> None:
    vault.write("People/Dana Reyes.md", "---\ntype: person\naliases: [Dee]\n---\n")
    opened = vault.open()
    met = person_in(opened, at(opened), "dee")
    assert met is not None
    assert met.name == "Dana Reyes"


@pytest.mark.parametrize(
    ("text", "other"),
    [("Send the CV to Acme", "Acme"), ("compare acme and birch", None), ("Send the CV", None), ("Thank Birch", None)],
)
def test_words_that_name_another_company_are_noticed(vault: SmallVault, text: str, other: str | None) -> None:
    opened = vault.open()
    assert other_company(opened, at(opened, BIRCH), [text]) == other


def test_what_is_not_read_as_meant_comes_with_the_line(vault: SmallVault) -> None:
    [one] = put(vault, "follow-up", "Send it by Friday")
    assert [problem.code for problem in one.problems] == ["date-not-read"]
    assert put(vault, "follow-up", "Send that", due=FRIDAY)[0].problems == ()
