"""What ``init --git`` and ``--syncthing`` lay down, and what they leave alone."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.actions.sync.git import DRIVER, hook_line, hook_text, plan_git
from jobvault.actions.sync.setup import Line, Step, plan_lines
from jobvault.actions.sync.syncthing import plan_syncthing
from jobvault.errors import JobvaultError
from tests.small_vault import SmallVault, make_vault
from tests.sync.clones import environment, needs_git

ATTRIBUTE = "/Summaries/*.md merge=jobvault"
HOOKS = ("post-merge", "post-rewrite")


@pytest.fixture
def environ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Git with an author, and nobody's own settings."""
    found = environment(tmp_path / "git home")
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"):
        monkeypatch.setenv(name, found[name])
    return found


@pytest.fixture
def repository(tmp_path: Path, environ: dict[str, str]) -> Path:
    """An empty repository."""
    git(tmp_path, environ, "init", "-q", "repository")
    return tmp_path / "repository"


def git(folder: Path, environ: dict[str, str], *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, env=environ, capture_output=True, check=True, encoding="utf-8")
    return done.stdout.strip()


def states(steps: list[Step]) -> dict[str, str]:
    """Return the state of each step by its place."""
    return {step.place: step.state for step in steps}


def do(vault: SmallVault, steps: list[Step]) -> None:
    opened = vault.open()
    for step in steps:
        if step.do:
            step.do(opened)


# --- lines -----------------------------------------------------------------------------------------------------------


LINES = (Line("*.x", "one"), Line("*.y", "two"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (None, b"# jobvault: one\n*.x\n# jobvault: two\n*.y\n"),
        (b"", b"# jobvault: one\n*.x\n# jobvault: two\n*.y\n"),
        (b"mine\n", b"mine\n\n# jobvault: one\n*.x\n# jobvault: two\n*.y\n"),
        (b"mine", b"mine\n\n# jobvault: one\n*.x\n# jobvault: two\n*.y\n"),
        (b"mine\r\n*.x\r\n", b"mine\r\n*.x\r\n\r\n# jobvault: two\r\n*.y\r\n"),
        (b"\xef\xbb\xbf*.y\nl\xe4tin", b"\xef\xbb\xbf*.y\nl\xe4tin\n\n# jobvault: one\n*.x\n"),
        (b"  *.x  \n*.y\n", None),
    ],
)
def test_lines_go_behind_all_that_is_there_and_only_once(tmp_path: Path, old: bytes | None, new: bytes | None) -> None:
    vault = make_vault(tmp_path / "vault")
    if old is not None:
        vault.write(".gitignore", old)
    for _ in range(2):
        do(vault, plan_lines(vault.root, ".gitignore", LINES, comment="#", command="test"))
    assert (vault.root / ".gitignore").read_bytes() == (old if new is None else new)


@given(st.binary(max_size=60).filter(lambda data: b"\0" not in data))
def test_whatever_stands_there_stays_to_the_byte(data: bytes) -> None:
    from jobvault.actions.sync.setup import _with_lines

    new = _with_lines(data, LINES, "#")
    assert new.startswith(data)
    assert {b"*.x", b"*.y"} <= set(new.replace(b"\r", b"\n").split(b"\n"))


