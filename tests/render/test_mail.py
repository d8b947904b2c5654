"""A mail reads back as what was put into it, in Python's parser and in mailparser, and nothing can be smuggled in."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.render.mail import Mail, Mailbox, one_line, write_mail
from tests.render.mail_readers import Read, by_mailparser, by_python, missing_mailparser
from tests.sizes import size

DANA, ROBIN = "dana@example.org", "robin@example.org"
HEADERS = ("x-unsent", "from", "to", "subject", "content-type", "content-transfer-encoding", "mime-version")
INJECTED = (
    "x\r\nBcc: eve@example.org",
    "x\nBcc: eve@example.org",
    "x\rBcc: eve@example.org",
    "x\r\n\r\nnew body",
    "\r\n",
)
NAMES = (
    *("Dana Reyes", "Zoë Åström", "Jörg Müller-Lüdenscheidt", "O'Neil, Sean (Seán)", 'Dana "Dee" Reyes', "Ann\\Lee", "王小明"),
    *("Александра Константиновна Преображенская", "ندى بن سالم", "நிலா", "👩‍💻 Dana 🦄", "eve@example.org", "<dana>"),
    *("=?utf-8?q?x?=", "=?utf-8?b?QmNj?= =?utf-8?b?QmNj?=", "a,b;c:d", ".", "-", "x" * 200, "é" * 200, "王" * 200, "🦄" * 200),
    *("word " * 40, "Zoë " * 50, ("x" * 90 + " ") * 20, "", *INJECTED),
    *("nul\0l", "esc\x1b[2Japed", "\u202egnp.exe", "a\u2028Bcc: x", "a\x85Bcc: x", "a\x0bb\x0cc", "\ud800lone", "t\tab"),
)  # fmt: skip
TEXTS = (
    *("Dear Dana,\n\nthank you.\n\nRobin", "王小明，您好：\n\n谢谢。", "Ünïcödé 🦄 café", "x" * 5000, "é" * 5000, "word " * 1000),
    *("", "\n", "From here\n.\n..\n-- \nRobin", "  - indented\n> quoted", "=3D=20=\n=", "a\n\n\n\nb", "trailing   \nblanks\t\n"),
    *("x\r\nBcc: eve@example.org", "x\rBcc: eve@example.org", "nul\0 esc\x1b[2J \u202ebidi", "\ud800", "a\u2028b", "--=_\nContent-Type: text/html"),
)  # fmt: skip


def mail(name: str, subject: str, text: str, sender: str = "Robin Vale") -> bytes:
    return write_mail(Mail(Mailbox(sender, ROBIN), Mailbox(name, DANA), subject, text))


STEERS = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufeff\ufffe\uffff\U000e0000-\U000e007f]"
)


def meant(text: str) -> str:
    """Return a text as it reads back: its lines, with blanks for blanks, without what steers; it ends in a line end."""
    shown = STEERS.sub("", re.sub("[\ud800-\udfff]", "\ufffd", text))
    lines = ("".join(" " if char.isspace() else char for char in line).rstrip() for line in shown.split("\n"))
    return "\n".join(lines).rstrip("\n") + "\n"


def expected(name: str, subject: str, text: str, sender: str = "Robin Vale") -> Read:
    there = tuple(header for header in HEADERS if header != "subject" or one_line(subject))
    return Read(there, ((one_line(sender), ROBIN),), ((one_line(name), DANA),), one_line(subject), meant(text))


def holds(data: bytes) -> None:
    """What is true of every mail."""
    assert data.isascii()
    assert data.count(b"\r") == data.count(b"\n") == data.count(b"\r\n")
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert data.startswith(b"X-Unsent: 1\r\n")
    head = data.partition(b"\r\n\r\n")[0].decode()
    assert all(line.startswith(" ") or line.partition(":")[0].lower() in HEADERS for line in head.split("\r\n"))


def same(one: Read, other: Read) -> bool:
    """Whether two say the same: the ends of the text may differ, since a mail's last line ends."""
    return (one.headers, one.sender, one.to, one.subject) == (
        other.headers,
        other.sender,
        other.to,
        other.subject,
    ) and (one.text.rstrip("\n") == other.text.rstrip("\n"))


# --- as it reads back -----------------------------------------------------------------------------------------------

