"""Which lines of a text can be the header of a table."""

import pytest

from opensafe.detectors.headlines import can_stand_in_text
from opensafe.detectors.textlines import line_around, short_line_around

_CODE = "if (a) {\n\tb = c;\n\tcall(b);\n}\nwhile (d)\n"
_CAN = (
    ("surname ^,dob\nSmith,1957-03-14\n", "separated values"),
    ("ward, surname^, dob\n\nA, B, C\n", "separated values with a blank line below"),
    ("   id  surname^\n0  A1  B\n", "printed by pandas"),
    ("surname^\tdob\nA\tB\n", "printed with tabulators"),
    ("| surname^ | dob |\n|:---|---|\n| A | B |\n", "Markdown"),
    ("surname^ dob\n------- ---\nA B\n", "ruled"),
    ('"surname^": ["A", "B"]', "a list of JSON"),
    ("df <- data.frame(surname^ = c('A', 'B'))", "a list of R"),
    ("tribble(~id, ~surname^, 1, 'A')", "a tribble"),
    ("<tr><th>Surname^</th><th>Age</th></tr>", "a page"),
    ("<th>\nSurname^\n</th>", "a page with cells of several lines"),
    ("INSERT INTO p (id, surname^) VALUES (1, 'A');", "an insert"),
    ("INSERT INTO p (\n  id,\n  [surname^],\n  dob\n) VALUES", "an insert of several lines"),
    ("CREATE TABLE p (id INT, surname^ VARCHAR(40));", "a definition"),
    ("CREATE TABLE p (\n  id INT,\n  surname^ VARCHAR(40) NOT NULL,\n", "a definition of several lines"),
    ("x" * 5000 + " surname^ = y", "a very long line, of which nobody knows"),
)
_CANNOT = (
    ("\t$co{'surname^'} = read($line);\n", "a key in code"),
    ("const char *surname^;\n" + _CODE, "a declaration"),
    (" * the surname^ of whom the patch is by\n * and some more\n", "a comment"),
    ("return people->surname^;\n" + _CODE, "a member"),
    ('die("no surname^ was given %s", one);\n' * 9, "a message"),
    ("x = f(a, surname^);\ny = 2;\n", "an argument"),
)


def _stands(text: str) -> bool:
    data = text.encode()
    return can_stand_in_text(data.replace(b"^", b""), data.index(b"^"))


@pytest.mark.parametrize(("text", "what"), _CAN, ids=[what for _, what in _CAN])
def test_a_line_that_a_reader_takes_for_a_header_passes(text: str, what: str) -> None:
    assert _stands(text), what


@pytest.mark.parametrize(("text", "what"), _CANNOT, ids=[what for _, what in _CANNOT])
def test_lines_of_code_and_prose_do_not(text: str, what: str) -> None:
    assert not _stands(text), what


def test_very_long_lines_are_not_read_for_each_mention() -> None:
    """A page on one line, as charts are: a mention costs what stands near it."""
    data = b"surname, " * 300_000
    assert all(can_stand_in_text(data, end) for end in range(7, len(data) - 9, 9))


@pytest.mark.parametrize(
    "text", ["x" * 3_900 + "=", "a  " * 1_300 + "=", "'a', " * 780 + "=", "<a" * 1_900, "( " * 1_900]
)
def test_lines_of_any_form_take_no_time(text: str) -> None:
    """Expressions that try one way after the other would not come to an end."""
    data = f"surname {text}\n".encode() * 20
    for end in range(7, len(data), 97):
        can_stand_in_text(data, end)


@pytest.mark.parametrize("at", [0, 7, 8, 12, 19])
def test_the_line_around_is_the_same_where_it_is_short(at: int) -> None:
    data = b"surname\nSmith, Anna\n"
    assert short_line_around(data, at, 4_000) == line_around(data, at)
    assert short_line_around(data, 15, 3) is None
