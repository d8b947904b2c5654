"""Two readers of mail, for the tests: Python's own, and mailparser (Nodemailer's, from npm) in one process for many mails.

mailparser is looked for in the folder that ``JOBVAULT_NODE_TOOLS`` names: ``npm install --prefix FOLDER mailparser``.
"""

from __future__ import annotations

import base64
import email
import email.policy
import functools
import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.utils import parseaddr

_SECONDS = 120
_FIND = """
const { createRequire } = require("module");
const { simpleParser } = createRequire(process.env.JOBVAULT_NODE_TOOLS + "/")("mailparser");
"""
_READ = """
const read = async (mail) => {
  const parsed = await simpleParser(Buffer.from(mail, "base64"));
  const box = (name) => (parsed[name]?.value ?? []).map(({ name, address }) => [name, address]);
  return {
    headers: parsed.headerLines.map(({ key }) => key), from: box("from"), to: box("to"),
    subject: parsed.subject ?? "", text: parsed.text ?? "", attachments: parsed.attachments.length,
  };
};
let said = "";
process.stdin.on("data", (part) => (said += part)).on("end", async () => {
  const found = [];
  for (const mail of JSON.parse(said)) found.push(await read(mail));
  process.stdout.write(JSON.stringify(found));
});
"""


@dataclass(frozen=True)
class Read:
    """What a reader finds in a mail; headers by their names in lower case, in order, ``text`` with LF."""

    headers: tuple[str, ...]
    sender: tuple[tuple[str, str], ...]
    to: tuple[tuple[str, str], ...]
    subject: str
    text: str


def by_python(mail: bytes) -> Read:
    """Read a mail by the ``email`` package: by its old parser, which keeps to RFC 2047.

    The new one puts a blank between two encoded words of a name (Python 3.11 does); it has to agree in all but blanks.
    """
    new, old = email.message_from_bytes(mail, policy=email.policy.default), email.message_from_bytes(mail)

    def boxes(name: str) -> tuple[tuple[str, str], ...]:
        if old[name] is None:
            return ()
        quoted, address = parseaddr(re.sub(r"[\r\n]", "", str(old[name])))
        shown = str(make_header(decode_header(quoted)))
        [again] = new[name].addresses
        assert (again.display_name.replace(" ", ""), again.addr_spec) == (shown.replace(" ", ""), address)
        return ((shown, address),)

    assert not new.defects
    assert not any(header.defects for header in new.values())
    assert [key.lower() for key in new] == [key.lower() for key in old]
    content = new.get_content().replace("\r\n", "\n")
    headers = tuple(key.lower() for key in new)
    return Read(headers, boxes("From"), boxes("To"), str(new["Subject"] or ""), content)


def by_mailparser(mails: Sequence[bytes]) -> list[Read]:
    """Read mails by mailparser."""
    given = json.dumps([base64.b64encode(mail).decode() for mail in mails])
    done = subprocess.run(
        ["node", "-e", _FIND + _READ], input=given, capture_output=True, encoding="utf-8", check=False, timeout=_SECONDS
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert all(one["attachments"] == 0 for one in found)
    return [
        Read(
            tuple(one["headers"]),
            tuple(map(tuple, one["from"])),
            tuple(map(tuple, one["to"])),
            one["subject"],
            one["text"],
        )
        for one in found
    ]


@functools.cache
def missing_mailparser() -> str | None:
    """Say how to get mailparser, as the reason of a skip; None where it is there."""
    how = "no mailparser: npm install --prefix FOLDER mailparser; JOBVAULT_NODE_TOOLS=FOLDER"
    if shutil.which("node") is None or not os.environ.get("JOBVAULT_NODE_TOOLS"):
        return how
    done = subprocess.run(["node", "-e", _FIND], capture_output=True, check=False, timeout=_SECONDS)
    return None if done.returncode == 0 else how
