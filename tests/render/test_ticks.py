"""Ticks in a generated block: what is read back is what was ticked, whatever the words are and whoever formatted them."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jobvault.actions.vault import load_words
from jobvault.model import FollowUp
from jobvault.notes.block_markers import read_stamp
from jobvault.notes.blocks import Block, end_marker
from jobvault.notes.tasks import read_task
from jobvault.render.item import state_of, told, who
from jobvault.render.ticks import Acts, BoxLine, find_acts, read_boxes
from jobvault.render.view import render_body
from jobvault.search.search import Search
from jobvault.vault.shipped import languages
from tests.nouns import TEMPLATES, TODAY, WORDS, ask, debrief, face, follow_up, moved, searching

PANEL = debrief("Acme", "2026-11-23", "panel", "[[Dana Reyes]]", "Sam Ode")
CHARACTERS = {"x": "done", "-": "cancelled", "/": "in-progress", " ": "open"}


def body(search: Search, today: dt.date = TODAY, **fields: Any) -> list[str]:
    """Return the lines of the follow-ups block of a note at the root."""
    return list(render_body(ask("follow-ups", search, today), face(search, today, **fields), TEMPLATES))


def boxes(search: Search, lines: Sequence[str], begin: int = 3) -> list[BoxLine]:
    end = begin + 1 + len(lines)
    stamp = read_stamp(end_marker(lines, TODAY).removeprefix("<!-- jobvault:end ").removesuffix(" -->"))
    block = Block("follow-ups", {}, begin, end, 1, tuple(f"{line}\n" for line in lines), stamp)
    return list(read_boxes("Summaries/Follow-ups.md", block, search.names, WORDS))


def ticked(lines: Sequence[str], words: str, box: str = "x", end: str = "") -> list[str]:
    """Return the lines with the box of the only one that holds some words changed."""
    [index] = [index for index, line in enumerate(lines) if words in line and re.match(r"- \[.\] ", line)]
    changed = list(lines)
    changed[index] = f"- [{box}]{lines[index][5:]}{end}"
    return changed


def acts(search: Search, *blocks: Sequence[str], now: Search | None = None) -> list[tuple[int, str, str]]:
    """Return the acts found in blocks: the source's line, its new status, the date; nothing may be lost."""
    found = find_acts([boxes(search, lines) for lines in blocks], (now or search).follow_ups, WORDS)
    assert found.lost == ()
    return [(act.source.line, act.status, act.on.isoformat() if act.on else "") for act in found.acts]


def one(text: str = "Send it 📅 2026-11-28", line: int = 50, **fields: Any) -> FollowUp:
    return follow_up(text, PANEL, line, **fields)


# --- one tick -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("box", ["x", "X", "-", "/"])
def test_a_box_that_differs_from_its_words_is_an_act(box: str) -> None:
    search = searching(PANEL, follow_ups=[one()])
    assert acts(search, ticked(body(search), "Send it", box)) == [(50, CHARACTERS[box.lower()], "")]


@pytest.mark.parametrize("status", ["open", "in-progress", "done", "cancelled"])
@pytest.mark.parametrize("box", ["x", "-", "/", " ", "?"])
def test_whatever_the_state_was(status: str, box: str) -> None:
    search = searching(PANEL, follow_ups=[one("Send it", status=status)])
    new = CHARACTERS.get(box, "open")
    assert acts(search, ticked(body(search), "Send it", box)) == ([(50, new, "")] if new != status else [])


def test_what_nobody_touched_is_no_act() -> None:
    states = ["open", "in-progress", "done", "cancelled"]
    search = searching(PANEL, follow_ups=[one(f"x{status}", n, status=status) for n, status in enumerate(states)])
    assert acts(search, body(search)) == []
    assert [(line.words, line.box) for line in boxes(search, body(search))] == [(state, state) for state in states]


@pytest.mark.parametrize(
    ("box", "end", "date"),
    [
        ("x", " ✅ 2026-11-26", "2026-11-26"),
        ("x", " ✅ 2026-11-26 ^abc", "2026-11-26"),
        ("x", "  [completion:: 2026-11-26]", "2026-11-26"),
        ("-", " ❌ 2026-11-26", "2026-11-26"),
        ("x", " ❌ 2026-11-26", ""),
        ("/", " ✅ 2026-11-26", ""),
        ("x", "", ""),
    ],
)
def test_the_date_on_the_line_comes_along(box: str, end: str, date: str) -> None:
    search = searching(PANEL, follow_ups=[one()])
    assert acts(search, ticked(body(search), "Send it", box, end))[0][2] == date


