"""The task line: every form and place by hand, then lines built from parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.notes.tasks import TASK_LINE, TaskLine, read_task, set_status, status_of

DAY = date(2026, 11, 28)
TICKED = date(2026, 11, 20)


# Reading, by hand


@pytest.mark.parametrize(
    "field",
    [
        "📅 2026-11-28",
        "📅2026-11-28",
        "📅   2026-11-28",
        "📅\ufe0f 2026-11-28",
        "📆 2026-11-28",
        "🗓 2026-11-28",
        "🗓\ufe0f2026-11-28",
        "[due:: 2026-11-28]",
        "(due:: 2026-11-28)",
        "[ due::2026-11-28 ]",
        "[due:: 2026-11-28],",
        "[due:: 2026-11-28] ,",
        "[Due:: 2026-11-28]",
        "due 2026-11-28",
        ", due 2026-11-28",
        "; due 2026-11-28",
        "- due 2026-11-28",
        "– due 2026-11-28",
        "(due 2026-11-28)",
        "(due 2026-11-28).",
        "( due: 2026-11-28 )",
        "[due 2026-11-28]",
        ", (due 2026-11-28)",
        "due: 2026-11-28",
        "due:2026-11-28",
        "due 2026-11-28.",
        "due 2026-11-28,",
        "DUE 2026-11-28",
        "Due: 2026-11-28!",
    ],
)
@pytest.mark.parametrize(
    ("after", "tags", "block_id"),
    [
        ("", (), ""),
        ("  \t", (), ""),
        ("\r\n", (), ""),
        (" #sre", ("sre",), ""),
        (" ^abc-1", (), "abc-1"),
        (" #sre ^abc-1 ⏫ #on/site  ", ("sre", "on/site"), "abc-1"),
    ],
)
def test_a_due_date_is_read_in_every_form_and_place(
    field: str, after: str, tags: tuple[str, ...], block_id: str
) -> None:
    content = f"Ask [[Dana Reyes]], too {field}{after}"
    task = read_task(content)
    assert (task.text, task.due, task.tags, task.block_id) == ("Ask [[Dana Reyes]], too", DAY, tags, block_id)
    assert task.findings == ()
    due = task.fields[0]
    assert (due.key, due.value) == ("due", "2026-11-28")
    assert content[due.start : due.end] == f" {field}"


@pytest.mark.parametrize(
    ("field", "key", "value"),
    [
        ("⏳ 2026-11-28", "scheduled", "2026-11-28"),
        ("⌛ 2026-11-28", "scheduled", "2026-11-28"),
        ("⏳\ufe0f 2026-11-28", "scheduled", "2026-11-28"),
        ("[scheduled:: 2026-11-28]", "scheduled", "2026-11-28"),
        ("🛫 2026-11-28", "start", "2026-11-28"),
        ("(start:: 2026-11-28)", "start", "2026-11-28"),
        ("➕ 2026-11-28", "created", "2026-11-28"),
        ("[created:: 2026-11-28]", "created", "2026-11-28"),
        ("✅ 2026-11-28", "done", "2026-11-28"),
        ("[completion:: 2026-11-28]", "done", "2026-11-28"),
        ("❌ 2026-11-28", "cancelled", "2026-11-28"),
        ("[cancelled:: 2026-11-28]", "cancelled", "2026-11-28"),
        ("🔺", "priority", "🔺"),
        ("⏬\ufe0f", "priority", "⏬"),
        ("[priority:: high]", "priority", "high"),
        ("🔁 every 2 weeks, when done!", "repeat", "every 2 weeks, when done!"),
        ("🔁every day", "repeat", "every day"),
        ("(repeat:: every day)", "repeat", "every day"),
        ("🏁 delete", "on-completion", "delete"),
        ("[onCompletion:: keep]", "on-completion", "keep"),
        ("🆔 dcf64c", "id", "dcf64c"),
        ("🆔\ufe0f a_b-1", "id", "a_b-1"),
        ("[id:: dcf64c]", "id", "dcf64c"),
        ("⛔ dcf64c", "depends-on", "dcf64c"),
        ("⛔ dcf64c , 0h17ye", "depends-on", "dcf64c , 0h17ye"),
        ("[dependsOn:: dcf64c,0h17ye]", "depends-on", "dcf64c,0h17ye"),
    ],
)
@pytest.mark.parametrize("after", ["", " 📅 2026-12-01", " (due 2026-12-01)", " #sre ^b1"])
def test_every_other_field_is_read(field: str, key: str, value: str, after: str) -> None:
    task = read_task(f"Call {field}{after}")
    assert (task.text, task.fields[0].key, task.fields[0].value) == ("Call", key, value)
    dates = {name: getattr(task, name) for name in ("scheduled", "start", "created", "done", "cancelled")}
    assert dates == {name: DAY if name == key else None for name in dates}
    assert task.id == (value if key == "id" else "")
    assert task.recurring == (key == "repeat")
    assert task.findings == ()


@pytest.mark.parametrize(
    "content",
    [
        "Send it 2026-11-28",
        "Talk on 2026-11-28 about pay",
        "See [[Paper due 2026-11-28]]",
        "See [[Paper due 2026-11-28]] first",
        "Fix `due 2026-11-28` in the parser",
        "Read [it](<Paper due 2026-11-28.md>) now",
        "Say it is overdue 2026-11-28",
        "#due 2026-11-28",
        "Say it is due2026-11-28",
        "Say it is due 12026-11-28",
        "Mail a#b, ask for #",
        "",
        "   ",
    ],
)
def test_prose_is_no_field_and_no_finding(content: str) -> None:
    task = read_task(content)
    assert (task.text, task.fields, task.findings) == (content.strip(), (), ())


@pytest.mark.parametrize(
    "content",
    [
        "Call 📅 2026-11-28 and thank her",
        "Call 📅 2026-11-28.",
        "Call 📅 2026-11-28 14:30",
        "Call 📅 2026-02-30 and thank her",
        "Call [due:: 2026-11-28] and thank her",
        "Call [due:: 2026-11-28] [who:: Dana]",
        "Call (due:: 2026-02-30) and thank her",
        "Call due 2026-11-28 and thank her",
        "Call, due: 2026-02-30 and thank her",
        "Call (due 2026-11-28) and thank her",
        "Call 📅",
        "Call 📅 tomorrow",
        "Call [due::]",
        "**Call 📅 2026-11-28**",
        "Call due 2026-11-28 `soon`",
    ],
)
def test_a_due_date_that_is_not_read_is_reported(content: str) -> None:
    task = read_task(f" {content}\r\n")
    assert task == TaskLine(text=content, findings=(("date-not-at-end", content),))


def test_a_due_date_hidden_behind_words_is_reported_beside_one_that_is_read() -> None:
    task = read_task("Call 📅 2026-11-20 then write 📅 2026-11-28")
    assert task.due == DAY
    assert task.findings == (("date-not-at-end", "Call 📅 2026-11-20 then write 📅 2026-11-28"),)


@pytest.mark.parametrize(
    ("content", "quoted"),
    [
        ("Call 📅 2026-02-30 #sre", "📅 2026-02-30"),
        ("Call  [due:: 2026-13-01], [priority:: low]", "[due:: 2026-13-01]"),
        ("Call, due 2026-11-31", "due 2026-11-31"),
        ("Call (due 0000-01-01)", "(due 0000-01-01)"),
    ],
)
def test_a_date_that_does_not_exist_is_reported_and_taken_off(content: str, quoted: str) -> None:
    task = read_task(content)
    assert (task.text, task.due, task.findings) == ("Call", None, (("no-such-date", quoted),))


def test_a_bracketed_due_date_that_is_none_is_reported() -> None:
    task = read_task("Call [due:: tomorrow]")
    assert (task.text, task.findings) == ("Call [due:: tomorrow]", (("no-such-date", "[due:: tomorrow]"),))


def test_other_dates_that_do_not_exist_are_reported_too() -> None:
    task = read_task("Call 📅 2026-11-28 ✅ 2026-02-30")
    assert (task.due, task.done, task.findings) == (DAY, None, (("no-such-date", "✅ 2026-02-30"),))


@pytest.mark.parametrize(
    ("content", "code", "quoted"),
    [
        ("Call 📅 2026-11-28 #sre, due 2026-11-20", "two-due-dates", "📅 2026-11-28 #sre, due 2026-11-20"),
        ("Call, due 2026-11-28 ⏫ 📅 2026-11-20 ^b", "two-due-dates", "due 2026-11-28 ⏫ 📅 2026-11-20"),
        ("Call 📅 2026-11-28 [due:: 2026-11-20]", "two-due-dates", "📅 2026-11-28 [due:: 2026-11-20]"),
        ("Call 📅 2026-11-28 [due:: 2026-11-28]", "", ""),
        ("Call 📅 2026-02-30 📅 2026-11-28", "no-such-date", "📅 2026-02-30"),
    ],
)
def test_of_two_due_dates_the_leftmost_that_exists_counts(content: str, code: str, quoted: str) -> None:
    task = read_task(content)
    assert (task.text, task.due) == ("Call", DAY)
    assert task.findings == (((code, quoted),) if code else ())


@pytest.mark.parametrize(
    ("content", "text", "tags"),
    [
        (
            "Study #system-design for #acme/sre 📅 2026-11-28 #urgent",
            "Study #system-design for",
            ("system-design", "acme/sre", "urgent"),
        ),
        ("#first study", "#first study", ("first",)),
        ("Answer ticket #123", "Answer ticket #123", ()),
        ("Answer ticket #123 📅 2026-11-28 #45 #x", "Answer ticket #123", ("x",)),
        ("See [[Acme #sre]] and `grep #x`", "See [[Acme #sre]] and `grep #x`", ()),
        ("See [[Acme #sre]]", "See [[Acme #sre]]", ()),
        ("Run `grep #x`", "Run `grep #x`", ()),
        ("Open https://example.org/#a", "Open https://example.org/#a", ()),
        ("#only", "", ("only",)),
    ],
)
def test_tags(content: str, text: str, tags: tuple[str, ...]) -> None:
    task = read_task(content)
    assert (task.text, task.tags) == (text, tags)


def test_only_one_block_id_is_read() -> None:
    task = read_task("Call ^one 📅 2026-11-28 ^two")
    assert (task.text, task.due, task.block_id) == ("Call ^one", DAY, "two")


@pytest.mark.parametrize(
    "content",
    ["Anrufen, fällig 2026-11-28", "Anrufen (Bis: 2026-11-28)", "Anrufen fa\u0308llig  am 2026-11-28 #x"],
)
def test_due_words_come_from_the_vaults_language(content: str) -> None:
    task = read_task(content, due_words=["fällig", "fällig am", "bis"])
    assert (task.text, task.due) == ("Anrufen", DAY)
    assert read_task(content).due is None
    assert read_task(content, due_words=()).due is None


def test_a_due_date_among_values_of_words_is_not_taken_for_one() -> None:
    task = read_task("Call 🔁 every week, due 2026-11-28 🆔 a1 due 2026-11-28")
    assert [(field.key, field.value) for field in task.fields] == [
        ("repeat", "every week"),
        ("due", "2026-11-28"),
        ("id", "a1"),
        ("due", "2026-11-28"),
    ]


def test_statuses() -> None:
    expected = {" ": "open", "/": "in-progress", "x": "done", "X": "done", "-": "cancelled", "!": "open", "?": "open"}
    assert {char: status_of(char) for char in expected} == expected


@pytest.mark.parametrize(
    ("line", "groups"),
    [
        ("- [ ] Call", ("", "-", " ", " ", " ", "Call")),
        ("\t> > 12)   [-]  Call  ", ("\t> > ", "12)", "   ", "-", "  ", "Call  ")),
        ("* [x]", ("", "*", " ", "x", "", "")),
    ],
)
def test_the_parts_of_a_task_line(line: str, groups: tuple[str, ...]) -> None:
    match = TASK_LINE.match(line)
    assert match is not None
    assert match.groups() == groups


@pytest.mark.parametrize(
    "line", ["- Call", "- [a](b.md)", "-[ ] Call", "[ ] Call", "- [] Call", "- [ab] Call", "a - [ ] b"]
)
def test_what_is_no_task_line(line: str) -> None:
    assert TASK_LINE.match(line) is None


# Ticking, by hand


@pytest.mark.parametrize(
    ("line", "ticked"),
    [
        ("- [ ] Call", "- [x] Call ✅ 2026-11-20"),
        ("- [ ] Call\n", "- [x] Call ✅ 2026-11-20\n"),
        ("- [ ] Call  \r\n", "- [x] Call ✅ 2026-11-20  \r\n"),
        ("\t> 1)   [/]  Call\r", "\t> 1)   [x]  Call ✅ 2026-11-20\r"),
        ("+ [ ] Call, due 2026-11-28.", "+ [x] Call, due 2026-11-28. ✅ 2026-11-20"),
        ("- [ ] Call 📅2026-11-28 #sre", "- [x] Call 📅2026-11-28 #sre ✅ 2026-11-20"),
        ("- [ ] Call 📅 2026-11-28  ^b1 ", "- [x] Call 📅 2026-11-28 ✅ 2026-11-20  ^b1 "),
        ("- [ ] Call ^b1 📅 2026-11-28", "- [x] Call ^b1 📅 2026-11-28 ✅ 2026-11-20"),
        ("- [ ] Call [due:: 2026-11-28]", "- [x] Call [due:: 2026-11-28]  [completion:: 2026-11-20]"),
        ("- [ ] Call (due:: 2026-11-28) ^b1", "- [x] Call (due:: 2026-11-28)  (completion:: 2026-11-20) ^b1"),
        ("- [ ] Call 📅 2026-11-28 [id:: a]", "- [x] Call 📅 2026-11-28 [id:: a]  [completion:: 2026-11-20]"),
        ("- [ ] Call [due:: 2026-11-28] soon", "- [x] Call [due:: 2026-11-28] soon  [completion:: 2026-11-20]"),
        ("- [ ] Call [who:: Dana]", "- [x] Call [who:: Dana] ✅ 2026-11-20"),
        ("- [ ] Call ✅ 2026-11-01 📅 2026-11-28", "- [x] Call ✅ 2026-11-20 📅 2026-11-28"),
        ("- [x] Call ✅2026-11-01 ^b1", "- [x] Call ✅2026-11-20 ^b1"),
        ("- [X] Call (completion::2026-11-01)", "- [X] Call (completion::2026-11-20)"),
        ("- [x] Call ✅ 2026-02-30", "- [x] Call ✅ 2026-11-20"),
        ("- [x] Call", "- [x] Call ✅ 2026-11-20"),
        ("- [-] Call ❌ 2026-11-01", "- [x] Call ✅ 2026-11-20"),
        ("- [-] Call  [cancelled:: 2026-11-01]  [id:: a]", "- [x] Call  [id:: a]  [completion:: 2026-11-20]"),
        ("- [x] Call ❌ 2026-11-01", "- [x] Call ❌ 2026-11-01 ✅ 2026-11-20"),
        ("- [ ] Call 🔁 every day", "- [x] Call 🔁 every day ✅ 2026-11-20"),
        ("- [ ]", "- [x] ✅ 2026-11-20"),
        ("- [ ]  \n", "- [x] ✅ 2026-11-20  \n"),
        ("- [ ] ^b1", "- [x] ✅ 2026-11-20 ^b1"),
        ("- Call", "- [x] Call ✅ 2026-11-20"),
        ("> 2.  Call 📅 2026-11-28 \r\n", "> 2.  [x] Call 📅 2026-11-28 ✅ 2026-11-20 \r\n"),
        ("- [a](b.md)", "- [x] [a](b.md) ✅ 2026-11-20"),
        ("-", "- [x] ✅ 2026-11-20"),
    ],
)
def test_ticking_writes_the_box_and_the_done_date(line: str, ticked: str) -> None:
    assert set_status(line, "x", TICKED) == ticked
    assert set_status(ticked, "x", TICKED) == ticked
    assert set_status(ticked, "X", TICKED) == ticked


@pytest.mark.parametrize(
    ("line", "char", "on", "changed"),
    [
        ("- [ ] Call 📅 2026-11-28", "x", None, "- [x] Call 📅 2026-11-28"),
        ("- [ ] Call ✅ 2026-11-01", "x", None, "- [x] Call ✅ 2026-11-01"),
        ("- [-] Call ❌ 2026-11-01 ^b", "x", None, "- [x] Call ^b"),
        ("- [X] Call", "x", None, "- [X] Call"),
        ("- [ ] Call #a", "-", TICKED, "- [-] Call #a ❌ 2026-11-20"),
        ("- [x] Call ✅ 2026-11-01 ^b", "-", TICKED, "- [-] Call ❌ 2026-11-20 ^b"),
        ("- [x] Call ✅ 2026-11-01", "-", None, "- [-] Call"),
        ("- [-] Call ❌ 2026-11-01", "-", TICKED, "- [-] Call ❌ 2026-11-20"),
        ("- [ ] Call (id:: a)", "-", TICKED, "- [-] Call (id:: a)  (cancelled:: 2026-11-20)"),
        ("- [x] Call 📅 2026-11-28 ✅ 2026-11-01 #a", " ", None, "- [ ] Call 📅 2026-11-28 #a"),
        ("- [x] Call  [completion:: 2026-11-01], ^b\n", " ", TICKED, "- [ ] Call ^b\n"),
        ("- [x] ✅ 2026-11-01 #a", "/", TICKED, "- [/] #a"),
        ("- [-] Call ❌ 2026-11-01 ✅ 2026-11-02", "/", None, "- [/] Call"),
        ("- [x] Call ✅ 2026-11-01 and more", " ", None, "- [ ] Call ✅ 2026-11-01 and more"),
        ("- [x] ✅2026-11-01🔺", " ", None, "- [ ] 🔺"),
        ("- [x] ✅ 2026-11-01, due 2026-11-28", " ", None, "- [ ] , due 2026-11-28"),
        ("- [x] Call ✅ 2026-11-01, due 2026-11-28", " ", None, "- [ ] Call, due 2026-11-28"),
        ("- [x] Call ✅ 2026-11-01[id:: a]", " ", None, "- [ ] Call [id:: a]"),
        ("- [ ] Call", " ", None, "- [ ] Call"),
        ("- [ ] Call", "!", None, "- [!] Call"),
        ("- Call", " ", None, "- [ ] Call"),
    ],
)
def test_other_changes_of_status(line: str, char: str, on: date | None, changed: str) -> None:
    assert set_status(line, char, on) == changed
    assert set_status(changed, char, on) == changed


def test_the_vaults_due_words_are_known_when_ticking() -> None:
    line = "- [x] Anrufen ✅ 2026-11-01, fällig 2026-11-28"
    assert set_status(line, " ", None, due_words=("fällig",)) == "- [ ] Anrufen, fällig 2026-11-28"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "\n",
        "Call",
        "# Call",
        "-Call",
        "---",
        "* * *",
        "**Call**",
        "[ ] Call",
        "- a\n- b",
        "- a\rb",
        "- a\n\n",
        "\n- a",
    ],
)
def test_what_is_no_list_item_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="list item"):
        set_status(line, "x", TICKED)


@pytest.mark.parametrize("char", ["", "xx", "\n", "\r"])
def test_what_is_no_box_character_is_refused(char: str) -> None:
    with pytest.raises(ValueError, match="character of a box"):
        set_status("- [ ] Call", char, TICKED)


# Lines built from parts


@dataclass(frozen=True)
class Part:
    """A piece of a line, and what reading it must give: a field's key and value, a tag, or a block id."""

    written: str
    kind: str
    name: str
    value: str = ""
    form: str = ""


