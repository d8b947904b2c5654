"""An editor that saves a note again and again, each time with a word more; for the tests of saves that meet edits.

Run as ``saver.py NOTE COUNT SEED STYLE…``. It prints each word with the style in which it was saved.
"""

import os
import random
import sys
import time
from pathlib import Path

STYLES = ("rename", "in-place", "append", "update", "twice")
"""``update`` opens for reading and writing; ``twice`` is a save by rename with one in place right behind it."""


def save(note: Path, style: str, words: list[str], dice: random.Random) -> None:
    """Add words to a note as an editor of that style does: it reads the whole, and writes the whole."""
    added = "".join(f"{word}\n" for word in words).encode()
    if style == "append":
        with note.open("ab") as file:
            file.write(added)
    elif style == "update":
        with note.open("r+b") as file:
            text = file.read() + added
            _dawdle(dice)
            file.seek(0)
            file.write(text)
            file.truncate()
    elif style == "rename":
        temp = note.with_name("editor.tmp")
        temp.write_bytes(note.read_bytes() + added)
        _dawdle(dice)
        os.replace(temp, note)
    else:
        text = note.read_bytes() + added
        half = len(text) // 2
        with note.open("wb", buffering=0) as file:
            _dawdle(dice)
            file.write(text[:half])
            _dawdle(dice)
            file.write(text[half:])


def _dawdle(dice: random.Random) -> None:
    """Take a moment of a random length, as a busy machine may."""
    time.sleep(dice.choice((0, 0, 0.0001, 0.001)))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Save as often as was asked, and say what was saved."""
    note, count, dice = Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
    _say("ready")
    for number in range(count):
        style = dice.choice(sys.argv[4:])
        steps = ("rename", "in-place") if style == "twice" else (style,)
        for turn, step in enumerate(steps):
            word = f"word-{number}-{turn}."
            save(note, step, [word], dice)
            _say(f"{word} {style}")
        time.sleep(dice.random() * 0.015)


if __name__ == "__main__":
    main()
