"""A vault in German in daily use: laid down, read, summarized, ticked, and changed over from English and back."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from jobvault.actions.done import find
from jobvault.actions.known import rounds
from jobvault.actions.scaffold import Guest, Request, plan, same_interview
from jobvault.actions.vault import load_words
from jobvault.actions.which import debriefs_meant
from jobvault.model import CHAT, FORMATS, OUTCOMES, ROUNDS, Debrief
from jobvault.notes.reading import read_note
from jobvault.words import fold
from tests.small_vault import TODAY, SmallVault, block, make_vault
from tests.words.word_files import FILES

SETTINGS = "language: de\nlinks: wiki\ndates: plain\n"
GUESTS = (Guest("Jana Reiter", "Entwicklungsleiterin"), Guest("?", "Betriebsrat, Bart"))


@pytest.fixture
def german(tmp_path: Path) -> SmallVault:
    return make_vault(tmp_path, settings=SETTINGS)


# --- a new debrief ---------------------------------------------------------------------------------------------------

SHORT = """---
type: debrief
company: Nordwinkel Bahn
role:
round: Fachgespräch
date: 2026-11-25
format: Telefon
people:
  - "[[Jana Reiter]]"
felt:
outcome: offen
hear_by:
---

<!-- Die Hälfte reicht. Eine Erkenntnis genügt. -->

## Wen ich getroffen habe

### [[Jana Reiter]], Entwicklungsleiterin

- Legt Wert auf:
- Bedenken:

### ?, Betriebsrat, Bart

- Legt Wert auf:
- Bedenken:

## Was sie gefragt haben

<!-- am Ende jeweils (stark), (ok), (holprig) oder (offen), wenn du die Antwort noch schuldest -->

## Was mir auffiel

<!-- Signale, Überraschungen; endet eine Zeile mit ?, ist sie deine offene Frage -->

## Wo ich stark war

## Wo ich schwach war

## Insgesamt

## Erkenntnisse

<!-- nächstes Mal werde ich … -->

## Nächste Schritte

- [ ] Dankesbrief an [[Jana Reiter]], fällig 2026-11-26
"""


def test_a_new_debrief_is_german(german: SmallVault) -> None:
    request = Request("Nordwinkel Bahn", TODAY, round="technical", format="phone", guests=GUESTS)
    scaffold = plan(german.open(), request)
    assert scaffold.path == "Debriefs/2026-11-25 Nordwinkel Bahn Fachgespräch.md"
    assert scaffold.text == SHORT


@pytest.mark.parametrize("dates", ["emoji", "plain", "dataview"])
@pytest.mark.parametrize("template", ["short", "full"])
@pytest.mark.parametrize("guests", [(), GUESTS])
def test_it_is_read_as_empty_and_without_a_problem(
    tmp_path: Path, guests: tuple[Guest, ...], template: str, dates: str
) -> None:
    vault = make_vault(tmp_path, settings=f"language: de\ndates: {dates}\n").open()
    scaffold = plan(vault, Request("Acme", TODAY, round="take-home", format="video", guests=guests, template=template))
    for reader in (vault.rules, make_vault(tmp_path / "en").open().rules):
        found = read_note(scaffold.path, scaffold.text.encode(), reader)
        noun = found.noun
        assert isinstance(noun, Debrief)
        assert (found.problems, noun.empty, noun.outcome) == ((), True, "waiting")
        assert (noun.round, noun.format) == ("take-home", "video")


@pytest.mark.parametrize("template", ["short", "full"])
def test_one_word_on_any_line_below_a_heading_is_read_or_reported(german: SmallVault, template: str) -> None:
    vault = german.open()
    rows = plan(vault, Request("Acme", TODAY, guests=GUESTS, template=template)).text.split("\n")
    for place in range(rows.index("## Wen ich getroffen habe"), len(rows)):
        row = rows[place]
        for typed in (f"{row} Eichhörnchen", *([row.replace(" -->", " Eichhörnchen -->")] if "-->" in row else [])):
            text = "\n".join([*rows[:place], typed, *rows[place + 1 :]])
            found = read_note("Debriefs/x 2026-11-25.md", text.encode(), vault.rules)
            said = str(found.noun) + str(found.follow_ups) + str(found.problems)
            assert "Eichhörnchen" in said or row.startswith("#"), typed


@pytest.mark.parametrize(
    ("typed", "round_"),
    [("technical", "technical"), ("Fachgespräch", "technical"), ("FACHGESPRAECH", "technical"), ("Panel", "panel"),
     ("große Runde", "panel"), ("Infogespräch", "chat"), ("Stuhlkreis", "Stuhlkreis")],
)  # fmt: skip
def test_a_round_may_be_named_in_any_language(german: SmallVault, typed: str, round_: str) -> None:
    done = german.run("new", "Acme", "--round", typed, "--no-input", "--print-path")
    assert done.returncode == 0, done.stderr
    written = load_words("de").write("round", round_)
    assert done.stdout.strip().endswith(f"2026-11-25 Acme {written}.md")
    [debrief] = german.open().debriefs
    assert debrief.round == round_
    assert same_interview(german.open(), Request("Acme", TODAY, round=written)) == debrief


def test_the_same_round_in_two_languages_is_the_same_interview(german: SmallVault) -> None:
    assert german.run("new", "Acme", "--round", "technical", "--format", "Telefon", "--no-input").returncode == 0
    again = german.run("new", "Acme", "--round", "Fachgespräch", "--no-input")
    assert again.returncode == 1
    assert "is the debrief of this company, round and date already" in again.stderr


def test_days_are_said_in_german(german: SmallVault) -> None:
    done = german.run("new", "Acme", "--on", "letzten Freitag", "--no-input", "--print-path")
    assert "2026-11-20 Acme" in done.stdout


def test_json_keeps_our_own_values(german: SmallVault) -> None:
    german.write(
        "a.md",
        "---\ntype: debrief\ncompany: Acme\ndate: 2026-11-20\nround: Endrunde\nformat: vor Ort\noutcome: Absage\n---\n",
    )
    [item] = json.loads(german.run("show", "interviews", "--json").stdout)["items"]
    assert (item["round"], item["format"], item["outcome"]) == ("final", "in-person", "rejected")


@pytest.mark.parametrize("language", FILES)
@pytest.mark.parametrize("other", FILES)
def test_every_value_is_read_in_every_language(tmp_path: Path, language: str, other: str) -> None:
    vault = make_vault(tmp_path, settings=f"language: {language}\n").open()
    words = load_words(other)
    for key, values in (("round", (*ROUNDS, CHAT)), ("format", FORMATS), ("outcome", OUTCOMES)):
        for value in values:
            text = f"---\ntype: debrief\ncompany: A\ndate: 2026-11-20\n{key}: {words.write(key, value)}\n---\n"
            found = read_note("a.md", text.encode(), vault.rules)
            assert (getattr(found.noun, key), found.problems) == (value, ()), (key, value)


def test_the_users_own_rounds_come_first(tmp_path: Path) -> None:
    vault = make_vault(tmp_path, settings="language: de\nrounds: [Telefonat, Fachgespräch]\n")
    vault.write("a.md", "---\ntype: debrief\ncompany: A\ndate: 2026-11-20\nround: fachgespräch\n---\n")
    [debrief] = vault.open().debriefs
    assert debrief.round == "Fachgespräch"


# --- ticks, and a change of language ---------------------------------------------------------------------------------

NOTE = """---
type: debrief
company: Acme
date: 2026-11-20
outcome: {outcome}
---

