"""Cells of a column that holds names: what of them is a name, and whether each is a finding or all are one."""

from collections.abc import Iterable, Iterator, Sequence

from opensafe.detectors.canonicalnames import canonical_name
from opensafe.detectors.gazetteer import is_full_name, known_names
from opensafe.detectors.genericnames import is_generic
from opensafe.detectors.grids import Cell
from opensafe.detectors.namewords import BEGINS_NO_PERSON, NO_PERSON, OF_PROGRAMS
from opensafe.detectors.values import is_redaction
from opensafe.model.expressions import expression
from opensafe.model.finding import Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

MOST_APART = 20
"""A column of more different names is one finding with all its places: nobody decides about a thousand of them."""

_LETTER = rb"(?:[A-Za-z]|[\xc3-\xc9\xe1][\x80-\xbf]{1,2})"
_NAME = expression(_LETTER + rb"(?:" + _LETTER + rb"|\xe2\x80\x99|[ .,'-]){1,78}")
_MOST_SPACES = 4  # in one name
_SHORT = 3  # letters: in capitals an abbreviation more often than a name
_NO_VALUE = frozenset(
    (
        *b"na nan none null nil unknown missing true false yes no male female other refused total all".split(),
        *b"string text varchar str object character forename surname first_name last_name".split(),
        *(b"not known", b"not stated", b"not recorded", b"first name", b"last name"),
    )
)


def is_name(cell: bytes) -> bool:
    """Whether a cell of such a column can be a name: letters, and no word for nothing."""
    plain = cell.strip().lower()
    if not _NAME.fullmatch(cell) or plain in _NO_VALUE or plain.count(b" ") > _MOST_SPACES or _is_of_code(cell):
        return False
    return (not is_generic(cell) or _is_surname(cell)) and not is_redaction(cell)


def _is_of_code(cell: bytes) -> bool:
    """Whether it is a program's name, one that is joined, or a region: `Order Swagger UI`, `MyOwnType`."""
    words = cell.replace(b".", b" ").decode("utf-8", "replace").lower().split()
    if len(words) > 1 and (words[-1] in _OF_PLACES or not _OF_ORGANISATIONS.isdisjoint(words)):
        return True
    return (len(words) > 1 and not OF_PROGRAMS.isdisjoint(words)) or _DOTTED.search(cell) is not None


_OF_PLACES = frozenset(("region", "district", "county", "borough", "parish"))
_OF_ORGANISATIONS = frozenset(
    (
        *("org", "organisation", "organization", "hospital", "hospitals", "infirmary", "trust", "nhs", "clinic"),
        *("surgery", "university", "ccg", "icb", "ltd", "limited", "committee", "council", "department", "borough"),
    )
)
_DOTTED = expression(rb"[A-Za-z]{2,40}\.[A-Za-z]{2,40}\.[A-Za-z]{2}|[a-z][A-Z][a-z]{1,40}[A-Z][a-z]")
_INITIAL = expression(r"(?:[A-Z]\.?[ ]?){1,3}[ ](?P<last>\S{2,40})|(?P<first>[^\s,]{2,40}),?[ ](?:[A-Z]\.?[ ]?){1,3}")


def is_known(cell: bytes) -> bool:
    """Whether a cell is a given name or a surname of the list, and no other word, in any case."""
    text, known = cell.decode("utf-8", "replace").strip(), known_names()
    if text.lower() in NO_PERSON:
        return False
    if known.is_given(text):
        return not known.is_word_given(text)
    return known.is_surname(text) and not known.is_word_surname(text)


def are_known(first: bytes, last: bytes) -> bool:
    """Whether two words with capitals are a given name and a surname, or two given names, be they words as well."""
    texts = [word.decode("utf-8", "replace") for word in (first, last)]
    known = known_names()
    if any(not text[:1].isupper() or text.lower() in NO_PERSON for text in texts):
        return False
    return known.is_given(texts[0]) and (known.is_surname(texts[1]) or known.is_given(texts[1]))


def is_known_in_column(cell: bytes) -> bool:
    """A name that is no other word, or a given name and a surname together, or initials and a surname."""
    if not is_name(cell) or cell.islower():
        return False
    text = cell.decode("utf-8", "replace")
    short = _INITIAL.fullmatch(text)
    if short:
        return known_names().is_surname(short["last"] or short["first"])
    words = text.lower().split()
    if not NO_PERSON.isdisjoint(words) or words[0] in BEGINS_NO_PERSON:
        return False
    if " " in text or "," in text:
        last, comma, first = text.partition(", ")
        return is_full_name(f"{first} {last}".encode() if comma else cell)
    return is_known(cell) and not (len(text) <= _SHORT and text.isupper())


def _is_surname(cell: bytes) -> bool:
    """Whether people are called like this program or account: Jenkins."""
    text = cell.decode("utf-8", "replace")
    return text.istitle() and known_names().is_surname(text) and not known_names().is_word_surname(text)


def hits_in_column(specimen: Specimen, header: bytes, cells: Sequence[Cell], why: str) -> Iterator[Hit]:
    """The names in these cells of a column: each a finding of its own, or all of them one where they are many."""
    named = [(start, end) for start, end in cells if is_name(specimen.data[start:end])]
    values = {canonical_name(specimen.data[start:end]) for start, end in named}
    if len(values) <= MOST_APART:
        yield from (_hit(cell, canonical_name(specimen.data[slice(*cell)]), Form.PERSON_NAME, why) for cell in named)
        return
    column = b"column %s of %s" % (canonical_name(header), specimen.path)
    yield from (_hit(cell, column, Form.OTHER, f"one of many names {why}: decided together") for cell in named)


def _hit(cell: Cell, value: bytes, form: Form, why: str) -> Hit:
    return Hit(
        start=cell[0],
        end=cell[1],
        value=Secret(value, "name"),
        form=form,
        severity=Severity.MEDIUM,
        confidence=Confidence.MEDIUM,
        why=why,
    )


def columns_at(rows: Iterable[Sequence[Cell]], wanted: Iterable[int]) -> dict[int, list[Cell]]:
    """The cells of the wanted columns, by number."""
    columns: dict[int, list[Cell]] = {number: [] for number in wanted}
    for row in rows:
        for number, cells in columns.items():
            if number < len(row):
                cells.append(row[number])
    return columns