def test_a_link_in_either_style_and_a_note_whose_name_holds_a_dot_or_brackets() -> None:
    odd = replace(PANEL, path="Debriefs/A · [B] done.md")
    search = searching(odd, follow_ups=[follow_up("Send it", odd)])
    for links in ("wiki", "markdown"):
        assert acts(search, ticked(body(search, links=links, source="Summaries/Follow-ups.md"), "Send it")) == [
            (50, "done", "")
        ]
    plain = replace(PANEL, path="Debriefs/A · B · done.md")
    search = searching(plain, follow_ups=[follow_up("Send it", plain)])
    assert acts(search, ticked(body(search), "Send it")) == [(50, "done", "")]


# --- words that look like ours --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "company", ["Done", "done", "Started", "started", "Cancelled", "done 2019", "A · done", "erledigt"]
)
@pytest.mark.parametrize("status", ["open", "in-progress", "done"])
def test_a_company_whose_name_is_one_of_our_words(company: str, status: str) -> None:
    at = debrief(company, "2026-11-23", path="Debriefs/x.md")
    search = searching(at, follow_ups=[follow_up("Send it", at, status=status)])
    lines = body(search)
    assert acts(search, lines) == []
    assert acts(search, ticked(lines, "Send it", "-")) == [(50, "cancelled", "")]


@pytest.mark.parametrize(
    "text", ["done", "Call · done", "a · started · b", "a · done Fri 27 Nov 2026", "· done", "cancelled · cancelled"]
)
@pytest.mark.parametrize("status", ["open", "in-progress", "done"])
def test_a_text_that_holds_our_words(text: str, status: str) -> None:
    search = searching(PANEL, follow_ups=[one(text, status=status)])
    lines = body(search)
    assert acts(search, lines) == []
    new = "in-progress" if status == "open" else "open"
    box = "/" if status == "open" else " "
    assert acts(search, [re.sub(r"^- \[.\]", f"- [{box}]", line) for line in lines]) == [(50, new, "")]


def test_every_languages_words_for_a_state_read_back_as_written() -> None:
    assert {"done", "cancelled", "started"} <= set(WORDS.vocabulary.states)
    for word, name in WORDS.vocabulary.states.items():
        expected = {"started": "in-progress"}.get(name, name)
        assert state_of(word, WORDS) == expected
        assert state_of(f"{word} Fri 27 Nov 2026", WORDS) == expected
        assert state_of(f"({word})", WORDS) is None
        assert state_of(f"{word} it", WORDS) is None
    for language in languages():
        words = load_words(language)
        assert {words.text(f"states.{name}") for name in ("done", "cancelled", "started")} <= set(
            words.vocabulary.states
        )
        for name in ("due", "was-due"):
            assert state_of(words.text(f"follow-ups.{name}", date=words.date(TODAY)), words) is None


# --- which of several -----------------------------------------------------------------------------------------------


def test_a_text_that_starts_like_another_one() -> None:
    texts = ["Send", "Send · the portfolio", "Send Acme", "Send · Acme", "Send Dana", "Send · done"]
    items = [one(text, n) for n, text in enumerate(texts, 1)]
    search = searching(PANEL, follow_ups=items)
    lines = body(search)
    rows = [index for index, line in enumerate(lines) if line.startswith("- [ ]")]
    assert len(rows) == len(texts)
    for number, row in enumerate(rows, 1):
        changed = [line.replace("[ ]", "[x]") if index == row else line for index, line in enumerate(lines)]
        found = acts(search, changed)
        assert len(found) == 1
        if number not in (1, 4):  # these two are the same line: either may be meant, but each is ticked once
            assert found[0][0] == number
    assert acts(search, [line.replace("[ ]", "[x]") for line in lines]) == [(n, "done", "") for n in range(1, 7)]


def test_equal_texts_are_told_apart_by_the_date_shown() -> None:
    items = [
        one("Send it", 1),
        one("Send it 📅 2026-11-28", 2),
        one("Send it 📅 2026-11-29", 3),
        one("Send it 📅 2026-12-29", 4),
    ]
    search = searching(PANEL, follow_ups=items)
    assert acts(search, ticked(body(search), "due Sun 29")) == [(3, "done", "")]
    assert acts(search, ticked(body(search), "it · Acme · [[")) == [(1, "done", "")]