def test_what_cannot_be_added_to_safely_is_left_to_the_user(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault")
    utf16 = vault.write(".gitignore", "mine\n".encode("utf-16"))
    (vault.root / ".stignore").symlink_to(utf16)
    (vault.root / ".gitattributes").mkdir()
    for name, why in (
        ("gitignore", "no UTF-8 text"),
        ("stignore", "it is a link"),
        ("gitattributes", "cannot be read"),
    ):
        steps = plan_lines(vault.root, f".{name}", LINES, comment="#", command="test")
        assert {step.state for step in steps} == {"yours"}
        assert why in steps[0].why


def test_undo_has_what_stood_there_before(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault")
    vault.write(".gitignore", b"mine\n")
    do(vault, plan_lines(vault.root, ".gitignore", LINES, comment="#", command="test"))
    assert vault.run("undo").returncode == 1, "setup is not the last command"
    [command] = json.loads(vault.run("undo", "--list", "--all", "--json").stdout)["commands"]
    assert vault.run("undo", command["id"]).returncode == 0
    assert vault.read(".gitignore") == "mine\n"


# --- git -------------------------------------------------------------------------------------------------------------


@needs_git
@pytest.mark.parametrize("inside", ["", "notes", 'a b/Jöb\'s "$HOME" `x`', "-dash"])
def test_everything_is_laid_down_once(repository: Path, environ: dict[str, str], inside: str) -> None:
    vault = make_vault(repository / inside)
    steps = plan_git(vault.root, "Summaries")
    assert set(states(steps).values()) == {"to-do"}
    before = {path for path in repository.rglob("*") if path.is_file()}
    do(vault, steps)
    made = {path.relative_to(repository).as_posix() for path in repository.rglob("*") if path.is_file()} - {
        path.relative_to(repository).as_posix() for path in before
    }
    prefix = f"{inside}/" if inside else ""
    assert made == {f".git/hooks/{name}" for name in HOOKS} | {f"{prefix}.gitignore", f"{prefix}.gitattributes"}
    again = plan_git(vault.root, "Summaries")
    assert set(states(again).values()) == {"kept"}
    assert git(repository, environ, "config", "merge.jobvault.driver") == DRIVER
    for name in HOOKS:
        assert stat.S_IMODE((repository / ".git/hooks" / name).stat().st_mode) & 0o711 == 0o711


@needs_git
def test_each_thing_that_is_there_already_is_kept(repository: Path, environ: dict[str, str]) -> None:
    vault = make_vault(repository / "vault")
    (repository / ".gitattributes").write_text("*.md text merge=jobvault\n")
    (repository / ".gitignore").write_text("*.tmp\n")
    git(repository, environ, "config", "merge.jobvault.driver", DRIVER)
    steps = plan_git(vault.root, "Summaries")
    assert [step.place for step in steps if step.state == "to-do"] == [f".git/hooks/{name}" for name in HOOKS]


@needs_git
def test_what_the_user_has_otherwise_is_left_alone_and_said(repository: Path, environ: dict[str, str]) -> None:
    vault = make_vault(repository / "my vault")
    (repository / ".gitattributes").write_text("*.md merge=union\n")
    git(repository, environ, "config", "merge.jobvault.driver", "mine")
    hook = repository / ".git/hooks/post-merge"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ngit lfs post-merge\n")
    before = hook.read_bytes()
    steps = plan_git(vault.root, "Summaries")
    yours = {step.place: step for step in steps if step.state == "yours"}
    assert list(yours) == [".gitattributes", "merge.jobvault.driver", ".git/hooks/post-merge"]
    assert "merge=union" in yours[".gitattributes"].why
    assert yours[".git/hooks/post-merge"].what.count("--vault './my vault'") == 1
    do(vault, steps)
    assert hook.read_bytes() == before
    assert not (vault.root / ".gitattributes").exists()
    hook.write_text(f"#!/bin/sh\n{yours['.git/hooks/post-merge'].what}\n")
    assert states(plan_git(vault.root, "Summaries"))[".git/hooks/post-merge"] == "kept"


@needs_git
@pytest.mark.parametrize("scope", ["--local", "--global"])
def test_hooks_that_another_program_looks_after_are_not_touched(
    repository: Path, environ: dict[str, str], scope: str
) -> None:
    vault = make_vault(repository)
    git(repository, environ, "config", scope, "core.hooksPath", ".husky/_")
    steps = plan_git(vault.root, "Summaries")
    assert {step.place: step.state for step in steps if "post-" in step.place} == {
        f".husky/_/{name}": "yours" for name in HOOKS
    }
    do(vault, steps)
    assert not (repository / ".husky").exists()
    assert not any((repository / ".git/hooks" / name).exists() for name in HOOKS)


@needs_git
def test_a_hooks_path_that_means_the_usual_folder_is_no_other(repository: Path, environ: dict[str, str]) -> None:
    git(repository, environ, "config", "core.hooksPath", ".git/hooks")
    assert set(states(plan_git(make_vault(repository).root, "")).values()) == {"to-do"}


@needs_git
def test_worktrees_and_submodules_get_hooks_where_git_looks_for_them(
    repository: Path, environ: dict[str, str], tmp_path: Path
) -> None:
    git(repository, environ, "commit", "-q", "--allow-empty", "-m", "x")
    git(repository, environ, "worktree", "add", "-q", "../tree")
    do(make_vault(tmp_path / "tree"), plan_git(tmp_path / "tree", "Summaries"))
    assert (repository / ".git/hooks/post-merge").is_file()
    git(tmp_path, environ, "init", "-q", "outer")
    allowed = ("-c", "protocol.file.allow=always")
    git(tmp_path / "outer", environ, *allowed, "submodule", "--quiet", "add", str(repository), "sub")
    do(make_vault(tmp_path / "outer/sub"), plan_git(tmp_path / "outer/sub", "Summaries"))
    assert (tmp_path / "outer/.git/modules/sub/hooks/post-merge").is_file()
    assert not (tmp_path / "outer/.git/hooks/post-merge").exists()


@needs_git
def test_git_is_asked_about_the_folder_also_from_inside_of_a_hook(
    repository: Path, tmp_path: Path, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, environ, "init", "-q", "other")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "other/.git/index"))
    do(make_vault(repository), plan_git(repository, "Summaries"))
    assert (repository / ".git/hooks/post-merge").is_file()


