"""An answer → its Markdown body, and its JSON."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from jobvault.render.face import Face
from jobvault.render.inert import inert
from jobvault.render.templates import Templates
from jobvault.views import Answer

_BLANKS = re.compile(r"\n{3,}")


def render_body(answer: Answer, face: Face, templates: Templates, more: str = "") -> tuple[str, ...]:
    """Render an answer as the lines of a block's body, without blank lines at its ends.

    ``more`` is the command that shows what the limit left out. Templates get that line as ``rest``; it stands at the
    end where they do not place it.
    """
    rest = inert(face.words.text("more", n=answer.left_out, command=more)) if answer.left_out else ""
    parts = {**plain(answer.parts), "items": plain(answer.items), "today": answer.today, "rest": rest}
    parts["narrowed"] = answer.narrowed
    text = templates.render(view_template(answer.view), {**parts, **face.globals()}, face.filters())
    if rest not in text:
        text += f"\n\n{rest}"
    lines = [line.rstrip() for line in text.split("\n")]
    tidy = _BLANKS.sub("\n\n", "\n".join(lines)).strip("\n")
    return tuple(tidy.split("\n")) if tidy else ()


def view_template(view: str) -> str:
    """Return the name of a view's template."""
    return f"views/{view}.md.j2"


def plain(value: Any) -> Any:
    """Turn frozen dataclasses into mappings, deeply: templates get plain values only."""
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value


def to_json(value: Any) -> Any:
    """Turn values, such as an answer's items, into what JSON holds: dates are ISO, times ``14:30``."""
    value = plain(value)
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [to_json(item) for item in value]
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    return value.isoformat() if isinstance(value, dt.date) else value


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return a view's JSON answer."""
    return {"view": answer.view, "today": answer.today.isoformat(), "items": to_json(answer.items)}
