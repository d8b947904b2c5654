"""How an answer looks: links, dates, headings, tables, and the line of a follow-up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from jobvault.model import FollowUp
from jobvault.notes.inline import find_links
from jobvault.render.face import Face, clock, encoded, problem, relative, theme_title
from jobvault.render.view import plain
from jobvault.search.names import NoteNames
from tests.nouns import TODAY, WORDS, ask, debrief, face, follow_up, searching

MARKDOWN = MarkdownIt("gfm-like", {"linkify": False})


def at(source: str, *paths: str, links: Any = "wiki") -> Face:
    """Return the face of a block in a note, in a vault of some notes."""
    return Face(WORDS, NoteNames((source, *paths)), TODAY, links=links, source=source)


# --- links ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "others", "link"),
    [
        ("Debriefs/2026-11-23 Acme panel.md", [], "[[2026-11-23 Acme panel]]"),
        ("A/Acme.md", ["B/Acme.md"], "[[A/Acme]]"),
        ("Acme.md", ["B/Acme.md"], "[[Acme]]"),
        ("A/Acme #1.md", [], "[Acme #1](../A/Acme%20%231.md)"),
        ("A/Acme ^1.md", [], "[Acme](../A/Acme%20%5E1.md)"),
        ("A/[Acme].md", [], "[(Acme)](../A/%5BAcme%5D.md)"),
        ("A/Acme | 1.md", [], "[Acme | 1](../A/Acme%20%7C%201.md)"),
        ("A/a `b` c.md", [], "[a b c](../A/a%20%60b%60%20c.md)"),
        ("A/a*b*.md", [], "[a\\*b\\*](../A/a%2Ab%2A.md)"),
        ("A/C++ & C#.md", [], "[C++ & C#](../A/C++%20%26%20C%23.md)"),
        ("A/C++ (Birch & Lowe).md", [], "[[C++ (Birch & Lowe)]]"),
        ("A/v1.pdf.md", [], "[v1.pdf](../A/v1.pdf.md)"),
        ("A/www.acme.com chat.md", [], "[www\\.acme.com chat](../A/www.acme.com%20chat.md)"),
        ("A/日本語.md", [], "[[日本語]]"),
    ],
)
def test_wikilinks_where_they_can_be_read(path: str, others: list[str], link: str) -> None:
    assert at("Summaries/x.md", path, *others).link(path) == link


@pytest.mark.parametrize(
    ("source", "path", "others", "link"),
    [
        ("Summaries/x.md", "Debriefs/a b.md", [], "[a b](../Debriefs/a%20b.md)"),
        ("Summaries/x.md", "Summaries/a (b).md", [], "[a (b)](a%20%28b%29.md)"),
        ("x.md", "A/B/c.md", [], "[c](A/B/c.md)"),
        ("A/B/x.md", "A/C/c.md", [], "[c](../C/c.md)"),
        ("A/x.md", "A/100%.md", [], "[100%](100%25.md)"),
        ("A/x.md", "A/Re: you?.md", [], "[Re: you?](Re%3A%20you%3F.md)"),
        ("A/x.md", "A/a&amp;b.md", [], "[a&b](a%26amp;b.md)"),
        ("A/x.md", "A/Acme.md", ["Acme.md"], "[Acme](../A/Acme.md)"),
        ("x.md", "Acme.md", ["A/Acme.md"], "[Acme](Acme.md)"),
    ],
)
def test_markdown_links_are_relative_and_encoded(source: str, path: str, others: list[str], link: str) -> None:
    assert at(source, path, *others, links="markdown").link(path) == link


def test_a_wikilink_that_would_mean_another_note_from_here_becomes_a_markdown_link() -> None:
    one = at("B/x.md", "A/X.md", "B/A/X.md")
    assert one.link("A/X.md") == "[X](../A/X.md)"
    assert one.link("B/A/X.md") == "[[B/A/X]]"


def test_a_link_may_have_words_of_its_own() -> None:
    one = at("x.md", "A/Acme.md")
    assert one.link("A/Acme.md", "the panel") == "[[Acme|the panel]]"
    assert one.link("A/Acme.md", "Acme") == "[[Acme]]"
    assert one.link("A/Acme.md", "a]] b") == "[[Acme]]"
    assert at("x.md", "A/Acme.md", links="markdown").link("A/Acme.md", "a [b]") == "[a (b)](A/Acme.md)"


def test_a_note_that_is_none_of_the_vaults_is_linked_by_its_name() -> None:
    assert at("x.md").link("A/Acme.sync-conflict-1.md") == "[[Acme.sync-conflict-1]]"


NAME = (
    st.text(
        alphabet="aB1 .,-_#^[]|()%&?:;*`<>~\"'\\$@{}·é日\U0001f642\x1b\u202e\u200b\u2028\ufe0f", min_size=1, max_size=12
    )
    .map(str.strip)
    .filter(lambda name: name.strip(". ") and "  " not in name)
)
NOTE = st.builds(
    lambda folders, name: "/".join([*folders, f"{name}.md"]),
    st.lists(st.sampled_from(["A", "B c", "A"]), max_size=2),
    NAME,
)


@given(st.sets(NOTE, min_size=1, max_size=6), NOTE, st.sampled_from(["wiki", "markdown"]))
def test_a_link_is_read_back_as_the_note_it_means(paths: set[str], source: str, links: str) -> None:
    one = at(source, *sorted(paths), links=links)
    for path in paths:
        link = one.link(path)
        [found] = find_links(link, 1)
        assert one.names.resolve(found.target, source) == path, link
        if not link.startswith("[["):
            children = MARKDOWN.parseInline(link)[0].children or []
            assert [c.type for c in children][:1] + [c.type for c in children][-1:] == ["link_open", "link_close"], link


@given(NOTE, NOTE)
def test_a_relative_path_is_what_a_browser_resolves(source: str, path: str) -> None:
    from urllib.parse import unquote, urljoin

    base = "http://x/" + encoded(source)
    assert unquote(urljoin(base, relative(source, path))) == f"http://x/{path}"


# --- headings, dates, words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "depths"), [(0, "## ###"), (1, "## ###"), (2, "### ####"), (5, "###### ######"), (6, "###### ######")]
)
def test_headings_start_below_the_one_above(level: int, depths: str) -> None:
    one = face(level=level)
    assert f"{one.heading(1, 'a').split()[0]} {one.heading(2, 'a').split()[0]}" == depths


def test_a_heading_is_inert() -> None:
    assert face().heading(1, "C# and\n#tags <b>") == "## C# and tags &lt;b>"


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (9, "in 9 days"), (-60, "60 days ago")],
)
def test_dates_are_absolute_and_have_their_distance_on_the_terminal(days: int, words: str) -> None:
    day = TODAY + dt.timedelta(days=days)
    full = WORDS.date(day)
    assert face().date(day) == full
    assert face(terminal=True).date(day) == f"{full} ({words})"
    assert (face().date(None), face().day(None)) == ("no date", "no date")
    assert face().day(dt.date(2026, 11, 3)) == "3 Nov"


@pytest.mark.parametrize(
    ("tag", "title"),
    [
        ("system-design", "System design"),
        ("on_call", "On call"),
        ("job/pay", "Job / pay"),
        ("SQL", "SQL"),
        ("API design", "API design"),
        ("élan", "Élan"),
        ("", ""),
    ],
)
def test_theme_titles(tag: str, title: str) -> None:
    assert theme_title(tag) == title


def test_clock() -> None:
    assert [clock(dt.time(9, 5)), clock(dt.time(14, 30, 59))] == ["09:05", "14:30"]


def test_sources_are_linked_once_each() -> None:
    paths = [{"path": path} for path in ("A/a.md", "A/b.md", "A/a.md", "A/c.md")]
    one = at("x.md", "A/a.md", "A/b.md", "A/c.md")
    assert one.sources(paths) == "[[a]]; also [[b]], [[c]]"
    assert one.sources(paths[:1]) == "[[a]]"


def test_tables_hold_links_and_pipes() -> None:
    one = at("x.md", "A/a.md")
    assert one.table(["Note", "b|c"], [[one.link("A/a.md", "it"), "x"]]) == (
        "| Note      | b\\|c |\n| --------- | ---- |\n| [[a\\|it]] | x    |"
    )
    with pytest.raises(ValueError, match="too large"):
        one.table(["a"], [["x" * 1000]] + [["y"]] * 30_000)


@pytest.mark.parametrize(
    ("quote", "message", "shown"),
    [
        ("", "it is so", "it is so"),
        ("send CV", "the date is not read", '"send CV": the date is not read'),
        ("takaways", "the heading “takaways” is not known", "the heading “takaways” is not known"),
        ("company: Acm", "the company “Acm” is near", "the company “Acm” is near"),
        (
            "company: Acme",
            "the property “company” stands twice",
            '"company: Acme": the property “company” stands twice',
        ),
        ("📅 2026-02-30", "this date does not exist", '"2026-02-30": this date does not exist'),
    ],
)
def test_a_problem_quotes_the_words_that_it_does_not_name_itself(quote: str, message: str, shown: str) -> None:
    assert problem({"quote": quote, "message": message}) == shown


# --- the line of a follow-up ----------------------------------------------------------------------------------------

AT = debrief("Acme", "2026-11-23", "panel", "Dana Reyes", "Sam Ode")


def line(item: FollowUp, **fields: Any) -> str:
    """Return a follow-up's line."""
    search = searching(AT, follow_ups=[item])
    shown = next(found for found in ask("follow-ups", search).items if found.line)
    return face(search, **fields).task(plain(shown))