days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
blanks = st.sampled_from([" ", "  ", "\t", " \u00a0"])
ids = st.text("abcXYZ019-_", min_size=1, max_size=6).filter(lambda name: name != "-")
tag_names = st.text("abcäß/-_", min_size=1, max_size=6)
DATES = {
    "due": ("📅📆🗓", "due"),
    "scheduled": ("⏳⌛", "scheduled"),
    "start": ("🛫", "start"),
    "created": ("➕", "created"),
    "done": ("✅", "completion"),
    "cancelled": ("❌", "cancelled"),
}
VALUES = {
    "repeat": (
        "🔁",
        "repeat",
        st.sampled_from(["every day", "every week on Monday, Tuesday", "every 2 months when done"]),
    ),
    "on-completion": ("🏁", "onCompletion", st.sampled_from(["keep", "delete"])),
    "id": ("🆔", "id", ids),
    "depends-on": ("⛔", "dependsOn", st.lists(ids, min_size=1, max_size=3).map(", ".join)),
}


@st.composite
def emoji_parts(draw: st.DrawFn, keys: tuple[str, ...]) -> Part:
    key = draw(st.sampled_from(keys))
    style = draw(st.sampled_from(["", "\ufe0f"]))
    blank = draw(st.sampled_from(["", " ", "  "]))
    if key == "priority":
        sign = draw(st.sampled_from("🔺⏫🔼🔽⏬"))
        return Part(sign + style, "field", key, sign, "emoji")
    if key in DATES:
        sign, value = draw(st.sampled_from(DATES[key][0])), draw(days).isoformat()
    else:
        sign, value = VALUES[key][0], draw(VALUES[key][2])
    return Part(f"{sign}{style}{blank}{value}", "field", key, value, "emoji")


