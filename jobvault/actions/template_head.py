"""The comment on a copied template: every value, function and filter that it may use."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Any

from jobvault.actions.applying import TEMPLATE as APPLICATION
from jobvault.vault.shipped import read_template
from jobvault.words import Words

WIDTH = 116
VALUES: Mapping[str, str] = {
    "items": "all that is shown, in order",
    "today": "the date that the block is as of",
    "narrowed": "true where the block asks for less than everything (company=…, since=… and so on)",
    "matched": "false where your notes have nothing of what the block asks for: a name may be mistyped",
    "rest": "the line that says how much `limit` left out; empty where nothing was. It stands at the end if not here",
}
"""What every view's template is given besides its own parts."""
FUNCTIONS: Mapping[str, str] = {
    "t(key, n=…)": "a text in the vault's language, as t('takeaways.title'); n chooses between one and several",
    "say(group, value)": "a value in the vault's language, as say('outcome', item.outcome)",
    "h(depth, text)": "a heading so many levels below the one above the block",
    "dots(a, b, …)": "what is not empty, with middle dots between",
    "table(head, rows)": "a table; cells are Markdown already: texts that went through `inert`",
    "empty(text)": "what stands there when there is nothing",
    "on_terminal()": "whether it is shown in the terminal, not written into a note",
}
"""What a view's template can call."""
FILTERS: Mapping[str, str] = {
    "inert": "your words, made safe for Markdown; put every text from a note through it (or through `strong`)",
    "strong": "the same, in bold",
    "code": "a command, in a code span that nothing in it can end",
    "link": "a link to a note, from its path",
    "date": "a date in full, as Thu 26 Nov 2026",
    "day": "a short date, as 26 Nov",
    "clock": "a time, as 14:30",
    "task": "the whole line of a follow-up, with its box. Only boxes that it writes can be ticked",
    "problem": "what is wrong, with the words that it is about",
    "theme": "a tag as a title: system-design, System design",
    "sources": "links to several notes: [[a]]; also [[b]]",
}
"""What a view's template can filter with, besides Jinja's own."""
NOTE_VALUES: Mapping[str, str] = {
    "front": "the properties, ready to stand between the two lines ---",
    "company": "the company, as it was typed",
    "role": "the role; empty where none was named",
    "round": "the round; empty where none was named",
    "date": "the day of the interview, a date",
    "people": "whom you meet; each has `words` (a name or a link), `title`, and `email` where it is known",
    "tasks": "whole lines: a thank-you for each of them, where the interview was just now",
}
APPLICATION_VALUES: Mapping[str, str] = {
    "front": "the properties, ready to stand between the two lines ---",
    "company": "the company, as it was typed",
    "role": "the role",
    "source": "where you found it; empty where you did not say",
    "date": "the day you applied, a date",
}
"""What an application's template is given; of the functions, it can call ``hint``."""
NOTE_FUNCTIONS: Mapping[str, str] = {
    "heading(key)": "the heading of a section, in the vault's language:",
    "label(key)": "a label below a person:",
    "hint(key)": "a comment that nobody sees when the note is read:",
}
"""What a note's template can call; each is followed by its keys."""
JINJA = "Of Jinja's own: if, for, set, macro, include; filters such as join, map, selectattr, sort, length."


def annotated(name: str, words: Words) -> str:
    """Return one of our templates with a comment in front; it makes the same as without."""
    view = name.removeprefix("views/").removesuffix(".md.j2") if name.startswith("views/") else ""
    lines = [
        f"The view “{view}”." if view else _about(name),
        "Delete this file to have jobvault's own back.",
        "",
        *(_view_lines(view) if view else _note_lines(name, words)),
        "",
        JINJA,
    ]
    body = "\n".join(f"   {line}".rstrip() for line in lines)
    return f"{{#\n{body.replace('#}', '# }')}\n#}}\n{read_template(name)}"


def _view_lines(view: str) -> Iterator[str]:
    yield "Values, besides those that the comment below this one names:"
    yield from _rows(VALUES)
    yield ""
    yield "An item has:"
    yield from fields_of(json.loads(read_template(f"schemas/view-{view}.json"))["properties"]["items"]["items"])
    yield ""
    yield "Functions:"
    yield from _rows(FUNCTIONS)
    yield ""
    yield "Filters:"
    yield from _rows(FILTERS)


def _about(name: str) -> str:
    if name == APPLICATION:
        return "An application, as `jobvault apply` lays it down."
    return "A debrief, as `jobvault new` lays it down."


def _note_lines(name: str, words: Words) -> Iterator[str]:
    application = name == APPLICATION
    yield "Values:"
    yield from _rows(APPLICATION_VALUES if application else NOTE_VALUES)
    yield ""
    yield "Functions:"
    for call, about in NOTE_FUNCTIONS.items():
        if application and not call.startswith("hint"):
            continue
        prefix = f"{call.partition('(')[0]}."
        keys = [key.removeprefix(prefix) for key in words.texts if key.startswith(prefix)]
        yield from _rows({call: f"{about} {', '.join(keys)}"})


def fields_of(schema: Mapping[str, Any], indent: str = "  ") -> Iterator[str]:
    """Yield a line for each field that a JSON Schema's object has, with what it is; fields of its lists below it."""
    for name, field in schema.get("properties", {}).items():
        about = field.get("description", "").replace(" ISO 8601, as 2026-11-23", "").replace(".;", ";")
        yield from _rows({name: about}, indent)
        yield from fields_of(field.get("items", {}), indent + "  ")
        yield from fields_of(field, indent + "  ")


def _rows(rows: Mapping[str, str], indent: str = "  ") -> Iterator[str]:
    for name, about in rows.items():
        yield from wrap(
            f"{name}: {about.rstrip('.')}",
            WIDTH,
            initial_indent=indent,
            subsequent_indent=f"{indent}    ",
            break_on_hyphens=False,
        )
