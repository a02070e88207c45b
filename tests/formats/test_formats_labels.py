"""What stands in `via` is stored and shown: the name of a member must not carry a value there."""

import pytest

from opensafe.formats.decode import decode, part_at
from opensafe.formats.labels import numbered, told
from opensafe.formats.reencode import rewrite
from opensafe.model.plan import SpanEdit
from opensafe.stories.fakes import Fakes
from tests.formats.office_files import zip_of

_FAKES = Fakes("names of members")
_VALUES = [_FAKES.github_token().decode(), str(_FAKES.patient().nhs_number), _FAKES.person().email.decode()]


@pytest.mark.parametrize("value", _VALUES, ids=["token", "number", "address"])
def test_a_value_in_the_name_of_a_member_is_no_label_and_can_still_be_reached(value: str) -> None:
    data = zip_of({f"runs/of-{value}.txt": b"first\n", f"runs/on-{value}.txt": b"second\n"})
    parts = {part.via: part.data for part in decode(data, b"a.zip").parts if part.via}
    assert value not in repr(list(parts))
    assert value.encode() in parts["zip:names",]
    reached = next(via for via, text in parts.items() if text == b"second\n")
    assert part_at(data, reached) == b"second\n"
    changed = decode(rewrite(data, [SpanEdit(reached, 0, 6, b"gone")]), b"a.zip").parts
    assert sorted(part.data for part in changed if part.data in {b"first\n", b"gone\n"}) == [b"first\n", b"gone\n"]


@pytest.mark.parametrize(
    "name", ["word/document.xml", "xl/worksheets/sheet12.xml", "Ward list 2021", "[Content_Types].xml"]
)
def test_ordinary_names_stay(name: str) -> None:
    assert told(name) == numbered(name, 1) == name
