"""Sources of VBA macros in old and new Office files."""

from hypothesis import given
from hypothesis import strategies as st

from opensafe.formats.decode import decode
from opensafe.formats.macros import sources_in
from tests.formats.macro_files import MODULE, packed, packed_module
from tests.formats.office_files import ole, zip_of

_LIMIT = 1 << 20


@given(st.lists(st.sampled_from([b"Sub a()", b"\r\n", b"aaaa", b"x", b"\xe9", MODULE]), max_size=30).map(b"".join))
def test_what_was_packed_is_unpacked(source: bytes) -> None:
    assert b"".join(sources_in(packed(source), _LIMIT)) == source


def test_a_module_is_found_behind_what_office_remembers_of_it() -> None:
    macros = ole({"dir": packed(b"dir"), "Module1": packed_module(MODULE)})
    book = zip_of({"xl/workbook.xml": "<workbook/>", "xl/vbaProject.bin": macros})
    assert MODULE not in macros
    parts = {part.via: part.data for part in decode(book).parts}
    assert parts["zip:xl/vbaProject.bin", "ole:macros"] == b"dir\n" + MODULE


def test_what_only_looks_packed_or_is_damaged_gives_what_can_be_read() -> None:
    assert list(sources_in(b"\0Attribut", _LIMIT)) == []
    assert list(sources_in(b"\1\x07\x30\0Attribut", _LIMIT)) == [b"\0Attribu"]
    assert list(sources_in(b"\1\x02\xb0\x01\x00\x00", _LIMIT)) == []
    assert list(sources_in(packed(MODULE)[:30], _LIMIT)) == [MODULE[:24]]
    assert list(sources_in(packed(MODULE), 100)) == []
