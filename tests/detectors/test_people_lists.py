"""Lists of people: every name of a line, and none of what only looks like one."""

import pytest

from opensafe.detectors.peoplelists import is_somebody, people_from

_LISTS = [
    ("Ann Jones, Priya Patel and Dr Gareth Hughes", ["Ann Jones", "Priya Patel", "Gareth Hughes"]),
    ("Ann Jones (chair), Ifeyinwa Hughes", ["Ann Jones", "Ifeyinwa Hughes"]),
    ("Jones, Ann; Hughes, Gareth", ["Jones, Ann", "Hughes, Gareth"]),
    ("B. Hughes & Ann van der Jones", ["B. Hughes", "Ann van der Jones"]),
    ("Ann Jones\nGareth Hughes", ["Ann Jones"]),
    ("all of them, Ann Jones", []),
    ("Data Team, Ann Jones", ["Ann Jones"]),
    ("Ann Jones Hospital", []),
]


@pytest.mark.parametrize(("text", "names"), _LISTS)
def test_names_of_a_list(text: str, names: list[str]) -> None:
    data = text.encode()
    assert [data[start:end].decode() for start, end in people_from(data, 0, len(data))] == names


@pytest.mark.parametrize("name", ["Gareth Bloggs", "Ifeyinwa Hughes", "Bloggs, Gareth", "Zsófia Jones"])
def test_one_half_is_enough(name: str) -> None:
    assert is_somebody(name.encode())


@pytest.mark.parametrize(
    "name", ["Royal Blue", "Hong Kong", "Order Service", "West Midlands", "Table Jones", "ANN JONES"]
)
def test_words_and_places_are_nobody(name: str) -> None:
    assert not is_somebody(name.encode())
