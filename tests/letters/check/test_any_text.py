"""Any text can be checked: nothing raises, lines are those of the note, twice is the same, long letters cost little."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from jobvault.letters.check.text import MOST_READ
from tests.letters.desk import GOOD, bench, checked, letter

PIECES = st.sampled_from(
    [
        "Dear Dana,",
        "Hi",
        "you",
        "could you",
        "Lumen Works",
        "Orchard",
        "Priyja",
        "on Monday",
        "31. November",
        "2026-13-41",
        "by Tuesday",
        "pipelines",
        "heal",
        "just checking in",
        "“",
        "”",
        '"',
        "?",
        ".",
        "…",
        "___",
        "[name]",
        "<!--",
        "-->",
        "%%",
        "\n\n",
        "\n",
        "\\\n",
        "- ",
        "# ",
        "> ",
        "```",
        "P.S.",
        "Best wishes,",
        "Robin",
        "您好！",
        "数据管道。",
        "ß",
        "İ",
        "\u202e",
        "\u2028",
        "\ufeff",
        "١٢",
        "²",
        "9" * 30,
    ]
)
TEXTS = st.one_of(
    st.text(max_size=300), st.lists(PIECES, max_size=60).map(" ".join), st.lists(PIECES, max_size=60).map("".join)
)


@given(TEXTS, st.sampled_from(["thank-you", "concern", "check-in", "own"]))
@example("Dear", "thank-you")
@example("²5. November 9999", "thank-you")
def test_any_text_is_judged_the_same_twice(body: str, kind: str) -> None:
    note = letter(body, kind=kind)
    one, two = checked(note), checked(note)
    assert one == two
    lines = note.encode("utf-8", "replace").replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    assert all(found.line is None or 1 <= found.line <= lines for found in one.findings)
    assert list(one.findings) == sorted(one.findings, key=lambda found: found.line or 0)
    assert one.words >= 0


@settings(max_examples=15)
@given(st.lists(st.sampled_from(GOOD.split("\n\n")), min_size=1, max_size=6))
def test_the_order_of_the_other_letters_does_not_matter(parts: list[str]) -> None:
    others = {
        f"Letters/{place}.md": letter("\n\n".join(parts[place:]), to="Priya Natarajan") for place in range(len(parts))
    }
    mine = {"Letters/mine.md": letter(GOOD)}
    one, two = bench({**mine, **others}), bench({**dict(reversed(others.items())), **mine})
    assert [one.check(other.letter) for other in one.letters] == [two.check(other.letter) for other in two.letters]


def test_a_megabyte_is_compared_in_part_and_counted_whole() -> None:
    body = GOOD.replace("May I", f"{'One more table was moved on Monday by Priya. ' * 23_000}\n\nMay I")
    desk = bench({"Letters/mine.md": letter(body), "Letters/other.md": letter(body, to="Priya Natarajan")})
    mine = desk.letters[0]
    found = desk.check(mine.letter)
    assert sum(len(row.raw) for row in mine.text.rows) <= 2 * MOST_READ
    assert found.words > 200_000
    assert "letter-too-long" in {problem.code for problem in found.findings}