## {heading}

- [ ] Mappe schicken, {due} 2026-11-27
- [ ] Anrufen, {due} 2026-11-26
- [ ] Anrufen, {due} 2026-11-30
- [x] Lesen, {due} 2026-11-21 ✅ 2026-11-24
- [/] Schreiben
- [-] Warten ❌ 2026-11-23
"""
IN = {
    "en": {"outcome": "waiting", "heading": "Follow-ups", "due": "due"},
    "de": {"outcome": "offen", "heading": "Naechste Schritte", "due": "fällig"},
}


def lay(vault: SmallVault, language: str) -> None:
    vault.write("a.md", NOTE.format(**IN[language]))
    vault.write("S.md", f"# S\n\n{block('follow-ups')}")
    vault.write("jobvault.yaml", f"language: {language}\nlinks: wiki\n")
    vault.summarize()


def test_states_are_said_and_read_in_german(german: SmallVault) -> None:
    lay(german, "de")
    text = german.read("S.md")
    assert "- [x] Lesen · Acme · erledigt am Di 24. Nov. 2026 · [[a]]" in text
    assert "- [/] Schreiben · Acme · begonnen · [[a]]" in text
    assert "- [-] Warten · Acme · gestrichen am Mo 23. Nov. 2026 · [[a]]" in text
    german.edit("S.md", "- [x] Lesen", "- [ ] Lesen")
    german.edit("S.md", "- [/] Schreiben", "- [x] Schreiben")
    german.edit("S.md", "- [-] Warten", "- [ ] Warten")
    german.edit("S.md", "- [ ] Mappe", "- [-] Mappe")
    german.summarize()
    for line in ("- [ ] Lesen,", "- [x] Schreiben", "- [ ] Warten", "- [-] Mappe schicken, fällig 2026-11-27"):
        assert line in german.read("a.md")
    before = german.bytes()
    german.summarize()
    assert german.bytes() == before


@pytest.mark.parametrize(("before", "after"), [("en", "de"), ("de", "en")])
def test_a_tick_in_a_block_of_another_language_is_carried(german: SmallVault, before: str, after: str) -> None:
    lay(german, before)
    old = german.read("S.md")
    german.edit("S.md", "- [ ] Mappe", "- [x] Mappe")
    german.edit("S.md", "- [x] Lesen", "- [ ] Lesen")
    german.edit("S.md", "- [/] Schreiben", "- [x] Schreiben")
    line = next(line for line in old.split("\n") if "Anrufen" in line and "30" in line)
    german.edit("S.md", line, line.replace("[ ]", "[x]"))
    german.write("jobvault.yaml", f"language: {after}\nlinks: wiki\n")
    german.summarize()
    note = german.read("a.md")
    due = IN[before]["due"]
    assert f"- [x] Mappe schicken, {due} 2026-11-27" in note
    assert f"- [ ] Lesen, {due} 2026-11-21" in note
    assert "- [x] Schreiben" in note
    assert f"- [ ] Anrufen, {due} 2026-11-26\n- [x] Anrufen, {due} 2026-11-30" in note
    new = german.read("S.md")
    assert load_words(after).text("follow-ups.done") in new
    assert load_words(before).text("follow-ups.done") not in new
    assert new.count("jobvault:end") == 1
    assert new.rstrip().endswith("-->")


def test_a_tick_that_is_not_carried_is_kept_in_german_and_named(german: SmallVault) -> None:
    lay(german, "de")
    german.edit("S.md", "- [ ] Mappe", "- [x] Mappe")
    german.edit("a.md", "- [ ] Mappe schicken, fällig 2026-11-27\n", "")
    german.summarize()
    assert "\n> jobvault: nicht übertragen: - [x] Mappe schicken · Acme · " in german.read("S.md")
    [problem] = [problem for problem in german.open().problems if problem.code == "tick-left"]
    assert problem.quote.startswith("- [x] Mappe schicken")
    german.write("jobvault.yaml", "language: en\nlinks: wiki\n")
    assert [problem.code for problem in german.open().problems] == ["tick-left"]


def test_done_ticks_a_german_line(german: SmallVault) -> None:
    lay(german, "de")
    assert german.run("done", "mappe", "schicken").returncode == 0
    assert "- [x] Mappe schicken, fällig 2026-11-27 ✅ 2026-11-25" in german.read("a.md")


@pytest.mark.parametrize("due", ["fällig 2026-11-28", "fällig: 2026-11-28", "(fällig am 2026-11-28)", "faellig 2026-11-28",
                                 "due 2026-11-28", "📅 2026-11-28"])  # fmt: skip
def test_a_due_date_may_be_written_in_either_language(german: SmallVault, due: str) -> None:
    german.write("a.md", f"---\ntype: debrief\ncompany: A\ndate: 2026-11-20\n---\n\n## Zu tun\n\n- [ ] Mappe, {due}\n")
    [item] = german.open().follow_ups
    assert (item.due, fold(item.text)) == (dt.date(2026, 11, 28), "mappe")


@pytest.mark.parametrize("words", ["bis Freitag", "bis zum 28.11.", "fällig am 28. November", "fällig nächste Woche", "morgen",
                                   "bis 2026-11-28", "bis übermorgen", "spätestens Mo", "heute Abend"])  # fmt: skip
def test_a_deadline_in_words_is_named(german: SmallVault, words: str) -> None:
    german.write("a.md", f"---\ntype: debrief\ncompany: A\ndate: 2026-11-20\n---\n\n## Zu tun\n\n- [ ] Mappe {words}\n")
    [problem] = german.open().problems
    assert problem.code == "date-not-read"
    assert problem.hint == "Schreib es ans Ende der Zeile, etwa `fällig 2026-11-28`."


def test_a_note_may_mix_languages(german: SmallVault) -> None:
    german.write(
        "a.md",
        "---\ntype: debrief\ncompany: A\ndate: 2026-11-20\nround: technical\n---\n\n## Who I met\n\n### Jana Reiter\n\n"
        "- Bedenken: x\n  - My answer: y (holprig)\n\n## Wo ich schwach war\n\n- a\n\n## Takeaways\n\n- b (angewandt)\n",
    )
    [debrief] = german.open().debriefs
    assert debrief.people[0].concerns[0].replies[0].rough
    assert (len(debrief.weak), debrief.takeaways[0].applied) == (1, True)


def test_words_of_a_round_find_what_is_meant_in_either_language(german: SmallVault) -> None:
    lay(german, "de")
    german.edit("a.md", "company: Acme\n", "company: Acme\nround: Fachgespräch\n")
    vault = german.open()
    for round_ in ("fachgespräch", "technical"):
        assert [item.text for item in find(vault, ["schreiben", round_], "done")] == ["Schreiben"]
        assert [debrief.path for debrief in debriefs_meant(vault, f"acme {round_}", lambda _: ())] == ["a.md"]
    assert rounds(vault)[:3] == ("Erstgespräch", "Führungskraft", "Fachgespräch")
