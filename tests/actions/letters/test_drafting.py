"""Drafting letters: which kind fits, to whom, where they go, and with whose sentences."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from jobvault.actions.initialize import lay_down
from jobvault.actions.letters.checking import check_letters
from jobvault.actions.letters.drafting import Drafting, plan, write
from jobvault.actions.vault_templates import template_problems
from jobvault.errors import TemplateError
from jobvault.letters.fragments import sentences_of
from jobvault.model import LETTER_KINDS, Letter
from jobvault.notes.reading import read_note
from jobvault.vault.shipped import read_template
from jobvault.words import fold
from tests.small_vault import REPOSITORY, SmallVault, debrief, make_vault

PANEL = "Debriefs/2026-11-23 Acme panel.md"
BODY = """\
## People met

### [[Dana Reyes]], VP Engineering

- Cares about: releases by daylight
- Concern: No management experience

### Tom Ito

- We talked about: his canary
- Next step: a call
"""
OWN = "Templates/jobvault/letters/en.yaml"
MONDAY = dt.date(2026, 11, 25)


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(
        tmp_path / "vault",
        {PANEL: debrief("Acme", "2026-11-23", body=BODY), "People/Dana Reyes.md": "---\ntype: person\n---\n"},
        settings="links: wiki\nletters:\n  name: Robin Vale\n",
    )


def planned(vault: SmallVault, today: dt.date = MONDAY, path: str = PANEL, **asked: str) -> Drafting:
    opened = vault.open(today)
    about = opened.search.debrief_of(path)
    assert about is not None
    return plan(opened, about, **asked)


def letter(to: str, status: str = "sent", kind: str = "thank-you") -> str:
    return f'---\ntype: letter\nto: {to}\ndebrief: "[[2026-11-23 Acme panel]]"\nkind: {kind}\nstatus: {status}\n---\n\nDear {to},\n'


# --- which kind, to whom ----------------------------------------------------------------------------------------------


def test_thanks_come_first_and_to_everybody(vault: SmallVault) -> None:
    found = planned(vault)
    assert (found.kind, found.why) == ("thank-you", "thanks")
    assert [draft.to for draft in found.drafts] == ["Dana Reyes", "Tom Ito"]


def test_after_a_rejection_one_writes_to_the_main_contact(vault: SmallVault) -> None:
    vault.edit(PANEL, "outcome: waiting", "outcome: rejected")
    found = planned(vault)
    assert (found.kind, found.why) == ("after-rejection", "rejected")
    assert [draft.to for draft in found.drafts] == ["Tom Ito"]
    vault.write("People/Dana Reyes.md", "---\ntype: person\nemail: dana@acme.example\n---\n")
    assert [draft.to for draft in planned(vault).drafts] == ["Dana Reyes"]
    assert [draft.to for draft in planned(vault, to="tom").drafts] == ["Tom Ito"]


def test_once_the_promised_day_has_passed_one_asks(vault: SmallVault) -> None:
    vault.edit(PANEL, "outcome: waiting", "outcome: waiting\nhear_by: 2026-11-25")
    assert planned(vault).kind == "thank-you"
    late = planned(vault, dt.date(2026, 11, 26))
    assert (late.kind, late.why) == ("check-in", "promise-passed")
    assert "Wednesday, 25 November" in late.drafts[0].text


def test_once_all_are_thanked_one_asks(vault: SmallVault) -> None:
    vault.write("Letters/a.md", letter("Dana Reyes"))
    assert planned(vault).kind == "thank-you"
    with (vault.root / PANEL).open("a") as file:
        file.write("\n## Follow-ups\n\n- [x] Thank-you to Tom Ito ✅ 2026-11-24\n")
    found = planned(vault)
    assert (found.kind, found.why) == ("check-in", "thanked")
    vault.edit(PANEL, "outcome: waiting", "outcome: advanced")
    assert planned(vault).kind == "thank-you"


@pytest.mark.parametrize("kind", LETTER_KINDS)
def test_each_kind_can_be_named(vault: SmallVault, kind: str) -> None:
    found = planned(vault, kind=kind.upper().replace("-", " "))
    assert (found.kind, found.why) == (kind, "named")
    people = {"thank-you": ["Dana Reyes", "Tom Ito"], "concern": ["Dana Reyes"]}
    assert [draft.to for draft in found.drafts] == people.get(kind, ["Tom Ito"])


def test_a_letter_of_another_kind_is_no_hindrance(vault: SmallVault) -> None:
    vault.write("Letters/a.md", letter("Dana Reyes"))
    vault.write("Letters/b.md", letter("Tom Ito", "draft", "thanks"))
    found = planned(vault, kind="thank-you")
    assert [(there.path, there.sent) for there in found.there] == [("Letters/a.md", True), ("Letters/b.md", False)]
    assert not found.drafts
    assert planned(vault, kind="concern").drafts


def test_an_alias_and_a_name_without_accents_mean_the_same_person(vault: SmallVault) -> None:
    vault.write("People/Dana Reyes.md", "---\ntype: person\naliases: [Dee]\n---\n")
    assert [draft.to for draft in planned(vault, to="Dee").drafts] == ["Dana Reyes"]
    assert [draft.to for draft in planned(vault, to="dana reyes").drafts] == ["Dana Reyes"]


def test_a_check_in_that_was_sent_leaves_room_for_the_next_one_in_other_words(vault: SmallVault) -> None:
    with (vault.root / PANEL).open("a") as file:
        file.write("\n## Follow-ups\n\n- [x] Thank-you to everybody ✅ 2026-11-24\n")
    first = planned(vault, dt.date(2026, 11, 30)).drafts[0]
    vault.write(first.path, first.text)
    assert [there.sent for there in planned(vault, dt.date(2026, 12, 10)).there] == [False]
    vault.write(
        first.path, re.sub("(?m)^sent:.*$", "sent: 2026-11-30", first.text.replace("status: draft", "status: sent"))
    )
    assert planned(vault, dt.date(2026, 12, 1)).why == "asked-lately"
    second = planned(vault, dt.date(2026, 12, 10)).drafts[0]
    assert second.path == "Letters/2026-12-10 Check-in Tom Ito.md"
    shared = set(sentences_of(first.text.split("Dear Tom,")[1])) & set(sentences_of(second.text.split("Dear Tom,")[1]))
    assert not {sentence for sentence in shared if "Robin Vale" not in sentence}
    vault.write(
        second.path, re.sub("(?m)^sent:.*$", "sent: 2026-12-10", second.text.replace("status: draft", "status: sent"))
    )
    late = planned(vault, dt.date(2026, 12, 20))
    assert (late.why, late.drafts) == ("asked-enough", ())
    assert [draft.to for draft in planned(vault, dt.date(2026, 12, 20), kind="check-in").drafts] == ["Tom Ito"]


def test_who_was_thanked_by_a_ticked_task_gets_no_thanks_unless_named(vault: SmallVault) -> None:
    with (vault.root / PANEL).open("a") as file:
        file.write("\n## Follow-ups\n\n- [x] Thank-you to Tom ✅ 2026-11-24\n- [-] Thank-you to Dana\n")
    found = planned(vault, kind="thank-you")
    assert [(one.to, one.task.status) for one in found.settled] == [("Dana Reyes", "cancelled"), ("Tom Ito", "done")]
    assert not found.drafts
    assert [draft.to for draft in planned(vault, kind="thank-you", to="tom").drafts] == ["Tom Ito"]


@pytest.mark.parametrize("outcome", ["no-reply", "withdrawn"])
def test_what_has_ended_owes_no_letter_unless_its_kind_is_named(vault: SmallVault, outcome: str) -> None:
    vault.edit(PANEL, "outcome: waiting", f"outcome: {outcome}")
    assert (planned(vault).why, planned(vault).drafts) == ("ended", ())
    assert planned(vault, kind="thank-you").drafts


def test_who_is_left_out_is_named(vault: SmallVault) -> None:
    assert planned(vault, kind="check-in").others == ("Dana Reyes",)
    assert planned(vault, kind="check-in", to="tom").others == ()


# --- what is written --------------------------------------------------------------------------------------------------


def test_a_taken_name_gets_a_letter(vault: SmallVault) -> None:
    vault.write("Letters/2026-11-25 thank-you dana reyes.md", "mine\n")
    found = planned(vault)
    assert [draft.path for draft in found.drafts] == [
        "Letters/2026-11-25 Thank-you Dana Reyes b.md",
        "Letters/2026-11-25 Thank-you Tom Ito.md",
    ]


def test_a_letter_to_one_is_the_same_as_among_all(vault: SmallVault) -> None:
    every = {draft.to: draft.text for draft in planned(vault).drafts}
    assert planned(vault, to="tom").drafts[0].text == every["Tom Ito"]
    vault.write("Letters/a.md", letter("Dana Reyes"))
    assert planned(vault).drafts[0].text == every["Tom Ito"]


def test_in_a_vault_of_markdown_links_the_letter_finds_its_debrief(vault: SmallVault) -> None:
    vault.write("jobvault.yaml", "links: markdown\n")
    opened = vault.open(MONDAY)
    drafting = planned(vault)
    write(opened, drafting)
    text = vault.read(drafting.drafts[0].path)
    assert "\nto: Dana Reyes\n" in text
    again = vault.open(MONDAY)
    assert [again.search.debrief_of(one.path).path for one in again.search.letters] == [PANEL, PANEL]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "name", ["陈伟", "Zoë d'Ør-Šimić", "😀 Ann", "x" * 150, "A: B", "- Ann", "[Ann] (b)", "A {{b}} C"]
)
def test_any_name_gets_a_letter_that_is_read_back(vault: SmallVault, name: str) -> None:
    vault.write(PANEL, debrief("Acme", "2026-11-23", body=f"## People met\n\n### {name}\n\n- Concern: {name} #x\n"))
    opened = vault.open(MONDAY)
    about = opened.search.debrief_of(PANEL)
    assert about is not None
    found = plan(opened, about, kind="concern")
    noun = read_note(found.drafts[0].path, found.drafts[0].text.encode(), opened.rules).noun
    assert isinstance(noun, Letter)
    assert noun.status == "draft"


def test_a_german_vault_gets_german_letters(tmp_path: Path) -> None:
    folder = tmp_path / "german"
    shutil.copytree(REPOSITORY / "tests/golden/german", folder)
    vault = SmallVault(folder)
    found = planned(vault, path="Nachbereitungen/2026-11-19 Nordwinkel Bahn Fachgespräch.md")
    assert [draft.path for draft in found.drafts] == [
        "Briefe/2026-11-25 Dank Mareike Voss.md",
        "Briefe/2026-11-25 Dank Mareike Quast.md",
    ]
    assert [there.to for there in found.there] == ["Hinnerk Tjaden"]
    assert "\nkind: Dank\n" in found.drafts[0].text
    assert "\nstatus: Entwurf\n" in found.drafts[0].text
    assert "Guten Tag Mareike Voss," in found.drafts[0].text


# --- the vault's own sentences ----------------------------------------------------------------------------------------


def test_own_sentences_and_kinds_are_used(vault: SmallVault) -> None:
    vault.write(
        OWN,
        "greeting: 'Hello {first},'\nparts:\n  please: ['Would you be a reference for me?']\nkinds:\n"
        "  reference:\n    word: Reference\n    parts: [reminder, please, close]\n",
    )
    found = planned(vault, kind="reference", to="dana")
    assert found.drafts[0].path == "Letters/2026-11-25 Reference Dana Reyes.md"
    assert "\nkind: Reference\n" in found.drafts[0].text
    assert "Hello Dana,\n" in found.drafts[0].text
    assert "Would you be a reference for me?" in found.drafts[0].text
    write(vault.open(MONDAY), found)
    assert planned(vault, kind="Reference", to="dana").there


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("parts:\n  owed:\n    - I owe you.\n", 3, "must name {question}"),
        ("kinds:\n  own:\n    parts:\n      - opening\n      - odd\n", 5, "no sentences for the part `odd`"),
        ("parts: &a {}\n", 1, "Anchors"),
        ("parts: {}\nparts: {}\n", 2, "stands here again"),
        ("parts: [\n", 2, "no valid YAML"),
        ("gaps:\n  owed: {}\n", 2, "a sentence is expected"),
        ("x" * 300_000, None, "MiB"),
    ],
)
def test_a_mistake_in_them_is_named_with_file_and_line(
    vault: SmallVault, text: str, line: int | None, what: str
) -> None:
    vault.write(OWN, text)
    with pytest.raises(TemplateError, match=re.escape(what)) as error:
        planned(vault)
    assert (error.value.path, error.value.line) == (OWN, line)
    problems = list(template_problems(vault.open(MONDAY)))
    assert [(one.path, one.line, one.code) for one in problems] == [(OWN, line, "template")]


def test_a_file_of_no_language_is_named(vault: SmallVault) -> None:
    vault.write("Templates/jobvault/letters/eng.yaml", "parts: {}\n")
    assert [one.code for one in template_problems(vault.open(MONDAY))] == ["template-name"]


def test_a_copy_of_ours_changes_nothing(vault: SmallVault) -> None:
    before = planned(vault)
    lay_down(vault.root, templates=True)
    assert vault.read(OWN) == read_template("letters/en.yaml")
    assert planned(vault) == before
    assert list(template_problems(vault.open(MONDAY))) == []


def test_in_a_language_without_sentences_one_writes_english_and_is_told(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobvault.actions.letters.sentences.sentence_languages", lambda: ("en",))
    vault.write("jobvault.yaml", "language: de\nlinks: wiki\n")
    found = planned(vault)
    assert found.english
    assert "Dear Dana," in found.drafts[0].text
    vault.write("Templates/jobvault/letters/de.yaml", "greeting: 'Hallo {first},'\n")
    own = planned(vault)
    assert not own.english
    assert "Hallo Dana," in own.drafts[0].text


# --- the sample vault -------------------------------------------------------------------------------------------------

FILLED = {
    "Kwabena": {
        "sentence or two": "I would leave if there was nobody left to argue with.",
        "strengths": "It took me four minutes at the board to see a step without an owner.",
    },
    "Marisol": {
        "So far you had": "We had two real nights in thirty-one weeks. For nineteen people I would split on-call into "
        "two layers, with one handover a day.",
    },
    "Tomasz": {
        "strengths": 'Being "nobody\'s manager" taught me to lead by a written plan.',
    },
}
RICHEST = "Debriefs/2026-11-23 Acme Robotics panel.md"


@pytest.fixture
def sample(tmp_path: Path) -> SmallVault:
    shutil.copytree(REPOSITORY / "sample-vault", tmp_path / "sample")
    return SmallVault(tmp_path / "sample")


def test_the_richest_rounds_letters_share_no_sentence_and_have_their_own_topics(sample: SmallVault) -> None:
    found = planned(sample, path=RICHEST)
    assert [draft.to for draft in found.drafts] == ["Kwabena Osafo", "Marisol Dunne", "Tomasz Zarek"]
    topics = {"Kwabena": "your postmortem", "Marisol": "releases on a weekday", "Tomasz": "you have to wait for"}
    counts: Counter[str] = Counter()
    for draft in found.drafts:
        paragraphs = draft.text.split("---\n\n", 1)[1].split("\n\n")[1:-1]
        body = " ".join(one for one in paragraphs if not one.startswith("<!--"))
        own = topics[draft.to.split()[0]]
        assert [topic for topic in topics.values() if topic in body] == [own]
        counts.update({fold(sentence) for sentence in sentences_of(body)})
        assert len(body.split()) < 130
    assert [sentence for sentence, times in counts.items() if times > 1] == []


def test_the_richest_rounds_letters_pass_the_check_once_their_gaps_are_filled(sample: SmallVault) -> None:
    drafting = planned(sample, path=RICHEST)
    write(sample.open(MONDAY), drafting)
    for draft in drafting.drafts:
        text = sample.read(draft.path)
        answers = FILLED[draft.to.split()[0]]
        assert draft.gaps == len(answers)
        for said, words in answers.items():
            text, times = re.subn(rf"<!--[^>]*{re.escape(said)}[^>]*-->", words, text)
            assert times == 1, (said, text)
        sample.write(draft.path, text)
    opened = sample.open(MONDAY)
    mine = [one for one in opened.search.letters if one.path in {draft.path for draft in drafting.drafts}]
    findings = [
        (one.to, finding.code, finding.quote) for one in check_letters(opened, mine) for finding in one.findings
    ]
    assert findings == []