def test_only_a_terminal_goes_without_the_source() -> None:
    item = follow_up("Send it", AT)
    search = searching(AT, follow_ups=[item])
    shown = plain(next(found for found in ask("follow-ups", search).items if found.line))
    assert face(search).task(shown, source=False) == "- [ ] Send it · Acme · [[2026-11-23 Acme panel]]"
    on_terminal = face(search, terminal=True, ids={item.id: "abc"})
    assert on_terminal.task(shown, source=False) == "- abc [ ] Send it · Acme"
    assert on_terminal.task(shown) == "- abc [ ] Send it · Acme · 2026-11-23 Acme panel"


@pytest.mark.parametrize(
    ("text", "fields", "shown"),
    [
        ("Send it", {}, "- [ ] Send it · Acme"),
        ("Send it 📅 2026-11-28", {}, "- [ ] Send it · Acme · due Sat 28 Nov 2026"),
        ("Send it 📅 2026-11-27", {}, "- [ ] Send it · Acme · due Fri 27 Nov 2026"),
        ("Send it 📅 2026-11-26", {}, "- [ ] Send it · Acme · was due Thu 26 Nov 2026"),
        ("Send it 📅 2026-11-28", {"status": "in-progress"}, "- [/] Send it · Acme · started · due Sat 28 Nov 2026"),
        ("Send it", {"status": "in-progress"}, "- [/] Send it · Acme · started"),
        ("Send it ✅ 2026-11-26", {}, "- [x] Send it · Acme · done Thu 26 Nov 2026"),
        ("Send it 📅 2026-11-28", {"status": "done"}, "- [x] Send it · Acme · done"),
        ("Send it ❌ 2026-11-26", {}, "- [-] Send it · Acme · cancelled Thu 26 Nov 2026"),
        ("Send Dana it", {}, "- [ ] Send Dana it · Dana Reyes, Acme"),
        ("Send Dana Reyes of Acme it", {}, "- [ ] Send Dana Reyes of Acme it"),
        ("Send [[Dana Reyes]] it", {}, "- [ ] Send [[Dana Reyes]] it · Acme"),
        ("Send Dana and Sam it", {}, "- [ ] Send Dana and Sam it · Dana Reyes, Sam Ode, Acme"),
        ("Send it", {"form": "bullet"}, "- [ ] Send it · Acme"),
        ("Send it", {"form": "paragraph"}, "- Send it · Acme · no list item, so change it in its note"),
        ("Send it 🔁 every week", {}, "- Send it · Acme · repeats, so tick it in its note"),
        ("a · done", {}, "- [ ] a · (done) · Acme"),
        ("done", {}, "- [ ] done · Acme"),
        ("!!!", {}, "- [ ] !!! · Acme"),
    ],
)
def test_the_line_of_a_follow_up(text: str, fields: dict[str, Any], shown: str) -> None:
    assert line(follow_up(text, AT, **fields)) == f"{shown} · [[2026-11-23 Acme panel]]"


def test_without_boxes_a_line_is_a_plain_bullet() -> None:
    assert line(follow_up("Send it", AT), boxes=False) == "- Send it · Acme · [[2026-11-23 Acme panel]]"


def test_on_the_terminal_a_line_has_its_id_and_a_distance() -> None:
    item = follow_up("Send  it 📅 2026-11-28", AT)
    assert line(item, terminal=True, ids={item.id: "abc"}) == (
        "- abc [ ] Send it · Acme · due Sat 28 Nov 2026 (tomorrow) · 2026-11-23 Acme panel"
    )
    assert line(item, terminal=True, boxes=False).startswith("- [ ] Send it")
