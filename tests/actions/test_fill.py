"""What was said → a note → what the reader gives back: exactly what was said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jobvault.actions.answers import Answers, read_felt, with_mark
from jobvault.actions.introductions import read_introductions
from jobvault.actions.record import Recorded, planned
from jobvault.actions.room import Room, gather
from jobvault.actions.scaffold import Request
from jobvault.actions.thoughts import thoughts
from jobvault.actions.vault import Vault
from jobvault.model import Debrief
from jobvault.notes.reading import read_note
from tests.small_vault import TODAY, make_vault

REQUEST = Request("Acme", TODAY, round="panel")

ODD = (
    "# hash", "## Takeaways", "---", "===", "***", "- - -", "<!-- x", "--> y", "<!-- jobvault:begin takeaways -->", "%% x %%", "- [ ] x",
    "[x] y", "> quoted", "```", "~~~ python", "1. one", "10. December", "| a | b |", "|---|---|", "[a]: b", "[^1]: note", "<div>", "</b>",
    "<script>alert(1)</script>", "a <b> c", "List<String>", "`<b>`", "``", "`", "a `b", "\\", "\\\\", "a\\", "*", "**bold**", "_x_", "[[Dana]]",
    "[[Dana", "](x)", "![[x]]", "^block", "words ^id", "#tag", "at the end #tag #two", "#1", "C#", "🙂 fine 👍🏽", "👨‍👩‍👧", "שלום עולם", "مرحبا",
    "\u200frtl", "tab\there", "nul\0nul", "esc\x1b[31mred\x1b[0m", "\x07", "“smart” ‘quotes’ — dash…", "latin \udce9", "\ud800", "\u2028line\u2029sep",
    "\x85nel", "vt\x0bff\x0c", "a:: b", "due:: 2026-11-30", "Concern: x", "📅 2026-11-30", "📅", "due 2026-11-30", "(rough)", "x (rough)", "x (owed) #a",
    "x (applied)", "{{ x }}", "<% x %>", "$x$", "&amp; &lt;", "x" * 5000, "word " * 4000, "{% raw %}", ": x", "a : b", "\ufeffbom", "i. e. 5) x", "+", "- ", "•",
)  # fmt: skip

CHARACTERS = st.one_of(
    st.sampled_from(list("#->*+_`~[]()<>!|:=%^\\/\"' \t.;,&$@{}0123456789xabdA")),
    st.characters(),
    st.sampled_from(["\udce9", "\ud800", "\0", "\x1b", "\u200f", "\u2028", "\x85", "🙂"]),
)
LINE = st.one_of(
    st.sampled_from(ODD),
    st.text(CHARACTERS, max_size=40),
    st.tuples(st.sampled_from(ODD), st.sampled_from(ODD)).map(" ".join),
)
TEXT = st.one_of(LINE, st.tuples(LINE, st.sampled_from(["\n", "\r\n", "\r", "\n\n"]), LINE).map("".join))
TEXTS = st.lists(TEXT, max_size=3).map(tuple)


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    return make_vault(tmp_path_factory.mktemp("vault")).open()


def room_of(vault: Vault, *lines: str) -> Room:
    return gather(read_introductions(lines, vault.words, lambda _: False))


def read(vault: Vault, recorded: Recorded) -> Debrief:
    """Return what the reader says of the note; it must be clean, and no problem may be ours."""
    text = recorded.new.decode("utf-8")
    controls = {char for char in text if ord(char) < 32 or 127 <= ord(char) < 160} - {"\n"}
    reading = read_note(recorded.path, recorded.new, vault.rules)
    problems = {problem.code for problem in reading.problems} - {"no-such-date"}
    strange = [item.text for item in reading.follow_ups if item.due is None]
    assert (controls, problems, strange) == (set(), set(), [])
    assert isinstance(reading.noun, Debrief)
    return reading.noun


def bare(text: str) -> str:
    """Return words without blanks, and without the backslashes that keep them words."""
    return "".join(text.replace("\\", "").split())


def assert_same(read_back: Iterable[tuple[str, tuple[str, ...]]], said: Iterable[str]) -> None:
    """Hold that the words are those said; what they lack at the end is the tags that stood there. Short when it fails."""
    for (text, tags), line in zip(read_back, said, strict=True):
        whole, rest = bare(line), bare(line)[len(bare(text)) :]
        assert whole.startswith(bare(text)), (text[:80], line[:80])
        assert {tag.casefold() for tag in rest.split("#") if tag} <= {tag.casefold() for tag in tags}, (
            text[:80],
            line[:80],
        )


def assert_read_back(vault: Vault, answers: Answers) -> None:
    recorded = planned(vault, REQUEST, None, Room(), answers)
    note = read(vault, recorded)
    questions = [with_mark(line, vault.words) for line in thoughts(answers.asked)]
    for question, line in zip(note.questions, questions, strict=True):
        assert bare(line).startswith(bare(question.text)), (question.text[:80], line[:80])
    assert_same([(remark.text, remark.tags) for remark in note.strong], thoughts(answers.strong))
    assert_same([(remark.text, remark.tags) for remark in note.weak], thoughts(answers.weak))
    takeaways = [(takeaway.text + " (applied)" * takeaway.applied, takeaway.tags) for takeaway in note.takeaways]
    assert_same(takeaways, thoughts(answers.takeaways))
    felt, words = read_felt(answers.overall)
    assert note.felt == felt
    same = bare(note.overall) == bare("".join(words))
    assert same, (note.overall[:80], words[:3])
    assert not (note.noticed or note.open_questions or note.told or note.people)
    assert (recorded.tally.questions, recorded.tally.felt, recorded.tally.overall) == (len(questions), felt, len(words))


@settings(max_examples=80)
@given(st.builds(Answers, people=st.just(()), asked=TEXTS, strong=TEXTS, weak=TEXTS, overall=TEXTS, takeaways=TEXTS))
def test_what_was_said_is_read_back_as_it_was_said(vault: Vault, answers: Answers) -> None:
    assert_read_back(vault, answers)


def test_odd_lines_are_read_back_as_they_were_said(vault: Vault) -> None:
    assert_read_back(vault, Answers((), ODD, ODD, ODD, ODD, ODD))


@pytest.mark.parametrize("settings_", ["language: de\n", "links: markdown\ndates: dataview\n", "dates: plain\n"])
@pytest.mark.parametrize("template", ["short", "full"])
def test_every_vault_takes_what_was_said(tmp_path: Path, settings_: str, template: str) -> None:
    other = make_vault(tmp_path, settings=settings_).open()
    lines = ("Dana Reyes, VP: short stints", "?, SRE: # hash", "Cares about: [[tests]]")
    said = ("Why us? - rough", "# hash", "- [ ] x")
    request = replace(REQUEST, template=template)
    recorded = planned(other, request, None, room_of(other, *lines), Answers(lines, said, said, said, said, said))
    note = read(other, recorded)
    assert [(met.name, len(met.concerns)) for met in note.people] == [("Dana Reyes", 1), (None, 1)]
    assert [len(found) for found in (note.questions, note.strong, note.weak, note.takeaways)] == [3] * 4
    assert note.questions[0].mark == "rough"


@settings(max_examples=60)
@given(
    st.lists(
        LINE | st.sampled_from(("Dana Reyes", "Dana Reyes, VP: x", "Dana", "?, SRE: y", "[[Tom Ek]]: z")), max_size=5
    )
)
@example(["Dana Reyes: # hash; - [ ] x; <!-- y", "---", "Cares about: tests"])
def test_whoever_was_named_is_read_back_with_what_was_said_of_them(vault: Vault, lines: list[str]) -> None:
    room = room_of(vault, *lines)
    recorded = planned(vault, REQUEST, None, room, Answers(people=tuple(lines)))
    note = read(vault, recorded)
    assert len(note.people) == recorded.tally.people == len(room.people)
    concerns = [text for one in room.people for label, text in one.words if label == "concern"]
    assert sum(len(met.concerns) for met in note.people) == len(concerns)
    whole = bare(recorded.new.decode())
    said = [*concerns, *(text for _, text in room.words), *(one.guest.name for one in room.people)]
    assert not [text[:80] for text in said if bare(text) not in whole][:3]


def test_200_pasted_lines_are_200_questions(vault: Vault) -> None:
    lines = "\r\n".join(f"- Question {number}? (ok)" for number in range(200))
    note = read(vault, planned(vault, REQUEST, None, Room(), Answers(asked=(lines,))))
    assert [question.text for question in note.questions] == [f"Question {number}?" for number in range(200)]


def test_a_line_longer_than_a_note_reads_is_parted_and_whole(vault: Vault) -> None:
    line = "- word " * 7000
    note = read(vault, planned(vault, REQUEST, None, Room(), Answers(takeaways=(line,))))
    assert [bare(takeaway.text) for takeaway in note.takeaways] == [bare(line.removeprefix("- "))]