def test_a_date_in_the_text_is_no_date_shown() -> None:
    text = "Send it · due Fri 27 Nov 2026"
    search = searching(PANEL, follow_ups=[one(text, 1), one(text, 2, due="2026-11-27")])
    for words, number in (("2026 · Acme · [[", 1), ("Acme · due Fri", 2)):
        assert acts(search, ticked(body(search), words)) == [(number, "done", "")]


def test_equal_ones_that_are_done_are_told_apart_by_the_day_they_were_done() -> None:
    items = [one("Send it ✅ 2026-11-26", 1), one("Send it ✅ 2026-11-25", 2), one("Send it", 3, status="done")]
    search = searching(PANEL, follow_ups=items)
    assert acts(search, ticked(body(search), "done Wed 25", " ")) == [(2, "open", "")]
    assert acts(search, ticked(body(search), "done · [[", " ")) == [(3, "open", "")]


def test_of_equal_ones_each_line_takes_its_own() -> None:
    search = searching(PANEL, follow_ups=[one(line=n) for n in (1, 2, 3)])
    lines = body(search)
    rows = [index for index, line in enumerate(lines) if line.startswith("- [ ]")]
    lines[rows[1]] = lines[rows[1]].replace("[ ]", "[x]")
    lines[rows[2]] = lines[rows[2]].replace("[ ]", "[-]")
    assert acts(search, lines) == [(2, "done", ""), (3, "cancelled", "")]


def test_the_same_text_in_another_note_is_another_one() -> None:
    other = debrief("Acme", "2026-11-24", "final")
    search = searching(PANEL, other, follow_ups=[one(line=1), follow_up("Send it 📅 2026-11-28", other, 2)])
    assert acts(search, ticked(body(search), "[[2026-11-24 Acme final]]")) == [(2, "done", "")]


# --- stale blocks ---------------------------------------------------------------------------------------------------


def changed(search: Search, *items: FollowUp) -> Search:
    return searching(*search.debriefs, follow_ups=items)


def test_a_source_that_is_no_longer_in_the_state_of_the_words_wins_silently() -> None:
    search = searching(PANEL, follow_ups=[one()])
    now = changed(search, moved(search.follow_ups[0], status="cancelled"))
    assert acts(search, ticked(body(search), "Send it"), now=now) == []


def test_a_source_that_was_done_is_not_mistaken_for_its_twin_of_another_day() -> None:
    first, second = one("Send it 📅 2026-11-28", 1), one("Send it 📅 2026-11-29", 2)
    search = searching(PANEL, follow_ups=[first, second])
    now = changed(search, moved(first, status="done"), second)
    assert acts(search, ticked(body(search), "due Sat 28"), now=now) == []
    assert acts(search, ticked(body(search), "due Sun 29"), now=now) == [(2, "done", "")]


def test_a_line_that_nobody_touched_gives_way() -> None:
    search = searching(PANEL, follow_ups=[one("Send it", 1), one("Send it", 2)])
    lines = body(search)
    rows = [index for index, line in enumerate(lines) if line.startswith("- [ ]")]
    lines[rows[1]] = lines[rows[1]].replace("[ ]", "[x]")
    now = changed(search, moved(search.follow_ups[0], status="done"), search.follow_ups[1])
    assert acts(search, lines, now=now) == [(2, "done", "")]


def test_a_changed_due_date_line_number_company_and_day_do_not_matter() -> None:
    search = searching(PANEL, follow_ups=[one(), one("Ask")])
    lines = ticked(body(search), "Send it")
    later = replace(PANEL, company="Acme Robotics")
    now = searching(later, follow_ups=[one("Send it 📅 2027-01-01", 77), one("Ask", 78)])
    assert acts(search, lines, now=now) == [(77, "done", "")]
    assert acts(search, ticked(body(search, TODAY + dt.timedelta(days=9)), "Send it"), now=search) == [(50, "done", "")]


