from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.vault.ignore import default_ignore, ignored_by


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("Templates/", "Templates", True),
        ("Templates", "Templates/a/b.md", True),
        ("/Templates/", "Templates/a.md", True),
        ("./Templates", "Templates/a.md", True),
        ("Templates", "Templates.md", False),
        ("Templates", "My/Templates/a.md", False),
        ("Templates", "Templates 2/a.md", False),
        ("**/Templates", "My/old/Templates/a.md", True),
        ("**/Templates", "Templates/a.md", True),
        ("A/B", "A/B/c.md", True),
        ("A/B", "A/c.md", False),
        ("*.draft.md", "a.draft.md", True),
        ("*.draft.md", "x/a.draft.md", False),
        ("**/*.draft.md", "x/y/a.draft.md", True),
        ("**/*.draft.md", "a.draft.md", True),
        ("A/**", "A", False),
        ("A/**", "A/b/c.md", True),
        ("A/**/z.md", "A/z.md", True),
        ("A/**/z.md", "A/b/c/z.md", True),
        ("A/**/z.md", "A/b/cz.md", False),
        ("**/b/**/d", "a/b/c/b/d", True),
        ("**/b/**/d", "a/b/c", False),
        ("**", "anything/at.md", True),
        ("?.md", "é.md", True),
        ("?.md", "ab.md", False),
        ("a?b", "a/b", False),
        ("[ab].md", "a.md", True),
        ("[!ab].md", "a.md", False),
        ("[!ab].md", "c.md", True),
        ("[a-c]x", "bx", True),
        ("[c-a]x", "bx", False),
        ("[!c-a]x", "bx", True),
        ("[", "[", True),
        ("[]", "[]", True),
        ("[]]", "]", True),
        ("a[!/]b", "a/b", False),
        ("[Old] (x)/", "O (x)/a.md", True),
        ("a*b*c", "aXbbYc", True),
        ("a*b*c", "aXbbYd", False),
        ("a*b*bc", "abbc", True),
        ("*a", "aba", True),
        ("\u00e4", "a\u0308/n.md", True),
        ("a\u0308", "\u00e4/n.md", True),
        ("a.c", "abc", False),
        ("(a|b)+", "a", False),
    ],
)
def test_globs(glob: str, path: str, expected: bool) -> None:
    ignored = ignored_by([glob])
    assert ignored is not None
    assert ignored(path) is expected


def test_no_globs_ignore_nothing() -> None:
    assert ignored_by([]) is None
    assert ignored_by(["", "/", "  "]) is None


def test_any_of_several_globs_is_enough() -> None:
    ignored = ignored_by(["A", "B/*.md"])
    assert ignored is not None
    assert [ignored(path) for path in ("A/x", "B/x.md", "B/x")] == [True, True, False]


@given(st.lists(st.text("ab*?[]!-/.", max_size=12), max_size=3), st.text("ab/.-[]", max_size=12))
def test_every_glob_can_be_asked(globs: list[str], path: str) -> None:
    ignored = ignored_by(globs)
    assert ignored is None or ignored(path) in {True, False}


@given(st.text("ab/"), st.text("ab/"))
def test_a_glob_without_signs_names_itself_and_all_below(glob: str, path: str) -> None:
    ignored = ignored_by([glob])
    name = glob.strip("/")
    expected = bool(name) and (path == name or path.startswith(name + "/"))
    assert (ignored is not None and ignored(path)) is expected


def test_a_hostile_glob_ends() -> None:
    ignored = ignored_by(["*a" * 40 + "c", "**/a/" * 40 + "c"])
    assert ignored is not None
    assert not ignored("a" * 255)
    assert not ignored("a/" * 120 + "b")


def lay_down(vault: Path, core: object, templater: object) -> None:
    plugin = vault / ".obsidian" / "plugins" / "templater-obsidian"
    plugin.mkdir(parents=True)
    for file, value in ((vault / ".obsidian" / "templates.json", core), (plugin / "data.json", templater)):
        file.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())


def test_obsidians_template_folders_are_left_alone(vault: Path) -> None:
    lay_down(vault, {"folder": "Meta/Templates"}, {"templates_folder": "/Templater [new]/", "more": [1]})
    globs = default_ignore(vault)
    assert len(globs) == 2
    ignored = ignored_by(globs)
    assert ignored is not None
    assert ignored("Meta/Templates/x.md")
    assert ignored("Templater [new]/x.md")
    assert not ignored("Templater n/x.md")


def test_the_same_folder_is_named_once(vault: Path) -> None:
    lay_down(vault, {"folder": "T"}, {"templates_folder": "T/"})
    assert default_ignore(vault) == ("T/",)


@pytest.mark.parametrize(
    "value", [b"", b"{", b"\xff\xfe", b"[" * 100_000, [], "x", {"folder": 3}, {"folder": ""}, {"folder": "/"}, {}, None]
)
def test_broken_files_of_obsidian_name_none(vault: Path, value: object) -> None:
    lay_down(vault, value, value)
    assert default_ignore(vault) == ()


def test_no_obsidian_no_globs_and_no_waiting_at_a_pipe(vault: Path) -> None:
    assert default_ignore(vault) == ()
    (vault / ".obsidian").mkdir()
    os.mkfifo(vault / ".obsidian" / "templates.json")
    assert default_ignore(vault) == ()


def test_an_obsidian_folder_outside_the_vault_is_not_read(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "dot").mkdir()
    (tmp_path / "dot" / "templates.json").write_text('{"folder": "T"}', encoding="utf-8")
    (vault / ".obsidian").symlink_to(tmp_path / "dot")
    assert default_ignore(vault) == ()
