"""Weak areas: by area, in the user's words, and whether it has gone well since."""

from __future__ import annotations

from jobvault.search.search import Search
from jobvault.settings import Settings
from tests.nouns import ask, reading_all, searching, show


def note(company: str, date: str, body: str) -> str:
    return f"---\ntype: debrief\ncompany: {company}\nround: panel\ndate: {date}\n---\n\n{body}"


def vault(*notes: tuple[str, str, str], settings: Settings | None = None, **others: str) -> Search:
    """Join debriefs: company, date and body; and questions by name."""
    found = {f"Debriefs/{date} {company} panel.md": note(company, date, body) for company, date, body in notes}
    return reading_all(found | {f"Questions/{name}.md": text for name, text in others.items()}, settings)


WEAK, STRONG, ASKED = "## Where I was weak\n\n", "## Where I was strong\n\n", "## What they asked\n\n"


def test_all_of_it() -> None:
    search = vault(
        ("Acme", "2026-09-01", f"{WEAK}- Drew nothing #architecture\n- Too long an answer\n"),
        ("Birch", "2026-09-05", f"{WEAK}- drew NOTHING. #System-Design\n\n{ASKED}- Design it #system-design (rough)\n"),
        ("Corvo", "2026-10-01", f"{WEAK}- On-call #on-call\n- too long an answer!\n"),
        ("Delta", "2026-10-09", f"{STRONG}- Boxes first #system-design\n\n{ASKED}- Draw #system-design (strong)\n"),
        settings=Settings(areas={"system-design": ("architecture",)}),
    )
    assert show("weak-areas", search) == [
        "## Still weak",
        "### On call · 1 debrief, Thu 1 Oct 2026",
        "- On-call · [[2026-10-01 Corvo panel]]",
        "### No area yet",
        "- too long an answer! · [[2026-10-01 Corvo panel]]; also [[2026-09-01 Acme panel]]",
        "## Strong since",
        "### System design · 2 debriefs, the last Sat 5 Sep 2026",
        "- drew NOTHING. · [[2026-09-05 Birch panel]]; also [[2026-09-01 Acme panel]]",
        "- Also 1 rough answer: [[2026-09-05 Birch panel]]",
        "- Strong since: [[2026-10-09 Delta panel]]",
    ]


def test_only_areas_that_held() -> None:
    search = vault(("Acme", "2026-09-01", f"{WEAK}- x #sql\n"), ("Birch", "2026-09-05", f"{STRONG}- y #sql\n"))
    lines = show("weak-areas", search)
    assert lines[0] == "## Strong since"
    assert lines[-1] == "- Strong since: [[2026-09-05 Birch panel]]"


def test_an_area_named_by_a_question_goes_by_its_wording_and_links_it() -> None:
    question = "---\ntype: question\nquestion: Why two short stints?\n---\n"
    search = vault(("Acme", "2026-09-01", f"{WEAK}- [[Stints]], again\n"), Stints=question)
    assert show("weak-areas", search) == [
        "## Still weak",
        "### [[Stints|Why two short stints?]] · 1 debrief, Tue 1 Sep 2026",
        "- [[Stints]], again · [[2026-09-01 Acme panel]]",
    ]


def test_a_link_to_a_question_with_tags_and_a_tag_are_one_area() -> None:
    question = "---\ntype: question\ntags: [on-call]\n---\n"
    search = vault(
        ("Acme", "2026-09-01", f"{WEAK}- [[Pager]] went badly\n"),
        ("Birch", "2026-09-02", f"{WEAK}- no plan #on-call\n"),
        ("Corvo", "2026-09-03", f"{ASKED}- [[Pager]] (strong)\n"),
        Pager=question,
    )
    [item] = ask("weak-areas", search).items
    assert (item.area, item.note, item.debriefs, len(item.since)) == ("on-call", None, 2, 1)


def test_an_undated_weakness_has_no_date() -> None:
    search = reading_all({"Debriefs/Acme.md": "---\ntype: debrief\ncompany: Acme\n---\n\n## Weak\n\n- x #sql\n"})
    assert show("weak-areas", search)[1] == "### Sql · 1 debrief, no date"


def test_the_arguments_choose_areas_and_never_change_how_they_stand() -> None:
    search = vault(
        ("Acme", "2026-09-01", f"{WEAK}- x #sql\n"),
        ("Acme", "2026-09-05", f"{WEAK}- y #sql\n"),
        ("Birch", "2026-09-09", f"{STRONG}- z #sql\n"),
    )
    [item] = ask("weak-areas", search, company="Acme", since="2026-09-02").items
    assert (item.debriefs, [one.company for one in item.since]) == (1, ["Birch"])
    assert show("weak-areas", search, company="Acme")[0] == "## Strong since"
    assert show("weak-areas", search, company="Corvo") == ["_Nothing in this vault matches._"]


def test_the_limit_keeps_the_most_frequent() -> None:
    search = vault(("Acme", "2026-09-01", f"{WEAK}- x #a\n- y #b\n- z\n"), ("Birch", "2026-09-02", f"{WEAK}- x #b\n"))
    assert [item.area for item in ask("weak-areas", search, limit=1).items] == ["b"]
    lines = show("weak-areas", search, limit=1)
    assert lines[-1] == "… and 2 more: `jobvault show weak-areas`"
    assert "### No area yet" not in lines


def test_an_empty_view_says_what_would_fill_it() -> None:
    [line] = show("weak-areas", searching())
    assert line.startswith("_No weak areas yet. Write one under “Where I was weak”")
    [line] = show("weak-areas", vault(("Acme", "2026-09-01", f"{STRONG}- y #sql\n")))
    assert line.startswith("_No weak areas yet.")


def test_json_fields() -> None:
    [item] = ask("weak-areas", vault(("Acme", "2026-09-01", f"{WEAK}- x #sql\n"))).items
    [source] = item.sources
    assert (item.area, item.note, item.text, str(item.date), item.company, item.line) == (
        "sql",
        None,
        "x",
        "2026-09-01",
        "Acme",
        10,
    )
    assert (source.text, source.round, source.path, source.line) == ("x", "panel", item.path, 10)
