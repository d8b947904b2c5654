"""From bytes to nouns: whose note it is, what is nearly right about it, and that nothing ever raises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobvault.model import KINDS, Debrief
from jobvault.notes.reading import Reading, is_ours, read_note
from tests.notes.test_near import ORDINARY
from tests.notes.written import PATH, RULES, debrief_text, parsed, read, reading, said

ELSEWHERE = "Notes/Garden.md"
GENERATED = "<!-- jobvault:begin takeaways -->\n\n- a\n\n<!-- jobvault:end -->\n"


def codes(text: str | bytes, path: str = ELSEWHERE) -> list[str]:
    return [problem.code for problem in reading(text, path).problems]


# Whose note it is


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "line",
    [
        "type: {}",
        "Type: {}",
        "TYPE: '{}'",
        'type: "{}"',
        "type: [{}]",
        "type:\n  - {}",
        "type: '[[{}]]'",
        "type: [[{}]]",
        "type: {}  # mine",
        "type: [{}, more]",
        "type: [more, {}]",
        "'type': {}",
    ],
)
def test_a_notes_kind_is_its_type_property_however_it_is_written(line: str, kind: str) -> None:
    for written in (kind, kind.title(), kind.upper()):
        found = reading(f"---\n{line.format(written)}\n---\n", ELSEWHERE)
        assert found.kind == kind
        assert found.matters


@pytest.mark.parametrize("path", ["a.md", "Debriefs/a.md", "People/deep/er/a.md"])
def test_its_folder_says_nothing(path: str) -> None:
    assert reading("---\ntype: story\n---\n", path).kind == "story"


OTHERS = [
    "", "words\n", "# Title\n\nwords\n", "---\ntitle: x\n---\n", "---\ntype: book\ntitle: x\n---\n", "---\ntype:\n---\n", "---\ntype: 7\n---\n", "---\n---\n", "---\n\nwords\n\n---\n",
    "- [ ] task 📅 2026-13-01\n", "<!-- never closed\n", "## Takaways\n", "---\ntype: meeting\ncompany: Acme\n---\n## Takeaways\n- a\n",
    "## Takeaways\n\n- a\n\n## Follow-ups\n\n- [ ] b\n", "# People\n\n## Summary\n\n## To do\n", "---\ntags: [debrief]\n---\n", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n",
    "---\ntype: book\n---\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n", "---\na: 1\na: 2\n---\n", "---\n: : :\n---\n", "---\nkey: [\n---\n", "text with jobvault: in it\n",
    "caf\udce9 in words\n", "\x00\x01\x02binary", "---\nkey: caf\udce9\n---\n",
]  # fmt: skip


@pytest.mark.parametrize("text", OTHERS)
def test_a_note_of_somebody_elses_is_nobodys_business(text: str) -> None:
    found = reading(text, ELSEWHERE)
    assert found == Reading(ELSEWHERE)
    assert not found.matters


def test_its_generated_blocks_count() -> None:
    for front in ("", "---\ntype: book\n---\n", "---\nkey: [\n---\n"):
        found = reading(f"{front}# Mine\n\n{GENERATED}", ELSEWHERE)
        assert (found.kind, [block.view for block in found.blocks], found.problems) == (None, ["takeaways"], ())
        assert found.matters


@pytest.mark.parametrize("text", [GENERATED.partition("- a")[0], "words\n\n<!-- jobvault:end -->\n"])
def test_and_so_do_its_broken_ones(text: str) -> None:
    (problem,) = reading(text, ELSEWHERE).problems
    assert problem.severity == "error"
    assert problem.quote.startswith("<!-- jobvault:")


@pytest.mark.parametrize(
    "front",
    [
        "type: debrief\ndate: {{date}}",
        "type: debrief\ncompany: '{{title}}'",
        "type: debrief\ndate: <% tp.date.now() %>",
        "{{properties}}\ntype: debrief",
    ],
)
def test_a_template_is_left_alone(front: str) -> None:
    text = f"---\n{front}\n---\n\n## Takaways\n\n- [ ] a 📅 2026-11-28\n\n{GENERATED}\n<!-- jobvault:end -->\n"
    for path in (PATH, ELSEWHERE):
        assert reading(text, path) == Reading(path)


# What cannot be read


BROKEN = [
    ("type: debrief\ncompany: Acme\ncompany: Birch", "duplicate-key", 4),
    ("type: debrief\ncompany: [", "yaml-syntax", None),
    ("type: debrief\nrole: !!python/object x", "yaml-tag", 3),
    ("type: debrief\nrole: caf\udce9", "front-matter-not-utf8", 3),
    ("- type: debrief", "front-matter-not-mapping", None),
]


@pytest.mark.parametrize(("front", "code", "line"), BROKEN[:-1])
def test_unreadable_front_matter_is_named_where_it_says_a_type_of_ours(front: str, code: str, line: int | None) -> None:
    found = reading(f"---\n{front}\n---\n\n## Takeaways\n- [ ] a 📅 2026-11-28\n", ELSEWHERE)
    assert [problem.code for problem in found.problems] == [code]
    assert line is None or found.problems[0].line == line
    assert found.problems[0].severity == "error"
    assert (found.kind, found.noun, found.follow_ups) == (None, None, ())


@pytest.mark.parametrize(("front", "code", "line"), BROKEN)
def test_unreadable_front_matter_is_named_where_debriefs_lie(front: str, code: str, line: int | None) -> None:
    found = reading("---\n" + front.replace("type: debrief", "kind: x") + "\n---\n", PATH)
    assert [problem.code for problem in found.problems] == [code]
    assert line is None or found.problems[0].line == line


@pytest.mark.parametrize(("front", "code", "line"), BROKEN)
def test_and_nowhere_else(front: str, code: str, line: int | None) -> None:
    for other in ("kind: x", "type: book", "type: debriefs of old"):
        assert reading("---\n" + front.replace("type: debrief", other) + "\n---\n", ELSEWHERE) == Reading(ELSEWHERE)


def test_front_matter_that_never_ends_is_named() -> None:
    assert said(reading("---\ntype: debrief\ncompany: Acme\n\nwords\n", ELSEWHERE).problems) == [
        ("front-matter-not-closed", 1)
    ]


def test_is_ours_asks_what_it_says_readably_or_not() -> None:
    assert is_ours(parsed("---\ntype: debrief\n---\n"), RULES)
    assert is_ours(parsed("---\ntype: Debrief\na: [\n---\n"), RULES)
    assert not is_ours(parsed("---\ntype: book\n---\n"), RULES)
    assert not is_ours(parsed("words"), RULES)


def test_a_body_that_is_no_utf8_is_read_and_said() -> None:
    found = read("\n## Takeaways\n\n- caf\udce9 first\n")
    assert said(found.problems) == [("not-utf8", 9)]
    assert isinstance(found.noun, Debrief)
    assert found.noun.takeaways[0].text == "caf\ufffd first"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_note_in_utf16_is_named_where_it_is_ours(encoding: str) -> None:
    ours = debrief_text("\n## Takeaways\n\n- a\n").encode(encoding)
    assert said(reading(ours, ELSEWHERE).problems) == [("not-text", None)]
    others = "# Garden\n\nwords that are somebody else's\n".encode(encoding)
    assert reading(others, ELSEWHERE) == Reading(ELSEWHERE)
    assert codes(others, PATH) == ["not-text"]


def test_a_nul_in_a_note_is_just_odd() -> None:
    found = read("\x00\n## Takeaways\n\n- a\x00b\n")
    assert isinstance(found.noun, Debrief)
    assert found.noun.takeaways[0].text == "a\x00b"


# Near misses


@pytest.mark.parametrize("value", ["Debreif", "debief", "debriefs", "DEBRIF", "debrief1"])
def test_a_misspelt_debrief_is_named_anywhere(value: str) -> None:
    (problem,) = reading(f"---\ntitle: x\ntype: {value}\n---\n", ELSEWHERE).problems
    assert (problem.code, problem.line, problem.quote) == ("unknown-type", 3, f"type: {value}")
    assert problem.hint.startswith("Write `type: debrief`")


@pytest.mark.parametrize(
    ("front", "near"),
    [
        ("type: aplication\ncompany: Acme", "application"), ("type: applications\ncompany: Acme", "application"), ("type: leter\ndebrief: x", "letter"),
        ("type: qestion\npractise_next: 2026-12-01", "question"), ("type: perosn\ncompany: Acme", "person"), ("type: reveiw\ncompany: Acme", "review"),
    ],
)  # fmt: skip
def test_other_misspelt_types_are_named_where_a_property_tells(front: str, near: str) -> None:
    (problem,) = reading(f"---\n{front}\n---\n", ELSEWHERE).problems
    assert (problem.code, problem.line) == ("unknown-type", 2)
    assert f"`type: {near}`" in problem.hint


TYPES = [
    "book",
    "article",
    "video",
    "podcast",
    "movie",
    "film",
    "recipe",
    "project",
    "area",
    "resource",
    "archive",
    "daily",
    "weekly",
    "monthly",
    "yearly",
    "note",
    "notes",
    "idea",
    "ideas",
    "concept",
    "term",
    "definition",
    "meeting",
    "event",
    "trip",
    "place",
    "person2",
    "contact",
    "company",
    "organisation",
    "org",
    "team",
    "topic",
    "tag",
    "index",
    "moc",
    "map",
    "home",
    "dashboard",
    "template",
    "log",
    "journal",
    "diary",
    "entry",
    "task",
    "tasks",
    "todo",
    "goal",
    "goals",
    "habit",
    "routine",
    "workout",
    "exercise",
    "food",
    "drink",
    "wine",
    "beer",
    "coffee",
    "plant",
    "garden",
    "tool",
    "app",
    "website",
    "link",
    "quote",
    "poem",
    "song",
    "album",
    "artist",
    "band",
    "game",
    "course",
    "lecture",
    "lesson",
    "class",
    "exam",
    "paper",
    "thesis",
    "chapter",
    "section",
    "snippet",
    "code",
    "bug",
    "issue",
    "feature",
    "release",
    "sprint",
    "standup",
    "retro",
    "okr",
    "decision",
    "adr",
    "spec",
    "doc",
    "docs",
    "guide",
    "howto",
    "faq",
    "reference",
    "glossary",
    "stories",
    "store",
    "storey",
    "letters",
    "latter",
    "litter",
    "better",
    "preview",
    "previews",
    "interview",
    "interviews",
    "questions",
    "quest",
    "press",
    "prop",
    "step",
    "persona",
    "persons",
    "parson",
    "prepare",
    "preps",
    "pre",
    "pro",
    "reviews",
    "revue",
    "application-form",
    "apps",
    "brief",
    "briefing",
    "debt",
    "default",
]


@pytest.mark.parametrize("value", TYPES)
def test_ordinary_types_raise_no_alarm(value: str) -> None:
    for more in (
        "",
        "title: x\ndate: 2026-11-20\naliases: [a]\nlink: y\nname: z\ntags: [b]\nstatus: done\nsource: web\n",
    ):
        assert reading(
            f"---\ntype: {value}\n{more}---\n\n## Takaways\n\n- [ ] a 📅 2026-11-28\n", ELSEWHERE
        ) == Reading(ELSEWHERE)


@pytest.mark.parametrize(
    "text", ["words\n", "---\ncompany: Acme\n---\n", "---\ntype:\n---\n", "## Takeaways\n", "\ufeffwords"]
)
def test_an_untyped_note_where_debriefs_lie_is_named(text: str) -> None:
    assert said(reading(text, PATH).problems) == [("untyped-debrief", 1)]


@pytest.mark.parametrize("text", ["", "\n \t\r\n", "\ufeff", "---\ntype: book\n---\n", "---\ntype: person\n---\n"])
def test_an_empty_note_there_or_one_with_a_type_is_not(text: str) -> None:
    assert said(reading(text, PATH).problems) == []


@pytest.mark.parametrize("telling", ["People met", "What they asked", "Where I was weak"])
@pytest.mark.parametrize("other", ["Takeaways", "Follow-ups", "Overall", "Strong", "People met", "What I noticed"])
def test_an_untyped_note_with_two_telling_headings_is_named_anywhere(telling: str, other: str) -> None:
    for text in (
        f"# {telling}\n\n### {other}\n",
        f"## {other.upper()}:\r\n\r\nwords\r\n\r\n##   **{telling}** 🎯\r\n",
        f"---\ntitle: x\n---\n## {telling}\n## {other}\n",
    ):
        assert codes(text) == ([] if telling == other else ["untyped-debrief"])


@pytest.mark.parametrize(
    "text",
    [
        "## People met\n", "## People met\n## People met\n", "## People met\n## Mine\n", "## People\n## Takeaways\n## Follow-ups\n## Summary\n## To do\n",
        "People met\n\nTakeaways\n", "## People met at the fair\n\n## Takeaways\n", "---\ntype: book\n---\n## People met\n## Takeaways\n",
    ],
)  # fmt: skip
def test_a_note_with_less_is_not(text: str) -> None:
    assert codes(text) == []


def test_a_note_with_three_hundred_ordinary_headings_raises_no_alarm() -> None:
    headings = [f"## {word.strip()}\n\nwords\n" for word in ORDINARY.replace("\n", " ").split(",")]
    assert reading("\n".join(headings), ELSEWHERE) == Reading(ELSEWHERE)
    known = {*RULES.words.vocabulary.sections, *RULES.words.vocabulary.unclear}
    own = [row for row in headings if row.partition("\n")[0][3:].lower() not in known]
    assert read("\n" + "\n".join([*own, "## Overall\n"])).problems == ()


# Problems of ours


def test_a_git_conflict_is_named_where_the_note_is_ours_or_has_blocks() -> None:
    hunk = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n"
    assert said(read(hunk).problems) == [("git-conflict", 6)]
    assert said(reading(f"{hunk}\n{GENERATED}", ELSEWHERE).problems) == [("git-conflict", 1)]
    assert "git-conflict" in codes(f"---\ntype: debrief\n{hunk}---\n")


def test_problems_of_all_kinds_come_together() -> None:
    found = reading(
        "---\ntype: debrief\nfelt: 9\n---\n\n## Takaways\n\n- a\n\n## Follow-ups\n\n- [ ] b 📅 2026-11-31\n\n<!-- jobvault:end -->\n\n<!-- x\n",
        "x.md",
    )
    assert sorted(problem.code for problem in found.problems) == [
        "bad-value", "block-no-begin", "comment-not-closed", "missing-company", "missing-date", "near-heading", "no-such-date",
    ]  # fmt: skip
    assert {problem.path for problem in found.problems} == {"x.md"}
    assert all(problem.message and problem.severity for problem in found.problems)


# Nothing raises


def sane(found: Reading, data: bytes) -> None:
    lines = max(1, len(parsed(data).lines))
    for problem in found.problems:
        assert problem.line is None or 1 <= problem.line <= lines
        for text in (problem.message, problem.hint, problem.quote):
            assert text.encode() is not None
    for item in found.follow_ups:
        assert 1 <= item.line <= lines
        assert item.text.encode()
    assert str(found.noun).encode() is not None
    assert found.matters == bool(found.kind or found.blocks or found.problems)


@given(st.binary(), st.sampled_from([PATH, ELSEWHERE]))
@settings(max_examples=300)
def test_any_bytes_are_read(data: bytes, path: str) -> None:
    sane(read_note(path, data, RULES), data)


rows = st.sampled_from(
    [
        b"---", b"type: debrief", b"type: Debreif", b"type: application", b"company: Acme", b"company: caf\xe9", b"people: [a, '[[b]]']", b"date: 2026-02-30", b"felt: {{x}}",
        b"## Takeaways", b"## Takaways", b"## People met", b"### [[Dana]], VP", b"- Concern: x", b"  - My answer: y (rough)", b"- [ ] a \xf0\x9f\x93\x85 2026-11-28", b"## Follow-ups",
        b"words", b"---", b"-", b"", b"```", b"<!--", b"-->", b"<!-- next time I will do it -->", b"%%", b"<!-- jobvault:begin people x=1 -->", b"<!-- jobvault:end -->", b"\x00", b"\xff\xfe",
        b"<<<<<<< a", b"=======", b">>>>>>> b", b"| a |", b"|---|", b"> q", b"##Takeaways", b"\xef\xbb\xbf", b"a: [", b"a: &x [*x]", b"\xe2\x80\xa8", b"- a" + b" #t" * 50,
    ]
)  # fmt: skip


@given(st.lists(rows, max_size=16), st.sampled_from([b"\n", b"\r\n", b"\r"]), st.sampled_from([PATH, ELSEWHERE]))
@settings(max_examples=300)
def test_any_lines_are_read(lines: list[bytes], ending: bytes, path: str) -> None:
    data = ending.join(lines)
    sane(read_note(path, data, RULES), data)


@given(st.lists(rows, max_size=16))
def test_a_debrief_of_any_lines_stays_one(lines: list[bytes]) -> None:
    data = b"---\ntype: debrief\n---\n" + b"\n".join(lines)
    found = read_note(PATH, data, RULES)
    sane(found, data)
    assert found.kind == "debrief"