@st.composite
def dataview_parts(draw: st.DrawFn, keys: tuple[str, ...]) -> Part:
    key = draw(st.sampled_from(keys))
    if key == "priority":
        name, value = key, draw(st.sampled_from(["highest", "high", "medium", "low", "lowest"]))
    elif key in DATES:
        name, value = DATES[key][1], draw(days).isoformat()
    else:
        name, value = VALUES[key][1], draw(VALUES[key][2])
    shape = draw(st.sampled_from(["[{}:: {}]", "({}:: {})", "[{}::{}]", "[ {}::  {} ]", "[{}:: {}],", "({}:: {}) ,"]))
    return Part(shape.format(name, value), "field", key, value, "dataview")


@st.composite
def plain_parts(draw: st.DrawFn) -> Part:
    day = draw(days).isoformat()
    shapes = ["due {}", ", due {}", "(due {})", "due: {}", "DUE {}.", "(Due: {}).", "; due {}!", "· due {}", "[due {}]"]
    return Part(draw(st.sampled_from(shapes)).format(day), "field", "due", day, "plain")


tag_parts = tag_names.map(lambda name: Part(f"#{name}", "tag", name))
block_ids = st.text("abc019-", min_size=1, max_size=6).map(lambda name: Part(f"^{name}", "block-id", name))
words = st.lists(
    st.sampled_from(
        [
            "Ask",
            "[[Dana Reyes]]",
            "`due 2026-11-28`",
            "#mid",
            "#12",
            "2026-11-28",
            "Due-diligence",
            "(a)",
            "ok,",
            "ü",
            "^x",
            "💡",
        ]
    ),
    max_size=6,
).map(lambda parts: " ".join([*parts, "note"]))

