"""Render ``docs/follow-ups.png``: the sample vault's ``Follow-ups.md`` as a note app shows it when it is read.

Run ``python docs/render_picture.py`` from the repository, with the package's ``test`` extra installed and ``chromium``
on the path. The picture carries a digest of what it shows, so that a test can tell when it has grown old.
"""

# ruff: noqa: INP001 - a script, no package

from __future__ import annotations

import hashlib
import html
import math
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from itertools import chain
from pathlib import Path

from markdown_it import MarkdownIt

from jobvault import open_vault
from jobvault.actions.demo import AS_OF, lay_out

PICTURE = Path(__file__).parent / "follow-ups.png"
NOTE = "Summaries/Follow-ups.md"
WIDTH = 920
HEIGHT = 1240
"""Where the picture fades out; the note goes on."""
SCALE = 2
KEYWORD = b"Shows"
"""The name of the PNG text chunk that holds the digest."""

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    f"--force-device-scale-factor={SCALE}",
)
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGB, _PALETTE = 2, 3
_STYLE = """
  * { box-sizing: border-box; }
  html { background: #ffffff; }
  body {
    margin: 0; padding: 30px 44px 36px; width: 920px; color: #2b2b33; background: #ffffff;
    border: 1px solid #dcdce3; border-radius: 10px 10px 0 0; border-bottom: 0;
    font: 400 15.5px/1.5 "Inter", "Liberation Sans", "DejaVu Sans", sans-serif;
    text-rendering: geometricPrecision;
  }
  body::after {
    content: ""; position: fixed; left: 0; right: 0; bottom: 0; height: 120px;
    background: linear-gradient(rgba(255, 255, 255, 0), #ffffff 88%);
  }
  h1 { font-size: 27px; line-height: 1.2; margin: 0 0 12px; letter-spacing: -0.01em; }
  h2 { font-size: 17px; line-height: 1.3; margin: 22px 0 7px; color: #4b3f8f; }
  p { margin: 0 0 12px; }
  ul { list-style: none; margin: 0; padding: 0; }
  li { position: relative; margin: 0; padding: 3px 0 3px 27px; }
  li::before { content: "•"; position: absolute; left: 8px; color: #9a9aa5; }
  li.task::before {
    content: ""; left: 2px; top: 7px; width: 15px; height: 15px;
    border: 1.5px solid #a3a3b2; border-radius: 4px; background: #ffffff;
  }
  li.done { color: #8a8a96; text-decoration: line-through; text-decoration-color: #b9b9c4; }
  li.done::before, li.started::before { border-color: #6a5acd; }
  li.done::before { background: #6a5acd; }
  li.done::after {
    content: ""; position: absolute; left: 7px; top: 9px; width: 5px; height: 9px;
    border: solid #ffffff; border-width: 0 2px 2px 0; transform: rotate(45deg);
  }
  li.started::before { background: linear-gradient(90deg, #6a5acd 50%, #ffffff 50%); }
  a { color: #5b4bc4; text-decoration: none; white-space: nowrap; }
  li.done a { color: #9d94d6; }
"""
_TASK = re.compile(r"<li>(<p>)?\[(.)\] ")
_KINDS = {"x": "task done", "/": "task started"}


