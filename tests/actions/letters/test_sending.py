"""A letter that has gone out: what is written, what is ticked with it, and `undo` of both, to the byte."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.actions import changes
from jobvault.actions.letters.meant import letter_at
from jobvault.actions.letters.sending import Moment, Sent, mark_sent, this_moment
from jobvault.actions.vault import Vault, open_vault
from jobvault.errors import ChangedError, RefusedError, UsageError
from tests.notes.bodies import odd_lines
from tests.small_vault import TODAY, SmallVault, debrief, make_vault

ACME = "Debriefs/2026-11-20 Acme panel.md"
DANA = "Letters/2026-11-21 Thank-you Dana Reyes.md"
TOM = "Letters/2026-11-21 Thank-you Tom Iyer.md"
MET = "## People met\n\n### Dana Reyes, VP\n\n- Email: dana@acme.example\n\n### Tom Iyer\n"
ON = dt.date(2026, 11, 21)


def letter(
    to: str = "Dana Reyes",
    *,
    status: str = "status: draft\n",
    sent: str = "sent:\n",
    more: str = "",
    body: str = "Dear Dana,\n\nthank you.\n",
) -> str:
    link = '"[[2026-11-20 Acme panel]]"'
    return f"---\ntype: letter\nto: {to}\ndebrief: {link}\nkind: thank-you\n{status}{sent}{more}---\n\n{body}"


def vault_with(
    root: Path, tasks: str = "- [ ] Thank Dana 📅 2026-11-21\n", text: str | bytes = "", **others: str
) -> SmallVault:
    notes = {ACME: debrief(body=MET, follow_ups=tasks), DANA: text or letter(), TOM: letter("Tom Iyer")}
    return make_vault(root, {**notes, **{path.replace("__", "/") + ".md": told for path, told in others.items()}})


def mark(vault: SmallVault | Vault, on: Moment | None = ON, path: str = DANA, *, dry_run: bool = False) -> Sent:
    opened = vault if isinstance(vault, Vault) else vault.open()
    return mark_sent(opened, letter_at(opened, path), on, dry_run=dry_run)


def changed_lines(vault: SmallVault, before: dict[str, bytes], path: str) -> tuple[list[bytes], list[bytes]]:
    old, new = before[path].split(b"\n"), (vault.root / path).read_bytes().split(b"\n")
    return [row for row in old if row not in new], [row for row in new if row not in old]


def contents(vault: SmallVault) -> dict[str, bytes]:
    return {path: data for path, (data, _) in vault.bytes().items()}


# --- what is written ------------------------------------------------------------------------------------------------

WAYS = {
    "plain": (letter(), [b"status: draft", b"sent:"], [b"status: sent", b"sent: 2026-11-21"]),
    "CRLF": (letter().replace("\n", "\r\n"), [b"status: draft\r", b"sent:\r"], [b"status: sent\r", b"sent: 2026-11-21\r"]),
    "BOM": ("\ufeff" + letter(), [b"status: draft", b"sent:"], [b"status: sent", b"sent: 2026-11-21"]),
    "no final newline": (letter().rstrip("\n"), [b"status: draft", b"sent:"], [b"status: sent", b"sent: 2026-11-21"]),
    "German": (letter(status="status: Entwurf\n"), [b"status: Entwurf", b"sent:"], [b"status: gesendet", b"sent: 2026-11-21"]),
    "capital": (letter(status="Status: Draft\n"), [b"Status: Draft", b"sent:"], [b"Status: Sent", b"sent: 2026-11-21"]),
    "quoted": (letter(status="status: 'draft'  # so far\n"), [b"status: 'draft'  # so far", b"sent:"], [b"status: sent  # so far", b"sent: 2026-11-21"]),
    "list": (letter(status="status: [draft]\n"), [b"status: [draft]", b"sent:"], [b"status: [sent]", b"sent: 2026-11-21"]),
    "odd YAML": (letter(more='own:   {a: 1,   b: [x ,y]}\n# a remark\nkey : "v\\u0041"  \n'), [b"status: draft", b"sent:"], [b"status: sent", b"sent: 2026-11-21"]),
    "neither": (letter(status="", sent=""), [], [b"status: sent", b"sent: 2026-11-21"]),
    "noted": (letter(sent="sent: 2026-11-21\n"), [b"status: draft"], [b"status: sent"]),
    "odd bytes": (letter(body="caf\udce9 \udcff nul \x00 sep \u2028 x\r\n\n"), [b"status: draft", b"sent:"], [b"status: sent", b"sent: 2026-11-21"]),
}  # fmt: skip
TICKS = {
    "emoji": ("- [ ] Thank Dana 📅 2026-11-21\n", "- [x] Thank Dana 📅 2026-11-21 ✅ 2026-11-21"),
    "dataview": ("* [/] Thank Dana  [due:: 2026-11-21] ^b1\n", "* [x] Thank Dana  [due:: 2026-11-21]  [completion:: 2026-11-21] ^b1"),
    "plain": ("1. [ ] Thank Dana, due 2026-11-21  \n", "1. [x] Thank Dana, due 2026-11-21 ✅ 2026-11-21  "),
    "bullet": ("- Thank Dana\n", "- [x] Thank Dana ✅ 2026-11-21"),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_status_and_day_are_set_and_nothing_else(tmp_path: Path, way: str) -> None:
    text, gone, come = WAYS[way]
    vault = vault_with(tmp_path / "vault", text=text.encode("utf-8", "surrogateescape"))
    before = contents(vault)
    sent = mark(vault)
    assert changed_lines(vault, before, DANA) == (gone, come)
    assert (sent.letter.status, sent.letter.sent, sent.changed) == ("sent", ON, True)
    assert changed_lines(vault, before, ACME)[1] == ["- [x] Thank Dana 📅 2026-11-21 ✅ 2026-11-21".encode()]


@pytest.mark.parametrize("kind", TICKS)
def test_what_asked_for_it_is_ticked_in_its_own_form_with_the_day_of_the_letter(tmp_path: Path, kind: str) -> None:
    line, ticked = TICKS[kind]
    vault = vault_with(tmp_path / "vault", line)
    before = contents(vault)
    [one] = mark(vault).ticked
    assert (one.item.text, one.item.status, one.item.done, one.changed) == ("Thank Dana", "done", ON, True)
    assert changed_lines(vault, before, ACME) == ([line.rstrip("\n").encode()], [ticked.encode()])


def test_the_moment_is_written_to_the_minute(tmp_path: Path) -> None:
    vault = vault_with(tmp_path / "vault")
    moment = dt.datetime.fromisoformat("2026-11-21T18:30")
    assert mark(vault, moment).letter.sent == moment
    assert "\nsent: 2026-11-21T18:30:00\n" in vault.read(DANA)
    assert "✅ 2026-11-21\n" in vault.read(ACME)


def test_now_is_the_time_in_the_vaults_zone_unless_a_day_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = vault_with(tmp_path / "vault")
    assert this_moment(vault.open()) == TODAY
    monkeypatch.setattr(
        "jobvault.actions.letters.sending.now", lambda: dt.datetime(2026, 11, 25, 23, 45, 59, 7, dt.UTC)
    )
    for zone, moment in (("Asia/Kolkata", "2026-11-26T05:15"), ("America/New_York", "2026-11-25T18:45")):
        vault.write("jobvault.yaml", f"timezone: {zone}\n")
        assert this_moment(open_vault(vault.root)) == dt.datetime.fromisoformat(moment)
    vault.write("jobvault.yaml", "timezone: Europe/London\n")
    opened = open_vault(vault.root)
    opened.today = type(opened.today)(dt.date(2026, 11, 25))
    assert mark(opened, None).letter.sent == dt.datetime.fromisoformat("2026-11-25T23:45")


# --- what is not ----------------------------------------------------------------------------------------------------


def test_one_that_was_sent_before_is_left_as_it_is(tmp_path: Path) -> None:
    vault = vault_with(tmp_path / "vault", text=letter(status="status: sent\n", sent="sent: 2026-11-20\n"))
    before = vault.bytes()
    sent = mark(vault)
    assert (sent.changed, sent.ticked, sent.letter.sent) == (False, (), dt.date(2026, 11, 20))
    assert [(one.item.text, one.why) for one in sent.left] == [("Thank Dana", "open")]
    assert vault.bytes() == before


def test_one_that_was_sent_but_does_not_say_when_takes_the_day_that_is_said(tmp_path: Path) -> None:
    vault = vault_with(tmp_path / "vault", text=letter(status="status: verschickt\n"))
    before = vault.bytes()
    assert not mark(vault, None).changed
    assert vault.bytes() == before
    assert mark(vault).letter.sent == ON
    assert "status: verschickt\nsent: 2026-11-21\n" in vault.read(DANA)


def test_twice_is_once(tmp_path: Path) -> None:
    vault = vault_with(tmp_path / "vault")
    assert mark(vault).changed
    before = vault.bytes()
    assert not mark(vault).changed
    assert vault.bytes() == before


def test_dry_run_says_it_all_and_writes_nothing(tmp_path: Path) -> None:
    vault = vault_with(tmp_path / "vault")
    before = vault.bytes()
    shown = mark(vault, dry_run=True)
    assert vault.bytes() == before
    done = mark(vault)
    assert (shown.before, shown.after, shown.ticked, shown.left) == (done.before, done.after, done.ticked, done.left)
    assert (vault.root / DANA).read_bytes() == shown.after


@pytest.mark.parametrize("on", [dt.date(2026, 11, 26), dt.datetime.fromisoformat("2026-11-26T00:00")])
def test_what_is_still_to_come_is_refused(tmp_path: Path, on: Moment) -> None:
    vault = vault_with(tmp_path / "vault")
    before = vault.bytes()
    with pytest.raises(UsageError, match=r"2026-11-26.* is still to come"):
        mark(vault, on)
    assert vault.bytes() == before


def test_a_later_minute_of_today_is_to_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = vault_with(tmp_path / "vault")
    vault.write("jobvault.yaml", "timezone: UTC\n")
    monkeypatch.setattr("jobvault.actions.letters.sending.now", lambda: dt.datetime(2026, 11, 25, 12, 0, tzinfo=dt.UTC))
    opened = open_vault(vault.root)
    opened.today = type(opened.today)(TODAY)
    with pytest.raises(UsageError, match="2026-11-25 12:01 is still to come"):
        mark(opened, dt.datetime.fromisoformat("2026-11-25T12:01"))
    assert mark(opened, dt.datetime.fromisoformat("2026-11-25T12:00")).changed


@pytest.mark.parametrize(
    ("front", "on", "why"),
    [
        ("", dt.date(2026, 11, 19), "was on 2026-11-20, after 2026-11-19"),
        ("", dt.datetime.fromisoformat("2026-11-19T23:59"), "was on 2026-11-20, after 2026-11-19 23:59"),
        (
            'time: "14:30"\n',
            dt.datetime.fromisoformat("2026-11-20T14:29"),
            "was on 2026-11-20 14:30, after 2026-11-20 14:29",
        ),
        ('time: "14:30"\n', dt.datetime.fromisoformat("2026-11-20T14:30"), ""),
        ('time: "14:30"\n', dt.date(2026, 11, 20), ""),
        ("", dt.date(2026, 11, 20), ""),
    ],
)
def test_a_letter_is_not_sent_before_its_interview(tmp_path: Path, front: str, on: Moment, why: str) -> None:
    vault = vault_with(tmp_path / "vault")
    vault.write(ACME, debrief(body=MET, front=front))
    before = vault.bytes()
    if why:
        with pytest.raises(RefusedError, match=why):
            mark(vault, on)
        assert vault.bytes() == before
    else:
        assert mark(vault, on).changed


def test_a_letter_that_accepts_a_round_may_go_out_before_it(tmp_path: Path) -> None:
    vault = vault_with(tmp_path / "vault")
    vault.write(ACME, debrief(date="2026-11-30", body=MET))
    with pytest.raises(RefusedError, match="still to come, on 2026-11-30"):
        mark(vault)
    vault.edit(DANA, "thank-you", "next-round")
    assert mark(vault).changed


def test_a_letter_whose_debrief_is_not_found_is_marked_and_ticks_nothing(tmp_path: Path) -> None:
    vault = vault_with(tmp_path / "vault", text=letter().replace("Acme panel", "Nothing"))
    sent = mark(vault, dt.date(2026, 1, 2))
    assert sent.changed
    assert sent.ticked == sent.left == ()


@pytest.mark.parametrize(
    "text",
    [
        letter(status="status: draft\nstatus: draft\n"),
        letter(more="own: *nothing\n"),
        letter(body="<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n"),
    ],
)
def test_what_cannot_be_edited_safely_is_refused_and_nothing_is_ticked(tmp_path: Path, text: str) -> None:
    vault = vault_with(tmp_path / "vault", text=text)
    before = vault.bytes()
    with pytest.raises(RefusedError):
        mark(vault)
    assert vault.bytes() == before


# --- which is ticked ------------------------------------------------------------------------------------------------


def test_one_for_several_is_ticked_with_the_last_letter(tmp_path: Path) -> None:
    vault = vault_with(tmp_path / "vault", "- [ ] Thank-you letters to all\n")
    first = mark(vault)
    assert first.ticked == ()
    assert [(one.why, one.waiting) for one in first.left] == [("shared", ("Tom Iyer",))]
    assert [one.item.text for one in mark(vault, dt.date(2026, 11, 22), TOM).ticked] == ["Thank-you letters to all"]
    assert "- [x] Thank-you letters to all ✅ 2026-11-22\n" in vault.read(ACME)


def test_one_for_several_has_the_day_of_the_last_letter_whichever_is_marked_last(tmp_path: Path) -> None:
    vault = vault_with(tmp_path / "vault", "- [ ] Thank-you to Dana and Tom\n")
    mark(vault, dt.date(2026, 11, 23), TOM)
    sent = mark(vault, dt.datetime(2026, 11, 22, 18, 30))  # noqa: DTZ001 - as the note has it
    assert [one.item.done for one in sent.ticked] == [dt.date(2026, 11, 23)]
    assert "- [x] Thank-you to Dana and Tom ✅ 2026-11-23\n" in vault.read(ACME)


@pytest.mark.parametrize(
    ("tasks", "why"),
    [
        ("- [ ] Thank Dana\n- [ ] Thank-you card for Dana\n", ["unsure", "unsure"]),
        ("- [ ] Thank Dana 🔁 every week 📅 2026-11-21\n", ["repeats"]),
        ("Thank Dana soon.\n", ["paragraph"]),
        ("- [ ] Thank Dana\n\n<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n", ["refused"]),
    ],
)
def test_what_is_not_sure_or_not_to_be_ticked_is_said_and_the_letter_is_marked(
    tmp_path: Path, tasks: str, why: list[str]
) -> None:
    vault = vault_with(tmp_path / "vault", tasks)
    before = vault.read(ACME)
    sent = mark(vault)
    assert (sent.ticked, [one.why for one in sent.left]) == ((), why)
    assert (vault.read(ACME), sent.letter.status) == (before, "sent")
    assert all(bool(one.said) == (one.why == "refused") for one in sent.left)


def test_what_is_promised_is_told_by_the_words_that_say_something(tmp_path: Path) -> None:
    tasks = "- [ ] Send Dana the portfolio\n- [ ] Ask Dana about the salary with her\n"
    text = letter(more="subject: About the portfolio, with the drawings\n").replace("thank-you", "promised")
    vault = vault_with(tmp_path / "vault", tasks, text)
    assert [one.item.text for one in mark(vault).ticked] == ["Send Dana the portfolio"]


def test_a_task_in_the_letter_itself_is_ticked_as_well(tmp_path: Path) -> None:
    vault = vault_with(tmp_path / "vault", "", letter(body="Dear Dana\n\n- [ ] Thank Dana 📅 2026-11-22\n"))
    assert len(mark(vault).ticked) == 1
    assert vault.read(DANA).endswith("- [x] Thank Dana 📅 2026-11-22 ✅ 2026-11-21\n")
    assert "\nstatus: sent\nsent: 2026-11-21\n" in vault.read(DANA)


# --- as a change ----------------------------------------------------------------------------------------------------


def test_a_letter_that_changes_meanwhile_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = vault_with(tmp_path / "vault")
    write, tries = changes.write, iter([True, False, False, False])

    def meddled(opened: Vault, path: str, *rest: object, **more: object) -> bool:
        if path == DANA and next(tries):
            vault.edit(DANA, "thank you.", "thank you so much.")
            raise ChangedError(path)
        return write(opened, path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(changes, "write", meddled)
    assert mark(vault).changed
    assert "thank you so much." in vault.read(DANA)
    assert "\nstatus: sent\n" in vault.read(DANA)


@given(odd_lines, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_any_letter_keeps_every_other_byte_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, body: str, ends: str, bom: bool
) -> None:
    text = ("\ufeff" if bom else "") + letter(body=body).replace("\n", ends)
    before = text.encode("utf-8", "surrogateescape")
    vault = vault_with(tmp_path_factory.mktemp("letters") / "vault", "", before)
    try:
        mark(vault)
    except RefusedError:
        assert (vault.root / DANA).read_bytes() == before
        assert "<<<<<<<" in text
        return
    expected = (
        before.replace(b"status: draft", b"status: sent")
        .replace(b"\nsent:", b"\nsent: 2026-11-21")
        .replace(b"\rsent:", b"\rsent: 2026-11-21")
    )
    assert (vault.root / DANA).read_bytes() == expected
