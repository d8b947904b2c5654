"""An answer's body and its JSON."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

import pytest

from jobvault.errors import TemplateError
from jobvault.render.templates import Templates
from jobvault.render.view import answer_json, plain, render_body, to_json
from jobvault.views import Answer
from tests.nouns import TODAY, ask, debrief, face, follow_up, searching


@dataclass(frozen=True)
class Inner:
    day: dt.date | None
    time: dt.time


@dataclass(frozen=True)
class Item:
    text: str
    inner: tuple[Inner, ...]


ITEM = Item("x", (Inner(dt.date(2026, 11, 27), dt.time(14, 30)), Inner(None, dt.time(9, 5, 59))))


def body(source: str, **fields: object) -> tuple[str, ...]:
    answer = Answer("mine", TODAY, (ITEM,), **fields)  # type: ignore[arg-type]
    return render_body(answer, face(), Templates({"views/mine.md.j2": source}.get), "jobvault show mine")


def test_a_template_gets_parts_items_and_the_day_as_plain_values() -> None:
    source = "{{ items[0].inner[0].day.year }} {{ more.a.day }} {{ more.a.time }} {{ today }}"
    assert body(source, parts={"more": {"a": ITEM.inner[1]}}) == (f"2026 None 09:05:59 {TODAY}",)
    assert plain({"a": (ITEM,)})["a"][0]["inner"][1] == {"day": None, "time": dt.time(9, 5, 59)}


def test_blank_lines_are_tidied() -> None:
    assert body("\n\n\na  \n\n\n\nb\t\n\n") == ("a", "", "b")
    assert body("\n \n") == ()


def test_what_the_limit_left_out_is_said_with_the_command() -> None:
    assert body("a", left_out=2) == ("a", "", "… and 2 more: `jobvault show mine`")
    assert body("a", left_out=1)[-1] == "… and 1 more: `jobvault show mine`"
    assert body("a") == ("a",)
    assert body("{{ rest }}\na", left_out=1) == ("… and 1 more: `jobvault show mine`", "a")


def test_the_command_is_made_inert() -> None:
    answer = Answer("mine", TODAY, (), left_out=2)
    templates = Templates({"views/mine.md.j2": "a"}.get)
    [*_, line] = render_body(answer, face(), templates, "jobvault show mine --company `<b>`")
    assert "<b>" not in line.replace("`<b>`", "")


def test_an_error_in_a_template_is_a_template_error() -> None:
    with pytest.raises(TemplateError, match=r"^views/mine\.md\.j2:2: "):
        body("a\n{{ nope }}")


def test_json() -> None:
    assert to_json(ITEM) == {
        "text": "x",
        "inner": [{"day": "2026-11-27", "time": "14:30"}, {"day": None, "time": "09:05"}],
    }
    assert to_json(dt.datetime(2026, 11, 27, 9, 5)) == "2026-11-27T09:05:00"  # noqa: DTZ001
    assert answer_json(Answer("mine", TODAY, (ITEM,)))["today"] == "2026-11-27"


def test_the_json_of_a_follow_up() -> None:
    at = debrief("Acme", "2026-11-23")
    found = answer_json(ask("follow-ups", searching(at, follow_ups=[follow_up("Send it 📅 2026-11-28", at, 7)])))
    assert json.loads(json.dumps(found)) == found
    [item] = found["items"]
    assert {
        "text": "Send it",
        "status": "open",
        "due": "2026-11-28",
        "people": [],
        "company": "Acme",
        "line": 7,
    }.items() <= item.items()
