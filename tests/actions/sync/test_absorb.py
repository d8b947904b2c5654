"""Conflict copies that say nothing of their own: their ticks are carried, then they go to the undo store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from jobvault.actions import changes
from jobvault.actions.sync.absorb import same_words
from jobvault.vault.undo.store import open_undo
from tests.small_vault import TODAY, SmallVault, block, debrief, make_vault

ACME = "Debriefs/2026-11-20 Acme panel.md"
BIRCH = "Debriefs/2026-11-18 Birch final.md"
LIST = "Summaries/Follow-ups.md"
COPY = "Summaries/Follow-ups.sync-conflict-20261125-101500-ABCDEFG.md"
OTHER = "Summaries/Follow-ups (conflicted copy 2026-11-25 101500).md"
NEW = debrief("Corvo", "2026-11-24", follow_ups="- [ ] Send the slides\n")


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    """Return a vault whose summary is up to date."""
    made = make_vault(
        tmp_path / "vault",
        {
            ACME: debrief(follow_ups="- [ ] Send the portfolio 📅 2026-11-27\n- [ ] Ask for the name\n"),
            BIRCH: debrief("Birch", "2026-11-18", "final", follow_ups="- [ ] Write to Lee\n"),
            LIST: f"# Follow-ups\n\nMy own words.\n\n{block('follow-ups')}\nBelow.\n",
        },
    )
    made.summarize()
    return made


def copied(vault: SmallVault, *ticks: tuple[str, str], path: str = COPY, original: str = LIST) -> None:
    """Leave a conflict copy of a note, with some words in it replaced."""
    vault.write(path, vault.read(original))
    for old, new in ticks:
        vault.edit(path, old, new)


def kept(vault: SmallVault, data: bytes) -> bool:
    """Whether the undo store has some bytes."""
    return open_undo(vault.root, dt.datetime.now(dt.UTC)).holds(data)


def rested(vault: SmallVault) -> None:
    """See that another run finds nothing to do."""
    before = vault.bytes()
    assert not vault.open().summarize().stale
    assert vault.bytes() == before


# What is absorbed


def test_the_ticks_of_a_copy_are_carried_and_the_copy_goes_to_the_undo_store(vault: SmallVault) -> None:
    copied(vault, ("- [ ] Send the portfolio", "- [x] Send the portfolio"))
    vault.write("Debriefs/2026-11-24 Corvo panel.md", NEW)
    data = vault.root.joinpath(COPY).read_bytes()
    summary = vault.open().summarize()
    assert [(tick.path, tick.text, tick.status) for tick in summary.carried] == [(ACME, "Send the portfolio", "done")]
    assert [(copy.path, copy.original) for copy in summary.absorbed] == [(COPY, LIST)]
    assert not [problem for problem in summary.problems if problem.code == "conflict-copy"]
    assert not (vault.root / COPY).exists()
    assert kept(vault, data)
    assert "- [x] Send the portfolio 📅 2026-11-27\n" in vault.read(ACME)
    assert "- [x] Send the portfolio" in vault.read(LIST)
    assert "Send the slides" in vault.read(LIST)
    rested(vault)


def test_nothing_is_done_without_a_word_to_do_it(vault: SmallVault) -> None:
    copied(vault, ("- [ ] Send the portfolio", "- [x] Send the portfolio"))
    before = vault.bytes()
    summary = vault.open().summarize(dry_run=True)
    assert summary.stale
    assert [copy.path for copy in summary.absorbed] == [COPY]
    assert [change.path for change in summary.changes] == [ACME, LIST]
    assert vault.bytes() == before


def test_a_copy_without_any_tick_just_goes(vault: SmallVault) -> None:
    copied(vault)
    summary = vault.open().summarize()
    assert [copy.path for copy in summary.absorbed] == [COPY]
    assert not summary.changes
    assert summary.stale
    rested(vault)


def test_ticks_of_several_copies_and_of_the_original_count_as_one_act(vault: SmallVault) -> None:
    line = "- [ ] Send the portfolio · Acme · due Fri 27 Nov 2026 · [[2026-11-20 Acme panel]]"
    copied(vault, (line, f"{line.replace('[ ]', '[x]')} ✅ 2026-11-24"), ("- [ ] Ask for", "- [/] Ask for"))
    copied(vault, (line, f"{line.replace('[ ]', '[x]')} ✅ 2026-11-23"), path=OTHER)
    copied(vault, ("- [ ] Write to Lee", "- [x] Write to Lee"), path=f"{OTHER[:-3]} (Case Conflict).md")
    vault.edit(LIST, line, line.replace("[ ]", "[-]"))
    vault.edit(LIST, "- [ ] Ask for", "- [-] Ask for")
    summary = vault.open().summarize()
    assert len(summary.absorbed) == 3
    assert "- [x] Send the portfolio 📅 2026-11-27 ✅ 2026-11-23\n- [-] Ask for the name\n" in vault.read(ACME)
    assert "- [x] Write to Lee\n" in vault.read(BIRCH)
    rested(vault)


def test_the_source_wins_over_a_copy_from_before_it_was_changed(vault: SmallVault) -> None:
    copied(vault, ("- [ ] Send the portfolio", "- [x] Send the portfolio"))
    vault.edit(ACME, "- [ ] Send the portfolio 📅 2026-11-27", "- [-] Send the portfolio 📅 2026-11-27 ❌ 2026-11-24")
    vault.edit(ACME, "- [ ] Ask for the name", "- [x] Ask for the name ✅ 2026-11-24")
    before = vault.read(ACME)
    summary = vault.open().summarize()
    assert len(summary.absorbed) == 1
    assert vault.read(ACME) == before
    assert "not carried" not in vault.read(LIST)


def test_unticking_in_a_copy_opens_the_source_again(vault: SmallVault) -> None:
    vault.edit(ACME, "- [ ] Ask for the name", "- [x] Ask for the name ✅ 2026-11-24")
    vault.summarize()
    copied(vault, ("- [x] Ask for the name", "- [ ] Ask for the name"))
    vault.summarize()
    assert "- [ ] Ask for the name\n" in vault.read(ACME)


def test_a_tick_without_a_source_is_left_below_the_original_once(vault: SmallVault) -> None:
    ticked = ("- [ ] Ask for the name", "- [x] Ask for the name")
    copied(vault, ticked)
    copied(vault, ticked, path=OTHER)
    vault.edit(ACME, "- [ ] Ask for the name\n", "- [ ] Ask for all names\n")
    summary = vault.open().summarize()
    assert len(summary.absorbed) == 2
    assert [(p.path, p.code) for p in summary.troubles] == [(LIST, "not-carried")]
    assert vault.read(LIST).count("> jobvault: ") == 1
    assert "- [x] Ask for the name · Acme" in vault.read(LIST)
    rested(vault)
    copied(vault, (vault.read(LIST), f"# Follow-ups\n\nMy own words.\n\n{block('follow-ups')}\nBelow.\n"))
    assert len(vault.open().summarize().absorbed) == 1  # one from before that line was left
    assert vault.read(LIST).count("> jobvault: ") == 1


def test_a_tick_that_another_device_could_not_carry_is_left_below_the_original_too(vault: SmallVault) -> None:
    copied(vault, ("-->\n\nBelow.", "-->\n\n> jobvault: not carried: - [x] Sing · Acme\n\nBelow."))
    summary = vault.open().summarize()
    assert len(summary.absorbed) == 1
    assert vault.read(LIST).count("- [x] Sing · Acme") == 1
    assert [p.code for p in vault.open().problems if p.path == LIST] == ["tick-left"]
    rested(vault)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: f"\ufeff{text}",
        lambda text: text.removesuffix("\n"),
        lambda text: text.replace("-->\n\nBelow", "-->\nBelow"),
        lambda text: text.replace("-->\n\nBelow", "-->\n\n\n\nBelow"),
        lambda text: text.replace("- [ ] ", "* [ ]  "),
    ],
    ids=["line endings", "mark", "last line end", "no blank line", "blank lines", "a formatter"],
)
def test_what_is_nobodys_word_keeps_no_copy(vault: SmallVault, change: Callable[[str], str]) -> None:
    vault.write(COPY, change(vault.read(LIST)))
    before = vault.read(LIST)
    assert len(vault.open().summarize().absorbed) == 1
    assert vault.read(LIST) == before


def test_a_copy_of_a_debrief_that_is_equal_goes(vault: SmallVault) -> None:
    path = ACME.replace(".md", ".sync-conflict-20261125-101500-ABCDEFG.md")
    copied(vault, path=path, original=ACME)
    assert [copy.path for copy in vault.open().summarize().absorbed] == [path]


# What is not


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("My own words.", "My own other words."),
        ("Below.", "Below.  "),
        ("Below.", "Below.\n\nMore."),
        ("begin follow-ups", "begin follow-ups within=14d"),
        ("begin follow-ups", "begin takeaways"),
        ("Below.", f"Below.\n\n{block('takeaways')}"),
        ("\n## This week", "\nmine\n\n## This week"),
        ("- [ ] Write to Lee", "- [ ] mine\n- [ ] Write to Lee"),
        ("<!-- jobvault:end v1 ", "<!-- jobvault:end v2 "),
        ("<!-- jobvault:end", "<!-- jobvault:finish"),
        ("# Follow-ups\n", "# Follow-ups\n<<<<<<< a\n=======\n>>>>>>> b\n"),
    ],
)
def test_a_copy_with_words_of_its_own_stays_and_is_reported(vault: SmallVault, old: str, new: str) -> None:
    copied(vault, (old, new), ("- [ ] Send the portfolio", "- [x] Send the portfolio"))
    before = vault.bytes()
    summary = vault.open().summarize()
    assert not summary.stale
    assert [(p.path, p.code) for p in summary.problems if "copy" in p.code] == [(COPY, "conflict-copy")]
    assert vault.bytes() == before


def test_a_copy_of_a_debrief_with_other_words_or_another_tick_stays(vault: SmallVault) -> None:
    path = ACME.replace(".md", ".sync-conflict-20261125-101500-ABCDEFG.md")
    copied(vault, ("- [ ] Ask for the name", "- [x] Ask for the name"), path=path, original=ACME)
    assert not vault.open().summarize().stale


@pytest.mark.parametrize("name", ["Follow-ups (1)", "Follow-ups 2", "Follow-ups-LAPTOP", "Follow-ups - Copy"])
def test_a_look_alike_is_never_taken_away(vault: SmallVault, name: str) -> None:
    copied(vault, path=f"Summaries/{name}.md")
    copied(vault, path=f"Debriefs/{name}.md", original=ACME)
    assert not vault.open().summarize().absorbed
    assert (vault.root / f"Summaries/{name}.md").exists()


@pytest.mark.parametrize(
    "original",
    ["Mine.md", "Debriefs/Mine.md", "Summaries/Gone.md", "Templates/Debrief.md"],
    ids=["nobody's business", "nobody's among debriefs", "gone", "a template"],
)
def test_copies_of_what_is_no_note_of_ours_stay(vault: SmallVault, original: str) -> None:
    copy = original.replace(".md", " (Case Conflict).md")
    text = "---\ntype: debrief\ndate: {{date}}\n---\n" if "Templates" in original else "my words\n"
    vault.write(copy, text)
    if "Gone" not in original:
        vault.write(original, text)
    vault.open().summarize()
    assert (vault.root / copy).exists()


def test_a_copy_stays_while_a_newer_version_wrote_the_original(vault: SmallVault) -> None:
    copied(vault, ("- [ ] Send the portfolio", "- [x] Send the portfolio"))
    vault.edit(LIST, "<!-- jobvault:end v1 ", "<!-- jobvault:end v2 ")
    assert not vault.open().summarize().stale


def test_a_copy_whose_tick_cannot_be_written_now_stays_while_the_rest_is_done(vault: SmallVault) -> None:
    copied(vault, ("- [ ] Send the portfolio", "- [x] Send the portfolio"), ("- [ ] Write to", "- [x] Write to"))
    vault.write("Debriefs/2026-11-24 Corvo panel.md", NEW)
    (vault.root / ACME).chmod(0o444)
    summary = vault.open().summarize()
    assert [tick.text for tick in summary.carried] == ["Write to Lee"]
    assert not summary.absorbed
    assert (vault.root / COPY).exists()
    assert "Send the slides" in vault.read(LIST)
    assert {p.code for p in summary.problems} >= {"conflict-copy", "not-carried"}
    (vault.root / ACME).chmod(0o644)
    again = vault.open().summarize()
    assert [tick.text for tick in again.carried] == ["Send the portfolio"]
    assert len(again.absorbed) == 1


def test_a_copy_that_cannot_be_taken_away_is_named(vault: SmallVault) -> None:
    copied(vault, ("- [ ] Send the portfolio", "- [x] Send the portfolio"))
    (vault.root / COPY).chmod(0o444)
    summary = vault.open().summarize()
    assert len(summary.carried) == 1
    assert not summary.absorbed
    assert [(p.path, p.code) for p in summary.troubles] == [(COPY, "not-written")]
    assert "read-only" in summary.troubles[0].message
    assert (COPY, "conflict-copy") in {(p.path, p.code) for p in summary.problems}
    rested_but_for_the_copy = vault.read(ACME), vault.read(LIST)
    vault.open().summarize()
    assert (vault.read(ACME), vault.read(LIST)) == rested_but_for_the_copy


def test_a_tick_that_cannot_be_left_below_its_original_keeps_the_copy(vault: SmallVault) -> None:
    copied(vault, ("- [ ] Ask for the name", "- [x] Ask for the name"))
    vault.edit(ACME, "- [ ] Ask for the name\n", "- [ ] Ask for all names\n")
    (vault.root / LIST).chmod(0o444)
    assert not vault.open().summarize().absorbed
    (vault.root / LIST).chmod(0o644)
    assert len(vault.open().summarize().absorbed) == 1
    assert vault.read(LIST).count("> jobvault: ") == 1


# The view of what needs attention


def test_a_block_that_lists_copies_is_written_as_if_it_were_gone_already(vault: SmallVault) -> None:
    vault.write("Attention.md", f"# Mine\n\n{block('attention')}")
    copied(vault, ("My own words", "My other words"))
    copied(vault, path=OTHER)
    vault.summarize()
    text = vault.read("Attention.md")
    assert "sync-conflict" in text
    assert "conflicted copy 2026" not in text
    rested(vault)


# Killed, or met by another hand


class Killed(BaseException):
    """What a killed run sees: nothing more."""


def every_step(monkeypatch: pytest.MonkeyPatch, stop: int) -> list[str]:
    """Let the run be killed before the step of a number; returns the steps it takes."""
    steps: list[str] = []

    def guarded(name: str) -> Callable[..., object]:
        real = getattr(changes, name)

        def step(vault: object, path: str, *rest: object, **options: object) -> object:
            if len(steps) == stop:
                raise Killed
            steps.append(f"{name} {path}")
            return real(vault, path, *rest, **options)

        return step

    for name in ("write", "remove"):
        monkeypatch.setattr(changes, name, guarded(name))
    return steps


@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize("stop", range(6))
def test_killed_at_any_step_the_next_run_ends_in_the_same_state(
    vault: SmallVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: int, lost: bool
) -> None:
    vault.write(
        "Acme.md", f"---\ntype: application\ncompany: Acme\n---\n\n- [ ] Read it 📅 2026-11-27\n\n{block('follow-ups')}"
    )
    vault.summarize()
    copied(vault, ("- [ ] Send the portfolio", "- [x] Send the portfolio"), ("- [ ] Write to", "- [x] Write to"))
    copied(vault, ("- [ ] Ask for the name", "- [x] Ask for the name"), path=OTHER)
    copied(vault, ("- [ ] Read it · ", "- [x] Read it · "), path="Acme (Case Conflict).md", original="Acme.md")
    if lost:
        vault.edit(ACME, "- [ ] Ask for the name\n", "- [ ] Ask for all names\n")
    twin = make_vault(tmp_path / "twin", {name: data for name, (data, _) in vault.bytes().items()})
    twin.summarize()
    with monkeypatch.context() as patched:
        steps = every_step(patched, stop)
        with pytest.raises(Killed):
            vault.open().summarize()
            raise Killed  # fewer steps than that
    assert len(steps) <= 8
    vault.summarize()
    assert {name: data for name, (data, _) in vault.bytes().items()} == {
        name: data for name, (data, _) in twin.bytes().items()
    }


def test_sources_come_before_copies_and_copies_with_a_lost_tick_after_blocks(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied(vault, ("- [ ] Send the portfolio", "- [x] Send the portfolio"))
    copied(vault, ("- [ ] Ask for the name", "- [x] Ask for the name"), path=OTHER)
    vault.edit(ACME, "- [ ] Ask for the name\n", "- [ ] Ask for all names\n")
    steps = every_step(monkeypatch, -1)
    vault.summarize()
    assert steps == [f"write {ACME}", f"remove {COPY}", f"write {LIST}", f"remove {OTHER}"]


def test_blocks_that_hold_ticks_of_each_others_notes_are_written_after_all_sources(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("One", "Two"):
        text = (
            f"---\ntype: application\ncompany: {name}\n---\n\n- [ ] Read {name} 📅 2026-11-27\n\n{block('follow-ups')}"
        )
        vault.write(f"{name}.md", text)
    vault.summarize()
    vault.edit("One.md", "- [ ] Read Two · ", "- [x] Read Two · ")
    vault.edit("Two.md", "- [ ] Read One · ", "- [x] Read One · ")
    steps = every_step(monkeypatch, 2)
    with pytest.raises(Killed):
        vault.open().summarize()
    assert steps == ["write One.md", "write Two.md"]
    monkeypatch.undo()
    vault.summarize()
    assert all(f"- [x] Read {name} 📅" in vault.read(f"{name}.md") for name in ("One", "Two"))
    rested(vault)


def test_an_original_that_changes_meanwhile_is_compared_again(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied(vault, ("- [ ] Send the portfolio", "- [x] Send the portfolio"))
    real = changes.write

    def write(opened: object, path: str, *rest: object, **options: object) -> object:
        if path == ACME:
            vault.edit(LIST, "My own words.", "My words.")
        return real(opened, path, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(changes, "write", write)
    summary = vault.open().summarize()
    assert not summary.absorbed
    assert (vault.root / COPY).exists()
    assert "My words." in vault.read(LIST)


def test_a_copy_that_changes_meanwhile_is_read_again(vault: SmallVault, monkeypatch: pytest.MonkeyPatch) -> None:
    copied(vault)
    real = changes.remove

    def remove(opened: object, path: str, *rest: object, **options: object) -> None:
        vault.edit(COPY, "My own words.", "My words.")
        monkeypatch.setattr(changes, "remove", real)
        real(opened, path, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(changes, "remove", remove)
    summary = vault.open().summarize()
    assert not summary.absorbed
    assert "My words." in vault.read(COPY)


def test_while_somebody_watches_a_copy_is_believed_when_nobody_writes_it(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = vault.open()
    opened.notes.patient = True
    copied(vault, ("- [ ] Send the portfolio", "- [x] Send the portfolio"))
    opened.refresh()
    monkeypatch.setattr("jobvault.actions.kept.unsettled", lambda _, entries: frozenset(e.path for e in entries))
    copied(vault)
    assert COPY in opened.refresh()
    assert opened.notes.unsettled
    assert not opened.notes.copies
    monkeypatch.undo()
    assert COPY in opened.refresh()
    assert dict(opened.notes.copies) == {COPY: LIST}
    assert not opened.refresh()


def test_while_somebody_watches_a_tick_whose_source_is_still_on_its_way_waits(vault: SmallVault) -> None:
    now = [1000.0]
    opened = vault.open()
    opened.notes.patient, opened.notes.clock = True, lambda: now[0]
    vault.write("Debriefs/2026-11-24 Corvo panel.md", NEW)
    late = vault.read("Debriefs/2026-11-24 Corvo panel.md")
    vault.summarize()
    copied(vault, ("- [ ] Send the slides", "- [x] Send the slides"))
    (vault.root / "Debriefs/2026-11-24 Corvo panel.md").unlink()
    assert not opened.summarize().absorbed
    assert "> jobvault: " not in vault.read(LIST)
    vault.write("Debriefs/2026-11-24 Corvo panel.md", late)
    summary = opened.summarize()
    assert [tick.text for tick in summary.carried] == ["Send the slides"]
    assert len(summary.absorbed) == 1
    copied(vault, ("- [ ] Ask for the name", "- [x] Ask for the name"))
    vault.edit(ACME, "- [ ] Ask for the name\n", "- [ ] Ask for all names\n")
    assert not opened.summarize().absorbed
    now[0] += 61
    assert len(opened.summarize().absorbed) == 1
    assert "> jobvault: " in vault.read(LIST)


# Equal words, by themselves


def test_line_endings_are_no_words_and_blanks_are() -> None:
    assert same_words(b"a\r\nb", b"\xef\xbb\xbfa\nb\n") == ()
    assert same_words(b"a\nb", b"a\nb ") is None
    assert same_words(b"a\n\nb", b"a\nb") is None
    assert same_words(b"\xff", b"\xfe") is None


def test_the_day_a_copy_is_of_does_not_matter(vault: SmallVault) -> None:
    copied(vault)
    vault.summarize(TODAY + dt.timedelta(days=30))
    assert not (vault.root / COPY).exists()
