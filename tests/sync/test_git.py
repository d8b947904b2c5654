"""Two git clones (RELIABILITY 19), and notes that must not be written or read now (RELIABILITY 22)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sizes import FULL
from tests.small_vault import SmallVault
from tests.sync.clones import INSIDE, VIEWS, Clone, Origins, learned, needs_git

pytestmark = [needs_git, pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for jobvault is a sh script")]


def more(*words: str) -> tuple[str, ...]:
    """Return variants that are tried where all is tried."""
    return words if FULL else ()


LATER = "2026-11-21 Birch panel"
BIRCH = f"Debriefs/{LATER}.md"
FOLLOW_UPS = "Summaries/Follow-ups.md"


@pytest.fixture(scope="module")
def clones(tmp_path_factory: pytest.TempPathFactory) -> Origins:
    """Return pairs of clones to copy."""
    return Origins(tmp_path_factory.mktemp("clones"))


def pull(clone: Clone, how: str, *, ok: bool = True) -> str:
    """Pull, and return what was said."""
    done = clone.git("pull", "--no-edit", *(("--rebase",) if how == "rebase" else ("--no-rebase",)), ok=ok)
    return done.stdout + done.stderr


def assert_right(clone: Clone, folder: Path) -> None:
    """Check that no conflict is left and that the summaries are those of all notes together."""
    found = clone.summaries()
    assert found == clone.right(folder / "copy")
    assert "3 debriefs" in found["Takeaways"]
    for company in ("Acme", "Birch", "Corvo", "Delta"):
        assert f"Write to {company} " in found["Follow-ups"]
    assert "<<<<<<<" not in "".join(found.values())


# --- with what init lays down ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["merge", "rebase"])
def test_with_what_init_lays_down_a_pull_leaves_summaries_right_and_no_conflict(
    clones: Origins, tmp_path: Path, how: str
) -> None:
    first, second = clones.copy("init", tmp_path)
    said = pull(second, how)
    assert "jobvault: 2 blocks brought up to date, 2 notes written.\n" in said
    assert second.unmerged() == []
    assert_right(second, tmp_path)
    changed = second.git("status", "--porcelain").stdout.splitlines()
    assert [line.rpartition("/")[2].strip('"') for line in changed] == [
        "Follow-ups.md",
        "Takeaways.md",
    ]
    second.commit("summaries")
    second.git("push", "-q")
    assert "jobvault:" not in pull(first, how), "a fast-forward brought the summaries as they are to be"
    assert first.summaries() == second.summaries()


def test_a_fast_forward_and_a_squash_write_the_summaries_too(clones: Origins, tmp_path: Path) -> None:
    first, second = clones.copy("init", tmp_path)
    first.vault.write(*learned("Echo", "2026-11-23", "Ask about on-call"))
    first.git("add", "-A")
    first.git("commit", "-q", "-m", "from the phone, without summaries")
    first.git("push", "-q")
    second.git("fetch", "-q")
    second.git("checkout", "-q", "-b", "other", "origin/main~1")
    assert "jobvault: 2 blocks" in second.git("merge", "--ff-only", "origin/main").stderr
    second.git("checkout", "-q", "-f", "main")
    assert "jobvault: 2 blocks" in second.git("merge", "--squash", "other").stderr
    assert second.summaries() == second.right(tmp_path / "copy")


def test_a_worktree_has_its_own_vault_written(clones: Origins, tmp_path: Path) -> None:
    _, second = clones.copy("init", tmp_path)
    second.git("worktree", "add", "-q", "../tree", "-b", "tree")
    tree = Clone(tmp_path / "tree", SmallVault(tmp_path / "tree" / INSIDE["init"]), second.environ)
    before = second.summaries()
    assert "jobvault: 2 blocks" in tree.git("pull", "--no-rebase", "--no-edit", "origin", "main").stderr
    assert_right(tree, tmp_path)
    assert second.summaries() == before


@pytest.mark.parametrize("how", ["merge", *more("rebase")])
def test_ticks_and_words_of_either_side_survive(clones: Origins, tmp_path: Path, how: str) -> None:
    first, second = clones.copy("init", tmp_path)
    first.vault.edit(FOLLOW_UPS, "- [ ] Write to Corvo", "- [x] Write to Corvo")
    first.vault.edit(FOLLOW_UPS, "# Follow-ups\n", "# Follow-ups\n\nAbove, from the first.\n")
    first.git("commit", "-qam", "ticked where there is no jobvault")
    first.git("push", "-q")
    takeaways = second.vault.read("Summaries/Takeaways.md")
    second.vault.write("Summaries/Takeaways.md", takeaways + "\nBelow, from the second.\n")
    second.git("commit", "-qam", "words")
    pull(second, how)
    assert second.unmerged() == []
    corvo = second.vault.read("Debriefs/2026-11-18 Corvo panel.md")
    assert "- [x] Write to Corvo" in corvo
    summaries = second.summaries()
    assert "Above, from the first.\n" in summaries["Follow-ups"]
    assert "Below, from the second.\n" in summaries["Takeaways"]
    assert "- [ ] Write to Acme" in summaries["Follow-ups"]
    assert "- [ ] Write to Birch" in summaries["Follow-ups"]


def test_what_people_wrote_differently_clashes_and_only_that(clones: Origins, tmp_path: Path) -> None:
    first, second = clones.copy("init", tmp_path)
    for clone, word in ((first, "Mine"), (second, "Yours")):
        clone.vault.edit(FOLLOW_UPS, "# Follow-ups\n", f"# {word}\n")
        clone.git("commit", "-qam", word)
    first.git("push", "-q")
    assert "CONFLICT" in pull(second, "merge", ok=False)
    assert second.unmerged() == [FOLLOW_UPS]
    text = second.vault.read(FOLLOW_UPS)
    assert text.startswith("<<<<<<< ours\n# Yours\n=======\n# Mine\n>>>>>>> theirs\n")
    assert text.count("<<<<<<<") == 1


def test_a_block_ticked_on_both_sides_is_shown_by_git_and_both_ticks_are_carried(
    clones: Origins, tmp_path: Path
) -> None:
    first, second = clones.copy("init", tmp_path)
    for clone, company in ((first, "Acme"), (second, "Birch")):
        clone.vault.edit(FOLLOW_UPS, f"- [ ] Write to {company}", f"- [x] Write to {company}")
        clone.git("commit", "-qam", "ticked")
    first.git("push", "-q")
    pull(second, "merge", ok=False)
    assert second.unmerged() == [FOLLOW_UPS]
    second.git("add", "-A")
    second.git("commit", "-qm", "merged")
    second.jobvault("summarize")
    assert "<<<<<<<" not in second.vault.read(FOLLOW_UPS)
    for path in (BIRCH, "Debriefs/2026-11-20 Acme panel.md"):
        assert "- [x] Write to" in second.vault.read(path)


def test_a_stash_that_git_puts_back_is_never_in_the_way(clones: Origins, tmp_path: Path) -> None:
    _, second = clones.copy("init", tmp_path)
    for how in ("merge", *more("rebase")):
        second.git("reset", "-q", "--hard", "HEAD" if how == "merge" else "HEAD~1")
        second.vault.write(*learned("Echo", "2026-11-23", "Ask about on-call"))
        second.git("add", "-A")
        second.vault.summarize()
        said = second.git("pull", "--autostash", "--no-edit", f"--{'no-' if how == 'merge' else ''}rebase").stderr
        assert "Applied autostash." in said
        assert "so no summary was written. Run `jobvault summarize --vault " in said
        assert second.unmerged() == []
        second.jobvault("summarize")
        assert second.summaries() == second.right(tmp_path / f"copy after {how}")


def test_without_jobvault_hooks_are_silent_and_the_merge_is_gits_own(clones: Origins, tmp_path: Path) -> None:
    first, second = clones.copy("init", tmp_path)
    bare = {**second.environ, "PATH": str(tmp_path / "git alone")}
    Path(bare["PATH"]).mkdir()
    (Path(bare["PATH"]) / "git").symlink_to(str(shutil.which("git")))
    second = Clone(second.top, second.vault, bare)
    said = pull(second, "merge", ok=False)
    assert "jobvault" not in said.partition("Auto-merging")[2].replace(str(tmp_path), "")
    assert second.unmerged() == [f"Summaries/{name}.md" for name in sorted(VIEWS)]
    assert "<<<<<<< ours\n" in second.vault.read(FOLLOW_UPS)
    first = Clone(first.top, first.vault, bare)
    first.vault.write("Note.md", "x\n")
    first.git("add", "-A")
    first.git("commit", "-qm", "x")
    assert pull(first, "merge").strip() == "Already up to date."


def test_a_hook_that_fails_does_not_fail_the_merge(clones: Origins, tmp_path: Path) -> None:
    _, second = clones.copy("init", tmp_path)
    second.vault.write("jobvault.yaml", "nonsense: 1\n")
    second.git("commit", "-qam", "a mistake in the settings")
    said = pull(second, "merge")
    assert "jobvault.yaml:1: " in said
    assert second.unmerged() == []


# --- without, and with ignored summaries -----------------------------------------------------------------------------


def refuse_while_open(clone: Clone) -> None:
    """Check that nothing is written while paths are unmerged, whatever one calls."""
    before = clone.vault.bytes()
    said = clone.jobvault("summarize").stderr
    assert "it could not be written: a git " in said
    said = clone.jobvault("summarize", "--after-merge", ok=False).stderr
    assert "so no summary was written." in said
    assert clone.vault.bytes() == before


@pytest.mark.parametrize("resolved", ["marks", "theirs", *more("ours")])
def test_without_it_a_merge_is_right_once_it_is_summarized(clones: Origins, tmp_path: Path, resolved: str) -> None:
    _, second = clones.copy("plain", tmp_path)
    pull(second, "merge", ok=False)
    assert second.unmerged() == [f"Summaries/{name}.md" for name in sorted(VIEWS)]
    refuse_while_open(second)
    if resolved != "marks":
        second.git("checkout", f"--{resolved}", "Summaries")
    second.git("add", "-A")
    if resolved == "theirs":
        assert second.jobvault("summarize", "--after-merge").stdout.endswith("2 notes written.\n")
        second.git("add", "-A")
    second.git("commit", "-qm", "merged")
    second.jobvault("summarize")
    assert_right(second, tmp_path)
    assert (second.git("status", "--porcelain").stdout == "") == (resolved == "theirs")


@pytest.mark.parametrize("resolved", ["ours", *more("theirs")])
def test_without_it_a_rebase_is_right_once_it_is_summarized(clones: Origins, tmp_path: Path, resolved: str) -> None:
    _, second = clones.copy("plain", tmp_path)
    pull(second, "rebase", ok=False)
    stops = 0
    while (second.top / ".git/rebase-merge").exists():
        stops += 1
        refuse_while_open(second)
        second.git("checkout", f"--{resolved}", "Summaries")
        second.git("add", "-A")
        done = subprocess.run(
            ["git", "rebase", "--continue"], cwd=second.top, env=second.environ, capture_output=True, check=False
        )
        assert done.returncode == 0 or second.unmerged()
    assert stops
    second.jobvault("summarize")
    assert_right(second, tmp_path)


@pytest.mark.parametrize("how", ["merge", "rebase"])
def test_ignored_summaries_never_conflict(clones: Origins, tmp_path: Path, how: str) -> None:
    _, second = clones.copy("ignored", tmp_path)
    pull(second, how)
    second.jobvault("summarize")
    assert_right(second, tmp_path)
    assert second.git("status", "--porcelain").stdout == ""


def test_a_stash_that_was_put_back_with_conflicts_stops_summaries(clones: Origins, tmp_path: Path) -> None:
    _, second = clones.copy("plain", tmp_path)
    second.vault.edit(BIRCH, "outcome: waiting", "outcome: rejected")
    second.git("stash", "-q")
    second.vault.edit(BIRCH, "outcome: waiting", "outcome: advanced")
    second.git("commit", "-qam", "advanced")
    second.git("stash", "pop", "-q", ok=False)
    before = second.vault.bytes()
    said = second.jobvault("summarize").stderr
    assert f"{FOLLOW_UPS}: it could not be written: git has unmerged paths there; resolve them first." in said
    assert "git has unmerged paths there" in second.jobvault("done", "Write to Delta", ok=False).stderr
    assert second.vault.bytes() == before
    second.git("checkout", "--theirs", BIRCH)
    second.git("add", "-A")
    second.jobvault("summarize")
    assert second.summaries() == second.right(tmp_path / "copy")
