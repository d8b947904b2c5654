"""A follow-up that is there is given its day, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobvault.errors import RefusedError
from jobvault.model import FollowUp
from jobvault.notes.edits.due import set_due
from jobvault.notes.note import Note, encode
from tests.notes.awkward_notes import notes
from tests.notes.written import WORDS, debrief_text, parsed, reading

DAY = date(2026, 11, 30)
EMOJI = f" 📅 {DAY}"
FORMS = (EMOJI, f", due {DAY}", f"  [due:: {DAY}]")


def follow_ups(note: Note) -> tuple[FollowUp, ...]:
    return reading(encode(note.text).decode("utf-8", "surrogateescape")).follow_ups


@pytest.mark.parametrize(
    ("line", "field", "after"),
    [
        ("- [ ] Send it", EMOJI, "- [ ] Send it 📅 2026-11-30"),
        ("- [ ] Send it", FORMS[1], "- [ ] Send it, due 2026-11-30"),
        ("- [ ] Send it.", FORMS[2], "- [ ] Send it.  [due:: 2026-11-30]"),
        ("- [/] Send it #deck  ", EMOJI, "- [/] Send it #deck 📅 2026-11-30  "),
        ("* Send it", EMOJI, "* Send it 📅 2026-11-30"),
        ("Send it", EMOJI, "Send it 📅 2026-11-30"),
        ("- [ ] Send it ^abc", EMOJI, "- [ ] Send it 📅 2026-11-30 ^abc"),
        ("- [ ] Send it 🔼 🛫 2026-11-20", FORMS[1], "- [ ] Send it 🔼 🛫 2026-11-20 📅 2026-11-30"),
        ("- [ ] Send it ✅ 2026-11-01 ^abc", EMOJI, "- [ ] Send it 📅 2026-11-30 ✅ 2026-11-01 ^abc"),
        ("- [ ] Send it  [priority:: high]", EMOJI, "- [ ] Send it  [priority:: high]  [due:: 2026-11-30]"),
        ("- [ ] Send it (start:: 2026-11-20)", EMOJI, "- [ ] Send it (start:: 2026-11-20)  (due:: 2026-11-30)"),
        ("- [ ] Send the long\n  one", EMOJI, "- [ ] Send the long 📅 2026-11-30\n  one"),
        ("- [ ] Send #123,", FORMS[1], "- [ ] Send #123,, due 2026-11-30"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_day_stands_where_tasks_writes_it(line: str, field: str, after: str, ending: str) -> None:
    text = debrief_text("\n## Follow-ups\n\n- [ ] One\n\n{}\n\n## Weak\n\n- x\n").replace("\n", ending)
    note = parsed(text.format(line.replace("\n", ending)))
    item = follow_ups(note)[1]
    new = set_due(note, item, DAY, field, WORDS)
    assert encode(new.text) == encode(text.format(after.replace("\n", ending)))
    assert [replace(found, due=None) for found in follow_ups(new)] == list(follow_ups(note))
    assert follow_ups(new)[1].due == DAY


def test_one_of_two_equal_lines_is_dated() -> None:
    note = parsed(debrief_text("\n## Follow-ups\n\n- [ ] Call\n- [ ] Call\n"))
    new = set_due(note, follow_ups(note)[1], DAY, EMOJI, WORDS)
    assert new.text.endswith("- [ ] Call\n- [ ] Call 📅 2026-11-30\n")


def test_what_would_change_more_is_refused_by_file_and_line() -> None:
    note = parsed(debrief_text("\n## Follow-ups\n\n- [ ] Call\n"))
    [item] = follow_ups(note)
    for wrong in (replace(item, line=1), replace(item, text="Mail")):
        with pytest.raises(RefusedError, match=f":{wrong.line}: .*without changing more"):
            set_due(note, wrong, DAY, EMOJI, WORDS)
    with pytest.raises(RefusedError, match="git conflict"):
        set_due(parsed(f"{note.text}\n<<<<<<< a\n=======\n>>>>>>> b\n"), item, DAY, EMOJI, WORDS)


@given(notes(), st.sampled_from(FORMS))
@settings(max_examples=200)
def test_any_follow_up_of_any_note_is_dated_alone_or_refused(text: str, field: str) -> None:
    note = parsed(text)
    for item in [item for item in reading(text).follow_ups if item.due is None][:3]:
        try:
            new = set_due(note, item, DAY, field, WORDS)
        except RefusedError:
            continue
        line = item.line
        assert new.lines[: line - 1] == note.lines[: line - 1]
        assert new.lines[line:] == note.lines[line:]
        dated = [found for found in follow_ups(new) if found.line == line and found.text == item.text]
        assert [(found.due, found.status, found.tags) for found in dated] == [(DAY, item.status, item.tags)]
