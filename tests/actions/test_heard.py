"""The answer to an interview: which round is meant, what is written, and what is no longer needed then."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobvault.actions import changes
from jobvault.actions.awaited import application_meant, rounds_meant
from jobvault.actions.heard import ANSWERS, Answer, Heard, hear, told_apart
from jobvault.actions.vault import Vault
from jobvault.errors import ChangedError, JobvaultError, NotFoundError, RefusedError, UsageError
from jobvault.model import CLOSING_OUTCOMES, OUTCOMES, Debrief
from tests.notes.bodies import odd_lines
from tests.small_vault import TODAY, SmallVault, debrief, make_vault

SCREEN = "Debriefs/2026-11-10 Acme recruiter-screen.md"
PANEL = "Debriefs/2026-11-20 Acme panel.md"
FINAL = "Debriefs/2026-11-30 Acme final.md"
BIRCH = "Debriefs/2026-11-18 Birch technical.md"
YESTERDAY = dt.date(2026, 11, 24)
OWED = "- [ ] Send the portfolio 📅 2026-11-21\n- [ ] Send a reference 📅 2026-12-04\n- [ ] Ask about pay\n- [x] Call ✅ 2026-11-21\n"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return make_vault(
        tmp_path / "vault",
        {
            SCREEN: debrief(
                date="2026-11-10", round_="recruiter-screen", follow_ups="- [ ] Send the CV 📅 2026-11-12\n"
            ),
            PANEL: debrief(front='people: ["[[Dana Reyes]]"]\n', takeaways="- Draw first\n", follow_ups=OWED),
            BIRCH: debrief("Birch", "2026-11-18", "technical", front="people: [Ann Lee]\n"),
        },
    )


def day_of(said: str) -> tuple[dt.date, ...]:
    return (dt.date(2026, 11, 18),) if said == "wed" else ()


def meant(vault: SmallVault, asked: str, outcome: str = "rejected", today: dt.date = TODAY) -> list[str]:
    return [one.path for one in rounds_meant(vault.open(today), asked, outcome, day_of)]


def at(vault: Vault, path: str) -> Debrief:
    return next(one for one in vault.debriefs if one.path == path)


def told(vault: SmallVault, outcome: str, *feedback: str, path: str = PANEL, on: dt.date | None = None) -> Heard:
    opened = vault.open()
    return hear(opened, at(opened, path), Answer(outcome, on, feedback))


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that went and those that came."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


# --- the words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "asked", "outcome"),
    [
        (("acme", "rejected"), "acme", "rejected"),
        (("acme panel", "offer"), "acme panel", "offer"),
        (("acme", "panel", "Advanced"), "acme panel", "advanced"),
        (("acme", "no-reply"), "acme", "no-reply"),
        (("acme", "no", "reply"), "acme", "no-reply"),
        (("acme", "next round"), "acme", "advanced"),
        (("acme", "Absage"), "acme", "rejected"),
        (("acme", "eine", "Runde", "weiter"), "acme", "advanced"),
        (("acme", "canceled"), "acme", "cancelled"),
        (("withdrew",), "", "withdrawn"),
    ],
)
def test_the_answer_stands_last(vault: SmallVault, words: tuple[str, ...], asked: str, outcome: str) -> None:
    assert told_apart(vault.open(), words) == (asked, outcome)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("acme", "rejcted"), "“rejcted” is no answer. Did you mean “rejected”? Say last what came: advanced, offer, "),
        (("acme", "widthdrawn"), "Did you mean “withdrawn”?"),
        (("acme",), "“acme” is no answer. Say last what came: advanced, "),
        (("acme", "waiting"), "“waiting” is no answer yet."),
        (("acme", "pending"), "“pending” is no answer yet."),
        (("",), "“” is no answer."),
    ],
)
def test_what_is_no_answer_is_said(vault: SmallVault, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        told_apart(vault.open(), words)
    assert said in str(caught.value)


# --- which round ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("acme", PANEL),
        ("Acme panel", PANEL),
        ("acme screen", SCREEN),
        ("acme recruiter", SCREEN),
        ("dana", PANEL),
        ("ann lee", BIRCH),
        ("wed", BIRCH),
        (PANEL, PANEL),
        (f"./{SCREEN}", SCREEN),
        ("2026-11-10 Acme recruiter-screen", SCREEN),
    ],
)
def test_the_last_round_of_whoever_is_named_is_meant(vault: SmallVault, asked: str, path: str) -> None:
    assert meant(vault, asked.replace("screen", "recruiter-screen") if asked == "acme screen" else asked) == [path]


def test_without_words_those_that_wait_are_meant(vault: SmallVault) -> None:
    vault.write(FINAL, debrief(date="2026-11-30", round_="final"))
    vault.write("Debriefs/2026-11-01 Ibis chat.md", debrief("Ibis", "2026-11-01", "chat"))
    vault.write("Debriefs/2026-11-29 Corvo panel.md", debrief("Corvo", "2026-11-29"))
    assert meant(vault, "") == [PANEL, BIRCH]
    assert meant(vault, "", "cancelled") == [FINAL, "Debriefs/2026-11-29 Corvo panel.md", BIRCH]
    vault.edit(BIRCH, "waiting", "rejected")
    assert meant(vault, "") == [PANEL]


def test_a_round_to_come_is_meant_where_the_last_one_has_its_answer(vault: SmallVault) -> None:
    vault.write(FINAL, debrief(date="2026-11-30", round_="final"))
    assert meant(vault, "acme") == [PANEL]
    assert meant(vault, "acme", "cancelled") == [FINAL]
    vault.edit(PANEL, "waiting", "advanced")
    assert meant(vault, "acme") == [FINAL]
    assert meant(vault, "acme panel") == [PANEL]
    assert meant(vault, "acme", today=dt.date(2026, 12, 1)) == [FINAL]


def test_an_older_round_that_nobody_closed_is_not_meant(vault: SmallVault) -> None:
    vault.edit(PANEL, "waiting", "rejected")
    assert meant(vault, "acme") == [PANEL]


def test_cancelled_rounds_and_chats_are_passed_over(vault: SmallVault) -> None:
    vault.write("Debriefs/2026-11-22 Acme chat.md", debrief(date="2026-11-22", round_="chat"))
    vault.write("Debriefs/2026-11-23 Acme final.md", debrief(date="2026-11-23", round_="final"))
    vault.edit("Debriefs/2026-11-23 Acme final.md", "waiting", "cancelled")
    assert meant(vault, "acme") == [PANEL]
    assert meant(vault, "acme chat") == ["Debriefs/2026-11-22 Acme chat.md"]
    assert meant(vault, "acme", "cancelled") == ["Debriefs/2026-11-23 Acme final.md"], "said again"


def two_roles(vault: SmallVault) -> None:
    vault.edit(PANEL, "round:", "role: SRE\nround:")
    vault.edit(SCREEN, "round:", "role: SRE\nround:")
    vault.write(FINAL.replace("30", "22"), debrief(date="2026-11-22", round_="final", front="role: Lead\n"))


def test_of_two_roles_both_are_listed_and_a_role_names_one(vault: SmallVault) -> None:
    two_roles(vault)
    assert meant(vault, "acme") == [FINAL.replace("30", "22"), PANEL]
    assert meant(vault, "acme sre") == [PANEL]
    vault.edit(FINAL.replace("30", "22"), "waiting", "rejected")
    assert meant(vault, "acme") == [PANEL], "the one that waits"
    vault.edit(PANEL, "waiting", "rejected")
    assert meant(vault, "acme") == [FINAL.replace("30", "22")], "none waits, so the last one"


def test_words_that_fit_several_companies_list_them(vault: SmallVault) -> None:
    vault.edit(BIRCH, "Ann Lee", "Dana Birk")
    assert meant(vault, "dana") == [PANEL, BIRCH]
    assert meant(vault, "zzz") == []


def test_a_note_that_is_no_debrief_is_refused(vault: SmallVault) -> None:
    vault.write("Home.md", "# Home\n")
    with pytest.raises(NotFoundError, match=r"Home\.md is no debrief"):
        meant(vault, "Home.md")
    vault.write("Letters/x.md", f'---\ntype: letter\nto: Dana Reyes\ndebrief: "[[{PANEL[9:-3]}]]"\n---\n')
    vault.write("Debriefs/bad.md", "---\ntype: debrief\ncompany: A\ncompany: B\n---\n")
    with pytest.raises(RefusedError, match=r"Debriefs/bad\.md:4: .*twice"):
        meant(vault, "Debriefs/bad.md")
    assert meant(vault, "Letters/x.md") == [PANEL], "a letter means the round it is about"


def test_an_application_without_an_interview_is_found(vault: SmallVault) -> None:
    vault.write("Applications/Oxbow.md", "---\ntype: application\ncompany: Oxbow Payroll\nrole: SRE\n---\n")
    assert meant(vault, "oxbow") == []
    found = application_meant(vault.open(), "oxbow")
    assert found is not None
    assert found.path == "Applications/Oxbow.md"
    assert application_meant(vault.open(), "zzz") is None


# --- what is written --------------------------------------------------------------------------------------------------


def test_outcome_and_day_change_and_nothing_else(vault: SmallVault) -> None:
    before = vault.read(PANEL)
    heard = told(vault, "rejected")
    gone, came = changed(before, vault.read(PANEL))
    assert (gone, came) == (["outcome: waiting"], ["outcome: rejected", "heard: 2026-11-25"])
    assert (heard.debrief.outcome, heard.debrief.heard, heard.replaced, heard.changed) == ("rejected", TODAY, "", True)
    assert vault.read(PANEL).splitlines()[heard.line - 1] == "outcome: rejected"


def test_feedback_makes_its_section_in_its_place(vault: SmallVault) -> None:
    heard = told(vault, "rejected", "# 1: wanted *more* SQL", "Nice drawing")
    text = vault.read(PANEL)
    assert "## Feedback\n\n- \\# 1: wanted *more* SQL\n- Nice drawing\n" in text
    assert text.index("## Feedback") < text.index("## Takeaways")
    assert [(one.text, one.changed) for one in heard.feedback] == [
        ("# 1: wanted *more* SQL", True),
        ("Nice drawing", True),
    ]
    assert [text.splitlines()[one.line - 1][2:] for one in heard.feedback] == [
        "\\# 1: wanted *more* SQL",
        "Nice drawing",
    ]
    assert [remark.text for remark in heard.debrief.feedback] == ["\\# 1: wanted *more* SQL", "Nice drawing"]


def test_all_of_it_is_one_command_to_undo(vault: SmallVault) -> None:
    from jobvault.actions.undo import undo

    before = vault.read(PANEL)
    told(vault, "rejected", "Wanted more SQL", on=YESTERDAY)
    done = undo(vault.open())
    assert [one.path for one in done.restores] == [PANEL]
    assert vault.read(PANEL) == before


def test_the_same_again_writes_nothing(vault: SmallVault) -> None:
    told(vault, "rejected", "Wanted more SQL", on=YESTERDAY)
    before = vault.bytes()
    again = told(vault, "rejected", "wanted more SQL.")
    assert (again.changed, again.debrief.heard, [one.changed for one in again.feedback]) == (False, YESTERDAY, [False])
    assert vault.bytes() == before


def test_another_day_and_more_feedback_are_added(vault: SmallVault) -> None:
    told(vault, "rejected", "Wanted more SQL")
    more = told(vault, "rejected", "Come back in a year", on=YESTERDAY)
    assert (more.replaced, more.debrief.heard) == ("", YESTERDAY)
    assert [remark.text for remark in more.debrief.feedback] == ["Wanted more SQL", "Come back in a year"]


def test_another_answer_says_what_it_replaces(vault: SmallVault) -> None:
    told(vault, "advanced", on=dt.date(2026, 11, 21))
    other = told(vault, "rejected")
    assert (other.replaced, other.debrief.outcome, other.debrief.heard) == ("advanced", "rejected", TODAY)


def test_an_outcome_in_other_words_stays_as_it_is_written(vault: SmallVault) -> None:
    vault.edit(PANEL, "outcome: waiting", "outcome: Absage  # by mail")
    heard = told(vault, "rejected")
    assert "outcome: Absage  # by mail\nheard: 2026-11-25\n" in vault.read(PANEL)
    assert heard.replaced == ""


def test_it_is_written_in_the_vaults_language(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault", {PANEL: debrief()}, "language: de\n")
    told(vault, "rejected", "Mehr SQL")
    assert "outcome: Absage\nheard: 2026-11-25\n" in vault.read(PANEL)
    assert f"## {vault.open().words.heading('feedback')}\n\n- Mehr SQL\n" in vault.read(PANEL)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_every_other_byte_stays(vault: SmallVault, ending: str) -> None:
    text = (
        "\ufeff"
        + vault.read(PANEL).replace("outcome: waiting", "outcome:   'waiting' # soon")
        + "\nlast \u2028 words  "
    )
    vault.write(PANEL, text.replace("\n", ending).encode() + b"caf\xe9")
    before = vault.read(PANEL)
    told(vault, "rejected")
    after = before.replace("'waiting' # soon", f"rejected # soon{ending}heard: 2026-11-25")
    assert vault.read(PANEL) == after


def test_a_dry_run_writes_nothing(vault: SmallVault) -> None:
    before, opened = vault.bytes(), vault.open()
    heard = hear(opened, at(opened, PANEL), Answer("rejected", None, ("x",)), dry_run=True)
    assert (heard.changed, len(heard.needless)) == (True, 4)
    assert vault.bytes() == before


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", sorted(ANSWERS))
def test_before_the_interview_only_some_can_be(vault: SmallVault, outcome: str) -> None:
    vault.write(FINAL, debrief(date="2026-11-30", round_="final"))
    if outcome in ("cancelled", "withdrawn"):
        assert told(vault, outcome, path=FINAL).debrief.outcome == outcome
        return
    before = vault.bytes()
    with pytest.raises(RefusedError, match=r"the interview is on 2026-11-30, still to come.*`cancelled`"):
        told(vault, outcome, path=FINAL)
    assert vault.bytes() == before


@pytest.mark.parametrize(
    ("on", "error", "said"),
    [
        (dt.date(2026, 11, 26), UsageError, "--on: 2026-11-26 is still to come."),
        (dt.date(2026, 11, 19), RefusedError, "the interview was on 2026-11-20, after 2026-11-19."),
    ],
)
def test_a_day_that_cannot_be_is_refused(vault: SmallVault, on: dt.date, error: type[JobvaultError], said: str) -> None:
    before = vault.bytes()
    with pytest.raises(error) as caught:
        told(vault, "rejected", on=on)
    assert said in str(caught.value)
    assert vault.bytes() == before


def test_the_day_of_the_interview_is_early_enough(vault: SmallVault) -> None:
    assert told(vault, "offer", on=dt.date(2026, 11, 20)).debrief.heard == dt.date(2026, 11, 20)


def test_feedback_without_words_is_refused(vault: SmallVault) -> None:
    before = vault.bytes()
    with pytest.raises(UsageError, match="no words"):
        told(vault, "rejected", "Nice", "  ")
    assert vault.bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("outcome: waiting", "outcome: waiting\noutcome: offer", "twice"),
        ("outcome: waiting", "outcome: &a waiting", "Write it out"),
        ("## Takeaways", "<<<<<<< HEAD\n- a\n=======\n- b\n>>>>>>> theirs\n\n## Takeaways", "git conflict"),
    ],
)
def test_a_note_that_cannot_be_edited_safely_is_refused(vault: SmallVault, old: str, new: str, said: str) -> None:
    opened = vault.open()
    panel = at(opened, PANEL)
    vault.edit(PANEL, old, new)
    before = vault.bytes()
    with pytest.raises(RefusedError) as caught:
        hear(opened, panel, Answer("rejected", None, ("Wanted more SQL",)))
    assert said in str(caught.value)
    assert f"{PANEL}:" in str(caught.value)
    assert vault.bytes() == before


def test_a_note_that_is_gone_or_no_debrief_any_more_is_refused(vault: SmallVault) -> None:
    opened = vault.open()
    panel = at(opened, PANEL)
    vault.edit(PANEL, "type: debrief", "type: poem")
    with pytest.raises(RefusedError, match="no debrief any more"):
        hear(opened, panel, Answer("rejected"))
    (vault.root / PANEL).unlink()
    with pytest.raises(RefusedError, match="cannot be read any more"):
        hear(opened, panel, Answer("rejected"))


def test_a_save_that_lands_in_between_is_kept(vault: SmallVault, monkeypatch: pytest.MonkeyPatch) -> None:
    write, saves = changes.write, [1]

    def late(*arguments: object) -> bool:
        if saves and saves.pop():
            vault.edit(PANEL, "- Draw first", "- Draw first, then talk")
            raise ChangedError(PANEL)
        return write(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(changes, "write", late)
    assert told(vault, "rejected").changed
    assert "- Draw first, then talk\n" in vault.read(PANEL)
    assert "outcome: rejected\n" in vault.read(PANEL)


def test_a_note_that_never_holds_still_is_left_alone(vault: SmallVault, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> bool:
        raise ChangedError(PANEL)

    monkeypatch.setattr(changes, "write", never)
    with pytest.raises(ChangedError):
        told(vault, "rejected")


# --- what follows -----------------------------------------------------------------------------------------------------


def sections(vault: SmallVault) -> dict[str, str]:
    return {item.text: item.section for item in vault.open().view("follow-ups").items if item.line is not None}


BEFORE = {
    "Send the CV": "overdue", "Send the portfolio": "overdue", "Send a reference": "later", "Ask about pay": "no-date",
    "Call": "done",
}  # fmt: skip


@pytest.mark.parametrize("outcome", sorted(ANSWERS))
def test_what_is_no_longer_needed_leaves_overdue(vault: SmallVault, outcome: str) -> None:
    vault.edit(PANEL, "2026-12-04", "2026-12-05")
    assert sections(vault) == BEFORE
    heard = told(vault, outcome)
    after = sections(vault)
    if outcome in CLOSING_OUTCOMES:
        gone = {"Send the CV", "Send the portfolio", "Ask about pay"}
    elif outcome == "cancelled":
        gone = {"Send the portfolio", "Ask about pay"}
    else:
        gone = set()
    assert after == {**BEFORE, **dict.fromkeys(gone, "not-needed")}
    assert {item.text for item in heard.needless} == (gone | {"Send a reference"} if gone else set())
    assert vault.open().view("follow-ups").items


def test_of_another_role_nothing_goes(vault: SmallVault) -> None:
    two_roles(vault)
    heard = told(vault, "rejected", path=FINAL.replace("30", "22"))
    assert heard.needless == ()
    assert "not-needed" not in sections(vault).values()


def test_a_round_to_come_keeps_the_company_open_and_is_named(vault: SmallVault) -> None:
    vault.write(FINAL, debrief(date="2026-11-30", round_="final", follow_ups="- [ ] Prepare 📅 2026-11-29\n"))
    heard = told(vault, "rejected")
    assert ([one.path for one in heard.to_come], heard.needless) == ([FINAL], ())
    assert sections(vault)["Send the portfolio"] == "overdue"
    called_off = told(vault, "cancelled", path=FINAL)
    assert len(called_off.needless) == 5, "now that nothing is to come, all of it"
    assert sections(vault)["Send the portfolio"] == "not-needed"


APPLICATION = "Applications/Acme.md"


@pytest.mark.parametrize(
    ("says", "outcome", "told_of"),
    [
        ("", "rejected", True),
        ("outcome: open\n", "no-reply", True),
        ("outcome: open\n", "offer", True),
        ("outcome: offer\n", "withdrawn", True),
        ("outcome: offer\n", "offer", False),
        ("outcome: open\n", "advanced", False),
        ("outcome: open\n", "cancelled", False),
        ("outcome: rejected\n", "rejected", False),
        ("outcome: open\nclosed: 2026-11-24\n", "rejected", False),
    ],
)
def test_an_application_that_is_still_open_is_named_and_not_written(
    vault: SmallVault, says: str, outcome: str, told_of: bool
) -> None:
    text = f"---\ntype: application\ncompany: Acme\n{says}---\n\n- [ ] Ask for the contract 📅 2026-11-20\n"
    vault.write(APPLICATION, text)
    heard = told(vault, outcome)
    assert (heard.application.path if heard.application else None) == (APPLICATION if told_of else None)
    assert vault.read(APPLICATION) == text
    if outcome in CLOSING_OUTCOMES:
        assert "Ask for the contract" in {item.text for item in heard.needless}


def test_all_outcomes_but_waiting_are_answers() -> None:
    assert set(ANSWERS) == set(OUTCOMES) - {"waiting"}


# --- any note ---------------------------------------------------------------------------------------------------------


@given(
    odd_lines,
    st.sampled_from(sorted(ANSWERS)),
    st.sampled_from(
        ["", "outcome:\n", "outcome: waiting\n", "outcome: offer\nheard: 2026-11-22\n", "Outcome: 'no' # x\n"]
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([(), ("Wanted more SQL",), ("- [ ] # x", "<!-- y")]),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_debrief_is_answered_once_or_refused(
    tmp_path: Path, lines: list[str], outcome: str, front: str, ending: str, feedback: tuple[str, ...]
) -> None:
    body = "\n".join(lines)
    text = f"---\ntype: debrief\ncompany: Acme\ndate: 2026-11-20\n{front}---\n\n{body}".replace("\n", ending)
    vault = make_vault(tmp_path / "vault", {PANEL: text})
    before = vault.bytes()
    opened = vault.open()
    found = [one for one in opened.debriefs if one.path == PANEL]
    if not found:
        return
    try:
        first = hear(opened, found[0], Answer(outcome, None, feedback), dry_run=True)
    except RefusedError:
        assert vault.bytes() == before
        return
    vault.write(PANEL, first.after)
    again = told(vault, outcome, *feedback)
    assert not again.changed
    assert again.debrief.outcome == outcome
    if not feedback:
        kept = before[PANEL][0].split(f"---{ending}".encode(), 2)[2]
        assert first.after.split(f"---{ending}".encode(), 2)[2] == kept
