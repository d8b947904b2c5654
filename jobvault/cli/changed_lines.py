"""What an edit changes in a note, as ``--dry-run`` shows it: place by place, what goes and what comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jobvault.cli.screen import Screen


def show_changed_lines(screen: Screen, path: str, before: bytes, after: bytes) -> None:
    """Show the lines that go and those that come."""
    from difflib import SequenceMatcher

    from jobvault.notes.lines import split_lines
    from jobvault.notes.note import decode, shown

    old, new = (split_lines(shown(decode(data))) for data in (before, after))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        screen.say(f"{path}:{j1 + 1}")
        for row in old[i1:i2]:
            screen.say(f"- {row}".rstrip(), fg="red")
        for row in new[j1:j2]:
            screen.say(f"+ {row}".rstrip(), fg="green")
