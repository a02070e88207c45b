"""Identifiers under a header that names them, in tables of every kind and in lists of code."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from opensafe.detectors.grids import Grid
from opensafe.detectors.headedtables import headed, is_pickled, is_table, scattered, table_detector
from opensafe.detectors.identifiers import Identifier
from opensafe.detectors.kinds import Ends
from opensafe.detectors.namecells import MOST_APART
from opensafe.detectors.namedfields import field_of
from opensafe.detectors.nhsnumbers import is_test_number, sample_numbers
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_WHY = "of the right form, in a column that is named so"
IN_TEXT = "of the right form, in a list or table of a text that is named so"
_HEADS = (
    rb"nhs|chi|hcn|dob|d[_.]o[_.]b|birth|born|post.?code|postal|pcd|p.?code|phone|mobile|(?:^|[^a-z])tel|bleep|contact.?n|gmc|nmc|pin(?:[^a-z]|$)|gdc"
    rb"|hcpc|passport|licen[cs]e.?n|driv|utr|tax.?ref|sort.?code|acc(?:oun)?t|vehicle.?reg|reg.?(?:no|num|plate)|plate|vrm|vrn|mrn"
    rb"|(?:hosp|hospital|district|unit|pas|note|notes|record|trust|patient|local|pat).?(?:n|id)|patient.?ref|consult(?:ant)?.?code"
    rb"|case.?note|(?:^|[^a-z])(?:pid|crn)(?:[^a-z]|$)"
)


_Found = tuple[Identifier, Hit]


def _look(specimen: Specimen, ends: Ends) -> Iterator[Hit]:
    found = _found(specimen, ends)
    if is_table(specimen) or is_pickled(specimen):
        yield from (hit for _, hit in found)
    else:
        yield from _together(tuple(found), specimen.path)


def _found(specimen: Specimen, ends: Ends) -> Iterator[_Found]:
    seen: set[tuple[int, int]] = set()
    of_pickle = is_pickled(specimen)
    tables = ((grid, of_pickle) for grid in headed(specimen, ends, field_of))
    loose = ((grid, False) for grid in scattered(specimen, ends, field_of, _holds))
    for grid, unbroken in chain(tables, loose):
        for field, hit in _hits(grid, specimen.data, unbroken=unbroken):
            if (hit.start, hit.end) not in seen:
                seen.add((hit.start, hit.end))
                yield field, hit if hit.why != _WHY or is_table(specimen) else replace(hit, why=IN_TEXT)


def _together(found: Sequence[_Found], path: bytes) -> Iterator[Hit]:
    """Values that a text lists by the dozen are one finding with all its places; an NHS number is always its own."""
    values: dict[str, set[bytes]] = {}
    for field, hit in found:
        values.setdefault(field.kind, set()).add(hit.value.reveal())
    for field, hit in found:
        if field.form is Form.NHS_NUMBER or len(values[field.kind]) <= MOST_APART:
            yield hit
            continue
        value = Secret(b"%s of %s" % (field.kind.encode(), path), field.kind)
        yield replace(hit, value=value, form=Form.OTHER, why=f"one of many ({field.kind}) {_WHY}: decided together")


def _holds(header: bytes, value: bytes) -> bool:
    field = field_of(header)
    return field is not None and field.value.fullmatch(value) is not None


def _hits(grid: Grid, data: bytes, *, unbroken: bool) -> Iterator[_Found]:
    """Hits of every row; where columns have no bounds, only of those down to the first that is none."""
    header = next(grid, None)
    if header is None:
        return
    named = enumerate(field_of(data[start:end]) for start, end in header.cells)
    fields = [(number, field) for number, field in named if field is not None]
    for row in grid if fields else ():
        hits = [
            (field, hit)
            for number, field in fields
            if number < len(row.cells)
            for hit in _hit(field, data, *row.cells[number])
        ]
        if unbroken and not hits:
            return
        yield from hits


def _hit(field: Identifier, data: bytes, start: int, end: int) -> Iterator[Hit]:
    text = data[start:end]
    if not field.value.fullmatch(text):
        return
    hit = field.hit(start, text, _WHY)
    if hit is not None and field.form is Form.NHS_NUMBER and is_test_number(hit.value.reveal()):
        hit = Hit(start, end, hit.value, hit.form, Severity.INFO, Confidence.HIGH, f"{_WHY}; test range")
    yield from chain([hit] if hit else [])


(_TEST,) = sample_numbers(999_123_456, 1)

DETECTOR = table_detector(
    Card(
        id="data.named-column",
        title="Identifier in a named column",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.CONTENT,
        why="The header says what stands below it, however far: NHS, CHI and Health and Care Numbers, dates of birth, "
        "postcodes, telephone numbers, numbers of registers, passports, licences, accounts and hospitals. The "
        "form, and a "
        "check digit where there is one, agree.",
        remedy="Remove the file from the whole history, or redact the values.",
        reference="facts: data 2, context that raises; NHS data dictionary",
        examples=(
            Example(("ward,dob\n", *("A,\n" * 50), "B,14/0", "3/1957\n"), ("14/0", "3/1957"), "p.csv"),
            Example(("INSERT INTO p (id, mobile) VALUES (1, '0791", "2486253');"), ("0791", "2486253"), "load.sql"),
            Example(("COPY p (id, mobile) FROM stdin;\n1\t0791", "2486253\n\\.\n"), ("0791", "2486253"), "dump.sql"),
            Example(("<table><tr><th>GMC</th></tr><tr><td>61", "23457</td></tr></table>"), ("61", "23457"), "r.html"),
            Example(("   id         dob\n0  A1  1957-", "03-14\n"), ("1957-", "03-14"), "out.txt"),
            Example((' $ dob : Date, format: "1957-', '03-14" "1957-03-15" ...\n'), ("1957-", "03-14"), "out.txt"),
            Example(("pid,Hosp No\n1,RX", "402731\n"), ("RX", "402731"), "p.csv"),
            Example(("hosp_no\n402731\n40", "2732\n"), ("40", "2732"), "p.csv"),
            Example(("seen,CONSULT\n1,C61", "23457\n"), ("C61", "23457"), "p.csv"),
            Example(("ward\tnhs_number\nA\t", _TEST, "\n"), (_TEST,), "p.tsv"),
        ),
        non_examples=(
            Example(("ward,seen\nA,14/03/1957\n",), path="p.csv"),
            Example(("INSERT INTO p (id, pages) VALUES (1, '07912486253');",), path="load.sql"),
            Example(("patient_id,births\n19526,1234567\n",), path="p.csv"),
            Example(("year of birth table\n2001-02-03\n",), path="p.csv"),
            Example(("dob,seen\n,14/03/1957\n",), path="p.csv"),
            Example(("select dob, seen from p where seen > '1957-03-14'\n",), path="q.sql"),
        ),
    ),
    _look,
    (
        rb"(?i:" + _HEADS.replace(rb"(?:^|[^a-z])", rb"[^a-z]").replace(rb"(?:[^a-z]|$)", b"") + rb")",
        rb"[\t,;|\"]CONSULT",
    ),
    field_of,
)
