"""Documents and pages: what tags cut apart is joined, people are named as such, and changes find their way back."""

import html
import json
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.formats.budget import Budget
from opensafe.formats.decode import decode, part_at
from opensafe.formats.reencode import CannotReencode, rewrite
from opensafe.model.plan import SpanEdit
from opensafe.model.skip import SkipReason
from opensafe.model.specimen import Role
from opensafe.stories.fakes import Fakes
from tests.formats.markup_files import (
    DOCUMENT,
    HEAD,
    META,
    PACKET,
    PAGE,
    PERSONS,
    PIVOT,
    PROPERTIES,
    REMARKS,
    SHARED,
    SHEET,
    W,
)
from tests.formats.office_files import ole, zip_of


def texts(data: str | bytes) -> dict[str, str]:
    raw = data.encode() if isinstance(data, str) else data
    return {part.via[-1]: part.data.decode() for part in decode(raw).parts if part.via}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (PROPERTIES, "author: Ada O'Neill\nmodified by: Bo Blythe\n"),
        (DOCUMENT, "author: Bo Blythe\nauthor: Bo Blythe\n"),
        (REMARKS, "author: Ada Lovelace\n"),
        (PIVOT, "modified by: Ada Lovelace\n"),
        (PERSONS, "contact: Ada Lovelace\n"),
        (META, "author: Ada Lovelace\nauthor: Bo Blythe\n"),
        (PACKET, "author: Ada Lovelace\nauthor: Bo Blythe\n"),
        ('<html><meta name="author" content="Ada Lovelace" /></html>', "author: Ada Lovelace\n"),
        ('<!DOCTYPE html><html><h4 class="author">Ada Lovelace</h4></html>', "author: Ada Lovelace\n"),
    ],
)
def test_people_of_documents(data: str, expected: str) -> None:
    assert texts(data)["people"] == expected


@pytest.mark.parametrize(
    "data",
    [
        "<project><author>Ada Lovelace</author></project>",
        f'{HEAD}<tables xmlns="{SHEET}"><table displayName="Table1"/></tables>',
        f'{HEAD}<worksheet xmlns="{SHEET}"><sheetData/></worksheet>',
        "author = 'Ada Lovelace'\n",
    ],
)
def test_what_names_nobody(data: str) -> None:
    assert "people" not in texts(data)


def test_a_name_of_the_properties_is_changed_within_its_archive() -> None:
    data = zip_of({"docProps/core.xml": PROPERTIES, "xl/workbook.xml": "<x/>"})
    via = ("zip:docProps/core.xml", "people")
    result = rewrite(data, [SpanEdit(via, 8, 19, b"Person 1 & 2")])
    assert part_at(result, via) == b"author: Person 1 & 2\nmodified by: Bo Blythe\n"
    assert b"<dc:creator>Person 1 &amp; 2</dc:creator>" in (part_at(result, via[:1]) or b"")
    with pytest.raises(CannotReencode):
        rewrite(data, [SpanEdit(via, 0, 6, b"x")])


def test_tracked_changes_are_read_before_and_after() -> None:
    found = texts(DOCUMENT)
    assert found["xml-text"] == "\nSeen by Ada Lovelace today\n"
    assert found["xml-text-before"] == "\nSeen by Ada Logan today\n"
    result = rewrite(
        DOCUMENT.encode(),
        [SpanEdit(("xml-text",), 9, 21, b"Person 1"), SpanEdit(("xml-text-before",), 9, 18, b"Person 1")],
    )
    assert b"Lo" not in result
    assert b"gan" not in result
    assert b"<w:t>Seen by Person 1</w:t>" in result


def test_remarks_and_shared_texts_of_workbooks_are_joined() -> None:
    assert "password = x" in texts(REMARKS)["xml-text"].splitlines()
    assert texts(SHARED)["xml-text"] == "\nAda Lovelace\nnext\n"
    at = texts(SHARED)["xml-text"].index("Ada")
    result = rewrite(SHARED.encode(), [SpanEdit(("xml-text",), at, at + 12, b"X")])
    assert b"<si><r><t>X</t></r><r><t></t></r></si>" in result