def test_an_edited_text_and_a_note_that_is_gone_are_lost() -> None:
    search = searching(PANEL, follow_ups=[one()])
    lines = ticked(body(search), "Send it")
    found = find_acts([boxes(search, lines)], changed(search, one("Send them")).follow_ups, WORDS)
    assert found.acts == ()
    assert [line.raw for line in found.lost] == [
        "- [x] Send it · Acme · due Sat 28 Nov 2026 · [[2026-11-23 Acme panel]]"
    ]
    elsewhere = searching(replace(PANEL, path="Debriefs/renamed.md"))
    assert len(find_acts([boxes(elsewhere, lines)], search.follow_ups, WORDS).lost) == 1
    untouched = find_acts([boxes(search, body(search))], changed(search, one("Send them")).follow_ups, WORDS)
    assert untouched == Acts((), ())


# --- several blocks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ends", "act"),
    [
        ((("x", ""), ("-", "")), ("done", "")),
        ((("/", ""), ("-", " ❌ 2026-11-26")), ("cancelled", "2026-11-26")),
        ((("/", ""), ("x", " ✅ 2026-11-26"), ("x", " ✅ 2026-11-25"), ("x", "")), ("done", "2026-11-25")),
        ((("x", ""), ("-", " ❌ 2026-11-20")), ("done", "")),
        (((" ", ""), ("/", "")), ("in-progress", "")),
        (((" ", ""), (" ", "")), None),
    ],
)
def test_in_several_blocks_done_goes_before_cancelled_before_started_and_the_earliest_date_counts(
    ends: tuple[tuple[str, str], ...], act: tuple[str, str] | None
) -> None:
    search = searching(PANEL, follow_ups=[one()])
    blocks = [ticked(body(search), "Send it", box, end) for box, end in ends]
    for order in (blocks, blocks[::-1]):
        assert acts(search, *order) == ([(50, *act)] if act else [])


def test_an_act_knows_its_lines() -> None:
    search = searching(PANEL, follow_ups=[one()])
    lines = ticked(body(search), "Send it")
    found = find_acts([boxes(search, lines, 3), boxes(search, lines, 40)], search.follow_ups, WORDS)
    place = lines.index(next(line for line in lines if "[x]" in line))
    assert [(line.note, line.line) for line in found.acts[0].lines] == [
        ("Summaries/Follow-ups.md", 4 + place),
        ("Summaries/Follow-ups.md", 41 + place),
    ]


# --- formatters -----------------------------------------------------------------------------------------------------


def test_a_wrapped_line_is_read_whole() -> None:
    lines = [
        "- [ ] another one · [[2026-11-23 Acme panel]]",
        "- [x] Send it",
        "  and all · Acme ·",
        "  was due Thu 26 Nov 2026 · [[2026-11-23",
        "  Acme panel]] ✅ 2026-11-27",
        "",
        "  not of it",
    ]
    search = searching(PANEL)
    [_, line] = boxes(search, lines, 10)
    assert (
        line.raw == "- [x] Send it and all · Acme · was due Thu 26 Nov 2026 · [[2026-11-23 Acme panel]] ✅ 2026-11-27"
    )
    assert (line.line, line.path, line.on) == (12, PANEL.path, TODAY)
    assert line.segments == ("Send it and all", "Acme", "was due Thu 26 Nov 2026")


@pytest.mark.parametrize("next_line", ["- b", "1. b", "# b", "> b", "| b |", "<!-- b", "", "* [ ] b"])
def test_what_starts_something_else_is_not_of_the_line(next_line: str) -> None:
    assert boxes(searching(PANEL), ["- [x] a", next_line])[0].raw == "- [x] a"


# --- anything -------------------------------------------------------------------------------------------------------

FRAGMENT = st.sampled_from(
    [
        "Send", "the portfolio", "·", "done", "started", "cancelled", "due Fri 27 Nov 2026", "Done", "Acme", "erledigt",
        "[[Dana Reyes]]", "[[A · done]]", "[x](y.md)", "👍", "👎🏽", "日本語", "спасибо", "C#", "#tag", "*em*", "**so**",
        "`code · x`", "2026-11-28", "📅", "…", "1.", "-", "a·b", "<b>", "\\", "|", "_", "[ ]", "https://x.example/a_b",
        "é", "e\u0301", "Dana", "Sam Ode", "(2026)", "~~no~~", "&amp;", "%%", "$x$", "^id", "!",
    ]
)  # fmt: skip
TEXT = st.lists(FRAGMENT, min_size=1, max_size=6).map(lambda parts: read_task(" ".join(parts)).text).filter(bool)
DAY = st.integers(-9, 9).map(lambda days: TODAY + dt.timedelta(days=days))
COMPANY = st.sampled_from(["Acme", "Done", "done", "started 2026", "A · B", "A · done", "", "Birch & Lowe"])


