"""Words made to steer, in every field that reaches a mail: it reads back right, and no header is injected (row 27)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobvault.actions.letters.mailing import MailDraft, draft_mail
from jobvault.actions.letters.meant import letter_at
from tests.render.mail_readers import Read, by_mailparser, by_python, missing_mailparser
from tests.render.test_mail import STEERS, holds
from tests.small_vault import SmallVault, make_vault

LETTER = "Letters/To somebody.md"
ACME = "Debriefs/2026-11-20 Acme panel.md"
ADDRESS = "dana@acme.example"
HEADERS = {"x-unsent", "from", "to", "subject", "content-type", "content-transfer-encoding", "mime-version"}
HOSTILE = (
    *("x\r\nBcc: eve@example.org", "x\nBcc: eve@example.org\n\nHello", "x\rTo: eve@example.org", "\r\n\r\nbody", "x\0y"),
    *("\x1b]0;pwned\x07\x1b[2J", "\u202egnp.exe\u202c \u2066x\u2069", "=?utf-8?q?=0D=0ABcc:_eve=40example.org?=", "a\u2028Bcc: x"),
    *("<eve@example.org>", "eve@example.org, x", '"<eve@example.org>"', "eve@example.org (x)", "=HYPERLINK(1)", "Bcc: eve@example.org"),
)  # fmt: skip
GOOD = (
    *("王小明", "ندى بن سالم", "Zoë Åström-O'Neil", "👩‍💻 Dana 🦄", "Jörg “Jo” Müller; Söhne & Co. KG", "é" * 200, "王" * 200),
    *("🦄" * 200, "Przedsiębiorstwo " * 12, "x" * 200, "Александра Преображенская"),
)  # fmt: skip


def vault_of(root: Path, word: str, address: str = ADDRESS, body: str = "") -> SmallVault:
    """Return a vault in which a person, a company, a subject and a letter's text are a word."""
    said = '"' + "".join(c if c.isascii() and c.isalnum() else f"\\U{ord(c):08x}" for c in word) + '"'
    heading = " ".join(word.split())
    front = f"type: debrief\ncompany: {said}\nround: panel\ndate: 2026-11-20\n"
    mine = f"type: letter\nto: {said}\ndebrief: 2026-11-20 Acme panel\nkind: {said}\nsubject: {said}\nanswers: [{said}]\nstatus: draft\n"
    return make_vault(
        root,
        {
            ACME: f"---\n{front}people: [{said}]\n---\n\n## People met\n\n### {heading}\n\n- Email: {address}\n- Concern: {heading}\n",
            LETTER: f"---\n{mine}---\n\n{body or word}\n",
        },
        settings="letters:\n  name: Robin Vale\n  email: robin@example.org\n",
    )


def draft_of(vault: SmallVault) -> MailDraft:
    opened = vault.open()
    return draft_mail(opened, letter_at(opened, LETTER))


def safe(read: Read, draft: MailDraft, word: str) -> None:
    """What holds of a mail whatever the words are."""
    holds(draft.data)
    assert set(read.headers) <= HEADERS
    assert len(set(read.headers)) == len(read.headers)
    assert read.sender == (("Robin Vale", "robin@example.org"),)
    assert [address for _, address in read.to] in ([], [ADDRESS])
    assert read.subject == one(word)
    assert not STEERS.search(read.subject + read.text.replace("\n", "") + "".join(name for name, _ in read.to))


def one(word: str) -> str:
    return " ".join(STEERS.sub("", word).split())


WORDS = (*HOSTILE, *GOOD)


@pytest.mark.parametrize("word", WORDS, ids=range(len(WORDS)))
def test_python_reads_every_field_back_and_finds_no_other_header(tmp_path: Path, word: str) -> None:
    draft = draft_of(vault_of(tmp_path / "vault", word))
    read = by_python(draft.data)
    safe(read, draft, word)
    if word in GOOD:
        assert read.to == ((one(word), ADDRESS),)
        assert read.text == f"{one(word)}\n"


@pytest.mark.skipif(missing_mailparser() is not None, reason=str(missing_mailparser()))
def test_mailparser_reads_every_field_back_and_finds_no_other_header(tmp_path: Path) -> None:
    drafts = [draft_of(vault_of(tmp_path / str(place), word)) for place, word in enumerate(WORDS)]
    found = by_mailparser([draft.data for draft in drafts])
    for word, draft, read in zip(WORDS, drafts, found, strict=True):
        safe(read, draft, word)
        if word in GOOD:
            assert read.to == ((one(word), ADDRESS),)


ADDRESSES = (
    *("a b@c.example", "<>", "<x", "a@b.example, c@d.example", "a@b.example;c@d.example", "a@b.example Bcc: eve@example.org"),
    *("zoë@c.example", "a@c", "@", "a@b@c.example", '"a b"@c.example', "a@b.example\u202e", "a@b.example\x00", "x" * 300 + "@b.example"),
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_none_is_left_out_and_named(tmp_path: Path, address: str) -> None:
    draft = draft_of(vault_of(tmp_path / "vault", "Dana Reyes", address))
    assert by_python(draft.data).to == ()
    assert len(draft.refused) == 1


@settings(max_examples=40)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
    | st.sampled_from(HOSTILE).map(lambda word: f"a{word}b")
)
def test_any_word_in_every_field_leaves_the_headers_as_they_are(
    tmp_path_factory: pytest.TempPathFactory, word: str
) -> None:
    draft = draft_of(vault_of(tmp_path_factory.mktemp("mail") / "vault", word, body="Dear you"))
    safe(by_python(draft.data), draft, word)


def test_what_is_said_of_a_hostile_letter_steers_no_terminal(tmp_path: Path) -> None:
    vault = vault_of(tmp_path / "vault", "\x1b]0;pwned\x07 \u202egnp\r\nBcc: eve@example.org", "\x1b[2J@x")
    for words in (
        ("eml",),
        ("eml", "-o", str(tmp_path / "x.eml")),
        ("sent", "--dry-run"),
        ("sent", "--json"),
        ("eml",),
    ):
        done = vault.run("letter", words[0], LETTER, *words[1:])
        assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
        assert not STEERS.search((done.stdout + done.stderr).replace("\r\n", "").replace("\n", ""))