def the_note() -> str:
    """Return the note's text: the sample vault's, on its fixed day."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "vault"
        lay_out(root, AS_OF)
        open_vault(root, today=AS_OF).summarize()
        return (root / NOTE).read_text(encoding="utf-8")


def page(text: str) -> str:
    """Return the note as HTML: boxes as boxes, wikilinks as links, comments as what no reader sees."""
    body = MarkdownIt("commonmark", {"html": True}).render(text)
    body = _TASK.sub(lambda found: f'<li class="{_KINDS.get(found[2], "task")}">{found[1] or ""}', body)
    body = re.sub(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]", r'<a href="#">\1</a>', body)
    title = html.escape(Path(NOTE).stem)
    head = f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="en">{head}<body>{body}'


def digest(text: str) -> bytes:
    """Return what tells one page from another."""
    return hashlib.sha256(page(text).encode()).hexdigest().encode()


def shown_in(picture: bytes) -> bytes | None:
    """Return the digest of the page that a picture shows."""
    for kind, data in _chunks(picture):
        if kind == b"tEXt" and data.startswith(KEYWORD + b"\0"):
            return data.partition(b"\0")[2]
    return None


def main() -> int:
    """Render the picture."""
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        sys.stderr.write(f"None of {', '.join(_BROWSERS)} is on the path.\n")
        return 1
    text = the_note()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        source = place / "note.html"
        source.write_text(page(text), encoding="utf-8")
        shot = place / "shot.png"
        command = [browser, *_FLAGS, f"--window-size={WIDTH},{HEIGHT}", f"--user-data-dir={place / 'profile'}"]
        command += [f"--screenshot={shot}", source.as_uri()]
        subprocess.run(command, capture_output=True, check=True, timeout=120)  # noqa: S603 - the browser found above
        PICTURE.write_bytes(_marked(shot.read_bytes(), digest(text)))
    sys.stdout.write(f"{PICTURE.name}: {PICTURE.stat().st_size // 1024} KiB\n")
    return 0


def _chunks(picture: bytes) -> list[tuple[bytes, bytes]]:
    chunks: list[tuple[bytes, bytes]] = []
    place = len(_SIGNATURE)
    while place < len(picture):
        (length,) = struct.unpack(">I", picture[place : place + 4])
        chunks.append((picture[place + 4 : place + 8], picture[place + 8 : place + 8 + length]))
        place += length + 12
    return chunks


def _marked(picture: bytes, what: bytes) -> bytes:
    """Return the picture with the digest of what it shows, and with 256 colours, which are plenty for words."""
    chunks = _chunks(picture)
    head = next(data for kind, data in chunks if kind == b"IHDR")
    width, height = struct.unpack(">II", head[:8])
    pixels = zlib.decompress(b"".join(data for kind, data in chunks if kind == b"IDAT"))
    rows = _rows(pixels, width, 3 if head[9] == _RGB else 4)
    palette, indices = _indexed(rows)
    packed = zlib.compress(b"".join(b"\0" + row for row in indices), 9)
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, _PALETTE, 0, 0, 0)),
        (b"PLTE", b"".join(palette)),
        (b"tEXt", KEYWORD + b"\0" + what),
        (b"IDAT", packed),
        (b"IEND", b""),
    ]
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def _rows(pixels: bytes, width: int, step: int) -> list[list[bytes]]:
    """Undo the filters of a PNG's rows (RFC 2083, section 6); each row as its colours, three bytes each."""
    length = width * step
    before = bytearray(length)
    rows = []
    for start in range(0, len(pixels), length + 1):
        row = bytearray(pixels[start + 1 : start + 1 + length])
        _UNFILTER[pixels[start]](row, before, step)
        rows.append([bytes(row[i : i + 3]) for i in range(0, length, step)])
        before = row
    return rows


def _sub(row: bytearray, _before: bytearray, step: int) -> None:
    for i in range(step, len(row)):
        row[i] = (row[i] + row[i - step]) & 255


def _up(row: bytearray, before: bytearray, _step: int) -> None:
    for i, above in enumerate(before):
        row[i] = (row[i] + above) & 255


def _average(row: bytearray, before: bytearray, step: int) -> None:
    for i, above in enumerate(before):
        row[i] = (row[i] + ((row[i - step] if i >= step else 0) + above) // 2) & 255


def _paeth(row: bytearray, before: bytearray, step: int) -> None:
    for i, above in enumerate(before):
        left, corner = (row[i - step], before[i - step]) if i >= step else (0, 0)
        guess = left + above - corner
        near = min((left, above, corner), key=lambda value: abs(guess - value))
        row[i] = (row[i] + near) & 255


_UNFILTER = (lambda *_: None, _sub, _up, _average, _paeth)


def _indexed(rows: list[list[bytes]]) -> tuple[list[bytes], list[bytes]]:
    """Return the most frequent colours, and the rows as indices of them; a rarer colour becomes the nearest one."""
    counts = Counter(chain.from_iterable(rows))
    palette = [colour for colour, _ in counts.most_common(256)]
    index = {colour: place for place, colour in enumerate(palette)}
    for colour in counts:
        if colour not in index:
            index[colour] = min(range(len(palette)), key=lambda place: math.dist(colour, palette[place]))
    return palette, [bytes(index[colour] for colour in row) for row in rows]


if __name__ == "__main__":
    sys.exit(main())