@needs_git
def test_without_a_repository_or_while_git_is_busy_nothing_is_done(
    repository: Path, tmp_path: Path, environ: dict[str, str]
) -> None:
    with pytest.raises(JobvaultError, match=r"lies in no git repository. Make it one with `git init`"):
        plan_git(tmp_path / "not yet" / "there", "Summaries")
    vault = make_vault(repository)
    (repository / ".git/index.lock").touch()
    with pytest.raises(JobvaultError, match=r"index\.lock; finish that, then run `jobvault init --git` again"):
        plan_git(vault.root, "Summaries")
    (repository / ".git/index.lock").unlink()
    do(vault, plan_git(vault.root, "Summaries"))
    (repository / ".git/index.lock").touch()
    assert set(states(plan_git(vault.root, "Summaries")).values()) == {"kept"}


def test_without_git_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(JobvaultError, match="git is not installed"):
        plan_git(tmp_path, "Summaries")


# --- hooks -----------------------------------------------------------------------------------------------------------

FAKE = '#!/bin/sh\nprintf "%s\\n" "$@" >>"$CALLS"\nexit 3\n'
needs_sh = pytest.mark.skipif(shutil.which("sh") is None, reason="there is no sh")


@pytest.fixture(params=sorted({shell for name in ("dash", "bash", "busybox") if (shell := shutil.which(name))}))
def shell(request: pytest.FixtureRequest) -> list[str]:
    """Each POSIX shell that is here; Git for Windows has bash, as sh."""
    found = str(request.param)
    extra = {"busybox": ["sh"], "bash": ["--posix"]}
    return [found, *extra.get(Path(found).name, [])]


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A jobvault that only says what it is called with, and fails."""
    program = tmp_path / "bin/jobvault"
    program.parent.mkdir()
    program.write_text(FAKE)
    program.chmod(0o755)
    yield {"PATH": f"{program.parent}{os.pathsep}/bin{os.pathsep}/usr/bin", "CALLS": str(tmp_path / "calls")}


@needs_sh
@pytest.mark.parametrize("inside", ["", 'a b/Jöb\'s "$HOME" `x`\n', "-dash", "\udce4"])
@pytest.mark.skipif(sys.platform == "darwin", reason="its file systems take no odd bytes")
def test_a_hook_calls_jobvault_for_its_vault_and_never_fails(
    tmp_path: Path, shell: list[str], fake: dict[str, str], inside: str
) -> None:
    make_vault(tmp_path / "top" / inside)
    calls = tmp_path / "calls"
    for name, word, called in (
        ("post-merge", "0", True),
        ("post-rewrite", "rebase", True),
        ("post-rewrite", "amend", False),
    ):
        script = tmp_path / name
        for text in (hook_text(inside, name), f"#!/bin/sh\n{hook_line(inside, name)}\n"):
            script.write_bytes(os.fsencode(text))
            calls.write_bytes(b"")
            done = subprocess.run(
                [*shell, str(script), word],
                cwd=tmp_path / "top",
                env=fake,
                input=b"x",
                capture_output=True,
                check=False,
            )
            assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
            path = os.fsencode(f"./{inside}" if inside else ".")
            wanted = b"\n".join([b"summarize", b"--after-merge", b"--no-input", b"--vault", path, b""])
            assert calls.read_bytes() == (wanted if called else b"")


@needs_sh
def test_a_hook_is_silent_without_jobvault_and_without_the_vault(
    tmp_path: Path, shell: list[str], fake: dict[str, str]
) -> None:
    top = make_vault(tmp_path / "top").root
    without = {**fake, "PATH": "/nowhere"}
    for inside, environ in (("", without), ("elsewhere", fake)):
        for name in HOOKS:
            script = hook_text(inside, name)
            done = subprocess.run(
                [*shell, "-c", script, name, "rebase"], cwd=top, env=environ, capture_output=True, check=False
            )
            assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert not (tmp_path / "calls").exists()


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_any_path_is_one_word_to_the_shell(inside: str) -> None:
    words = shlex.split(hook_line(inside, "post-merge"))
    assert words[words.index("--vault") + 1] == f"./{inside}"


# --- Syncthing -------------------------------------------------------------------------------------------------------


def test_stignore_is_made_once_and_what_does_the_same_counts(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault")
    vault.write(".stignore", "#include shared\n(?d).trash\n.git/\n")
    steps = plan_syncthing(vault.root)
    assert [(step.what, step.state) for step in steps] == [
        ("/.git", "kept"), ("/.trash", "kept"), ("/.obsidian/workspace*.json", "to-do"),
    ]  # fmt: skip
    do(vault, steps)
    assert vault.read(".stignore").startswith("#include shared\n(?d).trash\n.git/\n\n// jobvault: ")
    assert {step.state for step in plan_syncthing(vault.root)} == {"kept"}


def test_in_a_larger_syncthing_folder_the_lines_belong_into_its_own_file(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    vault = make_vault(tmp_path / "notes [x]" / "vault")
    (tmp_path / ".stignore").write_text("/notes \\[x\\]/vault/.git\n")
    steps = plan_syncthing(vault.root)
    assert [step.state for step in steps] == ["kept", "yours", "yours"]
    assert steps[2].what == "/notes \\[x\\]/vault/.trash"
    assert steps[2].place == str(tmp_path / ".stignore")
    (vault.root / ".stfolder").mkdir()
    assert {step.state for step in plan_syncthing(vault.root)} == {"to-do"}


@needs_git
def test_only_notes_with_blocks_are_merged_by_jobvault(repository: Path, environ: dict[str, str]) -> None:
    """The driver knows no ``-X ours``, so nobody else's notes are given to it."""
    vault = make_vault(repository / "vault")
    holders = ["Home.md", 'My notes/A [x] "q".md', "a*b.md", "Ü.md", "Summaries/Follow-ups.md"]
    do(vault, plan_git(vault.root, "Summaries", holders))
    others = ["Debriefs/Acme.md", "axb.md", "My notes/A x.md", "sub/Home.md"]
    said = git(repository, environ, "check-attr", "merge", "--", *(f"vault/{path}" for path in [*holders, *others]))
    merged = [line.rpartition(" ")[2] for line in said.splitlines()]
    assert merged == ["jobvault"] * len(holders) + ["unspecified"] * len(others)
    assert {step.state for step in plan_git(vault.root, "Summaries", holders)} == {"kept"}


@needs_git
@pytest.mark.parametrize(("holders", "lines"), [((), 3), (("Deep/Follow-ups.md",), 1)])
def test_summaries_in_the_root_are_named_one_by_one(
    repository: Path, environ: dict[str, str], holders: tuple[str, ...], lines: int
) -> None:
    vault = make_vault(repository / "vault")
    steps = [step for step in plan_git(vault.root, "", holders) if step.place == ".gitattributes"]
    assert len(steps) == lines
