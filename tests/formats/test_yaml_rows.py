"""Records that a program wrote down as YAML, and what in such texts is none."""

from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.formats.tables import read_tables
from opensafe.formats.yamlrows import records_in

_TEXT = """\
made: today
people:
  - forename: 'Ann'
    "date of birth": 1957-03-14 00:00:00
    note: >-
      a long text: of several lines
    seen: null
    kin:
      - forename: Bo
  - forename: Cy
    ward: B
end: 1
- a: 1
  b: 2
- a: 3
"""


def test_records_are_read_with_their_plain_values() -> None:
    people, others = records_in(_TEXT)
    assert people == [
        {"forename": "Ann", "date of birth": "1957-03-14 00:00:00", "note": "", "seen": "", "kin": ""},
        {"forename": "Cy", "ward": "B"},
    ]
    assert others == [{"a": "1", "b": "2"}, {"a": "3"}]


def test_sides_of_a_merge_are_in_the_list() -> None:
    text = "- a: 1\n<<<<<<< HEAD\n  b: 2\n=======\n  b: 3\n>>>>>>> other\n  c: 4\n- a: 5\n"
    assert list(records_in(text)) == [[{"a": "1", "b": "3", "c": "4"}, {"a": "5"}]]


def test_settings_without_lists_hold_none() -> None:
    assert list(records_in("a: 1\nb:\n  c: 2\n")) == []
    assert list(records_in("- plain\n- words\n")) == []


def test_they_are_tables_with_every_key_as_a_column() -> None:
    people, _ = read_tables(_TEXT.encode(), "yaml")
    assert people.header == ("forename", "date of birth", "note", "seen", "kin", "ward")
    assert people.rows == 2
    assert people.columns[-1] == ("", "B")


@given(st.text(alphabet=" -:ab\n'\"#", max_size=200))
@settings(deadline=None, max_examples=100)
def test_any_text_can_be_read(text: str) -> None:
    assert all(record for records in records_in(text) for record in records)
