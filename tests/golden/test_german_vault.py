"""A vault kept in German: its committed summaries are what ``summarize`` makes, and no English word stands in them."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobvault.actions.vault import Vault, load_words, open_vault
from jobvault.model import APPLICATION_OUTCOMES, CHAT, FORMATS, OUTCOMES, ROUNDS
from jobvault.notes.note import parse_note
from jobvault.notes.properties import FIELDS
from jobvault.notes.sections import find_sections
from jobvault.views import view_names
from tests.render.markdown_tools import markdownlint, missing_tools, prettier
from tests.small_vault import block, make_vault
from tests.words.test_languages import leaves
from tests.words.word_files import FILES

GERMAN = Path(__file__).parent / "german"
AS_OF = dt.date(2026, 11, 25)
WORDS = load_words("de")

ENGLISH = frozenset(
    """the of and is to by at for with no not yet this that these those it its from has have had are were be been on or
    as one more next due done open asked answered closed overdue week later date nothing read write known unknown
    which who what when where how why you your they them their there here every some any all none each after before
    between into out up down than then so still again since until if but could should would will can cannot does did
    first last other another""".split()  # noqa: SIM905
) - frozenset("so will still".split())  # noqa: SIM905 (these are German too)
"""Words that hardly any English sentence does without, and that German has not."""


@pytest.fixture(scope="module")
def vault() -> Vault:
    return open_vault(GERMAN, today=AS_OF)


def test_committed_summaries_are_what_summarize_makes(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    renew = request.config.getoption("--renew-goldens")
    root = GERMAN if renew else Path(shutil.copytree(GERMAN, tmp_path / "vault"))
    summary = open_vault(root, today=AS_OF).summarize()
    assert {block.view for block in summary.blocks} == set(view_names())
    if not renew:
        assert [change.path for change in summary.changes] == []
        assert [(b.path, b.view) for b in summary.blocks if b.state != "unchanged"] == []


@pytest.mark.skipif(missing_tools() is not None, reason=str(missing_tools()))
def test_the_summaries_are_tidy() -> None:
    notes = [*sorted((GERMAN / "Übersichten").glob("*.md")), GERMAN / "Nordwinkel.md"]
    assert markdownlint(notes) == []
    for note in notes:
        assert prettier(note.read_text(encoding="utf-8")) == note.read_text(encoding="utf-8"), note.name


@pytest.mark.skipif(missing_tools() is not None, reason=str(missing_tools()))
def test_what_empty_views_say_is_german_and_tidy(tmp_path: Path) -> None:
    vault = make_vault(tmp_path, {f"{view}.md": f"# X\n\n{block(view)}" for view in view_names()}, "language: de\n")
    vault.summarize(AS_OF)
    prose, code = of_the_language()
    for view in view_names():
        text = vault.read(f"{view}.md")
        assert prettier(text) == text
        [body] = _BLOCK.findall(text)
        assert words_of(_CODE.sub(" ", body)) <= prose
        assert words_of(" ".join(_CODE.findall(body))) <= prose | code
    assert markdownlint([tmp_path / f"{view}.md" for view in view_names()]) == []


# --- the vault shows everything there is -----------------------------------------------------------------------------


def test_every_round_outcome_format_and_mark_is_there(vault: Vault) -> None:
    assert {d.round for d in vault.debriefs} >= {*ROUNDS, CHAT}
    assert {d.outcome for d in vault.debriefs} >= set(OUTCOMES)
    assert {d.format for d in vault.debriefs} >= set(FORMATS)
    applied = {application.outcome for application in vault.search.applications}
    assert applied >= {"open", "offer", "declined", "rejected"}
    assert applied <= set(APPLICATION_OUTCOMES)
    assert {a.source for a in vault.search.applications} <= set(FILES["en"]["values"]["source"])
    assert {letter.status for letter in vault.search.letters} == {"draft", "sent"}
    marks = {question.mark for debrief in vault.debriefs for question in debrief.questions}
    assert marks >= {"strong", "ok", "rough", "owed"}
    assert any(takeaway.applied for debrief in vault.debriefs for takeaway in debrief.takeaways)


def test_every_section_and_label_is_read(vault: Vault) -> None:
    notes = [parse_note(file.name, file.read_bytes()) for file in (GERMAN / "Nachbereitungen").glob("*.md")]
    found = {section.name for note in notes for section in find_sections(note, WORDS.vocabulary)}
    assert found == set(FILES["en"]["sections"])
    met = [person for debrief in vault.debriefs for person in debrief.people]
    assert all(
        any(getattr(person, name) for person in met)
        for name in ("cares_about", "concerns", "talked_about", "asked", "next_steps", "emails", "notes")
    )


def test_its_mistakes_are_named_in_german(vault: Vault) -> None:
    codes = {problem.code for problem in vault.problems}
    assert codes == {
        "yaml-syntax", "conflict-copy", "near-company", "near-property", "near-heading", "near-label", "near-mark",
        "unclear-heading", "bad-value", "date-not-at-end", "date-not-read", "near-box",
    }  # fmt: skip
    hint = next(problem.hint for problem in vault.problems if problem.code == "bad-value")
    assert hint == "Erwartet: offen, weiter, Angebot, Absage, zurückgezogen, keine Antwort, ausgefallen."


# --- no English word stands in the summaries -------------------------------------------------------------------------

PROPERTIES = {word for names in FIELDS.values() for name in names for word in name.split("_")} | {"type", "debrief"}
"""The names of properties are English in every vault; they may stand in quotes and in code."""
_CODE = re.compile(r"`[^`]*`")
_QUOTED = re.compile(r"„[^“]*“|\"[^\"]*\"")
_BLOCK = re.compile(r"<!-- jobvault:begin [^\n]*-->\n(.*?)\n?<!-- jobvault:end[^\n]*-->", re.DOTALL)
_FIELD = re.compile(r"🔁 every \w+")
_VALUE = re.compile(r"^[ \t]*[\w-]+:[ \t]*", re.MULTILINE)


def words_of(text: str) -> set[str]:
    """Return the words of a text: letters in a row, case-blind."""
    return set(re.findall(r"[^\W\d_]+", text.casefold()))


def bodies() -> Iterator[tuple[str, str]]:
    for file in sorted(GERMAN.rglob("*.md")):
        for body in _BLOCK.findall(file.read_text(encoding="utf-8")):
            yield file.name, body


def of_the_notes() -> set[str]:
    """Return the words that the notes themselves have: their names, text and property values, generated text apart."""
    found: set[str] = set()
    for file in sorted(GERMAN.rglob("*.md")):
        text = _BLOCK.sub("", file.read_text(encoding="utf-8"))
        front, body = re.fullmatch(r"(?:---\n(.*?)\n---\n)?(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
        if file.name != "README.md":
            body = _FIELD.sub(" ", body)
            found |= words_of(body) | words_of(_VALUE.sub("", front or "")) | words_of(file.stem)
    return found


def of_the_language() -> tuple[set[str], set[str]]:
    """Return the words that German has for what is written: in prose, and in code (names of settings, say)."""
    file = FILES["de"]
    prose: set[str] = set()
    code: set[str] = set()
    for group in ("texts", "problems", "reasons", "dates", "states"):
        for _, text in leaves(file[group]):
            told = " ".join(text) if isinstance(text, list) else re.sub(r"\{\w+\}", " ", str(text))
            prose |= words_of(_CODE.sub(" ", told))
            code |= words_of(" ".join(_CODE.findall(told)))
    for table in (file["sections"], file["labels"], file["marks"], *file["values"].values()):
        prose |= {word for words in table.values() for word in words_of(words[0])}
    return prose, code


def test_every_word_of_the_summaries_is_the_languages_or_the_notes_own() -> None:
    prose, code = of_the_language()
    known = prose | of_the_notes()
    looked_at = 0
    for name, body in bodies():
        told = _CODE.sub(" ", body)
        plain = _QUOTED.sub(" ", told)
        strange = words_of(plain) - known
        quoted = words_of(" ".join(_QUOTED.findall(told))) - known - PROPERTIES - {"foramt"}
        commands = [part for part in _CODE.findall(body) if not part.startswith("`jobvault ")]
        in_code = words_of(" ".join(commands)) - known - code - PROPERTIES
        assert (name, strange, quoted, in_code) == (name, set(), set(), set())
        looked_at += len(words_of(body))
    assert looked_at > 1000


def test_no_english_function_word_stands_in_the_summaries() -> None:
    for name, body in bodies():
        assert (name, words_of(_CODE.sub(" ", body)) & ENGLISH) == (name, set())


def test_the_notes_and_the_language_bring_no_english_function_word_along() -> None:
    """Else the two tests above would let it pass."""
    prose, _ = of_the_language()
    assert (prose | of_the_notes()) & ENGLISH == set()


def test_an_english_word_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests above can fail: a text that German lacks is said in English, and is seen."""
    from jobvault.actions import vault as module

    words = load_words("de")
    texts = {**words.texts, "follow-ups.overdue": FILES["en"]["texts"]["follow-ups"]["overdue"]}
    import dataclasses

    monkeypatch.setattr(module, "load_words", lambda *_: dataclasses.replace(words, texts=texts))
    root = Path(shutil.copytree(GERMAN, tmp_path / "vault"))
    open_vault(root, today=AS_OF).summarize()
    body = (root / "Übersichten/Nächste Schritte.md").read_text(encoding="utf-8")
    prose, _ = of_the_language()
    assert words_of(_CODE.sub(" ", body)) - prose - of_the_notes() >= {"overdue"}
    assert "overdue" in ENGLISH
