"""How people are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.notes.names import Written, looks_like_name, name_of_target, read_name

SEPARATORS = (", ", " , ", ",", " - ", " – ", " — ", " (")


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("name", ["Dana Reyes", "Jean-Luc van der Berg", "Dr. O'Neil", "王小明", "dana"])
def test_name_and_title_part_at_the_first_separator(name: str, separator: str) -> None:
    end = ")" if separator == " (" else ""
    assert read_name(f"{name}{separator}VP Engineering{end}") == Written(name, "VP Engineering", None)
    assert read_name(f"{name}{separator}VP, Engineering - EMEA (Berlin){end}") == Written(
        name, "VP, Engineering - EMEA (Berlin)", None
    )


@pytest.mark.parametrize("separator", [*SEPARATORS, " ", ": "])
@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("[[Dana Reyes]]", "Dana Reyes"),
        ("[[People/Dana Reyes]]", "People/Dana Reyes"),
        ("[[Dana Reyes|Dana]]", "Dana Reyes"),
        ("[[Dana Reyes#2026|D.]]", "Dana Reyes"),
        ("[Dana](People/Dana%20Reyes.md)", "People/Dana Reyes"),
        ("[Dana](<People/Dana Reyes.md>)", "People/Dana Reyes"),
        ("**[[Dana Reyes]]**", "Dana Reyes"),
        ("*[[Dana Reyes]]*", "Dana Reyes"),
    ],
)
def test_a_link_is_the_name_of_its_note(link: str, target: str, separator: str) -> None:
    assert read_name(link) == Written("Dana Reyes", "", target)
    end = ")" if separator == " (" else ""
    assert read_name(f"{link}{separator}VP Engineering{end}") == Written("Dana Reyes", "VP Engineering", target)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dana Reyes", Written("Dana Reyes", "", None)),
        ("  Dana Reyes:  ", Written("Dana Reyes", "", None)),
        ("**Dana Reyes**, VP", Written("Dana Reyes", "VP", None)),
        ("**Dana Reyes, VP**", Written("Dana Reyes", "VP", None)),
        ("_Dana_ (VP)", Written("Dana", "VP", None)),
        ("Dana Reyes (VP) at Acme", Written("Dana Reyes", "VP at Acme", None)),
        ("Dana Reyes, VP (acting)", Written("Dana Reyes", "VP (acting)", None)),
        ("[Dana Reyes](https://example.com/in/dana), VP", Written("Dana Reyes", "VP", None)),
        ("Dana Reyes, [[VP]]", Written("Dana Reyes", "VP", None)),
        ("Dana-Reyes", Written("Dana-Reyes", "", None)),
        ("?, SRE, beard", Written(None, "SRE, beard", None)),
        ("?", Written(None, "", None)),
        ("??", Written(None, "", None)),
        ("? (SRE)", Written(None, "SRE", None)),
        ("? - SRE", Written(None, "SRE", None)),
        ("? SRE with a beard", Written(None, "SRE with a beard", None)),
        ("?: SRE", Written(None, "SRE", None)),
        (", SRE", Written(None, "SRE", None)),
        ("", Written(None, "", None)),
    ],
)
def test_other_ways_to_write_somebody(text: str, expected: Written) -> None:
    assert read_name(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Dana Reyes",
        "Dana",
        "Dana Reyes, VP Engineering",
        "[[Dana Reyes]]",
        "?, SRE",
        "? (SRE)",
        "Ludwig Van Beethoven",
        "王小明, 部长",
    ],
)
def test_a_line_may_look_like_a_person(text: str) -> None:
    assert looks_like_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "It was a long day with many people.", "They asked a lot", "Three people, all engineers", "Great day!", "Who was that?", "we met on video", "",
        "The Whole Team Was There Again", "大家都在那里，非常友好。",
    ],
)  # fmt: skip
def test_a_sentence_does_not(text: str) -> None:
    assert not looks_like_name(text)


@pytest.mark.parametrize(
    ("target", "name"), [("Dana", "Dana"), ("People/Dana Reyes", "Dana Reyes"), ("../P/Dana.md", "Dana"), ("", "")]
)
def test_a_target_names_its_note(target: str, name: str) -> None:
    assert name_of_target(target) == name


@given(st.text())
def test_no_text_raises(text: str) -> None:
    written = read_name(text)
    assert written.name is None or written.name.strip()
    assert looks_like_name(text) in {True, False}
