"""A debrief made on a phone from Obsidian's core template alone: what is in it is read or named, nothing is silent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.small_vault import SmallVault, debrief, make_vault

NOTE = "Debriefs/acme monday.md"
TYPED = {
    "company:": "company: acme robtics",
    "round:": "round: pannel discussion",
    "felt:": "felt: 4/5",
    "hear_by:": "hear_by: friday",
}
WORDS = {
    "People met": "Dana Reyes VP eng\nshe worries i leave after a year\nTom",
    "What they asked": "design a queue (ok)\non call story (ruogh)\nwhy leave",
    "What I noticed": "calm team\nwho does on-call?",
    "Where I was strong": "-",
    "Where I was weak": "system design #sysdesign",
    "Overall": "fine, really",
    "Takaways": "draw first\ncount to two (aplied)",
    "Follow-ups": (
        "- [ ] send portfolio 📅 2026-11-25 to Dana\nsend CV by friday\n-[ ] thank Tom\ncall the recruiter tomorrow\n"
        "- [ ] send the slides 2026-11-29 as a PDF\nask for the name due 2026-11-27"
    ),
}


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    """Return a vault with the debrief as it came from the phone."""
    made = make_vault(tmp_path, {"Debriefs/2026-11-20 Acme Robotics technical.md": debrief("Acme Robotics")})
    made.write("Debriefs/2026-11-19 Acme Robotics panel.md", debrief("Acme Robotics", "2026-11-19", takeaways="- Go\n"))
    (made.root / ".obsidian").mkdir()
    assert made.run("init", str(made.root), "--obsidian").returncode == 0
    template = next(path for path in (made.root / "Templates").rglob("*.md") if "<%" not in path.read_text("utf-8"))
    text = re.sub(r"\{\{date(?::[^}]*)?\}\}", "2026-11-23", template.read_text("utf-8")).replace(
        "{{title}}", "acme monday"
    )
    for line, typed in TYPED.items():
        text, count = re.subn(rf"(?m)^{re.escape(line)}.*$", typed, text)
        assert count == 1, line
    for heading, words in WORDS.items():
        found = "Takeaways" if heading == "Takaways" else heading
        text, count = re.subn(
            rf"(?m)^## {found}\n(\n<!--.*-->\n)?", lambda m, h=heading, w=words: f"## {h}\n{m[1] or ''}{w}\n", text
        )
        assert count == 1, heading
    made.write(NOTE, text)
    return made


def test_what_is_read_is_read(vault: SmallVault) -> None:
    found = next(d for d in vault.open().debriefs if d.path == NOTE)
    assert [met.name for met in found.people] == ["Dana Reyes VP eng", "Tom"]
    assert [note.text for note in found.people[0].notes] == ["she worries i leave after a year"]
    assert [(q.text, q.mark) for q in found.questions] == [
        ("design a queue", "ok"),
        ("on call story (ruogh)", None),
        ("why leave", None),
    ]
    assert [r.text for r in found.noticed] == ["calm team"]
    assert [r.text for r in found.open_questions] == ["who does on-call?"]
    assert found.strong == ()
    assert [(r.text, r.tags) for r in found.weak] == [("system design", ("sysdesign",))]
    assert found.overall == "fine, really"
    assert found.felt == 4
    assert [item.text for item in vault.open().follow_ups if item.path == NOTE] == [
        "send portfolio 📅 2026-11-25 to Dana",
        "send CV by friday",
        "-[ ] thank Tom",
        "call the recruiter tomorrow",
        "send the slides 2026-11-29 as a PDF",
        "ask for the name",
    ]


def test_what_is_not_read_is_named_at_its_line(vault: SmallVault) -> None:
    lines = vault.read(NOTE).split("\n")
    said = {(p.code, lines[p.line - 1] if p.line else "") for p in vault.open().problems if p.path == NOTE}
    assert said == {
        ("near-company", ""),
        ("bad-value", "hear_by: friday"),
        ("near-mark", "on call story (ruogh)"),
        ("near-heading", "## Takaways"),
        ("date-not-at-end", "- [ ] send portfolio 📅 2026-11-25 to Dana"),
        ("date-not-read", "send CV by friday"),
        ("near-box", "-[ ] thank Tom"),
        ("date-not-read", "call the recruiter tomorrow"),
        ("date-not-read", "- [ ] send the slides 2026-11-29 as a PDF"),
    }


def test_no_line_that_was_typed_is_silent(vault: SmallVault) -> None:
    shown = vault.run("inspect", str(vault.root / NOTE)).stdout
    named = {int(m) for m in re.findall(rf"{re.escape(NOTE)}:(\d+):", shown)}
    heading = vault.read(NOTE).split("\n").index("## Takaways") + 1
    for row in re.findall(r"(?m)^ *(\d+)  (\S.*?)  +(\S.*)$", shown):
        number, read, words = int(row[0]), row[1], row[2]
        below = number > heading and number < heading + 5 and heading in named  # its heading is named
        assert read not in {"-", "paragraph", "bullet"} or number in named or below, words


def test_a_summary_says_all_of_it(vault: SmallVault) -> None:
    vault.run("summarize")
    text = vault.read("Summaries/Follow-ups.md")
    assert "Needs attention" in text
    assert "Takaways" in text
