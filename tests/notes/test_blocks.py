"""Whose the words in a block are: what neither formatters nor ticks change, and that no word of the user's is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jobvault.notes.block_markers import read_stamp
from jobvault.notes.blocks import Block, digest, end_marker, essence, mark, same, users_lines
from tests.notes.bodies import USERS, WORDLESS, apply, bodies, formatted, ticked, ticks, words

DAY = date(2026, 11, 23)


def block(body: Sequence[str], rendered: Sequence[str] | None) -> Block:
    """Return a block whose end comment was written for ``rendered``; a bare one for None."""
    stamp = None
    if rendered is not None:
        found = re.fullmatch(r"<!-- jobvault:end (.*) -->", end_marker(rendered, DAY))
        assert found
        stamp = read_stamp(found[1])
        assert stamp
    return Block("follow-ups", {}, 1, len(body) + 2, 1, tuple(f"{line}\n" for line in body), stamp)


def letters(lines: Sequence[str]) -> str:
    """Return the letters and digits of some lines, done dates included, numbers of lists not."""
    plain = [re.sub(r"\A[\s>]*(?:(?:[-*+]|\d+[.)]) +)?", "", line) for line in lines]
    return "".join(char for char in "".join(plain) if char.isalnum())


# What a line is known by


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- [ ] Send it · Dana Reyes, Acme · [[2026-11-20 Acme]]", "SenditDanaReyesAcme20261120Acme"),
        ("  - [x] Send it ✅ 2026-11-21", "Sendit"),
        ("- [-] Send it ❌ 2026-11-21", "Sendit"),
        ("* [X] Send it [completion:: 2026-11-21]", "Sendit"),
        ("12) Send it (cancelled:: 2026-11-21)", "Sendit"),
        ("### Heading `two`", "Headingtwo"),
        ("> - quoted", "quoted"),
        ("due 📅 2026-11-21", "due20261121"),
        ("| --- | :-: |", ""),
        ("---", ""),
        ("", ""),
        ("été 東京 Ⅳ", "été東京Ⅳ"),
        ("2026\\. text", "2026text"),
        ("about 2026. More - [ ] 3) of it", "about2026More3ofit"),
    ],
)
def test_the_essence_of_a_line_is_its_letters_and_digits(line: str, expected: str) -> None:
    assert essence(line) == expected


@given(st.text())
def test_marks_are_two_letters_or_digits(line: str) -> None:
    assert re.fullmatch("[0-9A-Za-z]{2}", mark(line))
    assert mark(line) == mark(f"- [x] {line} ✅ 2026-11-21") or essence(line) != essence(f"- [x] {line} ✅ 2026-11-21")


def test_the_end_comment_says_version_date_digest_and_two_characters_a_line_with_letters() -> None:
    comment = end_marker(["- a", "", "| b |", "|---|", "| c |"], DAY)
    found = re.fullmatch(r"<!-- jobvault:end v1 2026-11-23 ([0-9a-z]{7}) ([0-9A-Za-z]{6}) -->", comment)
    assert found
    assert found[1] == digest(["- a", "| b |", "| c |"])
    assert found[2] == mark("a") + mark("b") + mark("c")
    assert re.fullmatch(r"<!-- jobvault:end v1 2026-11-23 [0-9a-z]{7} -->", end_marker([], DAY))


@given(bodies, formatted, ticks)
def test_neither_a_formatter_nor_a_tick_makes_a_line_the_users(
    body: list[str], formatters: list, marks: list[tuple[str, str]]
) -> None:
    after = apply(formatters, ticked(body, marks))
    assert users_lines(block(after, body)) == ()


@given(bodies, formatted)
def test_no_formatter_changes_the_digest(body: list[str], formatters: list) -> None:
    assert digest(apply(formatters, body)) == digest(body)


@given(bodies, ticks)
def test_no_tick_changes_the_digest_or_a_mark(body: list[str], marks: list[tuple[str, str]]) -> None:
    after = ticked(body, marks)
    assert digest(after) == digest(body)
    assert [mark(line) for line in after] == [mark(line) for line in body]


def test_a_tick_whose_date_was_wrapped_off_is_ours_still() -> None:
    body = ["- [ ] Send the portfolio to Dana Reyes · Acme"]
    assert users_lines(block(["- [x] Send the portfolio to Dana Reyes · Acme ✅", "  2026-11-21"], body)) == ()


# Whether a block is stale


@given(bodies, formatted)
def test_formatting_makes_no_block_stale(body: list[str], formatters: list) -> None:
    assert same(apply(formatters, body), body)


@given(bodies, st.data())
def test_every_changed_word_makes_a_block_stale(body: list[str], data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([n for n, line in enumerate(body) if essence(line)]))
    changed = list(body)
    changed[place] = changed[place].replace("Xy", "Xz", 1) if "Xy" in changed[place] else changed[place] + " more"
    assert not same(changed, body)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["- Learn C++"], ["- Learn C#"]),
        (["- Learn C++"], ["- Learn C"]),
        (["- [ ] Send it"], ["- [x] Send it"]),
        (["- [ ] Send it"], ["- [-] Send it"]),
        (["- [ ] Send it"], ["- Send it"]),
        (["- [x] Send it"], ["- [x] Send it ✅ 2026-11-21"]),
        (["- a", "- b"], ["- b", "- a"]),
        (["- a", "- b"], ["- a"]),
        (["- a?"], ["- a!"]),
        (["- a b"], ["- ab"]),
        (["# a"], ["## a"]),
        (["- a"], ["a"]),
        (["- a"], ["1. a"]),
        (["| a | b |"], ["| a b |"]),
        (["| a -- b |"], ["| a - b |"]),
        (["| :-- |"], ["| --: |"]),
        (["_a_"], ["a"]),
        (["`a`"], ["a"]),
        (["C:\\Users"], ["C:Users"]),
        (["see section 3. there"], ["see section 4. there"]),
        (["👍"], ["👎"]),
        ([], ["- a"]),
    ],
)
def test_what_is_no_formatting_makes_a_block_stale(one: list[str], other: list[str]) -> None:
    assert not same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["- a", "- b"], ["* a", "", "+ b"]),
        (["1. a", "2. b"], ["1. a", "1. b"]),
        (["1. a"], ["7) a"]),
        (["- a", "  - b"], ["-   a", "    -   b"]),
        (["| a | b |", "| --- | --- |", "| c | d |"], ["|a   |b  |", "|-|------|", "| c | d |"]),
        (["| a\\|b |"], ["| a\\|b    |"]),
        (["_a_ and **b**"], ["*a* and __b__"]),
        (["**b _a_**"], ["**b *a***"]),
        (["C++ & R"], ["C\\+\\+ \\& R"]),
        (["- a long line"], ["- a long", "  line"]),
        (["a  "], ["", "a", ""]),
        ([], [""]),
    ],
)
def test_formatting_is_undone(one: list[str], other: list[str]) -> None:
    assert same(one, other)


# The user's lines


def collides(typed: Sequence[str], body: Sequence[str]) -> bool:
    """Whether the user's words happen to have the mark of one of our lines: one in 3,844 do."""
    ours = {mark(line) for line in body}
    wrapped = [" ".join(typed[i:j]) for i in range(len(typed)) for j in range(i + 1, min(i + 4, len(typed)) + 1)]
    return any(mark(text) in ours for text in wrapped)