PLAIN_KEYS = ("due", "scheduled", "start", "created", "priority", *VALUES)
ALL_KEYS = (*PLAIN_KEYS, "done", "cancelled")


@dataclass(frozen=True)
class Built:
    """A task's content with the parts it was built from."""

    text: str
    parts: tuple[Part, ...]
    gaps: tuple[str, ...]

    @property
    def content(self) -> str:
        return self.text + "".join(gap + part.written for gap, part in zip(self.gaps, self.parts, strict=True))


@st.composite
def contents(draw: st.DrawFn, keys: tuple[str, ...] = ALL_KEYS) -> Built:
    pieces = st.one_of(emoji_parts(keys), dataview_parts(keys), plain_parts(), tag_parts)
    parts = draw(st.lists(pieces, max_size=6))
    if draw(st.booleans()):
        parts.insert(draw(st.integers(0, len(parts))), draw(block_ids))
    gaps = draw(st.lists(blanks, min_size=len(parts), max_size=len(parts)))
    return Built(draw(words), tuple(parts), tuple(gaps))


def seen(task: TaskLine, *, without: tuple[str, ...] = ()) -> object:
    fields = [(field.key, field.value, field.form) for field in task.fields if field.key not in without]
    return task.text, fields, task.tags, task.block_id, task.due, task.scheduled, task.start, task.created, task.id


