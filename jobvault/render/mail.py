"""A letter as a mail that is still to be sent: header lines that nothing can be smuggled into, and plain text.

The text is quoted-printable (RFC 2045, 6.7): the file is ASCII whatever the letter says, no line of it is longer than
76 characters, and yet each paragraph is one line to whoever decodes it, so that the window in which the letter is
looked over wraps it itself. ``8bit`` would bound a paragraph at 998 bytes (RFC 5322, 2.1.1), and ``format=flowed``
would break it into lines that a program which does not know it takes for real ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jobvault.search.addresses import is_address

_NOT_SHOWN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufeff\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
"""What steers: control and bidi characters. Joiners stay; scripts and emoji need them."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
"""A name that needs no quotes (``atext``, RFC 5322, 3.2.3)."""
_LONGEST_LINE = 76
_LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Whom a mail is from or to; ``name`` may be empty."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Mail:
    """What a mail says. ``text`` has a paragraph a line; who is None is left to the mail program."""

    sender: Mailbox | None
    to: Mailbox | None
    subject: str
    text: str


def write_mail(mail: Mail) -> bytes:
    """Return a mail as an ``.eml`` file, a draft by its ``X-Unsent``; the same mail always gives the same bytes.

    Date, Message-ID and all else are the mail program's to set. Raises ``ValueError`` for an address that is none.
    """
    from email.message import EmailMessage
    from email.policy import SMTP

    lines = ["X-Unsent: 1"]
    lines += [f"{name}: {_mailbox(name, box)}" for name, box in (("From", mail.sender), ("To", mail.to)) if box]
    if subject := one_line(mail.subject):
        lines.append(f"Subject: {_subject(subject)}")
    body = EmailMessage(policy=SMTP)
    body.set_content("\n".join(map(_line, mail.text.split("\n"))), charset="utf-8", cte="quoted-printable")
    return "\r\n".join([*lines, ""]).encode("ascii") + body.as_bytes()


def one_line(text: str) -> str:
    """Return a text as a header can hold it: one line, blanks collapsed, nothing that steers."""
    return " ".join(_NOT_SHOWN.sub("", _SURROGATE.sub("\ufffd", text)).split())


def _line(text: str) -> str:
    """Return a line of the text, with its indent, and without blanks at its end."""
    rest = text.lstrip(" ")
    inner = _NOT_SHOWN.sub("", _SURROGATE.sub("\ufffd", rest))
    return (" " * (len(text) - len(rest)) + "".join(" " if char.isspace() else char for char in inner)).rstrip()


def _mailbox(header: str, box: Mailbox) -> str:
    if not is_address(box.address):
        raise ValueError(box.address)
    name = one_line(box.name)
    if name in ("", box.address):
        return box.address
    quoted = name if _ATOMS.fullmatch(name) else '"{}"'.format(re.sub(r'(["\\])', r"\\\1", name))
    shown = _folded(header, quoted) if _is_plain(name) else _encoded(header, name)
    address = f" <{box.address}>"
    last = len(header) + 2 if "\r\n" not in shown else 0
    fits = last + len(shown.rpartition("\r\n")[2]) + len(address) <= _LONGEST_LINE
    return f"{shown}{address}" if fits else f"{shown}\r\n{address}"


def _subject(text: str) -> str:
    return _folded("Subject", text) if _is_plain(text) else _encoded("Subject", text)


def _folded(header: str, text: str) -> str:
    """Return ASCII folded at its blanks."""
    from email.header import Header

    made = Header(text, "us-ascii", header_name=header, maxlinelen=_LONGEST_LINE)
    return made.encode(splitchars=" ", linesep="\r\n")


def _encoded(header: str, text: str) -> str:
    """Return a text as encoded words (RFC 2047), none of which parts a character."""
    from email.header import Header

    return Header(text, "utf-8", header_name=header, maxlinelen=_LONGEST_LINE).encode(linesep="\r\n")


def _is_plain(text: str) -> bool:
    """Whether a text can stand in a header as it is: ASCII, foldable, and not taken for an encoded word."""
    return text.isascii() and "=?" not in text and max(map(len, text.split(" "))) <= _LONGEST_WORD