def mixed(body: Sequence[str], typed: Sequence[tuple[int, str]]) -> tuple[list[str], list[str]]:
    """Put lines of the user's between ours, each at a place; returns the result, and the user's in its order."""
    done, mine = [], []
    for n in range(len(body) + 1):
        here = [text for place, text in typed if place % (len(body) + 1) == n]
        done += here
        mine += here
        done += body[n : n + 1]
    return done, mine


typed_lines = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from([*USERS, *WORDLESS]) | words.map(lambda text: f"mine {text}")),
    min_size=1,
    max_size=6,
)


@given(bodies, typed_lines)
@settings(max_examples=300)
def test_every_line_of_the_users_is_kept_in_order_and_none_of_ours(
    body: list[str], typed: list[tuple[int, str]]
) -> None:
    after, mine = mixed(body, typed)
    told = [line for line in mine if essence(line)]
    kept = users_lines(block(after, body))
    assert [line.strip() for line in kept if essence(line)] == [line.strip() for line in told]


@given(bodies, typed_lines, formatted, ticks)
@settings(max_examples=300)
def test_every_word_of_the_users_survives_formatters_and_ticks(
    body: list[str], typed: list[tuple[int, str]], formatters: list, marks: list[tuple[str, str]]
) -> None:
    mine = mixed(body, typed)[1]
    after = apply(formatters, mixed(ticked(body, marks), typed)[0])
    assert letters(users_lines(block(after, body))) == letters(mine)


