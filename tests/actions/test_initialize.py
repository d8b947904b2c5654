"""Making a folder a vault: what is there stays as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jobvault.actions.initialize import language_name, language_named, lay_down
from jobvault.actions.vault import open_vault
from jobvault.errors import JobvaultError, SettingsError, UsageError
from jobvault.settings import Folders, Settings
from jobvault.vault.settings import read_settings
from jobvault.vault.shipped import languages, templates_dir
from tests.small_vault import TODAY, SmallVault, debrief

ALL = (
    "Debriefs/",
    "Summaries/",
    "jobvault.yaml",
    "Summaries/Takeaways.md",
    "Summaries/Follow-ups.md",
    "Summaries/Interviews.md",
)


@pytest.fixture
def place(tmp_path: Path) -> SmallVault:
    return SmallVault(tmp_path / "vault")


def test_a_new_folder_becomes_a_vault(place: SmallVault) -> None:
    laid = lay_down(place.root)
    assert sorted(laid.made) == sorted(ALL)
    assert sorted(place.bytes()) == sorted(path for path in ALL if not path.endswith("/"))
    assert (place.root / "Debriefs").is_dir()
    vault = open_vault(place.root, today=TODAY)
    assert vault.problems == ()
    assert [block.state for block in vault.summarize().blocks] == ["written"] * 3
    assert not vault.summarize().changes


def test_its_settings_say_the_defaults_with_every_key(place: SmallVault) -> None:
    lay_down(place.root)
    assert read_settings(place.root) == Settings()
    text = place.read("jobvault.yaml")
    for key in ("language", "words", "rounds", "areas", "companies", "folders", "links", "dates", "timezone", "ignore", "templates",
                "follow_ups", "letters", "undo"):  # fmt: skip
        assert f"\n# {key}:" in text


def test_an_obsidian_vault_of_5000_notes_stays_as_it_is(place: SmallVault) -> None:
    place.write(".obsidian/app.json", "{}")
    for number in range(5000):
        place.write(f"Notes {number % 10}/Note {number}.md", f"# {number}\r\n\r\n- [ ] task {number}\r\n")
    place.write("Summaries/Takeaways.md", "mine")
    before = place.bytes()
    laid = lay_down(place.root)
    after = place.bytes()
    assert {path: after[path] for path in before} == before
    made = ("jobvault.yaml", "Summaries/Follow-ups.md", "Summaries/Interviews.md")
    assert sorted(after.keys() - before.keys()) == sorted(made)
    assert sorted(laid.made) == sorted([*made, "Debriefs/"])
    assert sorted(laid.kept) == ["Summaries/", "Summaries/Takeaways.md"]


def test_running_it_again_is_harmless(place: SmallVault) -> None:
    lay_down(place.root)
    place.write("Debriefs/x.md", debrief())
    open_vault(place.root, today=TODAY).summarize()
    before = place.bytes()
    assert lay_down(place.root).made == ()
    assert place.bytes() == before


def test_summaries_that_were_deleted_or_moved_do_not_come_back(place: SmallVault) -> None:
    lay_down(place.root)
    (place.root / "Summaries/Takeaways.md").rename(place.root / "Lessons.md")
    (place.root / "Summaries/Interviews.md").unlink()
    assert lay_down(place.root).made == ()
    assert not (place.root / "Summaries/Takeaways.md").exists()


def test_what_a_first_try_could_not_make_is_made_by_the_second(place: SmallVault) -> None:
    place.write("jobvault.yaml", "language: en\n")
    (place.root / "Summaries").mkdir()
    assert "Summaries/Takeaways.md" in lay_down(place.root).made
    assert place.read("jobvault.yaml") == "language: en\n"


def test_the_folders_of_settings_that_are_there_are_used(place: SmallVault) -> None:
    place.write("jobvault.yaml", "folders:\n  debriefs: Jobs/Debriefs\n  summaries: .\n")
    assert sorted(lay_down(place.root).made) == ["Follow-ups.md", "Interviews.md", "Jobs/Debriefs/", "Takeaways.md"]
    assert lay_down(place.root).made == ()
    assert (place.root / "Jobs/Debriefs").is_dir()


def test_a_dry_run_makes_nothing(place: SmallVault) -> None:
    assert sorted(lay_down(place.root, dry_run=True).made) == sorted(ALL)
    assert not place.root.exists()


@pytest.mark.parametrize("in_the_way", ["", "Debriefs", "Summaries"])
def test_a_file_in_the_way_is_named_and_nothing_made(place: SmallVault, in_the_way: str) -> None:
    path = place.write(in_the_way, "mine") if in_the_way else place.root
    path.write_text("mine")
    for dry_run in (True, False):
        with pytest.raises(JobvaultError) as refused:
            lay_down(place.root, dry_run=dry_run)
        assert str(path) in str(refused.value)
    assert path.read_text() == "mine"
    assert not (place.root / "jobvault.yaml").is_file()


def test_a_folder_in_the_way_of_the_settings_is_named(place: SmallVault) -> None:
    (place.root / "jobvault.yaml").mkdir(parents=True)
    with pytest.raises(JobvaultError, match=r"jobvault\.yaml is in the way"):
        lay_down(place.root)


def test_a_place_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(JobvaultError, match="cannot be made a vault"):
        lay_down(tmp_path / "file" / "vault")


def test_a_place_that_cannot_be_written_is_refused(place: SmallVault, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(JobvaultError, match="cannot be made a vault: Permission denied"):
        lay_down(place.root)


def test_settings_with_a_mistake_are_named(place: SmallVault) -> None:
    place.write("jobvault.yaml", "linkz: wiki\n")
    with pytest.raises(SettingsError, match=r"jobvault\.yaml:1"):
        lay_down(place.root)
    assert sorted(place.bytes()) == ["jobvault.yaml"]


# --- a language ------------------------------------------------------------------------------------------------------


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Add a third language: a file of words, and nothing else."""
    words = tmp_path / "templates"
    shutil.copytree(templates_dir(), words)
    (words / "words/eo.yaml").write_text(
        "language: eo\nname: Esperanto\nfolders: {debriefs: Raportoj, summaries: Resumoj, letters: 'Leteroj & pli'}\n"
        "texts: {takeaways: {title: Lecionoj}, follow-ups: {title: Farendaĵoj}}\n",
        encoding="utf-8",
    )
    monkeypatch.setattr("jobvault.vault.shipped.templates_dir", lambda: words)
    return "eo"


