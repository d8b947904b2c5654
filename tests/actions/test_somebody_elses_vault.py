"""A vault where nearly all notes are none of ours: not a byte of theirs may change."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from tests.small_vault import SmallVault, block, debrief, make_vault

NOTES = 10_000
OURS = 10

ODD = (
    b"",
    b"\xef\xbb\xbf---\r\ntitle: BOM and CRLF\r\n---\r\n\r\nText\r\n",
    b"---\ntitle: never closed\n",
    b"---\n- a\n- list\n---\n",
    b"---\ntype: book\ntags: [a, b]\n---\n# Debriefing\n- [ ] read \xf0\x9f\x93\x85 2026-01-01\n",
    b"---\n\ntext\n\n---\nmore",
    b"\xff\xfe\x00binary\x00\x01",
    "Caf\xe9 ohne UTF-8\n".encode("latin-1"),
    b"no newline at the end",
    b"\r\rold\rMac\r",
    b"# Strengths\n\n# Overall\n\nan essay\n",
    b"```\n<!-- jobvault:begin takeaways -->\n```\n",
    b"---\n<% tp.file.title %>\n---\n{{title}}\n",
    b"---\n&a [*a, *a]: &b [*a]\n---\n",
    b"a\x00b\x0bc\xe2\x80\xa8d\n",
    b"---\ntype: [person, place]\nname: no\n---\n",
    b"- [ ] a task of somebody's \xf0\x9f\x93\x85 2020-01-01\n" * 50,
    b"<!-- a comment that never ends\n",
    b"<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n",
)


def foreign(seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield the notes of somebody else: mostly plain, some odd."""
    chance = random.Random(seed)
    for number in range(NOTES - OURS):
        folder = f"Folder {number % 97}/" + ("Deep/er/" if number % 11 == 0 else "")
        if number % 25 == 0:
            yield f"{folder}odd {number}.md", chance.choice(ODD)
        else:
            front = f"---\ntitle: Note {number}\ncreated: 2025-0{number % 9 + 1}-11\n---\n\n" if number % 3 else ""
            text = "".join(
                f"Line {chance.random()} of [[Note {chance.randrange(NOTES)}]]\n" for _ in range(number % 17)
            )
            yield f"{folder}Note {number}.md", f"{front}# Note {number}\n\n{text}".encode()


def ours(vault: SmallVault) -> None:
    """Write ten notes of ours among them."""
    for number in range(OURS - 2):
        day = f"2026-11-{number + 10}"
        text = debrief(
            "Acme", day, takeaways=f"- Lesson {number}\n", follow_ups=f"- [ ] Promise {number} 📅 2026-11-29\n"
        )
        vault.write(f"Folder {number}/{day} Acme.md", text)
    vault.write("Takeaways.md", f"# Takeaways\n\n{block('takeaways')}")
    vault.write("Follow-ups.md", f"# Follow-ups\n\n{block('follow-ups')}")


def test_summarize_leaves_every_foreign_note_with_the_same_bytes_and_mtime(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault")
    for path, data in foreign(7):
        vault.write(path, data)
    ours(vault)
    before = vault.bytes()
    assert len(before) == NOTES + 1
    summary = vault.open().summarize()
    after = vault.bytes()
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == {"Takeaways.md", "Follow-ups.md"}
    assert after.keys() == before.keys()
    assert "Lesson 3" in vault.read("Takeaways.md")
    assert "Promise 3" in vault.read("Follow-ups.md")
    assert {p.path for p in summary.problems} <= {f"Folder {n}/2026-11-{n + 10} Acme.md" for n in range(OURS)}
    assert not vault.open().summarize().changes
    assert vault.bytes() == after