@given(bodies, st.data())
def test_a_line_of_ours_that_was_changed_is_the_users_as_a_whole(body: list[str], data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([n for n, line in enumerate(body) if essence(line)]))
    after = [*body[:place], body[place] + " but not on Monday", *body[place + 1 :]]
    assume(not collides([after[place]], body))
    assert [line for line in users_lines(block(after, body)) if essence(line)] == [after[place].strip()]


@given(bodies, st.data())
def test_a_line_of_ours_that_was_taken_out_makes_no_other_the_users(body: list[str], data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.integers(0, len(body) - 1)))
    after = [line for n, line in enumerate(body) if n not in gone]
    assert [line for line in users_lines(block(after, body)) if essence(line)] == []


@given(bodies, st.data())
def test_a_copy_of_our_line_is_the_users_once(body: list[str], data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([n for n, line in enumerate(body) if essence(line)]))
    after, mine = mixed(body, [(data.draw(st.integers(0, len(body))), body[place])])
    assume(sum(essence(line) == essence(body[place]) for line in body) == 1)
    assert [line.strip() for line in users_lines(block(after, body)) if essence(line)] == [mine[0].strip()]


@given(bodies, typed_lines)
def test_in_a_bare_block_all_words_are_the_users(body: list[str], typed: list[tuple[int, str]]) -> None:
    after, _ = mixed(body, typed)
    assert [line.strip() for line in users_lines(block(after, None)) if line] == [
        line.strip() for line in after if line.strip()
    ]


@given(st.lists(st.text()), st.lists(st.text()))
def test_lines_come_without_endings_and_begin_and_end_with_words(body: list[str], rendered: list[str]) -> None:
    rows = [line.replace("\n", "").replace("\r", "") for line in body]
    kept = users_lines(block(rows, rendered))
    assert not any("\n" in line or "\r" in line for line in kept)
    assert not kept or (kept[0] and kept[-1])


def test_groups_are_parted_by_a_blank_line_but_bullets_go_on_as_one_list() -> None:
    body = ["# Ours", "", "- one of ours", "- two of ours", "", "Last of ours"]
    after = ["mine", "# Ours", "", "- one of ours", "  - first", "- two of ours", "- second", "", "Last of ours", "end"]
    assert users_lines(block(after, body)) == ("mine", "", "- first", "- second", "", "end")


def test_a_group_keeps_its_blank_lines_and_its_own_indents() -> None:
    body = ["- one of ours", "- two of ours"]
    typed = ["    - first", "      - deeper", "", "      words below", "    - second"]
    assert users_lines(block([body[0], *typed, "", body[1]], body)) == (
        "- first",
        "  - deeper",
        "",
        "  words below",
        "- second",
    )


def test_a_fence_around_words_comes_whole() -> None:
    body = ["- one of ours", "- two of ours"]
    fence = ["```python", "print(1)", "", "  indented", "```"]
    assert users_lines(block([body[0], "", *fence, "", body[1]], body)) == tuple(fence)


def test_the_line_under_the_head_of_our_table_is_ours() -> None:
    body = ["| Date | Company |", "| --- | --- |", "| today | Acme |"]
    after = ["| Date   | Company |", "| ------ | ------- |", "| today  | Acme    |", "mine"]
    assert users_lines(block(after, body)) == ("mine",)


def test_an_emoji_alone_is_kept_where_anything_else_was_typed() -> None:
    body = ["- one of ours", "- two of ours"]
    assert users_lines(block([body[0], "👍", "", body[1], "mine"], body)) == ("👍", "", "mine")


def test_a_very_long_paragraph_in_a_block_is_kept() -> None:
    long = [f"sentence number {n} of a long text" for n in range(3000)]
    assert users_lines(block(["- one of ours", *long], ["- one of ours"])) == tuple(long)
