"""Blocks brought up to date, ticks carried, the user's words kept."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path

import pytest

from jobvault.actions import changes
from tests.small_vault import TODAY, SmallVault, block, debrief, make_vault

ACME = "Debriefs/2026-11-20 Acme panel.md"
LIST = "Summaries/Follow-ups.md"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(
        tmp_path / "vault",
        {
            ACME: debrief(
                follow_ups="""\
                - [ ] Send the portfolio 📅 2026-11-27
                - [ ] Ask for the name
                - [ ] Send the CV 📅 2026-11-21 ^cv
                """,
                takeaways="- Draw first, then talk #system-design\n",
            ),
            LIST: f"# Follow-ups\n\nMy own words.\n\n{block('follow-ups')}\nBelow.\n",
        },
    )


def test_first_run_fills_the_block_and_the_second_writes_nothing(vault: SmallVault) -> None:
    summary = vault.open().summarize()
    assert [(b.view, b.state) for b in summary.blocks] == [("follow-ups", "written")]
    text = vault.read(LIST)
    assert text.startswith("# Follow-ups\n\nMy own words.\n\n<!-- jobvault:begin follow-ups -->\n\n")
    assert "- [ ] Send the portfolio · Acme · due Fri 27 Nov 2026 · [[2026-11-20 Acme panel]]\n" in text
    assert text.endswith("-->\n\nBelow.\n")
    before = vault.bytes()
    again = vault.open().summarize()
    assert not again.changes
    assert [b.state for b in again.blocks] == ["unchanged"]
    assert vault.bytes() == before


@pytest.mark.parametrize(
    ("ticked", "source"),
    [
        ("- [x] Send the portfolio", "- [x] Send the portfolio 📅 2026-11-27\n"),
        ("- [-] Send the portfolio", "- [-] Send the portfolio 📅 2026-11-27\n"),
        ("- [/] Send the portfolio", "- [/] Send the portfolio 📅 2026-11-27\n"),
    ],
)
def test_a_box_ticked_in_the_block_ticks_its_source_once(vault: SmallVault, ticked: str, source: str) -> None:
    vault.summarize()
    vault.edit(LIST, "- [ ] Send the portfolio", ticked)
    summary = vault.open().summarize()
    assert len(summary.carried) == 1
    assert source in vault.read(ACME)
    assert vault.read(ACME).count("Send the portfolio") == 1
    assert not vault.open().summarize().changes


def test_the_date_that_obsidian_tasks_wrote_comes_along(vault: SmallVault) -> None:
    vault.summarize()
    line = "- [ ] Send the portfolio · Acme · due Fri 27 Nov 2026 · [[2026-11-20 Acme panel]]"
    vault.edit(LIST, line, line.replace("[ ]", "[x]") + " ✅ 2026-11-24")
    vault.summarize()
    assert "- [x] Send the portfolio 📅 2026-11-27 ✅ 2026-11-24\n" in vault.read(ACME)
    assert "- [x] Send the portfolio · Acme · done Tue 24 Nov 2026 · " in vault.read(LIST)


def test_a_block_id_stays_at_the_end(vault: SmallVault) -> None:
    vault.summarize()
    line = "- [ ] Send the CV · Acme · was due Sat 21 Nov 2026 · [[2026-11-20 Acme panel]]"
    vault.edit(LIST, line, line.replace("[ ]", "[x]") + " ✅ 2026-11-24")
    vault.summarize()
    assert "- [x] Send the CV 📅 2026-11-21 ✅ 2026-11-24 ^cv\n" in vault.read(ACME)


def test_unticking_in_the_block_opens_the_source_again(vault: SmallVault) -> None:
    vault.edit(ACME, "- [ ] Ask for the name", "- [x] Ask for the name ✅ 2026-11-24")
    vault.summarize()
    vault.edit(LIST, "- [x] Ask for the name", "- [ ] Ask for the name")
    vault.summarize()
    assert "- [ ] Ask for the name\n" in vault.read(ACME)


def test_a_source_that_was_ticked_meanwhile_wins_over_a_stale_block(vault: SmallVault) -> None:
    vault.summarize()
    vault.edit(ACME, "- [ ] Send the portfolio 📅 2026-11-27", "- [-] Send the portfolio 📅 2026-11-27 ❌ 2026-11-24")
    vault.edit(LIST, "- [ ] Send the portfolio", "- [x] Send the portfolio")
    summary = vault.open().summarize()
    assert not summary.carried
    assert "- [-] Send the portfolio 📅 2026-11-27 ❌ 2026-11-24" in vault.read(ACME)
    assert "not carried" not in vault.read(LIST)


def test_a_changed_due_date_does_not_matter(vault: SmallVault) -> None:
    vault.summarize()
    vault.edit(ACME, "2026-11-27", "2026-12-24")
    vault.edit(LIST, "- [ ] Send the portfolio", "- [x] Send the portfolio")
    vault.summarize()
    assert "- [x] Send the portfolio 📅 2026-12-24\n" in vault.read(ACME)


def test_equal_lines_are_told_apart_by_their_due_dates(vault: SmallVault) -> None:
    vault.edit(
        ACME,
        "- [ ] Ask for the name\n",
        "- [ ] Call back 📅 2026-11-26\n- [ ] Call back 📅 2026-11-28\n- [ ] Call back\n",
    )
    vault.summarize()
    vault.edit(LIST, "- [ ] Call back · Acme · due Sat 28 Nov", "- [x] Call back · Acme · due Sat 28 Nov")
    vault.summarize()
    text = vault.read(ACME)
    assert "- [ ] Call back 📅 2026-11-26\n- [x] Call back 📅 2026-11-28\n- [ ] Call back\n" in text


def test_the_same_follow_up_ticked_in_two_blocks_is_ticked_once(vault: SmallVault) -> None:
    vault.write("Acme.md", f"# Acme\n\n{block('follow-ups', 'company=Acme')}")
    vault.summarize()
    vault.edit(LIST, "- [ ] Ask for the name", "- [-] Ask for the name")
    vault.edit("Acme.md", "- [ ] Ask for the name", "- [x] Ask for the name")
    summary = vault.open().summarize()
    assert [(c.text, c.status) for c in summary.carried] == [("Ask for the name", "done")]
    assert "- [x] Ask for the name\n" in vault.read(ACME)


def test_a_tick_whose_source_is_gone_moves_below_the_block(vault: SmallVault) -> None:
    vault.summarize()
    vault.edit(LIST, "- [ ] Ask for the name", "- [x] Ask for the name")
    vault.edit(ACME, "- [ ] Ask for the name\n", "- [ ] Ask for all names\n")
    summary = vault.open().summarize()
    assert not summary.carried
    assert any(p.code == "not-carried" for p in summary.problems)
    assert "-->\n\n> jobvault: not carried: - [x] Ask for the name · Acme" in vault.read(LIST)
    assert not vault.open().summarize().changes


def test_a_recurring_task_has_no_box(vault: SmallVault) -> None:
    vault.edit(ACME, "- [ ] Ask for the name", "- [ ] Look at the board 🔁 every week 📅 2026-11-27")
    vault.summarize()
    assert "\n- Look at the board · Acme · due Fri 27 Nov 2026" in vault.read(LIST)


def test_a_read_only_source_keeps_its_tick_in_the_block(vault: SmallVault) -> None:
    vault.summarize()
    vault.edit(LIST, "- [ ] Send the portfolio", "- [x] Send the portfolio")
    before = vault.read(LIST)
    (vault.root / ".git").mkdir()
    (vault.root / ".git/MERGE_HEAD").write_text("")
    summary = vault.open().summarize()
    assert vault.read(LIST) == before
    assert any(p.code in ("not-carried", "not-written") for p in summary.problems)
    (vault.root / ".git/MERGE_HEAD").unlink()
    vault.summarize()
    assert "- [x] Send the portfolio" in vault.read(ACME)


def test_words_written_into_a_block_move_below_it(vault: SmallVault) -> None:
    vault.summarize()
    vault.edit(LIST, "## Overdue\n", "## Overdue\n\nRemember the green folder!\n- a bullet of mine\n")
    vault.summarize()
    text = vault.read(LIST)
    end = text.index("<!-- jobvault:end")
    assert "Remember the green folder!" in text[end:]
    assert "a bullet of mine" in text[end:]
    assert text.count("Remember the green folder!") == 1
    assert text.rstrip().endswith("Below.")
    assert not vault.open().summarize().changes


def test_words_in_a_fresh_block_are_kept(tmp_path: Path) -> None:
    vault = make_vault(tmp_path, {"A.md": "<!-- jobvault:begin takeaways -->\nmine\n<!-- jobvault:end -->"})
    vault.summarize()
    text = vault.read("A.md")
    assert text.index("mine") > text.index("<!-- jobvault:end")


@pytest.mark.parametrize(
    ("marks", "code"),
    [
        ("<!-- jobvault:begin takeaways -->\n\nwords\n", "block-no-end"),
        ("words\n\n<!-- jobvault:end -->\n", "block-no-begin"),
        (f"<!-- jobvault:begin people -->\n\n{block('takeaways')}\n<!-- jobvault:end -->\n", "block-nested"),
    ],
)
def test_a_broken_pair_of_markers_leaves_the_note_untouched(vault: SmallVault, marks: str, code: str) -> None:
    path = vault.write("Broken.md", f"# Mine\n\n{marks}\n{block('takeaways')}")
    before = path.read_bytes()
    summary = vault.open().summarize()
    assert path.read_bytes() == before
    found = [p for p in summary.problems if p.code == code]
    assert found
    assert found[0].path == "Broken.md"
    assert found[0].line is not None
    assert "- [ ] Send the portfolio" in vault.read(LIST)


@pytest.mark.parametrize(
    ("marker", "code", "says"),
    [
        ("folow-ups", "block-view", "follow-ups"),
        ("follow-ups within=soon", "block-argument", "within"),
        ("follow-ups compny=Acme", "block-argument", "company"),
        ("follow-ups company", "block-argument", "company"),
    ],
)
def test_an_unknown_view_or_argument_is_reported_and_the_block_left(
    vault: SmallVault, marker: str, code: str, says: str
) -> None:
    path = vault.write("Other.md", f"x\n\n<!-- jobvault:begin {marker} -->\n\n<!-- jobvault:end -->\n")
    before = path.read_bytes()
    problem = next(p for p in vault.open().summarize().problems if p.code == code)
    assert path.read_bytes() == before
    assert (problem.path, problem.line) == ("Other.md", 3)
    assert says in problem.message + problem.hint


def test_a_block_of_a_newer_version_is_left_as_it_is(vault: SmallVault) -> None:
    vault.summarize()
    vault.edit(LIST, "jobvault:end v1 ", "jobvault:end v2 ")
    vault.edit(ACME, "Ask for the name", "Ask for all names")
    before = vault.read(LIST)
    assert any(p.code == "block-newer" for p in vault.open().summarize().problems)
    assert vault.read(LIST) == before


def test_a_device_one_day_ahead_is_not_written_back_by_one_behind(vault: SmallVault) -> None:
    vault.edit(ACME, "📅 2026-11-27", "📅 2026-11-25")
    vault.open(TODAY + dt.timedelta(days=1)).summarize()
    before = vault.bytes()
    late = vault.open()
    late.today = type(late.today)(TODAY)  # as from the clock, not as named with --today
    assert not late.summarize().changes
    assert vault.bytes() == before
    assert vault.open().summarize().changes  # a named day is exact


def test_line_endings_bom_and_missing_final_newline_stay(vault: SmallVault) -> None:
    text = f"\ufeff# List\r\n\r\n{block('takeaways')}".replace("\r\n", "\n").replace("\n", "\r\n").rstrip("\r\n")
    vault.write("Crlf.md", text)
    vault.summarize()
    data = (vault.root / "Crlf.md").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf# List\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert data.endswith(b"-->")
    assert not vault.open().summarize().changes


def test_a_git_conflict_leaves_the_note_unwritten(vault: SmallVault) -> None:
    conflict = "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> other\n"
    path = vault.write("C.md", f"{block('takeaways')}\n{conflict}")
    before = path.read_bytes()
    problem = next(p for p in vault.open().summarize().problems if p.code == "git-conflict")
    assert path.read_bytes() == before
    assert (problem.path, problem.line) == ("C.md", 5)


def test_broken_notes_are_named_and_all_others_are_summarized(vault: SmallVault) -> None:
    vault.write("Debriefs/broken.md", "---\ntype: debrief\ncompany: [\n---\n")
    vault.write("Debriefs/latin.md", b"---\ntype: debrief\ncompany: Caf\xe9\ndate: 2026-11-21\n---\n")
    vault.write("Debriefs/empty.md", "")
    vault.write("Debriefs/huge.md", "---\ntype: debrief\ncompany: Huge\n---\n" + "x" * 20_000_000)
    vault.write("other-broken.md", "---\ntitle: [\n---\n")
    vault.write("other-huge.md", "y" * 20_000_000)
    vault.write("utf16.md", "---\ntype: debrief\n---\n".encode("utf-16"))
    summary = vault.open().summarize()
    named = {p.path for p in summary.problems}
    assert named == {"Debriefs/broken.md", "Debriefs/latin.md", "Debriefs/huge.md", "utf16.md"}
    assert "- [ ] Send the portfolio" in vault.read(LIST)


def test_a_dry_run_writes_nothing_and_knows_what_would_be_written(vault: SmallVault) -> None:
    vault.summarize()
    vault.edit(LIST, "- [ ] Ask for the name", "- [x] Ask for the name")
    before = vault.bytes()
    summary = vault.open().summarize(dry_run=True)
    assert vault.bytes() == before
    assert [change.path for change in summary.changes] == [ACME, LIST]
    assert summary.carried
    assert {b.state for b in summary.blocks} == {"stale"}


def test_generated_text_is_no_input(vault: SmallVault) -> None:
    vault.edit(ACME, "## Takeaways", f"## Follow-ups\n\n{block('takeaways')}\n## Takeaways")
    vault.summarize()
    first = vault.open()
    texts = sorted(item.text for item in first.follow_ups)
    assert texts == ["Ask for the name", "Send the CV", "Send the portfolio"]
    assert [t.text for t in first.debriefs[0].takeaways] == ["Draw first, then talk"]


def test_lines_copied_with_their_id_are_ticked_each_by_itself(vault: SmallVault) -> None:
    vault.edit(ACME, "- [ ] Ask for the name\n", "- [ ] One 🆔 abc\n- [ ] Two 🆔 abc\n- [ ] Three\n")
    vault.summarize()
    vault.edit(LIST, "- [ ] Two", "- [x] Two")
    vault.edit(LIST, "- [ ] Three", "- [x] Three")
    summary = vault.open().summarize()
    assert sorted(tick.text for tick in summary.carried) == ["Three", "Two"]
    assert "- [ ] One 🆔 abc\n- [x] Two 🆔 abc\n- [x] Three\n" in vault.read(ACME)
    assert not vault.open().summarize().changes


@pytest.mark.parametrize("other", ["- [ ] Call them 🔁 every week", "Call them\n"])
def test_a_tick_never_goes_to_an_equal_text_that_has_no_box(vault: SmallVault, other: str) -> None:
    vault.edit(ACME, "- [ ] Ask for the name\n", f"{other}\n\n- [ ] Call them\n")
    vault.summarize()
    vault.edit(LIST, "- [ ] Call them", "- [x] Call them")
    summary = vault.open().summarize()
    assert [tick.text for tick in summary.carried] == ["Call them"]
    assert not summary.troubles
    assert "\n- [x] Call them\n" in vault.read(ACME)


def test_a_heading_that_moves_out_of_a_block_sets_the_level_of_the_next_at_once(vault: SmallVault) -> None:
    vault.write("S.md", f"# S\n\n{block('follow-ups')}\n{block('people')}\n{block('interviews')}")
    vault.summarize()
    vault.edit("S.md", "- [ ] Send", "### My thoughts\n\n- [ ] Send")
    assert vault.open().summarize().changes
    assert not vault.open().summarize().changes


def test_an_item_of_ones_own_in_a_block_is_no_tick(vault: SmallVault) -> None:
    vault.summarize()
    mine = "- [x] my own thing which\n  wraps onto a second line\n"
    vault.edit(LIST, "- [ ] Send the portfolio", f"{mine}- [ ] Send the portfolio")
    summary = vault.open().summarize()
    text = vault.read(LIST)
    assert not summary.troubles
    assert text.count("my own thing which") == 1
    assert f"-->\n\n{mine}" in text
    assert "not carried" not in text


def test_a_note_that_is_saved_while_summaries_are_written_is_in_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = make_vault(tmp_path / "vault", {"List.md": block("follow-ups"), "A.md": debrief(follow_ups="- first\n")})
    real = changes.write

    def saved_meanwhile(*given: object, **options: object) -> bool:
        done = real(*given, **options)  # type: ignore[arg-type]
        if not (vault.root / "B.md").exists():
            vault.write("B.md", debrief("Birch", follow_ups="- second\n"))
        return done

    monkeypatch.setattr(changes, "write", saved_meanwhile)
    opened = vault.open()
    opened.summarize()
    assert "second" in vault.read("List.md")
    assert not opened.summarize().changes


def test_a_stream_of_saves_does_not_hold_it_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = make_vault(tmp_path / "vault", {"List.md": block("follow-ups"), "A.md": debrief(follow_ups="- first\n")})
    real, saves = changes.write, itertools.count()

    def saved_meanwhile(*given: object, **options: object) -> bool:
        vault.write("B.md", debrief("Birch", follow_ups=f"- number {next(saves)}\n"))
        return real(*given, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(changes, "write", saved_meanwhile)
    assert vault.open().summarize().changes
    assert next(saves) < 10
