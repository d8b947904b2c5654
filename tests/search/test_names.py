"""Which note a link means, and the shortest name that means only one."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.search.names import NoteNames, key_of, most_frequent, stem_of

VAULT = NoteNames(
    (
        "Acme.md",
        "Debriefs/2026-11-23 Acme panel.md",
        "Debriefs/Acme.md",
        "People/Dana Reyes.md",
        "Archive/People/Dana Reyes.md",
        "Archive/Debriefs/Notes.md",
        "Debriefs/Notes.md",
    )
)


@pytest.mark.parametrize(
    ("target", "source", "path"),
    [
        ("2026-11-23 Acme panel", "", "Debriefs/2026-11-23 Acme panel.md"),
        ("2026-11-23 ACME  Panel", "", "Debriefs/2026-11-23 Acme panel.md"),
        ("Acme", "", "Acme.md"),
        ("Acme", "Debriefs/x.md", "Acme.md"),
        ("Acme.md", "", "Acme.md"),
        ("Dana Reyes", "", "People/Dana Reyes.md"),
        ("People/Dana Reyes", "", "People/Dana Reyes.md"),
        ("People/Dana Reyes", "Archive/x.md", "Archive/People/Dana Reyes.md"),
        ("Archive/People/Dana Reyes", "People/x.md", "Archive/People/Dana Reyes.md"),
        ("/People/Dana Reyes", "Archive/x.md", "People/Dana Reyes.md"),
        ("../Debriefs/Notes", "Archive/x.md", "Debriefs/Notes.md"),
        ("./Debriefs/Notes", "Archive/x.md", "Archive/Debriefs/Notes.md"),
        ("../../Acme", "Debriefs/x.md", "Acme.md"),
        ("../Debriefs/Acme", "Debriefs/x.md", "Debriefs/Acme.md"),
        ("Nobody", "", None),
        ("Debriefs/Nobody", "", None),
        ("", "", None),
        ("/", "", None),
        (".", "", None),
    ],
)
def test_resolve(target: str, source: str, path: str | None) -> None:
    assert VAULT.resolve(target, source) == path


def test_a_name_in_another_normal_form_is_the_same() -> None:
    names = NoteNames(("People/Rene\u0301e.md", "Ａcme.md"))
    assert names.resolve("Ren\u00e9e") == "People/Rene\u0301e.md"
    assert names.resolve("acme") == "Ａcme.md"


def test_a_name_that_holds_a_slash_once_normalised_is_still_one_name() -> None:
    names = NoteNames(("c℅o.md", "People/Ａ／Ｂ.md"))
    assert names.resolve("c℅o") == "c℅o.md"
    assert names.resolve("Ａ／Ｂ") == "People/Ａ／Ｂ.md"


def test_of_twins_in_case_the_one_written_exactly_so_is_meant() -> None:
    names = NoteNames(("A/acme.md", "A/Acme.md"))
    assert [names.resolve("acme"), names.resolve("Acme"), names.resolve("ACME")] == [
        "A/acme.md",
        "A/Acme.md",
        "A/Acme.md",
    ]
    assert names.resolve("A/acme") == "A/acme.md"


@pytest.mark.parametrize(
    ("path", "shortest"),
    [
        ("Acme.md", "Acme"),
        ("Debriefs/Acme.md", "Debriefs/Acme"),
        ("Debriefs/2026-11-23 Acme panel.md", "2026-11-23 Acme panel"),
        ("People/Dana Reyes.md", "People/Dana Reyes"),
        ("Archive/People/Dana Reyes.md", "Archive/People/Dana Reyes"),
    ],
)
def test_shortest(path: str, shortest: str) -> None:
    assert VAULT.shortest(path) == shortest


def test_a_folder_whose_name_ends_alike_needs_no_longer_name() -> None:
    names = NoteNames(("A/X.md", "BA/X.md"))
    assert [names.shortest(path) for path in names.paths] == ["A/X", "BA/X"]
    names = NoteNames(("C/A/X.md", "BA/X.md"))
    assert [names.shortest(path) for path in names.paths] == ["A/X", "BA/X"]


FOLDER = st.sampled_from(["A", "B", "a", "Acme"])
PATH = st.builds(lambda folders, name: "/".join([*folders, f"{name}.md"]), st.lists(FOLDER, max_size=2), FOLDER)


@given(st.sets(PATH, min_size=1, max_size=8), PATH, st.randoms())
def test_the_shortest_name_means_its_note_from_the_root(paths: set[str], source: str, chance: random.Random) -> None:
    shuffled = sorted(paths)
    chance.shuffle(shuffled)
    names = NoteNames(tuple(shuffled))
    for path in paths:
        assert names.resolve(names.shortest(path)) == path
        assert names.resolve(path.removesuffix(".md"), source) is not None


def test_of_folders_that_differ_in_case_alone_the_one_that_is_written_is_meant() -> None:
    names = NoteNames(("A/A/A.md", "A/a/A.md"))
    assert [names.resolve("A/a/A"), names.resolve("A/A/A"), names.resolve("a/A")] == [
        "A/a/A.md",
        "A/A/A.md",
        "A/a/A.md",
    ]


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert key_of(key_of(text)) == key_of(text)


@given(
    st.lists(st.text(alphabet="aA/ .x", min_size=1), max_size=4), st.text(alphabet="aA/. x"), st.text(alphabet="a/. ")
)
def test_no_path_and_no_target_is_too_odd(paths: list[str], target: str, source: str) -> None:
    names = NoteNames(tuple(paths))
    assert names.resolve(target, source) in (*paths, None)
    for path in paths:
        assert isinstance(names.shortest(path), str)


def test_stem() -> None:
    assert [stem_of(path) for path in ("A/b.md", "b.MD", "A.b/c", "v1.2.md")] == ["b", "b", "c", "v1.2"]


def test_the_most_frequent_form_is_taken_and_of_equals_the_first() -> None:
    assert most_frequent(["acme", "Acme", "ACME", "Acme", "Birch", "birch"]) == {"acme": "Acme", "birch": "Birch"}
