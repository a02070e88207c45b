"""What a text lists by the dozen is one finding with all its places; an NHS number is always its own."""

import json
from collections.abc import Callable

from opensafe.detectors.namecells import MOST_APART
from opensafe.detectors.nhsnumbers import sample_numbers
from opensafe.model.finding import Form, Hit

Sees = Callable[..., list[Hit]]
_NAMED = "data.named-column"


def _births(count: int) -> str:
    """A page of examples: every one has a small table."""
    rows = [{"sex": "F", "date_of_birth": f"19{40 + n // 12}-{1 + n % 12:02}-03"} for n in range(count)]
    return json.dumps([{"title": f"example {n}", "rows": rows[n : n + 3]} for n in range(0, count, 3)], indent=1)


def test_a_few_are_findings_of_their_own(sees: Sees) -> None:
    hits = sees(_NAMED, _births(MOST_APART - 2), "docs/page.json")
    assert len({hit.value.reveal() for hit in hits}) == MOST_APART - 2


def test_dozens_are_one_finding_with_every_place(sees: Sees) -> None:
    text = _births(MOST_APART + 4)
    hits = sees(_NAMED, text, "docs/page.json")
    assert {(hit.value.reveal(), hit.form) for hit in hits} == {(b"date of birth of docs/page.json", Form.OTHER)}
    assert {text[hit.start : hit.end] for hit in hits} == {
        line.split('"')[3] for line in text.split("\n") if "_b" in line
    }


def test_numbers_of_patients_stay_apart(sees: Sees) -> None:
    numbers = sample_numbers(420_317_000, 2 * MOST_APART)
    rows = ",\n".join(f"('{number}', 'A')" for number in numbers)
    hits = sees(_NAMED, f"INSERT INTO p (nhs_number, ward) VALUES\n{rows};", "load.sql")
    assert {hit.value.reveal().decode() for hit in hits} == set(numbers)