@given(contents())
def test_what_was_built_is_read_back(built: Built) -> None:
    task = read_task(built.content)
    assert task.text == built.text
    fields = [part for part in built.parts if part.kind == "field"]
    assert [(f.key, f.value, f.form) for f in task.fields] == [(p.name, p.value, p.form) for p in fields]
    # Whose the comma is between two fields that may both have it is of no account.
    spans = [built.content[field.start : field.end] for field in task.fields]
    assert [span.strip("\t\u00a0 ,") for span in spans] == [part.written.strip(" ,") for part in fields]
    inside = ("mid",) * built.text.split().count("#mid")
    assert task.tags == inside + tuple(part.name for part in built.parts if part.kind == "tag")
    assert [task.block_id] == [part.name for part in built.parts if part.kind == "block-id"] or not task.block_id
    assert task.recurring == any(part.name == "repeat" for part in fields)
    for key in DATES:
        first = next((part.value for part in fields if part.name == key), None)
        assert getattr(task, key) == (date.fromisoformat(first) if first else None)
    dues = {part.value for part in fields if part.name == "due"}
    assert [code for code, _ in task.findings] == (["two-due-dates"] if len(dues) > 1 else [])


@given(contents())
def test_the_spans_of_fields_leave_the_rest_when_cut_out(built: Built) -> None:
    left = built.content
    for field in reversed(read_task(left).fields):
        left = left[: field.start] + left[field.end :]
    others = [gap + part.written for gap, part in zip(built.gaps, built.parts, strict=True) if part.kind != "field"]
    assert left == built.text + "".join(others)