def test_the_text_the_tables_and_the_data_of_a_page() -> None:
    found = texts(PAGE)
    assert 'Seen by Ada Lovelace\u00a0in café password = "x<y"' in found["html:text"].splitlines()
    assert "color" not in found["html:text"]
    assert "c()" not in found["html:text"]
    assert found["html:table 1"] == "nhs_number\tward\t\n999 000 0001\tAsh &      Beech\t\n"
    assert found["html:data 1"] == '{"x":{"data":["say \\"Ada\\u0020L\\""]}}'
    assert found["json-text"] == '{"x":{"data":["say "Ada L""]}}'
    assert {part.role for part in decode(PAGE.encode()).parts if part.via == ("html:table 1",)} == {Role.TABLE}


@pytest.mark.parametrize(
    ("via", "old", "new", "expected"),
    [
        (("html:text",), "Ada Lovelace", "<P 1>", "Seen by <b>&lt;P 1&gt;</b><i></i>&nbsp;in"),
        (("html:text",), "café", "bar", "in bar <span>"),
        (("html:table 1",), "999 000 0001", "X", "<td>X<b></b></td>"),
        (("html:data 1", "json-text"), "Ada L", 'B"', 'say \\"B\\"\\""'),
    ],
)
def test_pages_are_changed_where_the_text_stands(via: tuple[str, ...], old: str, new: str, expected: str) -> None:
    whole = part_at(PAGE.encode(), via) or b""
    start = whole.index(old.encode())
    result = rewrite(PAGE.encode(), [SpanEdit(via, start, start + len(old.encode()), new.encode())])
    assert expected in result.decode()
    assert part_at(result, via) == whole.replace(old.encode(), new.encode())


def test_tables_that_outputs_hold_without_a_page() -> None:
    data = '<div>\n<table border="1">\n<tr><td>Ada</td></tr>\n</table>\n</div>'
    assert texts(data) == {"html:table 1": "Ada\t\n"}
    assert texts('<div align="center">\n# A project\n</div>\n') == {}


def test_a_table_in_a_table_and_one_without_an_end() -> None:
    nested = "<html><table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table><p>c</p></html>"
    assert texts(nested)["html:table 1"] == "ab\t\n\t\n"
    assert texts("<html><table><tr><td>a</td></tr>")["html:table 1"] == "a\t\n"


@pytest.mark.parametrize("tag", ["< >", "<\n>", "</>"])
def test_a_tag_without_a_name_ends_nothing(tag: str) -> None:
    found = texts(f"<!DOCTYPE html><html><body><p>Ada{tag} Lovelace</p></body></html>")
    assert found["html:text"].split() == ["Ada", "Lovelace"]


def test_more_tables_than_the_budget_are_named() -> None:
    data = ("<html>" + "<table><tr><td>a</td></tr></table>" * 200).encode()
    decoding = decode(data, budget=Budget(max_parts=50))
    assert [(u.reason, u.via) for u in decoding.unread] == [(SkipReason.ARCHIVE_BUDGET, ("html",))]


