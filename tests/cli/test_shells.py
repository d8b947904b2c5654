"""The answers that the scripts get, in the form that each shell takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobvault.cli import shells
from jobvault.cli.shells import Bash, Fish, Item, PowerShell, Shell, Zsh, fitting, shown
from tests.cli.test_shell_grammar import BREAKS

LIST, INSERT, SHOW_ALL, MENU = "63", "9", "33", "37"


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch):
    """Return a way to answer a line with given values, as a shell gets it, without the kind."""

    def answer(shell: type[Shell], line: str, *items: Item | str, mode: str = INSERT, columns: str = "60") -> list[str]:
        for name, value in {"COMP_LINE": line, "COMP_TYPE": mode, "COLUMNS": columns}.items():
            monkeypatch.setenv(name, value)
        if shell is Bash:
            monkeypatch.setenv("COMP_WORDBREAKS", BREAKS)
        else:
            monkeypatch.delenv("COMP_WORDBREAKS", raising=False)
        made = shell(None, {}, "jobvault", "_JOBVAULT_COMPLETE")  # type: ignore[arg-type]
        made.get_completion_args()
        kind, *rows = made.answer([Item(one) if isinstance(one, str) else one for one in items])
        assert kind == "words"
        return rows

    return answer


# --- what fits --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "several", "expected"),
    [
        ("", True, ["Dana Reyes", "Sam Reyes", "dagmar"]),
        ("da", True, ["Dana Reyes", "dagmar"]),
        ("rey", True, ["Dana Reyes", "Sam Reyes"]),
        ("rey", False, []),
        ("ana", True, []),
        ("boss", False, ["Sam Reyes"]),
        ("DANA R", False, ["Dana Reyes"]),
        (" ", False, []),
    ],
)
def test_what_begins_so_goes_before_what_holds_such_a_word(word: str, several: bool, expected: list[str]) -> None:
    items = [Item("Dana Reyes"), Item("Sam Reyes", words="the Boss"), Item("dagmar")]
    assert [item.value for item in fitting(items, word, several=several)] == expected


def test_a_letter_and_its_mark_are_one() -> None:
    assert fitting([Item("Zürich Re")], "zu\u0308", several=False)


# --- bash -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "values", "expected"),
    [
        ("j new ac", ["Acme"], ["Acme"]),
        ("j new bir", ["Birch & Lowe"], ["Birch\\ \\&\\ Lowe"]),
        ('j new "bir', ["Birch & $1"], ["Birch & \\$1"]),
        ("j new 'o", ["O'Neill"], ["O'\\''Neill"]),
        ("j new 'so", ["So 'x'"], ["So '\\''x'\\'''"]),
        ('j new "wh', ["Why!"], ['Why"\'!\'""']),
        ("j new Acme:", ["Acme: Robotics"], ["\\ Robotics"]),
        ("j show --company=b", ["Birch & Lowe"], ["Birch\\ \\&\\ Lowe"]),
        ("j new lo", ["Birch & Lowe"], ["Birch\\ \\&\\ Lowe"]),
        ("j new nothing", ["Acme"], []),
    ],
)
def test_bash_puts_one_in_as_it_is_written_there(answered, line: str, values: list[str], expected: list[str]) -> None:
    assert answered(Bash, line, *values) == expected


@pytest.mark.parametrize(
    ("line", "values", "begun"),
    [
        ("j new a", ["Acme Robotics", "Acme Rockets"], "acme\\ Ro"),
        ("j new ", ["Acme Robotics", "ACME"], "Acme"),
        ("j new A", ["A b", "A&c"], ""),
        ("j new Bi", ["Birch & Lowe", "Birch (old)"], "Birch\\ "),
        ('j new "Bi', ["Birch & Lowe", "Birch & Sons"], "Birch & "),
        ("j new Acme", ["Acme", "Acme Robotics"], ""),
        ("j show --company=b", ["Birch", "Birne"], "bir"),
    ],
)
def test_bash_puts_in_what_several_share(answered, line: str, values: list[str], begun: str) -> None:
    rows = answered(Bash, line, *values)
    assert rows == ([f"{begun}a", f"{begun}b"] if begun else []), "it puts in what both share"


def test_bash_lists_what_it_is_too(answered) -> None:
    items = [Item("k7f", help="Send the portfolio"), Item("m2x", help="Thank\x1b[31m\nSam " + "very " * 30)]
    assert answered(Bash, "j done ", *items, mode=LIST) == [
        "k7f  Send the portfolio",
        "m2x  Thank�[31m Sam very very very very very very very ver…",
    ]


def test_bash_lists_what_holds_the_word_inside(answered) -> None:
    people = ["Dana Reyes", "Sam Reyes"]
    assert answered(Bash, "j new --with rey", *people) == []
    assert answered(Bash, "j new --with rey", *people, mode=LIST) == people


def test_bash_shows_all_at_once_where_it_is_set_to(answered) -> None:
    assert answered(Bash, "j new ac", "Acme", "ACORN Ltd", mode=SHOW_ALL) == ["acme", "acORN\\ Ltd"]
    assert answered(Bash, "j new ac", "Acme", "ACORN Ltd", mode=MENU) == ["Acme", "ACORN\\ Ltd"]


@given(
    st.text(st.sampled_from("aA bB&'\"$:!="), max_size=5),
    st.lists(st.text(st.sampled_from("aAbB &'\"$:!="), min_size=1, max_size=8), min_size=1, max_size=4),
)
def test_bash_never_takes_back_what_was_typed(word: str, values: list[str]) -> None:
    from jobvault.cli.shells import _folded, _together

    begun = [value for value in dict.fromkeys(values) if _folded(value).startswith(_folded(word))]
    if len(begun) > 1:
        for together in (_together(begun, word, INSERT), _together(begun, word, SHOW_ALL)):
            assert all(value.startswith(word) for value in together)


# --- zsh, fish, PowerShell --------------------------------------------------------------------------------------------

ITEMS = (Item("k7f", help="Send\tit\nnow"), Item("Birch & Lowe"))


def test_zsh_gets_values_and_rows(answered) -> None:
    assert answered(Zsh, "j x ", *ITEMS) == ["k7f\tk7f           Send it now", "Birch & Lowe\tBirch & Lowe"]
    assert answered(Zsh, "j x --id=", *ITEMS)[0] == "--id=k7f\tk7f           Send it now"


def test_fish_gets_values_and_what_they_are(answered) -> None:
    assert answered(Fish, "j x ", *ITEMS) == ["k7f\tSend it now", "Birch & Lowe"]
    assert answered(Fish, "j x --id=", *ITEMS) == ["--id=k7f\tSend it now", "--id=Birch & Lowe"]


def test_powershell_gets_values_as_they_are_put_in(answered) -> None:
    assert answered(PowerShell, "j x ", *ITEMS) == [
        "k7f\tk7f\tSend it now",
        "'Birch & Lowe'\tBirch & Lowe\tBirch & Lowe",
    ]
    assert answered(PowerShell, "j x O’", "O’Neill") == ["'O’’Neill'\tO’Neill\tO’Neill"]
    assert answered(PowerShell, "j x --id=b", "Birch, Lowe") == ["'--id=Birch, Lowe'\tBirch, Lowe\t--id=Birch, Lowe"]


def test_of_a_long_text_no_more_is_measured_than_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[int] = []
    columns = shells._columns

    def counting(text: str) -> int:
        measured.append(len(text))
        return columns(text)

    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr(shells, "_columns", counting)
    assert shown([Item("k7f", help="word " * 1000)]) == [f"k7f  {'word ' * 10}wor…"]
    assert sum(measured) < 100


@given(st.text(st.sampled_from("ab 京e\u0301\u200d👩"), max_size=60), st.integers(1, 40))
def test_what_is_cut_fits_and_as_much_of_it_as_there_is_room_for(text: str, width: int) -> None:
    cut = shells._cut(text, width)
    assert shells._columns(cut) <= width
    assert cut == text or text.startswith(cut.removesuffix("…"))
    assert (cut == text) == (shells._columns(text) <= width)


def test_a_letter_is_not_parted_from_its_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    letter = "e\u0301"
    assert shown([Item("k7f", help=letter * 50)]) == [f"k7f  {letter * 33}…"]
    assert shown([Item("k7f", help=letter * 34)]) == [f"k7f  {letter * 34}"]


def test_rows_fit_the_terminal_and_wide_letters_count_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    rows = shown([Item("東京", help="x" * 80), Item("ab", help="y")])
    assert rows == [f"東京  {'x' * 32}…", "ab    y"]
    assert shown([Item("n" * 30, help="no room")]) == ["n" * 30]
    monkeypatch.setenv("COLUMNS", "many")
    assert shown([Item("a", help="b")]) == ["a  b"]