befores = st.sampled_from(["- ", "\t* ", "  1) ", "> - ", "> > 10. ", "+   "])
endings = st.sampled_from(["", "\n", "\r\n", "\r", "  \n", "\t\r\n"])
chars = st.sampled_from(" /xX-!?")


@given(befores, chars, contents(), endings, chars, st.none() | days)
def test_a_set_status_is_read_back_and_nothing_else_changes(
    before: str, old: str, built: Built, ending: str, char: str, on: date | None
) -> None:
    line = f"{before}[{old}] {built.content}{ending}"
    new = set_status(line, char, on)
    match = TASK_LINE.match(new)
    assert match is not None
    assert new.startswith(before)
    assert new.endswith(ending)
    assert status_of(match[4]) == status_of(char)
    was, now = read_task(built.content), read_task(match[6])
    if not was.done and not was.cancelled:  # a date that is cut out may leave its neighbours' comma to another
        dated = ("done", "cancelled")
        assert seen(now, without=dated) == seen(was, without=dated)
    kept = status_of(old) == status_of(char)
    assert now.done == ((on or was.done) if char in "xX" else was.done if kept and char == "-" else None)
    assert now.cancelled == ((on or was.cancelled) if char == "-" else was.cancelled if kept and char in "xX" else None)
    assert set_status(new, char, on) == new