@pytest.mark.parametrize(
    "unit",
    [b"<table>", b"</table>", b"<table></table>", b"<script type=application/json>", b"<", b"&", b"<w:ins ", b"&#"],
)
def test_hostile_pages_stay_in_the_budget(unit: bytes) -> None:
    for head in (b"<html>", f'{HEAD}<w:document xmlns:w="{W}"></w:p>'.encode()):
        data = head + unit * (200_000 // len(unit))
        assert decode(data).parts[0].data == data


@settings(deadline=None, max_examples=60)
@given(words=st.lists(st.text(st.sampled_from("ab<>&\"'é€😀"), min_size=1, max_size=6), min_size=1, max_size=8))
def test_text_of_pages_is_what_stands_between_tags(words: list[str]) -> None:
    data = "<html><p>" + "".join(f"<b>{html.escape(word)}</b>" for word in words) + "</p></html>"
    assert texts(data)["html:text"].strip("\n") == "".join(words)


JSON_TEXT = st.text(st.sampled_from('ab"\\/\n\té€😀\x00'), max_size=20)


@settings(deadline=None, max_examples=80)
@given(values=st.lists(JSON_TEXT, min_size=1, max_size=5), ascii_only=st.booleans(), data=st.data())
def test_json_without_its_escapes(values: list[str], ascii_only: bool, data: st.DataObject) -> None:
    raw = json.dumps({"key": values}, ensure_ascii=ascii_only).encode()
    expected = '{"key": [' + ", ".join(f'"{value}"' for value in values) + "]}"
    if b"\\" not in raw:
        assert "json-text" not in texts(raw)
        return
    assert texts(raw)["json-text"] == expected
    number = data.draw(st.integers(0, len(values) - 1))
    start = len(('{"key": [' + "".join(f'"{value}", ' for value in values[:number])).encode()) + 1
    end = start + len(values[number].encode())
    result = rewrite(raw, [SpanEdit(("json-text",), start, end, b'new "1"\n')])
    assert json.loads(result)["key"] == [*values[:number], 'new "1"\n', *values[number + 1 :]]


def test_json_in_json_is_read() -> None:
    inner = json.dumps({"user": "ada", "host": "db1"})
    assert '"user": "ada"' in texts(json.dumps({"config": inner}))["json-text"]
    assert "json-text" not in texts(b"x <- '\\\"a\\\"'\n")


def test_names_of_streams_are_no_labels() -> None:
    value = str(Fakes("names of streams").patient().nhs_number)
    data = ole({f"of {value}": b"text of the stream", "__substg1.0_1000001E": b"y"})
    labels = [part.via[0] for part in decode(data).parts if part.via]
    assert value not in repr(labels)
    assert "ole:__substg1.0_1000001E" in labels


def property_set(properties: dict[int, bytes]) -> bytes:
    head = b"\xfe\xff\0\0" + bytes(20) + struct.pack("<I", 1) + bytes(16) + struct.pack("<I", 48)
    table, values = b"", b""
    for number, text in properties.items():
        table += struct.pack("<II", number, 8 + 8 * len(properties) + len(values))
        values += struct.pack("<II", 30, len(text)) + text
    return head + struct.pack("<II", 8 + len(table) + len(values), len(properties)) + table + values


def test_people_of_old_office_files() -> None:
    summary = property_set({4: b"Ada Lovelace\0", 7: b"x\0", 8: b"Zo\xeb Blythe\0"})
    data = ole({"WordDocument": b"\xec\xa5", "\x05SummaryInformation": summary})
    assert part_at(data, ("ole:people",)) == "author: Ada Lovelace\nmodified by: Zoë Blythe\n".encode()
    assert part_at(ole({"WordDocument": b"\xec\xa5", "Other": summary}), ("ole:people",)) is None


@settings(deadline=None, max_examples=100)
@given(rest=st.binary(max_size=120))
def test_damaged_properties_never_raise(rest: bytes) -> None:
    assert decode(ole({"\x05SummaryInformation": b"\xfe\xff" + rest})).parts


WHOLE = [PAGE.encode(), DOCUMENT.encode(), PROPERTIES.encode(), SHARED.encode(), PACKET.encode()]


@settings(deadline=None, max_examples=100)
@given(data=st.sampled_from(WHOLE), at=st.integers(0, 5000), junk=st.binary(max_size=8), cut=st.integers(0, 300))
def test_damaged_markup_never_raises(data: bytes, at: int, junk: bytes, cut: int) -> None:
    place = at % len(data)
    damaged = data[:place] + junk + data[place + len(junk) : len(data) - cut]
    decoding = decode(damaged)
    assert decode(damaged) == decoding
    for part in decoding.parts:
        assert part_at(damaged, part.via) == part.data
