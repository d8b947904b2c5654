"""What a command wrote is taken back as a whole, byte for byte, and nothing that came later is lost by it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobvault.actions import changes
from jobvault.actions.clock import Today
from jobvault.actions.done import find, tick
from jobvault.actions.property_types import merge_types, plan_types
from jobvault.actions.undo import history, open_undoable, undo
from jobvault.actions.undo_texts import old_bytes
from jobvault.actions.vault import Vault, load_words
from jobvault.errors import AmbiguousError, JobvaultError, NotFoundError, NotUndoneError, NoVaultError, RefusedError
from jobvault.settings import Settings
from jobvault.vault.durable import read_file
from jobvault.vault.replacing.temps import temp_beside
from tests.killed import killed_at
from tests.small_vault import TODAY, SmallVault, block, debrief, make_vault

ACME = "Debriefs/2026-11-20 Acme panel.md"
BIRCH = "Debriefs/2026-11-21 Birch final.md"
LIST = "Summaries/Follow-ups.md"
WORDS = load_words()


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    vault = make_vault(
        tmp_path / "vault",
        {
            ACME: debrief(follow_ups="- [ ] Send the portfolio 📅 2026-11-27\n- [ ] Send the CV\n"),
            BIRCH: debrief("Birch", "2026-11-21", follow_ups="- [ ] Call Birch\n"),
            LIST: f"# Follow-ups\n\n{block('follow-ups')}",
        },
    )
    vault.summarize()
    return vault


def opened(vault: SmallVault, by: str = "jobvault test") -> Vault:
    """Open it as a command does."""
    found = vault.open()
    found.by = by
    return found


def done(vault: SmallVault, *words: str) -> None:
    found = opened(vault, f"jobvault done {' '.join(words)}")
    tick(found, find(found, words, "done"), "done", TODAY)
    found.summarize()


def contents(vault: SmallVault) -> dict[str, bytes]:
    return {path: data for path, (data, _) in vault.bytes().items()}


def bare(root: Path) -> Vault:
    """A folder that is no vault, as `set` opens one."""
    return Vault(root, Settings(), WORDS, Today(TODAY))


# --- as a whole, one by one -------------------------------------------------------------------------------------------


def test_the_last_command_is_taken_back_with_its_summaries(vault: SmallVault) -> None:
    before = contents(vault)
    done(vault, "portfolio")
    assert "- [x] Send the portfolio" in vault.read(ACME)
    assert "- [x] Send the portfolio" in vault.read(LIST)
    taken = undo(opened(vault))
    assert contents(vault) == before
    assert [one.path for one in taken.restores] == [ACME]
    assert taken.command.by == "jobvault done portfolio"


def test_again_takes_back_the_one_before_and_then_there_is_nothing(vault: SmallVault) -> None:
    states = [contents(vault)]
    for words in ("portfolio", "CV", "Birch"):
        done(vault, words)
        states.append(contents(vault))
    for state in reversed(states[:-1]):
        undo(opened(vault))
        assert contents(vault) == state
    with pytest.raises(NotFoundError, match="nothing to take back"):
        undo(opened(vault))


def test_what_was_taken_back_can_be_had_again_and_is_then_the_last(vault: SmallVault) -> None:
    done(vault, "portfolio")
    ticked = contents(vault)
    back = undo(opened(vault))
    undo(opened(vault), back.by)
    assert contents(vault) == ticked
    assert undo(opened(vault)).command.by == "jobvault done portfolio"


def test_an_older_one_is_taken_back_by_its_id(vault: SmallVault) -> None:
    done(vault, "portfolio")
    done(vault, "Birch")
    older = history(vault.open()).commands[1]
    undo(opened(vault), older.short)
    assert "- [ ] Send the portfolio" in vault.read(ACME)
    assert "- [x] Call Birch" in vault.read(BIRCH)
    with pytest.raises(NotFoundError, match=r"taken back already\. To have it again: `jobvault undo "):
        undo(opened(vault), older.short)


def test_a_dry_run_writes_nothing(vault: SmallVault) -> None:
    done(vault, "portfolio")
    before, journal = vault.bytes(), history(vault.open())
    [one] = undo(opened(vault), dry_run=True).restores
    assert (vault.bytes(), history(vault.open())) == (before, journal)
    assert one.now is not None
    assert one.old is not None
    assert (b"- [x] Send the portfolio" in one.now, b"- [ ] Send the portfolio" in one.old) == (True, True)


# --- made and removed -------------------------------------------------------------------------------------------------


def test_a_note_that_was_made_goes_with_the_folders_made_for_it(vault: SmallVault) -> None:
    before = sorted(vault.root.rglob("*"))
    found = opened(vault)
    with changes.writing(found):
        changes.create(found, "New/deep/a.md", b"a", "test")
        changes.create(found, "New/b.md", b"b", "test")
    undo(opened(vault))
    assert sorted(vault.root.rglob("*")) == before


def test_a_folder_made_for_it_stays_where_something_else_is_in_it(vault: SmallVault) -> None:
    found = opened(vault)
    with changes.writing(found):
        changes.create(found, "New/a.md", b"a", "test")
    vault.write("New/mine.txt", "mine")
    undo(opened(vault))
    assert [file.name for file in (vault.root / "New").iterdir()] == ["mine.txt"]


def test_a_note_that_was_made_and_filled_in_since_stays(vault: SmallVault) -> None:
    found = opened(vault)
    with changes.writing(found):
        changes.create(found, "New/a.md", b"scaffold", "test")
    vault.write("New/a.md", "scaffold, and my words")
    with pytest.raises(NotUndoneError, match="made then; delete it yourself"):
        undo(opened(vault))
    assert vault.read("New/a.md") == "scaffold, and my words"


def test_a_note_that_was_removed_is_there_again_with_its_folder(vault: SmallVault) -> None:
    found = opened(vault)
    data = (vault.root / BIRCH).read_bytes()
    with changes.writing(found):
        changes.remove(found, BIRCH, data, "test")
        changes.remove(found, ACME, (vault.root / ACME).read_bytes(), "test")
    (vault.root / "Debriefs").rmdir()
    undo(opened(vault))
    assert (vault.root / BIRCH).read_bytes() == data


def test_the_mode_stays(vault: SmallVault) -> None:
    (vault.root / ACME).chmod(0o640)
    done(vault, "portfolio")
    undo(opened(vault))
    assert stat.S_IMODE((vault.root / ACME).stat().st_mode) == 0o640
    (vault.root / BIRCH).chmod(0o606)
    found = opened(vault)
    with changes.writing(found):
        changes.remove(found, BIRCH, (vault.root / BIRCH).read_bytes(), "test")
    undo(opened(vault))
    assert stat.S_IMODE((vault.root / BIRCH).stat().st_mode) == 0o606


def test_obsidians_types_are_taken_back(vault: SmallVault) -> None:
    place = vault.root / ".obsidian" / "types.json"
    place.parent.mkdir()
    for before in (None, b'{"types": {"felt": "text"}}'):
        if before is not None:
            place.write_bytes(before)
        found = opened(vault)
        merge_types(found, plan_types(vault.root))
        assert b"multitext" in place.read_bytes()
        undo(opened(vault))
        assert (place.read_bytes() if place.exists() else None) == before


def test_setup_is_not_taken_back_and_the_vault_stays_one(vault: SmallVault) -> None:
    found = opened(vault)
    with changes.writing(found):
        changes.lay_down(found, "Summaries/People.md", b"x")
    with pytest.raises(NotFoundError):
        undo(opened(vault))
    data = (vault.root / "jobvault.yaml").read_bytes()
    with changes.writing(found):
        assert found.undo is not None
        found.undo.keep("jobvault.yaml", None, new=data, why="forged")
    with pytest.raises(RefusedError, match="makes the folder a vault"):
        undo(opened(vault))
    assert (vault.root / "jobvault.yaml").read_bytes() == data


# --- what has changed since -------------------------------------------------------------------------------------------


def test_nothing_is_written_where_one_of_the_notes_has_changed_since(vault: SmallVault) -> None:
    found = opened(vault)
    with changes.writing(found):
        for path in (ACME, BIRCH):
            data = (vault.root / path).read_bytes()
            changes.write(found, path, data, data + b"- more\n", "test")
    vault.edit(BIRCH, "- more", "- more of mine")
    before = vault.bytes()
    with pytest.raises(NotUndoneError) as refused:
        undo(opened(vault))
    assert refused.value.paths == (BIRCH,)
    assert f"--print '{BIRCH}' > '2026-11-21 Birch final.before.txt'" in str(refused.value)
    assert ACME not in str(refused.value)
    assert vault.bytes() == before


def test_a_note_that_is_gone_has_changed_too(vault: SmallVault) -> None:
    done(vault, "portfolio")
    (vault.root / ACME).unlink()
    with pytest.raises(NotUndoneError):
        undo(opened(vault))


def test_what_was_set_back_by_hand_is_passed_over_and_the_command_is_done_with(vault: SmallVault) -> None:
    done(vault, "Birch")
    before = (vault.root / ACME).read_bytes()
    done(vault, "portfolio")
    (vault.root / ACME).write_bytes(before)
    assert undo(opened(vault)).restores == ()
    assert undo(opened(vault)).command.by == "jobvault done Birch"


def test_a_save_between_two_writes_of_one_command_is_never_set_back(vault: SmallVault) -> None:
    vault.write("n.md", "1")
    found = opened(vault)
    with changes.writing(found):
        changes.write(found, "n.md", b"1", b"2", "test")
        vault.write("n.md", "the user's")
        changes.write(found, "n.md", b"the user's", b"3", "test")
    with pytest.raises(NotUndoneError):
        undo(opened(vault))
    assert vault.read("n.md") == "3"
    assert old_bytes(vault.open(), "", "n.md") == b"1"


def test_a_note_that_refuses_is_named_before_anything_is_written(vault: SmallVault) -> None:
    found = opened(vault)
    with changes.writing(found):
        for path in (ACME, BIRCH):
            data = (vault.root / path).read_bytes()
            changes.write(found, path, data, data + b"- more\n", "test")
    os.link(vault.root / ACME, vault.root / "twin.txt")
    before = vault.bytes()
    with pytest.raises(RefusedError, match="hard links"):
        undo(opened(vault))
    assert vault.bytes() == before


def test_a_note_that_refuses_in_the_middle_leaves_the_rest_to_the_next_time(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(vault)
    found = opened(vault)
    with changes.writing(found):
        for path in (ACME, BIRCH):
            data = (vault.root / path).read_bytes()
            changes.write(found, path, data, data + b"- more\n", "test")
    real = changes.write

    def refuse(vault: Vault, path: str, *rest: bytes, **named: bool) -> bool:
        if path == ACME:
            raise RefusedError(path, None, "the note is read-only.")
        return real(vault, path, *rest, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(changes, "write", refuse)
        with pytest.raises(JobvaultError, match=r"read-only\. `jobvault test` is taken back by half: .*Birch.* done"):
            undo(opened(vault))
    assert contents(vault)[BIRCH] == before[BIRCH]
    vault.edit(BIRCH, "- [ ] Call Birch", "- [ ] Call Birch\n- mine, written since")
    taken = undo(opened(vault))
    assert [one.path for one in taken.restores] == [ACME]
    assert contents(vault)[ACME] == before[ACME]
    assert "- mine, written since" in vault.read(BIRCH)


# --- ticks and blocks -------------------------------------------------------------------------------------------------


def test_a_tick_that_was_carried_and_taken_back_is_not_carried_again(vault: SmallVault) -> None:
    source = vault.read(ACME)
    vault.edit(LIST, "- [ ] Send the CV", "- [x] Send the CV")
    opened(vault, "jobvault summarize").summarize()
    assert "- [x] Send the CV" in vault.read(ACME)
    undo(opened(vault))
    assert vault.read(ACME) == source
    assert "- [ ] Send the CV" in vault.read(LIST)
    again = vault.open().summarize()
    assert (again.carried, again.changes) == ((), ())


def test_nor_where_the_block_stands_in_the_same_note(vault: SmallVault) -> None:
    vault.write(ACME, vault.read(ACME) + f"\n## Mine\n\n{block('follow-ups', 'company=Acme')}")
    vault.summarize()
    before = vault.read(ACME)
    vault.edit(ACME, "- [ ] Send the CV ·", "- [x] Send the CV ·")
    opened(vault, "jobvault summarize").summarize()
    assert vault.read(ACME).count("- [x] Send the CV") == 2
    undo(opened(vault))
    assert vault.read(ACME) == before
    assert not vault.open().summarize().changes


def test_a_source_whose_block_was_made_anew_since_has_not_changed(vault: SmallVault) -> None:
    vault.write(ACME, vault.read(ACME) + f"\n## Mine\n\n{block('follow-ups')}")
    vault.summarize()
    before = vault.read(ACME)
    done(vault, "portfolio")
    vault.edit(BIRCH, "Call Birch", "Call Birch twice")
    vault.summarize()
    undo(opened(vault))
    assert vault.read(ACME) == before.replace("Call Birch", "Call Birch twice").replace(
        before[before.index("<!-- jobvault:end") :], vault.read(ACME)[vault.read(ACME).index("<!-- jobvault:end") :]
    )
    assert not vault.open().summarize().changes


def test_a_summarize_that_was_typed_is_set_back_byte_for_byte(vault: SmallVault) -> None:
    vault.edit(BIRCH, "Call Birch", "Call Birch twice")
    before = contents(vault)
    opened(vault, "jobvault summarize").summarize()
    undo(opened(vault))
    assert contents(vault) == before


def test_what_watch_brought_up_to_date_is_passed_over_but_can_be_named(vault: SmallVault) -> None:
    done(vault, "portfolio")
    vault.edit(BIRCH, "Call Birch", "Call Birch twice")
    before = contents(vault)
    opened(vault, "jobvault watch").summarize()
    newest = history(vault.open()).commands[0]
    assert newest.aside
    undo(opened(vault), newest.short)
    assert contents(vault) == before
    assert undo(opened(vault)).command.by == "jobvault done portfolio"


COPY = "Debriefs/2026-11-20 Acme panel.sync-conflict-20261123-101500-ABCDEFG.md"


def test_what_setup_wrote_is_passed_over_where_all_of_it_is_marked_derived(vault: SmallVault) -> None:
    done(vault, "portfolio")
    vault.write(".gitignore", "mine\n")
    found = opened(vault, "jobvault init --git")
    with changes.writing(found):
        changes.write(found, ".gitignore", b"mine\n", b"mine\nours\n", "jobvault init --git", derived=True)
    assert history(vault.open()).commands[0].aside
    assert undo(opened(vault)).command.by == "jobvault done portfolio"
    assert vault.read(".gitignore") == "mine\nours\n"


def test_a_summarize_that_only_absorbed_a_copy_brings_it_back(vault: SmallVault) -> None:
    vault.write(COPY, vault.read(ACME))
    before = contents(vault)
    opened(vault, "jobvault summarize").summarize()
    assert not (vault.root / COPY).exists()
    taken = undo(opened(vault))
    assert contents(vault) == before
    assert (taken.left_away, taken.passing) == ((), {COPY})


def test_a_copy_absorbed_by_the_way_stays_away_and_the_undo_says_so(vault: SmallVault) -> None:
    before = contents(vault)
    vault.write(COPY, vault.read(ACME))
    done(vault, "Birch")
    taken = undo(opened(vault))
    assert contents(vault) == before
    assert taken.left_away == (COPY,)


def test_a_copy_that_an_undo_brings_back_is_not_absorbed_by_its_own_summaries(vault: SmallVault) -> None:
    vault.write(COPY, vault.read(ACME))
    before = contents(vault)
    found = opened(vault, "jobvault conflicts --keep original")
    with changes.writing(found):
        changes.remove(found, COPY, before[COPY], "test")
    found.summarize()
    taken = undo(opened(vault))
    assert contents(vault) == before
    assert taken.passing == {COPY}
    assert [copy.path for copy in vault.open().summarize().absorbed] == [COPY]


@pytest.mark.parametrize("name", ["MERGE_HEAD", "rebase-merge", "index.lock"])
def test_nothing_is_taken_back_or_recorded_while_git_has_something_open(vault: SmallVault, name: str) -> None:
    before = vault.read(BIRCH)
    done(vault, "Birch")
    (vault.root / ".git").mkdir()
    (vault.root / ".git" / name).touch()
    for text in (before, vault.read(BIRCH)):  # as git has set it back for a moment, and as the command left it
        vault.write(BIRCH, text)
        state, known = vault.bytes(), history(vault.open())
        for dry_run in (True, False):
            with pytest.raises(RefusedError, match=r"git .*finish that first"):
                undo(opened(vault), dry_run=dry_run)
        assert (vault.bytes(), history(vault.open())) == (state, known)


def test_a_broken_jobvault_yaml_locks_nobody_out(vault: SmallVault, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(vault)
    done(vault, "portfolio")
    summary = vault.read(LIST)
    vault.write("jobvault.yaml", "links: [wiki\n")
    monkeypatch.setattr(changes, "prune_when_due", lambda *_: pytest.fail("pruned without knowing the bounds"))
    found = open_undoable(vault.root, vault.root, {})
    assert found.mistake is not None
    assert undo(found).summary is None
    assert vault.read(ACME).encode() == before[ACME]
    assert vault.read(LIST) == summary


# --- old bytes by hand ------------------------------------------------------------------------------------------------


def test_old_bytes_are_given_as_they_were(vault: SmallVault) -> None:
    vault.write("a/n.md", b"\xef\xbb\xbfold\r\n\0\xff")
    found = opened(vault)
    with changes.writing(found):
        changes.write(found, "a/n.md", (vault.root / "a/n.md").read_bytes(), b"new", "test")
        changes.create(found, "b/n.md", b"made", "test")
    short = history(found).commands[0].short
    for note in ("a/n.md", "a/n"):
        assert old_bytes(vault.open(), short, note) == b"\xef\xbb\xbfold\r\n\0\xff"
    with pytest.raises(AmbiguousError, match="could be any of these"):
        old_bytes(vault.open(), short, "n")
    with pytest.raises(NotFoundError, match="did not write"):
        old_bytes(vault.open(), short, " ")
    with pytest.raises(NotFoundError, match="was not there before"):
        old_bytes(vault.open(), short, "b/n.md")
    with pytest.raises(NotFoundError, match=r"did not write “zzz”, but: a/n\.md, b/n\.md"):
        old_bytes(vault.open(), short, "zzz")
    with pytest.raises(NotFoundError, match="There is no command “zzz”"):
        old_bytes(vault.open(), "zzz", "n")


@pytest.mark.parametrize("note", ["panel.md", "Acme panel", "2026-11-20 Acme panel.md", ACME[3:]])
def test_any_end_of_the_path_names_a_note_when_no_other_ends_so(vault: SmallVault, note: str) -> None:
    found = opened(vault)
    with changes.writing(found):
        for path in (ACME, BIRCH, "Debriefs/panel/final.md"):
            changes.write(found, path, vault.write(path, "old").read_bytes(), b"new", "test")
    assert old_bytes(vault.open(), "", "Birch final.md") == b"old"
    assert old_bytes(vault.open(), "", "final.md") == b"old", "a whole name goes before an end of one"
    with pytest.raises(AmbiguousError, match="could be any of these"):
        old_bytes(vault.open(), "", "nal.md")
    assert old_bytes(vault.open(), "", note) == b"old"


def test_a_path_from_the_working_folder_names_a_note(vault: SmallVault, monkeypatch: pytest.MonkeyPatch) -> None:
    done(vault, "portfolio")
    old = old_bytes(vault.open(), "", ACME)
    (vault.root / ACME).unlink()
    for folder, note in (
        (vault.root, f"./{ACME}"),
        (vault.root / "Debriefs", f"./{ACME.rpartition('/')[2]}"),
        (vault.root / "Summaries", f"../{ACME}"),
        (vault.root.parent, f"{vault.root.name}/{ACME}"),
        (vault.root.parent, str(vault.root / ACME)),
    ):
        monkeypatch.chdir(folder)
        assert old_bytes(vault.open(), "", note) == old


def test_a_save_that_was_put_aside_is_seen_and_given_but_is_no_command(vault: SmallVault) -> None:
    temp_beside(vault.root / ACME).write_bytes(b"a save of the user's")
    done(vault, "Birch")
    [aside] = history(vault.open()).rescued
    assert aside.entry.path == ACME
    assert old_bytes(vault.open(), aside.short, ACME) == b"a save of the user's"
    before = contents(vault)
    with pytest.raises(NotFoundError, match=f"is no command, but bytes put aside.*--print '{ACME}'"):
        undo(opened(vault), aside.short)
    assert contents(vault) == before
    assert undo(opened(vault)).command.by == "jobvault done Birch"


def test_bytes_that_the_store_lost_are_said_and_nothing_is_written(vault: SmallVault) -> None:
    done(vault, "portfolio")
    found = opened(vault)
    with changes.writing(found):
        assert found.undo is not None
        place = found.undo.blob(history(found).commands[0].entries[0].old or "")
    place.unlink()
    before = contents(vault)
    with pytest.raises(RefusedError, match="does not hold its old bytes any more"):
        undo(opened(vault))
    assert contents(vault) == before


# --- where ------------------------------------------------------------------------------------------------------------


def test_a_folder_that_is_no_vault_has_its_own_commands(vault: SmallVault, tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "n.md").write_bytes(b"old")
    for named, cwd in ((folder, tmp_path), (None, folder)):
        with pytest.raises(NoVaultError):
            open_undoable(named, cwd, {})
    plain = bare(folder)
    with changes.writing(plain):
        changes.write(plain, "n.md", b"old", b"new", "test")
    for named, cwd in ((folder, tmp_path), (Path("plain"), tmp_path), (None, folder)):
        assert open_undoable(named, cwd, {}).root == folder
    assert open_undoable(None, folder, {"JOBVAULT_DIR": str(vault.root)}).root == vault.root
    assert open_undoable(vault.root, folder, {}).root == vault.root
    assert open_undoable(None, vault.root / "Debriefs", {}).root == vault.root
    undo(open_undoable(None, folder, {}))
    assert (folder / "n.md").read_bytes() == b"old"
    assert [file.name for file in folder.iterdir()] == ["n.md"]


# --- any commands -----------------------------------------------------------------------------------------------------

PATHS = ("a.md", "b.md", "d/a.md", "d/e/c.md")
CHANGE = st.tuples(st.sampled_from(PATHS), st.none() | st.binary(max_size=3))


def state(root: Path) -> dict[str, bytes | None]:
    return {
        file.relative_to(root).as_posix(): read_file(file) if file.is_file() else None
        for file in sorted(root.rglob("*"))
    }


def apply(vault: Vault, path: str, new: bytes | None) -> None:
    """Give a note its new bytes, make it or take it away."""
    place = vault.root / path
    old = read_file(place) if place.exists() else None
    if old is None and new is not None:
        changes.create(vault, path, new, "test")
    elif old is not None and new is None:
        changes.remove(vault, path, old, "test")
    elif old is not None and new is not None:
        changes.write(vault, path, old, new, "test")


@settings(max_examples=40)
@given(st.lists(st.lists(CHANGE, min_size=1, max_size=4), min_size=1, max_size=5))
def test_taking_back_from_the_end_gives_every_earlier_state_and_again_every_later_one(
    tmp_path_factory: pytest.TempPathFactory, commands: list[list[tuple[str, bytes | None]]]
) -> None:
    vault = bare(tmp_path_factory.mktemp("folder"))
    states = [state(vault.root)]
    for command in commands:
        before = len(history(vault).commands)
        with changes.writing(vault):
            for path, new in command:
                apply(vault, path, new)
        if len(history(vault).commands) > before:
            states.append(state(vault.root))
    undone: list[str] = []
    for earlier in reversed(states[:-1]):
        back = undo(vault)
        undone.append(history(vault).commands[0].command if back.by else "")  # a short name may be ambiguous later
        assert state(vault.root) == earlier
    with pytest.raises(NotFoundError):
        undo(vault)
    for name, later in zip(reversed(undone), states[1:], strict=True):
        if name:
            undo(vault, name)
            assert files(state(vault.root)) == files(later)


def files(found: dict[str, bytes | None]) -> dict[str, bytes | None]:
    return {path: data for path, data in found.items() if data is not None}


# --- kills ------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that is killed is needed")
def test_a_kill_at_any_step_is_finished_by_the_next_undo(tmp_path: Path) -> None:
    killed, step = True, 0
    while killed:
        step += 1
        root = tmp_path / str(step)
        root.mkdir()
        for name, data in {"a.md": b"old", "b.md": b"old", "jobvault.yaml": b""}.items():
            (root / name).write_bytes(data)
        vault = bare(root)
        with changes.writing(vault):
            changes.write(vault, "a.md", b"old", b"one", "test")
        first = state(root)
        with changes.writing(vault):
            changes.write(vault, "a.md", b"one", b"two", "test")
            changes.create(vault, "d/c.md", b"made", "test")
            changes.remove(vault, "b.md", b"old", "test")
        killed = killed_at(step, lambda opened=vault: undo(opened))  # type: ignore[misc]
        if killed:
            waiting = history(vault).last
            assert waiting is not None
            if len(waiting.entries) > 1:
                undo(bare(root))
        assert state(root) == first
        undo(bare(root))
        assert (root / "a.md").read_bytes() == b"old"
        assert step < 90
    assert step > 12
