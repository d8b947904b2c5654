"""Templates: a sandbox with bounds, and errors that name template and line."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from jobvault.errors import TemplateError
from jobvault.render.templates import MOST_ITEMS, MOST_OUTPUT, MOST_STEPS, Templates
from tests.nouns import WORDS, face

NAME = "views/mine.md.j2"


def values() -> dict[str, Any]:
    return {
        "items": [1, 2],
        "table": {"a": 1, "b": [3]},
        "big": "x" * 100_000,
        "day": dt.date(2026, 11, 27),
        "time": dt.time(14, 30),
        "t": WORDS.text,
        "h": face().heading,
    }


def render(source: str, **more: Any) -> str:
    templates = Templates({NAME: source, "views/other.md.j2": "other"}.get)
    return templates.render(NAME, {**values(), **more}, {"shout": str.upper})


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ items | length }}{% for i in items %}{{ i }}{{ ', ' if not loop.last }}{% endfor %}", "21, 2"),
        ("{{ table.a }} {{ table['b'][0] }} {{ table.items() | list | length }}", "1 3 2"),
        (
            "{{ 'a-b'.upper() }} {{ 'x' | shout }} {{ 'a b'.split() | join('; ') }} {{ 'aXa' | replace('X', '-') }}",
            "A-B X a; b a-a",
        ),
        ("{{ day.year }} {{ day.isoformat() }} {{ time.minute }} {{ day > day }}", "2026 2026-11-27 30 False"),
        (
            "{% set ns = namespace(rows=[]) %}{% for i in items %}{% set ns.rows = ns.rows + [i] %}{% endfor %}{{ ns.rows | join }}",
            "12",
        ),
        ("{% macro f(n) %}<{{ n }}>{% endmacro %}{{ f(1) ~ f(2) ~ 3 }}", "<1><2>3"),
        ("{% set words %}a{{ 1 + 1 }}{% endset %}{{ words }}", "a2"),
        ("{% include 'views/other.md.j2' %}", "other"),
        ("{% for i in range(3) %}{{ i * 2 }}{% endfor %} {{ 7 % 4 }} {{ 'a' + 'b' }}", "024 3 ab"),
        ("{% for i in items recursive %}{{ loop([]) if i is mapping else i }}{% else %}none{% endfor %}", "12"),
        (
            "{{ items | map('string') | join }} {{ [2, 1] | sort | first }} {{ table | dictsort | first | first }}",
            "12 1 a",
        ),
    ],
)
def test_what_templates_need_works(source: str, text: str) -> None:
    assert render(source) == text


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ ''['__class__'] }}",
        "{{ items.__class__ }}",
        "{{ items | attr('__class__') }}",
        "{{ items | map(attribute='__class__') | join }}",
        "{{ t.__globals__ }}",
        "{{ t.__self__ }}",
        "{{ h.__self__.words }}",
        "{{ h.__func__ }}",
        "{{ day.__class__ }}",
        "{{ day.strftime('%A') }}",
        "{{ self._TemplateReference__context }}",
        "{% for i in items %}{{ loop.__init__ }}{% endfor %}",
        "{{ '{0.__class__}'.format(1) }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ lipsum(1) }}",
        "{{ dict(a=1) }}",
        "{{ config }}",
        "{% include '../secret' %}",
        "{% import 'views/nope.md.j2' as x %}",
    ],
)
def test_nothing_leads_out(source: str) -> None:
    with pytest.raises(TemplateError):
        render(source)


@pytest.mark.parametrize(
    "source",
    [
        "{% set _ = items.append(3) %}",
        "{% set _ = items.__setitem__(0, 3) %}",
        "{{ table.update({'a': 2}) }}",
        "{{ table.pop('a') }}",
        "{% set table.a = 2 %}",
        "{% set _ = items.sort() %}",
    ],
)
def test_nothing_is_changed(source: str) -> None:
    given = values()
    with pytest.raises(TemplateError):
        render(source, **given)
    assert given["items"] == [1, 2]
    assert given["table"] == {"a": 1, "b": [3]}


LOOP = "{% set ns = namespace(s='x', n=7, l=[1]) %}{% for i in range(99) %}"


@pytest.mark.parametrize(
    "source",
    [
        "{{ 'x' * 10**9 }}",
        "{{ 'x' * 1000000000 }}",
        "{{ [1] * 1000000000 }}",
        "{{ 10**10**10 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ '{:999999999}'.format(1) }}",
        "{{ 'x'.center(999999999) }}",
        "{{ 'x' | center(999999999) }}",
        "{{ 'x'.zfill(999999999) }}",
        "{{ big | replace('x', big) }}",
        "{{ range(9999) | list | join(big) }}",
        "{% for i in range(10**9) %}{% endfor %}",
        "{% for i in range(1000000000) %}x{% endfor %}",
        "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}",
        "{% for i in range(9999) %}{% for j in range(9999) %}{{ i }}{% endfor %}{% endfor %}",
        "{% for i in range(99) %}{{ big }}{% endfor %}",
        LOOP + "{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
        LOOP + "{% set ns.s = ns.s + ns.s %}{% endfor %}",
        LOOP + "{% set ns.s = [ns.s, ns.s] | join %}{% endfor %}",
        LOOP + "{% set ns.s %}{{ ns.s }}{{ ns.s }}{% endset %}{% endfor %}",
        LOOP + "{% set ns.l = ns.l + ns.l %}{% endfor %}",
        LOOP + "{% set ns.n = ns.n * ns.n %}{% endfor %}",
        "{% macro f(n) %}{{ f(n) }}{% endmacro %}{{ f(1) }}",
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{{ big }}{% endif %}{% endmacro %}{{ f(60) }}",
        "{% for i in range(9999) %}{% set x = range(9999) | list | sort | unique | list %}{% endfor %}",
        "{% for i in range(9999) %}{% set x = big | sort %}{% endfor %}",
        "{% for i in range(9999) %}{% set x = big | list | length %}{% endfor %}",
        "{% for i in range(9999) %}{% if 'y' in big %}{% endif %}{% endfor %}",
        "{% for i in range(9999) %}{% if 'y' is in big %}{% endif %}{% endfor %}",
        "{% for i in range(9999) %}{% if big == big[1:] %}{% endif %}{% endfor %}",
        "{% for i in range(9999) %}{% set x = big.split('x') %}{% endfor %}",
        "{% for i in range(9999) %}{% for j in range(9999) %}{% set x = big | replace('y', 'z') %}{% endfor %}{% endfor %}",
        "{% for i in range(9999) %}{% for j in range(9999) %}{% set x = big | shout %}{% endfor %}{% endfor %}",
        "{% for i in range(9999) %}{% for j in range(9999) %}{% set x = items | join(big) %}{% endfor %}{% endfor %}",
        "{% include 'views/mine.md.j2' %}",
        "{% extends 'views/mine.md.j2' %}",
    ],
)
def test_nothing_eats_the_machine(source: str) -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, hard))
    try:
        with pytest.raises(TemplateError) as error:
            render(source)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    assert "MemoryError" not in str(error.value)


SHARED = (
    "{% set ns = namespace(a=['x'], t=('x',)) %}{% for i in range(40) %}"
    "{% set ns.a = [ns.a, ns.a] %}{% set ns.t = (ns.t, ns.t) %}{% endfor %}"
)
WIDE = "{% set ns = namespace(a=['x']) %}{% for i in range(18) %}{% set ns.a = [ns.a, ns.a] %}{% endfor %}{% set a = ns.a %}"
ROUNDS = "{% for i in range(9000) %}"


@pytest.mark.parametrize(
    "source",
    [
        SHARED + "{{ ns.a }}",
        SHARED + "{{ ns.a | string }}",
        SHARED + "{{ ns.a | title }}",
        SHARED + "{{ ns.a ~ '' }}",
        SHARED + "{{ [ns.a] | join }}",
        SHARED + "{{ [ns.a] | map('string') | join }}",
        SHARED + "{{ t('x', n=ns.a) }}",
        SHARED + "{{ t(ns.t) }}",
        SHARED + "{{ ns.a | shout }}",
        SHARED + "{{ ns.a == ns.a[0] }}",
        SHARED + "{{ ns.a < ns.a }}",
        SHARED + "{{ ns.t in table }}",
        SHARED + "{{ ns.t is in table }}",
        SHARED + "{{ [ns.a] | select('eq', ns.a) | list | length }}",
        SHARED + "{{ {ns.t: 1} | length }}",
        SHARED + "{{ table[ns.t] }}",
        SHARED + "{{ table.get(ns.t) }}",
        SHARED + "{{ {1: ns.a}.items() == {1: ns.a}.items() }}",
        SHARED + "{{ [ns.t] | unique | list | length }}",
        SHARED + "{{ [{'a': ns.t}] | groupby('a') | length }}",
        SHARED + "{{ [ns.a, ns.a] | sort | length }}",
        SHARED + "{{ [ns.a, ns.a] | max | length }}",
        SHARED + "{{ {1: ns.a} | dictsort(by='value') | length }}",
        SHARED + "{{ [ns.a].index(ns.a[0]) }}",
        SHARED + "{% for i in items %}{{ loop.changed(ns.a) }}{% endfor %}",
        SHARED + "{% include ns.t %}",
        SHARED + "{% include [ns.t] %}",
        WIDE + ROUNDS + "{% if a == a %}{% endif %}{% endfor %}",
        WIDE + ROUNDS + "{% set x = [a, a] | sort %}{% endfor %}",
        WIDE + ROUNDS + "{% set x = [a, a] | map('sort') | list %}{% endfor %}",
        "{{ '%999999999d' is odd }}",
        "{{ ['%999999999d'] | select('divisibleby', 1) | list | length }}",
        "{{ (1).to_bytes(999999999, 'big') }}",
    ],
)
def test_shared_parts_are_counted_as_often_as_they_are_met(source: str) -> None:
    test_nothing_eats_the_machine(source)


@pytest.mark.parametrize(
    "value",
    [
        "items",
        "table",
        "items | map('string')",
        "items | select",
        "items | unique",
        "items | reverse",
        "table | items",
        "table.keys()",
        "big.upper",
        "range",
        "range(2)",
        "t",
        "namespace(a=1)",
    ],
)
@pytest.mark.parametrize(
    "source", ["{{ VALUE }}", "{{ 'a' ~ (VALUE) }}", "{{ (VALUE) | string }}", "{{ [VALUE] | join }}"]
)
def test_what_has_no_text_of_its_own_is_not_written(source: str, value: str) -> None:
    with pytest.raises(TemplateError, match=r"cannot be written: (write|call) "):
        render(source.replace("VALUE", value))


@pytest.mark.parametrize("name", ["counted", "weighed", "joined", "_counted", "_joined"])
def test_what_counts_is_named_by_no_template(name: str) -> None:
    for source in ("{{ items | NAME }}", "{{ items | map('NAME') | list | length }}", "{{ NAME(items) }}"):
        with pytest.raises(TemplateError, match=name):
            render(source.replace("NAME", name))


def test_items_are_ordered_and_grouped_by_what_they_hold() -> None:
    rows = [{"a": {"b": 2}, "c": [1]}, {"a": {"b": 1}, "c": [1]}, {"a": {"b": 2}, "c": [2]}]
    source = "{% for r in rows | sort(attribute='a.b,c') %}{{ r.a.b }}{{ r.c[0] }} {% endfor %}"
    assert render(source, rows=rows) == "11 21 22 "
    source = "{% for g in rows | groupby('a.b') %}{{ g.grouper }}:{{ g.list | length }} {% endfor %}"
    assert render(source, rows=rows) == "1:1 2:2 "
    assert render("{{ (rows | max(attribute='a.b')).c[0] }}", rows=rows) == "1"
    assert render("{{ rows | map(attribute='a.b') | unique | join(',') }}", rows=rows) == "2,1"


@pytest.mark.parametrize(
    "source",
    [
        "{% include 'views/mine.md.j2' %}",
        "{% extends 'views/mine.md.j2' %}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    ],
)
def test_what_goes_round_is_said_in_words(source: str) -> None:
    with pytest.raises(
        TemplateError, match=r"it includes itself, or one of its macros calls itself, without an end\.$"
    ):
        render(source)
    with pytest.raises(TemplateError, match=r"it is nested too deep\.$"):
        render("{{ " + "[" * 150 + "]" * 150 + " }}")


def test_the_bounds_leave_room_for_a_long_search() -> None:
    rows = [{"text": "x" * 100}] * 10_000
    source = "{% set ns = namespace(r=[]) %}{% for i in rows %}{% set ns.r = ns.r + [i.text ~ '!'] %}{% endfor %}{{ ns.r | length }}"
    assert render(source, rows=rows) == "10000"
    assert min(MOST_STEPS, MOST_ITEMS) >= 100_000
    assert MOST_OUTPUT >= 1_000_000


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("a\n{% if %}", "views/mine.md.j2:2: "),
        ("a\n\n{{ nope }}", "views/mine.md.j2:3: 'nope' is undefined"),
        ("a\n{{ table.nope }}", "views/mine.md.j2:2: "),
        ("\n\n\n{{ 1 / 0 }}", "views/mine.md.j2:4: ZeroDivisionError: division by zero"),
        ("\n{{ t('no.such.text') }}", "views/mine.md.j2:2: KeyError: 'no.such.text'"),
        ("\n{{ 'x' | nope }}", "views/mine.md.j2:2: No filter named 'nope'"),
        ("{% macro f() %}\n\n{{ nope }}{% endmacro %}\n{{ f() }}", "views/mine.md.j2:3: 'nope' is undefined"),
        ("{{ 'x' * 9 }}", "views/mine.md.j2:1: * is not allowed here"),
    ],
)
def test_an_error_names_template_and_line(source: str, said: str) -> None:
    with pytest.raises(TemplateError) as error:
        render(source)
    assert str(error.value).startswith(said)
    assert error.value.__cause__ is not None


@pytest.mark.parametrize("text", ["a\x1b[31m", "a\rb", "\ud800", "\x00", "\x9b"])
def test_what_no_note_holds_is_not_written(text: str) -> None:
    with pytest.raises(TemplateError, match="control characters"):
        render("{{ text }}", text=text)
    assert render("{{ text }}", text="a\tb\n\u0085\u2028") == "a\tb\n\u0085\u2028"


def test_an_error_names_the_vaults_template_rather_than_ours_that_it_includes() -> None:
    sources = {NAME: "\n{% include 'views/ours.md.j2' %}", "views/ours.md.j2": "\n\n{{ nope }}"}
    templates = Templates(sources.get, lambda name: f"Mine/{name}" if name == NAME else "")
    with pytest.raises(TemplateError) as error:
        templates.render(NAME, {}, {})
    assert (error.value.path, error.value.line, error.value.own) == (f"Mine/{NAME}", 2, True)
    with pytest.raises(TemplateError) as error:
        templates.render("views/ours.md.j2", {}, {})
    assert (error.value.path, error.value.line, error.value.own) == ("views/ours.md.j2", 3, False)


def test_a_template_is_checked_without_being_rendered() -> None:
    sources = {NAME: "{{ x | shout }}{% include 'a.j2' %}{% include x %}", "bad.j2": "\n{% if %}"}
    templates = Templates(sources.get)
    assert templates.check(NAME, {"shout": str.upper}) == {"a.j2"}
    with pytest.raises(TemplateError, match=r"bad\.j2:2: "):
        templates.check("bad.j2", {})
    with pytest.raises(TemplateError, match=r"there is no template gone\.j2"):
        templates.check("gone.j2", {})


def test_a_template_that_is_not_there_is_named() -> None:
    with pytest.raises(TemplateError, match=r"views/gone\.md\.j2"):
        Templates(lambda _: None).render("views/gone.md.j2", {}, {})


def test_each_rendering_has_its_own_filters_and_budget() -> None:
    templates = Templates({NAME: "{{ 'A.md' | link }}{% for i in range(9000) %}{% endfor %}"}.get)
    for text in ("one", "two"):
        for _ in range(70):
            assert templates.render(NAME, {}, {"link": lambda _, text=text: text}) == text
    assert MOST_STEPS < 2 * 70 * 9000
