"""A property is set as it was meant: read in any language, checked, written once, and only there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.actions.note_file import file_meant, open_around
from jobvault.actions.property_values import Spoken, guess
from jobvault.actions.set_property import PropertySet, Wish, change_property, near_property
from jobvault.cli.dates import read_date, read_time
from jobvault.errors import AmbiguousError, ChangedError, JobvaultError, NotFoundError, RefusedError, UsageError
from jobvault.notes.frontmatter import Value
from jobvault.notes.near import one_slip
from jobvault.notes.note import parse_note
from jobvault.notes.properties import FIELDS
from jobvault.vault.undo.store import open_undo
from tests.small_vault import TODAY, SmallVault, debrief, make_vault

ACME = "Debriefs/2026-11-20 Acme panel.md"
FRONT = 'people:\n  - "[[Dana Reyes]]"\ntags: [rust]\nfelt: 2 # 1 bad\nmine: x\n'
APPLICATION = "---\ntype: application\ncompany: Acme\nrole: SRE\noutcome: open\n---\n"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(
        tmp_path / "vault",
        {
            ACME: debrief(front=FRONT),
            "Debriefs/2026-11-21 Birch.md": debrief("Birch", "2026-11-21"),
            "Applications/Acme SRE.md": APPLICATION,
            "Applications/Acme Lead.md": APPLICATION.replace("SRE", "Lead"),
            "Letters/Dana.md": "---\ntype: letter\nto: Dana\nstatus: draft\n---\n",
            "People/Dana Reyes.md": "---\ntype: person\n---\n",
            "Thoughts.md": "---\ntitle: '42'\nlinks: [a]\n---\nwords\n",
        },
        "links: wiki\ncompanies:\n  Corvo Ltd: [Corvo]\nrounds: [coffee]\n",
    )


def spoken() -> Spoken:
    return Spoken(
        lambda text, name, past: read_date(text, TODAY, name, prefer="past" if past else "coming"),
        read_time,
    )


def put(vault: SmallVault, path: str, key: str, *said: str, way: str = "set", dry_run: bool = False) -> PropertySet:
    return change_property(vault.open(), path, Wish(key, said, way), spoken(), dry_run=dry_run)  # type: ignore[arg-type]


def value_in(vault: SmallVault, path: str, key: str) -> Value:
    found = parse_note(path, (vault.root / path).read_bytes()).front.get(key)
    return found.value if found else None


@pytest.mark.parametrize(
    ("key", "said", "value"),
    [
        ("heard", ("yesterday",), dt.date(2026, 11, 24)),
        ("Hear-By", ("fri",), dt.date(2026, 11, 27)),
        ("heard", ("fri",), dt.date(2026, 11, 20)),
        ("heard", ("20", "Nov"), dt.date(2026, 11, 20)),
        ("hear_by", ("in", "drei", "Tagen"), dt.date(2026, 11, 28)),
        ("time", ("2:30 pm",), "14:30"),
        ("felt", ("4/5",), 4),
        ("forecast", ("70%",), 70),
        ("outcome", ("no", "reply"), "no-reply"),
        ("outcome", ("Abgelehnt",), "rejected"),
        ("format", ("zoom",), "video"),
        ("round", ("System", "Design"), "system-design"),
        ("round", ("Coffee",), "coffee"),
        ("round", ("my own",), "my own"),
        ("company", ("corvo",), "Corvo Ltd"),
        ("company", ("ACME",), "Acme"),
        ("role", ("Senior", "SRE"), "Senior SRE"),
        ("role", ("7",), 7),
        ("people", ("Tom Ode, CTO",), ["[[Tom Ode]], CTO"]),
        ("people", ("?, SRE, beard",), ["?, SRE, beard"]),
        ("people", ("[[Dana Reyes|D]]",), ["[[Dana Reyes|D]]"]),
        ("tags", ("#a, b",), ["a", "b"]),
        ("application", ("lead",), "[[Acme Lead]]"),
        ("application", ("[[Anything]]",), "[[Anything]]"),
        ("type", ("Interview", "debrief"), "debrief"),
        ("felt", ("",), None),
        ("mine", ("true",), True),
        ("mine", ("a", "2"), ["a", 2]),
        ("new one", ("2026-11-20 9:05",), dt.datetime(2026, 11, 20, 9, 5)),  # noqa: DTZ001 - as Obsidian's are
        ("aliases", ("one",), ["one"]),
    ],
)
def test_values_are_read_as_people_say_them(vault: SmallVault, key: str, said: tuple[str, ...], value: Value) -> None:
    done = put(vault, ACME, key, *said)
    assert (done.new, done.path) == (value, ACME)
    assert value_in(vault, ACME, key) == value
    assert [p for p in vault.open().problems if p.code == "bad-value"] == []


def test_what_is_set_is_written_as_new_writes_it_in_the_vaults_language(vault: SmallVault) -> None:
    vault.write("jobvault.yaml", "language: de\nlinks: markdown\n")
    put(vault, ACME, "outcome", "rejected")
    written = vault.open().words.write("outcome", "rejected")
    assert value_in(vault, ACME, "outcome") == written != "rejected"
    assert put(vault, ACME, "people", "Tom Ode").new == ["Tom Ode"]
    assert put(vault, ACME, "application", "lead").new == "[Acme Lead](../Applications/Acme%20Lead.md)"


@pytest.mark.parametrize(
    ("path", "key", "said", "why"),
    [
        (ACME, "felt", "6", "felt: “6” is no whole number from 1 to 5."),
        (ACME, "felt", "good", "no whole number"),
        (ACME, "forecast", "101", "no whole number from 0 to 100"),
        (ACME, "heard", "someday", "heard: “someday” is no date"),
        (ACME, "heard", "2026-02-30", "is no date"),
        (ACME, "time", "25:00", "time: “25:00” is no time of day"),
        (ACME, "outcome", "rejeced", "Did you mean “rejected”?"),
        (ACME, "outcome", "accepted", "It is one of waiting, advanced"),
        (ACME, "format", "telepathy", "It is one of phone, video"),
        ("Letters/Dana.md", "status", "posted", "It is one of draft, sent"),
        ("Letters/Dana.md", "sent", "soon", "is no date"),
        ("People/Dana Reyes.md", "email", "dana at example", "is no e-mail address"),
        (ACME, "a:b", "x", "is no name for a property"),
        (ACME, "", "x", "is no name for a property"),
    ],
)
def test_a_wrong_value_is_one_sentence_and_writes_nothing(
    vault: SmallVault, path: str, key: str, said: str, why: str
) -> None:
    before = vault.bytes()
    with pytest.raises(UsageError, match=r"^.+\.$|^.+\?$") as error:
        put(vault, path, key, said)
    assert why in str(error.value)
    assert "\n" not in str(error.value)
    assert vault.bytes() == before


def test_links_to_notes_that_are_not_found(vault: SmallVault) -> None:
    with pytest.raises(NotFoundError, match="no note with `type: application` is called “nobody”"):
        put(vault, ACME, "application", "nobody")
    with pytest.raises(AmbiguousError) as several:
        put(vault, ACME, "application", "acme")
    assert several.value.candidates == ("Applications/Acme Lead.md", "Applications/Acme SRE.md")
    assert put(vault, "Letters/Dana.md", "debrief", "birch").new == "[[2026-11-21 Birch]]"
    assert put(vault, "Letters/Dana.md", "sent", "2026-11-24 9:15").new == dt.datetime(2026, 11, 24, 9, 15)  # noqa: DTZ001
    assert put(vault, "People/Dana Reyes.md", "email", "mailto:dana@example.org").new == "dana@example.org"
    assert put(vault, "Applications/Acme SRE.md", "outcome", "accepted").new == "accepted"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3), ("-3", -3), ("007", "007"), ("1.5", 1.5), ("1.50", "1.50"), ("1e5", "1e5"), ("-0", "-0"), ("true", True),
        ("True", "True"), ("no", "no"), ("null", "null"), ("2026-11-20", dt.date(2026, 11, 20)), ("2026-02-30", "2026-02-30"),
        ("2026-11-20T10:30", dt.datetime(2026, 11, 20, 10, 30)), ("2026-11-20T99:30", "2026-11-20T99:30"), ("14:30", "14:30"),  # noqa: DTZ001
        ("9" * 30, "9" * 30),
    ],
)  # fmt: skip
def test_other_values_get_the_type_that_obsidian_gives_them(vault: SmallVault, text: str, value: Value) -> None:
    assert guess(text) == value
    assert type(guess(text)) is type(value)
    assert put(vault, "Thoughts.md", "fresh", text).new == value
    assert not put(vault, "Thoughts.md", "fresh", text).changed


def test_a_list_stays_one_and_so_does_a_single_value_and_a_text(vault: SmallVault) -> None:
    assert put(vault, "Thoughts.md", "links", "b").new == ["b"]
    assert "links: [b]\n" in vault.read("Thoughts.md")
    assert put(vault, "Thoughts.md", "title", "43").new == "43"
    assert "title: '43'\n" in vault.read("Thoughts.md")
    vault.edit("Thoughts.md", "links: [b]", "people: 5\ncssclasses: wide")
    assert put(vault, "Thoughts.md", "people", "6").new == 6
    assert put(vault, "Thoughts.md", "cssclasses", "6").new == "6"
    vault.edit(ACME, "tags: [rust]", "tags: rust")
    assert put(vault, ACME, "tags", "go").new == "go"
    vault.edit(ACME, 'people:\n  - "[[Dana Reyes]]"', "people: [[Dana Reyes]]")
    assert put(vault, ACME, "people", "Tom Ode").new == "[[Tom Ode]]"


@pytest.mark.parametrize(
    ("key", "before", "said", "after"),
    [
        ("tags", "[rust]", ("go", "#rust"), "[rust, go]"),
        ("tags", "rust, sre", ("go",), "\n  - rust\n  - sre\n  - go"),
        ("tags", "", ("go",), "\n  - go"),
        ("people", '\n  - "[[Dana Reyes]]"', ("Tom Ode", "dana reyes"), '\n  - "[[Dana Reyes]]"\n  - "[[Tom Ode]]"'),
        ("people", "[[Dana Reyes]]", ("Tom Ode",), '["[[Dana Reyes]]", "[[Tom Ode]]"]'),
        ("people", "Dana Reyes # who", ("Tom Ode",), ' # who\n  - Dana Reyes\n  - "[[Tom Ode]]"'),
        ("mine", "x", ("3", "x"), "\n  - x\n  - 3"),
    ],
)
def test_a_list_is_made_longer(tmp_path: Path, key: str, before: str, said: tuple[str, ...], after: str) -> None:
    gap = "" if before.startswith("\n") or not before else " "
    vault = make_vault(tmp_path / "v", {ACME: f"---\ntype: debrief\n{key}:{gap}{before}\nz: 1\n---\n"})
    assert put(vault, ACME, key, *said, way="append").changed
    gap = "" if after.startswith(("\n", " #")) else " "
    assert vault.read(ACME) == f"---\ntype: debrief\n{key}:{gap}{after}\nz: 1\n---\n"
    assert not put(vault, ACME, key, *said, way="append").changed


def test_nothing_is_appended_to_what_holds_one_value(vault: SmallVault) -> None:
    with pytest.raises(UsageError, match="“felt” holds one value"):
        put(vault, ACME, "felt", "3", way="append")


def test_a_property_is_removed_and_its_comment_stays(vault: SmallVault) -> None:
    done = put(vault, ACME, "Felt", way="unset")
    assert (done.name, done.old, done.new, done.line, done.changed) == ("felt", 2, None, None, True)
    assert "tags: [rust]\n# 1 bad\nmine: x\n" in vault.read(ACME)
    assert not put(vault, ACME, "felt", way="unset").changed


def test_a_dry_run_and_a_second_run_write_nothing(vault: SmallVault) -> None:
    before = vault.bytes()
    planned = put(vault, ACME, "felt", "4", dry_run=True)
    assert planned.changed
    assert vault.bytes() == before
    assert put(vault, ACME, "felt", "4").after == planned.after == (vault.root / ACME).read_bytes()
    before = vault.bytes()
    again = put(vault, ACME, "felt", "4")
    assert (again.changed, again.old, again.new) == (False, 4, 4)
    assert vault.bytes() == before


def test_what_was_replaced_is_kept_for_undo(vault: SmallVault) -> None:
    before = (vault.root / ACME).read_bytes()
    put(vault, ACME, "felt", "4")
    [entry] = open_undo(vault.root, dt.datetime.now(dt.UTC)).entries()
    assert entry.old is not None
    assert open_undo(vault.root, dt.datetime.now(dt.UTC)).read(entry.old) == before
    assert entry.path == ACME


def test_a_note_that_changes_meanwhile_is_read_again(vault: SmallVault, monkeypatch: pytest.MonkeyPatch) -> None:
    from jobvault.actions import changes

    write, calls = changes.write, []

    def interrupted(*args: object, **kwargs: object) -> bool:
        calls.append(1)
        if len(calls) == 1:
            vault.edit(ACME, "mine: x", "mine: y")
        return write(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(changes, "write", interrupted)
    assert put(vault, ACME, "felt", "4").changed
    assert "felt: 4 # 1 bad\nmine: y\n" in vault.read(ACME)

    def always(*_: object, **__: object) -> bool:
        raise ChangedError(ACME)

    monkeypatch.setattr(changes, "write", always)
    with pytest.raises(ChangedError):
        put(vault, ACME, "felt", "5")


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("heerd", "heard"), ("hear by", None), ("Outcom", "outcome"), ("mine", None), ("rol", "role"), ("heard", None), ("peopel", "people"),
        ("wholly-mine", None),
    ],
)  # fmt: skip
def test_a_name_that_looks_like_a_slip(vault: SmallVault, key: str, near: str | None) -> None:
    assert near_property(vault.open(), ACME, key) == near
    assert near_property(vault.open(), "Thoughts.md", key) is None


@pytest.mark.parametrize(
    ("said", "near"),
    [("feltt", "felt"), ("fellt", "felt"), ("flt", "felt"), ("elft", None), ("eflt", "felt"), ("rle", "role"),
     ("dat", "date"), ("tiem", "time"), ("ime", "time"), ("typ", "type"), ("xyz", None), ("fe", None)],
)  # fmt: skip
def test_slips_in_short_names_of_properties_were_taken_for_own_ones(
    vault: SmallVault, said: str, near: str | None
) -> None:
    assert near_property(vault.open(), ACME, said) == near


def test_the_known_names_are_those_of_the_notes_type(vault: SmallVault) -> None:
    vault.write("Applications/Acme.md", "---\ntype: application\ncompany: Acme\n---\n")
    vault.write("Letters/Acme.md", "---\ntype: letter\n---\n")
    assert near_property(vault.open(), "Applications/Acme.md", "payy") == "pay"
    assert near_property(vault.open(), "Letters/Acme.md", "snet") == "sent"
    assert near_property(vault.open(), ACME, "payy") is None


@given(st.sampled_from([name for name in FIELDS["debrief"] if len(name) >= 3]), st.data())
def test_any_one_slip_is_asked_about_unless_it_makes_another_known_name(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from("aeioxz"))
    swapped = name[:place] + name[place : place + 2][::-1] + name[place + 2 :]
    slips = (name[:place] + letter + name[place:], name[:place] + name[place + 1 :])
    slip = data.draw(st.sampled_from([*slips, name[:place] + letter + name[place + 1 :], swapped]))
    assert (one_slip(slip, FIELDS["debrief"]) is None) is (slip in FIELDS["debrief"])


def test_a_name_that_stands_there_is_no_slip(vault: SmallVault) -> None:
    vault.edit(ACME, "mine: x", "heerd: x")
    assert near_property(vault.open(), ACME, "heerd") is None


def test_conflict_copies_are_refused_with_what_to_do(vault: SmallVault, tmp_path: Path) -> None:
    name = "Thoughts.sync-conflict-20261123-101500-ABCDEFG.md"
    vault.write(name, "---\nx: 1\n---\n")
    with pytest.raises(RefusedError, match=r"conflict copy of Thoughts\.md\. See `jobvault conflicts`"):
        put(vault, name, "x", "2")
    place = tmp_path / "loose" / name
    place.parent.mkdir()
    place.write_text("---\nx: 1\n---\n")
    loose, path = open_around(place, TODAY)
    with pytest.raises(RefusedError, match="Compare the two"):
        change_property(loose, path, Wish("x", ("2",)), spoken())


def test_what_is_no_regular_file_is_refused(vault: SmallVault) -> None:
    (vault.root / "gone.md").symlink_to("nowhere.md")
    for path in ("gone.md", "nope.md"):
        with pytest.raises(JobvaultError):
            put(vault, path, "x", "2")


# --- notes by their file ----------------------------------------------------------------------------------------------


def test_a_note_is_found_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "plain").write_text("")
    (tmp_path / "folder").mkdir()
    for said in ("a", "a.md", "./a.md", str(tmp_path / "a.md"), "folder/../a"):
        assert file_meant(said, tmp_path) == tmp_path / "a.md"
    assert file_meant("acme", tmp_path) is None
    assert file_meant("folder", tmp_path) is None
    assert file_meant("plain", tmp_path) is None
    for said in ("b.txt", "./plain"):
        with pytest.raises(UsageError, match="is no note"):
            file_meant(said, tmp_path)


def test_a_note_belongs_to_the_vault_that_it_lies_in(vault: SmallVault, tmp_path: Path) -> None:
    opened, path = open_around(vault.root / ACME, TODAY)
    assert (opened.root, path) == (vault.root, ACME)
    inner = make_vault(vault.root / "inner", {"a.md": "x"})
    opened, path = open_around(inner.root / "a.md", TODAY)
    assert (opened.root, path) == (inner.root, "a.md")
    link = tmp_path / "link.md"
    link.symlink_to(vault.root / ACME)
    opened, path = open_around(link, TODAY)
    assert (opened.root, path) == (vault.root, ACME)


def test_a_note_in_no_vault_has_its_folder_and_nothing_else_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "home" / "a.md"
    place.parent.mkdir()
    place.write_bytes(b"---\ntype: debrief\ncompany: Acme\n---\nwords\n")
    (place.parent / "deep").mkdir()
    link = tmp_path / "link.md"
    link.symlink_to(place)
    opened, path = open_around(link, TODAY)
    assert (opened.root, path) == (place.parent, "a.md")
    monkeypatch.setattr("jobvault.actions.kept.scan", lambda *_: pytest.fail("the folder was read"))
    monkeypatch.setattr("jobvault.vault.replacing.leftovers.scan", lambda *_: pytest.fail("the folder was read"))
    for key, said in (("people", "Dana Reyes"), ("application", "Acme"), ("company", "Birch"), ("outcome", "no reply")):
        assert change_property(opened, path, Wish(key, (said,)), spoken()).changed
    assert place.read_bytes() == (
        b"---\ntype: debrief\ncompany: Birch\npeople:\n  - Dana Reyes\noutcome: no-reply\napplication: Acme\n---\nwords\n"
    )
    assert len(open_undo(place.parent, dt.datetime.now(dt.UTC)).entries()) == 4