@given(befores, st.sampled_from(" /!"), contents(PLAIN_KEYS), endings, st.sampled_from("xX-"), st.none() | days)
def test_a_tick_taken_back_restores_the_line(
    before: str, old: str, built: Built, ending: str, char: str, on: date | None
) -> None:
    line = f"{before}[{old}] {built.content}{ending}"
    ticked = set_status(line, char, on)
    assert ticked != line
    assert set_status(ticked, old, None) == line


@given(befores, contents(PLAIN_KEYS), endings, days)
def test_a_bullet_gets_a_box_and_is_otherwise_a_task(before: str, built: Built, ending: str, on: date) -> None:
    as_task = set_status(f"{before}[ ] {built.content}{ending}", "x", on)
    assert set_status(f"{before}{built.content}{ending}", "x", on) == as_task


TOKENS = (
    *"📅🗓⏳✅❌🔁🏁⛔🆔🔼\ufe0f[]()`,.;:-#^ \t",
    "  ",
    "2026-11-28",
    "2026-02-30",
    "due",
    "due::",
    "completion::",
    "[due:: 2026-11-28]",
    "(completion:: 2026-11-28)",
    "✅ 2026-11-28",
    " due 2026-11-28",
    " #tag",
    " #12",
    " ^id",
    "every day",
    "a",
    "\u2028",
)
soup = st.lists(st.sampled_from(TOKENS), max_size=14).map("".join)


