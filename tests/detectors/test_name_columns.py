"""Columns of names: a few are findings each, many are one; what only looks like a table or a name is none."""

from collections.abc import Callable

import pytest

from opensafe.detectors.namecells import MOST_APART
from opensafe.model.finding import Form, Hit

Sees = Callable[..., list[Hit]]
_HEADED = "names.name-columns"
_BY_VALUES = "names.columns-of-names"


def _table(count: int) -> str:
    return "id,surname\n" + "".join(
        f"{number},Bloggs{chr(97 + number // 26)}{chr(97 + number % 26)}\n" for number in range(count)
    )


def test_a_few_names_are_findings_of_their_own(sees: Sees) -> None:
    hits = sees(_HEADED, _table(MOST_APART), "p.csv")
    assert len({hit.value.reveal() for hit in hits}) == MOST_APART
    assert {hit.form for hit in hits} == {Form.PERSON_NAME}


def test_many_names_are_one_finding_with_every_place(sees: Sees) -> None:
    text = _table(MOST_APART + 1)
    hits = sees(_HEADED, text, "data/p.csv")
    assert len(hits) == MOST_APART + 1
    assert {(hit.value.reveal(), hit.form) for hit in hits} == {(b"column surname of data/p.csv", Form.OTHER)}
    assert [text[hit.start : hit.end] for hit in hits] == [line.split(",")[1] for line in text.split("\n")[1:-1]]


def test_the_same_column_of_another_file_is_another_finding(sees: Sees) -> None:
    one, other = (sees(_HEADED, _table(MOST_APART + 1), path) for path in ("a/p.csv", "b/p.csv"))
    assert {hit.value.reveal() for hit in one}.isdisjoint(hit.value.reveal() for hit in other)


@pytest.mark.parametrize(
    "header",
    [
        "surname",
        "LastName",
        "FORENAME",
        "Patient name",
        "pat_first_name",
        "staff.name",
        "Next of kin",
        "full-name",
        "sname",
    ],
)
def test_header_says_name(header: str, sees: Sees) -> None:
    assert [hit.value.reveal() for hit in sees(_HEADED, f"id;{header}\n1;Bloggs\n", "p.csv")] == [b"bloggs"]


@pytest.mark.parametrize(
    "header",
    ["name", "filename", "ward_name", "hospital name", "column names", "first", "the surname", "surname_count"],
)
def test_header_says_something_else(header: str, sees: Sees) -> None:
    assert sees(_HEADED, f"id;{header}\n1;Bloggs\n", "p.csv") == []


@pytest.mark.parametrize(
    "cell", ["", "NA", "Unknown", "12", "x1", "Person 3", "REDACTED-7", "http://x", "a", "not known"]
)
def test_cell_is_no_name(cell: str, sees: Sees) -> None:
    assert sees(_HEADED, f"id;surname\n1;{cell}\n", "p.csv") == []


def test_share_of_known_names_decides(sees: Sees) -> None:
    known, unknown = ["Gareth", "Priya", "Siobhan", "Rhys", "Mohammed"], ["Xqv", "Zzt", "Qqw", "Vvk", "Wwz", "Kkj"]
    half = "id,who\n" + "".join(f"1,{name}\n" for name in known + unknown[:5])
    fewer = "id,who\n" + "".join(f"1,{name}\n" for name in known + unknown)
    assert len(sees(_BY_VALUES, half, "p.csv")) == len(known) + 5
    assert sees(_BY_VALUES, fewer, "p.csv") == []


def test_a_table_without_a_header_is_read_from_its_first_row(sees: Sees) -> None:
    text = "".join(
        f"{number},{name}\n" for number, name in enumerate(["Gareth", "Priya", "Siobhan", "Rhys", "Ngozi", "Zoe"])
    )
    hits = sees(_BY_VALUES, text, "p.csv")
    assert b"gareth" in {hit.value.reveal() for hit in hits}


def test_text_that_is_no_table_is_not_judged_by_values(sees: Sees) -> None:
    assert (
        sees(_BY_VALUES, "Gareth, Priya\nRhys, Zoe\nNgozi, Siobhan\nEmma, Karen\nPaul, Anne\nTom, Sue\n", "a.md") == []
    )


def test_no_record_is_one_too_many(sees: Sees) -> None:
    """A list that stands in every record of a file, and in the last of many as in the first."""
    records = '{"surname": ["Baker"]},\n' * 20_001
    hits = sees(_HEADED, f'[{records}{{"surname": ["Okonedo"]}}]', "a.json")
    assert {hit.value.reveal() for hit in hits} == {b"baker", b"okonedo"}
