"""The ``jobvault.yaml`` of a new vault: every key, with what it does and its default, commented out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from jobvault.settings import Settings

_HEAD = """\
## The settings of this vault. All are optional, and an empty file is fine: what is commented out is the default.
## Lines with ## explain; lines with # are settings: take away the # and the blank behind it to change one.
"""

_ABOUT: Mapping[str, str] = {
    "language": "The language of templates and summaries. Notes are understood in every language that there is.",
    "words": "Your own words for headings, labels and marks, beside those that are known, for instance:\n"
    "  words:\n"
    "    sections:\n"
    "      takeaways: [Note to self]",
    "rounds": "Your rounds, in order, where they are not the usual ones, for instance:\n"
    "  rounds: [phone, coding, team, founder]",
    "areas": "The areas that you watch, with other names for each, for instance:\n"
    "  areas:\n"
    "    system-design: [architecture, scaling]",
    "companies": "Other names for a company, for instance:\n  companies:\n    Acme: [Acme Corp, Acme GmbH]",
    "folders": "Where new notes go. Their `type` says what they are, so they can be moved. `.` is the vault itself.",
    "links": "How links are written: wiki ([[Note]]), markdown ([Note](Note.md)), or auto:\n"
    "wiki where the vault is one of Obsidian's.",
    "dates": "How the dates of tasks are written: emoji (📅), plain (due …), dataview ([due:: …]), or auto:\n"
    "as the tasks of this vault have them.",
    "timezone": "The time zone that says what day it is, for instance Europe/Berlin. Empty: the computer's.",
    "ignore": "Folders and notes to leave alone, as patterns, for instance [Archive/, '**/*.draft.md'].\n"
    "Without a value: the template folders that Obsidian's settings name.",
    "templates": "The folder with your own templates. One that has the name of one of jobvault's takes its place;\n"
    "`jobvault init --templates` copies those there. Notes and blocks are written with them.",
    "follow_ups": "How follow-ups are listed. `style: links` writes plain bullets instead of boxes to tick;\n"
    "`worth_doing_days` is for how many days after an interview a letter of thanks is suggested.",
    "letters": "What letters need to know of you (not used by this version).",
    "undo": "How long, in days, what was replaced is kept outside the vault, and how much (not used by this version).",
}


def about_setting(key: str) -> str:
    """Return what a key of ``jobvault.yaml`` does, in the words of the file that a new vault gets."""
    return _ABOUT[key]


def default_settings_text(chosen: Mapping[str, str | Mapping[str, str]] | None = None) -> str:
    """Return the text of a new vault's ``jobvault.yaml``.

    ``chosen`` are values for keys whose value is one text, such as ``language``, or texts by name, as ``folders``;
    those lines are in force. Without it, every setting is commented out; with each comment sign taken away the text
    says the same.
    """
    defaults = Settings()
    blocks = [_HEAD]
    for one in fields(Settings):
        about = "".join(f"## {line}\n" for line in _ABOUT[one.name].splitlines())
        value = (chosen or {}).get(one.name)
        if value is None:
            setting = "".join(f"# {line}\n" for line in _lines(one.name, getattr(defaults, one.name)))
        elif isinstance(value, str):
            setting = f"{one.name}: {_scalar(value)}\n"
        else:
            setting = f"{one.name}:\n" + "".join(f"  {name}: {_scalar(text)}\n" for name, text in value.items())
        blocks.append(about + setting)
    return "\n".join(blocks)


def _lines(name: str, value: object) -> Iterator[str]:
    if is_dataclass(value):
        yield f"{name}:"
        for one in fields(value):
            yield f"  {one.name}: {_scalar(getattr(value, one.name))}"
    else:
        yield f"{name}: {_scalar(value)}".rstrip()


def _scalar(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z][\w./+-]*", value):
        return value
    return json.dumps(value, ensure_ascii=False)
