"""Every data file is a question: it is left out of the published history unless somebody allows it, with a reason."""

from collections.abc import Iterator, Sequence

from opensafe.detectors.kinds import ContentDetector
from opensafe.detectors.tableprofile import Profile, profile_of
from opensafe.formats.signature import DATA_SIGNATURES
from opensafe.formats.tables import Table, read_tables
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_PROFILED_BYTES = 8_000_000  # larger files are a question all the same, without a profile
_SHOWN = 3  # tables that `why` describes


def _look(specimen: Specimen) -> Iterator[Hit]:
    if specimen.via or specimen.signature not in DATA_SIGNATURES:
        return
    cheap = len(specimen.data) <= _PROFILED_BYTES
    tables = read_tables(specimen.data, specimen.signature) if cheap else ()
    profiles = [profile_of(table) for table in tables]
    record_level = any(profile.record_level for profile in profiles)
    yield Hit(
        start=0,
        end=0,
        value=Secret(b"data-file", "data file"),
        form=Form.FILE,
        severity=Severity.HIGH if record_level else Severity.MEDIUM,
        confidence=Confidence.HIGH,
        why=_why(specimen.signature, tables, profiles),
    )


def _why(signature: str, tables: Sequence[Table], profiles: Sequence[Profile]) -> str:
    described = [_described(table, profile) for table, profile in list(zip(tables, profiles, strict=True))[:_SHOWN]]
    more = [f"{len(tables) - _SHOWN} more tables"] if len(tables) > _SHOWN else []
    return "; ".join([f"data file ({signature})", *described, *more])


def _described(table: Table, profile: Profile) -> str:
    size = f"{table.rows} rows, {len(table.header)} columns"
    looks = "looks like one row a person" if profile.record_level else ""
    return ", ".join(part for part in (size, looks, *profile.reasons) if part)


DETECTOR = ContentDetector(
    Card(
        id="data.data-file",
        title="Data file",
        category=Category.FILE,
        severity=Severity.MEDIUM,
        scope=Scope.CONTENT,
        why="Data in a code repository may be about people, and no rule can clear it. High where a table looks "
        "like one row a "
        "person; that only sets the order of review.",
        remedy="Remove it from the whole history, or allow it by path with a reason, an owner and a date.",
        reference="facts: data 7, default deny",
        examples=(
            Example(("ward,beds,month\n", *("A,12,May\n" * 6)), path="data/wards.csv"),
            Example(("patient_id,age,sex\n", *(f"{row},4{row},F\n" for row in range(8))), path="data/p.csv"),
        ),
        non_examples=(
            Example(("x <- 1\ny <- 2\n",), path="analysis.R"),
            Example(('{"setting": true}',), path="settings.json"),
        ),
    ),
    _look,
)
