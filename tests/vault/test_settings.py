from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.actions.vault import load_words
from jobvault.errors import NoVaultError, SettingsError
from jobvault.settings import Folders, FollowUpSettings, LetterSettings, Settings, UndoSettings
from jobvault.vault import settings
from jobvault.vault.settings import default_settings_text, read_settings


@pytest.fixture(autouse=True)
def _two_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "languages", lambda: ("de", "en"))


def said(vault: Path, text: str | bytes) -> Settings:
    (vault / "jobvault.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    return read_settings(vault)


def refused(vault: Path, text: str | bytes) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        said(vault, text)
    assert str(vault / "jobvault.yaml") in str(caught.value)
    return caught.value


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n   # here\r\n", "---\n", "{}", "\ufeff", "~"])
def test_an_empty_file_is_all_defaults(vault: Path, text: str) -> None:
    assert said(vault, text) == Settings()


def test_a_language_is_named_in_any_case(vault: Path) -> None:
    assert said(vault, "language: DE\n").language == "de"


def test_every_key_can_be_said(vault: Path) -> None:
    text = """
language: de
words:
  sections:
    takeaways: [Note to self, Merke]
    People Met: Wen
  marks: {applied: used}
rounds: [phone, 2, yes]
areas:
  system-design: [architecture]
  sql:
companies:
  Acme: Acme Corp
folders:
  debriefs: Work/Debriefs/
  summaries: .
  people: ./Leute
links: Markdown
dates: dataview
timezone: Europe/Berlin
ignore: Archive/
templates: Meta/templates
follow-ups: {style: links, worth_doing_days: 14}
letters:
  name: Kim Doe
  email: kim@example.org
  thanks-hours: 36
  promise_days: 3
  silence_days: 7
  check_ins: 1
  long_words: 120
  most_words: 200
  stock_phrases: [going forward, "12"]
undo: {days: 30, megabytes: 50}
"""
    assert said(vault, text) == Settings(
        language="de",
        words={
            "sections": {"takeaways": ("Note to self", "Merke"), "people-met": ("Wen",)},
            "marks": {"applied": ("used",)},
        },
        rounds=("phone", "2", "yes"),
        areas={"system-design": ("architecture",), "sql": ()},
        companies={"Acme": ("Acme Corp",)},
        folders=Folders(debriefs="Work/Debriefs", summaries="", people="Leute"),
        links="markdown",
        dates="dataview",
        timezone="Europe/Berlin",
        ignore=("Archive/",),
        templates="Meta/templates",
        follow_ups=FollowUpSettings("links", 14),
        letters=LetterSettings("Kim Doe", "kim@example.org", 36, 3, 7, 1, 120, 200, ("going forward", "12")),
        undo=UndoSettings(30, 50),
    )


def test_the_text_may_come_from_any_editor(vault: Path) -> None:
    assert said(vault, b"\xef\xbb\xbflanguage: de\r\nrounds:\r\n- a\r\n").rounds == ("a",)


def test_null_is_the_default_but_an_empty_list_is_said(vault: Path) -> None:
    keys = "".join(f"{one.name}:\n" for one in fields(Settings))
    assert said(vault, keys) == Settings()
    assert said(vault, "folders: {debriefs: ~}") == Settings()
    assert said(vault, "ignore: []").ignore == ()
    assert said(vault, "areas: [sql, design]").areas == {"sql": (), "design": ()}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("language: en\nlnguage: de\n", 2, r"no key 'lnguage'. Did you mean 'language'\?"),
        ("xyzzy: 1\n", 1, "There are: language, words,"),
        ("\nfolders:\n  debrief: x\n", 3, r"no key 'folders.debrief'. Did you mean 'debriefs'\?"),
        ("follow_ups:\n  styl: links\n", 2, "Did you mean 'style'"),
        ("undo:\n  day: 3\n", 2, "Did you mean 'days'"),
        ("words:\n  headings: {}\n", 2, "no key 'words.headings'"),
        (
            "words:\n  sections:\n    takaways: [x]\n",
            3,
            r"no key 'words.sections.takaways'. Did you mean 'takeaways'\?",
        ),
        ("words:\n  sections:\n    takeaways: {a: b}\n", 3, "must be a list of texts, not a mapping"),
        ("language: en\nLanguage: de\n", 2, "stands here again; it is on line 1 already"),
        ("companies:\n  Acme: [a]\n  acme: [b]\n", 3, "again; it is on line 2"),
        ("language: fr\n", 1, r"language that there are words for \(de, en\), not 'fr'"),
        ("language: [en]\n", 1, "one text, not a list"),
        ("links: obsidian\n", 1, "links must be one of auto, wiki, markdown, not 'obsidian'"),
        ("links: wikis\n", 1, r"Did you mean 'wiki'\?"),
        ("dates: iso\n", 1, "one of auto, emoji, plain, dataview"),
        ("timezone: Europe/Berln\n", 1, r"IANA time zone .*Did you mean 'Europe/Berlin'\?"),
        ("timezone: ../../etc/passwd\n", 1, "IANA time zone"),
        ("timezone: Europe\n", 1, "IANA time zone"),
        ("rounds: {a: b}\n", 1, "rounds must be a list of texts, not a mapping"),
        ("rounds:\n  - a\n  - [b]\n", 3, "one text, not a list"),
        ("areas: x\n", 1, "areas must be a mapping"),
        ("folders:\n  debriefs: /abs\n", 2, "folder inside the vault"),
        ("folders:\n  debriefs: a/../../b\n", 2, "folder inside the vault"),
        ("folders:\n  debriefs: C:\\x\n", 2, "folder inside the vault"),
        ("folders:\n  debriefs: .hidden\n", 2, "not hidden"),
        ("folders:\n  debriefs: a//b\n", 2, "not hidden"),
        ("folders: Debriefs\n", 1, "folders must be a mapping"),
        ("templates: ../x\n", 1, "folder inside the vault"),
        ("follow_ups: {style: box}\n", 1, r"one of boxes, links, not 'box'. Did you mean 'boxes'\?"),
        ("follow_ups: {worth_doing_days: soon}\n", 1, "whole number from 0 to 365, not 'soon'"),
        ("follow_ups: {worth_doing_days: 366}\n", 1, "whole number"),
        ("undo: {days: 0}\n", 1, "whole number from 1 to 3650"),
        ("undo: {days: 1.5}\n", 1, "whole number"),
        ("undo: {megabytes: true}\n", 1, "whole number"),
        ("letters: {nmae: Kim}\n", 1, r"There is no key 'letters.nmae'.*Did you mean 'name'"),
        ("letters: {name: [a]}\n", 1, "letters.name must be one text"),
        ('letters: {name: "a\\nBcc: b"}\n', 1, "letters.name must be one line of plain text"),
        ("letters: {email: Kim}\n", 1, "letters.email must be a mail address"),
        ("letters: {check_ins: 21}\n", 1, "whole number from 0 to 20"),
        ("letters: {long_words: 300}\n", 1, r"letters.long_words \(300\) is above letters.most_words \(250\)"),
        ("letters: []\n", 1, "letters must be a mapping"),
        ("ignore: {a: b}\n", 1, "ignore must be a list"),
        ("ignore: [" + "x" * 2000 + "]\n", 1, "more than 1000 characters"),
        ("- a\n", 1, "The file must be a mapping"),
        ("just words\n", 1, "The file must be a mapping"),
        ("? [a]\n: b\n", 1, "A key must be a word"),
        ("? ''\n: b\n", 1, "A key must be a word"),
        ("a: b: c\n", 1, "no valid YAML"),
        ("language: &x en\n", 1, "Anchors"),
        ("language: en\nrounds: [\x00]\n", 2, "control character"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(vault: Path, text: str, line: int, what: str) -> None:
    error = refused(vault, text)
    assert error.line == line
    with pytest.raises(SettingsError, match=what):
        raise error


def test_bytes_that_are_no_utf8_name_their_line(vault: Path) -> None:
    assert refused(vault, b"language: en\n# caf\xe9\n").line == 2


def test_a_huge_file_is_refused(vault: Path) -> None:
    assert "MiB" in str(refused(vault, b"#" * (256 * 1024 + 1)))
    assert said(vault, b"#" * 256 * 1024) == Settings()


BOMBS = {
    "aliases": "a: &a [x,x,x]\n"
    + "".join(f"{new}: &{new} [*{old},*{old},*{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)),
    "merge keys": "a: &a {x: 1}\n"
    + "".join(f"{new}: &{new} {{<<: [*{old}, *{old}]}}\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)),
    "depth, flow": "[" * 100_000,
    "depth, block": "- " * 100_000,
    "depth, keys": "? " * 100_000,
    "many keys": "".join(f"k{number}: 1\n" for number in range(28_000)),
    "cycle": "a: &a [*a]\n",
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_bombs_are_refused(vault: Path, text: str) -> None:
    refused(vault, text)


def test_no_file_is_no_vault(vault: Path) -> None:
    (vault / "jobvault.yaml").unlink()
    with pytest.raises(NoVaultError):
        read_settings(vault)


def test_a_pipe_or_a_link_out_of_the_vault_is_not_read(vault: Path, tmp_path: Path) -> None:
    file = vault / "jobvault.yaml"
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(SettingsError, match="no regular file"):
        read_settings(vault)
    file.unlink()
    (tmp_path / "outside.yaml").write_text("language: de\n", encoding="utf-8")
    file.symlink_to(tmp_path / "outside.yaml")
    with pytest.raises(SettingsError, match="leaves the vault"):
        read_settings(vault)


@given(
    text=st.text(max_size=200)
    | st.lists(
        st.builds(
            "{}: {}".format,
            st.sampled_from([one.name for one in fields(Settings)]),
            st.text("ab:-[]{}\"'#&*/.~ 019\n", max_size=12),
        )
    ).map("\n".join)
)
def test_every_text_gives_settings_or_a_refusal(text: str, tmp_path: Path) -> None:
    (tmp_path / "jobvault.yaml").write_text(text, encoding="utf-8", errors="replace", newline="")
    try:
        found = read_settings(tmp_path)
    except SettingsError as error:
        assert error.line is None or error.line >= 1
    else:
        assert isinstance(found, Settings)


WORDS = load_words()


def uncommented(text: str) -> str:
    return "".join(line.removeprefix("# ") for line in text.splitlines(keepends=True))


def test_the_default_file_has_every_key_and_says_the_defaults(vault: Path) -> None:
    text = default_settings_text(WORDS)
    assert said(vault, text) == Settings()
    assert said(vault, uncommented(text)) == Settings()
    lines = [line for line in uncommented(text).splitlines() if not line.startswith("#")]
    for one in fields(Settings):
        assert any(line.startswith(f"{one.name}:") for line in lines), one.name
    for group in (Folders, FollowUpSettings, UndoSettings):
        for one in fields(group):
            assert any(line.startswith(f"  {one.name}:") for line in lines), one.name


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_key_is_explained_in_short_lines(language: str) -> None:
    text = default_settings_text(load_words(language))
    blocks = text.split("\n\n")[1:]
    assert len(blocks) == len(fields(Settings))
    for block in blocks:
        assert block.startswith("## ")
    assert all(len(line) <= 120 for line in text.splitlines())


@pytest.mark.parametrize("language", ["en", "de"])
def test_examples_in_the_default_file_are_good_settings(vault: Path, language: str) -> None:
    examples = []
    for block in default_settings_text(load_words(language)).split("\n\n")[1:]:
        lines = [line.removeprefix("##   ") for line in block.splitlines() if line.startswith("##   ")]
        examples.append("\n".join(lines))
    found = said(vault, "\n".join(filter(None, examples)))
    assert found.words
    assert found.rounds
    assert found.areas
    assert found.companies


@pytest.mark.parametrize("value", ["de", "Europe/Berlin", "", "a: b # c", "yes", 'say "x"', "日本"])
def test_chosen_values_are_in_force(vault: Path, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "languages", lambda: (value,))
    text = default_settings_text(WORDS, {"language": value, "links": "wiki"})
    found = said(vault, text)
    assert (found.language, found.links) == (value, "wiki")
    assert said(vault, uncommented(text)) == found


def test_every_setting_has_a_reader() -> None:
    assert set(settings._KEYS) == {one.name for one in fields(Settings)}
    assert set(settings._FOLLOW_UP_KEYS) == {one.name for one in fields(FollowUpSettings)}
    assert set(settings._UNDO_KEYS) == {one.name for one in fields(UndoSettings)}


def test_a_new_vaults_text_can_hold_chosen_folders(vault: Path) -> None:
    text = default_settings_text(
        WORDS, {"language": "de", "folders": {"debriefs": "Berichte", "letters": "Briefe & mehr"}}
    )
    found = said(vault, text)
    assert found == Settings(language="de", folders=Folders(debriefs="Berichte", letters="Briefe & mehr"))
    assert '\nfolders:\n  debriefs: Berichte\n  letters: "Briefe & mehr"\n' in text