CASES = [
    *((name, "Subject", "text", "Robin Vale") for name in NAMES),
    *(("Dana", name, "text", "Robin Vale") for name in NAMES),
    *(("Dana", "Subject", "text", name) for name in NAMES),
    *(("Dana", "Subject", text, "Robin Vale") for text in TEXTS),
]


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_python_reads_back_what_was_written(case: tuple[str, str, str, str]) -> None:
    data = mail(*case)
    holds(data)
    assert same(by_python(data), expected(*case))


def made_up(randomness: random.Random) -> tuple[str, str, str, str]:
    pieces = (*NAMES, *TEXTS[:6], " ", ", ", '"', "(", ")", "<", ">", "@", "=?", "?=", "_", "é", "王", "\\")

    def some(most: int) -> str:
        return "".join(randomness.choice(pieces)[:60] for _ in range(randomness.randint(0, most)))

    return some(5), some(5), "\n".join(some(4) for _ in range(randomness.randint(0, 5))), some(4)


@pytest.mark.skipif(missing_mailparser() is not None, reason=str(missing_mailparser()))
def test_mailparser_reads_back_what_was_written() -> None:
    randomness = random.Random(27)
    cases = [*CASES, *(made_up(randomness) for _ in range(size(400, 20_000)))]
    mails = [mail(*case) for case in cases]
    for case, data, found in zip(cases, mails, by_mailparser(mails), strict=True):
        holds(data)
        assert same(found, expected(*case)), (case, found)
        assert same(by_python(data), expected(*case)), case


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=120), st.text(max_size=40))
def test_any_text_reads_back_and_adds_no_header(name: str, subject: str, text: str, sender: str) -> None:
    data = mail(name, subject, text, sender)
    holds(data)
    assert same(by_python(data), expected(name, subject, text, sender))


@given(
    st.lists(
        st.sampled_from([*INJECTED, "Subject: x", ":", " ", "\t", "é", "x" * 80, "=?utf-8?q?=0D=0ABcc:_x?="]),
        max_size=12,
    ).map("".join)
)
def test_what_looks_like_a_header_stays_a_part_of_its_own(text: str) -> None:
    read = by_python(mail(text, text, text, text))
    assert read.headers == tuple(header for header in HEADERS if header != "subject" or one_line(text))
    assert read.subject == read.to[0][0] == read.sender[0][0] == one_line(text)


# --- what is left out -----------------------------------------------------------------------------------------------


def test_the_same_mail_is_the_same_bytes_and_says_nothing_of_its_own() -> None:
    data = mail("Dana Reyes", "The half-cent", "Dear Dana,\n\nthank you.\n\nRobin")
    assert data == mail("Dana Reyes", "The half-cent", "Dear Dana,\n\nthank you.\n\nRobin")
    assert data == (
        b"X-Unsent: 1\r\nFrom: Robin Vale <robin@example.org>\r\nTo: Dana Reyes <dana@example.org>\r\n"
        b'Subject: The half-cent\r\nContent-Type: text/plain; charset="utf-8"\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\nMIME-Version: 1.0\r\n\r\n"
        b"Dear Dana,\r\n\r\nthank you.\r\n\r\nRobin\r\n"
    )


def test_who_is_not_known_has_no_line() -> None:
    data = write_mail(Mail(None, None, " \r\n ", "text"))
    assert by_python(data).headers == ("x-unsent", "content-type", "content-transfer-encoding", "mime-version")


@pytest.mark.parametrize("name", [" \x00 ", "", DANA, "\u202e"])
def test_a_name_that_is_none_leaves_the_address(name: str) -> None:
    assert b"To: dana@example.org\r\n" in mail(name, "x", "y")


@pytest.mark.parametrize(
    "address", ["", "dana", "a@b.example\r\nBcc: x@y.example", "a@b.example, c@d.example", "zoë@b.example"]
)
def test_what_is_no_address_is_never_written(address: str) -> None:
    with pytest.raises(ValueError, match=r"\A"):
        write_mail(Mail(None, Mailbox("Dana", address), "x", "y"))
    with pytest.raises(ValueError, match=r"\A"):
        write_mail(Mail(Mailbox("Robin", address), None, "x", "y"))


def test_a_paragraph_stays_one_line() -> None:
    assert by_python(mail("Dana", "x", "word " * 400)).text == "word " * 399 + "word\n"