@st.composite
def searches(draw: st.DrawFn) -> Search:
    company = draw(COMPANY)
    notes = [
        debrief(company, "2026-11-23", "panel", "[[Dana Reyes]]", "Sam Ode", path="Debriefs/2026-11-23 A · B done.md"),
        debrief(
            company, "2026-11-24", "final", outcome=draw(st.sampled_from(["", "rejected"])), path="Debriefs/done.md"
        ),
    ]
    pool = draw(st.lists(TEXT, min_size=1, max_size=3))
    items = []
    for number in range(draw(st.integers(1, 7))):
        status = draw(st.sampled_from(["open", "open", "in-progress", "done", "cancelled"]))
        settled = draw(st.none() | DAY.filter(lambda day: abs((day - TODAY).days) < 6))
        dates = {"done": None, "cancelled": None, **({status: settled} if status in ("done", "cancelled") else {})}
        item = follow_up(draw(st.sampled_from(pool)), draw(st.sampled_from(notes)), number + 1)
        items.append(moved(item, status=status, due=draw(st.none() | DAY), **dates))
    return searching(*notes, follow_ups=items)


def formatted(lines: Iterable[str], how: str) -> list[str]:
    """Write lines as a formatter might: wrapped at 80 columns, or with another marker."""
    if how == "wrapped":
        rows: list[str] = []
        for line in lines:
            wrapped = textwrap.wrap(line, 80, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
            assume(
                not any(re.match(r"\s*([-*+]|\d{1,9}[.)])\s|\s{0,3}(#{1,6}\s|>|\||<!--)", row) for row in wrapped[1:])
            )
            rows += wrapped or [""]
        return rows
    return [re.sub("^-", "*", line) for line in lines] if how == "starred" else list(lines)


def key(item: FollowUp) -> tuple[str, str, str]:
    """What of a follow-up its line in a block shows."""
    date = {"done": item.done, "cancelled": item.cancelled}.get(item.status, item.due)
    return (
        item.path,
        told(item.text, WORDS) + who(item.text, item.people, item.company, WORDS),
        f"{item.status}{date}",
    )


@given(searches(), st.data(), st.sampled_from(["as is", "wrapped", "starred"]), st.sampled_from(["wiki", "markdown"]))
def test_what_is_ticked_is_found(search: Search, data: st.DataObject, how: str, links: str) -> None:
    shown = [
        item for item in ask("follow-ups", search).items if item.line is not None and item.section != "done-earlier"
    ]
    sources = {item.line: item for item in search.follow_ups}
    lines = body(search, links=links, source="Summaries/Follow-ups.md")
    rows = [index for index, line in enumerate(lines) if re.match(r"- \[.\] ", line)]
    assert len(rows) == len(shown)
    expected: Counter[tuple[tuple[str, str, str], str, str]] = Counter()
    for row, item in zip(rows, shown, strict=True):
        box = data.draw(st.sampled_from([None, None, "x", "-", "/", " "]))
        if box is None or CHARACTERS[box] == item.status:
            continue
        signs = {"x": "✅", "-": "❌"}
        end = data.draw(st.sampled_from(["", f" {signs[box]} 2026-11-27"])) if box in signs else ""
        lines[row] = f"- [{box}]{lines[row][5:]}{end}"
        expected[key(sources[item.line]), CHARACTERS[box], "2026-11-27" if end else ""] += 1
    found = find_acts([boxes(search, formatted(lines, how))], search.follow_ups, WORDS)
    assert found.lost == ()
    assert len({act.source.line for act in found.acts}) == len(found.acts)
    acted = Counter((key(a.source), a.status, a.on.isoformat() if a.on else "") for a in found.acts)
    assert acted == expected


@given(st.lists(st.text(alphabet="- [x] ·done[](|\\`<\n\u2028 9", max_size=40), max_size=8))
def test_any_block_is_read(rows: list[str]) -> None:
    search = searching(PANEL, follow_ups=[one()])
    for line in boxes(search, rows):
        assert line.box in ("open", "done", "cancelled", "in-progress")
    find_acts([boxes(search, rows)], search.follow_ups, WORDS)
