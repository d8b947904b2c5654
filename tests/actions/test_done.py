"""Ticking follow-ups: which one is meant, and what becomes of its line."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.actions.done import Ticked, find, tick
from jobvault.actions.vault import Vault
from jobvault.errors import AmbiguousError, NotFoundError, RefusedError
from jobvault.model import FollowUp, Status
from tests.small_vault import TODAY, SmallVault, debrief, make_vault

ACME = "Debriefs/2026-11-20 Acme panel.md"
BIRCH = "Debriefs/2026-11-24 Birch technical.md"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(
        tmp_path / "vault",
        {
            ACME: debrief(
                front="people:\n  - Dana Reyes\n  - Tom Ek\n",
                follow_ups="""\
                - [ ] Send the portfolio to Dana Reyes 📅 2026-11-27
                - [ ] Send the CV
                - [x] Thank-you letter to Tom Ek ✅ 2026-11-21
                - [-] Call the lab
                - [/] Read the paper
                - Ask for the name, due 2026-11-30
                - [ ] Water the plants 🔁 every week 📅 2026-11-27
                """,
            ),
            BIRCH: debrief(
                "Birch",
                "2026-11-24",
                "technical",
                front="people: Ada Lee\n",
                follow_ups="- [ ] Send the CV  [due:: 2026-11-29]\n\nWrite to nobody in particular.\n",
            ),
        },
    )


def texts(items: tuple[FollowUp, ...]) -> list[str]:
    return [item.text for item in items]


def item(vault: Vault, text: str) -> FollowUp:
    [found] = [one for one in vault.follow_ups if one.text == text]
    return found


def do(
    vault: SmallVault, *queries: str, status: Status = "done", on: dt.date | None = TODAY, dry_run: bool = False
) -> tuple[Ticked, ...]:
    opened = vault.open()
    return tick(opened, find(opened, queries, status), status, on, dry_run=dry_run)


# --- which one is meant -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("queries", "found"),
    [
        (("portfolio",), "Send the portfolio to Dana Reyes"),
        (("PORTFOLIO", "dana"), "Send the portfolio to Dana Reyes"),
        (("dana", "send"), "Send the portfolio to Dana Reyes"),
        (("send cv birch",), "Send the CV"),
        (("technical", "CV"), "Send the CV"),
        (("ask for",), "Ask for the name"),
        (("read the paper",), "Read the paper"),
        (("in particular",), "Write to nobody in particular."),
    ],
)
def test_words_are_found_in_text_people_company_and_round(
    vault: SmallVault, queries: tuple[str, ...], found: str
) -> None:
    assert texts(find(vault.open(), queries, "done")) == [found]


def test_an_id_and_any_prefix_of_three_or_more_names_one(vault: SmallVault) -> None:
    opened = vault.open()
    for one in opened.follow_ups:
        short = opened.short_ids()[one.id]
        assert 3 <= len(short) <= 8
        for query in (short, short.upper(), one.id[:6], one.id):
            assert find(opened, [query], "done") == (one,)


def test_several_ids_name_several_each_once(vault: SmallVault) -> None:
    opened = vault.open()
    one, other = item(opened, "Send the portfolio to Dana Reyes"), item(opened, "Read the paper")
    assert find(opened, [one.id, other.id[:5], one.id[:5]], "done") == (one, other)


def test_a_text_that_is_equal_as_a_whole_wins(vault: SmallVault) -> None:
    vault.edit(BIRCH, "- [ ] Send the CV  [due:: 2026-11-29]", "- [ ] Send the CV again")
    assert texts(find(vault.open(), ["send the cv"], "done")) == ["Send the CV"]


def test_words_mean_what_is_not_done_yet_and_undo_what_is(vault: SmallVault) -> None:
    vault.edit(ACME, "- [ ] Send the CV", "- [x] Send the CV")
    opened = vault.open()
    assert [one.path for one in find(opened, ["send the cv"], "done")] == [BIRCH]
    assert [one.path for one in find(opened, ["send the cv"], "open")] == [ACME]


@pytest.mark.parametrize("query", ["send", "cv", "e"])
def test_ambiguous_words_list_the_candidates(vault: SmallVault, query: str) -> None:
    opened = vault.open()
    with pytest.raises(AmbiguousError) as refused:
        find(opened, [query], "done")
    rows = refused.value.candidates
    assert len(rows) >= 2
    for row in rows:
        name = row.split("  ")[0]
        assert find(opened, [name], "done")[0].text in row
        assert ".md:1" in row or ".md:2" in row
    assert "Nothing was changed" in str(refused.value)


def test_a_prefix_that_names_several_is_ambiguous_and_longer_ones_are_shown(vault: SmallVault) -> None:
    lines = "".join(f"- [ ] Task number {number}\n" for number in range(400))
    vault.write(BIRCH, debrief("Birch", "2026-11-24", "technical", follow_ups=lines))
    opened = vault.open()
    three = sorted(one.id[:3] for one in opened.follow_ups)
    shared = next(a for a, b in pairwise(three) if a == b)
    with pytest.raises(AmbiguousError) as refused:
        find(opened, [shared], "done")
    names = [row.split("  ")[0] for row in refused.value.candidates]
    assert len(set(names)) == len(names) >= 2
    assert all(len(name) > 3 and len(find(opened, [name], "done")) == 1 for name in names)


def test_an_id_that_is_also_a_word_of_another_is_ambiguous(vault: SmallVault) -> None:
    opened = vault.open()
    short = item(opened, "Read the paper").id[:3]
    vault.edit(ACME, "- [ ] Send the CV", f"- [ ] Send the CV to {short.upper()} GmbH")
    opened = vault.open()
    with pytest.raises(AmbiguousError) as refused:
        find(opened, [short], "done")
    names = [row.split("  ")[0] for row in refused.value.candidates]
    assert len(names) == 2
    assert {find(opened, [name], "done")[0].text for name in names} == {
        "Read the paper",
        f"Send the CV to {short.upper()} GmbH",
    }


@pytest.mark.parametrize("queries", [("nothing", "like", "this"), ("zzzzzzzz",), ("!!",), ("",)])
def test_what_is_nowhere_is_said(vault: SmallVault, queries: tuple[str, ...]) -> None:
    with pytest.raises(NotFoundError, match="No follow-up has the words"):
        find(vault.open(), queries, "done")


def test_what_a_rule_made_is_explained_by_id_and_by_words(vault: SmallVault) -> None:
    opened = vault.open()
    [made] = [one for one in opened.view("follow-ups").items if one.company == "Birch" and one.line is None]
    for queries in ([made.id], [made.id[:5]], ["thank", "ada"]):
        with pytest.raises(NotFoundError) as refused:
            find(opened, queries, "done")
        assert made.text in str(refused.value)
        assert f"under Follow-ups of {BIRCH}" in str(refused.value)


@given(query=st.text(max_size=12))
def test_any_query_finds_or_says_why_not(tmp_path_factory: pytest.TempPathFactory, query: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "query"
    vault = make_vault(folder, {ACME: debrief(follow_ups="- [ ] Send the CV\n- [ ] Send the portfolio\n")}).open()
    try:
        assert find(vault, [query], "done")
    except (NotFoundError, AmbiguousError) as refused:
        assert str(refused)


# --- ticking ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "status", "old", "new"),
    [
        ("portfolio", "done", "- [ ] Send the portfolio to Dana Reyes 📅 2026-11-27", "- [x] Send the portfolio to Dana Reyes 📅 2026-11-27 ✅ 2026-11-25"),
        ("portfolio", "cancelled", "- [ ] Send the portfolio to Dana Reyes 📅 2026-11-27", "- [-] Send the portfolio to Dana Reyes 📅 2026-11-27 ❌ 2026-11-25"),
        ("thank-you", "open", "- [x] Thank-you letter to Tom Ek ✅ 2026-11-21", "- [ ] Thank-you letter to Tom Ek"),
        ("call the lab", "open", "- [-] Call the lab", "- [ ] Call the lab"),
        ("read the paper", "done", "- [/] Read the paper", "- [x] Read the paper ✅ 2026-11-25"),
        ("ask for", "done", "- Ask for the name, due 2026-11-30", "- [x] Ask for the name, due 2026-11-30 ✅ 2026-11-25"),
        ("cv birch", "done", "- [ ] Send the CV  [due:: 2026-11-29]", "- [x] Send the CV  [due:: 2026-11-29]  [completion:: 2026-11-25]"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_only_the_line_changes(vault: SmallVault, query: str, status: Status, old: str, new: str, ending: str) -> None:
    for path in (ACME, BIRCH):
        vault.write(path, vault.read(path).replace("\n", ending))
    before = {path: vault.read(path) for path in (ACME, BIRCH)}
    [ticked] = do(vault, query, status=status)
    assert (ticked.changed, ticked.old.rstrip(), ticked.new.rstrip(), ticked.item.status) == (True, old, new, status)
    for path, text in before.items():
        assert vault.read(path) == text.replace(f"{old}{ending}", f"{new}{ending}")
    assert sum(vault.read(path) != text for path, text in before.items()) == 1
    after = vault.open()
    [now] = [one for one in after.follow_ups if one.id == ticked.item.id]
    assert (now.status, now.done, now.cancelled, now.line) == (
        status,
        ticked.item.done,
        ticked.item.cancelled,
        ticked.item.line,
    )


def test_again_it_is_so_already_and_nothing_is_written(vault: SmallVault) -> None:
    do(vault, "portfolio")
    before = vault.bytes()
    [again] = do(vault, "portfolio", on=dt.date(2026, 12, 24))
    assert not again.changed
    assert again.item.done == TODAY
    assert vault.bytes() == before


def test_a_dry_run_writes_nothing(vault: SmallVault) -> None:
    before = vault.bytes()
    [tried] = do(vault, "portfolio", dry_run=True)
    assert tried.changed
    assert tried.new == "- [x] Send the portfolio to Dana Reyes 📅 2026-11-27 ✅ 2026-11-25\n"
    assert vault.bytes() == before


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            "in particular",
            f"{BIRCH}:15: this follow-up is no list item, so it has no box. Put `- ` before it. Nothing was written.",
        ),
        ("water", f"{ACME}:21: this task repeats"),
    ],
)
def test_what_cannot_be_ticked_is_refused_with_its_line(vault: SmallVault, query: str, said: str) -> None:
    before = vault.bytes()
    with pytest.raises(RefusedError) as refused:
        do(vault, query)
    assert str(refused.value).startswith(said)
    assert vault.bytes() == before


def test_where_one_of_several_is_refused_none_is_written(vault: SmallVault) -> None:
    opened = vault.open()
    names = [item(opened, text).id for text in ("Send the portfolio to Dana Reyes", "Water the plants")]
    before = vault.bytes()
    with pytest.raises(RefusedError):
        do(vault, *names)
    assert vault.bytes() == before


def test_several_in_one_note_and_another_are_all_ticked(vault: SmallVault) -> None:
    ids = [one.id for one in vault.open().follow_ups if one.text in ("Send the CV", "Read the paper")]
    assert len(ids) == 3
    assert [one.changed for one in do(vault, *ids)] == [True] * 3
    assert {one.status for one in vault.open().follow_ups if one.id in ids} == {"done"}


def test_the_right_one_of_equal_texts_is_ticked(vault: SmallVault) -> None:
    vault.write(ACME, debrief(follow_ups="- [ ] Call\n- [ ] Call\n- [ ] Call\n"))
    second = [one for one in vault.open().follow_ups if one.text == "Call"][1]
    do(vault, second.id)
    assert vault.read(ACME).endswith("- [ ] Call\n- [x] Call ✅ 2026-11-25\n- [ ] Call\n")
    do(vault, second.id, status="open", on=None)
    assert vault.read(ACME).endswith("- [ ] Call\n- [ ] Call\n- [ ] Call\n")


def test_a_note_that_changes_meanwhile_is_read_again(vault: SmallVault) -> None:
    opened = vault.open()
    found = find(opened, ["portfolio"], "done")
    vault.edit(ACME, "## Follow-ups\n", "## Follow-ups\n\nwords of mine\n")
    [ticked] = tick(opened, found, "done", TODAY)
    assert ticked.item.line == found[0].line + 2
    assert "words of mine" in vault.read(ACME)
    assert "- [x] Send the portfolio to Dana Reyes 📅 2026-11-27 ✅ 2026-11-25" in vault.read(ACME)


def test_a_follow_up_that_is_gone_is_refused(vault: SmallVault) -> None:
    opened = vault.open()
    found = find(opened, ["portfolio"], "done")
    vault.edit(ACME, "- [ ] Send the portfolio", "- [ ] Send no portfolio")
    with pytest.raises(RefusedError, match="does not stand here any more"):
        tick(opened, found, "done", TODAY)
    (vault.root / ACME).unlink()
    with pytest.raises(RefusedError, match="cannot be read any more"):
        tick(opened, found, "done", TODAY)