def test_a_language_names_folders_and_notes_and_stands_in_the_settings(place: SmallVault, spoken: str) -> None:
    made = lay_down(place.root, language=spoken).made
    assert made == (
        "Raportoj/", "Resumoj/", "jobvault.yaml", "Resumoj/Lecionoj.md", "Resumoj/Farendaĵoj.md", "Resumoj/Interviews.md",
    )  # fmt: skip
    settings = read_settings(place.root)
    assert settings.language == "eo"
    assert settings.folders == Folders(debriefs="Raportoj", summaries="Resumoj", letters="Leteroj & pli")
    text = place.read("jobvault.yaml")
    assert "\nlanguage: eo\n" in text
    assert "\nfolders:\n  debriefs: Raportoj\n" in text
    assert "\n# links:" in text
    vault = open_vault(place.root, today=TODAY)
    assert [block.state for block in vault.summarize().blocks] == ["written"] * 3
    assert lay_down(place.root, language=spoken).made == ()


@pytest.mark.parametrize("language", languages())
def test_every_language_makes_a_vault_that_can_be_read(place: SmallVault, language: str) -> None:
    lay_down(place.root, language=language)
    vault = open_vault(place.root, today=TODAY)
    assert (vault.settings.language, vault.problems) == (language, ())
    assert [block.state for block in vault.summarize().blocks] == ["written"] * 3
    assert language != "en" or vault.settings == Settings()


def test_a_vault_keeps_its_language(place: SmallVault, spoken: str) -> None:
    lay_down(place.root)
    before = place.bytes()
    with pytest.raises(
        UsageError, match=r"is a vault already, in the language en\. .*`language: eo` into its jobvault"
    ):
        lay_down(place.root, language=spoken)
    assert place.bytes() == before
    assert lay_down(place.root, language="en").made == ()


@pytest.mark.parametrize("named", ["eo", "EO", " Esperanto ", "esperanto"])
def test_a_language_is_named_by_its_code_or_its_own_name(spoken: str, named: str) -> None:
    assert language_named(named) == spoken
    assert language_name(spoken) == "Esperanto"


def test_a_language_that_there_is_none_of_is_refused_with_those_that_there_are(spoken: str) -> None:
    with pytest.raises(UsageError, match=rf"no language “xx”\. There are: .*en \(English\), {spoken} \(Esperanto\)"):
        language_named("xx")


# --- more than a vault -----------------------------------------------------------------------------------------------


def test_extras_go_into_a_vault_that_is_there_and_bring_no_summary_back(place: SmallVault) -> None:
    lay_down(place.root)
    (place.root / "Summaries/Interviews.md").unlink()
    before = place.bytes()
    laid = lay_down(place.root, templates=True, obsidian=True)
    assert set(laid.made) == set(laid.extras)
    assert {path: place.bytes()[path] for path in before} == before
    assert not (place.root / "Summaries/Interviews.md").exists()
    assert lay_down(place.root, templates=True, obsidian=True).made == ()


def test_extras_are_shown_before_they_are_made(place: SmallVault) -> None:
    laid = lay_down(place.root, templates=True, obsidian=True, dry_run=True)
    assert not place.root.exists()
    assert lay_down(place.root, templates=True, obsidian=True).made == laid.made


def test_a_file_where_a_folder_of_extras_belongs_is_named_before_anything_is_made(place: SmallVault) -> None:
    place.write("Templates", "mine")
    with pytest.raises(JobvaultError, match="Templates is in the way: a folder is needed"):
        lay_down(place.root, obsidian=True)
    assert sorted(place.bytes()) == ["Templates"]


def test_a_name_that_differs_in_case_only_is_kept(place: SmallVault) -> None:
    place.write("Summaries/interviews.base", "mine")
    laid = lay_down(place.root, obsidian=True)
    assert "Summaries/Interviews.base" in laid.kept
    assert place.read("Summaries/interviews.base") == "mine"
