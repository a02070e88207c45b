"""Columns of a table whose values are mostly known names, whatever their header says."""

from collections.abc import Iterator, Sequence
from itertools import islice

from opensafe.detectors.grids import Cell, Row, delimited
from opensafe.detectors.kinds import ContentDetector
from opensafe.detectors.namecells import columns_at, hits_in_column, is_known_in_column
from opensafe.detectors.personlogins import is_persons_login
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Role, Specimen

_TABLES = frozenset({"csv", "tsv"})
_SAMPLE = 60  # rows by which columns are judged
_SAMPLED = 32_000  # bytes in which these are looked for
_FEWEST = 5  # different values that say something
_SHARE = 0.5  # of the different values (facts, data 4)
_WHY = "in a column whose values are mostly known names"


def _look(specimen: Specimen) -> Iterator[Hit]:
    if specimen.role is not Role.TABLE and specimen.signature not in _TABLES:
        return
    head = _head(specimen.data)
    if len(head) <= _FEWEST:
        return
    numbers = range(max(len(row.cells) for row in head))
    sample = columns_at((row.cells for row in head[1:]), numbers)
    wanted = [number for number, cells in sample.items() if _holds_names(specimen.data, cells)]
    for cells in _whole(specimen.data, wanted).values():
        header, *below = cells
        yield from hits_in_column(
            specimen, specimen.data[slice(*header)], _names_of(specimen.data, header, below), _WHY
        )


def _head(data: bytes) -> list[Row]:
    """The first rows; the last one may be cut, and is left out."""
    rows = list(islice(delimited(data[:_SAMPLED]), _SAMPLE + 1))
    return rows if len(data) <= _SAMPLED else rows[:-1]


def _whole(data: bytes, wanted: Sequence[int]) -> dict[int, list[Cell]]:
    return columns_at((row.cells for row in delimited(data)), wanted) if wanted else {}


def _names_of(data: bytes, header: Cell, below: list[Cell]) -> list[Cell]:
    """The cells with names: the first one too, where the table has no header."""
    return [header, *below] if is_known_in_column(data[slice(*header)]) else below


def _holds_names(data: bytes, cells: Sequence[Cell]) -> bool:
    values = {data[start:end].strip() for start, end in cells} - {b""}
    if len(values) < _FEWEST:
        return False
    return sum(_is_name(value) for value in values) >= _SHARE * len(values)


def _is_name(value: bytes) -> bool:
    """A name as people write it, or a user name that is made of one."""
    return is_known_in_column(value) or is_persons_login(value)


DETECTOR = ContentDetector(
    Card(
        id="names.columns-of-names",
        title="Name in a column of names",
        category=Category.NAME,
        severity=Severity.MEDIUM,
        scope=Scope.CONTENT,
        why="At least half of the different values of the column are known given names or surnames that are no other "
        "word. More than twenty different names are one finding.",
        remedy="Remove the file from the whole history, or redact the values. Names of patients are never kept.",
        reference="facts: data 4 (layer L2c)",
        examples=(
            Example(
                ("id,who\n1,Gareth\n2,Priya\n3,Siobhan\n4,Rhys\n5,Mohammed\n6,Blo", "ggs\n"), ("blo", "ggs"), "p.csv"
            ),
            Example(
                (
                    "1\tHughes, Gareth\n2\tPatel, Priya\n3\tKhan, Imran\n4\tJones, Rhys\n5\tSmith, Si\n6\tBlo",
                    "ggs, Jo\n",
                ),
                ("jo blo", "ggs"),
                "p.tsv",
            ),
        ),
        non_examples=(
            Example(
                ("id,site\n1,Leeds\n2,Bradford\n3,Preston\n4,Lancaster\n5,Bolton\n6,Bury\n7,Derby\n",), path="p.csv"
            ),
            Example(("id,m\n1,January\n2,February\n3,March\n4,April\n5,May\n6,June\n7,July\n",), path="p.csv"),
            Example(("id,colour\n1,White\n2,Black\n3,Brown\n4,Green\n5,Grey\n6,Rose\n7,Gold\n",), path="p.csv"),
            Example(("id,r\n1,South West\n2,North East\n3,North West\n4,East\n5,West Midlands\n",), path="p.csv"),
            Example(("id,who\n1,Gareth\n2,Priya\n3,Gareth\n4,Priya\n5,Rhys\n6,Rhys\n",), path="p.csv"),
            Example(("id,n\n1,gareth\n2,hughes\n3,patel\n4,khan\n5,jones\n6,smith\n",), path="p.csv"),
        ),
    ),
    _look,
)