@given(st.text() | soup)
def test_any_text_is_read_without_loss(content: str) -> None:
    task = read_task(content)
    assert task.text in content
    assert content.startswith(task.text) or content.strip().startswith(task.text)
    for field, following in zip(task.fields, task.fields[1:], strict=False):
        assert 0 <= field.start < field.end <= following.start
    assert not task.fields or task.fields[-1].end <= len(content)


@given(st.text() | soup, st.sampled_from("xX/- !"), days)
def test_any_text_is_set_once_or_refused(content: str, char: str, on: date) -> None:
    line = f"- [ ] {content}"
    try:
        new = set_status(line, char, on)
    except ValueError:
        assert "\n" in content or "\r" in content
        return
    was, now = read_task(content), read_task(new[5:])
    assert set_status(new, char, on) == new
    assert (now.done, now.cancelled) == (on if char in "xX" else None, on if char == "-" else None)
    if not any(field.key in ("done", "cancelled") for field in was.fields):
        assert seen(now, without=("done", "cancelled")) == seen(was)
        assert [code for code, _ in now.findings] == [code for code, _ in was.findings]
        assert set_status(new, " ", None) == line


@pytest.mark.parametrize(("first", "last"), [("", ""), ("[due::", "x"), ("- [x] due a ⛔ ", " , ✅ 2026-11-28")])
@pytest.mark.parametrize(
    "unit",
    [
        *" -,:#[(`📅🔁\ufe0f",
        "[[",
        "](",
        "a",
        "a ",
        "a, ",
        "#a ",
        "# ",
        " ^a",
        "📅 ",
        "📅 2026-11-28 ",
        "✅ 2026-11-28 ",
        "due ",
        "due:",
        "due: ",
        "due 2026-11-28 ",
        "(due 2026-11-28) ",
        "[due:: ",
        "[due:: 2026-11-28], ",
        "🔁 every day ",
        "⛔ a, ",
        "- ",
        "> ",
        "\r",
        "due" + " " * 99_990,
        "due 2026-11-28" + " " * 99_000 + "(due" + " " * 900,
    ],
)
def test_long_lines_end(unit: str, first: str, last: str) -> None:
    """A pattern that goes back and forth would take hours here; there is no other bound."""
    long = first + unit * max(1, 100_000 // len(unit)) + last
    task = read_task(long)
    assert task.text in long
    if "\r" not in long:
        ticked = set_status(f"- a {long}", "x", TICKED)
        assert set_status(ticked, "x", TICKED) == ticked
